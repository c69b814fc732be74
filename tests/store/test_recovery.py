"""Kept generations, damage, newer and older files; nothing is ever silently empty."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import orjson
import pytest

from scraper.store import Store, StoreError, StoreNewer
from scraper.store_format import Schema, State, Step, Tables, decode, encode


class Clock:
    """A clock that the test moves."""

    def __init__(self) -> None:
        self.now = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Store:
    return Store(tmp_path / "intown.json", clock=clock)


def commit(store: Store, number: int) -> None:
    with store.transaction() as tx:
        tx.put("notes", "n", {"n": number})


def number_in(store: Store) -> int:
    document = Store(store.path).read().get("notes", "n")
    assert document is not None
    return int(document["n"])


def kept(store: Store) -> list[str]:
    return sorted(path.name for path in (store.path.parent / "backups").iterdir())


def test_the_last_ten_and_the_beginning_of_seven_days_are_kept(store: Store, clock: Clock) -> None:
    for day in range(9):
        for number in range(3):
            commit(store, day * 10 + number)
        clock.now += timedelta(days=1)
    names = kept(store)
    assert [name for name in names if "-g" in name] == [f"intown-g{n:012d}.json" for n in range(18, 28)]
    assert [name for name in names if "-2026" in name] == [
        f"intown-2026-03-{d:02d}.json" for d in range(4, 11)
    ]
    store.path.write_bytes((store.path.parent / "backups" / "intown-2026-03-05.json").read_bytes())
    assert number_in(store) == 22  # the day before ended with this


def test_a_missing_file_comes_back_whole(store: Store) -> None:
    for number in range(3):
        commit(store, number)
    store.path.unlink()
    again = Store(store.path)
    assert again.read().get("notes", "n") == {"n": 2}
    (notice,) = again.notices()
    assert notice["kind"] == "restored"
    assert "it is gone" in notice["text"]
    assert "2026-03-02 02:30" in notice["text"]
    again.dismiss_notice(notice["id"])
    assert Store(store.path).notices() == []


def test_a_restored_file_has_a_generation_of_its_own(store: Store) -> None:
    for number in range(3):
        commit(store, number)
    store.path.write_bytes(
        b"{"
    )  # in place: the newest kept generation is the same file and is damaged with it
    assert number_in(store) == 1
    assert Store(store.path).generation == 4


def test_a_write_that_failed_is_never_restored(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Found by the state machine: the oldest kept file could not be dropped, after the new one had been kept."""
    for number in range(10):
        commit(store, number)
    original = os.unlink

    def refuse(path: Path) -> None:
        if path.name.endswith("g000000000001.json"):
            raise PermissionError(13, "no")
        original(path)

    monkeypatch.setattr(os, "unlink", refuse)
    with pytest.raises(StoreError):
        commit(store, 666)
    monkeypatch.undo()
    store.path.unlink()
    assert number_in(store) == 9


def test_a_damaged_file_is_not_kept_as_the_beginning_of_a_day(store: Store, clock: Clock) -> None:
    commit(store, 1)
    clock.now += timedelta(days=1)
    store.path.unlink()
    store.path.write_bytes(b"{")
    Store(store.path, clock=clock).read()
    assert not any(name.startswith("intown-2026") for name in kept(store))
    commit(Store(store.path, clock=clock), 2)
    (day,) = (store.path.parent / "backups").glob("*-2026-03-03.json")
    assert decode(day.read_bytes(), 1).tables["notes"]["n"] == {"n": 1}


def test_damaged_kept_files_are_passed_over(store: Store) -> None:
    for number in range(5):
        commit(store, number)
    for name in kept(store)[-2:]:
        path = store.path.parent / "backups" / name
        data = path.read_bytes()
        path.unlink()  # the newest is the same file as the store's own: give each its own damage
        path.write_bytes(data[:-5])
    store.path.unlink()
    assert number_in(store) == 2


def test_without_a_good_copy_the_file_is_set_aside_and_it_is_said(store: Store) -> None:
    store.path.write_bytes(b'{"_default": {"1": {"stock": "tinydb"}}}')
    assert store.read().all("notes") == {}
    (notice,) = store.notices()
    assert notice["kind"] == "set_aside"
    assert Path(notice["damaged_file"]).read_bytes() == b'{"_default": {"1": {"stock": "tinydb"}}}'
    assert "no good copy" in notice["text"]


