"""Names of employers and people: when two spellings are the same, and when a text speaks of one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from server.asking.folding import fold
from server.asking.gazetteer_build import words as word_file


class _Words(NamedTuple):
    legal: frozenset[str]
    sector: frozenset[str]
    common: frozenset[str]


@cache
def _words() -> _Words:
    lists = word_file("employers")
    return _Words(*(frozenset(lists[name]) for name in _Words._fields))


@lru_cache(maxsize=8192)
def employer_key(name: str) -> str:
    """One key for the spellings of one employer: "Meridian Labs, Inc." and "meridian labs" are the same."""
    words = fold(name).split()
    kept = [word for word in words if word not in _words().legal]
    return " ".join(kept or words)


def kin(names: Iterable[str], places: Collection[str] = ()) -> dict[str, str]:
    """Short names of an employer among `names`: its key -> the key of its long name ("lakeshore" ->
    "lakeshore health").

    Only where what the long name adds is a word of the trade, the short one says something by itself (and is not
    one of `places`, folded), and no other name would fit as well: a false match would put two employers together.
    """
    keys = {key for name in names if (key := employer_key(name))}
    longer: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        words = key.split()
        for cut in range(len(words) - 1, 0, -1):
            if words[cut] not in _words().sector:
                break
            if (
                (head := " ".join(words[:cut])) in keys
                and head not in places
                and _says_something(words[:cut])
            ):
                longer[head].append(key)
    found = {}
    for head, candidates in longer.items():
        candidates.sort(key=len)
        if all(b.startswith(f"{a} ") for a, b in pairwise(candidates)):
            found[head] = candidates[-1]
    return found


def _says_something(words: list[str]) -> bool:
    return any(len(word) >= 4 and word not in _words().common | _words().sector for word in words)


@dataclass(frozen=True)
class Employers:
    """Every employer's name that is known, ready to be looked for in a text."""

    names: dict[str, str] = field(default_factory=dict)  # key -> name
    longest: int = 0  # words

    @classmethod
    def of(cls, names: Iterable[str]) -> Employers:
        keys = {key: name for name in names if (key := employer_key(name))}
        return cls(keys, max((len(key.split()) for key in keys), default=0))

    def mentioned(self, text: str, own: str) -> str:
        """The first other employer that `text` mentions as whole words, "" when it mentions none.

        The own employer's name is blanked out first, since another's may be a part of it ("Lakeshore" in
        "Lakeshore Health").
        """
        hay = f" {fold(text)} "
        for spelling in sorted({fold(own), employer_key(own)} - {""}, key=len, reverse=True):
            hay = hay.replace(f" {spelling} ", " | ")
        words, mine = hay.split(), employer_key(own)
        for size in range(min(self.longest, len(words)), 0, -1):
            for start in range(len(words) - size + 1):
                key = " ".join(words[start : start + size])
                if key in self.names and key != mine:
                    return self.names[key]
        return ""


def last_name(name: str) -> str:
    """The family name as far as a name shows it: the last word, "Lindqvist" of "C. Lindqvist"."""
    name = re.sub(r",.*$", "", name).strip()
    return name.split()[-1] if name.split() else ""
