"""One trip seen from now: its half-days, its window, what is near, whom each application belongs to."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from server.asking.cards import When
from server.asking.halfdays import half_days
from server.asking.model import Booking, HalfDay, Position, Recruiter, Trip
from server.asking.neighbourhood import Neighbourhood
from server.asking.strength import Score, score
from server.asking.window import when_to_ask
from server.asking.world import World


class TripContext:
    """Answers about one trip in one world. Everything is worked out once, when first asked for."""

    def __init__(self, world: World, trip: Trip) -> None:
        self.world = world
        self.trip = trip
        self._scores: dict[str, Score] = {}
        self._hosts: dict[str, Recruiter | None] = {}

    @cached_property
    def halves(self) -> tuple[HalfDay, ...]:
        others = tuple(self.world.trips.values())
        now = self.world.clock_at(self.trip)
        return half_days(self.trip, self.world.rules, asks=self.world.asks, others=others, now=now)

    @cached_property
    def when(self) -> When:
        return when_to_ask(self.trip, self.halves, self.world.rules, self.world.today_at(self.trip))

    @cached_property
    def hood(self) -> Neighbourhood:
        return Neighbourhood(self.world, self.trip)

    @cached_property
    def closed(self) -> frozenset[str]:
        """Applications that are settled for this trip."""
        return self.world.closed_keys(self.trip)

    def positions(self) -> list[Position]:
        """The applications one may ask about on this trip, in no order: live, still listed, near, not settled."""
        found = []
        for near, positions in self.hood.positions():
            for position in positions:
                if position.key not in self.closed:
                    found.append(position)
                    self._scores[position.key] = score(position, near, self.world.rules, self.today)
        return found

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
        return next(iter(self._bookings_at(employer)), None)

    def _bookings_at(self, employer: str) -> list[Booking]:
        """The trip's bookings at an employer, by start."""
        key = self.world.employer(employer)
        there = [b for b in self.trip.bookings if b.employer and self.world.employer(b.employer) == key]
        return sorted(there, key=lambda b: b.start)

    def days_at(self, employer: str) -> frozenset[date]:
        """The days on which the user is at an employer anyway."""
        return frozenset(b.start.date() for b in self._bookings_at(employer))

    def host(self, employer: str) -> Recruiter | None:
        """The recruiter who booked the user's interview at an employer: the one person there who answers."""
        if employer not in self._hosts:
            self._hosts[employer] = self._host(employer)
        return self._hosts[employer]

    def _host(self, employer: str) -> Recruiter | None:
        for booking in self._bookings_at(employer):
            recruiter = self.world.recruiters.get(booking.recruiter_id)
            if recruiter is None and booking.application_key:
                recruiter = self.world.handler(booking.application_key, booking.employer)
            if recruiter is not None:
                return recruiter
        return None
