"""Applications that are not on the list any more: given up late, and never deleted."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.model import Open, PageKind, ParsedPage
from scraper.store import Store, record_page
from tests.store.pages import hours, job, page
from tests.store.readings import changes, read, stored


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "intown.json")


def test_gone_only_after_three_complete_reads_over_72_hours(store: Store) -> None:
    read(store, job(1), job(2), at=0)
    for at, listed in ((24, True), (48, True), (71, True), (96, False)):
        done = read(store, job(2), at=at)
        assert stored(store, 1)["listed"] is listed, at
        assert done.not_listed == ((job(1).key,) if not listed else ())
    assert read(store, job(2), at=120).not_listed == ()
    assert stored(store, 1)["status_raw"] == "Under Review"
    assert changes(store) == []


def test_pressing_the_button_three_times_is_one_look(store: Store) -> None:
    read(store, job(1), job(2), at=0)
    for minute in range(5):
        read(store, job(2), at=100 + minute / 60)
    assert (stored(store)["listed"], stored(store)["misses"]) == (True, 1)


def test_incomplete_reads_never_count(store: Store) -> None:
    read(store, job(1), job(2), at=0)
    parts: list[ParsedPage] = [
        page(job(2), complete=False),
        page(job(2), next_step=Open("https://lakeshore.taleo.net/?page=2")),
        page(job(2), count_shown=2),
        page(job(2), kind=PageKind.DETAIL),
    ]
    for night, part in enumerate(parts * 5):
        record_page(store, "lake", part, seen_at=hours(24 * night), complete=True)
        record_page(store, "lake", page(job(2)), seen_at=hours(24 * night + 1), complete=False)
        record_page(store, None, page(job(2)), seen_at=hours(24 * night + 2), complete=True)
        record_page(store, "lake", [], seen_at=hours(24 * night + 3), complete=True)
    assert (stored(store)["listed"], stored(store)["misses"]) == (True, 0)


def test_an_empty_list_counts_and_other_accounts_are_left_alone(store: Store) -> None:
    read(store, job(1), at=0)
    read(store, job(2), at=0, account="other")
    read(store, job(3), at=0, account=None)
    for at in (24, 48, 72):
        read(store, at=at)
    assert [stored(store, number)["listed"] for number in (1, 2, 3)] == [False, True, True]


def test_seen_again_is_listed_again(store: Store) -> None:
    read(store, job(1), job(2), at=0)
    for at in (24, 48, 72):
        read(store, job(2), at=at)
    assert stored(store)["listed"] is False
    assert read(store, job(1), at=96, complete=False).changed == ()
    assert (stored(store)["listed"], stored(store)["misses"]) == (True, 0)


def test_a_sighting_in_between_begins_the_count_again(store: Store) -> None:
    read(store, job(1), job(2), at=0)
    read(store, job(2), at=24)
    read(store, job(2), at=48)
    read(store, job(1), at=60, complete=False)
    read(store, job(2), at=72)
    assert (stored(store)["listed"], stored(store)["misses"]) == (True, 1)
