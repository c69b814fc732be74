"""Logs that nobody can write into from a web page, and that hold no secret.

One record is one line: control characters, line ends, escape sequences and the marks that turn the reading
direction are written as visible escapes, so that text from a portal can neither fake a line nor drive a
terminal. Secrets go twice: by the name they stand beside ("password=…", "Authorization: …") and by their
actual value, once told to `secret`.
"""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import IO
from urllib.parse import quote, quote_plus

REDACTED = "[redacted]"
SHORTEST_SECRET = 4
"""A shorter value would be found inside ordinary words and make the log unreadable."""

_UNSAFE = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # C0, DEL, C1
    "\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff"  # direction, line and invisible marks
    "\ud800-\udfff"  # lone surrogates cannot be written as UTF-8
    "\U000e0000-\U000e007f"  # tag characters, invisible
    "]"
)

_NAMED = re.compile(
    r"""(?ix)
    \b (?! (?: wrong_password | password_expired ) \b )  # outcomes, not names of secrets
    ( [\w-]* (?: passw(?:or)?d | passwd | passphrase | secret | token | api[_-]?key | session[_-]?id | otp | totp ) [\w-]*
       | authorization | proxy-authorization | cookie | set-cookie | storage_state )
    (?P<sep> ["']? \s* [:=] \s* )
    (?: "[^"]*" | '[^']*' | (?: (?: bearer | basic ) \s+ )? [^\s,;&"'}\])]+ (?: ; \s* [\w.-]+ = [^\s;,]+ )* )
    """
)
_BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{8,}")

_secrets: dict[str, int] = {}


def printable(text: str) -> str:
    """`text` on one line, with nothing in it that a terminal or a log reader would act on."""
    return _UNSAFE.sub(lambda found: _escape(found.group()), text)


def _escape(character: str) -> str:
    number = ord(character)
    named = {"\n": r"\n", "\r": r"\r", "\t": r"\t"}.get(character)
    return named or (f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}")


def redact(text: str) -> str:
    """`text` without secrets: those told to `secret`, also percent-encoded, and whatever stands beside a telling name."""
    for value in sorted(_secrets, key=len, reverse=True):
        for form in {value, quote(value, safe=""), quote_plus(value), repr(value)[1:-1]}:
            text = text.replace(form, REDACTED)
    text = _NAMED.sub(lambda found: f"{found.group(1)}{found.group('sep')}{REDACTED}", text)
    return _BEARER.sub(lambda found: f"{found.group(1)} {REDACTED}", text)


@contextmanager
def secret(value: str) -> Iterator[None]:
    """While the block runs, `value` is redacted wherever it would be logged."""
    if len(value) < SHORTEST_SECRET:
        yield
        return
    _secrets[value] = _secrets.get(value, 0) + 1
    try:
        yield
    finally:
        _secrets[value] -= 1
        if not _secrets[value]:
            del _secrets[value]


class OneSafeLine(logging.Formatter):
    """Formats a record, trace included, as one line without secrets."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return printable(redact(super().format(record)))


class _PrivateFile(RotatingFileHandler):
    """A log file that only its owner can read, from the moment it exists."""

    def _open(self) -> IO[str]:  # type: ignore[override]  # the base promises the concrete TextIOWrapper
        descriptor = os.open(self.baseFilename, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        return os.fdopen(descriptor, "a", encoding="utf-8")


def to_file(folder: Path, name: str) -> logging.Handler:
    """Write the logs of this process to `folder`/`name`.log (1 MB, three old ones kept); gives the handler.

    Only InTown's own loggers and warnings of libraries are kept: those of browsers and HTTP clients would
    hold addresses and headers.
    """
    handler = _PrivateFile(folder / f"{name}.log", maxBytes=1_000_000, backupCount=3, delay=True)
    handler.setFormatter(OneSafeLine())
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    logging.getLogger("intown").setLevel(logging.INFO)
    return handler
