"""Trips, their bookings and half-days in the store."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from scraper.model import Confidence
from scraper.store import Store, Transaction, View
from server.asking.model import (
    Booking,
    HalfDayEdit,
    Part,
    Place,
    PlaceKind,
    Trip,
)
from server.asking.places import Places
from server.asking.world import World
from server.planning.base import PlanError, new_id, stated
from server.said import Said

LONGEST_TRIP_DAYS = 366


def find_destination(places: Places, typed: str) -> Place:
    """The city a person means as a destination. Raises PlanError with candidates when that is not clear."""
    place = places.resolve(typed)
    candidates = [p for p in (place, *place.candidates) if p.kind is PlaceKind.CITY]
    clear = place.kind is PlaceKind.CITY and place.confidence.value != "guess"
    if clear:
        return place.model_copy(update={"candidates": ()})
    choices = candidates or list(places.suggest(typed))
    if choices:
        raise PlanError(
            "ambiguous_destination",
            fix=Said("fix.choose_place"),
            candidates=[p.model_copy(update={"text": p.label, "candidates": ()}) for p in choices],
        )
    raise PlanError("unknown_destination", fix=Said("fix.write_place"))


def trip_of(view: View, trip_id: str) -> Trip:
    """The stored trip. Raises PlanError when there is none."""
    doc = view.get("trips", trip_id)
    if doc is None:
        raise PlanError("unknown_trip", missing=True)
    return Trip.model_validate(doc)


def trip_in(world: World, trip_id: str) -> Trip:
    """A trip of the world. Raises PlanError when there is none."""
    if trip_id not in world.trips:
        raise PlanError("unknown_trip", missing=True)
    return world.trips[trip_id]


def booking_of(trip: Trip, booking_id: str) -> Booking:
    """A trip's booking. Raises PlanError when there is none of that id."""
    found = next((b for b in trip.bookings if b.id == booking_id), None)
    if found is None:
        raise PlanError("unknown_booking", missing=True)
    return found


def _checked(trip: Trip) -> Trip:
    if trip.depart <= trip.arrive:
        raise PlanError("wrong_dates", Said("error.departs_too_early"), fix=Said("fix.check_dates"))
    if (trip.depart - trip.arrive).days > LONGEST_TRIP_DAYS:
        raise PlanError("wrong_dates", Said("error.trip_too_long"), fix=Said("fix.check_dates"))
    return trip


def put_trip(tx: Transaction, trip: Trip) -> Trip:
    tx.put("trips", trip.id, _checked(trip).model_dump(mode="json"))
    return trip


def add_trip(
    store: Store,
    places: Places,
    typed: str,
    fields: Mapping[str, Any],
    bookings: Iterable[Mapping[str, Any]] = (),
) -> Trip:
    """Store a new trip to the place `typed`. Raises PlanError for an unclear place or impossible dates."""
    destination = find_destination(places, typed)
    with store.transaction() as tx:
        wish = f"{destination.city} {str(fields['arrive'])[:10]}"
        made = _checked(Trip(id=new_id(wish, tx.all("trips")), destination=destination, **stated(fields)))
        for booking in bookings:
            made = with_booking(made, placed(booking, places))
        return put_trip(tx, made)


def edit_trip(store: Store, places: Places, trip_id: str, fields: Mapping[str, Any], typed: str = "") -> Trip:
    """Change a trip's fields, and its destination when `typed` is given."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        changes = dict(fields)
        if typed:
            changes["destination"] = find_destination(places, typed)
        return put_trip(tx, Trip.model_validate(trip.model_dump() | changes))


def set_half_day(store: Store, trip_id: str, day: str, part: Part, free: bool | None) -> Trip:
    """Free or take out a half-day by the user's word; None takes that word back."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        try:
            about = HalfDayEdit(date=date.fromisoformat(day), part=part, free=bool(free))
        except ValueError as error:
            raise PlanError("wrong_dates", Said("error.no_such_date")) from error
        if not trip.arrive.date() <= about.date <= trip.depart.date():
            raise PlanError("outside_trip", Said("error.date_outside"))
        kept = [e for e in trip.edits if (e.date, e.part) != (about.date, about.part)]
        edits = (*kept, about) if free is not None else tuple(kept)
        return put_trip(tx, trip.model_copy(update={"edits": edits}))


def remove_trip(store: Store, trip_id: str) -> None:
    """Forget a trip and what was asked for it."""
    with store.transaction() as tx:
        trip_of(tx, trip_id)
        tx.remove("trips", trip_id)
        for key, doc in list(tx.all("asks").items()):
            if doc["trip_id"] == trip_id:
                tx.remove("asks", key)


def placed(fields: Mapping[str, Any], places: Places) -> dict[str, Any]:
    """A booking's fields with the place of its address, where that can be made out."""
    place = places.resolve(str(fields.get("address") or ""))
    clear = place.kind is PlaceKind.CITY and place.confidence is not Confidence.GUESS
    return {**fields, "place": place.model_copy(update={"candidates": ()}) if clear else None}


def with_booking(trip: Trip, fields: Mapping[str, Any]) -> Trip:
    """The trip with one more booking. Raises PlanError for one outside it or with impossible times."""
    taken = {booking.id: booking for booking in trip.bookings}
    wish = str(fields.get("id") or f"{fields.get('employer') or fields.get('title') or 'booking'}")
    booking = Booking(**{**stated(fields), "id": new_id(wish, taken)})
    if booking.end <= booking.start:
        raise PlanError("wrong_dates", Said("error.booking_backwards"), fix=Said("fix.check_dates"))
    days = (trip.arrive.date(), trip.depart.date())
    if not days[0] <= booking.start.date() <= days[1]:
        raise PlanError("outside_trip", Said("error.booking_outside"), fix=Said("fix.check_booking"))
    bookings = sorted((*trip.bookings, booking), key=lambda b: (b.start, b.id))
    return trip.model_copy(update={"bookings": tuple(bookings)})


def add_booking(store: Store, places: Places, trip_id: str, fields: Mapping[str, Any]) -> Trip:
    """Add an interview or another fixed time to a trip."""
    with store.transaction() as tx:
        return put_trip(tx, with_booking(trip_of(tx, trip_id), placed(fields, places)))


def edit_booking(
    store: Store, places: Places, trip_id: str, booking_id: str, fields: Mapping[str, Any]
) -> Trip:
    """Change a booking."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        booking = booking_of(trip, booking_id)
        rest = trip.model_copy(update={"bookings": tuple(b for b in trip.bookings if b.id != booking_id)})
        return put_trip(
            tx, with_booking(rest, placed(booking.model_dump() | dict(fields) | {"id": booking_id}, places))
        )


def remove_booking(store: Store, trip_id: str, booking_id: str) -> Trip:
    """Take a booking out of a trip."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        kept = tuple(b for b in trip.bookings if b.id != booking_id)
        if len(kept) == len(trip.bookings):
            raise PlanError("unknown_booking", missing=True)
        return put_trip(tx, trip.model_copy(update={"bookings": kept}))


def decline_card(store: Store, trip_id: str, card_id: str, *, declined: bool = True) -> Trip:
    """ "Not this one": leave a card out of the trip's suggestions, or take that back."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        rest = tuple(c for c in trip.declined if c != card_id)
        return put_trip(tx, trip.model_copy(update={"declined": (*rest, card_id) if declined else rest}))
