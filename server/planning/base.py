"""What all of planning shares: the error, ids that people can type, the world from the store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from scraper.store import View
from server.asking.folding import fold
from server.asking.model import (
    Place,
)
from server.asking.places import Places
from server.asking.world import World
from server.said import Said, SaidError


class PlanError(SaidError):
    """Something that cannot be planned so. `code` is for programs; its sentence is `error.CODE` unless another is
    given; `candidates` are places to choose from."""

    def __init__(
        self,
        code: str,
        said: Said | None = None,
        *,
        fix: Said | None = None,
        candidates: Iterable[Place] = (),
        missing: bool = False,
    ) -> None:
        super().__init__(said or Said(f"error.{code}"))
        self.code = code
        self.fix = fix
        self.candidates = tuple(candidates)
        self.missing = missing


def world_of(view: View, places: Places, now: datetime) -> World:
    """What asking needs to know, from one consistent view of the store."""
    return World.from_tables(view.all, places, now)


def new_id(wish: str, taken: Mapping[str, Any]) -> str:
    """A short id that a person can type, made from `wish`: "cleveland-2027-08-26", "cleveland-2027-08-26-2"."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(wish)).strip("-")[:48] or "x"
    number = 2
    found = base
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    return found


def stated(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were said anything about."""
    return {name: value for name, value in fields.items() if value is not None}
