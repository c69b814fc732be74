"""The ONLY file that imports Playwright: starts a browser, opens tabs, looks, types and presses.

Knows nothing of portals. Everything that can go wrong below leaves here as an `InTownError`; no other
file needs to know a Playwright error.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ElementHandle,
    Error,
    Page,
    Playwright,
    Request,
    Response,
    TimeoutError,
    async_playwright,
)
from playwright.async_api import Frame as LiveFrame

import scraper.browser_scripts as scripts
from scraper.browser_gate import Gate
from scraper.browser_session import BrowserGone, WebSession
from scraper.browsers import find_browser
from scraper.model import Frame, JsonAnswer, PageSnapshot
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Network
from scraper.vault_command import child_environment

VIEWPORT = {"width": 1440, "height": 1000}
"""Workday renders no table at all on windows below about 1400 by 900."""

NAVIGATION_MS = 30_000
ACTION_MS = 8_000
SENT_SECONDS = 0.5
"""A redirected request ends and begins again; between the two there is a moment with none in sight."""

LOADING_SECONDS = 8.0
"""A request for data that takes longer is one that stays open on purpose (long polling)."""

MAX_FRAMES = 8
MAX_ANSWERS = 20
MAX_ANSWER_CHARS = 2_000_000

NO_BROWSER = (
    "No browser was found. Install Chrome, Chromium or Edge, or run `playwright install chromium`, "
    "or set INTOWN_BROWSER to the program's path."
)


@dataclass(frozen=True, slots=True)
class Document:
    """How the site answered for the document now shown."""

    url: str
    status: int
    retry_after: str = ""


NO_DISPLAY = (
    "There is no display for a visible window. Run this on a desktop, or sign in in your own Chrome: start it "
    "with --remote-debugging-port=9222 and its own --user-data-dir, and use --cdp http://127.0.0.1:9222."
)


class Field:
    """One input or button in the page that may be typed into or pressed, with what a careful hand checks first."""

    def __init__(self, page: Page, frame: LiveFrame, element: ElementHandle) -> None:
        self._page = page
        self._frame = frame
        self._element = element

    @property
    def frame_url(self) -> str:
        """The address of the frame that owns the field, which need not be the page's."""
        return self._frame.url

    async def targets(self) -> list[str]:
        """The addresses to which the field's form would be sent, resolved, with the document's own first."""
        with mapped_errors():
            found = await self._element.evaluate(scripts.FORM_TARGETS)
        return [found["url"], *found["targets"]]

    async def is_trap(self) -> bool:
        """Whether only a program would find this field (honeypot)."""
        with mapped_errors():
            return bool(await self._element.evaluate(scripts.IS_TRAP))

    async def fill(self, text: str) -> None:
        with mapped_errors():
            await self._element.fill(text, timeout=ACTION_MS)

    async def own_button(self) -> Field | None:
        """The one button that sends this field; None when that is not clear."""
        with mapped_errors():
            found = (await self._element.evaluate_handle(scripts.OWN_BUTTON)).as_element()
        return Field(self._page, self._frame, found) if found else None

    async def under_click(self) -> str:
        """What a click in the middle would meet: "button", "cover", "bare" or "other"."""
        with mapped_errors():
            return str(await self._element.evaluate(scripts.UNDER_CLICK))

    async def press(self) -> None:
        """One click in the middle, as a mouse does: whatever lies there receives it, exactly once."""
        with mapped_errors():
            box = await self._element.bounding_box()
            if box is None:
                raise PortalError(Outcome.PAGE_CHANGED, "A button went away before it could be pressed.")
            await self._page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


