"""Oracle Taleo Enterprise, "My Submissions". Server-rendered; ids with dots, a `.rowN` at their end.

Oddities: the numbers inside ids change by release, so rows are found by their `.rowN`; the user name need not
be the e-mail; a privacy statement may come first; drafts stand in the same list; "Completed" means submitted.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from bs4 import Tag

from scraper.model import PageKind
from scraper.portals.base import LoginForm, Portal
from scraper.portals.fields import href, label, link_text, matching
from scraper.reading.html import Page

_ROW_ID = re.compile(r"^mySubmissionsInterface\.(?P<part>.*?)\.row(?P<row>\d+)(?:\.|$)")
_FORM = "#dialogTemplate-dialogForm"
_ERRORS = ("[id='dialogTemplate-dialogForm-login-errorMessageTitle']", "#errorIAM")


def _says(*words: str) -> str:
    return ", ".join(f'{place}:has-text("{word}")' for place in _ERRORS for word in words)


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
            f"{_FORM}-StatementBeforeAuthentificationContent-ContinueButton",
            "[id='topNavInterface.loginAction']",
        ),
        error=", ".join(_ERRORS),
    )
    signed_in = (
        "[id='mySubmissionsInterface'], [id^='mySubmissionsInterface.'], [id='topNavInterface.logoutAction']"
    )
    marks = {
        PageKind.LOCKED: _says("locked", "too many"),
        PageKind.PASSWORD_EXPIRED: _says("expired")
        + f', {_FORM}-changePassword, [id$="-changePassword-newPassword"]',
        PageKind.WRONG_PASSWORD: _says("user name", "password", "incorrect", "invalid", "not valid"),
        PageKind.MAINTENANCE: "#maintenanceTitle",
        PageKind.TERMS: f"{_FORM}-StatementBeforeAuthentificationContent-ContinueButton",
        PageKind.LOGIN: f"{_FORM}-login-password",
        PageKind.APPLICATIONS: "[id^='mySubmissionsInterface.'][id*='.row']",
        PageKind.EMPTY: "[id^='mySubmissionsInterface.'][id*='mpty']",
    }
    signature = "form#ftlform[name=ftlform], form[id='dialogTemplate-dialogForm']"

    title = link_text(r"jobdetail|job=|mysubmissions|#|flow\.jsf")
    requisition = label(r"job number", r"job id", r"requisition(?: number| id)?", r"num[eé]ro d.emploi")
    external_id = requisition | href(r"[?&]job=([\w-]+)")
    status = label(r"submission status", r"status", r"application status", r"statut[^:]*")
    location = label(r"(?:primary )?location", r"work location")
    applied_on = label(
        r"(?:date )?(?:submitted|completed)(?: on)?", r"updated(?: on)?", r"creation date"
    ) | matching(r"(?:submitted|completed|updated)\s*(?:on)?\s*:?\s+(.*\d{4}.*)")
    next_page = "a[id^='mySubmissionsInterface.'][id$='.Next']"
    ended_list = r"$^"  # "Completed submissions" only means submitted; Taleo has no list of ended ones
    live_list = r"$^"

    def row_tags(self, page: Page) -> list[Tag]:
        """The smallest tags that each hold everything with one `.rowN`: two lists on a page may both count from 1."""
        marked: list[tuple[Tag, str]] = []
        for tag in page.all("[id^='mySubmissionsInterface.']"):
            if found := _ROW_ID.match(str(tag.attrs["id"])):
                marked.append((tag, found["row"]))
        rows: list[Tag] = []
        for tag, number in marked:
            if rows and page.contains(rows[-1], tag):
                continue
            rows.append(_whole_row(page, tag, number, marked))
        return rows

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


def _whole_row(page: Page, tag: Tag, number: str, marked: list[tuple[Tag, str]]) -> Tag:
    """The largest ancestor of `tag` in which no other row begins."""
    whole, ids = tag, {_part(tag)}
    while whole.parent is not None and whole.parent.name not in ("[document]", "html", "body"):
        wider = whole.parent
        inside = [(other, row) for other, row in marked if page.contains(wider, other)]
        parts = [_part(other) for other, _ in inside]
        if any(row != number for _, row in inside) or len(parts) != len(set(parts)):
            break
        if len(inside) == 1 and len(ids) == 1 and wider.name in ("form", "main"):
            break
        whole = wider
    return whole


def _part(tag: Tag) -> str:
    found = _ROW_ID.match(str(tag.attrs["id"]))
    return found["part"] if found else ""
