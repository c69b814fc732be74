"""Every trip, its bookings and half-days on offer, and the reminders of open asks, as one calendar (.ics)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import icalendar

from server.asking.context import TripContext
from server.asking.halfdays import open_asks
from server.asking.ledger import nudge_due
from server.asking.links import one_line
from server.asking.model import Ask, Trip
from server.asking.world import World
from server.calendar import write_trip


def written(world: World) -> bytes:
    """The calendar. Entries keep their ids from one export to the next, so importing it again doubles nothing."""
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//InTown//export//EN")
    calendar.add("VERSION", "2.0")
    for trip in sorted(world.trips.values(), key=lambda trip: (trip.arrive, trip.id)):
        asks = tuple(ask for ask in open_asks(world.asks) if ask.trip_id == trip.id)
        plan = write_trip(trip, TripContext(world, trip).halves, asks, world.rules, world.now)
        for event in icalendar.Calendar.from_ical(plan).walk("VEVENT"):
            calendar.add_component(event)
        for reminder in reminders(world, trip):
            calendar.add_component(reminder)
    data: bytes = calendar.to_ical()
    return data


def reminders(world: World, trip: Trip) -> Iterator[Any]:
    """One whole day for each ask that may be followed up, while the trip is not over."""
    for ask in world.asks:
        if ask.trip_id == trip.id and (on := nudge_due(world, trip, ask)) and on <= trip.depart.date():
            yield _reminder(world, ask, on)


def _reminder(world: World, ask: Ask, on: date) -> Any:
    person = world.recruiters.get(ask.recruiter_id)
    who = person.name if person and person.name else ask.employer
    entry = icalendar.Event()
    entry.add("UID", f"follow-up-{ask.id}@intown.invalid")
    entry.add("DTSTAMP", world.now)
    entry.add("SUMMARY", one_line(f"Follow up with {who}, once"))
    entry.add("DTSTART", on)
    entry.add("DTEND", on + timedelta(days=1))
    entry.add("TRANSP", "TRANSPARENT")
    return entry
