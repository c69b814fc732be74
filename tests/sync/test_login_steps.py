"""The steps of a sign-in on forms that are not as they should be: nothing is typed, or nothing is sent."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest

from scraper import login
from scraper.browser import Tab
from scraper.login import SignIn, button_ready, fields, reach_form, sign_in
from scraper.login_code import give_code
from scraper.outcomes import Outcome, PortalError
from tests.sync.staged import FORM, ByHand, Stage, attempt

pytestmark = pytest.mark.browser

CODE = "<p>Enter the code of your authenticator app</p>"
COVER = "<div style='position:fixed;inset:0;background:white'>{}</div>"


def refused(stage: Stage, page: str, step: Callable[[SignIn], Awaitable[object]]) -> PortalError:
    """What a step says of a page; the page must be untouched by it."""

    async def act(tab: Tab) -> PortalError:
        with pytest.raises(PortalError) as told:
            await step(attempt(tab))
        typed = "[...document.querySelectorAll('input')].map(one => one.value).join('')"
        assert await tab._page.evaluate(typed) == ""
        return told.value

    return stage.shows(page, act)


def test_a_form_that_only_a_person_can_use_is_left_to_them(stage: Stage) -> None:
    async def act(tab: Tab) -> None:
        with pytest.raises(PortalError) as told:
            await reach_form(attempt(tab, ByHand()))
        assert told.value.outcome is Outcome.UNKNOWN_LOGIN

    stage.shows(FORM, act)


@pytest.mark.parametrize("gone", ["id=user", "id=secret"])
def test_a_form_that_lost_a_field_is_not_filled(stage: Stage, gone: str) -> None:
    assert refused(stage, FORM.replace(gone, "id=other"), fields).outcome is Outcome.UNKNOWN_LOGIN


@pytest.mark.parametrize("trap", ["id=user", "id=secret"])
def test_a_field_that_only_a_program_would_find_is_not_filled(stage: Stage, trap: str) -> None:
    told = refused(stage, FORM.replace(trap, f"{trap} tabindex=-1 aria-hidden=true style=opacity:0"), fields)
    assert told.outcome is Outcome.UNKNOWN_LOGIN
    assert "hides its fields from people" in told.sentence


def test_nothing_is_sent_through_something_that_covers_the_button(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "COVER_SECONDS", 0.5)
    told = refused(stage, FORM + COVER.format("<p>Our news for you"), button_ready)
    assert told.outcome is Outcome.UNKNOWN_LOGIN
    assert "covers the portal's sign-in button" in told.sentence


def test_a_button_that_never_comes_is_not_waited_for_without_end(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(login, "COVER_SECONDS", 0.5)
    assert refused(stage, "<p>No form", button_ready).outcome is Outcome.UNKNOWN_LOGIN


def test_a_notice_over_the_button_is_closed(stage: Stage) -> None:
    notice = COVER.format("<button id=close onclick='this.parentNode.remove()'>Close</button>")

    async def act(tab: Tab) -> str:
        button = await button_ready(attempt(tab))
        return await button.under_click()

    assert stage.shows(FORM + notice, act) == "button"


def test_no_password_goes_into_a_browser_that_was_not_started_here(stage: Stage) -> None:
    async def act(tab: Tab) -> None:
        tab.gate = None
        with pytest.raises(PortalError, match="a browser it did not start"):
            await sign_in(attempt(tab))

    stage.shows(FORM, act)


@pytest.mark.parametrize(
    "page",
    [
        CODE,
        f"{CODE}<input name=code style=opacity:0 tabindex=-1 aria-hidden=true><button>Verify</button>",
        f"{CODE}<form><input name=code></form>",
    ],
    ids=["no field", "a trap", "no button"],
)
def test_a_code_is_given_only_where_it_is_clear_how(stage: Stage, page: str) -> None:
    told = refused(stage, page, give_code)
    assert told.outcome is Outcome.CODE_NEEDED
