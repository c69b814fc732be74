"""Names the page that a tab shows: waits for any known mark of the portal, never only for success."""

from __future__ import annotations

import asyncio
import email.utils
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from scraper.model import PageKind, ParsedPage
from scraper.outcomes import Outcome, PortalError
from scraper.portals.base import Portal
from scraper.reading.page import parse_page

if TYPE_CHECKING:  # the parser's users and warm visits load no Playwright
    from scraper.browser import Tab

SETTLE_SECONDS = 25.0
FAILED_SECONDS = 3.0
LOOK_EVERY = 1.0
"""Even with no mark in sight the page is read this often: the reader knows pages by their words as well."""

PATIENCE = 8.0
CALM_SECONDS = 0.12
# Workday shows "Sign In" for a moment even to those who are signed in (facts: Workday, Login).
CALM_LOGIN_SECONDS = 0.6

NO_HEADER_PAUSE = timedelta(hours=1)
LONGEST_PAUSE = timedelta(hours=24)

LISTS = frozenset({PageKind.APPLICATIONS, PageKind.EMPTY})


async def settle(
    tab: Tab,
    portal: Portal,
    *,
    seconds: float = SETTLE_SECONDS,
    patience: float = PATIENCE,
    is_answer: Callable[[PageKind], bool] = lambda kind: True,
    each_look: Callable[[], Awaitable[None]] | None = None,
) -> ParsedPage:
    """The page once it is something known and has stopped changing; after `seconds` whatever it is then, and
    also when it is nothing known but has not moved for `patience` seconds.

    `is_answer` says which kinds count (the form that was just sent does not yet). `each_look` is awaited
    on every turn. Raises PortalError: rate_limited as soon as the site asks for a pause, unavailable when
    the browser shows its own error page.
    """
    watch = _Watch(tab, portal, is_answer, patience)
    began = time.monotonic()
    while True:
        document = tab.document
        failed = document is not None and document.status >= 400
        # A failing answer is a page without scripts that would still draw it: no need to wait long.
        deadline = began + (min(seconds, FAILED_SECONDS) if failed else seconds)
        if each_look is not None:
            await each_look()
        raise_if_limited(tab)
        if tab.on_error_page:
            raise_for_status(tab)
            raise PortalError(Outcome.UNAVAILABLE)
        page = await watch.look()
        if page is not None:
            return page
        if time.monotonic() >= deadline:
            return parse_page(await tab.snapshot())
        await asyncio.sleep(0.05)


class _Watch:
    """Looks at one tab again and again and remembers what it saw last."""

    def __init__(
        self, tab: Tab, portal: Portal, is_answer: Callable[[PageKind], bool], patience: float
    ) -> None:
        self._tab = tab
        self._marks = [(kind.value, selector) for kind, selector in portal.marks.items()]
        self._is_answer = is_answer
        self._patience = patience
        self._unmoved = time.monotonic()
        self._seen: tuple[str | None, str] = (None, "")
        self._since = time.monotonic()
        self._read_at = time.monotonic()

    async def look(self) -> ParsedPage | None:
        """The page if it is known and calm, else None."""
        seen = (await self._tab.first_shown(self._marks), await self._tab.fingerprint())
        now = time.monotonic()
        if seen != self._seen:
            self._seen, self._since, self._unmoved = seen, now, now
            return None
        mark = seen[0]
        calm = CALM_LOGIN_SECONDS if mark in (None, PageKind.LOGIN.value) else CALM_SECONDS
        if self._tab.loading:
            return None  # rows, or the reason of a refusal, are still on their way
        due = now - self._read_at >= LOOK_EVERY
        ready = mark is not None and now - self._since >= calm and self._is_answer(PageKind(mark))
        if not (ready or (due and now - self._since >= calm)):
            return None
        self._read_at = now
        page = parse_page(await self._tab.snapshot())
        if page.kind is PageKind.OTHER and now - self._unmoved >= self._patience:
            return page
        if page.kind is PageKind.OTHER or not self._is_answer(page.kind):
            if ready:
                self._since = now  # the mark alone was not enough; look again after another calm while
            return None
        return page


def raise_if_limited(tab: Tab) -> None:
    """Raise PortalError when the site's last answer asks for a pause (429, or 503 with a time)."""
    document = tab.document
    if document is not None and document.status == 429:
        raise PortalError(Outcome.RATE_LIMITED, not_before=pause_until(document.retry_after))
    if tab.api_status == 429:
        raise PortalError(Outcome.RATE_LIMITED, not_before=pause_until(tab.api_retry_after))
    if document is not None and document.status == 503 and document.retry_after:
        raise unavailable_until(pause_until(document.retry_after))


def unavailable_until(when: datetime) -> PortalError:
    """The site is down and says until when."""
    local = when.astimezone().strftime("%H:%M")
    return PortalError(
        Outcome.UNAVAILABLE, f"The portal is closed until about {local}; nothing changed.", not_before=when
    )


def pause_until(retry_after: str, now: datetime | None = None) -> datetime:
    """When a site may be visited again, from its Retry-After header (seconds or a date), at most a day off."""
    now = now or datetime.now(UTC)
    wait = NO_HEADER_PAUSE
    if retry_after.strip().isdigit():
        wait = timedelta(seconds=min(int(retry_after), 10**6))
    elif retry_after:
        try:
            wait = email.utils.parsedate_to_datetime(retry_after).astimezone(UTC) - now
        except (TypeError, ValueError):
            wait = NO_HEADER_PAUSE
    return now + max(timedelta(0), min(wait, LONGEST_PAUSE))


def raise_for_status(tab: Tab) -> None:
    """Raise what the HTTP status means where the page itself could not be named."""
    status = tab.document.status if tab.document else 0
    if status >= 500:
        raise PortalError(Outcome.UNAVAILABLE)
    if status in (401, 403, 451):
        raise PortalError(Outcome.BLOCKED)
    if status in (404, 410):
        raise PortalError(
            Outcome.PAGE_CHANGED, "The list is no longer at its address; open it once and add it anew."
        )
