"""What is near a trip's destination? Answered once for each location text, not for each application."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from scraper.model import Confidence
from server.asking.model import Place, PlaceKind, Position, Trip
from server.asking.near import Near, Nearness
from server.asking.places import distance_km
from server.asking.world import World
from server.said import Said

IN_TOWN_KM = 15
"""As far as this from the middle of the town still counts as in it."""


@dataclass(frozen=True, slots=True)
class _Spot:
    """What a place alone says; the employer decides the rest for remote and vague ones."""

    place: Place
    nearness: Nearness | None  # decided already
    remote: bool
    distance: float | None


class Neighbourhood:
    """Answers for one trip.

    An employer is present when the trip visits it (a booking) or when one of its jobs is near; only then can
    its remote jobs be talked about over a table. Judged once for each text, because ten thousand applications
    share a few hundred of them.
    """

    def __init__(self, world: World, trip: Trip) -> None:
        self._world = world
        self._by_hand = bool(world.fixes)
        self._destination = trip.destination
        self._town = trip.destination.city or trip.destination.text
        self._radius = trip.radius_km if trip.radius_km is not None else world.rules.radius_km
        self.visited = {world.employer(b.employer) for b in trip.bookings if b.employer}
        self.present = set(self.visited)
        self._spots: dict[str | tuple[str, str], _Spot] = {}
        for employer, _, _ in self._jobs(lambda near: near is not None and near.near is Near.HERE):
            self.present.add(world.employer(employer))

    def positions(self) -> Iterator[tuple[Nearness, list[Position]]]:
        """The positions one may ask about that count for the trip, by place and employer."""
        for employer, location, positions in self._jobs(lambda near: near is None or near.counts):
            nearness = self.of(employer, location)
            if nearness.counts:
                yield nearness, positions

    def _jobs(self, wanted: Callable[[Nearness | None], bool]) -> Iterator[tuple[str, str, list[Position]]]:
        """Employer, location and positions where what the place alone says is `wanted`."""
        for location, employers in self._world.waiting.by_place.items():
            if not self._by_hand and not wanted(self._spot("", location).nearness):
                continue  # the place decides for all employers
            for employer, positions in employers.items():
                if not self._by_hand or wanted(self._spot(employer, location).nearness):
                    yield employer, location, positions

    def of(self, employer: str, location: str) -> Nearness:
        """Whether a job of `employer` at `location` counts for the trip."""
        spot = self._spot(employer, location)
        return spot.nearness or self._by_employer(self._world.employer(employer), spot)

    def _spot(self, employer: str, location: str) -> _Spot:
        # What a text means depends on the employer only where the user has corrected places.
        by_hand = self._by_hand and self._world.fixed_at(employer)
        text = (employer, location) if by_hand else location
        found = self._spots.get(text)
        if found is None:
            found = self._spots[text] = self._look(self._world.place_of(employer, location))
        return found

    def _look(self, place: Place) -> _Spot:
        town = self._town
        readings = [p for p in (place, *place.candidates) if p.lat is not None]
        distances = [distance_km(p, self._destination) for p in readings]
        remote = place.kind is PlaceKind.REMOTE
        km = min(distances, default=None)
        if km is not None and km <= self._radius:
            if remote:
                tied = Said("near.remote_tied", town=place.city or town)
                return _Spot(place, Nearness(Near.REMOTE, tied), True, km)
            second_reading = distances[0] > self._radius and place.kind is PlaceKind.CITY
            guessed = place.confidence is Confidence.GUESS or second_reading
            return _Spot(place, Nearness(Near.HERE, self._here(place, km, guessed), guessed), False, km)
        vague = place.kind in (PlaceKind.UNKNOWN, PlaceKind.MULTIPLE) or self._around(place)
        if remote or vague:
            return _Spot(place, None, remote, km)
        return _Spot(place, _FAR, False, km)

    def _here(self, place: Place, km: float, guessed: bool) -> Said:
        perhaps = "_perhaps" if guessed else ""
        if km < IN_TOWN_KM:
            return Said(f"near.in_town{perhaps}", town=self._town)
        where = place.city or self._town
        return Said(f"near.around{perhaps}", place=where, count=round(km), town=self._town)

    def _by_employer(self, employer: str, spot: _Spot) -> Nearness:
        if spot.remote:
            return _REMOTE_HERE if employer in self.present else _FAR
        return _VISITED if employer in self.visited else _UNCLEAR

    def _around(self, place: Place) -> bool:
        """A region that the destination lies in says nothing yet ("Ohio" for Cleveland)."""
        if place.kind is not PlaceKind.REGION:
            return False
        same_country = not place.country or place.country == self._destination.country
        return same_country and (not place.region or place.region == self._destination.region)


_FAR = Nearness(Near.FAR)
_REMOTE_HERE = Nearness(Near.REMOTE, Said("near.remote_here"))
_VISITED = Nearness(Near.VISITED, Said("near.visited"), True)
_UNCLEAR = Nearness(Near.UNKNOWN, guessed=True)
