"""The half-days of a trip: which are free, booked, offered, held, off, or spent on the way."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from server.asking.model import OPEN_ASKS, PARTS, Ask, Booking, HalfDay, HalfState, Part, Rules, Trip
from server.asking.workdays import holiday, is_weekend

LONGEST_TRIP_DAYS = 92
"""Half-days are worked out for at most this many days of a trip."""


LABELS = frozenset(
    {
        "arriving",
        "leaving",
        "past",
        "on offer",
        "enough meetings that day",
        "weekend",
        "evening",
        "taken out by you",
    }
)
"""Every label of a half-day but the names of holidays and bookings. The extension says them in its language."""


def span(day: date, part: Part, rules: Rules) -> tuple[datetime, datetime]:
    """From when to when a half-day lasts, on the destination's clock."""
    starts = {
        Part.MORNING: (rules.morning_starts, rules.afternoon_starts),
        Part.AFTERNOON: (rules.afternoon_starts, rules.evening_starts),
        Part.EVENING: (rules.evening_starts, rules.evening_ends),
    }
    start, end = starts[part]
    return datetime.combine(day, start), datetime.combine(day, end)


def part_of(moment: datetime, rules: Rules) -> Part:
    """The half-day a time of day belongs to; before the morning counts as morning."""
    if moment.time() < rules.afternoon_starts:
        return Part.MORNING
    return Part.AFTERNOON if moment.time() < rules.evening_starts else Part.EVENING


def days(trip: Trip) -> list[date]:
    """The dates of a trip, arrival and departure included."""
    count = min((trip.depart.date() - trip.arrive.date()).days + 1, LONGEST_TRIP_DAYS)
    return [trip.arrive.date() + timedelta(days=n) for n in range(count)]


def _minutes(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds() / 60


def _longest_gap(start: datetime, end: datetime, bookings: Iterable[Booking]) -> float:
    """The longest stretch in minutes between `start` and `end` that no booking takes."""
    longest, free_from = 0.0, start
    for booking in sorted(bookings, key=lambda b: b.start):
        longest = max(longest, _minutes(free_from, min(booking.start, end)))
        free_from = max(free_from, booking.end)
    return max(longest, _minutes(free_from, end))


def _booking_in(day: date, part: Part, bookings: Iterable[Booking], rules: Rules) -> Booking | None:
    """The booking that takes this half-day away: it starts in it, or leaves too little of it."""
    start, end = span(day, part, rules)
    touching = [b for b in bookings if b.start < end and b.end > start]
    for booking in bookings:
        if booking.start.date() == day and part_of(booking.start, rules) is part:
            return booking
    if touching and _longest_gap(start, end, touching) < rules.needed_minutes:
        return touching[0]
    return None


def _taken_out(day: date, part: Part, trip: Trip, rules: Rules) -> str:
    """Why a half-day is off, or ""."""
    if name := holiday(day, trip.destination):
        return name
    if is_weekend(day, trip.destination) and not rules.offer_weekends:
        return "weekend"
    return "evening" if part is Part.EVENING and not rules.offer_evenings else ""


def _away(day: date, part: Part, trip: Trip, rules: Rules) -> str:
    """ "arriving" or "leaving" when too little of the half-day is left beside the journey, else ""."""
    start, end = span(day, part, rules)
    there = trip.arrive + timedelta(minutes=rules.after_arrival_minutes)
    gone = trip.depart - timedelta(minutes=rules.before_departure_minutes)
    needed = min(rules.needed_minutes, _minutes(start, end))
    if _minutes(max(start, there), min(end, gone)) >= needed:
        return ""
    return "arriving" if there > start and there - start >= end - gone else "leaving"


def open_asks(asks: Iterable[Ask]) -> list[Ask]:
    """The asks that hold half-days: sent and not answered, on any trip (a person is in one place only)."""
    return [ask for ask in asks if ask.state in OPEN_ASKS]


def half_days(
    trip: Trip,
    rules: Rules,
    *,
    asks: Iterable[Ask] = (),
    others: Sequence[Trip] = (),
    now: datetime | None = None,
) -> tuple[HalfDay, ...]:
    """Every half-day of the trip, in order.

    `asks` may be those of all trips; `others` are other trips, whose bookings also take time away. `now` is
    the wall clock at the destination: what has begun is over.
    """
    held = open_asks(asks)
    bookings = [*trip.bookings, *(b for other in others if other.id != trip.id for b in other.bookings)]
    edits = {(edit.date, edit.part): edit.free for edit in trip.edits}
    found = []
    for day in days(trip):
        on_day = sum(1 for b in bookings if b.start.date() == day)
        asked_on_day = sum(1 for ask in held if any(o.date == day for o in ask.offers))
        for part in PARTS:
            holds = sum(1 for ask in held if any((o.date, o.part) == (day, part) for o in ask.offers))
            room = max(0, min(rules.per_half_day - holds, rules.per_day - on_day - asked_on_day))
            state, label = _state(day, part, trip, rules, bookings, edits.get((day, part)))
            if state is HalfState.FREE and now is not None and span(day, part, rules)[0] <= now:
                state, label = HalfState.OFF, "past"
            if state is HalfState.FREE and not room:
                state, label = HalfState.HELD, "on offer" if holds else "enough meetings that day"
            elif state is HalfState.FREE and holds:
                state, label = HalfState.OFFERED, "on offer"
            room = room if state in (HalfState.FREE, HalfState.OFFERED) else 0
            found.append(HalfDay(date=day, part=part, state=state, label=label, room=room))
    return tuple(found)


def _state(
    day: date, part: Part, trip: Trip, rules: Rules, bookings: Sequence[Booking], edit: bool | None
) -> tuple[HalfState, str]:
    if booking := _booking_in(day, part, bookings, rules):
        return HalfState.BOOKED, booking.title or booking.employer
    if edit is not None:
        return (HalfState.FREE, "") if edit else (HalfState.OFF, "taken out by you")
    if away := _away(day, part, trip, rules):
        return HalfState.AWAY, away
    if off := _taken_out(day, part, trip, rules):
        return HalfState.OFF, off
    return HalfState.FREE, ""


def offerable(
    halves: Sequence[HalfDay],
    trip: Trip,
    rules: Rules,
    *,
    there: Collection[date] = (),
    keep_for_others: int = 0,
) -> list[HalfDay]:
    """The half-days to offer to one recruiter, best first, at most `rules.offered_half_days`.

    First the days on which the user is at that employer anyway (`there`), then whole half-days before cut ones,
    then the earliest. `keep_for_others` places are left for recruiters who are still to be asked, as long as one
    half-day remains to offer.
    """
    free = [half for half in halves if half.room > 0]

    def order(half: HalfDay) -> tuple[object, ...]:
        start, end = span(half.date, half.part, rules)
        whole = trip.arrive + timedelta(minutes=rules.after_arrival_minutes) <= start and end <= trip.depart
        return (half.date not in there, not whole, half.date, PARTS.index(half.part))

    best = sorted(free, key=order)
    places = sum(half.room for half in free)
    most = max(1, min(rules.offered_half_days, places - keep_for_others))
    return best[:most]
