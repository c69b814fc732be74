"""Everybody can use it: axe-core finds nothing in any view, light or dark, and the keyboard alone is enough."""

from __future__ import annotations

import pytest

from fixtures.portals import story
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup
from tests.browser.telling import log_the_trip, tell_recruiters

pytestmark = pytest.mark.browser


def check(popup: Popup) -> None:
    """Nothing wrong in either scheme."""
    for scheme in ("dark", "light"):
        assert popup.violations(scheme) == []


def test_axe_on_the_first_run(extension: Extension, server: Server) -> None:
    extension.connect(server.port, None)
    popup = extension.click_icon(extension.page)
    popup.wait_for("#pair-code")
    check(popup)
    popup.close()


def test_axe_on_a_state(extension: Extension, server: Server, paired: Extension) -> None:
    popup = extension.click_icon(extension.page)
    popup.wait_for_state("unreadable")
    check(popup)
    popup.click("#open-settings")
    popup.wait_for_text("Connected to InTown")
    check(popup)
    popup.close()


def test_axe_on_every_view(lakeshore_read: Popup, server: Server) -> None:
    popup = lakeshore_read
    check(popup)
    popup.click(".row .line")
    popup.click(".panel .button", "Put it right")
    check(popup)
    tell_recruiters(server.store)
    log_the_trip(popup)
    check(popup)
    popup.click(".button.main", "See whom to ask")
    popup.wait_for(".ask-card")
    check(popup)
    popup.click(".ask-card .button", "Read the e-mail")
    check(popup)
    popup.click(".ask-card .button", "Call script")
    check(popup)
    popup.click(".ask-card .button", "Read the e-mail")
    popup.click(".button.main", "I have sent it")
    popup.click(".button", "They said yes")
    check(popup)
    popup.click(".tab", "All")
    popup.wait_for(".rows .row")
    popup.click(".people-section summary")
    popup.wait_for(".people li")
    check(popup)
    popup.close()


def tab_to(popup: Popup, css: str, text: str = "", limit: int = 60) -> None:
    """Press Tab until the focus stands on a match; fails if it never does, or if the focus cannot be seen."""
    for _ in range(limit):
        found = popup.evaluate(
            f"(() => {{ const at = document.activeElement; return at.matches({css!r}) && at.textContent.includes({text!r}); }})()"
        )
        if found:
            outline = popup.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            assert outline != "none", f"the focus on {css} cannot be seen"
            return
        popup.press("Tab")
    raise AssertionError(f"Tab never reaches {css} {text!r}")


def test_the_founding_case_by_keyboard_alone(
    recruiters_told: Popup, server: Server, pictures: Pictures
) -> None:
    popup = recruiters_told

    tab_to(popup, ".row .line")
    popup.press("Enter")
    popup.wait_for(".row .line[aria-expanded=true]")
    pictures(popup, "keyboard-row")
    tab_to(popup, ".tab[aria-selected=true]")
    popup.press("ArrowRight")
    popup.wait_for("#destination")

    trip = story().trip
    tab_to(popup, "#destination")
    popup.type("Cleveland, O")
    popup.wait_for("[role=option]")
    popup.press("ArrowDown")
    popup.press("Enter")
    popup.wait("document.querySelector('#destination').value === 'Cleveland, Ohio, US'")
    for field, moment in (("#arriveDay", trip.arrive), ("#departDay", trip.depart)):
        tab_to(popup, field)
        popup.type(f"{moment:%m%d%Y}")
    tab_to(popup, ".button.main", "See whom to ask")
    popup.press("Enter")
    popup.wait_for(".ask-card")

    tab_to(popup, ".ask-card .button", "Read the e-mail")
    popup.press("Enter")
    tab_to(popup, ".draft textarea")
    popup.type("PS ")
    popup.wait("document.querySelector('.draft textarea').value.includes('PS ')")
    pictures(popup, "keyboard-draft")
    tab_to(popup, ".draft .button.main")
    popup.press("Enter")
    popup.wait_for_text("They said yes")
    tab_to(popup, ".button", "They said yes")
    popup.press("Enter")
    tab_to(popup, ".drawer .button.main", "Book it")
    popup.press("Enter")
    popup.wait("document.querySelectorAll('.half.booked').length === 1")
    popup.close()
    (stored,) = server.store.read().all("trips").values()
    assert len(stored["bookings"]) == 1
