"""The smaller fake portals in a real Chromium: what only their scripts do."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from fixtures.portals import FakePortals, serve
from fixtures.portals.every_kind import (
    GREENHOUSE,
    HEALTHCARESOURCE,
    ICIMS,
    ORACLE,
    PEOPLESOFT,
    PEOPLESOFT_CLASSIC,
    SMARTRECRUITERS,
    UKG,
    USAJOBS,
    WORKDAY_FRENCH,
    everything,
)

pytestmark = pytest.mark.browser

CODE = "246810"


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    with serve(tenants=everything()) as portals:
        yield portals


def test_oracle_wants_the_box_the_code_and_show_more(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(ORACLE)
    tab.goto(fake.list_url)
    tab.locator("input[name=primary-email]").fill(fake.user.email)
    assert tab.locator("input[name=honey-pot]").is_visible() is False or tab.locator(
        "input[name=honey-pot]"
    ).evaluate("e => e.offsetParent !== null")
    tab.locator("label[for=legal-disclaimer-checkbox]").click()
    tab.get_by_role("button", name="AGREE").click()
    tab.get_by_role("button", name="NEXT").click()
    for place, digit in enumerate(CODE, 1):
        tab.locator(f"#pin-code-{place}").fill(digit)
    tab.get_by_role("button", name="Verify").click()
    active = tab.locator("#list-active > li:visible")
    expect(active).to_have_count(5)
    tab.get_by_role("button", name="Show More").click()
    expect(active).to_have_count(7)
    expect(tab.get_by_role("button", name="Show More")).to_have_count(0)
    expect(tab.get_by_text("Are You Still With Us?")).to_be_hidden()


def test_icims_is_in_a_frame_and_wanders_over_the_shared_host(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(ICIMS)
    tab.goto(fake.list_url)
    frame = tab.frame_locator("#icims_content_iframe")
    frame.locator("#email").fill(fake.user.email)
    frame.locator("#enterEmailSubmitButton").click()
    tab.wait_for_url("https://login.icims.com/u/login/password?*")
    tab.locator("#username").fill(fake.user.name)
    tab.locator("#password").fill(fake.user.password)
    tab.get_by_role("button", name="Continue").click()
    tab.wait_for_url(fake.list_url)
    expect(frame.locator("tbody tr")).to_have_count(len(fake.listed()))
    tab.goto(fake.list_url + "?in_iframe=1")  # a frame by itself bounces back to the wrapper
    tab.wait_for_url(fake.list_url)


@pytest.mark.parametrize("host", [UKG, HEALTHCARESOURCE, SMARTRECRUITERS, USAJOBS])
def test_pages_drawn_by_script(tab: Page, portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    tab.goto(fake.list_url)
    password = tab.locator("input[type=password]")
    password.fill(fake.user.password)
    tab.locator("form:has(input[type=password]) input:not([type=password]):not([type=hidden])").fill(
        fake.user.name
    )
    tab.locator("form:has(input[type=password]) button[type=submit]").first.click()
    if host == USAJOBS:
        tab.locator("[autocomplete=one-time-code]").fill(CODE)
        tab.get_by_role("button", name="Verify").click()
    expect(tab.get_by_role("heading", name=fake.listed()[0].title)).to_be_visible()
    for row in fake.listed():
        expect(tab.get_by_text(row.title, exact=True)).to_be_visible()


def test_greenhouse_draws_its_json(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(GREENHOUSE)
    tab.goto(fake.list_url)
    tab.locator("input[type=email]").fill(fake.user.email)
    tab.get_by_role("button", name="Send security code").click()
    tab.locator("[autocomplete=one-time-code]").fill(CODE)
    tab.get_by_role("button", name="Verify").click()
    expect(tab.locator("article")).to_have_count(7)  # six active and one inactive
    tab.get_by_role("button", name="Show more").click()
    expect(tab.locator("article")).to_have_count(8)


def test_peoplesoft_opens_its_dialog_and_shows_more(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(PEOPLESOFT)
    tab.goto(fake.list_url)
    assert tab.locator("[id^='HRS_APPL_WRK_HRS_OPRNAME']").is_hidden()
    tab.locator("#HRS_CG_WRK_HRS_SIGNIN").click()
    tab.locator("[id^='HRS_APPL_WRK_HRS_OPRNAME']").fill(fake.user.name)
    tab.locator("[id^='HRS_APPL_WRK_HRS_OPRPSWD']").fill(fake.user.password)
    tab.locator("#HRS_APPL_WRK_HRS_LOGIN_BTN").click()
    rows = tab.locator("li[id*='$0_row_']:visible")
    expect(rows).to_have_count(5)
    tab.locator("div.ps_box-more").click()
    expect(rows).to_have_count(7)


def test_peoplesoft_classic_is_in_a_frame(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(PEOPLESOFT_CLASSIC)
    tab.goto(fake.list_url.replace("/psc/", "/psp/"))
    frame = tab.frame_locator("#ptifrmtgtframe")
    frame.locator("[id^='HRS_APPL_WRK_HRS_OPRNAME']").fill(fake.user.name)
    frame.locator("[id^='HRS_APPL_WRK_HRS_OPRPSWD']").fill(fake.user.password)
    frame.locator("#HRS_APPL_WRK_HRS_LOGIN_BTN").click()
    expect(frame.locator("tr[id^='trHRS_']")).to_have_count(len(fake.listed()))
    expect(frame.locator("tr[id^='trHRS_']").first).to_contain_text("Applied / Open")


def test_workday_in_french_keeps_its_ids_and_changes_its_words(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(WORKDAY_FRENCH)
    tab.goto(fake.list_url)
    form = tab.locator("[data-automation-id=signInFormo]")
    form.locator("[data-automation-id=email]").fill(fake.user.name)
    form.locator("[data-automation-id=password]").fill(fake.user.password)
    overlay = form.locator("[data-automation-id=click_filter]")
    assert overlay.get_attribute("aria-label") == "Connexion"
    overlay.click()
    expect(tab.locator("[data-automation-id='navigationItem-Accueil candidat']")).to_be_visible()
    expect(tab.get_by_role("tab").first).to_have_text("Actives (6)")
    expect(tab.locator("[data-automation-id=taskListRow]")).to_have_count(4)
    tab.get_by_role("button", name="Suivant").click()
    expect(tab.locator("[data-automation-id=taskListRow]").last).to_contain_text("Créée le")
