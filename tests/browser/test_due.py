"""What is due: the reminder, the thanks, the last word after a trip, each with its own message."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page

from fixtures.portals import story
from scraper.settings import Home
from scraper.store import Store
from server import planning, utc_now
from server.asking.model import AskState
from server.asking.places import places_at
from server.asking.suggest import suggest
from server.listen import serving
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup

pytestmark = pytest.mark.browser


@dataclass
class Clock:
    """The server's clock, put on by the test."""

    ahead: timedelta = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.ahead


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def server(home: Home, places_index: Path, clock: Clock) -> Iterator[Server]:
    with serving(home, clock=clock) as port:
        yield Server(port, home, Store(home.store))


@pytest.fixture
def asked(recruiters_told: Popup, lakeshore: Page, server: Server) -> str:
    """The story's trip with one message sent; the id of the ask."""
    recruiters_told.close()
    lakeshore.goto("about:blank")
    trip, places = story().trip, places_at(server.home.cache)
    made = planning.add_trip(
        server.store, places, trip.destination, {"arrive": trip.arrive, "depart": trip.depart}
    )
    world = planning.world_of(server.store.read(), places, utc_now())
    card = next(card for card in suggest(world, made).cards if card.recruiter)
    ask = planning.record_ask(
        server.store, places, utc_now(), trip_id=made.id, card_id=card.id, state=AskState.SENT
    )
    return ask.id


def open_trip(extension: Extension) -> Popup:
    popup = extension.click_icon(extension.page)
    popup.click(".tab", "Trip")
    popup.wait_for(".due")
    return popup


def state_of(server: Server, ask: str) -> str:
    return str(server.store.read().all("asks")[ask]["steps"][-1]["state"])


def test_the_reminder(
    paired: Extension, server: Server, clock: Clock, asked: str, pictures: Pictures
) -> None:
    clock.ahead = timedelta(days=10)
    popup = open_trip(paired)
    assert popup.texts(".due .button") == ["Follow up with A. Alvarez"]
    popup.click(".due .button")
    popup.wait_for(".due .draft textarea")
    pictures(popup, "trip-due")
    first = server.store.read().all("asks")[asked]["body"]
    assert popup.evaluate("document.querySelector('.due .draft textarea').value") != first
    popup.click(".due .button.main", "I have sent it")
    popup.wait("!document.querySelector('.due')")
    popup.close()
    assert state_of(server, asked) == "nudged"


def test_the_last_word_after_the_trip(
    paired: Extension, server: Server, clock: Clock, asked: str, pictures: Pictures
) -> None:
    clock.ahead = story().trip.depart - datetime.now() + timedelta(days=2)
    popup = open_trip(paired)
    assert "did not answer" in popup.text(".due")
    popup.click(".due .button")
    popup.wait_for(".due .draft textarea")
    pictures(popup, "trip-was-in-town")
    assert "Cleveland" in popup.evaluate("document.querySelector('.due .draft textarea').value")
    popup.click(".due .button.main", "I have sent it")
    popup.wait("!document.querySelector('.due')")
    popup.close()
    assert state_of(server, asked) == "silent"  # one such message at most


def test_the_thanks(paired: Extension, server: Server, clock: Clock, asked: str, pictures: Pictures) -> None:
    day = story().trip.arrive.date() + timedelta(days=1)
    start = datetime.combine(day, datetime.min.time().replace(hour=14))
    planning.move_ask(
        server.store, asked, AskState.YES, utc_now(), start=start, end=start + timedelta(minutes=30)
    )
    clock.ahead = start - datetime.now() + timedelta(days=1)
    popup = open_trip(paired)
    popup.click(".due .button", "Thank A. Alvarez for the meeting")
    popup.wait_for(".due .draft textarea")
    pictures(popup, "trip-thank-you")
    assert "hank" in popup.evaluate("document.querySelector('.due .draft textarea').value")
    popup.click(".due .button.main", "I have sent it")
    popup.wait("!document.querySelector('.due')")
    popup.close()
    popup = paired.click_icon(paired.page)  # and it is not asked for again
    popup.click(".tab", "Trip")
    popup.wait_for(".days")
    assert popup.texts(".due") == []
    assert state_of(server, asked) == "answered_yes"
    popup.close()
