"""One page of one visit: looks, reads, presses. Knows nothing of portals."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, Error, Page
from playwright.async_api import Frame as LiveFrame

import scraper.browser_scripts as scripts
from scraper.browser_errors import is_gone, mapped_errors
from scraper.browser_field import ACTION_MS, Field
from scraper.browser_gate import Gate
from scraper.browser_session import BrowserGone, WebSession
from scraper.browser_traffic import Traffic
from scraper.model import Frame, PageSnapshot
from scraper.outcomes import Outcome, PortalError

NAVIGATION_MS = 30_000
MAX_FRAMES = 8


class Tab(Traffic):
    """One page of one visit, with its own cookies and its own gate."""

    def __init__(self, page: Page, context: BrowserContext, gate: Gate | None) -> None:
        super().__init__(page)
        self._context = context
        self.gate = gate

    @property
    def url(self) -> str:
        return self._page.url

    @property
    def on_error_page(self) -> bool:
        """Whether the browser shows that it could not get there."""
        return self._page.url.startswith("chrome-error:")

    @property
    def closed(self) -> bool:
        return self._page.is_closed()

    async def open(self, url: str) -> None:
        """Go to an address and wait until its document is there (not for its scripts; see `settle`)."""
        with mapped_errors():
            try:
                await self._page.goto(url, wait_until="domcontentloaded", timeout=NAVIGATION_MS)
            except Error as error:
                # An error status without a body: the browser shows a page of its own, and `document` says why.
                if "ERR_HTTP_RESPONSE_CODE_FAILURE" not in error.message:
                    raise

    async def first_shown(self, marks: list[tuple[str, str]]) -> str | None:
        """The name of the first of (name, selector) that is visible, in the page or in one of its frames."""
        asked = [[name, selector] for name, selector in marks if selector]
        for frame in self._frames():
            try:
                name = await frame.evaluate(scripts.FIRST_SHOWN, asked)
            except Error as error:
                if is_gone(error):
                    raise BrowserGone("The browser was closed.") from error
                continue  # the frame is on its way to another document; the next look finds it
            if name:
                return str(name)
        return None

    async def fingerprint(self) -> str:
        """Changes when what is shown changes. "" while the page is between two documents."""
        parts = []
        for frame in self._frames():
            try:
                parts.append(str(await frame.evaluate(scripts.FINGERPRINT)))
            except Error as error:
                if is_gone(error):
                    raise BrowserGone("The browser was closed.") from error
                return ""
        return "|".join(parts)

    async def snapshot(self) -> PageSnapshot:
        """The page as seen now, cleaned by the extension's own capture."""
        with mapped_errors():
            top = await self._page.evaluate(scripts.capture_script())
        _raise_if_too_large(top)
        frames = []
        for frame in self._frames()[1:]:
            try:
                inner = await frame.evaluate(scripts.capture_script())
            except Error:
                continue  # a frame that is loading or was removed shows nothing now
            _raise_if_too_large(inner)
            frames.append(Frame(url=inner["url"], html=inner["html"]))
        return PageSnapshot(
            url=top["url"],
            title=top["title"],
            html=top["html"],
            frames=tuple(frames),
            answers=await self.answers(),
            captured_at=datetime.now(UTC),
        )

    async def field(self, selector: str) -> Field | None:
        """The one visible element that fits, in the page or a frame; None when none does.

        Raises PortalError(unknown_login) when several do: guessing where a password belongs is not done.
        """
        for frame in self._frames():
            with mapped_errors():
                found = await frame.locator(selector).filter(visible=True).element_handles()
            if len(found) > 1:
                raise PortalError(
                    Outcome.UNKNOWN_LOGIN, "The sign-in page has several fields that fit; nothing was typed."
                )
            if found:
                return Field(self._page, frame, found[0])
        return None

    async def press(self, selector: str) -> bool:
        """Press the first visible element that fits; False when there is none."""
        for frame in self._frames():
            with mapped_errors():
                target = frame.locator(selector).filter(visible=True)
                if await target.count():
                    await target.first.click(timeout=ACTION_MS)
                    return True
        return False

    async def choose(self, selector: str, value: str) -> bool:
        """Choose an option of the first visible list that fits; False when there is none or it is chosen."""
        for frame in self._frames():
            with mapped_errors():
                target = frame.locator(selector).filter(visible=True)
                if not await target.count() or await target.first.input_value() == value:
                    continue
                if not await target.first.locator(f'option[value="{value}"]').count():
                    continue
                await target.first.select_option(value, timeout=ACTION_MS)
                return True
        return False

    async def password_held(self) -> bool:
        """Whether some password field of the page still holds text."""
        held = False
        for frame in self._frames():
            try:
                held = held or bool(await frame.evaluate(scripts.PASSWORD_HELD))
            except Error:
                held = True  # between two documents: not known to be gone
        return held

    async def session(self) -> WebSession:
        """The web session as it is now, to be kept encrypted."""
        with mapped_errors():
            storage = await self._context.storage_state(indexed_db=True)
            agent = str(await self._page.evaluate("navigator.userAgent"))
        tab_storage: dict[str, list[list[str]]] = {}
        for frame in self._frames():
            parts = urlsplit(frame.url)
            try:
                pairs = await frame.evaluate(scripts.SESSION_STORAGE)
            except Error:
                continue  # a sandboxed frame has none
            if pairs:
                tab_storage[f"{parts.scheme}://{parts.netloc}"] = pairs
        return WebSession(dict(storage), tab_storage, agent)

    async def forget(self) -> None:
        """Drop every cookie of this visit: what an expired session leaves can keep a portal from its form."""
        with mapped_errors():
            await self._context.clear_cookies()

    async def picture(self, path: Path) -> None:
        """A picture of the page with everything typed painted over."""
        with mapped_errors():
            await self._page.screenshot(
                path=path, mask=[self._page.locator("input, textarea")], timeout=ACTION_MS
            )

    def _frames(self) -> list[LiveFrame]:
        main = self._page.main_frame
        inner = [f for f in self._page.frames if f is not main and f.url.startswith("https://")]
        return [main, *inner[:MAX_FRAMES]]


def _raise_if_too_large(captured: dict[str, Any]) -> None:
    """A page that was not captured has no rows, and must not look like a list that has none."""
    if captured["too_large"]:
        raise PortalError(
            Outcome.PAGE_CHANGED, "The portal's page is larger than 4 MB; nothing was read or changed."
        )
