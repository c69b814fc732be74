"""What a run is told, and what its visits share: one browser, one pool of connections, each made at first use."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from scraper.logs import secret
from scraper.settings import Network

if TYPE_CHECKING:
    from scraper.browser import Browsers
    from scraper.transport import Transport

ACCOUNT_SECONDS = 5 * 60
RUN_SECONDS = 60 * 60


@dataclass(frozen=True, slots=True)
class Options:
    """`headless`, `cdp` and `ws` say which browser; `jitter` spreads the starts over so many seconds; `dry` tries
    the visit and writes down no more than how it ended; `pressed` is true when a person wants all portals read
    now, and not the timer."""

    headless: bool = True
    cdp: str = ""
    ws: str = ""
    jitter: float = 0.4
    dry: bool = False
    pressed: bool = False
    account_seconds: float = ACCOUNT_SECONDS
    run_seconds: float = RUN_SECONDS


DEFAULTS = Options()


class Tools:
    """What visits need, made at first use and closed with the run: a night of warm readings starts no
    browser and does not even load Playwright."""

    def __init__(self, network: Network, options: Options, stack: AsyncExitStack) -> None:
        self._network = network
        self._options = options
        self._stack = stack
        self._lock = asyncio.Lock()
        self._browsers: Browsers | None = None
        self._transport: Transport | None = None

    def hide(self, secret_text: str) -> None:
        """Redact this from every log and every piece of evidence until the run is over."""
        self._stack.enter_context(secret(secret_text))

    async def browsers(self) -> Browsers:
        async with self._lock:
            if self._browsers is None:
                from scraper.browser import Browsers

                options = self._options
                made = Browsers(self._network, headless=options.headless, cdp=options.cdp, ws=options.ws)
                self._browsers = await self._stack.enter_async_context(made)
            return self._browsers

    def transport(self) -> Transport:
        if self._transport is None:
            from scraper.transport import Transport

            self._transport = Transport(self._network)
        return self._transport
