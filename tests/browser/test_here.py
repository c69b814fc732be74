"""The icon clicked for real on each fake portal: applications stored, verdicts shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import HARBOR, LAKESHORE, MERIDIAN
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup
from tests.browser.signing_in import open_workday

pytestmark = pytest.mark.browser


def test_a_click_on_taleo_stores_and_answers(
    lakeshore_read: Popup, server: Server, portals: FakePortals, pictures: Pictures
) -> None:
    popup = lakeshore_read
    pictures(popup, "here-taleo")
    assert "Lakeshore" in popup.text("h1")
    titles = popup.texts(".row .title")
    listed = [one.title for one in portals.host(LAKESHORE).listed()]
    assert sorted(titles) == sorted(listed)
    stored = server.store.read().all("applications")
    assert sorted(one["title"] for one in stored.values()) == sorted(listed)
    assert popup.console == []
    popup.close()


@pytest.mark.parametrize("host", [MERIDIAN, HARBOR])
def test_a_click_on_workday_stores_and_answers(
    paired: Extension, server: Server, portals: FakePortals, pictures: Pictures, host: str
) -> None:
    page = paired.page
    open_workday(page, portals, host)
    on_page = page.locator('[data-automation-id="applicationTitle"]:visible').all_inner_texts()
    popup = paired.click_icon(page)
    popup.wait_for(".rows .row")
    pictures(popup, f"here-workday-{host.split('.')[0]}")
    assert set(on_page) <= set(popup.texts(".row .title"))
    stored = server.store.read().all("applications").values()
    assert {one["host"] for one in stored} == {host}
    assert set(on_page) <= {one["title"] for one in stored}
    assert all(popup.texts(".row .chip"))
    popup.close()


def test_what_changed_overnight_is_marked(
    lakeshore_read: Popup,
    lakeshore: Page,
    paired: Extension,
    server: Server,
    portals: FakePortals,
    pictures: Pictures,
) -> None:
    popup = lakeshore_read
    popup.close()
    portals.advance_day()
    lakeshore.reload()
    lakeshore.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row6"]').wait_for()
    popup = paired.click_icon(lakeshore)
    popup.wait_for_text("Changed")
    row = popup.evaluate(
        "[...document.querySelectorAll('.row')].find((one) => one.textContent.includes('Nurse Educator')).innerText"
    )
    assert "Changed" in row
    assert "Referred to hiring manager" in row
    popup.click(".row .line", "Nurse Educator")
    popup.wait("document.querySelectorAll('.history li').length === 2")
    pictures(popup, "here-changed")
    popup.close()


def test_a_stage_is_put_right(lakeshore: Page, paired: Extension, server: Server, pictures: Pictures) -> None:
    popup = paired.click_icon(lakeshore)
    popup.click(".row .line", "RN, Step-Down")
    popup.click(".panel .button", "Put it right")
    popup.wait_for(".fix select")
    pictures(popup, "here-fix")
    popup.evaluate("document.querySelector('.fix select').value = 'shortlisted'")
    popup.click(".fix .button.main", "Save")
    popup.wait("[...document.querySelectorAll('.facts dd')].some((one) => one.textContent === 'Shortlisted')")
    popup.close()
    stages = {one["title"]: one["stage"] for one in server.store.read().all("applications").values()}
    assert stages["RN, Step-Down"] == "shortlisted"
