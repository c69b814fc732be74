"""The portals InTown knows, in the order in which pages are offered to them."""

from __future__ import annotations

from scraper.portals.base import Portal
from scraper.portals.brassring import BrassRing
from scraper.portals.greenhouse import MyGreenhouse
from scraper.portals.healthcaresource import HealthcareSource
from scraper.portals.icims import Icims
from scraper.portals.indeed import Indeed
from scraper.portals.linkedin import LinkedIn
from scraper.portals.neogov import Neogov
from scraper.portals.oracle import OracleRecruiting
from scraper.portals.peoplesoft import PeopleSoft
from scraper.portals.shapes import LoginForm
from scraper.portals.smartrecruiters import SmartRecruiters
from scraper.portals.successfactors import SuccessFactors
from scraper.portals.taleo import Taleo
from scraper.portals.ukg import Ukg
from scraper.portals.usajobs import UsaJobs
from scraper.portals.workday import Workday

PORTALS: tuple[Portal, ...] = (
    Workday(),
    Taleo(),
    MyGreenhouse(),
    OracleRecruiting(),
    Icims(),
    SuccessFactors(),
    PeopleSoft(),
    UsaJobs(),
    Neogov(),
    SmartRecruiters(),
    HealthcareSource(),
    Ukg(),
    BrassRing(),
    Indeed(),
    LinkedIn(),
)

__all__ = ["PORTALS", "LoginForm", "Portal", "portal_by_kind", "portal_for_url"]


def portal_for_url(url: str) -> Portal | None:
    """The portal an address belongs to, or None. Exact hosts come before paths on customers' own hosts."""
    return next((portal for portal in PORTALS if portal.knows(url)), None)


def portal_by_kind(kind: str) -> Portal:
    """The portal of that kind ("taleo"). Raises KeyError for kinds no module has."""
    for portal in PORTALS:
        if portal.kind == kind:
            return portal
    raise KeyError(kind)
