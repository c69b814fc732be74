"""iCIMS dashboard. Everything is inside a frame; sign-in wanders over login.icims.com, often with code and captcha.

Known: addresses, the frame, the e-mail gate, job links with the id in them, the heading "Past Job Submittals".
Not known: the table itself; a status per row may be missing. "Past" here means sent, not over.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import href, matching
from scraper.portals.marks import NO_APPLICATIONS, says, with_common
from scraper.reading.html import Page

_PREFIXES = ("careers", "jobs", "internal", "employees", "global", "external", "uscareers", "apac", "emea")


class Icims(ByMeaning):
    kind = "icims"
    name = "iCIMS"
    hosts = r"[a-z0-9-]+\.icims\.com"
    samples = {
        "https://careers-amd.icims.com/jobs/dashboard": PageKind.APPLICATIONS,
        "https://apac-blackhawknetwork.icims.com/jobs/dashboard": PageKind.APPLICATIONS,
        "https://careers-amd.icims.com/jobs/login": PageKind.LOGIN,
        "https://login.icims.com/u/login/password": PageKind.LOGIN,
    }
    login_hosts = (
        "login.icims.com",
    )  # shared by all employers; a person signs in there, its session is kept
    signed_in = 'a:has-text("log out")'
    marks = with_common(
        {
            PageKind.WRONG_PASSWORD: ".ulp-input-error-message, "
            + says(
                ("[role=alert]", "[id^='error-element']"),
                "wrong email or password",
                "wrong username or password",
            ),
            PageKind.LOCKED: says(("[role=alert]",), "account has been blocked", "account has been locked"),
            PageKind.CAPTCHA: "input[name=captcha], [data-captcha-sitekey]:not([data-captcha-sitekey=''])",
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.LOGIN: "#enterEmailForm, #enterEmailSubmitButton, input[name=css_loginName],"
            " form input[name=username], form input[name=password]",
        },
        list_heading=says(
            ("h1", "h2", "h3", "caption", "legend", "[role=heading]"),
            "job submittals",
            "submitted applications",
        ),
    )
    signature = "iframe#icims_content_iframe"
    frame = "iframe#icims_content_iframe"
    # The job search of the same site stands in the same kind of frame.
    list_page = r"/dashboard|^(?!.*/jobs/(?:search|intro|\d)).*in_iframe=1"

    job_links = r"/jobs/\d+/(?:[^/?#]+/)?(?:job|candidate|questions)?"
    job_id = href(r"/jobs/(\d+)/")
    requisition = (
        ByMeaning.requisition | matching(r"^(20\d\d-\d{3,6})$") | job_id
    )  # shown with the year in front, "2026-7781"
    status_may_be_missing = True
    ended_list = r"$^"
    live_list = r"$^"

    def list_url(self, url: str) -> str:
        return f"https://{urlsplit(url).netloc}/jobs/dashboard"

    def employer(self, url: str, page: Page | None = None) -> str:
        name = (urlsplit(url).hostname or "").split(".")[0]
        parts = [part for part in name.split("-") if part.rstrip("0123456789") not in _PREFIXES]
        return "" if name == "login" else " ".join(parts).title()
