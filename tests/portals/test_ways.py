"""The ways to a field, one by one, on markup that has a trap in it; addresses and records that differ from the plainest."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from scraper.model import JsonAnswer, PageSnapshot
from scraper.portals import portal_by_kind
from scraper.portals.brassring import _below_tabs
from scraper.portals.fields import Row, Way, beside_title, column, data, link_text
from scraper.portals.titles import TITLE
from scraper.reading.html import Page
from scraper.reading.page import parse_page

AT = datetime(2026, 6, 1, tzinfo=UTC)


def row(html: str, title: str = "", css: str = ".row") -> Row:
    page = Page(PageSnapshot(url="https://x.example/y", captured_at=AT, html=f"<body>{html}</body>"))
    tag = page.first(css)
    assert tag is not None
    return Row(page, tag, title)


@pytest.mark.parametrize(
    ("way", "html", "found"),
    [
        (data("data-id", r"^([A-Z]\d+)$"), "<b data-id=menu>x</b><b data-id=R7>y</b>", "R7"),
        (data("data-id", r"^([A-Z]\d+)$"), "<b data-id=menu>x</b>", ""),
        (link_text(r"job/"), "<a href=/job/1><h3></h3><div>Charge Nurse</div><p>Cleveland</p></a>", "Charge Nurse"),
        (link_text(r"job/"), "<a href=/job/1><h3>Charge Nurse</h3><div>New</div></a>", "Charge Nurse"),
        (column(r"status"), "<table><tr class=inner><td data-label=Status>Hired</table>", "Hired"),
        (column(r"status"), "<table><tr class=inner><td data-label=Place>Here</table>", ""),
        (column(r"status"), "<p>Status", ""),
    ],
)  # fmt: skip
def test_a_way_takes_what_it_was_made_for_and_nothing_else(way: Way, html: str, found: str) -> None:
    assert way(row(f"<div class=row>{html}</div>")) == found


@pytest.mark.parametrize(
    ("title", "distance", "found"),
    [
        ("Charge Nurse", 1, "Lakeshore Health"),
        ("Charge Nurse", 5, ""),
        ("Charge Nurse", -1, ""),
        ("A title that was read elsewhere", 1, ""),
    ],
)
def test_the_line_beside_the_title_where_the_title_is_a_line(title: str, distance: int, found: str) -> None:
    card = row("<div class=row><h3>Charge Nurse</h3><p>Lakeshore Health</p></div>", title)
    assert beside_title(distance)(card) == found


@pytest.mark.parametrize(
    ("cell", "title"),
    [
        ("<a href=#>View</a><a href=/1>Charge Nurse</a><p>Requisition ID 48213</p>", "Charge Nurse"),
        ("<p>Charge Nurse</p><a href=#>View</a><p>Requisition ID 48213</p>", "Charge Nurse"),
        ("<p>Charge Nurse</p><p>Requisition ID 48213</p>", "Charge Nurse"),
    ],
    ids=["behind an action", "no link but an action", "no link"],
)
def test_a_title_among_notes_is_no_action(cell: str, title: str) -> None:
    table = f"<table><tr><th>Job title<th>Status</tr><tr class=row><td>{cell}<td>Under review</table>"
    assert TITLE(row(table)) == title


@pytest.mark.parametrize(
    "url",
    [
        "https://lake.wd5.myworkdayjobs.com/wday/authgwy/External/login",
        "https://lake.wd5.myworkdayjobs.com/wday/cxs/lake/External/userHome/applications",
        "https://lake.wd5.myworkdayjobs.com/wday/calypso/cxs/lake/x/External/applications",
    ],
)
def test_workdays_own_requests_lead_to_the_site_they_belong_to(url: str) -> None:
    found = portal_by_kind("workday").list_url(url)
    assert found.startswith("https://lake.wd5.myworkdayjobs.com/")
    assert found.endswith("/External/userHome")


@pytest.mark.parametrize(
    ("url", "employer"),
    [
        ("https://lake-shore.wd5.myworkdayjobs.com/External/userHome", "Lake Shore"),
        ("https://wd1.myworkdaysite.com/recruiting/lake_shore/Careers/userHome", "Lake Shore"),
        ("https://wd1.myworkdaysite.com/en-US", ""),
    ],
)
def test_the_employer_in_workdays_address(url: str, employer: str) -> None:
    assert portal_by_kind("workday").employer(url) == employer


def test_an_address_of_peoplesoft_outside_its_component_is_left_as_it_is() -> None:
    url = "https://careers.lake.edu/psp/hr/EMPLOYEE/HRMS/h/?tab=DEFAULT"
    assert portal_by_kind("peoplesoft").list_url(url) == url


@pytest.mark.parametrize(
    ("employer", "own", "counts"),
    [
        ({"status": "REJECTED", "timestamp": 2}, {"status": "INTERVIEW", "timestamp": 1}, "Not selected by employer"),
        ({"status": "REJECTED", "timestamp": 1}, {"status": "OFFER", "timestamp": 2}, "Offer received"),
        ({"status": "VIEWED", "timestamp": 2}, {"status": "INTERVIEW", "timestamp": 1}, "Interviewing"),
        ({"status": "VIEWED"}, {"status": "APPLIED"}, "Application viewed"),
        ({"status": "OFFER", "timestamp": 2}, {"status": "NOT_INTERESTED", "timestamp": 1}, "Withdrawn"),
        ({}, {"status": "HIRED"}, "Hired"),
        ({"status": "VIEWED"}, "INTERVIEW", "Interviewing"),
        ({}, {}, "Applied"),
    ],
)  # fmt: skip
def test_whose_word_counts_at_indeed(employer: Any, own: Any, counts: str) -> None:
    record = {
        "jobKey": "0123456789abcdef",
        "jobTitle": "Charge Nurse",
        "company": {"name": "Lakeshore"},
        "statuses": {"candidateStatus": employer, "selfReportedStatus": own},
    }
    url = "https://myjobs.indeed.com/api/v1/appStatusJobs"
    answer = JsonAnswer(url=url, body=json.dumps({"body": {"appStatusJobs": [record]}}))
    snapshot = PageSnapshot(url="https://myjobs.indeed.com/applied", captured_at=AT, answers=(answer,))
    (found,) = parse_page(snapshot).applications
    assert found.status_raw == counts


def test_a_link_of_indeed_without_words_is_no_title() -> None:
    card = "<a href='?jk=0123456789ab'><img src=x></a><a href='?jk=0123456789ab'>Charge Nurse</a>"
    title = portal_by_kind("indeed").title
    assert title(row(f"<li class=row>{card}</li>")) == "Charge Nurse"
    assert title(row("<li class=row><a href='?jk=0123456789ab'><img src=x></a></li>")) == ""


@pytest.mark.parametrize(
    ("card", "status"),
    [
        ("<div>Status</div><div>Documents</div><div>Forms</div><p>Under review</p>", "Under review"),
        ("<div>Status</div><div>Documents</div><p>My letter.pdf</p>", ""),
        ("<div>Status</div><p>between</p><div>Documents</div><p>Under review</p>", ""),
        ("<div>Status</div><div>Documents</div>", ""),
        ("<p>Nothing about it</p>", ""),
    ],
)
def test_what_begins_below_the_tabs_of_a_brassring_card(card: str, status: str) -> None:
    assert _below_tabs(row(f"<div class=row>{card}</div>")) == status
