"""A finding: one line of the doctor's answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property
from typing import Any

from scraper.settings import Home
from scraper.store import Store, View

Fact = str | int | float | bool | None
"""What may go into a bug report: numbers, versions, moments and words from closed lists. Never a text of the person's."""


class State(StrEnum):
    OK = "ok"
    ATTENTION = "attention"
    BROKEN = "broken"


@dataclass(frozen=True, slots=True)
class Finding:
    """`text` and `fix` are for the person; `fix` is one command (or "" where there is nothing to do)."""

    name: str
    state: State
    text: str
    fix: str = ""
    facts: Mapping[str, Fact] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "state": self.state.value,
            "text": self.text,
            "fix": self.fix,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True)
class Patient:
    """What is looked at: the folders of one home, the port its server should have, the time now (aware)."""

    home: Home
    port: int
    now: datetime

    @cached_property
    def store(self) -> Store:
        return Store(self.home.store)

    @cached_property
    def view(self) -> View:
        """What is stored. Raises StoreError; a damaged file is restored by this, as by any other command."""
        return self.store.read()


def worst(findings: list[Finding]) -> State:
    """The state of the whole."""
    states = {finding.state for finding in findings}
    return next((state for state in (State.BROKEN, State.ATTENTION) if state in states), State.OK)
