"""What one piece of a location text can mean: a country, regions, cities; exactly, or only inside other words."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import IntEnum

from server.asking.folding import fold
from server.asking.gazetteer import City, Gazetteer, Region
from server.asking.place_words import PlaceWords

WORTHY_INSIDE = 5_000
"""A town smaller than this is not believed when its name is only a word inside a longer piece."""


class Fit(IntEnum):
    """How well a name fits its piece; lower is better."""

    EXACT = 0
    AFFIX = 1  # "Greater Boston", "Chicago area"
    INSIDE = 2  # "Cleveland Clinic Main Campus"


@dataclass(frozen=True, slots=True)
class Meaning:
    """The readings of one piece. `countries` may hold two: "CA" is California or Canada."""

    text: str
    key: str
    cities: tuple[City, ...] = ()
    regions: tuple[Region, ...] = ()
    country: str = ""
    code: bool = False  # a bare abbreviation: "OH", "DE"
    area: str | None = None  # a wide or part-of-country area; its country, "" if none
    county: bool = False
    noise: bool = False
    fit: Fit = Fit.EXACT
    nickname: bool = False

    @property
    def means_something(self) -> bool:
        return bool(self.cities or self.regions or self.country or self.area is not None)


class Reader:
    """Reads pieces with one gazetteer and one set of words."""

    def __init__(self, gazetteer: Gazetteer, words: PlaceWords) -> None:
        self.gazetteer = gazetteer
        self.words = words

    def known(self, key: str) -> bool:
        """Whether a folded name is a city, region, country or nickname as it stands."""
        g, w = self.gazetteer, self.words
        return bool(
            key in w.nicknames
            or key in w.wide
            or key in w.areas
            or g.cities(key)
            or g.regions(key)
            or g.country(key)
        )

    def nicknamed(self, key: str) -> tuple[City, ...]:
        """The city a nickname stands for."""
        name, region, country = self.words.nicknames[key]
        cities = [c for c in self.gazetteer.cities(fold(name)) if c.country == country]
        if region:
            codes = {r.code for r in self.gazetteer.regions(fold(region)) if r.country == country}
            cities = [c for c in cities if c.admin in codes]
        return tuple(cities[:1])

    def exact(self, text: str, key: str) -> Meaning | None:
        """The piece as a name, as it stands."""
        g, w = self.gazetteer, self.words
        if key in w.wide:
            return Meaning(text, key, area="")
        if key in w.areas:
            return Meaning(text, key, cities=g.cities(key), area=w.areas[key])
        if len(key) <= 3 and (coded := self._code(text, key)):
            return coded
        if key in w.nicknames and (city := self.nicknamed(key)):
            return Meaning(
                text, key, cities=city, regions=g.regions(key), country=g.country(key), nickname=True
            )
        cities, regions, country = g.cities(key), g.regions(key), g.country(key)
        if cities or regions or country:
            return Meaning(text, key, cities, regions, country)
        if states := g.counties(key):
            return Meaning(text, key, regions=tuple(Region("US", s) for s in states), county=True)
        airport_name = key.removesuffix(" airport").replace(" international", "")
        says_so = airport_name != key or " " not in key
        if says_so and (airport := g.airport_named(airport_name)):
            return Meaning(text, key, cities=self._airport_city(airport.code))
        return None

    def _airport_city(self, code: str) -> tuple[City, ...]:
        """The city an airport serves, placed at the airport when the gazetteer has no such city there."""
        airport = self.gazetteer.airport(code)
        if airport is None:
            return ()
        for city in self.gazetteer.cities(fold(airport.city)):
            if (
                city.country == airport.country
                and abs(city.lat - airport.lat) + abs(city.lon - airport.lon) < 1.5
            ):
                return (city,)
        admin = next(
            (r.code for r in self.gazetteer.regions(fold(airport.region)) if r.country == airport.country), ""
        )
        return (City(0, airport.city, airport.country, admin, airport.lat, airport.lon, 0, airport.tz),)

    def _code(self, text: str, key: str) -> Meaning | None:
        """A piece of two or three letters: a state, a country, an airport; all its readings at once."""
        g = self.gazetteer
        upper = text.isupper()
        regions = g.regions(key)
        country = g.country(key) or (text.upper() if len(key) == 2 and g.country_name(text.upper()) else "")
        if key in self.words.nicknames and upper and not any(r.country == "US" for r in regions):
            return Meaning(text, key, cities=self.nicknamed(key), code=True, nickname=True)
        if regions or country:
            cities = self.nicknamed(key) if key in self.words.nicknames else ()
            return Meaning(text, key, cities=cities, regions=regions, country=country, code=True)
        if upper and len(key) == 3 and (cities := self._airport_city(text)):
            return Meaning(text, key, cities=cities, code=True)
        return None

    def read(self, text: str) -> list[Meaning]:
        """What a piece means; more than one meaning when it holds several names ("Cleveland OH USA")."""
        key = fold(text)
        if not key:
            return []
        found = self.exact(text, key)
        if key in self.words.noise and not (found and any(c.pop >= 100_000 for c in found.cities)):
            return [Meaning(text, key, noise=True)]  # "Store", though there is a town of that name
        if found:
            return [found]
        if (peeled := self._peeled(text)) is not None:
            return peeled
        if bare := self._without_affixes(text, key):
            return [bare]
        return [self._inside(text, key)]

    def _peeled(self, text: str) -> list[Meaning] | None:
        """ "Cleveland OH USA", "OH Cleveland": a region or country at one end, a name for the rest."""
        tokens = text.split()
        for size in (3, 2, 1):
            if len(tokens) <= size:
                continue
            for rest, end in ((tokens[:-size], tokens[-size:]), (tokens[size:], tokens[:size])):
                tail = " ".join(end)
                if size == 1 and len(tail) <= 3 and not tail.isupper():
                    continue  # "in", "de", "la" are words, not Indiana, Germany and Louisiana
                found = self.exact(tail, fold(tail))
                if found is None or not (found.regions or found.country) or found.county:
                    continue
                if fold(" ".join(rest)) in self.words.direction and not found.code:
                    return [replace(found, text=text, cities=())]  # "Central Texas"
                name = self.exact(" ".join(rest), fold(" ".join(rest)))
                others = [name] if name else self.read(" ".join(rest))
                if any(o.means_something for o in others) or found.code:
                    front = others if end == tokens[-size:] else []
                    return [*front, found, *([] if front else others)]
        return None

    def _without_affixes(self, text: str, key: str) -> Meaning | None:
        """ "Greater Boston Area", "City of Parma", "Northeast Ohio"."""
        stripped = key
        for _ in range(3):
            before = stripped
            for word in self.words.before:
                stripped = stripped.removeprefix(f"{word} ")
            for word in self.words.after:
                stripped = stripped.removesuffix(f" {word}")
            if stripped != before and (found := self.exact(text, stripped)) and not found.code:
                as_state = found.regions and ({"state"} & set(key.split()) - set(stripped.split()))
                return replace(found, text=text, fit=Fit.AFFIX, cities=() if as_state else found.cities)
            if stripped == before:
                break
        tokens = stripped.split()
        for size in (2, 1):
            if len(tokens) > size and " ".join(tokens[:size]) in self.words.direction:
                found = self.exact(text, " ".join(tokens[size:]))
                if found and not found.code:
                    big = tuple(c for c in found.cities if c.pop >= 100_000)
                    return replace(found, text=text, fit=Fit.AFFIX, cities=() if found.regions else big)
        return None

    def _inside(self, text: str, key: str) -> Meaning:
        """The longest known name among the words of a piece, for "Mercy Hospital Cleveland"."""
        tokens = key.split()
        for size in range(min(4, len(tokens) - 1), 0, -1):
            for start in range(len(tokens) - size, -1, -1):
                name = " ".join(tokens[start : start + size])
                if name in self.words.noise or name in self.words.street or len(name) < 4:
                    continue
                cities = tuple(c for c in self.gazetteer.cities(name) if c.pop >= WORTHY_INSIDE)
                regions = tuple(r for r in self.gazetteer.regions(name) if not r.short)
                country = self.gazetteer.country(name)
                if cities or regions or country:
                    return Meaning(text, key, cities, regions, country, fit=Fit.INSIDE)
        noise = all(token in self.words.noise or token in self.words.street for token in tokens)
        return Meaning(text, key, noise=noise)
