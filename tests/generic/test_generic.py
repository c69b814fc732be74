"""The reader for portals nobody wrote a module for, measured on generated and hand-written pages."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

import pytest

from scraper.model import Application, PageKind, PageSnapshot, ParsedPage
from scraper.reading.page import parse_page
from tests.generic.make import LANGUAGES, Made, make_page
from tests.generic.odd import ODD
from tests.generic.odd_more import MORE
from tests.generic.silent import KINDS, SILENT
from tests.generic.styles import STYLES

SEEN_AT = datetime(2026, 9, 20, 2, 30, tzinfo=UTC)
SEEDS = range(2)


def read(html: str, url: str = "https://careers.example.org/p") -> ParsedPage:
    return parse_page(PageSnapshot(url=url, html=html, captured_at=SEEN_AT))


def score(made: Made) -> Counter[str]:
    """How many rows a page has, how many were found, false, and right in status and stage."""
    left: list[Application] = list(read(made.html, made.url).applications)
    counts = Counter[str](rows=len(made.rows))
    for row in made.rows:
        found = next((a for a in left if a.title == row.title), None)
        if found is not None:
            left.remove(found)
            counts.update(found=1, status=found.status_raw == row.status, stage=found.stage is row.stage)
    counts["false"] = len(left)
    return counts


@pytest.fixture(scope="module")
def scores() -> dict[str, Counter[str]]:
    """Counts per layout over all languages and seeds."""
    return {
        style: sum((score(make_page(style, lang, seed)) for lang in LANGUAGES for seed in SEEDS), Counter())
        for style in STYLES
    }


def test_rows_status_and_stage_over_all_layouts(scores: dict[str, Counter[str]]) -> None:
    total = sum(scores.values(), Counter[str]())
    assert len(STYLES) * len(LANGUAGES) * len(SEEDS) >= 60
    assert total["found"] / total["rows"] >= 0.97, scores
    assert total["false"] / total["rows"] <= 0.01, scores
    assert total["status"] / total["found"] >= 0.97, scores
    assert total["stage"] / total["found"] >= 0.97, scores


@pytest.mark.parametrize("style", STYLES)
def test_no_layout_is_left_behind(style: str, scores: dict[str, Counter[str]]) -> None:
    counts = scores[style]
    assert counts["found"] >= 0.85 * counts["rows"], counts
    assert counts["status"] >= 0.85 * counts["rows"], counts


@pytest.mark.parametrize("name", ODD)
def test_odd_pages(name: str) -> None:
    html, expected = ODD[name]
    found = [(a.title, a.status_raw, a.stage.value) for a in read(html).applications]
    assert sorted(found) == sorted(expected)


@pytest.mark.parametrize("name", MORE)
def test_more_odd_pages(name: str) -> None:
    html, expected = MORE[name]
    assert sorted((a.title, a.status_raw) for a in read(html).applications) == sorted(expected)


def test_rows_alike_in_everything_are_all_kept() -> None:
    row = "<li class=r><h3>Nurse</h3><span class=status>Under review</span></li>"
    found = read(f"<h1>My applications</h1><ul>{row * 3}</ul>").applications
    assert [a.title for a in found] == ["Nurse"] * 3
    assert len({a.key for a in found}) == 3


@pytest.mark.parametrize("name", SILENT)
def test_pages_that_list_none_stay_silent(name: str) -> None:
    parsed = read(SILENT[name])
    assert parsed.applications == ()
    assert parsed.kind is not PageKind.APPLICATIONS
    assert parsed.kind is KINDS.get(name, parsed.kind)


def test_a_page_read_twice_reads_the_same() -> None:
    made = make_page("cards", "en", 1)
    assert read(made.html) == read(made.html)


def test_rows_keep_what_stands_beside_title_and_status() -> None:
    made = make_page("table", "en", 3)
    by_title = {a.title: a for a in read(made.html, made.url).applications}
    for row in made.rows:
        found = by_title[row.title]
        assert found.applied_on == row.applied
        assert found.url == f"https://apply.example.org/job/{row.requisition}"
        assert found.portal == ""
        assert found.host == "apply.example.org"


def test_identity_survives_a_change_of_status() -> None:
    html = ODD["status-with-prefix"][0]
    before = {a.title: a.key for a in read(html).applications}
    after = {
        a.title: a.key for a in read(html.replace("Referred to department", "Not selected")).applications
    }
    assert before == after
    assert len(set(before.values())) == 2
