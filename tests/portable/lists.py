"""Lists of other trackers, read and taken in as `intown import` does it."""

from __future__ import annotations

from scraper.store import Store
from server.portable.adopt import Fate, carry_out, plan
from server.portable.columns import match
from server.portable.reading import read_sheet
from server.portable.rows import Problem, Row, applications_of
from tests.asking.worlds import NOW


def read(text: str, **options: bool) -> tuple[list[Row], list[Problem]]:
    found = read_sheet(text.encode())
    return applications_of(found, match(found.header).columns, **options)


def take(store: Store, text: str) -> list[tuple[Fate, str]]:
    rows, problems = read(text)
    assert [problem for problem in problems if problem.bad] == []
    with store.transaction() as tx:
        steps = plan(tx, rows)
        carry_out(tx, steps, NOW)
    return [(step.fate, step.key) for step in steps]


def rows_of(store: Store) -> dict[str, dict[str, object]]:
    return store.read().all("applications")
