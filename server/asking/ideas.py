"""Where a trip could pay: cities near which several live applications wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from pydantic import Field

from scraper.model import Stage
from server.asking.model import Frozen, Place, PlaceKind, Position
from server.asking.names import employer_key
from server.asking.places import distance_km
from server.asking.world import World
from server.said import Said, Value

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
    text: Said


_STRONG = frozenset({Stage.INTERVIEW_REQUESTED, Stage.REFERRED, Stage.SHORTLISTED})


def ideas(world: World) -> tuple[Idea, ...]:
    """Cities worth a trip, best first; none that a coming trip is already near."""
    waiting: dict[tuple[float, float], list[Position]] = defaultdict(list)
    cities: dict[tuple[float, float], Place] = {}
    for place, positions in _placed(world):
        if place.kind is PlaceKind.CITY and place.lat is not None and place.lon is not None:
            at = (place.lat, place.lon)
            waiting[at] += positions
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
        positions = [position for other in near for position in waiting[other]]
        if len(positions) >= ENOUGH:
            taken.update(near)
            found.append(_idea(cities[at], positions))
    return tuple(sorted(found, key=lambda i: (-i.strong, -i.count, i.place.label))[:MOST_IDEAS])


def _planned(world: World, place: Place) -> bool:
    return any(distance_km(trip.destination, place) <= world.rules.radius_km for trip in world.upcoming)


def _placed(world: World) -> Iterator[tuple[Place, list[Position]]]:
    """The positions one may ask about with their place, which is looked up once for each text and employer."""
    for location, employers in world.waiting.by_place.items():
        for employer, positions in employers.items():
            yield world.place_of(employer, location), positions


def _idea(place: Place, positions: list[Position]) -> Idea:
    strong = sum(position.stage in _STRONG for position in positions)
    by_key = {employer_key(p.employer): p.employer for p in positions if p.employer}
    employers = tuple(sorted(by_key.values()))
    values: dict[str, Value] = {"town": place.city, "count": len(positions)}
    values["far"] = Said("idea.far", count=strong) if strong else ""
    if len(employers) > 1:
        text = Said("idea.employers", employers=len(employers), **values)
    elif employers:
        text = Said("idea.one_employer", employer=employers[0], **values)
    else:
        text = Said("idea.no_employer", **values)
    plain = place.model_copy(update={"text": place.label, "candidates": ()})
    return Idea(
        place=plain,
        count=len(positions),
        strong=strong,
        employers=employers,
        application_keys=tuple(p.key for p in positions),
        text=text,
    )
