"""HealthcareSource / symplr Recruiting, one tenant per hospital; a page that routes by its fragment.

Known: addresses, user name and password, the way "My Profile > Applications". Each hospital sets its own status
messages. Not known: the DOM and the route of the list, so any route of the tenant is read by meaning.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import column, href, label
from scraper.portals.marks import ALERTS, NO_APPLICATIONS, says, with_common
from scraper.portals.shapes import LoginForm
from scraper.reading.html import Page


class HealthcareSource(ByMeaning):
    kind = "healthcaresource"
    name = "HealthcareSource"
    hosts = r"pm\.healthcaresource\.com"
    samples = {
        "https://pm.healthcaresource.com/CS/lakeside/#/profile/applications": PageKind.APPLICATIONS,
        "https://pm.healthcaresource.com/cs/lakeside#/job/12345": PageKind.OTHER,
        "https://pm.healthcaresource.com/CareerSite/lakeside/Search.aspx": PageKind.JOB_LIST,
    }
    login_form = LoginForm(
        user="form:has(input[type=password]) input[type=text], form:has(input[type=password]) input[type=email]",
        password="form input[type=password]",
        submit="form:has(input[type=password]) button[type=submit], form:has(input[type=password]) input[type=submit]",
        open=('a:has-text("Sign In")', 'button:has-text("Sign In")'),
        error=", ".join(ALERTS),
    )
    signed_in = 'a:has-text("sign out"), button:has-text("sign out")'
    marks = with_common(
        {
            PageKind.WRONG_PASSWORD: says(
                ALERTS, "username or password", "user name or password", "invalid login"
            ),
            PageKind.LOGIN: "form input[type=password]",
            PageKind.EMPTY: NO_APPLICATIONS,
        },
        list_heading=says(("h1", "h2", "h3", "[role=heading]"), "my applications", "your applications"),
    )
    list_page = r"(?i)applications|profile"

    job_links = r"#/job/\d+|/job/\d+"
    job_id = href(r"/job/(\d+)")
    requisition = ByMeaning.requisition | job_id
    location = ByMeaning.location | column(r"facility", r"campus") | label(r"facility", r"campus")
    next_page = "a[rel=next], a[aria-label='Next'], button[aria-label='Next']"

    def list_url(self, url: str) -> str:
        """Unconfirmed route; the tenant is certain."""
        tenant = self.tenant(url)
        return f"https://pm.healthcaresource.com/CS/{tenant}/#/profile/applications" if tenant else url

    def employer(self, url: str, page: Page | None = None) -> str:
        return self.tenant(url).replace("-", " ").title()

    def tenant(self, url: str) -> str:
        found = re.match(r"(?i)/(?:cs|careersite)/([\w-]+)", urlsplit(url).path)
        return found[1] if found else ""
