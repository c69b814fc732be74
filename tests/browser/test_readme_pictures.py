"""The pictures of the README: the founding story in the real popup, large enough to read.

They are written to `artefacts/pictures/`; `docs/` holds the ones that were chosen.
"""

from __future__ import annotations

import base64

import pytest

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE, MERIDIAN
from scraper import accounts
from server import planning
from tests.browser.conftest import PICTURES, Extension, Server
from tests.browser.icon import Popup
from tests.browser.test_pictures import prepare

pytestmark = pytest.mark.browser


def large_picture(popup: Popup, name: str, height: int, top: str = "body") -> None:
    """The popup at twice the size, `height` CSS pixels from where the element `top` stands."""
    popup.dress("light")
    popup.evaluate("document.documentElement.style.scrollbarWidth = 'none'")
    y = popup.evaluate(
        f"(window.scrollTo(0, 0), document.querySelector({top!r}).getBoundingClientRect().top)"
    )
    clip = {"x": 0, "y": y, "width": 400, "height": height, "scale": 2}
    shot = popup.send("Page.captureScreenshot", format="png", clip=clip, captureBeyondViewport=True)
    data = base64.b64decode(shot["data"])
    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / f"{name}.png").write_bytes(data)


def test_the_founding_story(paired: Extension, server: Server, portals: FakePortals) -> None:
    for name, employer in ((LAKESHORE, "Lakeshore Health"), (MERIDIAN, "Meridian Labs")):
        url = portals.host(name).list_url
        accounts.add(server.store, accounts.account_from_url(url, employer=employer))
    prepare(paired, server, portals)
    planning.save_settings(server.store, "me", {"name": "Dana Reyes", "phone": "(555) 010-0142"})
    page = paired.page
    page.goto(portals.host(LAKESHORE).list_url)  # still signed in
    page.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row1"]').wait_for()
    page.locator('[id="mySubmissionsInterface.myAppDropListSize"]').select_option("25")
    page.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row6"]').wait_for()
    popup = paired.click_icon(page)
    popup.wait("document.querySelectorAll('.row.ask').length > 2")
    large_picture(popup, "readme-here", 600)
    popup.close()

    popup = paired.click_icon(page)
    popup.click(".tab", "Trip")
    popup.wait_for(".ask-card")
    large_picture(popup, "readme-trip", 662)
    popup.close()

    popup = paired.click_icon(page)
    popup.click(".tab", "Trip")
    popup.click(".ask-card .button", "Read the e-mail")
    popup.wait("document.querySelector('.draft textarea')?.value.includes('Dana Reyes')")
    popup.evaluate("document.activeElement.blur()")
    large_picture(popup, "readme-draft", 700, ".drawer .draft")
    popup.close()
