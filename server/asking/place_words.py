"""The words of location texts, ready to match: what means remote, several, nothing, or a part of a building."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from server.asking.folding import fold
from server.asking.gazetteer_build import words


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """`server/asking/words/places.toml`, folded and compiled."""

    nicknames: dict[str, tuple[str, str, str]]  # key -> city, region, country
    wide: frozenset[str]
    areas: dict[str, str]  # key -> country
    multiple: frozenset[str]
    unknown: frozenset[str]
    noise: frozenset[str]
    street: frozenset[str]
    before: tuple[str, ...]  # longest first
    after: tuple[str, ...]
    direction: frozenset[str]
    remote: re.Pattern[str]
    not_remote: re.Pattern[str]
    hybrid: re.Pattern[str]


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    """Any of the phrases as whole words, longest first, with a hyphen as good as a space."""
    longest = sorted(phrases, key=len, reverse=True)
    parts = [re.escape(p).replace(r"\-", "[-\\s]*").replace(r"\ ", "[-\\s]+") for p in longest]
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def _folded(phrases: Iterable[str]) -> frozenset[str]:
    return frozenset(fold(phrase) for phrase in phrases)


def _by_length(phrases: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(_folded(phrases), key=lambda p: (-len(p), p)))


def _nickname(meaning: str) -> tuple[str, str, str]:
    city, region, country = (part.strip() for part in meaning.split(","))
    return city, region, country


@cache
def place_words() -> PlaceWords:
    """The words, loaded once."""
    data = words("places")
    lists = data["words"]
    return PlaceWords(
        nicknames={fold(key): _nickname(value) for key, value in data["nicknames"].items()},
        wide=_folded(data["wide"]["names"]),
        areas={fold(name): country for country, names in data["areas"].items() for name in names},
        multiple=_folded(lists["multiple"]),
        unknown=_folded(lists["unknown"]),
        noise=_folded(lists["noise"]),
        street=_folded(lists["street"]),
        before=_by_length(lists["before"]),
        after=_by_length(lists["after"]),
        direction=_folded(lists["direction"]),
        remote=_any_of(lists["remote"]),
        not_remote=_any_of(lists["not_remote"]),
        hybrid=_any_of(lists["hybrid"]),
    )