class Tab:
    """One page of one visit, with its own cookies and its own gate."""

    def __init__(self, page: Page, context: BrowserContext, gate: Gate | None) -> None:
        self._page = page
        self._context = context
        self.gate = gate
        self.document: Document | None = None
        self.api_status = 0
        """The last failing status of a JSON request of the page's own (429, 503 …), 0 if none failed."""
        self.api_retry_after = ""
        self._answers: deque[JsonAnswer] = deque(maxlen=MAX_ANSWERS)
        self._reading: set[asyncio.Task[None]] = set()
        self._sent: set[Request] = set()
        self._asked: dict[Request, float] = {}
        self.led_to = ""
        """The host that a navigation, or something that was sent, was led to and did not reach."""
        self._sent_at = 0.0
        page.on("response", self._on_response)
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_request_over)
        page.on("requestfailed", self._on_request_failed)

    @property
    def url(self) -> str:
        return self._page.url

    @property
    def host(self) -> str:
        """The exact host of the document shown, "" for a page of the browser's own."""
        parts = urlsplit(self._page.url)
        return (parts.hostname or "") if parts.scheme in ("https", "http") else ""

    @property
    def on_error_page(self) -> bool:
        """Whether the browser shows that it could not get there."""
        return self._page.url.startswith("chrome-error:")

    @property
    def sending(self) -> bool:
        """Whether something was sent (POST and the like) and may still be on its way, redirects included."""
        return bool(self._sent) or time.monotonic() - self._sent_at < SENT_SECONDS

    def sending_now(self) -> None:
        """Something is about to be sent: `sending` is true from now on for at least half a second."""
        self._sent_at = time.monotonic()

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
                if _is_gone(error):
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
                if _is_gone(error):
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
        if self._reading:
            await asyncio.wait(self._reading, timeout=2)
        return PageSnapshot(
            url=top["url"],
            title=top["title"],
            html=top["html"],
            frames=tuple(frames),
            answers=tuple(self._answers),
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

    async def wait_closed(self, seconds: float) -> None:
        """Until the person closes the window, or the time is over."""
        if not self._page.is_closed():
            with mapped_errors():
                await self._page.wait_for_event("close", timeout=seconds * 1000)

    def _frames(self) -> list[LiveFrame]:
        main = self._page.main_frame
        inner = [f for f in self._page.frames if f is not main and f.url.startswith("https://")]
        return [main, *inner[:MAX_FRAMES]]

    @property
    def loading(self) -> bool:
        """Whether the page still waits for data of its own (not longer than a person would believe it)."""
        now = time.monotonic()
        return any(now - asked < LOADING_SECONDS for asked in self._asked.values())

    def _on_request(self, request: Request) -> None:
        if request.resource_type in ("fetch", "xhr"):
            self._asked[request] = time.monotonic()
        if request.method not in ("GET", "HEAD"):
            self._sent.add(request)

    def _on_request_over(self, request: Request) -> None:
        self._asked.pop(request, None)
        if request in self._sent:
            self._sent.discard(request)
            self._sent_at = time.monotonic()

    def _on_request_failed(self, request: Request) -> None:
        self._on_request_over(request)
        first = request
        while first.redirected_from is not None:
            first = first.redirected_from
        navigation = request.is_navigation_request() and request.frame is self._page.main_frame
        if navigation or first.method not in ("GET", "HEAD"):
            self.led_to = urlsplit(request.url).hostname or ""

    def _on_response(self, response: Response) -> None:
        request = response.request
        if request.is_navigation_request() and request.frame is self._page.main_frame:
            self.document = Document(response.url, response.status, response.headers.get("retry-after", ""))
            self.api_status, self.api_retry_after = 0, ""
            self._answers.clear()
            self._asked.clear()
            return
        if urlsplit(response.url).hostname != self.host:
            return
        if "json" not in response.headers.get("content-type", "") or request.resource_type not in (
            "fetch",
            "xhr",
        ):
            return
        if response.status in (429, 503):
            self.api_status = response.status
            self.api_retry_after = response.headers.get("retry-after", "")
        task = asyncio.ensure_future(self._keep_answer(response))
        self._reading.add(task)
        task.add_done_callback(self._reading.discard)

    async def _keep_answer(self, response: Response) -> None:
        try:
            body = await response.text()
        except (Error, UnicodeDecodeError):
            return  # the page moved on before the body was read, or it is no text: nothing to keep
        if len(body) <= MAX_ANSWER_CHARS:
            self._answers.append(JsonAnswer(url=response.url, body=body, status=response.status))


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
        async with Gate(self._network.proxy) as gate:
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


def _raise_if_too_large(captured: dict[str, Any]) -> None:
    """A page that was not captured has no rows, and must not look like a list that has none."""
    if captured["too_large"]:
        raise PortalError(
            Outcome.PAGE_CHANGED, "The portal's page is larger than 4 MB; nothing was read or changed."
        )


def _restore_tab_storage(origin: str, pairs: list[list[str]]) -> str:
    return (
        f"if (location.origin === {json.dumps(origin)} && !sessionStorage.length)"
        f" for (const [k, v] of {json.dumps(pairs)}) sessionStorage.setItem(k, v);"
    )


async def _close(context: BrowserContext) -> None:
    try:
        await context.close()
    except Error as error:
        if not _is_gone(error):
            raise InTownError("A browser tab could not be closed.") from error


def _is_gone(error: Error) -> bool:
    text = error.message
    return "has been closed" in text or "Target crashed" in text or "Connection closed" in text


# What the browser says -> what we say. First match wins. Sources: Chromium's net_error_list.h.
NET_ERRORS = (
    ("ERR_CERT", "The portal's certificate is not valid; InTown did not go on."),
    ("ERR_SSL", "No safe connection to the portal could be made; InTown did not go on."),
    ("ERR_NAME_NOT_RESOLVED", "The portal's name is not known to the network."),
    ("ERR_INTERNET_DISCONNECTED", "This computer is not connected to the internet."),
    ("ERR_TOO_MANY_REDIRECTS", "The portal sends the visit round in circles."),
    ("ERR_", "The portal cannot be reached right now; nothing changed."),
)


@contextmanager
def mapped_errors() -> Iterator[None]:
    """Turns what Playwright raises into our own words, most special first."""
    try:
        yield
    except TimeoutError as error:
        raise PortalError(
            Outcome.UNAVAILABLE, "The portal did not answer in time; nothing changed."
        ) from error
    except Error as error:
        if _is_gone(error):
            raise BrowserGone("The browser was closed before the visit was over.") from error
        for sign, sentence in NET_ERRORS:
            if sign in error.message:
                raise PortalError(Outcome.UNAVAILABLE, sentence) from error
        # A failed step on a page that is there: the page is not as it was known. No page text goes along.
        raise PortalError(
            Outcome.PAGE_CHANGED, "A step on the portal's page did not work; nothing was changed."
        ) from error
