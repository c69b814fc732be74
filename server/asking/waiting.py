"""The applications one may ask about, arranged by place and employer.

Made once for each commit of the store: an answer about a trip then looks at a few hundred places instead of ten
thousand applications.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from server.asking.model import Position
from server.asking.strength import STRENGTH

ASKABLE = frozenset(stage.value for stage in STRENGTH)
"""The stages one may ask in, as the store writes them."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """`by_place`: location text -> employer -> positions that are in such a stage and still listed.

    `employers`: the name of every application's employer, whatever became of it.
    """

    by_place: Mapping[str, Mapping[str, list[Position]]]
    employers: frozenset[str]

    @classmethod
    def of(cls, applications: Iterable[Mapping[str, Any]]) -> Waiting:
        by_place: dict[str, dict[str, list[Position]]] = {}
        employers = set()
        for doc in applications:
            employer = doc["company"]
            employers.add(employer)
            if doc["stage"] in ASKABLE and doc.get("listed", True):
                there = by_place.setdefault(doc["location"], {})
                there.setdefault(employer, []).append(Position.of(doc))
        return cls(by_place, frozenset(employers))
