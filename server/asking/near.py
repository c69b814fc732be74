"""Is a job near a trip's destination? Answered once for each location text, not for each application."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from scraper.model import Confidence
from server.asking.model import Place, PlaceKind, Rules, Trip
from server.asking.names import employer_key
from server.asking.places import distance_km


class Near(StrEnum):
    HERE = "here"
    VISITED = "visited"  # place unknown, but the trip visits this employer
    REMOTE = "remote"  # a remote job of an employer that is here
    FAR = "far"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Nearness:
    """Whether a job counts for a trip, why, and whether its place is only a guess."""

    near: Near
    reason: str
    guessed: bool = False

    @property
    def counts(self) -> bool:
        return self.near in (Near.HERE, Near.VISITED, Near.REMOTE)


class Neighbourhood:
    """Answers for one trip. `resolve` gives the place of an employer's location text.

    An employer is present when the trip visits it (a booking) or when one of its jobs is near; only then can
    its remote jobs be talked about over a table.
    """

    def __init__(self, trip: Trip, rules: Rules, resolve: Callable[[str, str], Place]) -> None:
        self._destination = trip.destination
        self._radius = trip.radius_km if trip.radius_km is not None else rules.radius_km
        self._resolve = resolve
        self.visited = {employer_key(b.employer) for b in trip.bookings if b.employer}
        self.present = set(self.visited)
        self._known: dict[tuple[str, str], Nearness] = {}

    def meet(self, jobs: Iterable[tuple[str, str]]) -> None:
        """Take note of which employers have a job here; `jobs` are (employer, location text), repeats allowed."""
        for employer, location in set(jobs):
            if self.of(employer, location).near is Near.HERE:
                self.present.add(employer_key(employer))
        # A remote job seen before its employer was known to be here is asked about again.
        self._known = {job: near for job, near in self._known.items() if near.near is not Near.FAR}

    def of(self, employer: str, location: str) -> Nearness:
        """Whether a job of `employer` at `location` counts for the trip."""
        found = self._known.get((employer, location))
        if found is None:
            found = self._known[(employer, location)] = self._judge(
                employer, self._resolve(employer, location)
            )
        return found

    def _judge(self, employer: str, place: Place) -> Nearness:
        key = employer_key(employer)
        town = self._destination.city or self._destination.text
        readings = [p for p in (place, *place.candidates) if p.lat is not None]
        distances = [distance_km(p, self._destination) for p in readings]
        remote = place.kind is PlaceKind.REMOTE
        if distances and min(distances) <= self._radius:
            if remote:
                return Nearness(Near.REMOTE, f"Remote, tied to {place.city or town}.")
            guessed = place.confidence is Confidence.GUESS or (
                distances[0] > self._radius and place.kind is PlaceKind.CITY
            )
            km = round(min(distances))
            reason = f"In {town}." if km < 15 else f"In {place.city or town}, {km} km from {town}."
            return Nearness(
                Near.HERE, f"{reason[:-1]}, if its place is read right." if guessed else reason, guessed
            )
        if remote and key in self.present:
            return Nearness(Near.REMOTE, "Remote, but the employer is where you are.")
        if remote:
            return Nearness(Near.FAR, f"A remote job of an employer that is not in {town}.")
        vague = place.kind in (PlaceKind.UNKNOWN, PlaceKind.MULTIPLE) or self._around(place)
        if vague and key in self.visited:
            return Nearness(Near.VISITED, "Its place is not clear, but you visit this employer.", True)
        if vague:
            return Nearness(Near.UNKNOWN, "InTown cannot tell where this job is.", True)
        away = min(distances, default=None)
        return Nearness(
            Near.FAR,
            f"{place.label} is not near {town}." if away is None else f"{round(away)} km from {town}.",
        )

    def _around(self, place: Place) -> bool:
        """A region that the destination lies in says nothing yet ("Ohio" for Cleveland)."""
        if place.kind is not PlaceKind.REGION:
            return False
        same_country = not place.country or place.country == self._destination.country
        return same_country and (not place.region or place.region == self._destination.region)
