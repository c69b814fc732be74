"""Small worlds for the tests of asking: applications as the store keeps them, people, trips."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

from server.asking.model import Ask, Booking, Me, Place, PlaceKind, Recruiter, Rules, Trip
from server.asking.world import Resolver, World

NOW = datetime(2027, 8, 13, 15, 0, tzinfo=UTC)  # a Friday, thirteen days before the founding trip
DANA = Me(name="Dana Reyes", phone="(555) 010-0142", email="dana@example.org")
HOSPITAL = "Lakeshore Health"

CLEVELAND = Place(
    text="Cleveland, OH",
    kind=PlaceKind.CITY,
    city="Cleveland",
    region="Ohio",
    country="US",
    lat=41.4995,
    lon=-81.6954,
    tz="America/New_York",
    confidence="sure",
)


def application(number: str, title: str, stage: str, **fields: Any) -> dict[str, Any]:
    """One application as the store keeps it; at the hospital in Cleveland unless `fields` say otherwise."""
    return {
        "key": f"taleo|lakeshore.taleo.net|{number}",
        "portal": "taleo",
        "host": "lakeshore.taleo.net",
        "external_id": number,
        "title": title,
        "company": HOSPITAL,
        "status_raw": stage.replace("_", " "),
        "stage": stage,
        "confidence": "sure",
        "location": "US-OH-Cleveland",
        "applied_on": "2027-06-20",
        "requisition": number,
        "url": "",
        "account": "lakeshore",
        "first_seen": "2027-07-01T02:00:00+00:00",
        "last_seen": "2027-08-13T02:00:00+00:00",
        "changed_at": "2027-08-02T02:00:00+00:00",
        "listed": True,
        "misses": 0,
    } | fields


def key(number: str) -> str:
    return f"taleo|lakeshore.taleo.net|{number}"


def founding_applications() -> list[dict[str, Any]]:
    """One booked interview and five more applications with three recruiters, at one hospital."""
    return [
        application("48001", "Cath Lab RN", "interview_scheduled"),
        application("48213", "Charge Nurse, Cardiac ICU", "referred"),
        application("48220", "Nurse Educator", "referred"),
        application("47990", "RN, Step-Down", "under_review"),
        application("48255", "Nurse Informatics", "referred"),
        application("47102", "Clinic Manager", "not_selected"),
    ]


def founding_recruiters() -> list[Recruiter]:
    return [
        Recruiter(
            id="alvarez",
            name="A. Alvarez",
            email="a.alvarez@lakeshore.example",
            phone="+1 216 555 0101",
            employer=HOSPITAL,
            application_keys=(key("48213"), key("48220")),
        ),
        Recruiter(
            id="osei", name="B. Osei", employer=HOSPITAL, application_keys=(key("47990"), key("47102"))
        ),
        Recruiter(id="lindqvist", name="C. Lindqvist", employer=HOSPITAL, application_keys=(key("48255"),)),
    ]


def founding_trip(**fields: Any) -> Trip:
    """Thursday to Saturday in Cleveland, with the interview on Friday morning."""
    interview = Booking(
        id="cath",
        title="Cath Lab RN interview",
        employer=HOSPITAL,
        start=datetime(2027, 8, 27, 9, 0),
        end=datetime(2027, 8, 27, 10, 30),
        application_key=key("48001"),
    )
    whole: dict[str, Any] = {
        "id": "cleveland",
        "destination": CLEVELAND,
        "arrive": datetime(2027, 8, 26, 11, 0),
        "depart": datetime(2027, 8, 28, 15, 0),
        "bookings": (interview,),
    }
    return Trip(**(whole | fields))


class Map:
    """A resolver that knows a few texts by heart, for tests that are not about places."""

    def __init__(self, **places: Place) -> None:
        self._places = places

    def resolve(self, text: str) -> Place:
        return self._places.get(text, Place(text=text))


def world(
    places: Resolver,
    applications: Iterable[dict[str, Any]],
    *,
    recruiters: Iterable[Recruiter] = (),
    trips: Iterable[Trip] = (),
    asks: Iterable[Ask] = (),
    now: datetime = NOW,
    rules: Rules | None = None,
) -> World:
    return World(
        applications={doc["key"]: doc for doc in applications},
        recruiters={person.id: person for person in recruiters},
        trips={trip.id: trip for trip in trips},
        asks=tuple(asks),
        places=places,
        now=now,
        rules=rules or Rules(),
        me=DANA,
    )


def founding_world(places: Resolver, *, asks: Iterable[Ask] = (), now: datetime = NOW, **trip: Any) -> World:
    return world(
        places,
        founding_applications(),
        recruiters=founding_recruiters(),
        trips=[founding_trip(**trip)],
        asks=asks,
        now=now,
    )


FRIDAY = date(2027, 8, 27)
THURSDAY = date(2027, 8, 26)
