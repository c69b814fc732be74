"""Worlds made by hypothesis: a few employers, people and trips, in every combination that can go wrong."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from scraper.model import Confidence, Stage
from server.asking import ledger
from server.asking.model import (
    Ask,
    AskState,
    Booking,
    HalfDayEdit,
    OfferedHalf,
    Part,
    Place,
    Recruiter,
    Rules,
    Trip,
)
from server.asking.world import World
from tests.asking.worlds import CLEVELAND, Map, application, world

EMPLOYERS = [
    "Lakeshore Health",
    "Lakeshore",
    "Meridian Labs, Inc.",
    "Meridian Labs",
    "Harbor Biotech",
    "Parma City",
]


def _city(name: str, lat: float, lon: float, **other: Any) -> Place:
    return CLEVELAND.model_copy(update={"text": name, "city": name, "lat": lat, "lon": lon} | other)


TOKYO = _city("Tokyo", 35.69, 139.69, country="JP", region="Tokyo", tz="Asia/Tokyo")
PLACES = {
    "here": CLEVELAND,
    "suburb": _city("Akron", 41.08, -81.52),
    "far": _city("San Diego", 32.72, -117.16, region="California", tz="America/Los_Angeles"),
    "tokyo": TOKYO,
    "guessed": _city("Cleveland", 41.4995, -81.6954, confidence=Confidence.GUESS),
    "remote": Place(text="remote", kind="remote", confidence="sure"),
    "several": Place(text="several", kind="multiple", candidates=(CLEVELAND,), confidence="sure"),
    "nowhere": Place(text="nowhere"),
    "state": Place(text="state", kind="region", region="Ohio", country="US", confidence="sure"),
}
TITLES = [
    "Charge Nurse, Cardiac ICU",
    "Data Engineer",
    "Lakeshore liaison at Meridian Labs",
    "RN",
    "Nurse\r\nBcc: x@y.example",
]
# Every stage, but mostly those that lead to a card: else most worlds are empty.
STAGES = st.sampled_from([*Stage, *[Stage.REFERRED] * 12, *[Stage.UNDER_REVIEW] * 8])
BASE = datetime(2027, 8, 13, 15, tzinfo=UTC)


@st.composite
def applications(draw: st.DrawFn) -> list[dict[str, Any]]:
    count = draw(st.integers(0, 9))
    return [
        application(
            f"n{number}",
            draw(st.sampled_from(TITLES)),
            draw(STAGES).value,
            company=draw(st.sampled_from(EMPLOYERS)),
            location=draw(st.sampled_from([*PLACES, *["here"] * 10])),
            confidence=draw(st.sampled_from(["sure", "likely", "guess"])),
            listed=draw(st.sampled_from([True, True, True, False])),
            applied_on=draw(st.sampled_from([None, "2027-08-10", "2027-05-01"])),
            changed_at=draw(
                st.sampled_from([None, "2027-08-12T02:00:00+00:00", "2027-06-12T02:00:00+00:00"])
            ),
        )
        for number in range(count)
    ]


@st.composite
def recruiters(draw: st.DrawFn, keys: list[str]) -> list[Recruiter]:
    linked = st.lists(st.sampled_from(keys), unique=True, max_size=4) if keys else st.just([])
    return [
        Recruiter(
            id=f"r{number}",
            name=draw(st.sampled_from(["A. Alvarez", "B. Osei", ""])) or f"Person {number}",
            email=draw(st.sampled_from(["", "same@x.example", "same@x.example", f"r{number}@x.example"])),
            employer=draw(st.sampled_from(EMPLOYERS)),
            whole_employer=draw(st.booleans()),
            application_keys=tuple(draw(linked)),
            language=draw(st.sampled_from(["", "de", "es", "fr"])),
        )
        for number in range(draw(st.integers(0, 4)))
    ]


@st.composite
def trips(draw: st.DrawFn, keys: list[str], people: list[str]) -> list[Trip]:
    found = []
    for number in range(draw(st.integers(1, 3))):
        arrive = datetime(2027, 8, 13) + timedelta(
            days=draw(st.integers(-6, 40)), hours=draw(st.integers(0, 23))
        )
        depart = arrive + timedelta(hours=draw(st.integers(1, 24 * 8)))
        bookings = []
        for index in range(draw(st.integers(0, 3))):
            start = arrive + timedelta(hours=draw(st.integers(0, 24 * 8)))
            bookings.append(
                Booking(
                    id=f"b{index}",
                    title=draw(st.sampled_from(["Cath Lab interview", "Interview with Meridian Labs", ""])),
                    employer=draw(st.sampled_from([*EMPLOYERS, ""])),
                    start=start,
                    end=start + timedelta(minutes=draw(st.sampled_from([20, 90, 300]))),
                    recruiter_id=draw(st.sampled_from([*people, ""])),
                    application_key=draw(st.sampled_from([*keys, ""])),
                )
            )
        edit = st.builds(
            HalfDayEdit,
            date=st.sampled_from([arrive.date() + timedelta(days=n) for n in range(4)]),
            part=st.sampled_from(Part),
            free=st.booleans(),
        )
        found.append(
            Trip(
                id=f"t{number}",
                destination=draw(st.sampled_from([CLEVELAND, CLEVELAND, TOKYO])),
                arrive=arrive,
                depart=depart,
                bookings=tuple(bookings),
                own_cost=draw(st.booleans()),
                edits=tuple(draw(st.lists(edit, max_size=3))),
            )
        )
    return found


_LIVES = [
    (),
    (AskState.DRAFTED,),
    (),
    (AskState.SENT,),
    (AskState.SENT,),
    (AskState.SENT, AskState.NUDGED),
    (AskState.SENT, AskState.NO),
    (AskState.SENT, AskState.YES),
    (AskState.SENT, AskState.OTHER_TIME),
    (AskState.SENT, AskState.SILENT),
    (AskState.SENT, AskState.UNDONE),
]


@st.composite
def asks(
    draw: st.DrawFn, all_trips: list[Trip], people: list[str], keys: list[str], now: datetime
) -> list[Ask]:
    found = []
    for trip in all_trips:
        for person in people:
            life = draw(st.sampled_from(_LIVES))
            if not life:
                continue
            half = st.builds(
                OfferedHalf,
                date=st.sampled_from([trip.arrive.date() + timedelta(days=n) for n in range(3)]),
                part=st.sampled_from([Part.AFTERNOON, *Part]),
            )
            ask = Ask(
                id=f"{trip.id}.{person}",
                trip_id=trip.id,
                card_id=f"{trip.id}.{person}",
                recruiter_id=person,
                application_keys=tuple(draw(st.lists(st.sampled_from(keys), unique=True, max_size=2)))
                if keys
                else (),
                offers=tuple(draw(st.lists(half, max_size=3, unique_by=lambda o: (o.date, o.part)))),
                steps=(),
            )
            at = now - timedelta(days=draw(st.integers(0, 30)), hours=1)
            for step in life:
                ask = ledger.move(ask, step, at)
            found.append(ask)
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    docs = draw(applications())
    keys = [doc["key"] for doc in docs]
    people = draw(recruiters(keys))
    ids = [person.id for person in people]
    now = BASE + timedelta(days=draw(st.integers(-20, 20)), hours=draw(st.integers(0, 23)))
    journeys = draw(trips(keys, ids))
    rules = Rules(
        offer_evenings=draw(st.booleans()),
        offer_weekends=draw(st.booleans()),
        tone=draw(st.sampled_from(["warm", "brief"])),
        language=draw(st.sampled_from(["en", "de", "es", "fr"])),
    )
    return world(
        Map(**PLACES),
        docs,
        recruiters=people,
        trips=journeys,
        asks=draw(asks(journeys, ids, keys, now)),
        now=now,
        rules=rules,
    )
