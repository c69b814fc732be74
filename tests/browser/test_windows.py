"""Two windows at once: each popup is about its own page, and both see the same data."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE, MERIDIAN
from tests.browser.conftest import Extension, Server
from tests.browser.signing_in import open_taleo, open_workday

pytestmark = pytest.mark.browser


def test_two_popups_do_not_disturb_each_other(lakeshore: Page, paired: Extension, server: Server) -> None:
    """A second window's popup while a full tab is open: both see the same trip."""
    tab = paired.tab("all")
    tab.locator("[data-state=no_applications]").wait_for()
    popup = paired.click_icon(lakeshore)
    popup.wait_for(".rows .row")
    popup.close()
    tab.bring_to_front()
    tab.locator(".tab", has_text="All").click()
    tab.locator(".row").first.wait_for()
    tab.close()


def test_two_windows_each_with_its_own_page(paired: Extension, server: Server, portals: FakePortals) -> None:
    first = paired.page
    open_taleo(first, portals, LAKESHORE)
    browser = paired.context.browser
    assert browser is not None
    with paired.context.expect_page() as opened:
        browser.new_browser_cdp_session().send(
            "Target.createTarget", {"url": "about:blank", "newWindow": True}
        )
    second = opened.value
    open_workday(second, portals, MERIDIAN)
    windows = [
        paired.context.new_cdp_session(page).send("Browser.getWindowForTarget") for page in (first, second)
    ]
    assert windows[0]["windowId"] != windows[1]["windowId"]
    for page, employer in ((second, "Meridian"), (first, "Lakeshore"), (second, "Meridian")):
        popup = paired.click_icon(page)
        popup.wait_for(".rows .row")
        assert employer in popup.text("h1")
        popup.close()
    second.close()
    assert {one["host"] for one in server.store.read().all("applications").values()} == {LAKESHORE, MERIDIAN}
