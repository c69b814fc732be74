"""Results that are ready together share a transaction, and share nothing else: no failure, no cancelled visit."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

import pytest

from scraper.settings import Home
from scraper.store import Store, Transaction
from scraper.sync_writer import Writer


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.store)


def note(tx: Transaction, key: str) -> str:
    tx.put("notes", key, {"text": key})
    return key


def half_a_note(tx: Transaction, key: str) -> None:
    note(tx, key)
    raise LookupError(key)


async def all_of(writer: Writer, works: Sequence[Callable[[Transaction], object]]) -> list[object]:
    return await asyncio.gather(*(writer.do(work) for work in works), return_exceptions=True)


def test_what_is_ready_together_is_one_commit(store: Store) -> None:
    keys = [f"n{number:02d}" for number in range(40)]
    answers = asyncio.run(all_of(Writer(store, lambda: False), [partial(note, key=key) for key in keys]))
    assert answers == keys
    assert sorted(store.read().all("notes")) == keys
    assert store.generation == 1


def test_a_piece_that_fails_takes_no_other_along_and_leaves_nothing(store: Store) -> None:
    works: list[Callable[[Transaction], object]]
    works = [partial(note, key="a"), partial(half_a_note, key="b"), partial(note, key="c")]
    first, failed, last = asyncio.run(all_of(Writer(store, lambda: False), works))
    assert (first, last) == ("a", "c")
    assert isinstance(failed, LookupError)
    assert sorted(store.read().all("notes")) == ["a", "c"]


def test_a_visit_that_is_given_up_takes_no_other_along(store: Store) -> None:
    async def run() -> str:
        writer = Writer(store, lambda: False)
        given_up = asyncio.create_task(writer.do(partial(note, key="a")))
        stays = asyncio.create_task(writer.do(partial(note, key="b")))
        await asyncio.sleep(0)
        given_up.cancel()
        answer = await stays
        assert given_up.cancelled()
        return answer

    assert asyncio.run(run()) == "b"
    assert "b" in store.read().all("notes")


def test_results_wait_for_company_while_others_are_on_their_way(store: Store) -> None:
    """After the first write, the second and the third come one by one, and are written together."""

    async def run() -> None:
        coming = True
        writer = Writer(store, lambda: coming)
        await writer.do(partial(note, key="a"))
        writer._again_at += 3600
        second = asyncio.create_task(writer.do(partial(note, key="b")))
        await asyncio.sleep(0.05)
        assert store.generation == 1
        third = asyncio.create_task(writer.do(partial(note, key="c")))
        coming = False
        assert list(await asyncio.gather(second, third)) == ["b", "c"]

    asyncio.run(run())
    assert store.generation == 2


def test_a_disk_that_refuses_is_told_to_everyone(store: Store) -> None:
    store.path.parent.mkdir(parents=True, exist_ok=True)
    store.path.write_bytes(b'{"format":"intown-store","schema_version":99,"generation":1,"bytes":0}\n')
    works = [partial(note, key="a"), partial(note, key="b")]
    answers = asyncio.run(all_of(Writer(store, lambda: False), works))
    assert all("newer InTown" in str(answer) for answer in answers)
