"""The fake Workday in a real Chromium: the traps of the real page, each as its visitors have met it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from fixtures.portals import FakePortals
from fixtures.portals.story import EMAIL, HARBOR, MERIDIAN
from tests.fakes.visitor import assert_stolen

pytestmark = pytest.mark.browser

NEXT = "[aria-label=Next]"


def auto(name: str) -> str:
    """A visible element by its automation id; the hidden form has the same ids."""
    return f'[data-automation-id="{name}"]:visible'


def type_password(tab: Page, password: str) -> None:
    tab.locator(auto("email")).fill(EMAIL)
    tab.locator(auto("password")).fill(password)


def sign_in(tab: Page, portals: FakePortals, host: str = MERIDIAN) -> None:
    fake = portals.host(host)
    tab.goto(fake.list_url)
    type_password(tab, fake.user.password)
    tab.locator(auto("click_filter")).click()
    tab.locator(auto("candidateHomePage")).wait_for()


def titles(tab: Page) -> list[str]:
    return tab.locator("[role=tabpanel]:visible").locator(auto("applicationTitle")).all_inner_texts()


def read_tab(tab: Page) -> list[str]:
    """All titles of the open tab, page by page."""
    found = titles(tab)
    while tab.locator(f"{NEXT}:visible").get_attribute("aria-disabled") == "false":
        tab.locator(f"{NEXT}:visible").click()
        found += titles(tab)
    return found


def test_the_overlay_takes_the_click_and_the_button_does_nothing(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(MERIDIAN)
    fake.behave("late_overlay", seconds=1.0)
    tab.goto(fake.list_url)
    type_password(tab, fake.user.password)
    button = tab.locator(auto("signInSubmitButton"))
    assert (button.get_attribute("aria-hidden"), button.get_attribute("tabindex")) == ("true", "-2")
    assert tab.locator(auto("click_filter")).count() == 0  # not painted yet
    button.click()
    tab.locator(auto("password")).press("Enter")
    overlay = tab.locator(auto("click_filter"))
    overlay.wait_for()
    button.evaluate("button => button.click()")
    tab.wait_for_timeout(200)
    assert fake.hits.login_submits == 0
    assert overlay.evaluate("o => o.nextElementSibling.dataset.automationId") == "signInSubmitButton"
    overlay.click()
    tab.locator(auto("candidateHomePage")).wait_for()
    assert fake.hits.login_submits == 1


def test_a_hidden_form_has_the_same_ids(tab: Page, portals: FakePortals) -> None:
    tab.goto(portals.host(MERIDIAN).list_url)
    tab.locator(auto("email")).wait_for()
    assert tab.locator('[data-automation-id="email"]').count() == 2
    assert tab.locator(auto("email")).count() == 1
    assert tab.locator(auto("verifyPassword")).count() == 0
    tab.locator(auto("createAccountLink")).click()
    expect(tab.locator(auto("verifyPassword"))).to_be_visible()
    tab.locator(auto("signInLink")).click()
    expect(tab.locator(auto("verifyPassword"))).to_be_hidden()


def test_filling_every_box_falls_into_the_honeypot(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(MERIDIAN)
    tab.goto(fake.list_url)
    tab.locator(auto("email")).wait_for()
    for box in tab.locator("input[type=text]:visible").all():  # the trap passes for visible
        box.fill(EMAIL)
    tab.locator(auto("password")).fill(fake.user.password)
    tab.locator(auto("click_filter")).click()
    tab.locator(auto("errorMessage")).wait_for()
    assert (fake.hits.honeypots, fake.hits.login_submits) == (1, 0)


def test_the_create_account_form_can_come_first(tab: Page, portals: FakePortals) -> None:
    portals.host(MERIDIAN).behave("create_account_first")
    tab.goto(portals.host(MERIDIAN).list_url)
    tab.locator(auto("verifyPassword")).wait_for()
    assert tab.locator(auto("email")).count() == 1
    tab.locator(auto("signInLink")).click()
    expect(tab.locator(auto("signInSubmitButton"))).to_be_visible()
    expect(tab.locator(auto("createAccountSubmitButton"))).to_be_hidden()


@pytest.mark.parametrize(
    ("hurdle", "mark"),
    [
        ("code_needed", "verificationCode"),
        ("terms", "acceptTermsButton"),
        ("password_expired", "changePasswordContent"),
        ("locked", "errorMessage"),
        ("refused_silently", "jobResults"),
    ],
)
def test_what_stands_after_the_password(tab: Page, portals: FakePortals, hurdle: str, mark: str) -> None:
    fake = portals.host(MERIDIAN)
    fake.behave(hurdle)
    tab.goto(fake.list_url)
    type_password(tab, fake.user.password)
    tab.locator(auto("click_filter")).click()
    tab.locator(auto(mark)).wait_for()
    assert tab.locator(auto("taskListRow")).count() == 0


@pytest.mark.parametrize(
    ("behaviour", "rows", "tab_name"),
    [
        ("opaque_json", 4, "Active (7)"),
        ("truncated", 4, "Active (7)"),
        ("count_mismatch", 4, "Active (10)"),
        ("no_rows", 0, "Active"),
        ("empty", 0, "Active (0)"),
        ("empty_500", 0, "Active (0)"),
    ],
)
def test_lists_that_are_not_as_every_day(
    tab: Page, portals: FakePortals, behaviour: str, rows: int, tab_name: str
) -> None:
    portals.host(MERIDIAN).behave(behaviour)
    sign_in(tab, portals)
    expect(tab.get_by_role("tab").first).to_have_text(tab_name)
    expect(tab.locator(auto("taskListRow"))).to_have_count(rows)
    expect(tab.locator(auto("noApplications"))).to_have_count(int(behaviour.startswith("empty")))
    if behaviour in ("truncated", "no_rows", "empty", "empty_500"):
        assert tab.locator(NEXT).count() == 0


def test_a_wrong_password_is_said_in_the_known_words(tab: Page, portals: FakePortals) -> None:
    tab.goto(portals.host(MERIDIAN).list_url)
    type_password(tab, "wrong")
    tab.locator(auto("click_filter")).click()
    message = tab.locator(auto("errorMessage"))
    expect(message).to_contain_text("wrong email address or password")
    expect(message).to_contain_text("account might be locked")


def test_sign_in_shows_for_a_moment_even_when_signed_in(tab: Page, portals: FakePortals) -> None:
    sign_in(tab, portals)
    tab.goto(portals.host(MERIDIAN).list_url, wait_until="commit")
    tab.locator(auto("utilityButtonSignIn")).wait_for()
    tab.locator(auto("utilityButtonAccountTasksMenu")).wait_for()
    assert tab.locator(auto("utilityButtonSignIn")).count() == 0


def test_the_chooser_comes_before_the_form(tab: Page, portals: FakePortals) -> None:
    tab.goto(portals.host(HARBOR).list_url)
    tab.locator(auto("SignInWithEmailButton")).wait_for()
    assert tab.locator(auto("password")).count() == 0
    tab.locator(auto("SignInWithEmailButton")).click()
    type_password(tab, portals.host(HARBOR).user.password)
    tab.locator(auto("click_filter")).click()
    tab.locator(auto("taskListRow")).first.wait_for()
    assert read_tab(tab) if tab.locator(NEXT).count() else len(titles(tab)) == 3


def test_the_dialog_covers_the_page_until_it_is_closed(tab: Page, portals: FakePortals) -> None:
    sign_in(tab, portals)
    on_top = (
        "e => e.contains(document.elementFromPoint(...(r => [r.x + 5, r.y + 5])(e.getBoundingClientRect())))"
    )
    inactive = tab.get_by_role("tab", name="Inactive (3)")
    assert not inactive.evaluate(on_top)
    tab.locator("[aria-label=Close]").click()
    assert inactive.evaluate(on_top)
    tab.reload()
    tab.locator(auto("taskListRow")).first.wait_for()
    assert tab.locator(auto("candidateHomeTaskModal")).count() == 0


def test_four_rows_a_page_in_two_tabs(tab: Page, portals: FakePortals) -> None:
    sign_in(tab, portals)
    tab.locator("[aria-label=Close]").click()
    tab.locator(auto("taskListRow")).first.wait_for()
    assert len(titles(tab)) == 4
    fake = portals.host(MERIDIAN)
    assert read_tab(tab) == [row.title for row in fake.listed("active", "draft")]
    assert tab.locator("#tabpanel-1").is_hidden()
    tab.get_by_role("tab", name="Inactive (3)").click()
    tab.locator("#tabpanel-1").locator(auto("taskListRow")).first.wait_for()
    assert titles(tab) == [row.title for row in fake.listed("inactive")]
    assert fake.hits.touched == {}


def test_a_small_window_hides_the_list_behind_a_chevron(tab: Page, portals: FakePortals) -> None:
    tab.set_viewport_size({"width": 1280, "height": 800})
    sign_in(tab, portals)
    chevron = tab.locator(auto("applicationsSectionHeading-CHEVRON"))
    assert chevron.get_attribute("aria-expanded") == "false"
    assert tab.locator('[data-automation-id="taskListRow"]').count() == 0
    tab.set_viewport_size({"width": 1400, "height": 900})
    tab.locator(auto("taskListRow")).first.wait_for()


def test_a_draft_says_when_it_was_created(tab: Page, portals: FakePortals) -> None:
    sign_in(tab, portals)
    tab.locator("[aria-label=Close]").click()
    tab.locator(NEXT).click()
    draft = tab.locator(auto("taskListRow")).filter(has_text="Medical Science Liaison")
    expect(draft).to_contain_text("Not Submitted")
    expect(draft).to_contain_text("Created on")


def test_an_expired_session_shows_the_form_again(tab: Page, portals: FakePortals) -> None:
    sign_in(tab, portals)
    portals.host(MERIDIAN).sign_everyone_out()
    tab.reload()
    tab.locator(auto("signInContent")).wait_for()
    assert tab.url == portals.host(MERIDIAN).list_url


def test_the_lookalike_frame_holds_the_form(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(MERIDIAN)
    fake.behave("lookalike_frame")
    tab.goto(fake.list_url)
    frame = tab.frame_locator("iframe")
    frame.locator(auto("password")).fill("typed into the wrong page")
    frame.locator(auto("email")).fill(EMAIL)
    assert tab.locator(auto("password")).count() == 0
    frame.locator(auto("click_filter")).click()
    assert_stolen(tab, portals, "typed into the wrong page")
