"""USAJOBS dashboard: one account for all agencies, sign-in by login.gov with a second factor every time.

Oddity: one application can carry a status for each grade ("GS12: Referred", "GS11: Not Referred"). They are kept
together in one application; its stage is that of the grade that stands best. "In Progress" is a draft here.

No sign-in host is declared: a second factor is asked for every time, so a person signs in (`intown login`).
"""

from __future__ import annotations

from dataclasses import replace

from scraper.model import ENDED, Application, PageKind, Stage
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import Row, Way, css, href, label
from scraper.portals.marks import NO_APPLICATIONS, with_common
from scraper.reading.html import Page
from scraper.stages import stage_of

_PILLS = "[class*='usajobs-pill--application-status__item'], a.application-status"
_BEST_FIRST = tuple(
    stage
    for stage in reversed(list(Stage))
    if stage not in ENDED and stage not in (Stage.UNKNOWN, Stage.ON_HOLD)
)


def _statuses(row: Row) -> list[str]:
    return [text for pill in row.page.all(_PILLS, row.tag) if (text := row.page.text_of(pill))]


class UsaJobs(ByMeaning):
    kind = "usajobs"
    name = "USAJOBS"
    hosts = r"(?:www\.)?usajobs\.gov"
    samples = {
        "https://www.usajobs.gov/Applicant/ProfileDashboard/Home": PageKind.APPLICATIONS,
        "https://www.usajobs.gov/applicant/dashboard/": PageKind.APPLICATIONS,
        "https://www.usajobs.gov/job/812345600": PageKind.OTHER,
    }
    signed_in = "a[href*='/Account/LogOff'], a[href*='/Account/SignOut']"
    marks = with_common(
        {
            PageKind.APPLICATIONS: "[class*='usajobs-pill--application-status__item']",
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.LOGIN: "a[href*='/Applicant/Account/Login'], a[href*='secure.login.gov'],"
            ' .usajobs-nav__account_name:has-text("sign in")',
        }
    )
    list_page = r"(?i)/applicant/"

    job_links = r"/(?:job|ViewDetails)/\d+"
    job_id = href(r"/(?:job|ViewDetails)/(\d+)")
    requisition = label(r"announcement number", r"control number")
    external_id = job_id | label(r"control number")
    company = label(r"agency", r"department", r"hiring (?:agency|organization)") | css(
        "[class*=agency], [class*=department], [class*=organization]"
    )
    status = Way(lambda row: "; ".join(_statuses(row)))
    applied_on = label(r"(?:date )?(?:applied|submitted)(?: on)?")
    next_page = 'button:has-text("show more"), a:has-text("show more")'

    def read_row(self, row: Row, page: Page) -> Application | None:
        found = super().read_row(row, page)
        statuses = _statuses(row)
        if found is None or len(statuses) < 2:
            return found
        readings = [
            stage_of(text, self.kind, found.company, ended=self.ended(row), corrections=page.corrections)
            for text in statuses
        ]
        best = min(readings, key=lambda reading: _rank(reading.stage))
        return replace(found, stage=best.stage, confidence=best.confidence)

    def list_url(self, url: str) -> str:
        return "https://www.usajobs.gov/Applicant/ProfileDashboard/Home"


def _rank(stage: Stage) -> int:
    """The better a stage, the smaller: live ones from the offer down, then the rest."""
    return _BEST_FIRST.index(stage) if stage in _BEST_FIRST else len(_BEST_FIRST)
