"""Around a booked interview: what to prepare, whether the way to the next one is too short, what it cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from server.asking.model import Booking, Frozen, Place, Recruiter, Trip
from server.asking.names import employer_key
from server.asking.places import distance_km
from server.said import Said

BETWEEN_MINUTES = 60
"""An hour between two interviews (facts/asking.md, section 2: a career guide's rule)."""

ACROSS_TOWN_MINUTES = 30
KM_PER_HOUR = 40.0  # through a city and its suburbs, by car or taxi, with parking


def cost_per_interview(trip: Trip) -> float | None:
    """What the trip costs for each booked interview; None without a cost or a booking."""
    interviews = [b for b in trip.bookings if b.employer or b.application_key]
    if trip.cost is None or not interviews:
        return None
    return round(trip.cost / len(interviews), 2)


def _instant(moment: datetime, trip: Trip) -> datetime:
    """A wall-clock time as an instant, so that a clock change between two bookings is not overlooked."""
    tz = trip.destination.tz
    return moment.replace(tzinfo=ZoneInfo(tz)) if tz else moment


def travel_minutes(a: Booking, b: Booking) -> int:
    """How long the way between two bookings may take: none at one employer, else by distance where it is known."""
    if a.employer and employer_key(a.employer) == employer_key(b.employer) and a.address == b.address:
        return 0
    if a.place is not None and b.place is not None:
        km = distance_km(a.place, b.place)
        if km < 1000:
            return ACROSS_TOWN_MINUTES + round(km / KM_PER_HOUR * 60)
    return ACROSS_TOWN_MINUTES


def warnings(trip: Trip) -> tuple[Said, ...]:
    """What does not fit: bookings that overlap, too short a way, times outside the stay."""
    found = []
    ordered = sorted(trip.bookings, key=lambda b: (b.start, b.end))
    for before, after in pairwise(ordered):
        gap = int((_instant(after.start, trip) - _instant(before.end, trip)).total_seconds() // 60)
        names = {"first": _name(before), "second": _name(after)}
        if gap < 0:
            found.append(Said("booking.overlap", day=after.start.date(), **names))
            continue
        way = travel_minutes(before, after)
        needed = way if way == 0 else max(way, BETWEEN_MINUTES)
        if gap < needed and before.start.date() == after.start.date():
            found.append(Said("booking.gap", count=gap, way=way or BETWEEN_MINUTES, **names))
    for booking in ordered:
        if booking.start < trip.arrive:
            found.append(Said("booking.early", title=_name(booking)))
        if booking.end > trip.depart:
            found.append(Said("booking.late", title=_name(booking)))
    return tuple(found)


def _name(booking: Booking) -> str:
    return booking.title or booking.employer


class Task(Frozen):
    """One thing to prepare for an interview."""

    topic: str  # documents, questions, dress, route, names
    text: Said


def preparation(
    trip: Trip, booking: Booking, recruiter: Recruiter | None, title: str = "", requisition: str = ""
) -> tuple[Task, ...]:
    """What to have ready for one interview, in the order of doing it; only from what is known."""
    what = title or booking.title
    number = Said("task.number", requisition=requisition) if requisition else ""
    leave = booking.start - timedelta(minutes=ACROSS_TOWN_MINUTES + 15)
    where = booking.address or booking.employer or Said("task.interview_place")
    who = ", ".join(part for part in (recruiter.name, recruiter.phone) if part) if recruiter else ""
    names = Said("task.names", who=who) if who else Said("task.names_unknown")
    return (
        Task(topic="documents", text=Said("task.documents", what=what, number=number)),
        Task(topic="questions", text=Said("task.questions", what=what)),
        Task(topic="dress", text=Said("task.dress", day=booking.start.date())),
        Task(topic="route", text=Said("task.route", time=leave, where=where)),
        Task(topic="names", text=names),
    )


def place_of(booking: Booking, trip: Trip) -> Place:
    """Where a booking is: its own place, else the trip's destination."""
    return booking.place or trip.destination
