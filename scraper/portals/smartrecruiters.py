"""SmartRecruiters candidate portal: one account for all companies; the status is the current step of a stepper.

Known: addresses, the groups draft, in progress and completed, the four steps and "Status Inactive". Not known:
the DOM, the JSON, the sign-in fields and whether they stand on a host of their own: a person signs in.
"""

from __future__ import annotations

from scraper.model import PageKind
from scraper.portals.by_meaning import CURRENT_STEP, ByMeaning
from scraper.portals.fields import css, href, label
from scraper.portals.marks import MY_APPLICATIONS, NO_APPLICATIONS, says, with_common
from scraper.portals.titles import EMPLOYER_AFTER, PLACE_AFTER


class SmartRecruiters(ByMeaning):
    kind = "smartrecruiters"
    name = "SmartRecruiters"
    hosts = r"my\.smartrecruiters\.com|(?:www\.)?smartr\.me"
    samples = {
        "https://my.smartrecruiters.com/home": PageKind.APPLICATIONS,
        "https://my.smartrecruiters.com/candidate/applications": PageKind.APPLICATIONS,
        "https://my.smartrecruiters.com/public/sign-in": PageKind.LOGIN,
    }
    signed_in = 'button:has-text("log out"), a:has-text("log out"), a:has-text("my applications")'
    marks = with_common(
        {
            PageKind.WRONG_PASSWORD: says(
                ("[role=alert]",), "wrong email or password", "invalid email or password"
            ),
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.LOGIN: "form input[type=password]",
        },
        list_heading=says(("h1", "h2", "h3", "[role=heading]"), *MY_APPLICATIONS),
    )
    list_page = r"/home|/applications"

    job_links = r"jobs\.smartrecruiters\.com/[\w-]+/[\w-]+|/applications?/(?=[\w-]*\d)[\w-]+"
    job_id = href(r"/applications?/((?=[\w-]*\d)[\w-]+)") | href(
        r"jobs\.smartrecruiters\.com/[\w-]+/(\d+|[0-9a-f-]{36})"
    )
    company = (
        label(r"company", r"employer") | css("[data-test*=company], [data-testid*=company]") | EMPLOYER_AFTER
    )
    location = ByMeaning.location | PLACE_AFTER
    status = CURRENT_STEP | ByMeaning.status
    status_of_list = r"\bdrafts?\b"
    # "Completed" is the group of what is over.
    ended_list = r"^(?:completed|inactive|closed)(?: applications?)?\s*\(?\d*\)?$"
    next_page = 'button:has-text("load more"), button:has-text("show more")'

    def list_url(self, url: str) -> str:
        return "https://my.smartrecruiters.com/home"
