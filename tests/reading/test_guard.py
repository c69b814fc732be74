"""Pages beyond the limits are refused, quickly and with a sentence; ordinary ones never."""

from __future__ import annotations

import sys
import time
from datetime import UTC, datetime

import pytest

from scraper.model import Frame, JsonAnswer, PageSnapshot
from scraper.outcomes import InTownError
from scraper.reading.guard import Unparsable, check, check_html
from scraper.reading.page import parse_page
from tests.portals.golden import goldens

TOO_MUCH = {
    "size": "x" * (4 * 1024 * 1024 + 1),
    "depth": "<div>" * 513,
    "a million levels": "<b>" * 1_300_000,
    "attributes": "<a " + " ".join(f"b{n}" for n in range(5_001)) + ">x</a>",
    "attributes behind a quoted >": '<a x=">" ' + " ".join(f"b{n}" for n in range(5_001)) + ">x</a>",
    "attributes behind a quoted <": '<a x="<" ' + " ".join(f"b{n}" for n in range(5_001)) + ">x</a>",
    "quotes that never end": '<li "' * 800_000,
    "tags in attributes": "<a x='" * 600_000,
}
# Broken or large, but nothing that takes long: read as well as can be.
ALLOWED = {
    "unclosed paragraphs": "<p>x" * 20_000,
    "drawings": "<svg>" + '<path d="M1"/>' * 3_000 + "</svg>",
    "comment without an end": "<!-- " * 500_000,
    "script with tags in it": "<script>" + "'<div>'" * 2_000 + "</script>",
    "only brackets": "<" * 500_000,
    "unclosed items": "<ul>" + "<li>x" * 5_000 + "</ul>",
    "breaks": "<br>" * 5_000,
    "depth 500": "<div>" * 500 + "</div>" * 500,
    "many attributes": "<a " + " ".join(f"b{n}" for n in range(4_900)) + ">x</a>",
}


@pytest.mark.parametrize("html", TOO_MUCH.values(), ids=TOO_MUCH)
def test_refused(html: str) -> None:
    start = time.process_time()
    with pytest.raises(Unparsable) as refused:
        check_html(html)
    assert time.process_time() - start < 5
    assert refused.value.code == "unparsable"
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize("html", ALLOWED.values(), ids=ALLOWED)
def test_allowed_and_read_in_time(html: str) -> None:
    check_html(html)
    start = time.process_time()
    page = parse_page(
        PageSnapshot(
            url="https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl",
            captured_at=datetime.now(UTC),
            html=f"<html><body>{html}</body></html>",
        )
    )
    assert page.applications == ()
    assert time.process_time() - start < (10 if sys.gettrace() is None else 100)  # `run.py coverage` traces


def test_golden_pages_are_allowed() -> None:
    for golden in goldens():
        check(golden.snapshot())


def test_frames_and_answers_count() -> None:
    at = datetime.now(UTC)
    with pytest.raises(Unparsable):
        check(
            PageSnapshot(url="https://x.example/", captured_at=at, frames=(Frame(url="", html="<i>" * 600),))
        )
    body = " " * (4 * 1024 * 1024 + 1)
    with pytest.raises(Unparsable):
        check(
            PageSnapshot(url="https://x.example/", captured_at=at, answers=(JsonAnswer(url="", body=body),))
        )


def test_deep_json_is_no_crash() -> None:
    body = "[" * 100_000
    page = parse_page(
        PageSnapshot(
            url="https://my.greenhouse.io/applications",
            captured_at=datetime.now(UTC),
            answers=(JsonAnswer(url="https://my.greenhouse.io/applications.json", body=body),),
        )
    )
    assert page.applications == ()


def test_is_an_error_a_person_can_read() -> None:
    assert issubclass(Unparsable, InTownError)
