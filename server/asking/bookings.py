"""Around a booked interview: what to prepare, whether the way to the next one is too short, what it cost."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from server.asking.model import Booking, Frozen, Place, Recruiter, Trip
from server.asking.names import employer_key
from server.asking.places import distance_km
from server.asking.words_of_dates import clock, in_words

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


def warnings(trip: Trip) -> tuple[str, ...]:
    """What does not fit: bookings that overlap, too short a way, times outside the stay."""
    found = []
    ordered = sorted(trip.bookings, key=lambda b: (b.start, b.end))
    for before, after in pairwise(ordered):
        gap = int((_instant(after.start, trip) - _instant(before.end, trip)).total_seconds() // 60)
        names = f"{before.title or before.employer} and {after.title or after.employer}"
        if gap < 0:
            found.append(f"{names} overlap on {in_words(after.start.date())}.")
            continue
        way = travel_minutes(before, after)
        needed = way if way == 0 else max(way, BETWEEN_MINUTES)
        if gap < needed and before.start.date() == after.start.date():
            found.append(f"Only {gap} minutes between {names}; the way may take {way or BETWEEN_MINUTES}.")
    for booking in ordered:
        if booking.start < trip.arrive:
            found.append(f"{booking.title or booking.employer} begins before you arrive.")
        if booking.end > trip.depart:
            found.append(f"{booking.title or booking.employer} ends after you have left.")
    return tuple(found)


class Task(Frozen):
    """One thing to prepare for an interview."""

    topic: str  # documents, questions, dress, route, names
    text: str


def preparation(
    trip: Trip, booking: Booking, recruiter: Recruiter | None, title: str = "", requisition: str = ""
) -> tuple[Task, ...]:
    """What to have ready for one interview, in the order of doing it; only from what is known."""
    what = title or booking.title
    number = f" (requisition {requisition})" if requisition else ""
    leave = booking.start - timedelta(minutes=ACROSS_TOWN_MINUTES + 15)
    where = booking.address or booking.employer or "the place of the interview"
    who = recruiter.name if recruiter else ""
    names = (
        f"Ask for {who}" + (f", {recruiter.phone}" if recruiter and recruiter.phone else "")
        if who
        else "Find out whom to ask for at the door, and write the name down"
    )
    return (
        Task(
            topic="documents",
            text=f"Print your résumé and the posting for {what}{number}; take certificates and an identity card.",
        ),
        Task(
            topic="questions",
            text=f"Write down three questions about {what}: the team, the first months, the next step.",
        ),
        Task(
            topic="dress", text=f"Lay out what you wear the evening before {in_words(booking.start.date())}."
        ),
        Task(topic="route", text=f"Leave by {clock(leave)} for {where}; try the way on the map before."),
        Task(topic="names", text=f"{names}."),
    )


def place_of(booking: Booking, trip: Trip) -> Place:
    """Where a booking is: its own place, else the trip's destination."""
    return booking.place or trip.destination
