"""Workday Candidate Home. `data-automation-id` is the same on every tenant and in every language.

Oddities: four rows a page in each tab; an invisible layer over the sign-in button takes the click; a honeypot
field and a hidden create-account form beside the real one; the Inactive tab says only that it is over.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from scraper.model import Application, Open, PageKind, Step
from scraper.portals.base import Portal
from scraper.portals.fields import Row, Way, column, css, href, matching
from scraper.portals.lists import is_chosen
from scraper.portals.marks import says, with_common
from scraper.portals.shapes import Listed, LoginForm, said
from scraper.reading.addresses import clean_url
from scraper.reading.html import Page, attr, tidy
from scraper.reading.soup import HIDDEN_MARK

_LOCALE = r"[a-z]{2}-[A-Z]{2}"
_LIST = r"/wday/(?:calypso/)?cxs/[^?]*/applications(?:\?|$)"
_MOST = 20  # rows in one JSON answer
_PAGES = "nav[data-automation-id=pagination]"
_PANELS = "[role=tabpanel]"
_REFUSED = ("[data-automation-id=errorMessage]", "[data-automation-id=inputAlert]", "[role=alert]")


class Workday(Portal):
    kind = "workday"
    name = "Workday"
    hosts = r"[a-z0-9-]+\.wd\d+\.myworkdayjobs\.com|wd\d+\.myworkdaysite\.com"
    samples = {
        "https://bmo.wd3.myworkdayjobs.com/en-US/External/userHome": PageKind.APPLICATIONS,
        "https://ebay.wd5.myworkdayjobs.com/apply/userHome": PageKind.APPLICATIONS,
        "https://wd1.myworkdaysite.com/recruiting/fmr/FidelityCareers/userHome": PageKind.APPLICATIONS,
        "https://fina.wd103.myworkdayjobs.com/fr-FR/DeloitteRecrute/login": PageKind.LOGIN,
    }
    login_form = LoginForm(
        user="[data-automation-id=signInContent] [data-automation-id=email], "
        "form[data-automation-id^=signInForm] [data-automation-id=email]",
        password="[data-automation-id=signInContent] [data-automation-id=password], "
        "form[data-automation-id^=signInForm] [data-automation-id=password]",
        # The button itself is out of reach; the layer just before it carries the handler.
        submit="[data-automation-id=click_filter]:has(+ [data-automation-id=signInSubmitButton]), "
        "[data-automation-id=noCaptchaWrapper] [data-automation-id=click_filter]",
        open=(
            "[data-automation-id=legalNoticeAcceptButton]",
            "[data-automation-id=utilityButtonSignIn]",
            "[data-automation-id=SignInWithEmailButton]",
            "[data-automation-id=signInLink]",
        ),
        error=", ".join(_REFUSED),
    )
    signed_in = (
        "[data-automation-id=utilityButtonAccountTasksMenu], [data-automation-id=candidateHomePage],"
        " [data-automation-id=CandidateHomePage], [data-automation-id=welcomeMsgHeader]"
    )
    marks = with_common(
        {
            PageKind.APPLICATIONS: "[data-automation-id=taskListRow]",
            PageKind.EMPTY: "[data-automation-id=noApplications]",
            PageKind.WRONG_PASSWORD: says(
                _REFUSED, "wrong email address or password", "account might be locked"
            ),
            PageKind.LOCKED: says(_REFUSED, "account has been locked", "account is locked"),
            PageKind.PASSWORD_EXPIRED: says(_REFUSED, "password has expired", "password expired"),
            PageKind.CODE: "[data-automation-id=verificationCode], [data-automation-id=securityCode], "
            + says(_REFUSED, "verify your account", "verify your email", "verification email"),
            PageKind.TERMS: "[data-automation-id=termsAndConditions]",
            PageKind.SESSION_EXPIRED: "[data-automation-id=sessionExpired]",
            PageKind.MAINTENANCE: "[data-automation-id=maintenanceMessage], "
            + says(_REFUSED, "error code: vps"),
            PageKind.LOGIN: "form[data-automation-id^=signInForm], [data-automation-id=SignInWithEmailButton]",
        }
    )
    signature = "[data-automation-id=candidate-home-app], [data-automation-id=applicationsSectionHeading]"
    dismiss = (
        "[data-automation-id=candidateHomeTaskModal] [data-automation-id=closeButton]",
        "[data-automation-id=candidateHomeTaskModal] button[aria-label=Close]",
    )

    list_page = r"/userHome|/candidateHome"
    list_page_is_certain = True

    rows = "tr[data-automation-id=taskListRow], [role=row][data-automation-id=taskListRow]"
    title = css("[data-automation-id=applicationTitle]")
    status = css("[data-automation-id=applicationStatus]") | column(r"status")
    requisition = (
        column(r"job req", r"requisition")
        | href(r"_([A-Za-z]*-?\d[\w-]*?)(?:-\d)?(?:[/?#]|$)")
        | href(r"/jobApplication/([A-Za-z]*[-_]?\d[\w-]*)")
        | matching(r"^([A-Z]{1,5}[-_]?\d{3,}[\w-]*)$")  # the head is translated, the number is not
    )
    location = column(r"^(?:primary )?location") | Way(lambda row: _place_in(_posting(row)))
    external_id = requisition
    applied_on = column(r"date submitted", r"submitted", r"date")
    detail = "[data-automation-id=applicationTitle] a[href]"
    tabs = "[role=tablist] [role=tab]"
    count = "[role=tablist] [role=tab][aria-selected=true]"
    # Previous comes first and next last; their names are translated.
    # Those with a page's number stand in a list, and are not it.
    next_page = ", ".join(f"{_PAGES} {way}> button:last-of-type" for way in ("", "> div ", "> div > div "))

    def list_url(self, url: str) -> str:
        base = self.site_url(url)
        return f"{base}/userHome" if base else url

    def site_url(self, url: str) -> str:
        """Scheme, host, locale if given, and site: what all addresses of one career site begin with."""
        parts = urlsplit(url)
        segments = [segment for segment in parts.path.split("/") if segment]
        if segments[:2] == ["wday", "authgwy"]:
            segments = segments[2:]
        elif segments[:3] == ["wday", "calypso", "cxs"]:
            segments = segments[5:6]
        elif segments[:2] == ["wday", "cxs"]:
            segments = segments[3:4]
        length = 1
        if segments and segments[0] == "recruiting":
            length = 3
        elif segments and re.fullmatch(_LOCALE, segments[0]):
            length = 2
            if segments[1:2] == ["recruiting"]:
                length = 4
        if len(segments) < length:
            return ""
        return f"https://{parts.netloc}/{'/'.join(segments[:length])}"

    def employer(self, url: str, page: Page | None = None) -> str:
        tag = page.first("[data-automation-id=headerTitle]") if page else None
        if page and tag and (name := page.spoken(tag)):
            return name
        if page is not None and page.has_only_json:
            return ""  # the tenant's short name must not replace the name that the page itself shows
        host = urlsplit(url).hostname or ""
        tenant = host.split(".")[0]
        if host.endswith(".myworkdaysite.com"):
            found = re.search(r"/recruiting/([^/]+)/", urlsplit(url).path)
            tenant = found[1] if found else ""
        return tenant.replace("-", " ").replace("_", " ").title()

    def ended(self, row: Row) -> bool | None:
        """The first tab is the active one, the second the inactive one, whatever the language calls them."""
        tabs = row.page.all(self.tabs)
        chosen = [place for place, tab in enumerate(tabs) if is_chosen(tab)]
        return bool(chosen[0]) if len(tabs) == 2 and len(chosen) == 1 else super().ended(row)

    def applications(self, page: Page) -> Iterable[Application]:
        """The rows shown; of a page somebody clicked on, those of the list behind the other tab as well.

        A visit of the sync opens each tab and counts what it sees there, so it needs no more than what is shown.
        """
        yield from super().applications(page)
        for panel in self._panels_behind(page) if page.snapshot.source == "click" else ():
            for tag in self.rows_of(panel):
                if found := self.read_row(Row(panel, tag), page):
                    yield found

    def _panels_behind(self, page: Page) -> Iterator[Page]:
        """The panels of the tabs after the one shown, each as a page on which its own tab is the chosen one.

        Only those after it: the first is shown to begin with, so it was there to be clicked on.

        Nothing where tabs and panels are not as many: then nobody knows which list is the one of ended ones.
        """
        panels = page.all(_PANELS, hidden=True)
        if len(panels) != len(page.all(self.tabs)):
            return
        shown_at = next((place for place, panel in enumerate(panels) if page.is_visible(panel)), len(panels))
        for place, panel in enumerate(panels):
            if place > shown_at and not page.is_visible(panel) and page.first(self.rows, panel, hidden=True):
                shown = copy.copy(panel)
                for name in ("hidden", "style", "aria-hidden", HIDDEN_MARK):
                    shown.attrs.pop(name, None)
                tabs = "".join(
                    f"<b role=tab aria-selected={str(place == number).lower()}></b>"
                    for number in range(len(panels))
                )
                html = f'<html lang="{escape(page.language)}"><body><p role=tablist>{tabs}</p>{shown}</body></html>'
                yield Page(
                    replace(page.snapshot, html=html, frames=(), answers=()), corrections=page.corrections
                )

    # -- the JSON that the page itself reads ------------------------------------------------------------------

    def json_list(self, url: str) -> str | None:
        parts = urlsplit(self.site_url(url))
        segments = parts.path.strip("/").split("/")
        if not segments[-1]:
            return None
        tenant = segments[-2] if "recruiting" in segments else (parts.hostname or "").split(".")[0]
        home = f"https://{parts.netloc}/wday/calypso/cxs/candidatehome/{tenant}/{segments[-1]}"
        return f"{home}/applications?{urlencode({'type': 'active', 'limit': _MOST, 'offset': 0})}"

    def read_json(self, page: Page) -> Listed | None:
        answers = [
            (url, body) for url, body in page.answers(_LIST) if isinstance(body, dict) and "data" in body
        ]
        if not answers:
            return None
        found = [
            self._record(page, url, record)
            for url, body in answers
            for record in body["data"]
            if isinstance(record, dict)
        ]
        url, body = answers[-1]
        total = body.get("total")
        return Listed.of(found, total, _after(url, len(body["data"]), total))

    def _record(self, page: Page, url: str, record: dict[str, Any]) -> Application | None:
        requisition = said(record, "jobRequisitionId")
        path = said(record, "externalPath")
        return self.make(
            page,
            page.host,
            ended={"active": False, "inactive": True}.get(_query(url).get("type", "")),
            external_id=requisition,
            requisition=requisition,
            title=said(record, "postingTitle"),
            status=said(record, "status"),
            location=said(record, "locationsText", "location") or _place_in(path),
            applied_on=said(record, "dateApplied"),
            url=clean_url(self.site_url(page.url) + path) if path.startswith("/") else "",
        )


def _posting(row: Row) -> str:
    """The path of the row's link to the posting."""
    link = row.page.first("a[href*='/job/']", row.tag)
    return attr(link, "href") if link is not None else ""


def _place_in(path: str) -> str:
    """.../job/Cleveland-OH/Charge-Nurse_JR-1 -> "Cleveland OH". A place with its own dash has three: "US---Cleveland"."""
    found = re.search(r"/job/([^/?#]+)/[^/?#]+_[A-Za-z]*[-_]?\d[^/?#]*", path)
    if not found:
        return ""
    parts = unquote(found[1]).split("---")
    return " - ".join(tidy(part.replace("-", " ")) for part in parts)


def _query(url: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(url).query))


def _after(url: str, read: int, total: Any) -> Step | None:
    """The next part of the same list, then the list of inactive ones."""
    query = _query(url)
    offset = int(query["offset"]) if query.get("offset", "").isdigit() else 0
    if read and isinstance(total, int) and offset + read < total:
        query["offset"] = str(offset + read)
    elif query.get("type") == "active":
        query |= {"type": "inactive", "offset": "0"}
    else:
        return None
    return Open(urlsplit(url)._replace(query=urlencode(query)).geturl())
