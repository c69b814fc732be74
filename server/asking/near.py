"""Whether a job counts for a trip, and why."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from server.said import Said


class Near(StrEnum):
    HERE = "here"
    VISITED = "visited"  # place unknown, but the trip visits this employer
    REMOTE = "remote"  # a remote job of an employer that is here
    FAR = "far"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Nearness:
    """Whether a job counts for a trip, why, and whether its place is only a guess."""

    near: Near
    reason: Said | None = None  # where it counts
    guessed: bool = False

    @property
    def counts(self) -> bool:
        return self.near in (Near.HERE, Near.VISITED, Near.REMOTE)
