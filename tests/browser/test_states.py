"""What can stand in the way, each in a real popup after a real click: one sentence, one button, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page, Route

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE
from scraper.settings import Home
from scraper.store import Store
from server import pairing, utc_now
from server.listen import serving
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup
from tests.browser.impostors import Answer, of_the_future, on_a_port, stranger, without_proof

pytestmark = pytest.mark.browser

NEWS = "https://news.example.org/today"


def show(page: Page, html: str, url: str = NEWS) -> None:
    """Open a page of our own making under a name that the fakes do not serve."""

    def answer(route: Route) -> None:
        route.fulfill(body=f"<!doctype html><title>News</title>{html}", content_type="text/html")

    page.route(url, answer)
    page.goto(url)


def one_button(popup: Popup) -> str:
    """The text of the state's one button."""
    buttons = popup.texts("[data-state] > .button")
    assert len(buttons) == 1
    return buttons[0]


def stored(server: Server) -> int:
    return len(server.store.read().all("applications"))


def test_server_off_then_on(
    lakeshore: Page, extension: Extension, home: Home, places_index: Path, pictures: Pictures
) -> None:
    with serving(home) as port:
        extension.connect(port, pairing.issue(Store(home.store), "Test", utc_now()))
    popup = extension.click_icon(lakeshore)
    popup.wait_for_state("server_off")
    pictures(popup, "state-server-off")
    assert one_button(popup) == "Try again"
    assert "intown serve" in popup.text()
    with serving(home, port):  # the popup looks again by itself
        popup.wait_for(".rows .row")
    popup.close()


@pytest.mark.parametrize("answer", [stranger, without_proof])
def test_another_program_gets_no_page(
    lakeshore: Page, extension: Extension, pictures: Pictures, answer: Answer
) -> None:
    token = "a-token-that-must-not-leave"
    with on_a_port(answer) as impostor:
        extension.connect(impostor.port, pairing.Issued(token, "abcdef01"))
        popup = extension.click_icon(lakeshore)
        popup.wait_for_state("other_program")
        pictures(popup, "state-other-program")
        assert one_button(popup) == "Change the address"
        for view in ("Trip", "All"):
            popup.click(".tab", view)
            popup.wait_for_state("other_program")
        popup.close()
    assert impostor.requests
    assert "Charge Nurse" not in impostor.learnt
    assert token not in impostor.learnt


def test_a_server_of_another_version(lakeshore: Page, extension: Extension, pictures: Pictures) -> None:
    with on_a_port(of_the_future) as impostor:
        extension.connect(impostor.port, pairing.Issued("token", "abcdef01"))
        popup = extension.click_icon(lakeshore)
        popup.wait_for_state("wrong_version")
        pictures(popup, "state-wrong-version")
        assert "9.0.0" in popup.text()
        assert one_button(popup) == "Try again"
        popup.close()


def test_first_run_pairs_with_the_code(
    lakeshore: Page, extension: Extension, server: Server, pictures: Pictures
) -> None:
    extension.connect(server.port, None)
    popup = extension.click_icon(lakeshore)
    popup.wait_for("#pair-code")
    pictures(popup, "first-run-pair")
    code = pairing.open_code(server.store, utc_now())
    popup.fill("#pair-code", "00000000" if code != "00000000" else "11111111")
    popup.wait_for(".wrong:not(:empty)")
    pictures(popup, "first-run-wrong-code")
    popup.fill("#pair-code", f"{code[:4]} {code[4:]}")
    popup.wait_for_text("Read this page")
    pictures(popup, "first-run-done")
    popup.click(".button", "Read this page")
    popup.wait_for(".rows .row")
    popup.close()
    assert len(server.store.read().all("tokens")) == 1


def test_first_run_while_the_server_is_off(extension: Extension, pictures: Pictures) -> None:
    extension.connect(9, None)
    popup = extension.click_icon(extension.page)
    popup.wait_for('[data-connection="server_off"]')
    pictures(popup, "first-run-server-off")
    popup.close()


def test_a_revoked_token(lakeshore: Page, paired: Extension, server: Server, pictures: Pictures) -> None:
    with server.store.transaction() as tx:
        for client in list(tx.all("tokens")):
            tx.remove("tokens", client)
    popup = paired.click_icon(lakeshore)
    popup.wait_for_state("not_paired")
    pictures(popup, "state-not-paired")
    assert one_button(popup) == "Pair again"
    popup.click("[data-state] > .button")
    popup.wait_for("#pair-code")
    popup.close()
    assert stored(server) == 0


