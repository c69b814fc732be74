"""What must hold in every world, whatever was applied for, asked and answered. INTOWN_PROOF=full runs 5,000."""

from __future__ import annotations

import os
import re
from collections import Counter
from dataclasses import replace
from datetime import date

from hypothesis import HealthCheck, event, given, settings

from scraper.model import ENDED, Stage
from server.asking.cards import Card, Offer, Suggestions, WhenState
from server.asking.context import TripContext
from server.asking.halfdays import span
from server.asking.ideas import ideas
from server.asking.model import (
    OPEN_ASKS,
    Ask,
    AskState,
    HalfDay,
    HalfState,
    Language,
    OfferedHalf,
    Step,
    Trip,
)
from server.asking.names import Employers, employer_key
from server.asking.suggest import suggest
from server.asking.verdict import verdicts
from server.asking.workdays import holiday
from server.asking.world import World
from tests.asking.generated import worlds

COUNT = 5_000 if os.environ.get("INTOWN_PROOF") == "full" else 150


@settings(max_examples=COUNT, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(given_world=worlds())
def test_the_promises_of_asking_hold_in_every_world(given_world: World) -> None:
    for trip in given_world.trips.values():
        found = suggest(given_world, trip)
        event(f"{min(len(found.cards), 4)} cards, {sum(c.draft is not None for c in found.cards)} drafts")
        assert found == suggest(given_world, trip)  # the same input gives the same output
        half_days_hold_no_more_than_they_can(given_world, trip)
        nothing_ended(given_world, found)
        one_message_each(given_world, found)
        for card in found.cards:
            refused_is_left_alone(given_world, trip, card)
            recently_asked_is_left_alone(given_world, trip, card)
            offers_are_free(given_world, trip, card)
            draft_keeps_its_limits(given_world, card)
        nothing_is_promised_twice(given_world, trip)
    for language in Language:
        trip = next(iter(given_world.trips.values()))
        for card in suggest(given_world, trip, language=language).cards:
            draft_keeps_its_limits(given_world, card)
            draft_is_grammatical(card)
    every_verdict_is_sane(given_world)
    assert ideas(given_world) == ideas(given_world)


def nothing_ended(known: World, found: Suggestions) -> None:
    for card in found.cards:
        assert 1 <= len(card.applications) <= 3
        for named in card.applications:
            doc = known.applications[named.key]
            assert Stage(doc["stage"]) not in ENDED | {Stage.DRAFT, Stage.UNKNOWN, Stage.OFFER}
            assert doc["listed"]


def one_message_each(known: World, found: Suggestions) -> None:
    people = Counter(known.person(card.recruiter.id) for card in found.cards if card.recruiter)
    assert all(count == 1 for count in people.values())
    mails = Counter(card.recruiter.email for card in found.cards if card.recruiter and card.recruiter.email)
    assert all(count == 1 for count in mails.values())
    keys = [named.key for card in found.cards for named in card.applications]
    assert len(keys) == len(set(keys))
    assert [card.rank for card in found.cards] == list(range(1, len(found.cards) + 1))


def refused_is_left_alone(known: World, trip: Trip, card: Card) -> None:
    settled = {
        k for a in known.asks if a.trip_id == trip.id and a.state is AskState.NO for k in a.application_keys
    }
    assert not settled & {named.key for named in card.applications}
    if card.recruiter:
        asked = known.asked(trip, card.recruiter.id)
        assert asked is None or asked.state is not AskState.NO


def recently_asked_is_left_alone(known: World, trip: Trip, card: Card) -> None:
    if card.draft is None or card.recruiter is None or card.ask is not None:
        return
    person = known.person(card.recruiter.id)
    for ask in known.asks:
        if ask.trip_id != trip.id and known.person(ask.recruiter_id) == person and ask.sent_at:
            assert (known.now - ask.sent_at).days >= known.rules.quiet_days


def offers_are_free(known: World, trip: Trip, card: Card) -> None:
    halves = {(h.date, h.part): h for h in TripContext(known, trip).halves}
    bookings = [b for t in known.trips.values() for b in t.bookings]
    edited = {(e.date, e.part): e.free for e in trip.edits}
    holding = [a for a in known.asks if a.state in OPEN_ASKS]
    assert len(card.offers) <= known.rules.offered_half_days
    for offer in card.offers:
        at = (offer.date, offer.part)
        if card.ask is not None and card.ask.state in OPEN_ASKS:
            assert (
                halves[at].state is not HalfState.BOOKED
            )  # what was offered stays offered, unless it is taken
            continue
        assert halves[at].state in (HalfState.FREE, HalfState.OFFERED)
        start, end = span(offer.date, offer.part, known.rules)
        assert start > known.clock_at(trip)
        assert not any(start <= b.start < end for b in bookings)
        assert sum(any((o.date, o.part) == at for o in a.offers) for a in holding) < known.rules.per_half_day
        if not edited.get(at):
            assert not holiday(offer.date, trip.destination)
            assert offer.date.weekday() < 5 or known.rules.offer_weekends
            assert trip.arrive.date() <= offer.date <= trip.depart.date()


def held_at(known: World, offer: OfferedHalf | Offer | HalfDay) -> int:
    """How many open asks, on whatever trip, have promised this half-day."""
    at = (offer.date, offer.part)
    return sum(any((o.date, o.part) == at for o in a.offers) for a in known.asks if a.state in OPEN_ASKS)


def taken_on(known: World, day: date) -> int:
    """Meetings of a day and open asks that have promised a part of it."""
    promised = sum(any(o.date == day for o in a.offers) for a in known.asks if a.state in OPEN_ASKS)
    return promised + sum(b.start.date() == day for t in known.trips.values() for b in t.bookings)


def half_days_hold_no_more_than_they_can(known: World, trip: Trip) -> None:
    for half in TripContext(known, trip).halves:
        held, taken = held_at(known, half), taken_on(known, half.date)
        event(f"{half.state.value}, {min(held, 3)} held")
        if half.state is HalfState.FREE:
            assert held == 0
        if half.state is HalfState.OFFERED:
            assert held > 0
        if half.room:
            assert half.state in (HalfState.FREE, HalfState.OFFERED)
            assert half.room + held <= known.rules.per_half_day
            assert half.room + taken <= known.rules.per_day
        if half.state is HalfState.HELD:
            assert held >= known.rules.per_half_day or taken >= known.rules.per_day


def nothing_is_promised_twice(known: World, trip: Trip) -> None:
    """Send every card in turn, as a person in a hurry would: what is full is offered to nobody."""
    for turn in range(6):
        open_cards = [c for c in suggest(known, trip).cards if c.ask is None and c.offers]
        if not open_cards:
            return
        card = open_cards[0]
        for offer in card.offers:
            assert held_at(known, offer) < known.rules.per_half_day
            assert taken_on(known, offer.date) < known.rules.per_day
        sent = Ask(
            id=card.id,
            trip_id=trip.id,
            card_id=card.id,
            recruiter_id=card.recruiter.id if card.recruiter else "",
            employer=card.employer,
            offers=tuple(OfferedHalf(date=o.date, part=o.part) for o in card.offers),
            steps=(Step(state=AskState.SENT, at=known.now),),
        )
        others = tuple(ask for ask in known.asks if ask.id != card.id)
        known = replace(known, asks=(*others, sent))
        event(f"sent {turn + 1} in one go")


def draft_keeps_its_limits(known: World, card: Card) -> None:
    if card.when.state is WhenState.CLOSED:
        assert card.draft is None
    if card.draft is None:
        return
    made = card.draft
    assert 60 <= made.words <= 120
    assert 36 <= len(made.subject) <= 50
    assert "\n" not in made.subject
    own = employer_key(card.employer)
    others = Employers.of(name for name in known.employers.names.values() if employer_key(name) != own)
    for text in (made.subject, made.body, made.call_script, made.voicemail):
        assert others.mentioned(text, card.employer) == ""
        # Said a second time, without our own search. A name that no data knows as an employer is just a word.
        known_name = any("meridian" in key for key in known.employers.names)
        assert not known_name or "meridian" in own or "meridian" not in text.casefold()
    assert len(made.mailto) <= 2000


_WRONG = {
    Language.EN: r"\ba [aeio]\w+|\b(\w+) \1\b",
    Language.ES: r"\b(?:de|a) el\b|\by (?=i(?!a|e|o)|hi(?!e))|\bo (?=h?o)|\b(\w+) \1\b",
    Language.FR: r"\b(?:de|à) les?\b|\b(?:je|ne|se|que|de|le|la) (?=[aeiouéèêh])|\b(\w+) \1\b|[^\s]»|(?<=\w)[:?;!]",
    Language.DE: r"\b(?:in dem|zu dem|von dem|bei dem)\b|\b(\w+) \1\b",
}
"""Contractions and elisions that a language asks for, and a word said twice."""


def draft_is_grammatical(card: Card) -> None:
    """Our own words; what stands in quotation marks, names and towns are theirs."""
    if card.draft is None:
        return
    made = card.draft
    names = [card.employer, "Cleveland", "Tokyo", *(named.title for named in card.applications)]
    for text in (made.subject, made.body, made.call_script, made.voicemail):
        for name in sorted(names, key=len, reverse=True):
            text = text.replace(name, "7") if name else text
        own = re.sub(r"«[^»]*»|„[^“]*“|\[[^\]]*\]|\S+@\S+", "7", text)
        assert not re.search(_WRONG[made.language], own), (made.language, own)
        assert not re.search(r"  |\s[.,]|\.\.|,,|\{|\}", own.replace("\n", " ").replace("  ", " ")), own


def every_verdict_is_sane(known: World) -> None:
    for key, verdict in verdicts(known).items():
        stage = Stage(known.applications[key]["stage"])
        assert verdict["reason"]
        if stage in ENDED or stage is Stage.DRAFT:
            assert verdict["answer"] == "dont"
        if stage is Stage.UNKNOWN:
            assert verdict["answer"] != "ask"
