"""Should I ask for the interview? The answer for each application, with its reason and what would change it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scraper.model import ENDED, Confidence, Stage
from server.asking import ledger
from server.asking.cards import Answer, Verdict, WhenState
from server.asking.context import TripContext
from server.asking.halfdays import offerable, part_of
from server.asking.model import OPEN_ASKS, Ask, AskState, Language, Position, Recruiter
from server.asking.near import Near
from server.asking.strength import STRENGTH
from server.asking.waiting import ASKABLE
from server.asking.world import World
from server.said import Half, Said


def _dont(reason: Said, change: Said | None = None) -> Verdict:
    return Verdict(answer=Answer.DONT, reason=reason, would_change=change)


def _wait(reason: Said, change: Said | None = None) -> Verdict:
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
            over = Said("verdict.ended", stage=Said(f"stage.{stage.value}"))
            return _dont(over, Said("verdict.ended_change") if unsure else None)
        if position.key in self._booked:
            start = self._booked[position.key].start
            half = Half(start.date(), part_of(start, self.world.rules))
            return _dont(Said("verdict.booked", half=half))
        if stage is Stage.DRAFT:
            return _dont(Said("verdict.draft"), Said("verdict.draft_change"))
        if stage is Stage.OFFER:
            return _dont(Said("verdict.offer"))
        if stage is Stage.INTERVIEW_SCHEDULED:
            return _dont(Said("verdict.arranged"), Said("verdict.arranged_change"))
        if stage not in STRENGTH:
            return _wait(Said("verdict.unknown_status"), Said("verdict.unknown_status_change"))
        if not position.listed:
            return _wait(Said("verdict.not_listed"), Said("verdict.not_listed_change"))
        return None

    def _no_trip(self, position: Position, nears: Iterable[Near]) -> Verdict:
        place = self.world.place_of(position.employer, position.location)
        town = place.city or place.region
        if Near.UNKNOWN in nears:
            return _wait(Said("verdict.place_unclear"), Said("verdict.place_unclear_change"))
        if not self._contexts:
            there = Said("verdict.no_trip_change_to", town=town) if town else Said("verdict.no_trip_change")
            return _wait(Said("verdict.no_trip"), there)
        change = Said("verdict.not_near_change", town=town) if town else None
        return _wait(Said("verdict.not_near", count=len(self._contexts)), change)

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
                Said("verdict.asked_lately", name=recruiter.name),
                Said("verdict.asked_lately_change", day=quiet),
            )
        when = context.when
        if when.state is WhenState.CLOSED:
            return _wait(when.text, Said("verdict.closed_change"))
        if when.state is WhenState.TOO_EARLY:
            return _wait(when.text, Said("verdict.too_early_change", day=when.opens))
        free = offerable(context.halves, trip, world.rules)
        if not free:
            return _wait(Said("verdict.all_offered"), Said("verdict.all_offered_change"))
        return Verdict(answer=Answer.ASK, reason=self._reason(context, position, handler, recruiter))

    def _asked(self, ask: Ask) -> Verdict:
        words = ledger.in_words(ask)
        if ask.state in OPEN_ASKS:
            return _wait(words, Said("verdict.answer_would"))
        if ask.state is AskState.YES:
            return _dont(Said("verdict.said_yes"))
        return _dont(words, Said("verdict.another_trip"))

    def _reason(
        self, context: TripContext, position: Position, handler: Recruiter | None, host: Recruiter | None
    ) -> Said:
        booking = context.booking_at(position.employer)
        where = "near" if booking is None else "there"
        day = context.trip.arrive.date() if booking is None else booking.start.date()
        if handler is not None:
            return Said(f"verdict.{where}_handled", day=day, name=handler.name)
        if host is not None:
            return Said(f"verdict.{where}_host", day=day, name=host.name)
        return Said(f"verdict.{where}_nobody", day=day)


class InWords:
    """Verdicts as plain JSON in one language; ten thousand applications share a few dozen of them."""

    def __init__(self, language: Language = Language.EN) -> None:
        self._language = language
        self._made: dict[
            int, tuple[Verdict, dict[str, str]]
        ] = {}  # by identity; kept alive, so it stays theirs

    def __call__(self, verdict: Verdict) -> dict[str, str]:
        found = self._made.get(id(verdict))
        if found is None:
            change = verdict.would_change
            plain = {
                "answer": verdict.answer.value,
                "reason": verdict.reason.in_words(self._language),
                "would_change": change.in_words(self._language) if change else "",
            }
            found = self._made[id(verdict)] = (verdict, plain)
        return found[1]


def verdicts(
    world: World, docs: Iterable[Mapping[str, Any]] | None = None, language: Language = Language.EN
) -> dict[str, dict[str, str]]:
    """The verdict for each application (all by default) as plain JSON, by key."""
    judge, in_words = Judge(world), InWords(language)
    chosen = world.applications.values() if docs is None else docs
    return {doc["key"]: in_words(judge.verdict(doc)) for doc in chosen}
