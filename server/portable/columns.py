"""Which column of somebody's own list is which: matched by the meaning of their names, in four languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from scraper.model import Stage
from scraper.outcomes import InTownError
from server.asking.folding import fold

WHOLE, PART = 1000, 500
"""How much a name that is a known one counts, and one that contains a known one."""


class NoColumns(InTownError):
    """The list cannot be understood by its columns; the sentence says which there are."""


@cache
def _words() -> dict[str, Any]:
    text = (resources.files("server.portable") / "columns.toml").read_text("utf-8")
    return tomllib.loads(text)


def fields() -> tuple[str, ...]:
    """What a column can be."""
    return tuple(_words()["columns"])


@cache
def tracker_stages() -> Mapping[str, Stage]:
    """Folded words of people's own lists -> stage."""
    return {fold(text): Stage(stage) for stage, texts in _words()["statuses"].items() for text in texts}


@dataclass(frozen=True, slots=True)
class Matching:
    """`columns`: field -> number of its column. `unused` are the names of those that mean nothing to InTown."""

    columns: Mapping[str, int]
    unused: tuple[str, ...]


def match(header: Sequence[str], wishes: Sequence[str] = ()) -> Matching:
    """Find the columns; `wishes` are the person's own words, "Stage=status", and come first.

    "Name" is the position where nothing else is, and the employer where that is still missing. Raises NoColumns when
    no column holds the position.
    """
    chosen = dict(_wished(header, wishes))
    taken = set(chosen.values())
    named = sorted(_scores(header), key=lambda one: (-one[0], one[2]))
    for _, field, column in named:
        if field not in chosen and column not in taken:
            chosen[field] = column
            taken.add(column)
    chosen = {field: column for field, column in chosen.items() if not field.startswith("-")}
    if "title" not in chosen and "key" not in chosen:
        names = ", ".join(repr(name) for name in header[:20])
        raise NoColumns(
            f"None of the columns is known to hold the position: {names}. Say which one: --column 'NAME=title'."
        )
    unused = tuple(
        name for number, name in enumerate(header) if number not in chosen.values() and name.strip()
    )
    return Matching(chosen, unused)


def _wished(header: Sequence[str], wishes: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The person's own matching. A column may be left out with "NAME=-"."""
    known = {name.strip().casefold(): number for number, name in reversed(list(enumerate(header)))}
    for wish in wishes:
        name, sign, field = wish.rpartition("=")
        field = field.strip().casefold()
        if not sign or field not in (*fields(), "-"):
            raise NoColumns(
                f"{wish!r}: write NAME=FIELD, with a field of: {', '.join(fields())} (or - to leave it out)."
            )
        if name.strip().casefold() not in known:
            names = ", ".join(repr(one) for one in header[:20])
            raise NoColumns(f"There is no column {name.strip()!r}; there are: {names}.")
        column = known[name.strip().casefold()]
        yield (f"-{column}" if field == "-" else field), column


def _scores(header: Sequence[str]) -> Iterator[tuple[int, str, int]]:
    """How well each column fits each field."""
    ignored = {fold(name) for name in _words()["ignored"]["names"]}
    for column, name in enumerate(header):
        key = fold(name)
        if not key or key in ignored:
            continue
        for field, known in _words()["columns"].items():
            for rank, word in enumerate(fold(one) for one in known):
                if key == word:
                    yield WHOLE - rank, field, column
                elif " " in word and f" {word} " in f" {key} ":
                    yield PART - rank, field, column
