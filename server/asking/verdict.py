"""Should I ask for the interview? The answer for each application, with its reason and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scraper.model import ENDED, Confidence, Stage
from server.asking import ledger
from server.asking.cards import Answer, Verdict, WhenState
from server.asking.context import TripContext
from server.asking.halfdays import offerable, part_of
from server.asking.model import OPEN_ASKS, Ask, AskState, Position, Recruiter, Trip
from server.asking.near import Near
from server.asking.strength import IN_WORDS, STRENGTH
from server.asking.waiting import ASKABLE
from server.asking.words_of_dates import half_in_words, in_words, short, weekday
from server.asking.world import World


def _dont(reason: str, change: str = "") -> Verdict:
    return Verdict(answer=Answer.DONT, reason=reason, would_change=change)


def _wait(reason: str, change: str = "") -> Verdict:
    return Verdict(answer=Answer.WAIT, reason=reason, would_change=change)


class Judge:
    """Gives the verdicts of one world. Ten thousand applications share a few dozen of them."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._contexts = [TripContext(world, trip) for trip in world.upcoming]
        self._booked = {b.application_key: b for t in world.upcoming for b in t.bookings if b.application_key}
        self._asks: dict[tuple[str, str], Ask] = {}
        for ask in world.asks:
            if ask.state is not AskState.UNDONE:
                self._asks.update({(ask.trip_id, key): ask for key in ask.application_keys})
        self._memo: dict[tuple[object, ...], Verdict] = {}

    def verdict(self, doc: Mapping[str, Any]) -> Verdict:
        """The verdict for one application, given as the store's record."""
        if doc["stage"] not in ASKABLE and doc["key"] not in self._booked:
            return self._settled(doc)
        handler = self.world.handler(doc["key"], doc["company"])
        personal = doc["key"] in self._booked or any(
            (c.trip.id, doc["key"]) in self._asks for c in self._contexts
        )
        same = (
            doc["key"] if personal else "",
            doc["stage"],
            doc["confidence"],
            doc.get("listed", True),
            doc["company"],
            doc["location"],
            handler.id if handler else "",
        )
        found = self._memo.get(same)
        if found is None:
            found = self._memo[same] = self._judge(Position.of(doc), handler)
        return found

    def _settled(self, doc: Mapping[str, Any]) -> Verdict:
        """The verdict for a stage that decides alone, whoever and wherever it is."""
        same = (doc["stage"], doc["confidence"])
        found = self._memo.get(same)
        if found is None:
            found = self._by_stage(Position.of(doc))
            assert found is not None  # every stage one may not ask in has its answer
            self._memo[same] = found
        return found

    def _judge(self, position: Position, handler: Recruiter | None) -> Verdict:
        if (by_stage := self._by_stage(position)) is not None:
            return by_stage
        trips = [(c, c.hood.of(position.employer, position.location)) for c in self._contexts]
        near = [(context, nearness) for context, nearness in trips if nearness.counts]
        if near:
            verdicts = [self._on_trip(context, position, handler) for context, _ in near]
            return next((v for v in verdicts if v.answer is Answer.ASK), verdicts[0])
        return self._no_trip(position, [nearness.near for _, nearness in trips])

    def _by_stage(self, position: Position) -> Verdict | None:
        """What the stage alone decides; None for the stages one may ask in."""
        stage = position.stage
        if stage in ENDED:
            unsure = position.confidence is not Confidence.SURE
            return _dont(
                f"{IN_WORDS[stage]}.",
                "If the portal's words were read wrongly, correct the stage." if unsure else "",
            )
        if position.key in self._booked:
            booking = self._booked[position.key]
            half = half_in_words(booking.start.date(), part_of(booking.start, self.world.rules))
            return _dont(f"Your interview is booked: {half}.")
        if stage is Stage.DRAFT:
            return _dont("A draft: it was never sent in.", "Finish it and send it in.")
        if stage is Stage.OFFER:
            return _dont("They have made you an offer; answer that first.")
        if stage is Stage.INTERVIEW_SCHEDULED:
            return _dont(
                "An interview is arranged already.", "Add it to your trip, and InTown asks round it."
            )
        if stage not in STRENGTH:
            return _wait(
                "InTown does not know what this status means.", "Say what it means; it is remembered."
            )
        if not position.listed:
            return _wait("The portal no longer lists it.", "Look on the portal whether it is still open.")
        return None

    def _no_trip(self, position: Position, nears: Iterable[Near]) -> Verdict:
        place = self.world.place_of(position.employer, position.location)
        town = place.city or place.region
        if Near.UNKNOWN in nears:
            return _wait(
                "InTown cannot tell where this job is.", "Say where it is; it is remembered for the employer."
            )
        if not self._contexts:
            there = f" to {town}" if town else ""
            return _wait(
                "No trip is planned yet.", f"Log a trip{there}, and InTown picks whom to ask and when."
            )
        return _wait(
            f"Not near your trip{'s' if len(self._contexts) > 1 else ''}.",
            f"A trip to {town} would change that." if town else "",
        )

    def _on_trip(self, context: TripContext, position: Position, handler: Recruiter | None) -> Verdict:
        world, trip = self.world, context.trip
        recruiter = handler or context.host(position.employer)
        ask = (world.asked(trip, recruiter.id) if recruiter else None) or self._asks.get(
            (trip.id, position.key)
        )
        if ask is not None and ask.state is not AskState.DRAFTED:
            return self._asked(ask)
        if recruiter is not None and (quiet := world.quiet_until(trip, recruiter.id)):
            return _wait(
                f"{recruiter.name} was asked about something else lately.",
                f"From {short(quiet)} you may ask.",
            )
        when = context.when
        if when.state is WhenState.CLOSED:
            return _wait(when.text, "Free a half-day on your trip, or stay longer.")
        if when.state is WhenState.TOO_EARLY:
            return _wait(when.text, f"Ask from {short(when.opens)}.")
        free = offerable(context.halves, trip, world.rules)
        if not free:
            return _wait(
                "Every free half-day is on offer already.",
                "An answer, or another half-day, would change that.",
            )
        return Verdict(answer=Answer.ASK, reason=self._reason(context, trip, position, handler, recruiter))

    def _asked(self, ask: Ask) -> Verdict:
        words = ledger.in_words(ask)
        if ask.state in OPEN_ASKS:
            return _wait(words, "An answer would.")
        if ask.state is AskState.YES:
            return _dont("They said yes: it is settled for this trip.")
        return _dont(words, "Another trip would.")

    def _reason(
        self,
        context: TripContext,
        trip: Trip,
        position: Position,
        handler: Recruiter | None,
        host: Recruiter | None,
    ) -> str:
        booking = context.booking_at(position.employer)
        day = booking.start.date() if booking else trip.arrive.date()
        when = (
            f"You are there {weekday(day)[:3]} {day.day}" if booking else f"You are near from {in_words(day)}"
        )
        if handler is not None:
            return f"{when}; {handler.name} handles it."
        if host is not None:
            return f"{when}; {host.name} can pass your question on."
        return f"{when}; find out whom to ask."


def verdicts(world: World, docs: Iterable[Mapping[str, Any]] | None = None) -> dict[str, dict[str, str]]:
    """The verdict for each application (all by default) as plain JSON, by key."""
    judge = Judge(world)
    plain: dict[int, dict[str, str]] = {}
    found = {}
    for doc in world.applications.values() if docs is None else docs:
        verdict = judge.verdict(doc)
        if id(verdict) not in plain:
            plain[id(verdict)] = verdict.model_dump(mode="json")
        found[doc["key"]] = plain[id(verdict)]
    return found
