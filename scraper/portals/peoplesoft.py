"""PeopleSoft Candidate Gateway, on each customer's own host; known by its paths. Classic grids and fluid lists.

Known: addresses, page names, id patterns (`…$0_row…`), the column "Application/Job Status" with two statuses in
one cell ("Applied / Open"). Links are script submits, so the list cannot be opened by an address for certain.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlencode, urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import Row, Way, column, label
from scraper.portals.labels import is_label
from scraper.portals.marks import NO_APPLICATIONS, says, with_common
from scraper.portals.shapes import LoginForm
from scraper.reading.html import Page

_COMPONENT = re.compile(
    r"^(?P<base>/ps[pc]/[^/]+/[^/]+/[^/]+/c/)(?P<name>HRS_HRAM(?:_FL)?\.HRS_[A-Z_]+?)\.GBL"
)
_ERRORS = ("[role=alert]", "#alertmsg", "span.PSERRORTEXT", "[id^='HRS_'][id*='ERR']")


def _first_words(row: Row) -> str:
    """Fluid rows have no heads and no link with an address: the title is what they begin with."""
    first = row.lines[0] if row.lines else ""
    return "" if is_label(first) or not re.search(r"[^\W\d_]{3}", first) else first


class PeopleSoft(ByMeaning):
    kind = "peoplesoft"
    name = "PeopleSoft"
    hosts = r"$^"  # there is no vendor's host; the path tells
    white_label = r"^/ps[pc]/[^?]*/c/HRS_(?:HRAM|CE)"
    samples = {
        "https://careers.nychhc.org/psc/careers/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_APP_SCHJOB_FL&Action=U": PageKind.JOB_LIST,
        "https://gems.usf.edu:4440/psp/gemspro-tam/EMPLOYEE/HRMS/c/HRS_HRAM.HRS_CE.GBL?Page=HRS_CE_ACTVTY&Action=A&SiteId=1": PageKind.APPLICATIONS,
        "https://job.ifad.org/psc/IFHRPRDE/CAREERS/JOBS/c/HRS_HRAM_FL.HRS_CG_SEARCH_FL.GBL?Page=HRS_CE_ACTVTY_FL": PageKind.APPLICATIONS,
    }
    login_form = LoginForm(
        user="[id*='HRS_OPRNAME']",
        password="[id*='HRS_OPRPSWD']",
        submit="[id^='HRS_APPL_WRK_HRS_LOGIN'], [id*='SIGNIN_BTN'], input[type=button][value='Sign In'],"
        ' [role=dialog] button:has-text("sign in")',
        open=("a[id*='HRS_SIGNIN']", 'a:has-text("Sign In")'),
        error=", ".join(_ERRORS),
    )
    signed_in = "a:has-text(\"sign out\"), [id*='HRS_SIGNOUT']"
    marks = with_common(
        {
            PageKind.APPLICATIONS: "[id^='trHRS_'][id*='_row'], li[id^='HRS_'][id*='_row_'], tr[id^='HRS_'][id*='_row_']",
            PageKind.WRONG_PASSWORD: says(
                _ERRORS, "invalid user name or password", "password is incorrect", "not valid"
            ),
            PageKind.LOCKED: says(_ERRORS, "locked"),
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.LOGIN: "[id*='HRS_OPRPSWD']",
        }
    )
    signature = "span[id='HRS_APPL_WRK_HRS_PAGE_TITLE'], form[name=win0] [id*='HRS_CE_ACTVTY']"
    frame = "iframe#ptifrmtgtframe, iframe[name=TargetContent]"
    list_page = r"HRS_CE_ACTVTY|HRS_HRAM\.HRS_CE|HRS_CG_SEARCH_FL"

    rows = "[id^='trHRS_'][id*='_row'], li[id^='HRS_'][id*='_row_'], tr[id^='HRS_'][id*='_row_']"
    status = column(r"status") | label(r"(?:application|submission)?\s*(?:/\s*job)?\s*status")
    requisition = column(r"job id", r"job opening", r"opening id", r"posting id") | label(
        r"job (?:opening )?id", r"job id"
    )
    title = (
        column(r"posting title", r"job title", r"posting", r"^title") | ByMeaning.title | Way(_first_words)
    )
    external_id = requisition
    applied_on = ByMeaning.applied_on | label(r"date")
    detail = ""
    next_page = "a[id='HRS_APPL_WRK_HRS_LST_NEXT'], a[id*='$hdown$'], div.ps_box-more"

    def list_url(self, url: str) -> str:
        """The page of the activities in the same component. Unconfirmed: sites differ in which one opens."""
        parts = urlsplit(url)
        found = _COMPONENT.match(parts.path)
        if not found:
            return url
        site = parse_qs(parts.query).get("SiteId", ["1"])[0]
        fluid = "_FL" in found["name"]
        page = "HRS_CE_ACTVTY_FL" if fluid else "HRS_CE_ACTVTY"
        query = urlencode({"Page": page, "Action": "U" if fluid else "A", "SiteId": site})
        return f"https://{parts.netloc}{found['base'].replace('/psp/', '/psc/')}{found['name']}.GBL?{query}"

    def employer(self, url: str, page: Page | None = None) -> str:
        labels = (urlsplit(url).hostname or "").split(".")
        return labels[-2].upper() if len(labels) > 1 else ""
