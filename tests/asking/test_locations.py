"""Location texts against what a person reads in them: a long list, and rules that hold for every text."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Confidence
from server.asking.folding import fold
from server.asking.model import PlaceKind
from server.asking.places import Places

LISTS = sorted((Path(__file__).parent / "data").glob("locations*.tsv"))


@dataclass(frozen=True)
class Expected:
    text: str
    kinds: frozenset[str]  # empty: any
    cities: frozenset[str]
    country: str
    ambiguous: bool


def expectations(path: Path) -> list[Expected]:
    found = []
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#") or not line.strip():
            continue
        text, kind, city, country, mark = [*line.split("\t"), "", "", "", ""][:5]
        kinds = frozenset(kind.split("|")) - {""}
        cities = frozenset(fold(name) for name in city.split("|")) - {""}
        found.append(Expected(text, kinds, cities, country, mark == "?"))
    return found


def wrong(places: Places, expected: Expected) -> str:
    """What is wrong with the reading of a text, or ""."""
    place = places.resolve(expected.text)
    shown = f"{expected.text!r} read as {place.kind.value} {place.label!r} {place.confidence.value}"
    if expected.kinds and place.kind.value not in expected.kinds:
        return f"{shown}: kind is {' or '.join(sorted(expected.kinds))}"
    if expected.cities and place.kind is PlaceKind.CITY and fold(place.city) not in expected.cities:
        return f"{shown}: city is {' or '.join(sorted(expected.cities))}"
    if expected.country and place.kind is not PlaceKind.MULTIPLE and place.country != expected.country:
        return f"{shown}: country is {expected.country}"
    return ""


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_nearly_all_texts_are_read_right(places: Places, path: Path) -> None:
    listed = expectations(path)
    faults = [fault for expected in listed if (fault := wrong(places, expected))]
    assert len(listed) >= 100
    assert len(faults) <= 0.08 * len(listed), "\n".join(faults)


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.stem)
def test_no_ambiguous_text_is_answered_as_sure(places: Places, path: Path) -> None:
    ambiguous = [expected.text for expected in expectations(path) if expected.ambiguous]
    assert ambiguous
    assert [text for text in ambiguous if places.resolve(text).confidence is Confidence.SURE] == []


PIECE = st.sampled_from(
    [
        "Cleveland",
        "OH",
        "US",
        "Main Campus",
        "-",
        ",",
        "(",
        "44106",
        "München",
        "Remote",
        "/",
        ";",
        "or",
        "Springfield",
    ]
)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60) | st.lists(PIECE, max_size=8).map(" ".join))
def test_any_text_gives_a_consistent_place(places: Places, text: str) -> None:
    place = places.resolve(text)
    assert place.text == text
    assert (place.lat is None) == (place.lon is None)
    if place.kind is PlaceKind.CITY:
        assert place.city
        assert place.lat is not None
    if place.kind is PlaceKind.REGION:
        assert place.lat is None
    assert place == Places(places.gazetteer).resolve(text)
