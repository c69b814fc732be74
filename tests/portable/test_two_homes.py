"""Two homes that each go on reading, and exchange exports in any order: nothing seen is lost, and both come to agree."""

from __future__ import annotations

import tempfile
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Stage
from scraper.store import Store, record_page
from server.portable import document
from server.portable.document import Tables
from server.portable.merge import merge
from server.portable.shapes import checked
from tests.asking.worlds import NOW
from tests.portable.homes import EDUCATOR, FIRST, shown

STATUSES = (("Received", Stage.RECEIVED), ("Referred", Stage.REFERRED), ("Not selected", Stage.NOT_SELECTED))

# who reads (0, 1) which status, or who gives to whom (2: 0 to 1, 3: 1 to 0)
STEPS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, len(STATUSES) - 1)), max_size=12)


def exported(store: Store) -> Tables:
    return checked(document.read(document.written(store.read(), NOW)).tables)


def give(giver: Store, taker: Store) -> None:
    with taker.transaction() as tx:
        merge(tx, exported(giver))


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_they_agree_in_the_end(steps: list[tuple[int, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        homes = [Store(Path(folder) / name / "intown.json") for name in "ab"]
        told: set[tuple[str, str]] = set()
        for hour, (who, which) in enumerate(steps):
            if who > 1:
                give(homes[who - 2], homes[3 - who])
                continue
            text, stage = STATUSES[which]
            seen = replace(EDUCATOR, status_raw=text, stage=stage)
            at = FIRST + timedelta(hours=hour)
            recorded = record_page(homes[who], None, shown(seen), seen_at=at, complete=False)
            told |= {(change.seen_at.isoformat(), change.new_status) for change in recorded.changed}
        give(homes[0], homes[1])
        give(homes[1], homes[0])
        one, other = (exported(home) for home in homes)
        assert one == other
        assert {(row["seen_at"], row["new_status"]) for row in one["changes"].values()} == told
        for key, row in one["applications"].items():
            numbers = sorted(int(name.rpartition("#")[2]) for name in one["changes"] if name.startswith(key))
            assert numbers == list(range(1, row["change_count"] + 1))
