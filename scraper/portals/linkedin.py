"""LinkedIn job tracker. Capture only: read when the person clicks, never signed in to.

Known: addresses with the stage in them, job links with the id, words such as "Applied 2w ago". Class names are
generated. Saved jobs and `clicked_apply` are no applications; ages are vague and give no date.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

from scraper.model import PageKind
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import Row, Way, beside_title, css, href, label, matching
from scraper.portals.marks import NO_APPLICATIONS, with_common

# The tab of applied ones holds refused ones as well, so it says nothing.
_OF_STAGE = {"withdraw": "Withdrawn", "draft": "Draft"}
_AGE = r"\s*(?:il y a )?\b\d+\s*(?:mo|[smhdwy])\b(?: ago)?"


def _by_stage(row: Row) -> str:
    stage = parse_qs(urlsplit(row.page.url).query).get("stage", [""])[0]
    return _OF_STAGE.get(stage, "")


_OF_THE_JOB = re.compile(r"^no longer accepting applications\W+(?=\w)", re.IGNORECASE)
_WORDS = css("[class*=simple-insight], [class*=footer-job-state]", cut=_AGE) | ByMeaning.status


def _of_the_person(row: Row) -> str:
    """What is said of the application, without what is said of the job beside it."""
    return _OF_THE_JOB.sub("", _WORDS(row))


class LinkedIn(ByMeaning):
    kind = "linkedin"
    name = "LinkedIn"
    hosts = r"(?:[a-z]{2,3}\.)?linkedin\.com"
    samples = {
        "https://www.linkedin.com/jobs-tracker/?stage=applied": PageKind.APPLICATIONS,
        "https://www.linkedin.com/my-items/saved-jobs/?cardType=APPLIED": PageKind.APPLICATIONS,
        "https://www.linkedin.com/login": PageKind.LOGIN,
    }
    automation = "capture_only"
    signed_in = "#global-nav, [data-global-nav]"
    marks = with_common(
        {
            PageKind.EMPTY: f".artdeco-empty-state, {NO_APPLICATIONS}",
            PageKind.LOGIN: "form.login__form, #session_key, a.main__sign-in-link",
        }
    )
    list_page = r"/jobs-tracker/?\?(?:.*&)?stage=(?:applied|interview|archived|withdraw|draft)|cardType=(?:APPLIED|ARCHIVED)"

    job_links = r"/jobs/view/\d+"
    job_id = href(r"/jobs/view/(\d+)")
    requisition = Way(lambda row: "")
    company = label(r"company") | css("[class*=primary-subtitle], [data-testid*=company]") | beside_title(1)
    location = css("[class*=secondary-subtitle], [data-testid*=location]") | beside_title(2)
    # Where nothing else is said, what is said of the job is better than nothing; it only guesses at an end.
    status = Way(_of_the_person) | Way(_by_stage) | matching(r"^(no longer accepting applications)\W*$")
    status_may_be_missing = True
    applied_on = Way(lambda row: "")
    next_page = "button[aria-label=Next], button[class*='pagination__button--next']"

    def list_url(self, url: str) -> str:
        return "https://www.linkedin.com/jobs-tracker/?stage=applied"
