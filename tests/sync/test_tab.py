"""One tab on pages that were written for it: what is looked for, pressed and kept, and what a closed window means."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from scraper import browser_traffic
from scraper.browser import Tab
from scraper.browser_page import raise_for_status, settle
from scraper.browser_session import BrowserGone
from scraper.outcomes import Outcome, PortalError
from tests.sync.staged import HOST, LIST, Plain, Site, Stage

pytestmark = pytest.mark.browser

API = f"{HOST}/api/applications"
ASKS = f"<script>fetch('{API}').catch(() => 0)</script><p>Wait"


def json_answer(content: object, **more: Any) -> dict[str, Any]:
    return {"body": json.dumps(content), "content_type": "application/json", **more}


def test_a_field_is_found_also_in_a_frame_and_never_one_of_several(stage: Stage) -> None:
    inner = f"{HOST}/inner"
    page = (
        f"<input id=one><input class=two><input class=two><input id=no hidden><iframe src={inner}></iframe>"
    )

    async def look(tab: Tab) -> list[bool]:
        await tab._page.frames[1].wait_for_selector("#deep")
        with pytest.raises(PortalError, match="several fields that fit") as told:
            await tab.field(".two")
        assert told.value.outcome is Outcome.UNKNOWN_LOGIN
        return [await tab.field(name) is not None for name in ("#one", "#deep", "#no", "#nowhere")]

    assert stage.shows({LIST: page, inner: "<input id=deep>"}, look) == [True, True, False, False]


def test_an_option_is_chosen_where_it_is_offered_and_not_yet_chosen(stage: Stage) -> None:
    page = "<select id=size><option value=10>10<option value=100>100</select>"

    async def choose(tab: Tab) -> list[Any]:
        tries = (("#size", "500"), ("#other", "100"), ("#size", "100"), ("#size", "100"))
        return [*[await tab.choose(*one) for one in tries], await tab._page.input_value("#size")]

    assert stage.shows(page, choose) == [False, False, True, False, "100"]


def test_a_button_that_goes_away_is_not_pressed_where_it_was(stage: Stage) -> None:
    async def press(tab: Tab) -> None:
        button = await tab.field("#go")
        assert button is not None
        await tab._page.evaluate("document.querySelector('#go').style.display = 'none'")
        with pytest.raises(PortalError, match="went away before it could be pressed") as told:
            await button.press()
        assert told.value.outcome is Outcome.PAGE_CHANGED
        assert await tab._page.evaluate("window.pressed") is None

    stage.shows("<button id=go onclick='window.pressed = 1'>Go</button>", press)


def test_a_step_that_does_not_work_says_nothing_of_the_page(stage: Stage) -> None:
    async def press(tab: Tab) -> None:
        with pytest.raises(PortalError, match=r"A step on the portal's page did not work") as told:
            await tab.press("[Harbour")
        assert (told.value.outcome, "Harbour" in told.value.sentence) == (Outcome.PAGE_CHANGED, False)

    stage.shows("<p>Harbour", press)


@pytest.mark.parametrize(
    "look",
    [
        lambda tab: tab.first_shown([("any", "p")]),
        lambda tab: tab.fingerprint(),
        lambda tab: tab.snapshot(),
        lambda tab: tab.press("p"),
    ],
    ids=["marks", "fingerprint", "snapshot", "press"],
)
def test_a_window_that_the_person_closed_ends_the_visit(
    stage: Stage, look: Callable[[Tab], Awaitable[object]]
) -> None:
    async def close(tab: Tab) -> None:
        await tab._page.close()
        assert tab.closed
        with pytest.raises(BrowserGone, match="browser was closed"):
            await look(tab)

    stage.shows("<p>Here", close)


def test_a_pause_asked_for_by_the_pages_own_data_is_kept(stage: Stage) -> None:
    limited = json_answer({}, status=429, headers={"retry-after": "600"})

    async def read(tab: Tab) -> datetime | None:
        with pytest.raises(PortalError) as told:
            await settle(tab, Plain())
        assert told.value.outcome is Outcome.RATE_LIMITED
        return told.value.not_before

    site: Site = {LIST: ASKS, API: limited}
    until = stage.shows(site, read)
    assert until is not None
    assert 500 < (until - datetime.now(UTC)).total_seconds() <= 600


def test_answers_on_their_way_are_waited_for_and_huge_ones_not_kept(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(browser_traffic, "MAX_ANSWER_CHARS", 100)
    more = f"{API}?page=2"

    async def ask(tab: Tab) -> list[str]:
        for url in (API, more):
            async with tab._page.expect_response(url):
                await tab._page.evaluate("url => { fetch(url) }", url)
        return [answer.url for answer in await tab.answers()]

    site: Site = {LIST: "<p>Here", API: json_answer([1]), more: json_answer(["x" * 100])}
    assert stage.shows(site, ask) == [API]


@pytest.mark.parametrize("status", [401, 403, 451])
def test_a_list_that_is_closed_to_the_visit_is_no_list_that_has_changed(stage: Stage, status: int) -> None:
    async def read(tab: Tab) -> None:
        with pytest.raises(PortalError) as told:
            raise_for_status(tab)
        assert told.value.outcome is Outcome.BLOCKED

    site: Site = {LIST: {"status": status, "body": "<p>No"}}
    stage.shows(site, read)
