"""What one page asks its site for, and what it is answered: noted as it happens, for those who decide."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.async_api import Error, Page, Request, Response

from scraper.model import JsonAnswer

SENT_SECONDS = 0.5
"""A redirected request ends and begins again; between the two there is a moment with none in sight."""

LOADING_SECONDS = 8.0
"""A request for data that takes longer is one that stays open on purpose (long polling)."""

MAX_ANSWERS = 20
MAX_ANSWER_CHARS = 2_000_000


@dataclass(frozen=True, slots=True)
class Document:
    """How the site answered for the document now shown."""

    url: str
    status: int
    retry_after: str = ""


class Traffic:
    """Watches one page from its first request on."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self.document: Document | None = None
        self.api_status = 0
        """The last failing status of a JSON request of the page's own (429, 503 …), 0 if none failed."""
        self.api_retry_after = ""
        self.led_to = ""
        """The host that a navigation, or something that was sent, was led to and did not reach."""
        self._answers: deque[JsonAnswer] = deque(maxlen=MAX_ANSWERS)
        self._reading: set[asyncio.Task[None]] = set()
        self._sent: set[Request] = set()
        self._asked: dict[Request, float] = {}
        self._sent_at = 0.0
        page.on("response", self._on_response)
        page.on("request", self._on_request)
        page.on("requestfinished", self._on_request_over)
        page.on("requestfailed", self._on_request_failed)

    @property
    def host(self) -> str:
        """The exact host of the document shown, "" for a page of the browser's own."""
        parts = urlsplit(self._page.url)
        return (parts.hostname or "") if parts.scheme in ("https", "http") else ""

    @property
    def sending(self) -> bool:
        """Whether something was sent (POST and the like) and may still be on its way, redirects included."""
        return bool(self._sent) or time.monotonic() - self._sent_at < SENT_SECONDS

    def sending_now(self) -> None:
        """Something is about to be sent: `sending` is true from now on for at least half a second."""
        self._sent_at = time.monotonic()

    @property
    def loading(self) -> bool:
        """Whether the page still waits for data of its own (not longer than a person would believe it)."""
        now = time.monotonic()
        return any(now - asked < LOADING_SECONDS for asked in self._asked.values())

    async def answers(self) -> tuple[JsonAnswer, ...]:
        """The page's own JSON answers since its document came, oldest first, those on their way included."""
        if self._reading:
            await asyncio.wait(self._reading, timeout=2)
        return tuple(self._answers)

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
