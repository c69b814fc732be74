"""Text from pages in the popup, in a real Chromium: it is shown, and nothing in it acts (security.md F14)."""

from __future__ import annotations

from datetime import datetime, timedelta

import httpx
import pytest
from playwright.sync_api import Page

from server import pairing, utc_now
from tests.browser.conftest import Extension, Server
from tests.server.payloads import MARK, PAYLOADS, poison

pytestmark = pytest.mark.browser

ACTIVE = (
    "iframe, object, embed, base, video, audio, math, meta[http-equiv], style:not([data-own]), "
    "script:not([src]), link[href^=http], img[src^=http], img[src=x], form[action^=http], svg script, "
    "[onload], [onerror], [ontoggle], [onmouseover], [onclick]"
)
"""What a payload would have become had it been taken for HTML; the popup itself has none of it."""


@pytest.fixture
def poisoned(extension: Extension, server: Server) -> Extension:
    """The popup's data made of payloads, with a trip to where all of them are."""
    poison(server.store, utc_now())
    issued = pairing.issue(server.store, "Test browser", utc_now())
    arrive = datetime.now() + timedelta(days=12)
    trip = {
        "destination": "Cleveland, Ohio",
        "arrive": f"{arrive:%Y-%m-%d}T08:00",
        "depart": f"{arrive + timedelta(days=3):%Y-%m-%d}T18:00",
    }
    head = {"Authorization": f"Bearer {issued.token}"}
    httpx.post(f"http://127.0.0.1:{server.port}/api/trips", json=trip, headers=head).raise_for_status()
    extension.connect(server.port, issued)
    return extension


def watched(extension: Extension, view: str) -> tuple[Page, list[str]]:
    """A view of the popup as a tab, and the addresses it asks for beyond its own and the server's."""
    page = extension.context.new_page()
    elsewhere: list[str] = []

    def note(address: str) -> None:
        if not address.startswith(("chrome-extension://", "http://127.0.0.1:", "data:", "blob:")):
            elsewhere.append(address)

    page.on("request", lambda request: note(request.url))
    page.on("dialog", lambda dialog: note(f"dialog {dialog.message}"))
    page.add_init_script("window.owned = (what) => { document.title = `OWNED ${what}`; };")
    own = extension.evaluate("() => chrome.runtime.getURL('popup.html')")
    page.goto(f"{own}?view=tab#{view}")
    return page, elsewhere


@pytest.mark.parametrize("view", ["all", "trip"])
def test_what_a_page_says_is_text_in_the_popup(poisoned: Extension, view: str) -> None:
    page, elsewhere = watched(poisoned, view)
    page.get_by_text(MARK).filter(visible=True).first.wait_for()  # not the name in a closed list of filters
    for button in page.locator("main details > summary, main [aria-expanded=false]").all()[:12]:
        if button.is_visible():
            button.click()  # what opens shows more of the text
    shown = page.locator("body").inner_text()
    assert shown.count(MARK) >= 10
    assert "<script>" in shown or "<img" in shown
    assert page.locator(ACTIVE).count() == 0, page.locator(ACTIVE).first.evaluate("(one) => one.outerHTML")
    assert not page.title().startswith("OWNED")
    protocols = set(page.locator("a[href]").evaluate_all("(links) => links.map((link) => link.protocol)"))
    assert protocols <= {"https:", "mailto:", "chrome-extension:"}
    assert elsewhere == []
    page.close()


def test_there_are_enough_payloads() -> None:
    assert len(PAYLOADS) >= 60