def test_a_page_that_is_no_portal(paired: Extension, server: Server, pictures: Pictures) -> None:
    page = paired.page
    show(page, "<h1>Today</h1><p>It rains.</p>")
    popup = paired.click_icon(page)
    popup.wait_for_state("unknown_host")
    pictures(popup, "state-unknown-host")
    assert "news.example.org" in popup.text()
    popup.click("[data-state] > .button")  # the second click
    popup.wait_for_state("nothing_found")
    pictures(popup, "state-nothing-found")
    popup.close()
    assert stored(server) == 0


def test_a_password_on_the_page(paired: Extension, server: Server, pictures: Pictures) -> None:
    page = paired.page
    show(page, "<form>Password <input type=password value=hunter2></form>")
    popup = paired.click_icon(page)
    popup.wait_for_state("unknown_host")
    popup.click("[data-state] > .button")
    popup.wait_for_state("password")
    pictures(popup, "state-password")
    popup.close()


def test_a_page_of_the_browser(paired: Extension, pictures: Pictures) -> None:
    page = paired.page
    page.goto("chrome://version")
    popup = paired.click_icon(page)
    popup.wait_for_state("unreadable")
    pictures(popup, "state-unreadable")
    assert one_button(popup) == "See all applications"
    popup.close()


def test_not_signed_in(paired: Extension, server: Server, portals: FakePortals, pictures: Pictures) -> None:
    page = paired.page
    page.goto(portals.host(LAKESHORE).list_url)
    page.locator('[id$="ContinueButton"]').click()
    page.locator('[id$="login-password"]').fill("typed but not sent")
    popup = paired.click_icon(page)
    popup.wait_for_state("not_signed_in")
    pictures(popup, "state-not-signed-in")
    popup.close()
    assert stored(server) == 0


def test_signed_in_but_empty(
    lakeshore: Page, paired: Extension, server: Server, portals: FakePortals, pictures: Pictures
) -> None:
    portals.host(LAKESHORE).behave("empty")
    lakeshore.reload()
    popup = paired.click_icon(lakeshore)
    popup.wait_for_state("empty")
    pictures(popup, "state-empty")
    popup.close()


def test_a_part_of_the_list(lakeshore: Page, paired: Extension, server: Server, pictures: Pictures) -> None:
    lakeshore.locator('[id="mySubmissionsInterface.myAppDropListSize"]').select_option("5")
    lakeshore.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row6"]').wait_for(state="detached")
    popup = paired.click_icon(lakeshore)
    popup.wait_for(".rows .row")
    assert "5 of 8" in popup.text('[data-state="partly"]')
    pictures(popup, "state-partly")
    popup.close()
    assert stored(server) == 5


def test_a_list_in_a_frame_of_another_host(paired: Extension, server: Server, pictures: Pictures) -> None:
    page = paired.page
    show(page, "<p>Your submissions</p>", "https://careers-acme.icims.com/jobs/dashboard")
    show(page, '<iframe width=600 height=400 src="https://careers-acme.icims.com/jobs/dashboard"></iframe>')
    popup = paired.click_icon(page)
    popup.wait_for_state("unknown_host")
    popup.click("[data-state] > .button")
    popup.wait_for_state("frame")
    pictures(popup, "state-frame")
    assert one_button(popup) == "Allow and read"
    popup.close()
    assert stored(server) == 0


def test_a_page_too_large(lakeshore: Page, paired: Extension, pictures: Pictures) -> None:
    lakeshore.evaluate(
        "() => { document.body.append(...Array.from({length: 5000}, () => { const p = document.createElement('p');"
        " p.textContent = 'too much '.repeat(110); return p; })); }"
    )
    popup = paired.click_icon(lakeshore)
    popup.wait_for_state("too_large")
    pictures(popup, "state-too-large")
    popup.close()


def test_a_page_that_changes_meanwhile_is_not_kept(
    lakeshore: Page, paired: Extension, server: Server, pictures: Pictures
) -> None:
    """Another host's page comes up between the click and the capture: nothing of it is sent."""
    paired.evaluate(
        """() => {
            const get = chrome.tabs.get;
            chrome.tabs.get = async (id) => ({...(await get.call(chrome.tabs, id)), url: "https://other.taleo.net/list"});
            self.restore = () => { chrome.tabs.get = get; };
        }"""
    )
    popup = paired.click_icon(lakeshore)
    popup.wait_for_state("page_moved")
    pictures(popup, "state-page-moved")
    popup.close()
    paired.evaluate("() => self.restore()")
    assert stored(server) == 0
