"""Light or dark: as the machine has it, also when that changes meanwhile, or as was chosen in the settings."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Extension
from tests.browser.icon import Popup

pytestmark = pytest.mark.browser


def shown(popup: Popup, scheme: str) -> str:
    """What the popup wears on a machine of that scheme."""
    popup.dress(scheme)
    ground = popup.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ground')")
    scheme_shown = popup.evaluate("getComputedStyle(document.documentElement).colorScheme")
    assert (ground == "#14191b") is (scheme_shown == "dark")
    return str(scheme_shown)


def choose(popup: Popup, theme: str) -> None:
    """In the settings, which may still be growing: the choice itself is pressed, not a place on the screen."""
    radio = f"input[name=theme][value={theme}]"
    popup.wait_for(radio)
    popup.evaluate(f"document.querySelector('{radio}').click()")
    popup.wait(f"localStorage.getItem('theme') === '{theme}'")


def test_the_colours_follow_the_machine_until_somebody_chooses(paired: Extension) -> None:
    popup = paired.click_icon(paired.page)
    popup.click("#open-settings")
    popup.wait_for("input[name=theme]")
    assert [shown(popup, scheme) for scheme in ("light", "dark", "light")] == ["light", "dark", "light"]
    for chosen in ("dark", "light"):
        choose(popup, chosen)
        assert [shown(popup, scheme) for scheme in ("light", "dark")] == [chosen, chosen]
    popup.close()

    popup = paired.click_icon(paired.page)  # it is remembered, and one may go back
    assert shown(popup, "dark") == "light"
    popup.click("#open-settings")
    choose(popup, "system")
    assert [shown(popup, scheme) for scheme in ("dark", "light")] == ["dark", "light"]
    popup.close()
