"""The fake Taleo in a real Chromium: what its script does, and attacks that a careless visitor falls for."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE
from tests.fakes.visitor import assert_stolen

pytestmark = pytest.mark.browser

PAGER_NEXT = '[id="mySubmissionsInterface.pagerDivID1610.Next"]'


def taleo_sign_in(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(LAKESHORE)
    tab.goto(fake.list_url)
    continues = "dialogTemplate-dialogForm-StatementBeforeAuthentificationContent-ContinueButton"
    if tab.locator(f"#{continues}").count():
        tab.locator(f"#{continues}").click()
    tab.locator("#dialogTemplate-dialogForm-login-name1").fill(fake.user.name)
    tab.locator("#dialogTemplate-dialogForm-login-password").fill(fake.user.password)


def test_taleo_turns_pages_and_takes_a_size(tab: Page, portals: FakePortals) -> None:
    taleo_sign_in(tab, portals)
    tab.locator("#dialogTemplate-dialogForm-login-defaultCmd").click()
    heading = tab.locator("h3")
    expect(heading).to_have_count(5)
    tab.locator(PAGER_NEXT).click()
    expect(heading).to_have_count(3)
    expect(tab.locator(PAGER_NEXT)).to_have_attribute("aria-disabled", "true")
    tab.locator('[id="mySubmissionsInterface.myAppDropListSize"]').select_option("100")
    expect(heading).to_have_text([row.title for row in portals.host(LAKESHORE).listed()])
    assert tab.locator('[id^="mySubmissionsInterface.ID1208.row"]').count() == 8


@pytest.mark.parametrize("attack", ["redirect_307", "form_elsewhere", "action_switch", "beacon"])
def test_the_attacks_would_succeed_against_a_careless_visitor(
    tab: Page, portals: FakePortals, attack: str
) -> None:
    """Otherwise the product's tests against them would prove nothing."""
    fake = portals.host(LAKESHORE)
    fake.behave(attack)
    taleo_sign_in(tab, portals)
    tab.locator("#dialogTemplate-dialogForm-login-defaultCmd").click()
    assert_stolen(tab, portals, fake.user.password)
