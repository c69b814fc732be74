"""UKG Pro Recruiting (UltiPro), one account per tenant; newer tenants sign in on a page of UKG's own.

Known: hosts, paths, both sign-in pages, `data-automation` attributes, opportunityId in links. Not known: the list
of applications; it is read by meaning on any page of the tenant that the person opens.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import href
from scraper.portals.marks import NO_APPLICATIONS, says, with_common
from scraper.portals.shapes import LoginForm
from scraper.reading.html import Page

_ERRORS = (".has-error .help-block", "[role=alert]", "[id^='error-element']")


class Ukg(ByMeaning):
    kind = "ukg"
    name = "UKG Pro Recruiting"
    hosts = r"recruiting\d*\.ultipro\.(?:com|ca)|[a-z0-9-]+\.rec\.pro\.ukg\.net|signin(?:-[a-z]+)?\.ukg\.net"
    samples = {
        "https://recruiting2.ultipro.com/ACM1000ACME/JobBoard/6f1d6d1e-0000-4000-8000-1a2b3c4d5e6f/": PageKind.JOB_LIST,
        "https://acme.rec.pro.ukg.net/ACM1000/JobBoard/6f1d6d1e-0000-4000-8000-1a2b3c4d5e6f/CandidateView": PageKind.APPLICATIONS,
        "https://signin-us.ukg.net/u/login": PageKind.LOGIN,
    }
    login_hosts = ("signin-us.ukg.net",)  # seen; other regions surely have their own, which nobody has shown
    login_form = LoginForm(
        user="#email, input[name=email], input[name=username]",
        password="#password, form input[type=password]",
        submit="button[type=submit][name=action], form:has(input[type=password]) button[type=submit]",
        open=('a:has-text("Sign In")',),
        error=", ".join(_ERRORS),
    )
    signed_in = "a[href*='/Account/Logout'], [data-automation='sign-out-link']"
    marks = with_common(
        {
            PageKind.WRONG_PASSWORD: says(_ERRORS, "wrong email or password", "email or password", "invalid"),
            PageKind.LOCKED: says(_ERRORS, "blocked", "locked"),
            PageKind.TERMS: "form#registrationDetailsForm",
            PageKind.LOGIN: "form input[type=password]",
            PageKind.EMPTY: NO_APPLICATIONS,
        },
        list_heading=says(("h1", "h2", "h3", "[role=heading]"), "my applications", "your applications"),
    )
    list_page = r"(?i)candidateview|applications|presence|account"

    job_links = r"(?i)opportunityId=[0-9a-f-]{36}"
    job_id = href(r"(?i)opportunityId=([0-9a-f-]{36})")
    next_page = "button[aria-label='Next'], a[aria-label='Next'], [data-automation='next-page-button']"

    def list_url(self, url: str) -> str:
        """Unconfirmed: the path of the list is not public; tenant and board are certain."""
        parts = urlsplit(url)
        board = re.match(r"(/[\w-]+/JobBoard/[0-9a-fA-F-]{36})", parts.path)
        return f"https://{parts.netloc}{board[1]}/CandidateView" if board else url

    def employer(self, url: str, page: Page | None = None) -> str:
        """From the tenant's code ("ACM1000ACME"), which is all that an address says."""
        found = re.match(r"/[A-Z]{3}\d{4}([A-Z]{3,})/", urlsplit(url).path)
        return found[1].title() if found else ""
