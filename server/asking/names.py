"""Names of employers and people: when two spellings are the same, and when a text speaks of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from server.asking.folding import fold

_LEGAL = frozenset(
    [
        "inc",
        "incorporated",
        "llc",
        "ltd",
        "limited",
        "corp",
        "corporation",
        "co",
        "company",
        "gmbh",
        "ag",
        "kg",
        "se",
        "plc",
        "sa",
        "sas",
        "sarl",
        "srl",
        "spa",
        "bv",
        "nv",
        "pty",
        "llp",
        "lp",
        "the",
    ]
)


@lru_cache(maxsize=8192)
def employer_key(name: str) -> str:
    """One key for the spellings of one employer: "Meridian Labs, Inc." and "meridian labs" are the same."""
    words = fold(name).split()
    kept = [word for word in words if word not in _LEGAL]
    return " ".join(kept or words)


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


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else ""


def last_name(name: str) -> str:
    """The family name as far as a name shows it: the last word, "Lindqvist" of "C. Lindqvist"."""
    name = re.sub(r",.*$", "", name).strip()
    return name.split()[-1] if name.split() else ""
