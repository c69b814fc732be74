"""The messages after the first one: the reminder, the thanks, and the one "was in town"."""

from __future__ import annotations

from typing import Literal

from server.asking import draft
from server.asking.cards import Draft, Named, Offer
from server.asking.context import TripContext
from server.asking.draft_facts import Facts
from server.asking.model import Ask, HalfState, Language, Position, Tone
from server.asking.world import World
from server.said import Said, SaidError

Kind = Literal["follow_up", "thank_you", "was_in_town"]


class NothingToSay(SaidError):
    """A message that would not be true: no thanks without a meeting, no reminder of what was never sent."""


def message(
    world: World, ask: Ask, kind: Kind, language: Language | None = None, tone: Tone | None = None
) -> Draft:
    """The message of that kind for an ask. Raises NothingToSay where its premise does not hold."""
    trip = world.trips[ask.trip_id]
    context = TripContext(world, trip)
    booking = next((b for b in trip.bookings if b.ask_id == ask.id), None)
    if kind == "thank_you" and booking is None:
        raise NothingToSay(Said("error.no_meeting"))
    if kind != "thank_you" and ask.sent_at is None:
        raise NothingToSay(Said("error.nothing_sent"))
    recruiter = world.recruiters.get(ask.recruiter_id)
    docs = [world.applications[key] for key in ask.application_keys if key in world.applications]
    named = tuple(
        Named(key=p.key, title=p.title, requisition=p.requisition, stage=p.stage, status=p.status)
        for p in map(Position.of, docs)
    )
    if not named:
        raise NothingToSay(Said("error.applications_gone"))
    taken = {(h.date, h.part) for h in context.halves if h.state in (HalfState.BOOKED, HalfState.OFF)}
    offers = tuple(Offer.of(o.date, o.part) for o in ask.offers if (o.date, o.part) not in taken)
    theirs = Language(recruiter.language) if recruiter and recruiter.language else None
    language = language or theirs or world.rules.language
    facts = Facts(
        kind=kind,
        trip=trip,
        employer=ask.employer,
        me=world.me,
        rules=world.rules,
        recruiter=recruiter,
        named=named,
        offers=offers if kind == "follow_up" else (),
        booking=None,
        sent_on=ask.sent_at.date() if ask.sent_at else None,
        met_on=booking.start.date() if booking else None,
        employers=world.employers,
    )
    return draft.make(
        facts, language, tone or world.rules.tone, world.templates.get(f"{kind}.{language.value}")
    )
