"""Where a trip could pay: cities near which several live applications wait."""

from __future__ import annotations

from collections import defaultdict

from pydantic import Field

from scraper.model import Stage
from server.asking.model import Frozen, Place, PlaceKind
from server.asking.names import employer_key
from server.asking.places import distance_km
from server.asking.strength import STRENGTH
from server.asking.world import World

ENOUGH = 3
"""Applications that make a city worth a journey."""

MOST_IDEAS = 10


class Idea(Frozen):
    """A city with the applications that wait near it; `strong` of them are referred, short-listed or further."""

    place: Place
    count: int
    strong: int
    employers: tuple[str, ...] = Field(default=())
    application_keys: tuple[str, ...] = ()
    text: str


_STRONG = frozenset({Stage.INTERVIEW_REQUESTED.value, Stage.REFERRED.value, Stage.SHORTLISTED.value})
_LIVE = frozenset(stage.value for stage in STRENGTH)


def ideas(world: World) -> tuple[Idea, ...]:
    """Cities worth a trip, best first; none that a coming trip is already near."""
    waiting: dict[tuple[float, float], list[str]] = defaultdict(list)
    cities: dict[tuple[float, float], Place] = {}
    for doc in world.applications.values():
        if doc["stage"] not in _LIVE or not doc.get("listed", True):
            continue
        place = world.place_of(doc["company"], doc["location"])
        if place.kind is PlaceKind.CITY and place.lat is not None and place.lon is not None:
            at = (place.lat, place.lon)
            waiting[at].append(doc["key"])
            cities.setdefault(at, place)
    found: list[Idea] = []
    taken: set[tuple[float, float]] = set()
    for at in sorted(waiting, key=lambda where: (-len(waiting[where]), cities[where].label)):
        if at in taken or _planned(world, cities[at]):
            continue
        # Suburbs count for the city that has the most; each application counts once.
        near = [
            o
            for o in waiting
            if o not in taken and distance_km(cities[at], cities[o]) <= world.rules.radius_km
        ]
        keys = [key for other in near for key in waiting[other]]
        if len(keys) >= ENOUGH:
            taken.update(near)
            found.append(_idea(world, cities[at], keys))
    return tuple(sorted(found, key=lambda i: (-i.strong, -i.count, i.place.label))[:MOST_IDEAS])


def _planned(world: World, place: Place) -> bool:
    return any(distance_km(trip.destination, place) <= world.rules.radius_km for trip in world.upcoming)


def _idea(world: World, place: Place, keys: list[str]) -> Idea:
    docs = [world.applications[key] for key in keys]
    strong = sum(doc["stage"] in _STRONG for doc in docs)
    by_key = {employer_key(doc["company"]): doc["company"] for doc in docs if doc["company"]}
    employers = tuple(sorted(by_key.values()))
    at = f"at {len(employers)} employers" if len(employers) > 1 else f"at {employers[0]}" if employers else ""
    far = f", {strong} of them far along" if strong else ""
    text = f"A trip to {place.city} could pay: {len(keys)} live applications {at}{far}."
    plain = place.model_copy(update={"text": place.label, "candidates": ()})
    return Idea(
        place=plain,
        count=len(keys),
        strong=strong,
        employers=employers,
        application_keys=tuple(keys),
        text=text,
    )
