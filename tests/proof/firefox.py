"""The extension in a real Firefox: `python -m tests.proof.firefox`; part of `run.py proof`.

Installed from the file for Firefox, its button clicked in the toolbar over a fake portal, paired with a code at a real
server, the page read, a trip logged, a message opened. Not a pytest test: few machines that run the tests have a
Firefox, and a test that tried nothing must not count as passed.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from fixtures.portals import FakePortals, serve, story
from fixtures.portals.story import LAKESHORE
from scraper.settings import Home
from scraper.store import Store
from server import pairing, utc_now
from server.asking.gazetteer import ensure_index
from server.commands.extension import GECKO, build_zip
from server.listen import serving
from tests.proof.marionette import Firefox, find_firefox, picture, running, until

PICTURES = Path(__file__).resolve().parents[2] / "artefacts" / "pictures" / "firefox"
POPUP = "browser.webextension-popup-browser"

ASK_POPUP = """
    const [css, code] = arguments;
    const context = document.querySelector(css)?.browsingContext;
    const actor = context?.currentWindowGlobal?.getActor("MarionetteCommands");
    if (!actor) return null;
    return actor.executeScript(`return (async () => (${code}))()`, [], {timeout: 20000, sandboxName: null, async: false});
"""
"""Evaluates in the popup, in the way that Marionette does in a page: the content policy stands aside."""


class Popup:
    """InTown's popup in Firefox."""

    def __init__(self, firefox: Firefox) -> None:
        self.firefox = firefox
        self.wait("document.readyState === 'complete'")

    def look(self, expression: str) -> Any:
        return self.firefox.window(ASK_POPUP, POPUP, expression)

    def wait(self, expression: str) -> None:
        until(lambda: self.look(f"Boolean({expression})") is True, expression)

    def see(self, css: str) -> None:
        self.wait(f"document.querySelector({css!r})")

    def press(self, css: str, text: str = "") -> None:
        found = f"[...document.querySelectorAll({css!r})].find((one) => one.textContent.includes({text!r}))"
        self.wait(found)
        self.look(f"{found}.click()")

    def fill(self, css: str, text: str) -> None:
        self.see(css)
        self.look(
            f"(() => {{ const field = document.querySelector({css!r}); field.focus(); field.value = {text!r};"
            " for (const kind of ['input', 'change']) field.dispatchEvent(new Event(kind, {bubbles: true})); })()"
        )

    def texts(self, css: str) -> list[str]:
        told: list[str] = self.look(f"[...document.querySelectorAll({css!r})].map((one) => one.textContent)")
        return told

    def keep(self, name: str) -> None:
        picture(self.firefox, PICTURES / f"{name}.png", POPUP)


def button_id() -> str:
    """The id of the extension's button, as Firefox makes it from the extension's own."""
    return "".join(letter if letter.isalnum() or letter == "-" else "_" for letter in GECKO["id"])


def pin(firefox: Firefox) -> None:
    """Put the button into the toolbar, as a person does with "Pin to toolbar"."""
    firefox.window("CustomizableUI.addWidgetToArea(`${arguments[0]}-browser-action`, 'nav-bar')", button_id())


def click_icon(firefox: Firefox) -> Popup:
    firefox.press(f"#{button_id()}-BAP", "chrome")
    return Popup(firefox)


def sign_in(firefox: Firefox, portals: FakePortals) -> None:
    """Lakeshore's list, all on one page."""
    fake = portals.host(LAKESHORE)
    firefox.open(fake.list_url)
    firefox.press('[id$="ContinueButton"]')
    firefox.type('[id$="login-name1"]', fake.user.name)
    firefox.type('[id$="login-password"]', fake.user.password)
    firefox.press('[id$="login-defaultCmd"]')
    firefox.wait("return document.readyState === 'complete' && location.pathname.includes('mysubmissions')")
    firefox.page(
        """const choice = document.getElementById("mySubmissionsInterface.myAppDropListSize");
        choice.value = "25";
        choice.dispatchEvent(new Event("change", {bubbles: true}));"""
    )
    firefox.wait("return document.getElementById('mySubmissionsInterface.reqTitleLinkAction.row6') !== null")


def founding_case(firefox: Firefox, store: Store, port: int, portals: FakePortals) -> None:
    """From the first click to the finished message. Raises AssertionError where it stops."""
    sign_in(firefox, portals)
    popup = click_icon(firefox)
    popup.see("[data-connection]")
    popup.look(f"chrome.storage.local.set({{connection: {{port: {port}, token: '', client: ''}}}})")
    popup.see("#pair-code")
    assert popup.look("innerWidth - document.documentElement.clientWidth") == 0, "a scrollbar for nothing"
    popup.keep("1-first-run")
    popup.fill("#pair-code", pairing.open_code(store, utc_now()))
    popup.press(".button.main", "Read this page")
    popup.see(".rows .row")
    popup.keep("2-here")
    stored = store.read().all("applications")
    assert len(stored) == 8, f"{len(stored)} of 8 applications were read"
    (client,) = pairing.clients(store)
    assert client.origin.startswith("moz-extension://"), client
    assert client.label == "Firefox", client

    trip = story().trip
    popup.press(".tab", "Trip")
    popup.fill("#destination", "Cleveland, Ohio, US")
    for field, moment in (("arrive", trip.arrive), ("depart", trip.depart)):
        popup.fill(f"#{field}Day", f"{moment:%Y-%m-%d}")
        popup.fill(f"#{field}Time", f"{moment:%H:%M}")
    popup.press(".button.main", "See whom to ask")
    popup.see(".ask-card")
    popup.keep("3-trip")
    popup.press('.ask-card [data-do="mail"]')
    popup.see(".drawer textarea")
    popup.look("document.querySelector('.drawer').scrollIntoView()")
    popup.keep("4-message")
    popup.press(".tab", "All")
    popup.see(".rows .row")
    popup.keep("5-all")


@contextmanager
def furnished(path: str) -> Iterator[tuple[Firefox, Store, int, FakePortals]]:
    """Firefox with the extension in it, a server, and the fake portals behind their real names."""
    with tempfile.TemporaryDirectory() as name, serve() as portals:
        folder = Path(name)
        home = Home(folder / "data", folder / "cache", folder / "logs").make()
        ensure_index(home.cache)
        proxy = urlsplit(portals.proxy_url)
        preferences = {
            "network.proxy.type": 1,
            "network.proxy.ssl": proxy.hostname,
            "network.proxy.ssl_port": proxy.port,
            "intl.locale.requested": "en-US",
        }
        with serving(home) as port, running(path, folder / "profile", preferences) as firefox:
            firefox.install(build_zip(folder, "firefox"))
            pin(firefox)
            yield firefox, Store(home.store), port, portals


def main() -> int:
    """0 where it went well or no Firefox is installed, which is said; 1 where it did not."""
    path = os.environ.get("INTOWN_FIREFOX") or find_firefox()
    if path is None:
        print("Firefox is not installed on this machine: the extension was NOT tried in it.")
        return 0
    with furnished(path) as (firefox, store, port, portals):
        try:
            founding_case(firefox, store, port, portals)
        except AssertionError as error:
            print(f"Firefox {firefox.version}: {error}", file=sys.stderr)
            return 1
        print(f"Firefox {firefox.version}: paired, read a portal's page, logged a trip, wrote a message.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
