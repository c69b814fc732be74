"""The walk over a list, page by page, where a page of it is not what it should be."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from scraper import browser_walk
from scraper.browser_walk import MAX_PAGES, Walk, press_on, raise_unless_list, take, walk
from scraper.model import Click, Open, PageKind, ParsedPage
from scraper.outcomes import Outcome, PortalError
from tests.sync.staged import Plain
from tests.sync.test_rules import HOST, page

NEXT = Open(f"https://{HOST}/list?page=2")


class Pages:
    """A tab for which each step brings the next of these pages, or raises it."""

    def __init__(self, *then: ParsedPage | PortalError, button: bool = True) -> None:
        self.then = list(then)
        self.button = button
        self.opened: list[str] = []

    async def open(self, url: str) -> None:
        self.opened.append(url)

    async def fingerprint(self) -> str:
        return str(len(self.then))

    async def press(self, selector: str) -> bool:
        return self.button

    async def settle(self, *_: object, **__: object) -> ParsedPage:
        found = self.then.pop(0)
        if isinstance(found, PortalError):
            raise found
        return found


def walked(
    monkeypatch: pytest.MonkeyPatch, first: ParsedPage, *then: ParsedPage | PortalError, button: bool = True
) -> Walk:
    tab: Any = Pages(*then, button=button)
    monkeypatch.setattr(browser_walk, "settle", tab.settle)
    return asyncio.run(walk(tab, Plain(), first, HOST))


def leading_on(*ids: str, to: Open | Click = NEXT) -> ParsedPage:
    return replace(page(*ids), next_step=to)


def test_pages_with_addresses_are_walked_to_their_end(monkeypatch: pytest.MonkeyPatch) -> None:
    found = walked(monkeypatch, leading_on("1", "2"), page("3"))
    assert (len(found.applications), found.complete) == (3, True)


@pytest.mark.parametrize(
    ("then", "gap"),
    [
        (page("1", "2"), "Page 2 of the list shows the same rows again."),
        (replace(page("3"), kind=PageKind.LOGIN), "Page 2 was no list (login)."),
        (replace(page("3"), host="other.taleo.net"), "Page 2 was no list (applications)."),
        (PortalError(Outcome.PAGE_CHANGED), "Page 2 of the list did not come."),
    ],
    ids=["the same again", "no list", "another host", "nothing"],
)
def test_what_was_read_until_then_is_kept_with_the_gap_named(
    monkeypatch: pytest.MonkeyPatch, then: ParsedPage | PortalError, gap: str
) -> None:
    found = walked(monkeypatch, leading_on("1", "2"), then)
    assert [one.external_id for one in found.applications] == ["1", "2"]
    assert found.gap == gap


@pytest.mark.parametrize("outcome", [Outcome.RATE_LIMITED, Outcome.BLOCKED])
def test_a_site_that_asks_for_a_pause_ends_the_walk(
    monkeypatch: pytest.MonkeyPatch, outcome: Outcome
) -> None:
    with pytest.raises(PortalError) as told:
        walked(monkeypatch, leading_on("1"), PortalError(outcome))
    assert told.value.outcome is outcome


def test_pages_that_take_turns_are_not_walked_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    one, two = leading_on("1"), leading_on("2", to=Open(NEXT.url + "&more"))
    found = walked(monkeypatch, one, two, one, two)
    assert found.gap == "The list did not come to an end; its pages repeat."
    assert len(found.pages) == 3


def test_a_list_of_more_pages_than_anybody_has_is_left_off(monkeypatch: pytest.MonkeyPatch) -> None:
    endless = [leading_on(str(number), to=Open(f"{NEXT.url}{number}")) for number in range(2 * MAX_PAGES)]
    found = walked(monkeypatch, *endless)
    assert len(found.pages) == MAX_PAGES
    assert not found.complete


@pytest.mark.parametrize("url", ["https://other.taleo.net/2", f"http://{HOST}/2", "https:///2"])
def test_nobody_is_led_elsewhere_by_a_pager(url: str) -> None:
    tab: Any = Pages(page("2"))
    with pytest.raises(PortalError, match="on another host") as told:
        asyncio.run(take(tab, Plain(), Open(url), page("1"), HOST))
    assert (told.value.outcome, tab.opened) == (Outcome.PAGE_CHANGED, [])


def test_a_button_that_is_not_there_is_said() -> None:
    tab: Any = Pages(button=False)
    with pytest.raises(PortalError, match="button for the next page is not there"):
        asyncio.run(press_on(tab, Plain(), Click("#next"), page("1")))


@pytest.mark.parametrize(
    ("found", "outcome", "says"),
    [
        (replace(page("1"), host="other.taleo.net"), Outcome.PAGE_CHANGED, "came from other.taleo.net"),
        (replace(page(), kind=PageKind.APPLICATIONS), Outcome.SUSPECT, "nothing on it says that it is empty"),
        (replace(page(), kind=PageKind.MAINTENANCE), Outcome.UNAVAILABLE, "closed for maintenance"),
        (replace(page(), kind=PageKind.CAPTCHA), Outcome.CAPTCHA, ""),
    ],
    ids=["another host", "no rows", "maintenance", "a captcha"],
)
def test_what_is_no_list_is_named(found: ParsedPage, outcome: Outcome, says: str) -> None:
    with pytest.raises(PortalError) as told:
        raise_unless_list(found, HOST)
    assert told.value.outcome is outcome
    assert says in told.value.sentence


def test_an_empty_list_that_says_so_and_one_that_leads_on_are_lists() -> None:
    raise_unless_list(page(), HOST)
    raise_unless_list(replace(page(), kind=PageKind.APPLICATIONS, next_step=NEXT), HOST)
