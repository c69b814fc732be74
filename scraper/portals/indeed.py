"""Indeed "My jobs". Capture only: read when the person clicks, never signed in to.

Known: the rows by `data-testid=jobStatusDateShort` or by `data-jobkey`, and the JSON the page itself reads, with
the rule which of its several statuses counts. "No longer available" describes the job. Dates have no year.
"""

from __future__ import annotations

import re
from typing import Any

from bs4 import Tag

from scraper.model import Application, PageKind
from scraper.portals.base import Portal
from scraper.portals.by_meaning import rows_around
from scraper.portals.fields import Row, Way, css, data, href, matching
from scraper.portals.marks import NO_APPLICATIONS, with_common
from scraper.portals.shapes import Listed, said
from scraper.reading.addresses import clean_url
from scraper.reading.html import Page

_DATE = "[data-testid=jobStatusDateShort]"
_TITLE = "header [role=heading] a, [class*=jobTitle] a, a[class*=jobTitle], a[href*='jk=']"
_KEY = r"(?=[a-z]*\d)[0-9a-z]{12,}"
_WORDS = {
    "APPLIED": "Applied",
    "VIEWED": "Application viewed",
    "REVIEWED": "Application reviewed",
    "CONTACTING": "Contacting",
    "PHONE_SCREENED": "Phone screened",
    "INTERVIEW": "Interviewing",
    "OFFER": "Offer received",
    "HIRED": "Hired",
    "REJECTED": "Not selected by employer",
    "NOT_INTERESTED": "Withdrawn",
}


class Indeed(Portal):
    kind = "indeed"
    name = "Indeed"
    hosts = r"(?:myjobs|secure|www|[a-z]{2})\.indeed\.com"
    samples = {
        "https://myjobs.indeed.com/applied": PageKind.APPLICATIONS,
        "https://secure.indeed.com/auth": PageKind.LOGIN,
        "https://www.indeed.com/viewjob?jk=0123456789abcdef": PageKind.OTHER,
    }
    automation = "capture_only"
    signed_in = "[data-testid='gnav-user-button'], [data-testid='gnav-user-email']"
    marks = with_common(
        {
            PageKind.APPLICATIONS: f"{_DATE}, [data-jobkey] [class*=StatusTag]",
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.LOGIN: "form#loginform, [data-testid='auth-page'], [data-tn-element='google-auth-button']",
        }
    )
    prefers_json = True
    list_page = r"myjobs\.indeed\.com/(?!saved)"

    title = Way(lambda row: _title(row))
    company = css("[class*=companyLocation] span, header [role=heading] + div span")
    location = css(
        "[class*=companyLocation] span + span, header [role=heading] + div span + span",
        cut=r"^[·•|–-]$",  # between the two
    )
    status = css(
        "[class*=StatusTag-description], header > div:first-child:not([role=heading]) span, [class*=StatusTag]"
    )
    external_id = data("data-jobkey") | href(rf"[?&]jk=({_KEY})") | data("data-id", rf"({_KEY})")
    applied_on = css(_DATE) | matching(
        r"((?:applied|te postulaste|beworben|candidature envoyée|você se candidatou) .*)"
    )
    detail = "a[href*='jk=']"
    count = "[data-testid=APPLIED], [role=tab][aria-selected=true]"

    def row_tags(self, page: Page) -> list[Tag]:
        dates = page.all(_DATE)
        cards = (page.closest(tag, "li, article, [data-jobkey], [data-id]") for tag in dates)
        found = (
            [tag for tag in cards if tag is not None]
            or page.all("[data-jobkey]")
            or rows_around(page, [(tag, str(id(tag))) for tag in dates])
        )
        return list({id(tag): tag for tag in found}.values())

    def list_url(self, url: str) -> str:
        return "https://myjobs.indeed.com/applied"

    def read_json(self, page: Page) -> Listed | None:
        bodies = [
            body.get("body") for body in page.json(r"/api/v\d+/appStatusJobs") if isinstance(body, dict)
        ]
        lists = [
            body["appStatusJobs"] for body in bodies if isinstance(body, dict) and "appStatusJobs" in body
        ]
        if not lists:
            return None
        records = [record for records in lists for record in records if isinstance(record, dict)]
        found = [
            self._record(page, record) for record in records if _state(record, "userJobStatus") != "SAVED"
        ]
        return Listed.of(found)

    def _record(self, page: Page, record: dict[str, Any]) -> Application | None:
        company = record.get("company")
        return self.make(
            page,
            page.host,
            external_id=said(record, "jobKey"),
            title=said(record, "jobTitle"),
            company=said(company, "name") if isinstance(company, dict) else "",
            status=_WORDS.get(_counts(record), _counts(record)),
            location=said(record, "location"),
            applied_on=said(record, "applyTime"),
            url=clean_url(said(record, "jobUrl")),
        )


def _title(row: Row) -> str:
    """The first words of the link; what follows is for screen readers ("opens in a new window"), in any language."""
    for link in row.page.all(_TITLE, row.tag):
        if lines := row.page.lines(link):
            return re.sub(r"(?i)\s*job description opens in a new window", "", lines[0])
    return ""


def _part(record: dict[str, Any], name: str) -> dict[str, Any]:
    statuses = record.get("statuses")
    part = statuses.get(name) if isinstance(statuses, dict) else None
    return part if isinstance(part, dict) else {"status": part} if isinstance(part, str) else {}


def _state(record: dict[str, Any], name: str) -> str:
    return said(_part(record, name), "status")


def _counts(record: dict[str, Any]) -> str:
    """Which status counts: the employer's, unless the person's own report says more or is newer."""
    if record.get("withdrawn") is True:
        return "NOT_INTERESTED"
    employer, own = _state(record, "candidateStatus"), _state(record, "selfReportedStatus")
    if own and (not employer or own == "NOT_INTERESTED"):
        return own
    if own and own != "APPLIED":
        newer = _when(record, "selfReportedStatus") >= _when(record, "candidateStatus")
        if newer or employer in ("VIEWED", "CONTACTING"):
            return own
    return employer or "APPLIED"


def _when(record: dict[str, Any], name: str) -> float:
    value = _part(record, name).get("timestamp")
    return float(value) if isinstance(value, int | float) else 0.0
