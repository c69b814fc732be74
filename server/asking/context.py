"""One trip seen from now: its half-days, its window, what is near, whom each application belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from scraper.model import Stage
from server.asking.cards import When
from server.asking.halfdays import half_days
from server.asking.model import Booking, HalfDay, Position, Recruiter, Trip
from server.asking.names import employer_key
from server.asking.near import Neighbourhood
from server.asking.strength import STRENGTH, Score, score
from server.asking.window import when_to_ask
from server.asking.world import World


class TripContext:
    """Answers about one trip in one world. Everything is worked out once, when first asked for."""

    def __init__(self, world: World, trip: Trip) -> None:
        self.world = world
        self.trip = trip
        self._scores: dict[str, Score] = {}

    @cached_property
    def halves(self) -> tuple[HalfDay, ...]:
        others = tuple(self.world.trips.values())
        now = self.world.clock_at(self.trip)
        return half_days(self.trip, self.world.rules, asks=self.world.asks, others=others, now=now)

    @cached_property
    def when(self) -> When:
        return when_to_ask(self.trip, self.halves, self.world.rules, self.world.today_at(self.trip))

    @cached_property
    def _live(self) -> list[Mapping[str, Any]]:
        """The applications in a stage one may ask in, that their portal still lists."""
        docs = self.world.applications.values()
        return [doc for doc in docs if doc["stage"] in _LIVE and doc.get("listed", True)]

    @cached_property
    def hood(self) -> Neighbourhood:
        hood = Neighbourhood(self.trip, self.world.rules, self.world.place_of, by_hand=bool(self.world.fixes))
        hood.meet({(d["company"], d["location"]) for d in self._live})
        return hood

    @cached_property
    def closed(self) -> frozenset[str]:
        """Applications that are settled for this trip."""
        return self.world.closed_keys(self.trip)

    def positions(self) -> list[Position]:
        """The applications one may ask about on this trip, in no order: live, still listed, near, not settled."""
        near, closed = self.hood.of, self.closed
        return [
            Position.of(doc)
            for doc in self._live
            if doc["key"] not in closed and near(doc["company"], doc["location"]).counts
        ]

    @cached_property
    def today(self) -> date:
        """The date at the destination."""
        return self.world.today_at(self.trip)

    def score(self, position: Position) -> Score:
        """The order of a position among others (`strength.score`), worked out once."""
        found = self._scores.get(position.key)
        if found is None:
            near = self.hood.of(position.employer, position.location)
            found = self._scores[position.key] = score(position, near, self.world.rules, self.today)
        return found

    def booking_at(self, employer: str) -> Booking | None:
        """The first interview of this trip at an employer."""
        key = employer_key(employer)
        there = [b for b in self.trip.bookings if b.employer and employer_key(b.employer) == key]
        return min(there, key=lambda b: b.start, default=None)

    def host(self, employer: str) -> Recruiter | None:
        """The recruiter who booked the user's interview at an employer: the one person there who answers."""
        key = employer_key(employer)
        for booking in sorted(self.trip.bookings, key=lambda b: b.start):
            if not booking.employer or employer_key(booking.employer) != key:
                continue
            recruiter = self.world.recruiters.get(booking.recruiter_id)
            if recruiter is None and booking.application_key:
                recruiter = self.world.handler(booking.application_key, booking.employer)
            if recruiter is not None:
                return recruiter
        return None


_LIVE = frozenset(stage.value for stage in STRENGTH)
assert Stage.DRAFT.value not in _LIVE
