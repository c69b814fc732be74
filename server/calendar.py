"""Calendars in and out: flights and interviews from .ics files, the plan of a trip as one.

Files come from anywhere: they are limited in size and number of events, and nothing in them is trusted but
texts, which are cut and lose their control characters, and times.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

import icalendar

from server.asking.halfdays import span
from server.asking.links import one_line
from server.asking.model import Ask, Booking, Frozen, HalfDay, HalfState, Place, PlaceKind, Rules, Trip
from server.asking.places import Places
from server.said import Said, SaidError

LARGEST = 1_000_000  # bytes; a calendar of some years
MOST_EVENTS = 2_000

_JOURNEY = ("flight", "flug", "vuelo", "vol ", "train", "zug ", "tren", "rail", "amtrak", "depart", "✈")
_INTERVIEW = (
    "interview", "entrevista", "entretien", "vorstellungsgespräch", "onsite", "on-site", "screen", "recruiter", "hiring",
)  # fmt: skip


class CalendarError(SaidError):
    """The file is no calendar, or too large."""


class Event(Frozen):
    """One event of a calendar. `start` and `end` are instants; `whole_day` ones begin at midnight UTC."""

    summary: str
    location: str = ""
    start: datetime
    end: datetime
    whole_day: bool = False
    kind: Literal["journey", "interview", "other"] = "other"
    floating: bool = False  # a time without a zone: the clock on the wall, wherever that is


class Found(Frozen):
    """What a calendar says about a trip: events by kind, and a trip proposed from the journeys."""

    journeys: tuple[Event, ...] = ()
    interviews: tuple[Event, ...] = ()
    destination: Place | None = None
    arrive: datetime | None = None
    depart: datetime | None = None
    note: Said | None = None


def read_events(data: bytes) -> tuple[Event, ...]:
    """The events of an .ics file, by start. Raises CalendarError for what is no calendar or beyond the limits."""
    if len(data) > LARGEST:
        raise CalendarError(Said("error.calendar_large"))
    try:
        calendar = icalendar.Calendar.from_ical(data)
        found = [event for component in _events(calendar) if (event := _event(component)) is not None]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        # icalendar raises these for broken input; which one depends on the place of the fault.
        raise CalendarError(Said("error.no_calendar")) from error
    return tuple(sorted(found, key=lambda event: (event.start, event.summary)))


def _events(calendar: Any) -> Iterator[Any]:
    for number, component in enumerate(calendar.walk("VEVENT")):
        if number >= MOST_EVENTS:
            raise CalendarError(Said("error.calendar_long", most=MOST_EVENTS))
        yield component


def _event(component: Any) -> Event | None:
    """One event; None for a cancelled one or one without a start."""
    if str(component.get("STATUS", "")).upper() == "CANCELLED" or component.get("DTSTART") is None:
        return None
    begin = component.decoded("DTSTART")
    finish = component.decoded("DTEND") if component.get("DTEND") is not None else None
    if finish is None:
        length = (
            component.decoded("DURATION") if component.get("DURATION") is not None else timedelta(hours=1)
        )
        finish = begin + length
    whole_day = not isinstance(begin, datetime)
    summary = one_line(str(component.get("SUMMARY", "")))[:200]
    text = f"{summary} {component.get('DESCRIPTION', '')} {component.get('CATEGORIES', '')}".casefold()[:2000]
    return Event(
        summary=summary,
        location=one_line(str(component.get("LOCATION", "")))[:300],
        start=_instant(begin),
        end=max(_instant(finish), _instant(begin)),
        whole_day=whole_day,
        kind=_kind(text),
        floating=not whole_day and begin.tzinfo is None,
    )


def _instant(value: date | datetime) -> datetime:
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    return datetime.combine(value, time(), tzinfo=UTC)


def _kind(text: str) -> Literal["journey", "interview", "other"]:
    if any(word in text for word in _INTERVIEW):
        return "interview"
    return "journey" if any(word in f"{text} " for word in _JOURNEY) else "other"


def at_destination(event: Event, place: Place) -> tuple[datetime, datetime]:
    """An event's times on the wall clock of a place; floating times are taken as they stand."""
    if event.floating or event.whole_day or not place.tz:
        return event.start.replace(tzinfo=None), event.end.replace(tzinfo=None)
    zone = ZoneInfo(place.tz)
    return event.start.astimezone(zone).replace(tzinfo=None), event.end.astimezone(zone).replace(tzinfo=None)


