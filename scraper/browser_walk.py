"""Walks the whole list of one account, page by page, and says whether that was provably all of it."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.browser_page import LISTS, settle
from scraper.model import Application, Click, Open, PageKind, ParsedPage, Step
from scraper.outcomes import PAGE_OUTCOMES, Outcome, PortalError
from scraper.portals.base import Portal

if TYPE_CHECKING:  # the parser's users and warm visits load no Playwright
    from scraper.browser import Tab

MAX_PAGES = 60
CHANGE_SECONDS = 15.0
"""A page that has not changed this long after its pager was pressed is not going to."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The pages of one list as they were read. `gap` says in a sentence what is missing, "" when nothing is."""

    pages: tuple[ParsedPage, ...]
    gap: str = ""

    @property
    def applications(self) -> tuple[Application, ...]:
        """Each application once, in the order of the list; drafts shown on two tabs count once."""
        return tuple({a.key: a for page in self.pages for a in page.applications}.values())

    @property
    def complete(self) -> bool:
        return not self.gap


async def walk(tab: Tab, portal: Portal, first: ParsedPage, host: str) -> Walk:
    """Read on from `first` until no step is left. Stops, with the gap named, at a page that repeats, that
    is no list, that does not come, or at the page limit; what was read until then is kept.

    Raises PortalError only for a pause asked for by the site or a browser that is gone.
    """
    pages = [first]
    steps: set[tuple[Step, str]] = set()
    while (step := pages[-1].next_step) is not None:
        mark = (step, page_mark(pages[-1]))
        if mark in steps or len(pages) >= MAX_PAGES:
            return Walk(tuple(pages), "The list did not come to an end; its pages repeat.")
        steps.add(mark)
        try:
            page = await take(tab, portal, step, pages[-1], host)
        except PortalError as error:
            if error.outcome in (Outcome.RATE_LIMITED, Outcome.BLOCKED):
                raise
            return Walk(tuple(pages), f"Page {len(pages) + 1} of the list did not come.")
        if page.kind not in LISTS or page.host != host:
            return Walk(tuple(pages), f"Page {len(pages) + 1} was no list ({page.kind.value}).")
        if page.applications and page_mark(page) == page_mark(pages[-1]):
            return Walk(tuple(pages), f"Page {len(pages) + 1} of the list shows the same rows again.")
        pages.append(page)
    return Walk(tuple(pages), gap_in(pages))


async def take(tab: Tab, portal: Portal, step: Step, before: ParsedPage, host: str) -> ParsedPage:
    """Do one step and return the page after it."""
    if isinstance(step, Open):
        parts = urlsplit(step.url)
        if parts.scheme != "https" or parts.hostname != host:
            # The address comes from the page: nobody is led elsewhere by a pager.
            raise PortalError(Outcome.PAGE_CHANGED, "The next page of the list would be on another host.")
        await tab.open(step.url)
        return await settle(tab, portal)
    return await press_on(tab, portal, step, before)


async def press_on(tab: Tab, portal: Portal, step: Click, before: ParsedPage) -> ParsedPage:
    """Press a pager, a tab or "show more" and return the page once its rows are others than before."""
    shown = await tab.fingerprint()
    if not await tab.press(step.selector):
        raise PortalError(Outcome.PAGE_CHANGED, "The button for the next page is not there.")
    return await settle_changed(tab, portal, before, shown)


async def settle_changed(tab: Tab, portal: Portal, before: ParsedPage, shown: str = "") -> ParsedPage:
    """The page once its rows or its next step differ from `before`; `shown` is its fingerprint before the
    press, when that was taken. Raises PortalError(page_changed) when nothing comes."""
    deadline = time.monotonic() + CHANGE_SECONDS
    while time.monotonic() < deadline:
        if await tab.fingerprint() not in ("", shown):
            # Something changed; it may have been the spinner alone, so the rows have to differ too.
            page = await settle(tab, portal, seconds=max(1.0, deadline - time.monotonic()))
            if page_mark(page) != page_mark(before) or page.next_step != before.next_step:
                return page
        await asyncio.sleep(0.05)
    raise PortalError(Outcome.PAGE_CHANGED, "The page did not change.")


def page_mark(page: ParsedPage) -> str:
    """What makes two readings the same page: the rows in their order, and the count shown."""
    rows = ",".join(application.key for application in page.applications)
    return f"{page.kind}|{page.count_shown}|{rows}"


def gap_in(pages: Iterable[ParsedPage]) -> str:
    """What is missing in a list walked to its end, as a sentence, or "".

    Counts are per list (each tab says its own): rows are added up until they reach the count shown, then
    the next list begins. Rows beyond the count are no gap: portals count without drafts.
    """
    seen: set[str] = set()
    due = 0
    for page in pages:
        if not page.complete:
            return next(iter(page.warnings), "Some rows of the list could not be read.")
        if page.count_shown is None:
            continue
        if seen and page.count_shown != due and len(seen) < due:
            return _missing(len(seen), due)
        if len(seen) >= due or page.count_shown != due:
            seen, due = set(), page.count_shown
        seen |= {application.key for application in page.applications}
    return _missing(len(seen), due) if len(seen) < due else ""


def _missing(read: int, due: int) -> str:
    return f"The portal counts {due} applications, and {read} could be read."


def raise_unless_list(page: ParsedPage, host: str) -> None:
    """Raise what a page means that should have been the list and is not, or that another host sent."""
    if page.kind is PageKind.MAINTENANCE:
        raise PortalError(Outcome.UNAVAILABLE, "The portal is closed for maintenance; nothing changed.")
    if page.kind not in LISTS:
        raise PortalError(PAGE_OUTCOMES[page.kind])
    if page.host != host:
        raise PortalError(Outcome.PAGE_CHANGED, f"The list came from {page.host}, not from {host}.")
    if page.kind is PageKind.APPLICATIONS and not page.applications and page.next_step is None:
        raise PortalError(Outcome.SUSPECT, "The list has no rows, and nothing on it says that it is empty.")
