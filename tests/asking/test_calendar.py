"""Calendars: what airlines and employers send, what is broken or hostile, and our own plan read back."""

from __future__ import annotations

from datetime import UTC, datetime

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server import calendar
from server.asking.context import TripContext
from server.asking.model import Place
from server.asking.places import Places
from tests.asking.worlds import CLEVELAND, NOW, founding_trip, founding_world


def ics(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\r\nUID:{n}\r\n{event}\r\nEND:VEVENT\r\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:test\r\n{body}END:VCALENDAR\r\n".encode()


OUT = "SUMMARY:Flight BOS-CLE UA 1234\r\nDTSTART:20270826T133000Z\r\nDTEND:20270826T150000Z"
BACK = "SUMMARY:Flight CLE-BOS UA 4321\r\nDTSTART:20270828T190000Z\r\nDTEND:20270828T204500Z"
TALK = (
    "SUMMARY:Interview: Cath Lab RN\r\nDTSTART;TZID=America/New_York:20270827T090000\r\n"
    "DTEND;TZID=America/New_York:20270827T103000\r\nLOCATION:9500 Euclid Ave\\, Cleveland\\, OH"
)
LATER = "SUMMARY:Interview elsewhere\r\nDTSTART:20271027T090000Z\r\nDTEND:20271027T100000Z"


def test_flights_make_the_trip_and_interviews_its_bookings(places: Places) -> None:
    found = calendar.find_trip(calendar.read_events(ics(BACK, TALK, OUT, LATER)), places)
    assert found.destination is not None
    assert found.destination.label == "Cleveland, Ohio, US"
    assert found.arrive == datetime(2027, 8, 26, 11, 0)  # 15:00 UTC on the clock in Cleveland
    assert found.depart == datetime(2027, 8, 28, 15, 0)
    booking = calendar.bookings_of(found, found.destination)
    assert [(b["title"], b["start"], b["address"]) for b in booking] == [
        ("Interview: Cath Lab RN", datetime(2027, 8, 27, 9, 0), "9500 Euclid Ave, Cleveland, OH")
    ]


@pytest.mark.parametrize(
    ("summary", "city"),
    [
        ("Flight to Cleveland (UA 1234)", "Cleveland"),
        ("Flug von Berlin nach München", "Munich"),
        ("Vuelo Madrid → Barcelona", "Barcelona"),
        ("Train Boston to New York City", "New York City"),
        ("✈ SFO to ORD", "Chicago"),
    ],
)
def test_where_a_journey_leads(places: Places, summary: str, city: str) -> None:
    out = f"SUMMARY:{summary}\r\nDTSTART:20270826T133000Z\r\nDTEND:20270826T150000Z"
    found = calendar.find_trip(calendar.read_events(ics(out)), places)
    assert found.destination is not None
    assert found.destination.city == city
    assert found.depart is None
    assert found.note


def test_floating_times_are_the_clock_on_the_wall_and_cancelled_ones_are_left_out() -> None:
    floating = "SUMMARY:Interview\r\nDTSTART:20270827T090000\r\nDURATION:PT45M"
    events = calendar.read_events(ics(floating, TALK + "\r\nSTATUS:CANCELLED"))
    assert len(events) == 1
    tokyo = Place(text="", tz="Asia/Tokyo")
    assert calendar.at_destination(events[0], tokyo) == (
        datetime(2027, 8, 27, 9),
        datetime(2027, 8, 27, 9, 45),
    )


@pytest.mark.parametrize(
    "data", [b"", b"no calendar", b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT", b"\xff\xfe\x00", b"x" * 1_000_001]
)
def test_what_is_no_calendar_is_said_so(data: bytes) -> None:
    with pytest.raises(calendar.CalendarError):
        calendar.read_events(data)


@settings(max_examples=150, deadline=None)
@given(
    data=st.binary(max_size=300) | st.text(max_size=200).map(lambda t: ics(f"SUMMARY:{t}\nDTSTART:{t[:15]}"))
)
def test_broken_files_never_do_more_than_be_refused(data: bytes) -> None:
    try:
        events = calendar.read_events(data)
    except calendar.CalendarError:
        return
    assert all(event.end >= event.start for event in events)


def test_too_many_events_are_refused() -> None:
    with pytest.raises(calendar.CalendarError, match="more than"):
        calendar.read_events(ics(*["SUMMARY:x\r\nDTSTART:20270826T133000Z"] * 2001))


def test_the_plan_cannot_be_injected_and_reads_back(places: Places) -> None:
    evil = "Interview\r\nATTENDEE:mailto:evil@evil.example\r\nBEGIN:VALARM; , \\n x"
    trip = founding_trip()
    trip = trip.model_copy(
        update={"bookings": (trip.bookings[0].model_copy(update={"title": evil, "address": evil}),)}
    )
    world = founding_world(places)
    data = calendar.write_trip(trip, TripContext(world, trip).halves, (), world.rules, NOW)
    read = icalendar.Calendar.from_ical(data)
    events = list(read.walk("VEVENT"))
    assert len(events) == 2
    assert all(event.get("ATTENDEE") is None for event in events)
    assert not list(read.walk("VALARM"))
    assert calendar.read_events(data)[1].start == datetime(2027, 8, 27, 13, tzinfo=UTC)


def test_a_plan_over_a_clock_change_keeps_the_hour_on_the_wall(places: Places) -> None:
    """Clocks go back in Cleveland on November 7, 2027: nine o'clock is 13:00 UTC before it, 14:00 after."""
    interview = founding_trip().bookings[0]
    bookings = tuple(
        interview.model_copy(
            update={"id": f"b{day}", "start": datetime(2027, 11, day, 9), "end": datetime(2027, 11, day, 10)}
        )
        for day in (5, 8)
    )
    trip = founding_trip(
        arrive=datetime(2027, 11, 4, 12), depart=datetime(2027, 11, 9, 12), bookings=bookings
    )
    world = founding_world(places)
    events = calendar.read_events(calendar.write_trip(trip, (), (), world.rules, NOW))
    hours = [event.start.hour for event in events if event.kind == "interview"]
    assert hours == [13, 14]
    assert [calendar.at_destination(e, CLEVELAND)[0].hour for e in events if e.kind == "interview"] == [9, 9]
