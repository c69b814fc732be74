"""Warm reading of answers that were written for it: cookies that are renewed, pages that lead on, pauses."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from fixtures.portals import FakePortals
from scraper import accounts
from scraper.browser_session import WebSession
from scraper.browser_walk import MAX_PAGES
from scraper.model import Account, Open, ParsedPage
from scraper.outcomes import Outcome, PortalError
from scraper.portals import portal_by_kind
from scraper.portals.taleo import Taleo
from scraper.settings import Network
from scraper.transport import Transport, Warm
from tests.sync.conftest import Person
from tests.sync.staged import LIST
from tests.sync.test_rules import HOST, page

ROW = (
    "<div id='mySubmissionsInterface.x.row1'>"
    "<a href='/careersection/2/jobdetail.ftl?job=4201'>Charge Nurse</a>"
    "<p>Job Number: 4201</p><p>Submission Status: Under review</p></div>"
)
COOKIE = {"name": "JSESSIONID", "value": "old", "domain": HOST, "path": "/", "secure": True, "expires": -1}
SESSION = WebSession({"cookies": [{**COOKIE, "httpOnly": True, "sameSite": "Strict"}]}, {}, "a browser")
Answer = Callable[[httpx.Request], httpx.Response]


def listed(**headers: str) -> Answer:
    """A portal that always shows the list, with these headers (`_` for `-`)."""
    shown = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request: httpx.Response(200, html=f"<html><body>{ROW}</body></html>", headers=shown)


def account() -> Account:
    return accounts.account_from_url(LIST, username="dreyes")


def read(
    monkeypatch: pytest.MonkeyPatch, answer: Answer, session: WebSession = SESSION, at_least: int = 1
) -> Warm | None:
    monkeypatch.setattr(Transport, "_connections", lambda self: httpx.MockTransport(answer))

    async def run() -> Warm | None:
        transport = Transport(Network())
        return await transport.read(account(), portal_by_kind("taleo"), session, at_least=at_least)

    return asyncio.run(run())


def test_a_session_that_stayed_as_it_was_is_not_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for answer in (listed(), listed(set_cookie="JSESSIONID=old; Path=/; Secure")):
        warm = read(monkeypatch, answer)
        assert warm is not None
        assert (len(warm.walk.applications), warm.session) == (1, None)


def test_cookies_that_the_portal_renewed_or_added_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    renewed = read(monkeypatch, listed(set_cookie="JSESSIONID=new; Path=/; Secure"))
    assert renewed is not None
    assert renewed.session is not None
    (kept,) = renewed.session.storage["cookies"]
    assert (kept["value"], kept["sameSite"], kept["httpOnly"]) == ("new", "Strict", True)
    assert renewed.session.user_agent == SESSION.user_agent
    added = read(monkeypatch, listed(set_cookie="SEEN=1; Path=/; HttpOnly; Max-Age=60"))
    assert added is not None
    assert added.session is not None
    first, second = added.session.storage["cookies"]
    assert first["value"] == "old"
    assert (second["name"], second["httpOnly"], second["secure"]) == ("SEEN", True, False)
    assert second["expires"] > datetime.now(UTC).timestamp()


def test_a_night_keeps_the_session_as_the_portal_left_it(
    portals: FakePortals, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = accounts.add(person.store, account())
    person.vault.save_session(made.id, SESSION.to_dict())
    accounts.save_state(person.store, made.id, last_count=1)
    answer = listed(set_cookie="JSESSIONID=new; Path=/; Secure")
    monkeypatch.setattr(Transport, "_connections", lambda self: httpx.MockTransport(answer))
    result = person.sync()[made.id]
    assert (result.how, result.read) == ("warm", 1)
    kept = person.vault.session(made.id)
    assert kept is not None
    assert kept["storage"]["cookies"][0]["value"] == "new"


def test_a_night_whose_hour_is_over_visits_nobody_more(
    portals: FakePortals, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[httpx.Request] = []
    made = accounts.add(person.store, account())
    person.vault.save_session(made.id, SESSION.to_dict())
    accounts.save_state(person.store, made.id, last_count=1)

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return listed()(request)

    monkeypatch.setattr(Transport, "_connections", lambda self: httpx.MockTransport(answer))
    result = person.sync(run_seconds=0.0)[made.id]
    assert (result.outcome, asked) == (Outcome.UNAVAILABLE, [])
    assert "before this portal's turn" in result.sentence


@pytest.mark.parametrize("agent", ["a browser", ""])
def test_the_portal_is_told_the_browser_that_signed_in(monkeypatch: pytest.MonkeyPatch, agent: str) -> None:
    asked: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request.headers["user-agent"])
        return listed()(request)

    assert read(monkeypatch, answer, replace(SESSION, user_agent=agent)) is not None
    assert asked == [agent or f"python-httpx/{httpx.__version__}"]


@pytest.mark.parametrize(
    ("status", "after", "told"), [(503, "600", True), (503, "", False), (500, "600", False)]
)
def test_a_portal_that_is_closed_for_a_while_says_until_when(
    monkeypatch: pytest.MonkeyPatch, status: int, after: str, told: bool
) -> None:
    headers = {"retry-after": after} if after else {}

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, headers=headers)

    if not told:
        assert read(monkeypatch, answer) is None
        return
    with pytest.raises(PortalError) as raised:
        read(monkeypatch, answer)
    assert raised.value.outcome is Outcome.UNAVAILABLE
    assert raised.value.not_before is not None


def leading(monkeypatch: pytest.MonkeyPatch, *pages: ParsedPage) -> Warm | None:
    """A reading of these pages, one an address; the last one again and again."""
    left = list(pages)

    def parsed(*_: Any, **__: Any) -> ParsedPage:
        return left.pop(0) if len(left) > 1 else left[0]

    monkeypatch.setattr("scraper.transport.parse_page", parsed)
    return read(monkeypatch, listed())


def at(number: int, to: int | None = None) -> ParsedPage:
    step = Open(f"https://{HOST}/list?page={to}") if to is not None else None
    return replace(page(str(number)), portal=Taleo.kind, next_step=step)


def test_pages_that_lead_on_by_address_are_one_list(monkeypatch: pytest.MonkeyPatch) -> None:
    warm = leading(monkeypatch, at(1, to=2), at(2, to=3), at(3))
    assert warm is not None
    assert len(warm.walk.applications) == 3


@pytest.mark.parametrize(
    "pages",
    [
        (at(1, to=2), at(2, to=3), at(3, to=2), at(4)),
        (at(1, to=2), at(1)),
        (*(at(number, to=number + 1) for number in range(MAX_PAGES)), at(MAX_PAGES)),
    ],
    ids=["in a circle", "the same rows", "more than anybody has"],
)
def test_pages_that_come_to_no_end_are_left_to_the_browser(
    monkeypatch: pytest.MonkeyPatch, pages: tuple[ParsedPage, ...]
) -> None:
    assert leading(monkeypatch, *pages) is None
