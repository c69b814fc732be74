"""A real Chromium with the extension, a real server, and the fake portals behind their real names."""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Page

from fixtures.portals import FakePortals, serve
from fixtures.portals.story import LAKESHORE
from scraper.settings import Home
from scraper.store import Store
from server import pairing, utc_now
from server.asking.gazetteer import ensure_index
from server.listen import serving
from tests.browser.icon import EXTENSION_ID, Popup, click_icon
from tests.browser.signing_in import open_taleo
from tests.browser.telling import tell_recruiters

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
Pictures = Callable[[Popup, str], None]
PICTURES = ROOT / "artefacts" / "pictures"


@dataclass(frozen=True, slots=True)
class Server:
    """A running InTown server."""

    port: int
    home: Home
    store: Store


@dataclass(frozen=True, slots=True)
class Extension:
    """Chromium with the extension loaded."""

    context: BrowserContext

    @property
    def page(self) -> Page:
        """Its first tab."""
        return self.context.pages[0]

    def evaluate(self, expression: str, argument: Any = None) -> Any:
        """A JavaScript function run in the service worker, which is woken if it sleeps."""
        workers = self.context.service_workers
        worker = workers[-1] if workers else self.context.wait_for_event("serviceworker")
        return worker.evaluate(expression, argument)

    def connect(self, port: int, issued: pairing.Issued | None) -> None:
        """Point the extension at a port, paired or not."""
        connection = {
            "port": port,
            "token": issued.token if issued else "",
            "client": issued.client if issued else "",
        }
        self.evaluate("(connection) => chrome.storage.local.set({connection})", connection)

    def click_icon(self, page: Page) -> Popup:
        return click_icon(self.context, page)

    def open_all(self) -> Popup:
        """The popup over the first tab, at the list of all applications."""
        popup = self.click_icon(self.page)
        popup.click(".tab", "All")
        return popup

    def tab(self, view: str = "trip") -> Page:
        """The popup's page as a whole tab."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{EXTENSION_ID}/popup.html?view=tab#{view}")
        return page

    def forget(self) -> None:
        """As freshly installed, with one empty tab."""
        for page in self.context.pages[1:]:
            page.close()
        # The window follows the last viewport, and a popup is never wider than its window.
        self.page.set_viewport_size({"width": 1440, "height": 900})
        self.page.goto("about:blank")
        self.context.clear_cookies()
        self.evaluate(
            "async () => { await chrome.storage.local.clear(); await chrome.storage.session.clear(); }"
        )


@pytest.fixture(scope="session")
def running() -> Iterator[FakePortals]:
    """The story's fake portals, once for the run: one browser goes through all of these tests."""
    with serve() as portals:
        yield portals


@pytest.fixture(scope="session")
def places_index(places_folder: Path) -> Path:
    """The gazetteer, built before a test waits for an answer: it takes some seconds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTOWN_PLACES", str(places_folder))
        return ensure_index(places_folder)


@pytest.fixture
def server(home: Home, places_index: Path) -> Iterator[Server]:
    with serving(home) as port:
        yield Server(port, home, Store(home.store))


@pytest.fixture(scope="session")
def launch_extension(
    running: FakePortals,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[..., Extension]]:
    """Starts a Chromium with the extension, or a copy of it. All are closed at the end."""
    contexts: list[BrowserContext] = []
    numbers = itertools.count()

    def launch(extension: Path = EXTENSION) -> Extension:
        arguments = {**browser_type_launch_args, "headless": False}
        arguments["args"] = [
            *arguments.get("args", []),
            "--headless=new",
            f"--load-extension={extension}",
            f"--disable-extensions-except={extension}",
            f"--ignore-certificate-errors-spki-list={running.spki}",
            "--lang=en-US",
        ]
        context = browser_type.launch_persistent_context(
            tmp_path_factory.mktemp(f"profile-{next(numbers)}"),
            **arguments,
            proxy={"server": running.proxy_url, "bypass": "127.0.0.1"},
            env={**os.environ, "LANGUAGE": "en_US"},  # what Chromium on Linux goes by
            viewport={"width": 1440, "height": 900},
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        extension_run = Extension(context)
        if not context.service_workers:
            context.wait_for_event("serviceworker")
        return extension_run

    yield launch
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def chromium(launch_extension: Callable[..., Extension]) -> Extension:
    return launch_extension()


@pytest.fixture
def extension(chromium: Extension) -> Extension:
    """The extension as freshly installed."""
    chromium.forget()
    return chromium


@pytest.fixture
def paired(extension: Extension, server: Server) -> Extension:
    """The extension, paired with the running server."""
    extension.connect(server.port, pairing.issue(server.store, "Test browser", utc_now()))
    return extension


@pytest.fixture
def lakeshore(extension: Extension, portals: FakePortals) -> Page:
    """The first tab with Lakeshore's list, signed in."""
    open_taleo(extension.page, portals, LAKESHORE)
    return extension.page


@pytest.fixture
def lakeshore_read(paired: Extension, lakeshore: Page) -> Popup:
    """The popup over that list, which it has read."""
    popup = paired.click_icon(lakeshore)
    popup.wait_for(".rows .row")
    return popup


@pytest.fixture
def recruiters_told(lakeshore_read: Popup, server: Server) -> Popup:
    """The same, and the person has said who handles what."""
    tell_recruiters(server.store)
    return lakeshore_read


@pytest.fixture
def pictures() -> Pictures:
    """Keeps what a popup shows, light and dark, for a person to look at; axe looks at it too, so that every
    state and view of the tests is one that everybody can use."""

    def take(popup: Popup, name: str) -> None:
        for scheme in ("dark", "light"):
            popup.picture(PICTURES / f"{name}-{scheme}.png", scheme)
            assert popup.violations(scheme) == [], f"axe on {name} ({scheme})"

    return take
