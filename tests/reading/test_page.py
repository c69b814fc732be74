"""The one entry: whose page, what kind, which rows; and what it refuses to half understand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scraper.model import Application, Confidence, PageKind, PageSnapshot, Stage
from scraper.portals.base import NO_WAY_ON
from scraper.reading.addresses import clean_url
from scraper.reading.html import Page
from scraper.reading.page import parse_page, unique_applications
from scraper.reading.pointing import selector_for
from tests.portals.golden import goldens

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
TALEO = "https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl"
GOLDENS = {golden.name: golden for golden in goldens()}


def page(html: str, url: str = "https://x.example/y/z?a=1") -> Page:
    return Page(PageSnapshot(url=url, captured_at=AT, html=html))


def application(**changes: object) -> Application:
    plain = Application(
        portal="workday",
        host="h",
        external_id="R-1",
        title="Nurse",
        status_raw="In Process",
        stage=Stage.ACTIVE,
        confidence=Confidence.SURE,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # the tests name real fields


class TestTheSameJobTwice:
    def test_the_newer_counts(self) -> None:
        old = application(stage=Stage.WITHDRAWN, applied_on=date(2026, 1, 1))
        new = application(applied_on=date(2026, 9, 1))
        assert unique_applications([old, new]) == unique_applications([new, old]) == [new]

    def test_a_draft_gives_way_to_what_was_sent(self) -> None:
        draft = application(stage=Stage.DRAFT)
        assert (
            unique_applications([draft, application(stage=Stage.NOT_SELECTED)])[0].stage is Stage.NOT_SELECTED
        )

    def test_without_dates_the_live_one_counts(self) -> None:
        ended = application(stage=Stage.CLOSED)
        assert unique_applications([ended, application()]) == [application()]

    def test_others_are_left_alone_in_their_order(self) -> None:
        rows = [application(external_id=name) for name in ("b2", "a1", "c3")]
        assert unique_applications(rows) == rows


def test_a_known_portal_that_changed_says_so_and_reads_nothing_by_chance() -> None:
    html = "<div id='mySubmissionsInterface.ID1.row1'><b>Nurse</b><i title='Under review'>◔</i></div>"
    read = parse_page(PageSnapshot(url=TALEO, captured_at=AT, html=html))
    assert read.kind is PageKind.OTHER
    assert read.applications == ()
    assert not read.complete
    assert any("cannot read it" in warning for warning in read.warnings)


def test_rows_read_by_meaning_keep_the_portals_numbers_and_are_never_complete() -> None:
    rows = "".join(
        f"<tr><td>{title}</td><td>{number}</td><td>{status}</td><td>11/02/2026</td></tr>"
        for title, number, status in (("Nurse", "48213", "Under review"), ("Clerk", "48220", "Not selected"))
    )
    html = (
        "<form id='ftlform' name='ftlform'><h1>My Applications</h1><table><tr><th>Job Title</th><th>Requisition</th>"
        f"<th>Application Status</th><th>Date applied</th></tr>{rows}</table></form>"
    )
    read = parse_page(PageSnapshot(url=TALEO, captured_at=AT, html=html))
    assert [row.key for row in read.applications] == [
        "taleo|lakeshore.taleo.net|48213",
        "taleo|lakeshore.taleo.net|48220",
    ]
    assert not read.complete
    assert any("by meaning" in warning for warning in read.warnings)


def test_more_that_cannot_be_reached_is_not_complete() -> None:
    html = GOLDENS["peoplesoft/fluid"].snapshot().html
    twice = html.replace(
        '<div class="ps_box-more">', '<div class="ps_box-more">More</div><div class="ps_box-more">'
    )
    twice = twice.replace('id="HRS_CE_APPL_I$hdown$0"', "")
    read = parse_page(replace(GOLDENS["peoplesoft/fluid"].snapshot(), html=twice))
    assert read.next_step is None
    assert not read.complete
    assert NO_WAY_ON in read.warnings


def test_a_page_of_no_portal_is_read_by_meaning_alone() -> None:
    html = GOLDENS["neogov/table"].snapshot().html
    read = parse_page(PageSnapshot(url="https://jobs.city.example/mine", captured_at=AT, html=html))
    assert read.portal == ""
    assert {row.title for row in read.applications} == {"Librarian II", "Payroll Clerk"}


@pytest.mark.parametrize("url", ["", "about:blank", "https://[broken", "file:///etc/passwd", "javascript:x"])
def test_odd_addresses_are_no_errors(url: str) -> None:
    assert parse_page(PageSnapshot(url=url, captured_at=AT, html="<p>hello</p>")).applications == ()


@pytest.mark.parametrize(
    ("url", "clean"),
    [
        ("https://a.example/x?job=1&token=s3cret#top", "https://a.example/x?job=1"),
        ("https://a.example:4440/x", "https://a.example:4440/x"),
        ("https://a.example/é", "https://a.example/%C3%A9"),
        ("https://a.example/#/job/12?token=x", "https://a.example/#/job/12"),
        ("https://user:pw@a.example/x", "https://a.example/x"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("https://[broken", ""),
        ("https://a.example:99999999/x", ""),
    ],
)
def test_links_lose_what_could_be_secret(url: str, clean: str) -> None:
    assert clean_url(url) == clean


def test_links_of_rows() -> None:
    found = page("<a href='../job?job=7&s=1'>x</a><a href='#'>y</a><a href='http://[b'>z</a><a>w</a>")
    assert [found.link(tag) for tag in found.all("a")] == ["https://x.example/job?job=7", "", "", ""]
    assert [found.address(tag) for tag in found.all("a")] == ["https://x.example/job?job=7&s=1", "", "", ""]


def test_text_keeps_words_whole_and_fields_apart() -> None:
    found = page(
        "<div><b>Sta</b>tus: <i>In</i> review<span>Applied</span><p hidden>no</p><p>2 Nov<br>2026</p></div>"
    )
    assert found.text == "Status: In review Applied 2 Nov 2026"
    assert found.lines(found.all("div")[0]) == ["Status: In review", "Applied", "2 Nov", "2026"]


def test_a_picture_is_read_out() -> None:
    found = page(
        "<td><img alt='Under review'></td><td><svg aria-label='Closed'></svg></td><td title='Draft'></td><td></td>"
    )
    assert [found.spoken(cell) for cell in found.all("td")] == ["Under review", "Closed", "Draft", ""]


def test_selector_for_finds_one_thing_or_nothing() -> None:
    found = page(
        "<nav id='a'><button>Next</button></nav><nav id='b'><button>Next</button></nav>"
        "<button aria-label='Close'>x</button><div><button>Same</button><button>Same</button></div>"
    )
    selectors = [selector_for(found, tag) for tag in found.all("button")]
    assert selectors == [
        '[id="a"] button:has-text("Next")',
        '[id="b"] button:has-text("Next")',
        'button[aria-label="Close"]',
        "",
        "",
    ]


def test_page_language_decides_how_dates_are_read() -> None:
    assert page("<html lang='fr-FR'><p>x</p></html>").language == "fr-FR"
    assert page("<p>x</p>").language == "en"
