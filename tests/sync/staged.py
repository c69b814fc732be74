"""Pages written in a test, shown to a tab by a real browser under a portal's own address; nothing leaves the machine."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Any, ClassVar, TypeVar

from playwright.async_api import Route

from scraper.accounts import account_from_url
from scraper.browser import Browsers, Tab
from scraper.login import SignIn
from scraper.model import PageKind
from scraper.portals.base import Portal
from scraper.portals.shapes import LoginForm
from scraper.settings import Network

HOST = "https://lakeshore.taleo.net"
LIST = f"{HOST}/careersection/2/mysubmissions.ftl"
FORM = "<form><input id=user><input id=secret type=password><button id=go type=button>Sign in</button></form>"
Found = TypeVar("Found")
Site = Mapping[str, str | dict[str, Any]]
"""By address what is answered: a page, or all that Playwright's `Route.fulfill` takes."""


class Plain(Portal):
    """A portal of which only the sign-in is known."""

    kind = "plain"
    name = "Plain"
    hosts = r"lakeshore\.taleo\.net"
    samples: ClassVar[Mapping[str, PageKind]] = {}
    marks: ClassVar[Mapping[PageKind, str]] = {}
    login_form: ClassVar[LoginForm | None] = LoginForm(user="#user", password="#secret", submit="#go")
    dismiss = ("#close",)


class ByHand(Plain):
    """One whose form only a person can use."""

    login_form = None


def attempt(tab: Tab, portal: Portal | None = None) -> SignIn:
    """Dana's, who has both a password and an authenticator."""
    account = account_from_url(LIST, username="dreyes")
    return SignIn(tab, portal or Plain(), account, lambda: "Harbour-1", lambda: None, lambda: "246810")


class Stage:
    """One browser for all tests of a module, a tab with cookies of its own for each."""

    def __init__(self) -> None:
        self._runner = asyncio.Runner()
        self._browsers = Browsers(Network())

    def shows(self, site: Site | str, act: Callable[[Tab], Awaitable[Found]]) -> Found:
        """What `act` makes of a tab that was led to `LIST`; a text alone is the page there, all else is 404."""
        pages: Site = {LIST: site} if isinstance(site, str) else site

        async def answer(route: Route) -> None:
            page = pages.get(route.request.url, {"status": 404, "body": "nothing here"})
            if isinstance(page, str):
                page = {"body": f"<!doctype html><title>A page</title>{page}", "content_type": "text/html"}
            await route.fulfill(**page)

        async def run() -> Found:
            async with self._browsers.tab() as tab:
                await tab._context.route("**/*", answer)
                await tab.open(LIST)
                return await act(tab)

        return self._runner.run(run())

    def close(self) -> None:
        self._runner.run(self._browsers.__aexit__())
        self._runner.close()
