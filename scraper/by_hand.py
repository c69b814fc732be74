"""`intown login`: a visible window in which the person signs in; InTown watches for the signed-in mark.

Codes, captchas, single sign-on, new terms: all of these are the person's. Nothing is typed or pressed here.
When the portal shows that somebody is signed in, the web session is kept for the nights.
"""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from scraper.accounts import portal_of, save_state
from scraper.browser_page import LISTS
from scraper.browser_session import BrowserGone, WebSession
from scraper.model import Account
from scraper.outcomes import InTownError
from scraper.portals.base import Portal
from scraper.reading.page import parse_page
from scraper.settings import Network
from scraper.store import Store
from scraper.vault import Vault

if TYPE_CHECKING:
    from scraper.browser import Tab

MINUTES = 10
SURE_SECONDS = 1.5
"""How long the mark has to stay: some portals show it for a moment before they ask for a code."""

LOOK_EVERY = 0.5


class NotSignedIn(InTownError):
    """The window was closed, or the time was over, before the portal showed that somebody is signed in."""


async def login_by_hand(
    store: Store, vault: Vault, network: Network, account: Account, *, cdp: str = ""
) -> None:
    """Open the account's list in a visible window (or in the person's own running browser), wait until they
    are signed in, and keep the session.

    Raises NotSignedIn, PortalError(unknown_portal), and InTownError where no window can be shown.
    """
    from scraper.browser import Browsers

    portal_of(account)  # a portal that nobody knows: no window that would wait for nothing
    kept = vault.session(account.id)
    async with (
        Browsers(network, headless=False, cdp=cdp) as browsers,
        browsers.tab(WebSession.from_dict(kept) if kept else None) as tab,
    ):
        await tab.open(account.start_url)
        await keep_when_signed_in(store, vault, tab, account, seconds=MINUTES * 60)


async def keep_when_signed_in(
    store: Store, vault: Vault, tab: Tab, account: Account, *, seconds: float
) -> None:
    """Wait for the signed-in mark in this tab, then keep the session and let the account be visited again."""
    portal = portal_of(account)
    try:
        await wait_signed_in(tab, portal, account, seconds)
        session = await tab.session()
    except BrowserGone as error:
        raise NotSignedIn("The window was closed before you were signed in; nothing changed.") from error
    hosts = {account.host, *portal.login_hosts}
    await asyncio.to_thread(vault.save_session, account.id, session.only_for(hosts).to_dict())
    # The person proved the login: what an earlier refusal or cut-off visit left no longer counts.
    await asyncio.to_thread(
        save_state,
        store,
        account.id,
        outcome=None,
        sentence="",
        fix="",
        not_before=None,
        submitted_version=0,
    )


async def wait_signed_in(tab: Tab, portal: Portal, account: Account, seconds: float) -> None:
    """Return once the account's own host has shown its signed-in mark for a while. Raises NotSignedIn."""
    deadline = time.monotonic() + seconds
    since = 0.0
    while time.monotonic() < deadline:
        if tab.host == account.host and await _signed_in(tab, portal):
            since = since or time.monotonic()
            if time.monotonic() - since >= SURE_SECONDS:
                return
        else:
            since = 0.0
        await asyncio.sleep(LOOK_EVERY)
    raise NotSignedIn("You were not signed in when the time was over; nothing changed.")


async def _signed_in(tab: Tab, portal: Portal) -> bool:
    if portal.signed_in and await tab.first_shown([("signed in", portal.signed_in)]) is None:
        return False
    page = parse_page(await tab.snapshot())
    # The mark may already stand on a page that still asks for something; a list proves itself.
    return page.kind in LISTS or (bool(portal.signed_in) and page.kind.value in ("other", "job_list"))
