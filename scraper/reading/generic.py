"""The reader for portals nobody wrote a module for: applications found by meaning."""

from __future__ import annotations

from dataclasses import dataclass

from scraper.model import Application, Step
from scraper.reading.html import Page


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericReading:
    """What was understood of a page by meaning. `detail`: the page is about one application only."""

    applications: tuple[Application, ...] = ()
    company: str = ""
    count_shown: int | None = None
    next_step: Step | None = None
    complete: bool = False
    warnings: tuple[str, ...] = ()
    detail: bool = False


def read_generic(page: Page) -> GenericReading:
    """The applications on a page of an unknown portal; none where the page is no list of one's own."""
    return GenericReading()
