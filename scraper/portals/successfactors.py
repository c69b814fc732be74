"""SAP SuccessFactors: the older "Jobs Applied" list and the newer cards. Host and `company=` make the tenant.

Known: addresses, sign-in, signed-in marks, labels near the title. Ids are generated and classes unknown, so rows
are found by their labels: a status counts only between its own requisition id and the next one.
"""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import parse_qs, urlencode, urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import Row, Way, css, data, href
from scraper.portals.labels import is_label
from scraper.portals.marks import MY_APPLICATIONS, NO_APPLICATIONS, says, with_common
from scraper.portals.shapes import LoginForm
from scraper.reading.dates import read_date
from scraper.reading.html import Page

_ERRORS = ("#errorMsg_1", "#uiErrorMsg", "[id^='uiErrorContainer']", "[role=alert]")


def _first_of_header(row: Row) -> str:
    """The first words of a card's header, where the slot they stood in was lost on the way."""
    header = row.page.first("ui5-card-header", row.tag)
    lines = row.page.lines(header) if header is not None else []
    return lines[0] if lines and not is_label(lines[0]) else ""


class SuccessFactors(ByMeaning):
    kind = "successfactors"
    name = "SAP SuccessFactors"
    hosts = r"career\d*\.(?:successfactors|sapsf)\.(?:com|eu|cn)|[a-z0-9-]+\.jobs\.hr\.cloud\.sap"
    samples = {
        "https://career2.successfactors.eu/portalcareer?company=britisht01P1": PageKind.APPLICATIONS,
        "https://career8.successfactors.com/career?company=MoodysProd": PageKind.APPLICATIONS,
        "https://career5.successfactors.eu/career?company=lidlstiftuP2&career_ns=job_listing_summary&navBarLevel=MY_PROFILE": PageKind.APPLICATIONS,
        "https://career23.sapsf.com/career?company=saudiara05&login_ns=login": PageKind.LOGIN,
        "https://acme.jobs.hr.cloud.sap/profile": PageKind.APPLICATIONS,
    }
    login_form = LoginForm(
        user="#username",
        password="#password",
        submit="#signIn, button#fbqa_signin",
        open=('a:has-text("Already a registered user? Please sign in")',),
        error=", ".join(_ERRORS),
    )
    signed_in = "#_signout, #lnkLogout, a.loggedInStatus[title='Sign Out'], [id*='top_nav_jobs_applied']"
    marks = with_common(
        {
            PageKind.LOCKED: says(_ERRORS, "locked out of your account", "too many failed login attempts"),
            PageKind.WRONG_PASSWORD: says(
                _ERRORS, "invalid username or password", "password you entered", "login failed", "incorrect"
            ),
            PageKind.TERMS: '.dialogBoxWrapper:has-text("privacy statement"), [role=dialog]:has-text("privacy statement")',
            PageKind.LOGIN: "#username, #fbqa_signin",
            PageKind.EMPTY: NO_APPLICATIONS,
        },
        list_heading=says(
            ("h1", "h2", "h3", "[role=heading]", "ui5-title"),
            "jobs applied",
            *MY_APPLICATIONS,
            "beworbene stellen",
            "emplois sollicités",
            "puestos solicitados",
        ),
    )
    signature = "#rcmCandidateProfileCtr, input[name='login_ns'], a[href*='career_ns=']"

    # The cards are made of web components, whose title and id may stand in attributes only.
    title = (
        css("[slot=title], [slot=header] ui5-title")
        | data("title-text")
        | Way(_first_of_header)
        | ByMeaning.title
    )
    requisition = ByMeaning.requisition | data("subtitle-text", r"[^\d]{2,30}\b(\d{2,})\s*$")
    job_links = r"[?&](?:career_job_req_id|jobReqId|jobId)=\d+|/job/[^?#]*/\d+"
    job_id = href(r"[?&](?:career_job_req_id|jobReqId|jobId)=(\d+)") | href(r"/job/[^?#]*/(\d+)")
    external_id = requisition | job_id
    next_page = "a[title='Next Page'], button[aria-label='Next page'], a[aria-label='Next']"

    def read_date(self, page: Page, text: str) -> date | None:
        """The address says how the tenant writes its dates: `rcm_site_locale=en_GB` has the day first."""
        locale = parse_qs(urlsplit(page.url).query).get("rcm_site_locale", [""])[0].replace("_", "-")
        return read_date(text, language=locale or page.language, today=page.snapshot.captured_at.date())

    def list_url(self, url: str) -> str:
        parts = urlsplit(url)
        if (parts.hostname or "").endswith(".hr.cloud.sap"):
            return f"https://{parts.netloc}/profile"
        company = parse_qs(parts.query).get("company", [""])[0]
        path = "/portalcareer" if parts.path.startswith("/portalcareer") else "/career"
        query = urlencode(
            {"company": company, "career_ns": "job_listing_summary", "navBarLevel": "MY_PROFILE"}
        )
        return f"https://{parts.netloc}{path}?{query}"

    def employer(self, url: str, page: Page | None = None) -> str:
        """From `company=`, without the endings of system names ("MoodysProd", "britisht01P1")."""
        parts = urlsplit(url)
        if (parts.hostname or "").endswith(".hr.cloud.sap"):
            return (parts.hostname or "").split(".")[0].replace("-", " ").title()
        company = parse_qs(parts.query).get("company", [""])[0]
        name = re.sub(r"(?i)(?:[-_]?prod|\d*P\d+|\d+)$", "", company)
        return name.title() if name.islower() else name
