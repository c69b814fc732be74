"""Trips and suggestions as the popup and the command line show them: plain dicts, as in the OpenAPI document."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel

from server.asking.bookings import cost_per_interview, warnings
from server.asking.cards import Card, Suggestions
from server.asking.context import TripContext
from server.asking.groups import card_id
from server.asking.halfdays import LABELS
from server.asking.model import Ask, HalfDay, HalfState, Language, Place, Trip
from server.asking.workdays import holiday
from server.asking.world import World


def place_view(place: Place) -> dict[str, Any]:
    """A place without its rivals. `label` is how it is written for a person."""
    plain = place.model_dump(mode="json", exclude={"candidates"})
    return {**plain, "label": place.label}


def trip_view(
    world: World, trip: Trip, context: TripContext | None = None, language: Language = Language.EN
) -> dict[str, Any]:
    """A trip with its half-days as they stand now."""
    context = context or TripContext(world, trip)
    plain = trip.model_dump(mode="json", exclude={"edits", "declined"})
    destination = place_view(trip.destination)
    return {
        **plain,
        "arrive": trip.arrive.isoformat(timespec="minutes"),
        "depart": trip.depart.isoformat(timespec="minutes"),
        "radius_km": trip.radius_km if trip.radius_km is not None else world.rules.radius_km,
        "destination": destination,
        "half_days": [_half_view(half, trip, language) for half in context.halves],
        "bookings": [
            {
                **booking.model_dump(mode="json"),
                "start": booking.start.isoformat(timespec="minutes"),
                "end": booking.end.isoformat(timespec="minutes"),
            }
            for booking in trip.bookings
        ],
        "cost_per_interview": cost_per_interview(trip),
        "warnings": [warning.in_words(language) for warning in warnings(trip)],
        "over": trip.depart < world.clock_at(trip),
        "left_out": left_out(world, trip),
    }


def _half_view(half: HalfDay, trip: Trip, language: Language) -> dict[str, Any]:
    """A half-day; the name of a holiday in the language. The fixed labels are said by who shows them."""
    plain = half.model_dump(mode="json")
    if half.state is HalfState.OFF and half.label not in LABELS:
        plain["label"] = holiday(half.date, trip.destination, language)
    return plain


def left_out(world: World, trip: Trip) -> list[dict[str, str]]:
    """Whom the user said "not this one" to on this trip, by name; those no longer known are nobody to take back."""
    if not trip.declined:
        return []
    names = {card_id(trip, recruiter, ""): recruiter.name for recruiter in world.recruiters.values()}
    for employer in sorted(world.waiting.employers):
        names.setdefault(card_id(trip, None, employer), employer)
    return [{"card_id": card, "name": names[card]} for card in trip.declined if card in names]


def suggestions_view(
    context: TripContext, suggestions: Suggestions, language: Language = Language.EN
) -> dict[str, Any]:
    """The answer of GET /api/trips/ID/suggestions."""
    return {
        "trip": trip_view(context.world, context.trip, context, language),
        "cards": [card_view(card, language) for card in suggestions.cards],
        "due": [plain(due, language) for due in suggestions.due],
        "summary": suggestions.summary.in_words(language),
    }


def card_view(card: Card, language: Language = Language.EN) -> dict[str, Any]:
    """A card with its ask's state beside its steps."""
    return {**plain(card, language), "ask": ask_view(card.ask) if card.ask else None}


def plain(model: BaseModel, language: Language = Language.EN) -> dict[str, Any]:
    """A model as JSON data, its sentences in a language."""
    return model.model_dump(mode="json", context={"language": language})


def ask_view(ask: Ask) -> dict[str, Any]:
    """An ask with where it stands now, as one word."""
    sent_at = ask.sent_at.isoformat() if ask.sent_at else None
    return {**ask.model_dump(mode="json"), "state": ask.state.value, "sent_at": sent_at}
