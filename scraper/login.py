"""Types a password once, on the pinned host only; whatever else a portal asks for is the person's.

What is checked right before typing: the exact host of the frame that owns each field and of every address
its form could be sent to, https, no trap. From then until no password is left on the page the network
is limited to those hosts. The submit is written down by the caller, on the disk, before it happens.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.browser_page import LISTS, raise_for_status, settle
from scraper.login_code import give_code
from scraper.login_pins import check_pinned
from scraper.model import Account, PageKind, ParsedPage
from scraper.outcomes import PAGE_OUTCOMES, Outcome, PortalError
from scraper.portals.base import Portal
from scraper.reading.page import parse_page

if TYPE_CHECKING:  # the parser's users and warm visits load no Playwright
    from scraper.browser import Field, Tab

RESULT_SECONDS = 45.0
"""Workday needed about 20 s to show a rejection (facts: Workday, Failure)."""

REACH_SECONDS = 20.0
COVER_SECONDS = 4.0
"""Workday's clickable cover over its dead button can be painted up to 2 s late."""

BACK_SECONDS = 3.0
"""How long a form that is back in a fresh document may take to say why."""

WORD_SECONDS = 2.0

SIGNED_OUT = frozenset({PageKind.LOGIN, PageKind.SESSION_EXPIRED})
AFTER_SIGN_IN = LISTS | {PageKind.DETAIL, PageKind.JOB_LIST, PageKind.OTHER}
"""Pages that are no refusal; the list is then opened and has to prove itself."""

NO_REASON = "The portal showed its sign-in form again without saying why."


@dataclass(frozen=True, slots=True)
class SignIn:
    """One attempt: `password` is asked for only when the form is ready, `before_submit` when it will be sent.

    `before_submit` must not return before the attempt is on the disk; if it raises, nothing is sent. `code` gives
    the code of an authenticator, None where the user has set none up; it is asked for at most once.
    """

    tab: Tab
    portal: Portal
    account: Account
    password: Callable[[], str]
    before_submit: Callable[[], None]
    code: Callable[[], str] | None = None

    @property
    def hosts(self) -> frozenset[str]:
        """The exact hosts where this account's password may be typed."""
        return frozenset({self.account.host, *self.portal.login_hosts})


async def sign_in(attempt: SignIn) -> ParsedPage:
    """Sign in on the page shown and return the page that followed.

    Raises PortalError with the outcome that the portal's own words name; `unknown_login` where it gave
    none, `sso` where the form is another company's.
    """
    gate = attempt.tab.gate
    if gate is None:
        raise PortalError(
            Outcome.UNKNOWN_LOGIN, "InTown types no password into a browser it did not start; sign in there."
        )
    await reach_form(attempt)
    await nothing_else_asked(attempt)
    user, secret = await fields(attempt)
    # From here the password may be on the page: nothing else may be reached, redirects included.
    gate.limit(attempt.hosts)
    await check_pinned(user, attempt)
    await user.fill(attempt.account.username)
    await check_pinned(secret, attempt)
    await secret.fill(attempt.password())
    button = await button_ready(attempt)
    await check_pinned(secret, attempt)
    await asyncio.to_thread(attempt.before_submit)
    tab = attempt.tab
    tab.sending_now()
    tab.led_to = ""
    before = (tab.document, len(gate.refused))  # taken before the click: an answer can be faster than we are
    await button.press()
    page = await result(attempt, *before)
    if page.kind is PageKind.CODE and attempt.code is not None:
        page = await give_code(attempt)
    raise_unless_let_in(attempt, page)
    gate.open()
    return page


def raise_unless_let_in(attempt: SignIn, page: ParsedPage) -> None:
    """Raise what the page after a sign-in means, where it is no page for somebody signed in."""
    if page.kind in SIGNED_OUT:
        raise PortalError(Outcome.UNKNOWN_LOGIN, NO_REASON)
    if page.kind not in AFTER_SIGN_IN:
        raise PortalError(PAGE_OUTCOMES[page.kind])
    if page.kind is PageKind.OTHER:
        raise_for_status(attempt.tab)


