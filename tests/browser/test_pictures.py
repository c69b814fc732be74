"""The popup as a whole tab, and as it stands in a language that is written from right to left.

The pictures are kept under `artefacts/pictures/` for people to look at; every other view is in test_views.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE, MERIDIAN
from server import pairing, utc_now
from server.asking.places import places_at
from tests.browser.conftest import PICTURES, Extension, Server
from tests.browser.icon import EXTENSION_ID
from tests.browser.signing_in import open_taleo, open_workday
from tests.browser.telling import tell_recruiters, tell_the_trip

pytestmark = pytest.mark.browser


def prepare(extension: Extension, server: Server, portals: FakePortals) -> None:
    """The story up to the first ask: two employers read, recruiters told, the trip logged."""
    extension.connect(server.port, pairing.issue(server.store, "Pictures", utc_now()))
    page = extension.page
    for host, go in ((LAKESHORE, open_taleo), (MERIDIAN, open_workday)):
        go(page, portals, host)
        popup = extension.click_icon(page)
        popup.wait_for(".rows .row")
        popup.close()
    tell_recruiters(server.store)
    tell_the_trip(server.store, places_at(server.home.cache))


def open_view(extension: Extension, view: str, width: int, *, tab: bool = False) -> tuple[Page, list[str]]:
    """A view as a page of its own, and the errors that it tells."""
    page = extension.context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.set_viewport_size({"width": width, "height": 600})
    page.emulate_media(reduced_motion="reduce")
    page.goto(f"chrome-extension://{EXTENSION_ID}/popup.html{'?view=tab' if tab else ''}#{view}")
    return page, errors


def check(page: Page, errors: list[str]) -> None:
    assert errors == []
    sideways = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert sideways <= 0, "the view is wider than its window"
    shown: str = page.evaluate("document.body.innerText")
    keys = page.evaluate(
        "() => [...document.body.innerText.matchAll(/\\b[a-z]+(_[a-z]+)+\\b/g)].map((found) => found[0])"
    )
    assert keys == [], f"a key instead of a text: {keys} in {shown!r}"


def keep(page: Page, name: str) -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    for scheme in ("dark", "light"):
        dressed: Any = scheme
        page.emulate_media(color_scheme=dressed, reduced_motion="reduce")
        page.screenshot(path=PICTURES / f"{name}-{scheme}.png", full_page=True)


def trip_with_draft(extension: Extension, width: int, *, tab: bool = False) -> tuple[Page, list[str]]:
    page, errors = open_view(extension, "trip", width, tab=tab)
    page.locator(".ask-card .button.main").first.click()
    page.locator(".draft textarea").wait_for()
    return page, errors


def test_as_a_tab_and_right_to_left(paired: Extension, server: Server, portals: FakePortals) -> None:
    prepare(paired, server, portals)
    page, errors = trip_with_draft(paired, 1100, tab=True)
    check(page, errors)
    assert page.locator(".tab").all_inner_texts() == ["Trip", "All"]  # no page lies under a tab
    keep(page, "view-tab-trip")
    page.close()
    page, errors = trip_with_draft(paired, 400)
    page.evaluate("document.documentElement.dir = 'rtl'")
    check(page, errors)
    keep(page, "view-rtl-trip")
    page.close()
