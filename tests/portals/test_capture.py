"""The sync and the click read the same: each golden page as it is, and as the capture cleans it in a browser."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route

from scraper.model import PageSnapshot
from scraper.portals import portal_by_kind
from scraper.reading.html import Page as Parsed
from scraper.reading.page import parse_page
from server.recording import golden_of
from tests.portals.declared import selectors
from tests.portals.golden import Golden, goldens

CAPTURE = (Path(__file__).parents[2] / "extension" / "capture.js").read_text("utf-8")
pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Page:
    """One tab in a window as large as the portals need."""
    return browser.new_page(viewport={"width": 1440, "height": 1000})


def captured(tab: Page, url: str, html: str) -> tuple[str, str]:
    """URL and cleaned HTML of a page served under its own address; nothing else is served."""

    def answer(route: Route) -> None:
        if route.request.url.partition("#")[0] == url.partition("#")[0]:
            route.fulfill(body=html, content_type="text/html; charset=utf-8")
        else:
            route.abort()

    tab.unroute_all()
    tab.route("**/*", answer)
    tab.goto("about:blank")
    tab.goto(url, wait_until="domcontentloaded")
    cleaned = tab.evaluate(f"() => {{ {CAPTURE}\nreturn captureDocument(); }}")
    return cleaned["url"], cleaned["html"]


@pytest.mark.parametrize(
    "golden",
    [golden for golden in goldens() if golden.snapshot().html.strip()],
    ids=lambda golden: golden.name,
)
def test_click_and_sync_read_the_same(tab: Page, golden: Golden) -> None:
    raw = golden.snapshot()
    _, html = captured(tab, raw.url, raw.html)
    frames = tuple(replace(frame, html=captured(tab, frame.url, frame.html)[1]) for frame in raw.frames)
    clicked = PageSnapshot(
        url=raw.url,
        captured_at=raw.captured_at,
        html=html,
        frames=frames,
        answers=raw.answers,
        source="click",
    )
    assert golden_of(parse_page(clicked)) == golden_of(parse_page(raw))


def test_marks_hold_in_the_live_page_as_in_the_saved_one(tab: Page) -> None:
    """The sync waits for marks in the live page: the mark that names the saved page must be visible there."""
    named = 0
    for golden in goldens():
        raw = golden.snapshot()
        portal = portal_by_kind(golden.portal)
        kind = portal.kind_of(Parsed(raw))
        if kind is None or not raw.html.strip() or raw.frames:
            continue
        captured(tab, raw.url, raw.html)
        assert tab.locator(portal.marks[kind]).locator("visible=true").count() > 0, golden.name
        named += 1
    assert named > 60


def test_every_declared_selector_is_one_to_the_browser(tab: Page) -> None:
    captured(tab, "https://empty.example/", "<title>empty</title>")
    for portal in {golden.portal: portal_by_kind(golden.portal) for golden in goldens()}.values():
        for css in selectors(portal):
            assert tab.locator(css).count() == 0
