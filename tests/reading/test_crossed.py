"""Rows that ran into each other are told by what they say twice; rows that portals write oddly are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from scraper.model import Application, Confidence, PageSnapshot, Stage
from scraper.reading.crossed import rows_crossed
from scraper.reading.html import Page
from scraper.reading.page import parse_page
from scraper.reading.whole import shape_of

AT = datetime(2026, 11, 20, tzinfo=UTC)
ROW = Application(
    portal="neogov", host="h", external_id="11", title="Nurse", status_raw="Received", stage=Stage.RECEIVED,
    confidence=Confidence.SURE, requisition="11", url="https://h.example/jobs/11",
)  # fmt: skip


def row(number: int, **changes: object) -> Application:
    made = replace(
        ROW, external_id=str(number), requisition=str(number), url=f"https://h.example/jobs/{number}"
    )
    return replace(made, **changes)  # type: ignore[arg-type]  # the tests name real fields


def crossed(*rows: Application, html: str = "<p>x</p>") -> bool:
    return rows_crossed(Page(PageSnapshot(url="https://h.example/", captured_at=AT, html=html)), rows)


@pytest.mark.parametrize(
    "rows",
    [
        (row(11), row(12), row(13, requisition="14")),
        (row(11), row(12), row(13, url="https://h.example/jobs/14")),
        (row(11), row(11, status_raw="Closed"), row(12), row(12)),
        (row(11, requisition="2026-11"), row(12, requisition="2026-12"), row(13, requisition="2026-14")),
    ],
    ids=["number and id", "link and id", "twice with two statuses", "number with a year in front"],
)
def test_a_row_that_contradicts_itself(rows: tuple[Application, ...]) -> None:
    assert crossed(*rows)


@pytest.mark.parametrize(
    "rows",
    [
        (row(11), row(12), row(13)),
        (row(11, requisition="A-1"), row(12, requisition="A-2")),
        (row(11), row(12, url="https://h.example/drafts/9/continue")),
        (row(11), row(11, status_raw="Withdrawn"), row(12)),
        (
            row(11, applied_on=date(2026, 1, 2)),
            row(11, status_raw="Withdrawn", applied_on=date(2025, 1, 2)),
            row(12),
            row(12),
        ),
        (row(11, url=""), row(12)),
    ],
    ids=[
        "plain",
        "numbers of their own",
        "another link",
        "applied again",
        "applied again, with days",
        "no link",
    ],
)
def test_rows_that_only_look_odd(rows: tuple[Application, ...]) -> None:
    assert not crossed(*rows)


HEAD = "<tr><th>Job</th><th>Status</th></tr>"


def table(*rows: str) -> str:
    return f"<table>{HEAD}{''.join(f'<tr>{cells}</tr>' for cells in rows)}</table>"


PLAIN = "<td>Nurse</td><td>Received</td>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        (table(PLAIN, PLAIN), False),
        (table("<td>Nurse</td><td>Rec</td><td>Baker</td><td>Closed</td>"), True),
        (table(PLAIN, PLAIN, "<td>Nurse</td><td>Rec</td><td>Baker</td><td>Closed</td>"), True),
        (table(*["<td>Nurse</td><td>Received</td><td>Monday</td><td>Tuesday</td>"] * 3), False),
        (table("<td>Nurse</td><td>Received</td><td></td><td>View</td><td>Withdraw</td>"), False),
        (table("<td>Nurse</td><td>Received</td><td>Withdraw</td>"), False),
    ],
    ids=["plain", "one long row", "a long row among others", "all rows are long", "buttons", "one button"],
)
def test_rows_longer_than_the_table(html: str, expected: bool) -> None:
    assert crossed(ROW, html=html) is expected


def test_such_a_page_is_called_damaged() -> None:
    lines = "".join(
        f"<tr><td><a href='/jobs/{link}-0/x'>Nurse {link}</a></td><td>Parma</td><td>11/02/2026</td><td>{status}</td></tr>"
        for link, status in ((4711223, "Application Received"), (4711224, "Under Review"))
    )
    html = (
        "<html><body><h1>My applications</h1><table><tr><th>Job Title</th><th>Agency</th><th>Date Submitted</th>"
        f"<th>Status</th></tr>{lines}</table></body></html>"
    )
    url = "https://www.governmentjobs.com/Applications/Submitted"
    whole = parse_page(PageSnapshot(url=url, captured_at=AT, html=html))
    assert len(whole.applications) == 2
    assert not whole.damaged
    run_together = html.replace(
        "Application Received</td></tr><tr><td><a href='/jobs/4711224-0/x'>Nurse 4711224</a></td><td>Parma",
        "Appli",
    )
    read = parse_page(PageSnapshot(url=url, captured_at=AT, html=run_together))
    assert read.damaged
    assert not read.complete


def test_a_bracket_that_no_browser_writes() -> None:
    assert shape_of("<p>a</p>") is not None
    assert shape_of("<p>an&gt;b</p>") is not None
    assert shape_of("<p>span>b</p>") is None
    assert shape_of("<p>a<b</p>") is None
    assert shape_of("<div>" * 3_000 + "</div>" * 3_000) is None


def test_the_only_row_that_tells_more_than_the_table_has_heads() -> None:
    heads = "<tr><th>Job</th><th>Date</th><th>Status</th></tr>"
    assert crossed(
        html=f"<table>{heads}<tr><td>Nurse</td><td>3 May</td><td>Scor/2026</td><td>Filled</td></tr></table>"
    )
    assert not crossed(
        html=f"<table>{heads}<tr><td>Nurse</td><td>3 May</td><td>Filled</td><td>View</td></tr></table>"
    )


def test_a_list_of_facts_that_names_a_thing_twice() -> None:
    facts = "<dl><dt>Number</dt><dd>1</dd><dt>Date submitted</dt><dd>3 May</dd><dt>Status</dt><dd>Received</dd></dl>"
    again = facts.replace("<dt>Status", "<dt>Date submitted</dt><dd>4 May</dd><dt>Status")
    assert crossed(html=facts + again)
    assert not crossed(html=facts + facts)
    assert not crossed(html=again + again)  # this portal writes so