def test_a_file_that_may_not_be_read_is_not_damage(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    commit(store, 1)
    before = store.path.read_bytes()
    original = os.open

    def refuse(path: os.PathLike[str] | str, flags: int, mode: int = 0o777) -> int:
        if Path(path) == store.path:
            raise PermissionError(13, "Permission denied")
        return original(path, flags, mode)

    monkeypatch.setattr(os, "open", refuse)
    with pytest.raises(StoreError, match="permission denied"):
        Store(store.path).read()
    monkeypatch.undo()
    assert store.path.read_bytes() == before
    assert not any("damaged" in name for name in kept(store))


def test_a_newer_file_is_refused_untouched(store: Store) -> None:
    commit(store, 1)
    newer = b"".join(encode(State(9, {"notes": {}}, "", 2)))
    store.path.write_bytes(newer)
    before = kept(store)
    for action in (store.read, store.notices, lambda: commit(store, 2)):
        with pytest.raises(StoreNewer, match="Update InTown"):
            action()
    assert store.path.read_bytes() == newer
    assert kept(store) == before


def test_a_newer_kept_generation_is_not_passed_over_either(store: Store) -> None:
    """After a downgrade with a lost file: beginning with older data would hide the newer ones."""
    commit(store, 1)
    (store.path.parent / "backups" / "intown-g000000000009.json").write_bytes(
        b"".join(encode(State(9, {"notes": {}}, "", 2)))
    )
    store.path.unlink()
    with pytest.raises(StoreNewer):
        Store(store.path).read()
    assert not store.path.exists()


# --- migrations


def add_city(tables: Tables) -> Tables:
    trips = {key: {**trip, "city": trip["destination"]} for key, trip in tables.get("trips", {}).items()}
    return {**tables, "trips": trips}


def drop_destination(tables: Tables) -> Tables:
    trips = {key: {"city": trip["city"]} for key, trip in tables["trips"].items()}
    return {**tables, "trips": trips}


NEW = Schema(3, {1: add_city, 2: drop_destination})


def old_store(tmp_path: Path) -> Path:
    store = Store(tmp_path / "intown.json")
    with store.transaction() as tx:
        tx.put("trips", "t", {"destination": "Cleveland"})
    return store.path


def test_an_older_file_is_brought_up_step_by_step_and_kept(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    before = path.read_bytes()
    new = Store(path, schema=NEW)
    assert new.read().get("trips", "t") == {"city": "Cleveland"}
    assert orjson.loads(path.read_bytes().split(b"\n")[0])["schema_version"] == 3
    (old,) = (path.parent / "backups").glob("*before-schema-3*")
    assert old.read_bytes() == before
    assert Store(path, schema=NEW).generation == new.generation == 2
    with pytest.raises(StoreNewer):
        Store(path).read()


def test_an_older_kept_generation_is_brought_up_when_restored(tmp_path: Path) -> None:
    path = old_store(tmp_path)
    path.unlink()
    assert Store(path, schema=NEW).read().get("trips", "t") == {"city": "Cleveland"}


def broken(_: Tables) -> Tables:
    raise ZeroDivisionError


@pytest.mark.parametrize("steps", [{1: add_city}, {1: add_city, 2: broken}])
def test_a_migration_that_fails_leaves_the_old_file(tmp_path: Path, steps: dict[int, Step]) -> None:
    path = old_store(tmp_path)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="version"):
        Store(path, schema=Schema(3, steps)).read()
    assert path.read_bytes() == before
    assert Store(path).read().get("trips", "t") == {"destination": "Cleveland"}


def test_the_programs_own_steps_reach_its_version() -> None:
    assert set(Schema().steps) == set(range(1, Schema().version))


# --- folders that are new or were made by somebody else


@pytest.mark.parametrize("make", [lambda _: None, lambda path: path.touch()])
def test_a_new_beginning_is_no_damage(tmp_path: Path, make: Callable[[Path], None]) -> None:
    path = tmp_path / "intown.json"
    make(path)
    store = Store(path)
    assert store.read().all("notes") == {}
    assert store.notices() == []
    commit(store, 1)
    assert number_in(store) == 1


def test_the_day_is_taken_where_no_generation_is_left(store: Store, clock: Clock) -> None:
    commit(store, 1)
    clock.now += timedelta(days=1)
    commit(store, 2)
    for path in (store.path.parent / "backups").glob("*-g*"):
        path.unlink()
    store.path.write_bytes(b"gone wrong")
    assert number_in(store) == 1, "the beginning of the second day is what the first ended with"
