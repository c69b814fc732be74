"""Names of employers and people: when two spellings are the same, and when a text speaks of one."""

from __future__ import annotations

import re
from collections.abc import Iterable
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


def speaks_of(text: str, names: Iterable[str], own: str) -> str:
    """The first of `names` that `text` mentions as whole words, other than `own`; "" when it mentions none.

    The own employer's name is blanked out first, since another's may be a part of it ("Lakeshore" in
    "Lakeshore Health").
    """
    hay = f" {fold(text)} "
    mine = employer_key(own)
    for spelling in sorted({fold(own), mine} - {""}, key=len, reverse=True):
        hay = hay.replace(f" {spelling} ", " | ")
    for name in names:
        key = employer_key(name)
        if key and key != mine and f" {key} " in hay:
            return name
    return ""


def first_name(name: str) -> str:
    return name.split()[0] if name.split() else ""


def last_name(name: str) -> str:
    """The family name as far as a name shows it: the last word, "Lindqvist" of "C. Lindqvist"."""
    name = re.sub(r",.*$", "", name).strip()
    return name.split()[-1] if name.split() else ""
