"""Reads a list with a saved web session over plain HTTP: no browser, no Playwright, a few milliseconds.

What it returns is proven or it is None, and then the browser looks. Proven means: the exact host over
https, a page that names itself as the signed-in list, every page of it, as many rows as the portal counts,
and no fewer than at the last good visit. It never signs in and follows no link to another host.
"""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from http.cookiejar import Cookie, CookieJar
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx

from scraper.browser_page import LISTS, pause_until, unavailable_until
from scraper.browser_session import WebSession
from scraper.browser_walk import MAX_PAGES, Walk, gap_in, page_mark
from scraper.model import Account, JsonAnswer, Open, PageSnapshot, ParsedPage
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.portals.base import Portal
from scraper.reading.page import parse_page
from scraper.settings import Network

SECONDS = 15.0
MAX_BYTES = 4 * 1024 * 1024
MAX_REDIRECTS = 3

ECHOED_COOKIES = {"CALYPSO_CSRF_TOKEN": "x-calypso-csrf-token"}
"""Cookies that a portal's own script sends again as a header (facts: Workday, JSON)."""


@dataclass(frozen=True, slots=True)
class Warm:
    """A proven reading, and the session as the portal left it (None when it did not change)."""

    walk: Walk
    session: WebSession | None


class Transport:
    """Reads for all accounts of a run. Each has its own cookies and connections, which end with its reading: in one
    pool for all, every request looks at every connection, and all of them stay in memory to the end."""

    def __init__(self, network: Network) -> None:
        self._context = ssl.create_default_context()
        if network.ca_file is not None:
            self._context.load_verify_locations(network.ca_file)
        # The context is for the TLS to an https proxy itself; other kinds take none.
        own_tls = self._context if network.proxy.startswith("https:") else None
        self._proxy = httpx.Proxy(network.proxy, ssl_context=own_tls) if network.proxy else None

    def _connections(self) -> httpx.AsyncBaseTransport:
        return httpx.AsyncHTTPTransport(verify=self._context, proxy=self._proxy, retries=0)

    async def read(
        self, account: Account, portal: Portal, session: WebSession, *, at_least: int
    ) -> Warm | None:
        """The account's whole list, or None when the session or the page does not prove itself.

        Raises PortalError(rate_limited, unavailable) only when the site itself asks for a pause.
        """
        jar = cookie_jar(session.storage)
        try:
            async with httpx.AsyncClient(
                transport=self._connections(), cookies=jar, timeout=SECONDS, trust_env=False
            ) as client:
                walk = await _WarmVisit(client, account, portal, session).walk()
        except (httpx.HTTPError, InTownError, ValueError) as error:
            if isinstance(error, PortalError) and error.not_before is not None:
                raise
            return None  # not proven; the browser says what is wrong, in its own words
        if walk is None or not walk.complete or len(walk.applications) < at_least:
            return None
        return Warm(walk, _changed(session, client.cookies.jar))


