"""The fake portals in a real Chromium: the traps of the real pages behave as facts/portals.md says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, expect

from fixtures.portals import FakePortals, serve
from fixtures.portals.behaviours import ATTACKER
from fixtures.portals.story import EMAIL, HARBOR, LAKESHORE, MERIDIAN

pytestmark = pytest.mark.browser

NEXT = "[aria-label=Next]"
PAGER_NEXT = '[id="mySubmissionsInterface.pagerDivID1610.Next"]'


def auto(name: str) -> str:
    """A visible element by its automation id; the hidden form has the same ids."""
    return f'[data-automation-id="{name}"]:visible'


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    with serve() as portals:
        yield portals


@pytest.fixture
def portals(running: FakePortals) -> FakePortals:
    running.reset()
    return running


@pytest.fixture(scope="module")
def chromium(
    running: FakePortals, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    """A browser that reaches nothing but the fakes: by proxy, trusting the one leaf by its key."""
    trust = f"--ignore-certificate-errors-spki-list={running.spki}"
    arguments = {**browser_type_launch_args, "args": [*browser_type_launch_args.get("args", []), trust]}
    browser = browser_type.launch(**arguments, proxy={"server": running.proxy_url})
    yield browser
    browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A page in a window wide enough for the whole list."""
    context = chromium.new_context(viewport={"width": 1440, "height": 900})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


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


def assert_stolen(tab: Page, portals: FakePortals, secret: str) -> None:
    for _ in range(40):
        if any(secret.encode() in one.body for one in portals.stolen if one.host == ATTACKER):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"nothing was stolen; the attack is none: {portals.stolen}")


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
