"""The portals InTown knows. The order matters only to `recognises`: the first that knows a page has it."""

from __future__ import annotations

from scraper.portals.base import LoginForm, Portal
from scraper.portals.taleo import Taleo
from scraper.portals.workday import Workday

PORTALS: tuple[Portal, ...] = (
    Workday(),
    Taleo(),
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
