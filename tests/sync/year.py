"""A year at a few portals, and a book of what must have been seen, kept apart from the code that is tested.

Each `Made` portal lives by its own dice: statuses change, applications are added, a few are taken off the list.
`Book` is told what each night delivered and says afterwards what the store must hold.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from scraper.model import Account, Application, PageKind, ParsedPage, Stage
from scraper.stages import stage_of
from scraper.store import View

STATUSES = (
    "Under review",
    "Application received",
    "Referred to hiring manager",
    "Interview",
    "In process",
    "Not selected",
    "Position filled",
)


class Made:
    """One account's list as the portal itself knows it."""

    def __init__(self, account: Account, seed: int, count: int = 10) -> None:
        self.account = account
        self.dice = random.Random(seed)
        self.statuses: dict[str, str] = {}
        self.taken_off: dict[str, datetime] = {}
        self._made = 0
        for _ in range(count):
            self._apply()

    def _apply(self) -> None:
        self._made += 1
        self.statuses[f"{self._made:05d}"] = self.dice.choice(STATUSES[:2])

    def live_a_day(self, now: datetime) -> None:
        for number, status in list(self.statuses.items()):
            if self.dice.random() < 0.03:
                self.statuses[number] = self.dice.choice([other for other in STATUSES if other != status])
            elif self.dice.random() < 0.001 and len(self.statuses) > 5:
                del self.statuses[number]
                self.taken_off[self.key(number)] = now
        if self.dice.random() < 0.05:
            self._apply()

    def key(self, number: str) -> str:
        return f"{self.account.portal}|{self.account.host}|{number}"

    def rows(self) -> tuple[Application, ...]:
        return tuple(self.row(number, status) for number, status in self.statuses.items())

    def row(self, number: str, status: str) -> Application:
        reading = stage_of(status, self.account.portal)
        return Application(
            portal=self.account.portal,
            host=self.account.host,
            external_id=number,
            title=f"Nurse, Ward {number}",
            company="An Employer",
            status_raw=status,
            stage=reading.stage,
            confidence=reading.confidence,
        )

    def page(self, rows: Iterable[Application], *, count: int | None = None) -> ParsedPage:
        rows = tuple(rows)
        return ParsedPage(
            url=self.account.start_url,
            host=self.account.host,
            kind=PageKind.APPLICATIONS if rows else PageKind.EMPTY,
            portal=self.account.portal,
            applications=rows,
            count_shown=count,
        )


def blank(row: Application) -> Application:
    """The row with a status that could not be read."""
    return replace(row, status_raw="", stage=Stage.UNKNOWN)


@dataclass
class Book:
    """What was truly shown, and when: `told` are the changes that a person had to hear of, in order."""

    statuses: dict[str, str] = field(default_factory=dict)
    last_shown: dict[str, datetime] = field(default_factory=dict)
    told: list[tuple[str, str, str]] = field(default_factory=list)

    def shown(self, portal: Made, rows: Iterable[Application], now: datetime) -> tuple[set[str], set[str]]:
        """Note what one believed reading delivered; the keys that were new, and those that had changed."""
        new, changed = set(), set()
        for row in rows:
            self.last_shown[row.key] = now
            before = self.statuses.get(row.key)
            if before is None:
                new.add(row.key)
            elif row.status_raw and before and before != row.status_raw:
                changed.add(row.key)
                self.told.append((row.key, before, row.status_raw))
            if row.status_raw or before is None:
                self.statuses[row.key] = row.status_raw
        return new, changed

    def check(self, view: View, portals: Iterable[Made], now: datetime) -> None:
        """Nothing lost, nothing twice, no alarm that was none."""
        documents = view.all("applications")
        assert set(documents) == set(self.statuses)
        assert {key: doc["status_raw"] for key, doc in documents.items()} == self.statuses
        changes = sorted(view.all("changes").values(), key=lambda entry: (entry["seen_at"], entry["key"]))
        seen = [(entry["key"], entry["old_status"], entry["new_status"]) for entry in changes]
        assert sorted(seen) == sorted(self.told)
        listed = {portal.key(number) for portal in portals for number in portal.statuses}
        for key, doc in documents.items():
            if key in listed:
                assert doc["listed"], f"{key} was given up although the portal lists it"
            elif not doc["listed"]:
                assert now - self.last_shown[key] >= timedelta(hours=72)
