"""From any location text a portal prints to a place, with how far it can be relied on.

Two rules decide the confidence. A city with its state or country beside it is `sure` when nothing else there
has its name; a bare name is `sure` only when no other place in the world has it. What several places share
is at best `likely`, and a `guess` when none of them is much larger than the rest; then the others are listed.
"""

from __future__ import annotations

import math
import re
import threading
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from scraper.model import Confidence
from server.asking.folding import fold
from server.asking.gazetteer import Gazetteer, ensure_index
from server.asking.model import Place, PlaceKind
from server.asking.place_meaning import Meaning, Reader
from server.asking.place_pick import Pick, pick
from server.asking.place_pieces import pieces
from server.asking.place_words import place_words

MAX_TEXT = 400
"""Longer location texts are cut here: what follows is a description, not a place."""

_COUNT = re.compile(
    r"^\(?\s*\d+\s+(?:\w+\s+)?(?:locations?|sites?|cities|offices|places|more|others?|ubicaciones|lugares|sedes|lieux|"
    r"localisations|standorte|orte|campuses|states|facilities)\b.*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(
    r"^(?:various|multiple|several|many|all|mehrere|verschiedene|diverse|plusieurs|différents|varias|varios|múltiples|vários)\b"
    r".*\b(?:locations?|sites?|offices|cities|campuses|states|facilities|standorten?|orten?|niederlassungen|lieux|"
    r"localisations|villes|ubicaciones|lugares|ciudades|sedes|locais)\b",
    re.IGNORECASE,
)
_AND_MORE = re.compile(
    r"[\s,;(]*(?:\+|and|&|und|et|y|plus)?\s*\d+\s*(?:\+\s*)?(?:more|others?|other locations?|additional|weitere|autres|más|mas|locations?)"
    r"(?:\s+locations?)?\s*\)?\s*$|[\s,(]+\+\s?\d+\s*\)?\s*$|\s+(?:and|&)\s+(?:other|more|additional)\s+locations?$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"\s*(?:[;|•\n]|\s/\s|\s\+\s)\s*")
_JOINED = re.compile(r"\s+(?:or|and|&|oder|und|ou|et|o|y|e)\s+|/", re.IGNORECASE)
_OR_REMOTE = re.compile(r"\b(?:or|oder|ou|o)\s+(?:\w+\s+)?$|^\s*(?:or|oder|ou|o)\b", re.IGNORECASE)
_CITY_STATE = re.compile(r"([A-Z][\w.'’ -]+?),?\s+([A-Z]{2})\b(?!\w)")
_VACANCIES = re.compile(
    r"^\s*(?:many|few|several|\d+)\s+vacanc(?:y|ies)\b(?:\s+in\s+the\s+following\s+locations?)?\s*[:\-–]\s*",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"^\s*(?:(?:job|work|primary|office)\s+)?(?:locations?|ubicación|lieu|standort|ort|city)\s*[:\-–]\s*",
    re.IGNORECASE,
)

SAME_TOWN_KM = 60
"""Two names closer than this, joined by a slash or "and", are one labour market ("Minneapolis/St. Paul")."""


def distance_km(a: Place, b: Place) -> float:
    """The great-circle distance between two places; infinity where one has no position."""
    if a.lat is None or a.lon is None or b.lat is None or b.lon is None:
        return math.inf
    lat1, lat2 = math.radians(a.lat), math.radians(b.lat)
    half_dlat, half_dlon = (lat2 - lat1) / 2, math.radians(b.lon - a.lon) / 2
    h = math.sin(half_dlat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_dlon) ** 2
    return 2 * 6371.0 * math.asin(min(1.0, math.sqrt(h)))


class Places:
    """Resolves texts, and remembers what it resolved. One per process; safe between threads."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._words = place_words()
        self._reader = Reader(gazetteer, self._words)
        self._known: dict[str, Place] = {}

    @classmethod
    def at(cls, cache: Path) -> Places:
        """With the index of this cache folder, built first if need be. Raises PlacesMissing."""
        return cls(Gazetteer(ensure_index(cache)))

    def resolve(self, text: str) -> Place:
        """What a location text means. The same text always gives the same place."""
        place = self._known.get(text)
        if place is None:
            if len(self._known) > 50_000:  # texts come from pages: the memory is bounded
                self._known.clear()
            place = self._known[text] = self._resolve(text)
        return place

    def _resolve(self, text: str) -> Place:
        clean = " ".join(unicodedata.normalize("NFKC", text[:MAX_TEXT]).replace("​", "").split(" ")).strip()
        clean = _LABEL.sub("", _VACANCIES.sub("", clean)).strip(" ,;-–|")
        key = fold(clean)
        if not key or key in self._words.unknown:
            return Place(text=text)
        if key in self._words.multiple or _COUNT.match(clean):
            return Place(text=text, kind=PlaceKind.MULTIPLE, confidence=Confidence.SURE)
        if _SEVERAL.match(clean):
            return Place(text=text, kind=PlaceKind.MULTIPLE, confidence=Confidence.SURE)
        head, *tail = re.split(r"[,(:]|\s[-–]\s", clean, maxsplit=1)
        if tail and fold(head) in self._words.multiple:
            country = self._one(tail[0]).country
            return Place(text=text, kind=PlaceKind.MULTIPLE, country=country, confidence=Confidence.SURE)
        if _AND_MORE.search(clean) and (rest := _AND_MORE.sub("", clean).strip()):
            first = self._by_mode(rest)
            named = first.candidates or ((first,) if first.lat is not None else ())
            return Place(text=text, kind=PlaceKind.MULTIPLE, candidates=named, confidence=Confidence.SURE)
        return self._by_mode(clean).model_copy(update={"text": text})

    def _by_mode(self, text: str) -> Place:
        """Sort out remote and hybrid words, then read the place that is left."""
        words = self._words
        rest = words.not_remote.sub(" ", text)
        hybrid = words.hybrid.search(rest) is not None
        rest = words.hybrid.sub(" ", rest)
        found = words.remote.search(rest)
        if not found:
            return self._listed(rest.strip(" ,;-–|/()"))
        either = _OR_REMOTE.search(rest[: found.start()]) or _OR_REMOTE.search(rest[found.end() :])
        rest = re.sub(
            r"^\s*(?:or|oder|ou|o|in|within|from|en|aus)\b|\b(?:or|oder|ou|o|in|within|from)\s*$",
            " ",
            words.remote.sub(" ", rest).strip(" ,;-–|/()"),
            flags=re.IGNORECASE,
        )
        rest = re.sub(r"\(\s*\)", " ", rest).strip(" ,;-–|/()")
        place = self._listed(rest) if rest else Place(text=text)
        if (hybrid or either) and place.kind in (PlaceKind.CITY, PlaceKind.MULTIPLE):
            return place
        unclear = rest and place.kind is not PlaceKind.UNKNOWN and place.confidence is Confidence.GUESS
        sure = Confidence.LIKELY if unclear or hybrid else Confidence.SURE
        return place.model_copy(update={"kind": PlaceKind.REMOTE, "confidence": sure})

    def _listed(self, text: str) -> Place:
        """A text that may list several places."""
        if self._reader.known(fold(text)):
            return self._one(text)
        listed = [part for part in _LISTED.split(text) if part.strip(" ,-–()")]
        if len(listed) > 1 and (place := self._several(text, listed, joined=False)):
            return place
        pairs = _CITY_STATE.findall(text)
        if len({(fold(city), state) for city, state in pairs}) > 1 and not any(c.isdigit() for c in text):
            found = self._several(
                text, [f"{city.strip(' ,')}, {state}" for city, state in pairs], joined=False
            )
            if found and found.kind is PlaceKind.MULTIPLE:
                return found
        joined = [part for part in _JOINED.split(text) if part.strip(" ,-–()")]
        if len(joined) > 1:
            tail = joined[-1].partition(",")[2]
            parts = [p if "," in p or not tail else f"{p},{tail}" for p in joined]
            if place := self._several(text, parts, joined=True):
                return place
        return self._one(text)

    def _several(self, text: str, parts: Sequence[str], *, joined: bool) -> Place | None:
        """Several places, or one when they are one town, or None when this was no list of places."""
        found = [self._one(part) for part in parts]
        all_names = all(self._reader.known(fold(part)) for part in parts)
        least = Confidence.LIKELY if joined and not all_names else Confidence.GUESS
        good = [
            p
            for p in found
            if p.kind is PlaceKind.CITY
            and (p.confidence is not Confidence.GUESS or least is Confidence.GUESS)
        ]
        if joined and len(good) < len(parts):
            return None
        if not good:
            regions = [p for p in found if p.kind is PlaceKind.REGION]
            several = len({p.label for p in regions}) > 1 and len(regions) == len(parts)
            return (
                Place(
                    text=text,
                    kind=PlaceKind.MULTIPLE,
                    candidates=tuple(regions),
                    confidence=Confidence.LIKELY,
                )
                if several
                else None
            )
        far = 0 if not joined else SAME_TOWN_KM
        if all(distance_km(good[0], other) <= far for other in good[1:]):
            return good[0]
        return Place(text=text, kind=PlaceKind.MULTIPLE, candidates=tuple(good), confidence=Confidence.SURE)

    def _one(self, text: str) -> Place:
        """A text that names one place."""
        cut = pieces(text, self._words, self._reader.known)
        meanings = [meaning for piece in cut for meaning in self._reader.read(piece)]
        if not any(m.means_something for m in meanings):
            return self._misspelt(text, meanings)
        picked = pick(meanings, self.gazetteer)
        return self._place(text, picked)

    def _misspelt(self, text: str, meanings: Sequence[Meaning]) -> Place:
        for meaning in meanings:
            if not meaning.noise and (close := self.gazetteer.misspelt(meaning.key)):
                likely = close[0].pop >= 100_000 and len(meaning.key) >= 6
                sure = Confidence.LIKELY if likely and len(close) == 1 else Confidence.GUESS
                return self._place(text, Pick(cities=close, confidence=sure))
        return Place(text=text)

    def _place(self, text: str, picked: Pick) -> Place:
        """A pick, as a place for the rest of the program."""
        if picked.several:
            named = tuple(
                self._place(text, Pick(cities=(c,), confidence=picked.confidence)) for c in picked.cities
            )
            return Place(text=text, kind=PlaceKind.MULTIPLE, candidates=named, confidence=picked.confidence)
        if picked.cities:
            cities = [
                Place(
                    text=text,
                    kind=PlaceKind.CITY,
                    city=city.name,
                    region=self.gazetteer.region_name(city.country, city.admin),
                    country=city.country,
                    lat=city.lat,
                    lon=city.lon,
                    tz=city.tz,
                    confidence=picked.confidence,
                )
                for city in picked.cities[:8]
            ]
            others = () if picked.confidence is Confidence.SURE else tuple(cities[1:])
            return cities[0].model_copy(update={"candidates": others})
        region = self.gazetteer.region_name(picked.country, picked.region) if picked.region else ""
        kind = PlaceKind.REGION if picked.is_region else PlaceKind.UNKNOWN
        return Place(
            text=text, kind=kind, region=region, country=picked.country, confidence=picked.confidence
        )

    def destination(self, typed: str) -> Place:
        """A trip's destination: as `resolve`, with the other cities of that name listed unless it is sure."""
        return self.resolve(typed)

    def suggest(self, typed: str, limit: int = 8) -> tuple[Place, ...]:
        """Places for a text that is still being typed, best first, at most `limit`."""
        first = self.resolve(typed)
        read = [p for p in (first, *first.candidates) if p.kind is PlaceKind.CITY]
        begun = [
            self._place(typed, Pick(cities=(city,), confidence=Confidence.LIKELY))
            for city in self.gazetteer.suggest(typed, limit)
        ]
        # A whole name or one with its state is what is meant; half a word is only begun.
        whole = "," in typed or (first.city != "" and fold(first.city).startswith(fold(typed)))
        found = [*read, *begun] if whole else [*begun, *read]
        seen: dict[tuple[str, float | None], Place] = {}
        for place in found:
            seen.setdefault(
                (place.label, place.lat), place.model_copy(update={"text": place.label, "candidates": ()})
            )
        return tuple(seen.values())[:limit]


_OPEN: dict[Path, Places] = {}
_OPENING = threading.Lock()


def places_at(cache: Path) -> Places:
    """The process's one `Places` for this cache folder."""
    with _OPENING:
        if cache not in _OPEN:
            _OPEN[cache] = Places.at(cache)
        return _OPEN[cache]
