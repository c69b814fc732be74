"""Picks one reading out of the meanings of a text's pieces: which city, supported by which region and country."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scraper.model import Confidence
from server.asking.gazetteer import City, Gazetteer, Region
from server.asking.place_meaning import Fit, Meaning

CITY_STATES = frozenset({"SG", "LU", "MC", "HK", "MO", "SM", "VA", "GI"})
OTHER_NAME = 0.2
"""How much less a city weighs under another of its names: old and foreign names are a mixed bag."""

US_TERRITORIES = frozenset({"PR", "GU", "VI", "AS", "MP"})
US_FIRST = 20
"""How much more a two-letter code after a city is an American state than a country: "Milan, IN" is Indiana."""


@dataclass(frozen=True, slots=True)
class Pick:
    """The reading chosen: cities best first (the rest are rivals), or a region, or a country."""

    cities: tuple[City, ...] = ()
    region: str = ""
    country: str = ""
    is_region: bool = False
    confidence: Confidence = Confidence.GUESS
    several: bool = False


@dataclass(frozen=True, slots=True)
class _Reading:
    """One city with what the other pieces say about it."""

    city: City
    at: int
    fit: Fit
    by_region: bool
    by_country: bool
    contradicted: int
    apart: int  # pieces between the city and its region
    weight: float  # population, with the prior of US states
    nickname: bool
    firm: bool  # its region stands on its own, not inside an institution's name

    def order(self) -> tuple[object, ...]:
        support = int(self.by_region) * 2 + int(self.by_country)
        return (self.contradicted, -support, self.fit, self.apart, -self.weight, self.city.id)


def _near(a: City, b: City) -> bool:
    """Whether two entries are one place (a city and its own centre), about 25 km."""
    scale = math.cos(math.radians(a.lat))
    return math.hypot(a.lat - b.lat, (a.lon - b.lon) * scale) < 0.22


def _supports(region: Region, city: City) -> bool:
    return region.country == city.country and region.code == city.admin


def _reading(city: City, at: int, meanings: Sequence[Meaning]) -> _Reading:
    by_region = by_country = False
    contradicted, apart, american, firm = 0, 99, False, False
    for index, other in enumerate(meanings):
        if index == at or not (other.regions or other.country or other.area):
            continue
        region_says = any(_supports(region, city) for region in other.regions)
        country_says = city.country in (other.country, other.area) or (
            other.country == "US" and city.country in US_TERRITORIES
        )
        if region_says:
            by_region, apart = True, min(apart, abs(index - at))
            firm = firm or other.fit is not Fit.INSIDE
            american = american or (other.code and city.country == "US")
        elif country_says:
            by_country = True
        elif other.fit is Fit.EXACT and (other.code or not any(c.pop >= 100_000 for c in other.cities)):
            contradicted += 1
    own = meanings[at]
    weight = city.pop * (US_FIRST if american else 1) * (1 if city.main or own.nickname else OTHER_NAME)
    return _Reading(city, at, own.fit, by_region, by_country, contradicted, apart, weight, own.nickname, firm)


def _readings(meanings: Sequence[Meaning]) -> list[_Reading]:
    found = [_reading(city, at, meanings) for at, m in enumerate(meanings) for city in m.cities[:80]]
    return sorted(found, key=_Reading.order)


def _rivals(best: _Reading, readings: Iterable[_Reading]) -> list[_Reading]:
    """Other cities of the same name that what is written fits as well."""
    return [
        r
        for r in readings
        if r.at == best.at
        and r.contradicted == best.contradicted
        and (r.by_region, r.by_country) <= (best.by_region, best.by_country)
        and (not best.by_region or r.by_region)
        and (not best.by_country or r.by_country or best.by_region)
        and not (_near(r.city, best.city) and r.city.admin == best.city.admin)
    ]


def _confidence(
    best: _Reading, rivals: Sequence[_Reading], readings: Sequence[_Reading], meanings: Sequence[Meaning]
) -> Confidence:
    own = meanings[best.at]
    supported = best.by_region or best.by_country
    strongest = max((r.weight for r in rivals), default=0)
    dominance = best.weight / strongest if strongest else math.inf
    if best.contradicted:
        return Confidence.GUESS
    codes_clash = any(
        m.code and m.regions and m.country and m.country not in {"", *(r.country for r in m.regions)}
        for m in meanings
    )
    if best.fit is Fit.INSIDE:
        return Confidence.LIKELY if supported and dominance > 5 else Confidence.GUESS
    if best.by_region:
        abroad = [r for r in readings if codes_clash and r.at == best.at and r.by_country and not r.by_region]
        region_abroad = codes_clash and any(r.country == m.country for r in own.regions for m in meanings)
        if region_abroad or any(r.city.pop > best.city.pop / 2 for r in abroad):
            return Confidence.GUESS  # "Salem, IN" is a town of Indiana and a city of India
        if not rivals:
            return Confidence.SURE if best.firm else Confidence.LIKELY
        return Confidence.LIKELY if dominance >= 5 else Confidence.GUESS
    if best.by_country:
        if not rivals or (dominance >= 100 and not codes_clash):
            return Confidence.SURE
        return Confidence.LIKELY if dominance >= 8 else Confidence.GUESS
    if best.nickname:
        return Confidence.LIKELY
    homonym = bool(own.regions) or bool(own.country and own.country not in CITY_STATES)
    if not rivals and not homonym and best.fit is Fit.EXACT and best.city.pop >= 15_000 and not own.code:
        return Confidence.SURE
    if own.country in CITY_STATES and own.country == best.city.country:
        return Confidence.SURE
    if (dominance >= 8 and best.city.pop >= 15_000 and not _foreign_homonym(own, best.city)) or (
        not rivals and not homonym
    ):
        return Confidence.LIKELY
    return Confidence.GUESS


def _foreign_homonym(own: Meaning, city: City) -> bool:
    """Whether the name is also a region or country that the city does not lie in ("Washington")."""
    return any(not _supports(r, city) for r in own.regions) or own.country not in ("", city.country)


def _prefers_region(own: Meaning, best: _Reading, meanings: Sequence[Meaning]) -> bool:
    """A name that is both: the city when it lies in its namesake, else the region unless the city is large."""
    if own.country in CITY_STATES:
        return False
    if own.area is not None and not (best.by_region or best.by_country):
        return True
    elsewhere = {m.country for m in meanings if m is not own and m.country}
    if not best.by_country and any(r.country in elsewhere for r in own.regions):
        return True  # "Victoria, Australia"
    if best.by_region or (best.by_country and len(meanings) > 1):
        return False
    if own.country and not own.regions:
        return (
            own.country != best.city.country
            or best.city.name.casefold() != own.text.casefold()
            or best.city.pop < 20_000_000
        )
    if not own.regions:
        return False
    if any(_supports(r, best.city) for r in own.regions):
        return best.city.pop < 25_000
    return best.city.pop < 500_000


def _slip(meanings: Sequence[Meaning], gazetteer: Gazetteer) -> Pick | None:
    """A misspelt city beside a region or country that is spelt right: "Clevland, OH", "Pittsburg, PA"."""
    contexts = [m for m in meanings if (m.regions or m.country) and m.fit is Fit.EXACT]
    for meaning in meanings:
        if meaning.noise or meaning in contexts or meaning.county or meaning.area is not None:
            continue
        for context in contexts:
            for region in context.regions:
                if close := gazetteer.misspelt(meaning.key, region.country, region.code):
                    return Pick(cities=close, confidence=Confidence.LIKELY)
            if context.country and (close := gazetteer.misspelt(meaning.key, context.country)):
                return Pick(cities=close, confidence=Confidence.LIKELY)
    return None


def _region(meanings: Sequence[Meaning]) -> Pick:
    """The region or country that is left when no city is meant."""
    with_area = next((m for m in meanings if m.area is not None), None)
    countries = [m.country for m in meanings if m.country]
    candidates = [(m, r) for m in meanings for r in m.regions]
    fitting = [(m, r) for m, r in candidates if any(o.country == r.country for o in meanings if o is not m)]
    exact = [(m, r) for m, r in fitting or candidates if m.fit is Fit.EXACT] or fitting or candidates
    if exact:
        meaning, region = exact[0]
        rivals = {(r.country, r.code) for m, r in exact if m is meaning}
        code_is_country = meaning.code and meaning.country and not fitting
        if code_is_country and region.country != "US":
            return Pick(country=meaning.country, is_region=True, confidence=Confidence.LIKELY)
        homonym = bool(meaning.country) and not meaning.code and not fitting
        large = any(c.pop >= 100_000 and not _supports(region, c) for c in meaning.cities)
        if (len(rivals) > 1 or homonym or code_is_country or large) and not fitting:
            sure = Confidence.GUESS
        else:
            inside = meaning.fit is Fit.INSIDE or len(rivals) > 1
            sure = Confidence.LIKELY if meaning.code or inside or meaning.cities else Confidence.SURE
        return Pick(region=region.code, country=region.country, is_region=True, confidence=sure)
    if countries:
        own = next(m for m in meanings if m.country)
        towns = own.code or any(c.pop >= 20_000 and c.country != own.country for c in own.cities)
        plain = own.fit in (Fit.EXACT, Fit.AFFIX) and not (towns and own.cities)
        sure = Confidence.SURE if plain else Confidence.LIKELY
        return Pick(country=countries[0], is_region=True, confidence=sure)
    if with_area is not None:
        return Pick(country=with_area.area or "", is_region=True, confidence=Confidence.LIKELY)
    return Pick()


def _far_apart(meanings: Sequence[Meaning]) -> tuple[City, ...]:
    """ "London, Paris, Berlin": large cities side by side, none of them the other's region."""
    if len(meanings) < 2 or any(m.code or m.area is not None for m in meanings):
        return ()
    named = [m.cities[0] for m in meanings if m.cities and m.fit is Fit.EXACT and m.cities[0].pop >= 100_000]
    lone = [m for m in meanings if m.means_something and (not m.cities or m.fit is not Fit.EXACT)]
    if lone or len(named) < 2 or len(named) != sum(1 for m in meanings if m.means_something):
        return ()
    pairs = [(a, b) for i, a in enumerate(named) for b in named[i + 1 :]]
    return tuple(named) if all(not _near(a, b) for a, b in pairs) else ()


def pick(meanings: Sequence[Meaning], gazetteer: Gazetteer) -> Pick:
    """The best reading of the pieces. The same pieces always give the same pick."""
    readings = _readings(meanings)
    best = readings[0] if readings else None
    if best is not None and not (best.by_region or best.by_country) and (apart := _far_apart(meanings)):
        return Pick(cities=apart, confidence=Confidence.LIKELY, several=True)
    weak = best is None or best.contradicted > 0 or (best.fit is Fit.INSIDE and not best.by_region)
    unread = any(not m.means_something and not m.noise for m in meanings)
    if best is not None and unread and _prefers_region(meanings[best.at], best, meanings):
        weak = True  # "Tallahasee, Florida": there are towns called Florida
    if weak and (slipped := _slip(meanings, gazetteer)):
        return slipped
    if best is None:
        return _region(meanings)
    own = meanings[best.at]
    if _prefers_region(own, best, meanings) or (
        best.contradicted and any(m.regions or m.country for m in meanings)
    ):
        return _region(meanings)
    rivals = _rivals(best, readings)
    sure = _confidence(best, rivals, readings, meanings)
    return Pick(cities=(best.city, *(r.city for r in rivals)), confidence=sure)
