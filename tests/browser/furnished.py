"""The founding story some days on, for looking at: read twice, asked, answered, one left out, one portal in need."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import EMAIL, HARBOR, LAKESHORE, MERIDIAN, NAME, PHONE
from scraper import accounts
from scraper.browser_scripts import capture_script
from scraper.outcomes import Outcome
from server import pairing, planning, utc_now
from server.asking.model import Ask, AskState
from server.asking.places import Places, places_at
from server.asking.suggest import suggest
from tests.browser.conftest import Extension, Server
from tests.browser.signing_in import open_taleo, open_workday
from tests.browser.telling import tell_recruiters, tell_the_trip


def send_page(server: Server, token: str, page: dict[str, Any], language: str) -> dict[str, Any]:
    """The server's answer to a captured page, in a language."""
    answer = httpx.post(
        f"http://127.0.0.1:{server.port}/api/pages",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
        json={name: page[name] for name in ("url", "title", "html")} | {"captured_at": utc_now().isoformat()},
        timeout=30,
    )
    answer.raise_for_status()
    told: dict[str, Any] = answer.json()
    return told


@dataclass(frozen=True)
class Furnished:
    """The server, a token for it, the page of Lakeshore's list as it was captured last, and what the server said
    about where a trip could pay before there was one."""

    server: Server
    token: str
    captured: dict[str, Any]
    ideas: dict[str, Any]

    def reading(self, language: str) -> dict[str, Any]:
        """The server's answer to the captured page."""
        return send_page(self.server, self.token, self.captured, language)


def ideas_in(server: Server, token: str, language: str) -> Any:
    answer = httpx.get(
        f"http://127.0.0.1:{server.port}/api/ideas",
        headers={"Authorization": f"Bearer {token}", "Accept-Language": language},
        timeout=30,
    )
    answer.raise_for_status()
    return answer.json()


def furnish(
    extension: Extension, server: Server, portals: FakePortals, languages: Iterable[str]
) -> Furnished:
    """Tell the story to an empty server."""
    token = pairing.issue(server.store, "Looking on", utc_now()).token
    extension.context.clear_cookies()  # of the tests before: the portals forgot them, and show their first pages
    page = extension.context.new_page()
    for host, go in ((MERIDIAN, open_workday), (LAKESHORE, open_taleo)):
        go(page, portals, host)
        send_page(server, token, page.evaluate(capture_script()), "en")
    portals.advance_day()
    page.reload()
    captured = _whole_list(page)
    page.close()
    send_page(server, token, captured, "en")
    ideas = {language: ideas_in(server, token, language) for language in languages}
    tell_recruiters(server.store, "Lakeshore Health")  # of one employer's position nobody knows
    _accounts(server, portals)
    _asked(server, places_at(server.home.cache))
    planning.save_settings(server.store, "me", {"name": NAME, "phone": PHONE, "email": EMAIL})
    return Furnished(server, token, captured, ideas)


def _whole_list(page: Page) -> dict[str, Any]:
    page.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row1"]').wait_for()
    page.locator('[id="mySubmissionsInterface.myAppDropListSize"]').select_option("25")
    page.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row6"]').wait_for()
    captured: dict[str, Any] = page.evaluate(capture_script())
    return captured


def _accounts(server: Server, portals: FakePortals) -> None:
    """One was read, one asks for a code."""
    needs = {"sentence": "The site asks for a one-time code.", "fix": "intown login harborbio"}
    for name, employer, outcome, told in (
        (LAKESHORE, "Lakeshore Health", Outcome.OK, {}),
        (HARBOR, "Harbor Biotech", Outcome.CODE_NEEDED, needs),
    ):
        url = portals.host(name).list_url
        made = accounts.add(server.store, accounts.account_from_url(url, employer=employer))
        now = utc_now()
        accounts.save_state(server.store, made.id, outcome=outcome, checked_at=now, last_good=now, **told)


def _asked(server: Server, places: Places) -> None:
    """The trip: one was asked a while ago and did not answer, one said yes, one is left out."""
    made = tell_the_trip(server.store, places)
    now = utc_now()
    cards = suggest(planning.world_of(server.store.read(), places, now), made).cards
    waiting, settled = [card for card in cards if card.recruiter][:2]

    def ask(card: str, days_ago: int) -> Ask:
        at = now - timedelta(days=days_ago)
        return planning.record_ask(
            server.store, places, at, trip_id=made.id, card_id=card, state=AskState.SENT
        )

    ask(waiting.id, 9)
    yes = ask(settled.id, 2)
    start = datetime.combine(made.arrive.date(), datetime.min.time().replace(hour=14))
    planning.move_ask(server.store, yes.id, AskState.YES, now, start=start, end=start + timedelta(minutes=30))
    planning.decline_card(server.store, made.id, cards[-1].id)
