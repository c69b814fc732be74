"""Logs: one record one line, nothing that acts, nothing secret."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper import logs
from scraper.logs import OneSafeLine, printable, redact, secret, to_file

LOG = logging.getLogger("intown.tests")


@pytest.fixture
def written(tmp_path: Path) -> Iterator[Path]:
    """A log file as the server keeps one."""
    root, ours = logging.getLogger(), logging.getLogger("intown")
    levels = root.level, ours.level
    handler = to_file(tmp_path, "server")
    yield tmp_path / "server.log"
    root.removeHandler(handler)
    handler.close()
    root.setLevel(levels[0])
    ours.setLevel(levels[1])


ACTIVE = {
    "a second line": "done\n2027-08-12 ERROR intown all is lost",
    "carriage return": "safe\rfake",
    "red": "\x1b[31mred\x1b[0m",
    "window title": "\x1b]0;owned\x07",
    "link": "\x1b]8;;https://evil.example\x1b\\click\x1b]8;;\x1b\\",
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "C1 control": "\x9b31mred",
    "right to left": "user\u202egnp.exe",
    "isolate": "a\u2066b\u2069c",
    "line separator": "a\u2028b\u2029c",
    "zero width": "pay\u200bpal",
    "byte order mark": "\ufeffx",
    "tag characters": "x\U000e0041\U000e0042",
    "lone surrogate": "a\ud800b",
    "NUL": "a\x00b",
    "backspace": "good\b\b\b\bbad",
}


@pytest.mark.parametrize("text", ACTIVE.values(), ids=ACTIVE)
def test_text_from_a_page_is_inert_in_the_log(written: Path, text: str) -> None:
    LOG.error("read %s", text)
    (line,) = written.read_text(encoding="utf-8").splitlines()
    assert line.isprintable()
    assert line.endswith(printable(text))


@given(st.text())
def test_whatever_is_logged_is_one_printable_line(text: str) -> None:
    assert len(printable(text).splitlines()) <= 1
    assert not set(printable(text)) & set("\x00\x07\x1b\x9b\r\n\u202e\u2028\u200b")
    printable(text).encode("utf-8")


def test_ordinary_text_stays_as_it_is() -> None:
    text = "Krankenschwester (m/w/d) · 東京 · ✓ 'quoted' – résumé"
    assert printable(text) == text


def test_a_trace_is_one_line_too(written: Path) -> None:
    try:
        raise ValueError("page said:\n\x1b[2Jpassword=hunter22")
    except ValueError:
        LOG.exception("reading failed")
    (line,) = written.read_text(encoding="utf-8").splitlines()
    assert "ValueError" in line
    assert "\x1b" not in line
    assert "hunter22" not in line


@pytest.mark.parametrize(
    "text",
    [
        "password=CANARY1",
        "Password: CANARY1",
        "{'password': 'CANARY1', 'user': 'dana'}",
        '{"passphrase": "CANARY1"}',
        "Authorization: Bearer CANARY1",
        "authorization=CANARY1",
        "Bearer CANARY1CANARY1",
        "Cookie: sid=CANARY1; other=CANARY1",
        "Set-Cookie: sid=CANARY1; HttpOnly",
        "GET /x?token=CANARY1&y=1",
        "access_token=CANARY1",
        "x-api-key: CANARY1",
        "session_id='CANARY1'",
        "totp_secret = CANARY1",
        "storage_state: {CANARY1",
    ],
)
def test_what_stands_beside_a_telling_name_is_left_out(text: str) -> None:
    assert "CANARY1" not in redact(text)


@pytest.mark.parametrize(
    "text",
    [
        "wrong_password: the portal refused it",
        "The password has expired.",
        "token revoked",
        "secretary wanted",
    ],
)
def test_words_about_secrets_are_none(text: str) -> None:
    assert redact(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("typed p@ss wörd/ü&=1 into the form", "typed [redacted] into the form"),
        ("url?x=p%40ss%20w%C3%B6rd%2F%C3%BC%26%3D1", "url?x=[redacted]"),
        ("form=p%40ss+w%C3%B6rd%2F%C3%BC%26%3D1", "form=[redacted]"),
        ("'p@ss wörd/ü&=1'", "'[redacted]'"),
    ],
)
def test_a_known_secret_is_found_wherever_it_stands(text: str, kept: str) -> None:
    with secret("p@ss wörd/ü&=1"):
        assert redact(text) == kept
    assert redact(text) == text


def test_a_secret_in_a_secret_and_one_told_twice() -> None:
    with secret("abcd"), secret("abcdefgh"):
        assert redact("xabcdefghx") == f"x{logs.REDACTED}x"
    with secret("abcdefgh"):
        with secret("abcdefgh"):
            pass
        assert "abcdefgh" not in redact("xabcdefghx")


def test_the_file_is_private_from_the_start_and_after_turning_over(written: Path) -> None:
    for _ in range(3000):
        LOG.error("x" * 500)
    files = sorted(written.parent.iterdir())
    assert len(files) >= 2
    if os.name == "posix":
        assert {path.stat().st_mode & 0o777 for path in files} == {0o600}


def test_libraries_are_quiet_below_a_warning(written: Path) -> None:
    logging.getLogger("httpx").info("GET https://portal.example/?session=1")
    logging.getLogger("somebody").warning("something")
    LOG.info("ours")
    text = written.read_text(encoding="utf-8")
    assert "portal.example" not in text
    assert "something" in text
    assert "ours" in text


def test_the_formatter_is_what_makes_it_safe() -> None:
    record = logging.LogRecord("intown", logging.ERROR, "f", 1, "a\n%s", ("b\x1b",), None)
    assert OneSafeLine().format(record).endswith(r"a\nb\x1b")


def test_a_secret_of_three_letters_is_not_hunted_for() -> None:
    """It would black out half of every line, and so tell what it is."""
    with secret("abc"):
        assert redact("the abc of it") == "the abc of it"
