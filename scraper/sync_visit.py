"""One visit to one account with a browser: open the list, sign in if it has to be, walk all of it."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scraper.browser_page import LISTS, raise_for_status, settle
from scraper.browser_walk import Walk, raise_unless_list, settle_changed, walk
from scraper.login import SIGNED_OUT, SignIn, sign_in
from scraper.model import PageKind, ParsedPage
from scraper.outcomes import Outcome, PortalError

if TYPE_CHECKING:  # the parser's users and warm visits load no Playwright
    from scraper.browser import Tab

log = logging.getLogger("intown.sync")

MAYBE_SIGNED_OUT = SIGNED_OUT | {PageKind.TERMS, PageKind.JOB_LIST, PageKind.OTHER, PageKind.CAPTCHA}
"""Pages from which a sign-in form may be reached: Taleo's statement, a job search with "Sign In" on top."""


@dataclass(slots=True)
class Visit:
    """`may_sign_in` raises where no password may be typed now; `accepted` is called once the portal shows that
    it took the password. `known` gives the titles that were listed at the last good visit. `proven` becomes
    true as soon as somebody is seen to be signed in."""

    attempt: SignIn
    may_sign_in: Callable[[], None]
    accepted: Callable[[], None]
    on_step: Callable[[str], None]
    known: Callable[[], frozenset[str]] = frozenset
    proven: bool = False


async def visit(tab: Tab, plan: Visit) -> tuple[Walk, str]:
    """Walk the account's list. Returns it and how it was reached: "session" or "signed in".

    Raises PortalError with the outcome for everything that is no list.
    """
    attempt = plan.attempt
    account, portal = attempt.account, attempt.portal
    how = "session"
    plan.on_step("opening")
    page = await open_list(attempt)
    if await must_sign_in(attempt, page):
        plan.may_sign_in()
        plan.on_step("signing in")
        how = "signed in"
        page = await sign_in(attempt)
        if await shows_signed_in(attempt, page):
            plan.accepted()
            plan.proven = True
        if page.kind not in LISTS or page.host != account.host:
            page = await open_list(attempt)
        if page.kind in SIGNED_OUT:
            raise PortalError(
                Outcome.UNKNOWN_LOGIN, "The portal showed its sign-in form again without saying why."
            )
    if page.kind is PageKind.OTHER:
        raise_for_status(tab)
    if page.kind is PageKind.OTHER and await is_bare(plan, page):
        raise PortalError(
            Outcome.SUSPECT,
            f"The list shows none of the {len(plan.known())} applications that were there; nothing was changed.",
        )
    raise_unless_list(page, account.host)
    if how == "signed in" and not plan.proven:
        plan.accepted()
    plan.proven = True
    plan.on_step("reading")
    first, page = page, await clear_view(attempt, page)
    if page.next_step is not None:
        page = await longest_page(attempt, page)
    if page.kind not in LISTS or page.host != account.host:
        # What follows a press can be the sign-in again: what was read until then is all there is.
        return Walk(
            (first,), f"The list gave way to another page ({page.kind.value}) while it was read."
        ), how
    return await walk(tab, portal, page, account.host), how


async def open_list(attempt: SignIn) -> ParsedPage:
    """The page at the list's address, whatever it is. A page that makes no sense is loaded once more."""
    tab = attempt.tab
    await tab.open(attempt.account.start_url)
    page = await settle(tab, attempt.portal, seconds=12)
    if page.kind in (PageKind.OTHER, PageKind.MAINTENANCE) and (
        tab.document is None or tab.document.status < 400
    ):
        # Workday's "Something went wrong, please refresh" is gone after one reload (facts: Workday, Failure).
        if await leads_to_form(attempt):
            return page
        await tab.open(attempt.account.start_url)
        page = await settle(tab, attempt.portal)
    return page


async def must_sign_in(attempt: SignIn, page: ParsedPage) -> bool:
    """Whether this is a signed-out visitor's page from which the form can be reached."""
    if page.kind in SIGNED_OUT:
        if page.kind is PageKind.SESSION_EXPIRED and not await leads_to_form(attempt):
            await attempt.tab.forget()
            await attempt.tab.open(attempt.account.start_url)
            await settle(attempt.tab, attempt.portal)
        return True
    if page.kind not in MAYBE_SIGNED_OUT:
        return False
    host = attempt.tab.host
    if host and host not in attempt.hosts:
        raise PortalError(
            Outcome.SSO, f"The site signs you in at {host}, not at {attempt.account.host}; nothing was typed."
        )
    return page.kind is not PageKind.CAPTCHA and await leads_to_form(attempt)


async def shows_signed_in(attempt: SignIn, page: ParsedPage) -> bool:
    """Whether this is the portal's own page with its mark that somebody is signed in."""
    mark = attempt.portal.signed_in
    if not mark or page.host != attempt.account.host or attempt.tab.host != attempt.account.host:
        return False
    return await attempt.tab.first_shown([("signed in", mark)]) is not None


async def is_bare(plan: Visit, page: ParsedPage) -> bool:
    """Whether the list's own page is there, for somebody signed in, with nothing of what it held before.

    A list in a new layout still names the jobs; one that lost its rows names none.
    """
    attempt, known = plan.attempt, plan.known()
    if not known or urlsplit(page.url).path != urlsplit(attempt.account.start_url).path:
        return False
    if not await shows_signed_in(attempt, page):
        return False
    snapshot = await attempt.tab.snapshot()
    html = " ".join((snapshot.html, *(frame.html for frame in snapshot.frames)))
    text = " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split()).casefold()
    return not any(" ".join(title.split()).casefold() in text for title in known)


async def leads_to_form(attempt: SignIn) -> bool:
    """Whether the form, or something that opens it, is visible."""
    form = attempt.portal.login_form
    if form is None:
        return False
    ways = [("open", selector) for selector in (form.password, *form.open)]
    return await attempt.tab.first_shown(ways) is not None


async def clear_view(attempt: SignIn, page: ParsedPage) -> ParsedPage:
    """Close dialogs that cover the list (never a decision), and read it again if there was one."""
    pressed = [await attempt.tab.press(selector) for selector in attempt.portal.dismiss]
    return await settle(attempt.tab, attempt.portal) if any(pressed) else page


async def longest_page(attempt: SignIn, page: ParsedPage) -> ParsedPage:
    """Ask for as many rows a page as the portal offers: fewer pages now, and one page for warm reading if the
    portal remembers it."""
    select, value = attempt.portal.page_size
    if not select or not await attempt.tab.choose(select, value):
        return page
    return await settle_changed(attempt.tab, attempt.portal, page)