class _WarmVisit:
    """The requests of one account."""

    def __init__(
        self, client: httpx.AsyncClient, account: Account, portal: Portal, session: WebSession
    ) -> None:
        self._client = client
        self._account = account
        self._portal = portal
        self._agent = session.user_agent

    async def walk(self) -> Walk | None:
        """All pages, by addresses alone; None where only a click would lead on or a page is no list."""
        url: str | None = self._portal.json_list(self._account.start_url) or self._account.start_url
        pages: list[ParsedPage] = []
        seen: set[str] = set()
        while url is not None:
            if url in seen or len(pages) >= MAX_PAGES:
                return None
            seen.add(url)
            page = await self._page(url)
            if page is None or (pages and page.applications and page_mark(page) == page_mark(pages[-1])):
                return None
            pages.append(page)
            if page.next_step is not None and not isinstance(page.next_step, Open):
                return None
            url = page.next_step.url if page.next_step else None
        return Walk(tuple(pages), gap_in(pages))

    async def _page(self, url: str) -> ParsedPage | None:
        """One page if it proves to be a signed-in list of this account's host."""
        answer = await self._get(url)
        if answer is None:
            return None
        url, body, is_json = answer
        now = datetime.now(UTC)
        if is_json:
            snapshot = PageSnapshot(
                url=self._account.start_url, captured_at=now, answers=(JsonAnswer(url=url, body=body),)
            )
        else:
            snapshot = PageSnapshot(url=url, captured_at=now, html=body)
        page = parse_page(snapshot)
        if page.kind not in LISTS or page.host != self._account.host or page.portal != self._portal.kind:
            return None
        # Rows of the portal's own list, on its own host, are what only a signed-in visitor is shown.
        return page if page.applications or page.count_shown is not None else None

    async def _get(self, url: str) -> tuple[str, str, bool] | None:
        """Address, text and whether it is JSON, of a 200 answer on the pinned host."""
        for _ in range(MAX_REDIRECTS + 1):
            parts = urlsplit(url)
            if (
                parts.scheme != "https"
                or parts.hostname != self._account.host
                or parts.port not in (None, 443)
            ):
                return None
            async with self._client.stream("GET", url, headers=self._headers()) as response:
                _raise_if_limited(response)
                if response.is_redirect:
                    url = urljoin(url, response.headers.get("location", ""))
                    continue
                if response.status_code != 200:
                    return None
                body = bytearray()
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > MAX_BYTES:
                        return None
                encoding = response.charset_encoding or "utf-8"
                is_json = "json" in response.headers.get("content-type", "")
                return url, body.decode(encoding, errors="replace"), is_json
        return None

    def _headers(self) -> dict[str, str]:
        headers = {
            "Accept": "text/html,application/json;q=0.9,*/*;q=0.8",
            "Accept-Language": "en-US,en;q=0.9",
        }
        if self._agent:
            headers["User-Agent"] = self._agent
        for cookie in self._client.cookies.jar:
            if cookie.name in ECHOED_COOKIES and cookie.value:
                headers[ECHOED_COOKIES[cookie.name]] = cookie.value
        return headers


def _raise_if_limited(response: httpx.Response) -> None:
    after = response.headers.get("retry-after", "")
    if response.status_code == 429:
        raise PortalError(Outcome.RATE_LIMITED, not_before=pause_until(after))
    if response.status_code == 503 and after:
        raise unavailable_until(pause_until(after))


def cookie_jar(storage: Mapping[str, Any]) -> CookieJar:
    """The cookies of a browser's storage state as a jar that sends each to its own hosts only."""
    jar = CookieJar()
    for kept in storage.get("cookies", ()):
        expires = kept.get("expires", -1)
        domain = kept["domain"]
        jar.set_cookie(
            Cookie(
                version=0,
                name=kept["name"],
                value=kept["value"],
                port=None,
                port_specified=False,
                domain=domain,
                domain_specified=domain.startswith("."),
                domain_initial_dot=domain.startswith("."),
                path=kept.get("path", "/"),
                path_specified=True,
                secure=bool(kept.get("secure")),
                expires=int(expires) if expires and expires > 0 else None,
                discard=not (expires and expires > 0),
                comment=None,
                comment_url=None,
                rest={"HttpOnly": ""} if kept.get("httpOnly") else {},
            )
        )
    return jar


def _changed(session: WebSession, jar: CookieJar) -> WebSession | None:
    """The session with the cookies that the portal renewed, or None when all are as they were."""
    kept = {(c["name"], c["domain"], c.get("path", "/")): c for c in session.storage.get("cookies", ())}
    renewed = False
    for cookie in jar:
        key = (cookie.name, cookie.domain, cookie.path)
        before = kept.get(key)
        if before is not None and before["value"] == (cookie.value or ""):
            continue
        renewed = True
        kept[key] = {
            **(before or {"sameSite": "Lax", "httpOnly": "HttpOnly" in cookie._rest}),  # type: ignore[attr-defined]  # no public way
            "name": cookie.name,
            "value": cookie.value or "",
            "domain": cookie.domain,
            "path": cookie.path,
            "expires": cookie.expires or -1,
            "secure": cookie.secure,
        }
    if not renewed:
        return None
    return WebSession(
        {**session.storage, "cookies": list(kept.values())}, session.tab_storage, session.user_agent
    )
