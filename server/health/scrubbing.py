"""What of a person may stand in a bug report: nothing. Log lines are written anew with known words only.

A word of a log line stays when it occurs in InTown's own source (so it is ours: a module, a function, a sentence)
and nowhere in what the person stores. Everything else, known or not, becomes "…": no list of what to take out has
to be complete. `leftovers` then looks at the result with fresh eyes.
"""

from __future__ import annotations

import base64
import builtins
import getpass
import platform
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from scraper.reading import scrub
from scraper.reading.scrub import Scrubber
from scraper.settings import Home
from scraper.store import TABLES, View

GONE = "…"
SHORTEST = 3
"""Letters of a word that is looked for; shorter ones ("RN", "of") name nobody."""

_WORD = re.compile(r"\w+")
_LOG_LINE = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d),\d+ ([A-Z]+) ([\w.]+) ")
_ROOT = Path(__file__).resolve().parents[2]
_TABLES = tuple(name for name in TABLES if name not in ("settings", "runs"))
"""Those with what the person entered or a portal showed; of the settings only some are looked at."""


@cache
def our_words() -> frozenset[str]:
    """Every word in the source of scraper and server, and the names of Python's own exceptions."""
    sources = (path for folder in ("scraper", "server") for path in (_ROOT / folder).rglob("*.py"))
    words = {word for path in sources for word in _WORD.findall(path.read_text(encoding="utf-8").casefold())}
    return frozenset(words | {name.casefold() for name in dir(builtins)})


def personal_texts(view: View, home: Home) -> set[str]:
    """Every text that the person entered or a portal showed, and what this computer calls them."""
    found = {text for name in _TABLES for key, row in view.all(name).items() for text in (key, *_texts(row))}
    for name in ("me", "templates"):
        found |= set(_texts(view.get("settings", name) or {}))
    found |= {getpass.getuser(), platform.node(), Path.home().name, *home.data.parts[1:]}
    return {text for text in found if len(text.strip()) >= SHORTEST}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (str(key) if len(str(key)) > 30 else "", *_texts(item))
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


# Words that our own records and the closed lists hold anyway; they say nothing of anybody.
_CLOSED = frozenset(
    [
        "https",
        "http",
        "www",
        "com",
        "org",
        "net",
        "html",
        "json",
        "true",
        "false",
        "none",
        "unknown",
        "sure",
        "likely",
        "guess",
        "vault",
        "session",
        "command",
        "city",
        "region",
        "remote",
        "multiple",
        "email",
        "intown",
        "data",
        "home",
        "tmp",
        "var",
        "users",
        "root",
        "local",
        "share",
        "library",
        "sync",
        "click",
        "america",
        "europe",
        "asia",
        "utc",
        "usd",
        "eur",
        "gbp",
    ]
)


def personal_words(texts: Iterable[str], closed: Iterable[str]) -> set[str]:
    """The single words of the texts, without those of closed lists (stages, portals, outcomes) and
    numbers of up to four digits: a year is nobody's."""
    words = {word for text in texts for word in _WORD.findall(text.casefold())}
    known = _CLOSED | {part for text in closed for part in _WORD.findall(text.casefold())}
    return {
        word for word in words - known if len(word) >= SHORTEST and not (word.isdigit() and len(word) < 5)
    }


def safe_line(line: str, personal: set[str]) -> str:
    """A line of a log with nothing in it but our own words and small numbers."""
    head = _LOG_LINE.match(line)
    ours = f"{head[3]} " if head and head[3].startswith("intown.") else ""
    start = f"{head[1]} {head[2]} {ours}" if head else ""
    rest = line[head.end() :] if head else line
    said = _WORD.sub(lambda found: found[0] if _is_ours(found[0].casefold(), personal) else GONE, rest)
    said = "".join(character if " " <= character <= "~" or character == GONE else GONE for character in said)
    return start + re.sub(rf"{GONE}(?:[^\w\s]*{GONE})+", GONE, said)


def _is_ours(word: str, personal: set[str]) -> bool:
    if word in personal:
        return False
    return len(word) <= 3 if word.isdigit() else word in our_words()


def leftovers(text: str, texts: set[str], personal: set[str], fixed: Iterable[str]) -> list[str]:
    """What of the person the finished text still holds, in words that repeat none of it; empty when clean.

    `fixed` are the words that the report is made of; they are masked first, since somebody may be called so.
    """
    masked = _masked(text, fixed)
    # Sizes and counts are long numbers too; in the logs none was let through in the first place.
    found = [what for what in scrub.leftovers(masked, Scrubber()) if what != "a long number"]
    if set(_WORD.findall(masked.casefold())) & personal:
        found.append("a word of yours")
    long = [text for text in texts if len(text) >= 8]
    if any(form in text for each in long for form in _encoded(each)):
        found.append("something of yours in another spelling")
    return found


def _masked(text: str, fixed: Iterable[str]) -> str:
    known = {word for entry in fixed for word in _WORD.findall(entry.casefold())}
    return _WORD.sub(lambda found: " " if found[0].casefold() in known else found[0], text)


def _encoded(text: str) -> Iterator[str]:
    """How a text may look when something else has written it."""
    raw = text.encode("utf-8", "replace")
    if (percent := quote(text, safe="")) != text:
        yield percent
    for shift in range(3):
        yield base64.b64encode(b"x" * shift + raw).decode()[4:-4] or text
