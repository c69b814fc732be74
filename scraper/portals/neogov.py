"""NEOGOV / governmentjobs.com: one account for cities, counties and states; each agency chooses its own words.

Known: addresses, sign-in fields and its error sentences (a lock lasts 30 minutes). The list's DOM is not known.
"""

from __future__ import annotations

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import column, css, href, label
from scraper.portals.marks import ALERTS, NO_APPLICATIONS, says, with_common
from scraper.portals.shapes import LoginForm

_ERRORS = (*ALERTS, ".validation-summary-errors", ".error-message", ".alert-danger", "[id$='-error']")


class Neogov(ByMeaning):
    kind = "neogov"
    name = "NEOGOV"
    hosts = r"(?:www|secure)\.governmentjobs\.com"
    samples = {
        "https://www.governmentjobs.com/Applications/Submitted": PageKind.APPLICATIONS,
        "https://www.governmentjobs.com/careers/springfieldmo/jobs/4711223-0/librarian": PageKind.OTHER,
    }
    login_form = LoginForm(
        user="#username-or-email-field",
        password="#sign-in-password-field",
        submit="form:has(#sign-in-password-field) button[type=submit], form:has(#sign-in-password-field) input[type=submit]",
        open=("button.osano-cm-accept",),
        error=", ".join(_ERRORS),
    )
    signed_in = "a.sign-out"
    marks = with_common(
        {
            PageKind.LOCKED: says(_ERRORS, "account is locked"),
            PageKind.PASSWORD_EXPIRED: says(_ERRORS, "password has expired", "password is expired"),
            PageKind.WRONG_PASSWORD: says(
                _ERRORS, "username and/or password are invalid", "password is invalid"
            ),
            PageKind.SESSION_EXPIRED: says(("h1", "h2", "p"), "login page expired"),
            PageKind.LOGIN: "#sign-in-password-field",
            PageKind.EMPTY: NO_APPLICATIONS,
        },
        list_heading=says(
            ("h1", "h2", "h3"), "applications & status", "submitted applications", "my applications"
        ),
    )
    list_page = r"/Applications/"

    job_links = r"/jobs/\d+|/[Aa]pplications/(?:[A-Za-z]+/)?\d+"
    job_id = href(r"/jobs/(\d+)")
    requisition = column(r"job (?:number|#|no)", r"exam") | label(
        r"job (?:number|#|no\.?)", r"exam(?:ination)? (?:number|#)"
    )
    external_id = job_id | requisition | href(r"/[Aa]pplications/(?:[A-Za-z]+/)?(\d+)")
    company = (
        column(r"agency", r"employer", r"department")
        | label(r"agency", r"employer", r"department")
        | css("[class*=agency], [class*=employer], [class*=department]")
    )
    status_of_list = r"\bincomplete\b"
    next_page = "a[rel=next], a[aria-label='Next'], button[aria-label='Next']"

    def list_url(self, url: str) -> str:
        return "https://www.governmentjobs.com/Applications/Submitted"
