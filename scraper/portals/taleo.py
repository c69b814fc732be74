"""Oracle Taleo Enterprise, "My Submissions". Server-rendered; ids with dots, a `.rowN` at their end.

Oddities: the numbers inside ids change by release, so rows are found by their `.rowN`; the user name need not
be the e-mail; a privacy statement may come first; drafts stand in the same list; "Completed" means submitted.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from urllib.parse import urlsplit

from bs4 import Tag

from scraper.model import PageKind
from scraper.portals.base import Portal
from scraper.portals.fields import css, href, label, link_text, matching
from scraper.portals.labels import DATE_LABELS, ID_LABELS, PLACE_LABELS, STATUS_LABELS
from scraper.portals.marks import says, with_common
from scraper.portals.shapes import LoginForm
from scraper.portals.titles import FIRST_LINK, THE_PLACE
from scraper.reading.addresses import split_url
from scraper.reading.html import Page

_ROW_ID = re.compile(r"^mySubmissionsInterface\.(?P<part>.*?)\.row(?P<row>\d+)(?:\.|$)")
_NO_ROW = ("[document]", "html", "body", "form", "main", "table", "tbody", "ul", "ol")
_FORM = "#dialogTemplate-dialogForm"
_ERRORS = ("[id='dialogTemplate-dialogForm-login-errorMessageTitle']", "#errorIAM")

_STATEMENT = f"{_FORM}-StatementBeforeAuthentificationContent-ContinueButton"


class Taleo(Portal):
    kind = "taleo"
    name = "Taleo"
    hosts = r"[a-z0-9-]+\.taleo\.net"  # one label only: *.tbe.taleo.net is Taleo Business Edition
    white_label = r"^/careersection/[^?]*\.(?:ftl|jsf|jss)\b"
    samples = {
        "https://stanford.taleo.net//careersection/mysubmissions.ftl?lang=en": PageKind.APPLICATIONS,
        "https://uhg.taleo.net/careersection/10780/mysubmissions.ftl": PageKind.APPLICATIONS,
        "https://jobs.dubaicareers.ae/careersection/2/mysubmissions.ftl": PageKind.APPLICATIONS,
        "https://socgen.taleo.net/careersection/iam/accessmanagement/login.jsf?lang=fr-FR": PageKind.LOGIN,
    }
    login_form = LoginForm(
        user=f"{_FORM}-login-name1, input[name=loginfield]",
        password=f"{_FORM}-login-password",
        submit=f"{_FORM}-login-defaultCmd, [name=loginbutton]",
        open=(
            _STATEMENT,  # a notice to read, not terms to agree to
            "[id='topNavInterface.loginAction']",
        ),
        error=", ".join(_ERRORS),
    )
    signed_in = (
        "[id='mySubmissionsInterface'], [id^='mySubmissionsInterface.'], [id='topNavInterface.logoutAction']"
    )
    marks = with_common(
        {
            PageKind.APPLICATIONS: "[id^='mySubmissionsInterface.'][id*='.row']",
            PageKind.EMPTY: "[id^='mySubmissionsInterface.'][id*='mpty']",
            PageKind.LOCKED: says(_ERRORS, "locked", "too many"),
            PageKind.PASSWORD_EXPIRED: says(_ERRORS, "expired"),
            PageKind.CODE: says(_ERRORS, "verify your email"),
            PageKind.WRONG_PASSWORD: says(
                _ERRORS, "user name or", "password you entered", "incorrect", "invalid"
            ),
            PageKind.MAINTENANCE: "#maintenanceTitle",
            PageKind.LOGIN: f"{_FORM}-login-password, input[name=loginfield], {_STATEMENT}",
        }
    )
    signature = "form#ftlform[name=ftlform], form[id='dialogTemplate-dialogForm']"

    list_page = r"/mysubmissions\.ftl"
    list_page_is_certain = True

    title = link_text(r"jobdetail|[?&]job=") | css("h2, h3, h4, [role=heading], [id*='itle']") | FIRST_LINK
    requisition = (
        label(r"job number", r"job id", r"requisition(?: number| id)?", *ID_LABELS)
        # In a language that is not listed: the one short code that stands behind a label.
        | matching(r"^[^:：\d]{2,40}[:：]\s*([A-Z]{0,4}\d[A-Z\d]{4,11})$")
    )
    external_id = requisition | href(r"[?&]job=([\w-]+)")
    status = label(r"submission status", r"status", r"application status", r"statut[^:]*", *STATUS_LABELS)
    location = label(r"work location", *PLACE_LABELS) | THE_PLACE
    # "Updated" is the day of the last change, not of the application, and is left alone.
    applied_on = label(r"(?:date )?(?:submitted|completed)(?: on)?", *DATE_LABELS) | matching(
        r"(?:submitted|completed) on (.*\d{4})"
    )
    count = "[id^='mySubmissionsInterface.']:not([id*='.row']):has-text(\"of\")"
    page_size = ("[id='mySubmissionsInterface.myAppDropListSize']", "100")
    next_page = "a[id^='mySubmissionsInterface.'][id$='.Next']"
    ended_list = r"$^"  # "Completed submissions" only means submitted; Taleo has no list of ended ones
    live_list = r"$^"

    def row_tags(self, page: Page) -> list[Tag]:
        """The largest tags that each hold one `.rowN` and nothing of another row.

        The completed and the draft submissions may both be counted from 1, so a number alone is no identity.
        """
        marked = [
            (page.index.places[id(tag)], found["row"], found["part"], tag)
            for tag in page.all("[id^='mySubmissionsInterface.']")
            if (found := _ROW_ID.match(str(tag.attrs["id"])))
        ]
        places = [place for place, *_ in marked]
        rows: list[Tag] = []
        end = -1
        for place, number, _, tag in marked:
            if place >= end:
                rows.append(_whole_row(page, tag, number, marked, places))
                end = page.index.ends[page.index.places[id(rows[-1])]]
        return rows

    def knows(self, url: str) -> bool:
        host = split_url(url).hostname or ""
        return not host.endswith(".tbe.taleo.net") and super().knows(
            url
        )  # Business Edition is another product

    def list_url(self, url: str) -> str:
        parts = urlsplit(url)
        found = re.match(r"/+careersection/(?P<section>[\w-]+)/", parts.path)
        section = f"{found['section']}/" if found and found["section"] not in ("iam", "rest") else ""
        return f"https://{parts.netloc}/careersection/{section}mysubmissions.ftl"

    def employer(self, url: str, page: Page | None = None) -> str:
        host = urlsplit(url).hostname or ""
        labels = host.split(".")
        name = labels[0] if host.endswith(".taleo.net") else labels[-2] if len(labels) > 1 else ""
        return name.replace("-", " ").title()


def _whole_row(
    page: Page, tag: Tag, number: str, marked: list[tuple[int, str, str, Tag]], places: list[int]
) -> Tag:
    """The largest ancestor of `tag` (or itself) in which no other row begins."""
    whole = tag
    while whole.parent is not None and whole.parent.name not in _NO_ROW:
        start = page.index.places[id(whole.parent)]
        inside = marked[bisect_left(places, start) : bisect_left(places, page.index.ends[start])]
        parts = [part for _, _, part, _ in inside]
        if any(row != number for _, row, _, _ in inside) or len(parts) != len(set(parts)):
            break
        whole = whole.parent
    return whole