def find_trip(events: tuple[Event, ...], places: Places) -> Found:
    """Make a trip of a calendar: out with the first journey, back with the last one, interviews between.

    The destination is the city that the first journey leads to ("Flight to Cleveland", "BOS-CLE"), else the
    place of the first interview. Times are wall-clock times there.
    """
    journeys = tuple(event for event in events if event.kind == "journey")
    interviews = tuple(event for event in events if event.kind == "interview")
    place = _leads_to(journeys[0], places) if journeys else None
    if place is None:
        named = (places.resolve(event.location) for event in interviews if event.location)
        place = next((p for p in named if p.kind is PlaceKind.CITY), None)
    if place is None:
        return Found(journeys=journeys, interviews=interviews, note=Said("calendar.no_destination"))
    arrive = at_destination(journeys[0], place)[1] if journeys else None
    depart = at_destination(journeys[-1], place)[0] if len(journeys) > 1 else None
    note = None if depart else Said("calendar.no_way_back")
    inside = tuple(
        event
        for event in interviews
        if arrive is None or depart is None or arrive <= at_destination(event, place)[0] <= depart
    )
    clear = place.model_copy(update={"candidates": ()})
    return Found(
        journeys=journeys, interviews=inside, destination=clear, arrive=arrive, depart=depart, note=note
    )


def _leads_to(journey: Event, places: Places) -> Place | None:
    """The city at the end of a journey's summary: after "to", an arrow or a dash; else its location."""
    ends = re.split(
        r"\s+(?:to|nach|a|à|->|→|>)\s+|\s*[→➔>]\s*|(?<=[A-Z]{3})\s*[-–/]\s*(?=[A-Z]{3})", journey.summary
    )
    tries = [re.sub(r"[(#].*$", "", ends[-1]).strip()] if len(ends) > 1 else []
    inside = re.findall(r"\b[A-Z]{3}\b", ends[-1])
    for text in [*tries, *inside[:1], journey.location]:
        place = places.resolve(text) if text else None
        if place is not None and place.kind is PlaceKind.CITY:
            return place
    return None


def bookings_of(found: Found, near: Place) -> tuple[dict[str, Any], ...]:
    """The interviews of a calendar as bookings for a trip to `near`."""
    made = []
    for event in found.interviews:
        start, end = at_destination(event, near)
        made.append({"title": event.summary, "start": start, "end": end, "address": event.location})
    return tuple(made)


def write_trip(
    trip: Trip, halves: tuple[HalfDay, ...], asks: tuple[Ask, ...], rules: Rules, now: datetime
) -> bytes:
    """The plan of a trip as .ics: the stay, each booking, and the half-days on offer as tentative times.

    Texts are written through icalendar, which escapes them: a line break in a job title stays text.
    """
    calendar = icalendar.Calendar()
    calendar.add("PRODID", "-//InTown//trip//EN")
    calendar.add("VERSION", "2.0")
    town = trip.destination.city or trip.destination.text
    calendar.add_component(
        _entry(f"stay-{trip.id}", f"In {town}", trip.arrive, trip.depart, trip, now, busy=False)
    )
    for booking in trip.bookings:
        calendar.add_component(_booking_entry(booking, trip, now))
    open_halves = [half for half in halves if half.state in (HalfState.OFFERED, HalfState.HELD)]
    for half in open_halves:
        start, end = span(half.date, half.part, rules)
        who = ", ".join(
            ask.employer
            for ask in asks
            if any((o.date, o.part) == (half.date, half.part) for o in ask.offers)
        )
        name = f"On offer: {who}" if who else "On offer"
        uid = f"offer-{trip.id}-{half.date.isoformat()}-{half.part.value}"
        entry = _entry(uid, name, start, end, trip, now, busy=False)
        entry.add("STATUS", "TENTATIVE")
        calendar.add_component(entry)
    data: bytes = calendar.to_ical()
    return data


def _booking_entry(booking: Booking, trip: Trip, now: datetime) -> Any:
    title = booking.title or booking.employer
    name = f"{title} ({booking.employer})" if booking.employer and booking.employer not in title else title
    entry = _entry(f"booking-{trip.id}-{booking.id}", name, booking.start, booking.end, trip, now, busy=True)
    if booking.address:
        entry.add("LOCATION", one_line(booking.address))
    return entry


def _entry(
    uid: str, name: str, start: datetime, end: datetime, trip: Trip, now: datetime, *, busy: bool
) -> Any:
    """An event in UTC, so that the file needs no time-zone table and every program shows the right hour."""
    zone = ZoneInfo(trip.destination.tz) if trip.destination.tz else UTC
    entry = icalendar.Event()
    entry.add("UID", f"{uid}@intown.invalid")
    entry.add("DTSTAMP", now.astimezone(UTC))
    entry.add("SUMMARY", one_line(name))
    entry.add("DTSTART", start.replace(tzinfo=zone).astimezone(UTC))
    entry.add("DTEND", end.replace(tzinfo=zone).astimezone(UTC))
    entry.add("TRANSP", "OPAQUE" if busy else "TRANSPARENT")
    return entry
