"""Fixtures for every test: a home of its own, the fake portals, and a browser that exists on this machine."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from scraper.settings import Home

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserType

    from fixtures.portals import FakePortals


def pytest_configure() -> None:
    """A shell that starts something in the background has it ignore Ctrl-C, and all that it starts; the programs that
    the tests stop by Ctrl-C must hear it."""
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test ever sees the files of the person who runs it, nor the network settings of the machine."""
    monkeypatch.setenv("INTOWN_HOME", str(tmp_path / "home"))
    for name in ("INTOWN_PROXY", "INTOWN_CA_FILE", "INTOWN_TRUSTED_SPKI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="session")
def places_folder(request: pytest.FixtureRequest) -> Path:
    """The folder of the places index, one for all tests and runs: it takes seconds to build and holds nothing
    personal. Its own version number says when it is to be built again."""
    cache = request.config.cache
    assert cache is not None, "run pytest with its cache, which holds the places index"
    return Path(cache.mkdir("intown-places"))


@pytest.fixture(autouse=True)
def _one_places_index(places_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PLACES", str(places_folder))


@pytest.fixture
def home() -> Home:
    """A fresh, empty home."""
    return Home.find().make()


@contextmanager
def own_event_loop(item: pytest.Item | pytest.Collector) -> Iterator[None]:
    """Playwright's plain API leaves its event loop marked as running in this thread as long as its session
    lives, which is to the end of the run. A test that does not use it may run asyncio itself, and so may its
    fixtures: whole modules share one night's sync, which is why this is not a fixture, as it would come too late."""
    if "playwright" in getattr(item, "fixturenames", ()):
        yield
        return
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        yield
    finally:
        asyncio._set_running_loop(loop)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None, None, None]:
    """See `own_event_loop`."""
    with own_event_loop(item):
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None, None, None]:
    """See `own_event_loop`."""
    with own_event_loop(item):
        return (yield)


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    """The story's fake portals, once for a module. One that needs others says so with a `running` of its own."""
    from fixtures.portals import serve  # here: most tests need no web server and should not wait for one

    with serve() as portals:
        yield portals


@pytest.fixture
def portals(running: FakePortals) -> FakePortals:
    """The fake portals as on the first day of their story."""
    running.reset()
    return running


@pytest.fixture(scope="module")
def chromium(
    running: FakePortals, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A browser that reaches nothing but the fakes: by proxy, trusting the one leaf by its key."""
    trust = f"--ignore-certificate-errors-spki-list={running.spki}"
    arguments = {**browser_type_launch_args, "args": [*browser_type_launch_args.get("args", []), trust]}
    browser = browser_type.launch(**arguments, proxy={"server": running.proxy_url})
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's own fixture, told which browser to use (run.py sets INTOWN_BROWSER)."""
    arguments = dict(browser_type_launch_args)
    if path := os.environ.get("INTOWN_BROWSER") or default_browser():
        arguments["executable_path"] = path
    # As root Chromium has no sandbox to offer; an ordinary user keeps theirs.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments["args"] = [*arguments.get("args", []), *(["--no-sandbox"] if root else [])]
    return arguments


def default_browser() -> str | None:
    """For `pytest` called directly: the browser that the product would choose."""
    from scraper.browsers import find_browser

    return find_browser()
