"""Starts a browser, or attaches to one, and opens tabs in it.

Only `browser*.py` may import Playwright; everything that can go wrong there leaves as an `InTownError`.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Error, Playwright, async_playwright

from scraper.browser_errors import is_gone, mapped_errors
from scraper.browser_field import Field
from scraper.browser_gate import Gate
from scraper.browser_session import WebSession
from scraper.browser_tab import NAVIGATION_MS, Tab
from scraper.browser_upstream import Upstream
from scraper.browsers import find_browser
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Network
from scraper.vault_command import child_environment

__all__ = ["Browsers", "Field", "Tab", "has_display", "launch_arguments"]

VIEWPORT = {"width": 1440, "height": 1000}
"""Workday renders no table at all on windows below about 1400 by 900."""

NO_BROWSER = (
    "No browser was found. Install Chrome, Chromium or Edge, or run `playwright install chromium`, "
    "or set INTOWN_BROWSER to the program's path."
)
NO_DISPLAY = (
    "There is no display for a visible window. Run this on a desktop, or sign in in your own Chrome: start it "
    "with --remote-debugging-port=9222 and its own --user-data-dir, and use --cdp http://127.0.0.1:9222."
)


class Browsers:
    """One browser, started when the first tab is asked for; gives out tabs with their own cookies and gate.

    `cdp` attaches to the person's running browser and uses the cookies that are there; `ws` uses a remote
    Playwright server. Neither passes through a gate of ours, so no password is ever typed there
    (`may_type` is False): those ways are for people who sign in themselves.
    """

    def __init__(self, network: Network, *, headless: bool = True, cdp: str = "", ws: str = "") -> None:
        self._network = network
        self._headless = headless
        self._cdp = cdp
        self._ws = ws
        self._lock = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._browser: Browser | None = None
        self.may_type = not (cdp or ws)

    async def __aenter__(self) -> Browsers:
        return self

    async def __aexit__(self, *_: object) -> None:
        # Closing must not hide the error that ended the run, and a browser that is gone is closed.
        try:
            if self._browser is not None:
                await self._browser.close()
        except Error:
            pass
        finally:
            if self._playwright is not None:
                await self._playwright.stop()

    @asynccontextmanager
    async def tab(self, session: WebSession | None = None) -> AsyncIterator[Tab]:
        """A fresh tab, signed in as far as `session` goes; everything of it is gone afterwards."""
        browser = await self._started()
        if self._cdp:
            async with self._borrowed(browser) as tab:
                yield tab
            return
        async with Gate(Upstream(self._network.proxy, self._network.ca_file)) as gate:
            context = await self._context(browser, None if self._ws else gate, session)
            try:
                with mapped_errors():
                    page = await context.new_page()
                yield Tab(page, context, None if self._ws else gate)
            finally:
                await _close(context)

    @asynccontextmanager
    async def _borrowed(self, browser: Browser) -> AsyncIterator[Tab]:
        """A tab in the person's own running browser: their cookies, their window; only the tab is ours."""
        with mapped_errors():
            context = browser.contexts[0] if browser.contexts else await browser.new_context()
            page = await context.new_page()
        try:
            yield Tab(page, context, None)
        finally:
            if not page.is_closed():
                await page.close()

    async def _context(
        self, browser: Browser, gate: Gate | None, session: WebSession | None
    ) -> BrowserContext:
        options: dict[str, Any] = {
            "viewport": VIEWPORT,
            "locale": "en-US",
            "accept_downloads": False,
        }
        if gate is not None:
            options["proxy"] = {"server": gate.url}
        elif self._network.proxy:
            options["proxy"] = {"server": self._network.proxy}
        if session is not None:
            options["storage_state"] = dict(session.storage)
        with mapped_errors():
            context = await browser.new_context(**options)
            for origin, pairs in session.tab_storage.items() if session else ():
                await context.add_init_script(_restore_tab_storage(origin, pairs))
        return context

    async def _started(self) -> Browser:
        async with self._lock:
            if self._browser is not None and self._browser.is_connected():
                return self._browser
            if self._playwright is None:
                if "pw:" in os.environ.get("DEBUG", ""):
                    del os.environ["DEBUG"]  # Playwright's own log would hold every word typed
                self._playwright = await async_playwright().start()
            with mapped_errors():
                self._browser = await self._start(self._playwright)
            return self._browser

    async def _start(self, playwright: Playwright) -> Browser:
        try:
            if self._cdp:
                return await playwright.chromium.connect_over_cdp(self._cdp, timeout=NAVIGATION_MS)
            if self._ws:
                return await playwright.chromium.connect(self._ws, timeout=NAVIGATION_MS)
        except Error as error:
            raise PortalError(
                Outcome.UNAVAILABLE,
                f"The browser at {urlsplit(self._cdp or self._ws).hostname} cannot be reached.",
            ) from error
        program = find_browser()
        if program is None:
            raise InTownError(NO_BROWSER)
        if not self._headless and not has_display():
            raise InTownError(NO_DISPLAY)
        try:
            return await playwright.chromium.launch(
                executable_path=program,
                headless=self._headless,
                args=launch_arguments(self._network),
                env=dict(child_environment()),
            )
        except Error as error:
            raise InTownError(
                f"The browser {program} could not be started; set INTOWN_BROWSER to another one."
            ) from error


def has_display() -> bool:
    """Whether a window can be shown."""
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def launch_arguments(network: Network) -> list[str]:
    """Chromium's flags: nothing here loosens a check. Root alone gets no sandbox, because none can start."""
    arguments = [
        # Neither WebRTC nor DNS may go round the gate.
        "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
        "--dns-prefetch-disable",
    ]
    if network.trusted_spki:
        arguments.append(f"--ignore-certificate-errors-spki-list={network.trusted_spki}")
    if sys.platform != "win32" and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return arguments


def _restore_tab_storage(origin: str, pairs: list[list[str]]) -> str:
    return (
        f"if (location.origin === {json.dumps(origin)} && !sessionStorage.length)"
        f" for (const [k, v] of {json.dumps(pairs)}) sessionStorage.setItem(k, v);"
    )


async def _close(context: BrowserContext) -> None:
    try:
        await context.close()
    except Error as error:
        if not is_gone(error):
            raise InTownError("A browser tab could not be closed.") from error