async def reach_form(attempt: SignIn) -> None:
    """Close what covers the page and press what leads to the form, until the password field shows."""
    tab, form = attempt.tab, attempt.portal.login_form
    if form is None:
        raise PortalError(Outcome.UNKNOWN_LOGIN)
    for selector in attempt.portal.dismiss:
        await tab.press(selector)
    unpressed = list(form.open)
    began = time.monotonic()
    since = 0.0  # when the password field was first seen without its button
    while time.monotonic() - began < REACH_SECONDS:
        foreign_host(attempt)
        if await tab.first_shown([("password", form.password)]):
            if await tab.first_shown([("submit", form.submit)]):
                return
            since = since or time.monotonic()
            # Its button may be painted late; after that it is another form (Workday: create an account).
            if time.monotonic() - since < COVER_SECONDS:
                await asyncio.sleep(0.1)
                continue
        for selector in unpressed:
            if await tab.press(selector):
                unpressed.remove(selector)
                since = 0.0
                break
        await asyncio.sleep(0.15)
    raise PortalError(Outcome.UNKNOWN_LOGIN)


async def nothing_else_asked(attempt: SignIn) -> None:
    """Raise what the page with the form asks for beside it (a captcha, a locked account): then a password
    would be spent for nothing."""
    page = parse_page(await attempt.tab.snapshot())
    if page.kind not in SIGNED_OUT | AFTER_SIGN_IN | {PageKind.TERMS}:
        raise PortalError(PAGE_OUTCOMES[page.kind])


def foreign_host(attempt: SignIn) -> None:
    """Raise `sso` when the visit was led to a host where this account's password does not belong."""
    host = attempt.tab.host
    if host and host not in attempt.hosts:
        raise PortalError(
            Outcome.SSO, f"The site signs you in at {host}, not at {attempt.account.host}; nothing was typed."
        )


async def fields(attempt: SignIn) -> tuple[Field, Field]:
    """The visible user and password fields; never a trap, never one of several."""
    form = attempt.portal.login_form
    assert form is not None
    user, secret = await attempt.tab.field(form.user), await attempt.tab.field(form.password)
    if user is None or secret is None:
        raise PortalError(Outcome.UNKNOWN_LOGIN)
    if await user.is_trap() or await secret.is_trap():
        raise PortalError(
            Outcome.UNKNOWN_LOGIN, "The sign-in form hides its fields from people; nothing was typed."
        )
    return user, secret


async def button_ready(attempt: SignIn) -> Field:
    """The submit button once a click would reach it or the cover made for it."""
    form = attempt.portal.login_form
    assert form is not None
    deadline = time.monotonic() + COVER_SECONDS
    under = "other"
    while time.monotonic() < deadline:
        button = await attempt.tab.field(form.submit)
        if button is not None:
            under = await button.under_click()
            if under in ("button", "cover"):
                return button
        for selector in attempt.portal.dismiss if under == "other" else ():
            await attempt.tab.press(selector)
        await asyncio.sleep(0.1)
    raise PortalError(
        Outcome.UNKNOWN_LOGIN, "Something covers the portal's sign-in button; nothing was sent."
    )


async def word_of_where(tab: Tab) -> None:
    """Wait, not long, for the word of where the visit was led: the browser's error page can be there before it."""
    deadline = time.monotonic() + WORD_SECONDS
    while not tab.led_to and time.monotonic() < deadline:
        await asyncio.sleep(0.05)


async def result(attempt: SignIn, sent_from: object, turned_away: int) -> ParsedPage:
    """What the portal answered to the one submit, whatever it is. The gate opens once no password is on its way.

    `sent_from` is the document that was sent from, `turned_away` how many names the gate had refused then.
    """
    tab, gate = attempt.tab, attempt.tab.gate
    assert gate is not None
    back_since = 0.0

    def is_answer(kind: PageKind) -> bool:
        # In a fresh document the form is an answer as well, once it had time to say why it is back.
        nonlocal back_since
        if kind is not PageKind.LOGIN:
            return True
        if tab.document is sent_from:
            return False
        back_since = back_since or time.monotonic()
        return time.monotonic() - back_since >= BACK_SECONDS

    async def each_look() -> None:
        if tab.on_error_page:
            await word_of_where(tab)
        if tab.led_to in gate.refused[turned_away:]:
            raise PortalError(
                Outcome.UNKNOWN_LOGIN,
                f"After the sign-in the site led to {tab.led_to}; nothing was sent there.",
            )
        if not tab.sending and not await tab.password_held():
            gate.open()

    return await settle(tab, attempt.portal, seconds=RESULT_SECONDS, is_answer=is_answer, each_look=each_look)
