"""The worker behind the popup: killed in mid-capture, asked by a stranger, bringing the news."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE
from server.api import pages
from tests.browser.conftest import Extension, Server
from tests.browser.icon import EXTENSION_ID
from tests.browser.signing_in import open_taleo

pytestmark = pytest.mark.browser


def kill_worker(extension: Extension) -> None:
    """Stop the service worker as Chrome does when it likes."""
    browser = extension.context.browser
    assert browser is not None
    session = browser.new_browser_cdp_session()
    for target in session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]:
        if target["type"] == "service_worker" and EXTENSION_ID in target["url"]:
            session.send("Target.closeTarget", {"targetId": target["targetId"]})
    session.detach()


class HeldUp:
    """Holds the server up in the middle of reading a page, until told to go on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.times = 0
        self._arrived, self._go_on = threading.Event(), threading.Event()
        self._parse = pages._parse
        monkeypatch.setattr(pages, "_parse", self._slowly)

    def _slowly(self, *arguments: Any, **more: Any) -> Any:
        self.times += 1
        self._arrived.set()
        assert self._go_on.wait(10)
        return self._parse(*arguments, **more)

    def wait(self, page: Page) -> None:
        """Until the page has reached the server."""
        for _ in range(500):
            if self._arrived.is_set():
                return
            page.wait_for_timeout(20)
        raise AssertionError("the page never reached the server")

    def go_on(self) -> None:
        self._go_on.set()


def test_a_worker_killed_in_mid_capture_loses_nothing(
    lakeshore: Page, paired: Extension, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = HeldUp(monkeypatch)
    popup = paired.click_icon(lakeshore)
    reading.wait(lakeshore)
    kill_worker(paired)
    reading.go_on()
    popup.wait_for(".rows .row")  # asked again, answered by a new worker
    popup.close()
    assert reading.times == 2
    assert len(server.store.read().all("applications")) == 8


def test_closing_the_popup_loses_nothing(
    lakeshore: Page, paired: Extension, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = HeldUp(monkeypatch)
    popup = paired.click_icon(lakeshore)
    reading.wait(lakeshore)
    popup.close()
    reading.go_on()
    for _ in range(100):
        kept = paired.evaluate(
            "async () => Object.entries(await chrome.storage.session.get()).find(([key]) => key.startsWith('here:'))?.[1]"
        )
        if kept:
            break
        lakeshore.wait_for_timeout(50)
    assert kept["state"] == "read"
    assert len(server.store.read().all("applications")) == 8


def test_the_page_can_neither_ask_nor_read(lakeshore: Page, paired: Extension, server: Server) -> None:
    """As if a portal had taken over its own process and spoke with the voice of our injected script."""
    popup = paired.click_icon(lakeshore)  # grants access to the tab
    popup.wait_for(".rows .row")
    popup.close()
    told = paired.evaluate(
        """async () => {
            const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
            const [{result}] = await chrome.scripting.executeScript({target: {tabId: tab.id}, func: async () => {
                const asked = await Promise.race([
                    chrome.runtime.sendMessage({what: "api", method: "GET", path: "/api/applications"}).catch(String),
                    new Promise((resolve) => setTimeout(resolve, 1500, "silence")),
                ]);
                const stored = await chrome.storage.local.get().catch(String);
                const session = await chrome.storage.session.get().catch(String);
                return {asked: asked ?? "nothing", stored, session};
            }});
            return result;
        }"""
    )
    assert "applications" not in str(told["asked"])
    assert "Access to storage is not allowed" in told["stored"]
    assert "Access to storage is not allowed" in told["session"]


def wait_for_badge(extension: Extension, page: Page, text: str) -> None:
    for _ in range(200):
        if (shown := extension.evaluate("() => chrome.action.getBadgeText({})")) == text:
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"the badge shows {shown!r}, not {text!r}")


def read_on_two_days(extension: Extension, page: Page, portals: FakePortals) -> None:
    """The list as it is, and as it is a day later. The second time the popup shows the old reading first, so its rows
    say nothing: only what changed says that the new one is stored."""
    open_taleo(page, portals, LAKESHORE)
    for sign in ("8 applications", "Changed"):
        popup = extension.click_icon(page)
        popup.wait_for_text(sign)
        popup.close()
        portals.advance_day()
        page.reload()
        page.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row6"]').wait_for()


def test_the_badge_counts_and_one_notice_tells(
    paired: Extension, server: Server, portals: FakePortals
) -> None:
    page = paired.page
    paired.evaluate("() => chrome.storage.local.set({settings: {notify: true, quietFrom: 0, quietUntil: 0}})")
    read_on_two_days(paired, page, portals)
    ring = "() => chrome.alarms.create('news', {when: Date.now()})"
    paired.evaluate(ring)
    wait_for_badge(paired, page, "1")
    told = paired.evaluate("() => chrome.notifications.getAll()")
    assert list(told) == ["news"]

    paired.evaluate("() => chrome.notifications.clear('news')")
    paired.evaluate(ring)
    page.wait_for_timeout(1500)
    assert paired.evaluate("() => chrome.notifications.getAll()") == {}  # told once

    popup = paired.click_icon(page)
    popup.click(".tab", "All")  # looked at
    popup.wait_for(".rows .row")
    wait_for_badge(paired, page, "")
    popup.close()


def test_quiet_hours_are_quiet(paired: Extension, server: Server, portals: FakePortals) -> None:
    page = paired.page
    paired.evaluate(
        "() => chrome.storage.local.set({settings: {notify: true, quietFrom: 0, quietUntil: 24}})"
    )
    read_on_two_days(paired, page, portals)
    paired.evaluate("() => chrome.alarms.create('news', {when: Date.now()})")
    wait_for_badge(paired, page, "1")
    assert paired.evaluate("() => chrome.notifications.getAll()") == {}
