"""The store's file among threads and without its lock."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from scraper import store_disk
from scraper.store import Store
from scraper.store_files import read_whole


def test_nothing_is_written_without_the_lock(tmp_path: Path) -> None:
    store = Store(tmp_path / "intown.json")
    with store.transaction() as tx:
        tx.put("notes", "n", {"n": 1})
    before = store.path.read_bytes()
    disk = store._disk
    with pytest.raises(RuntimeError, match="without its lock"):
        disk.commit({"notes": {"n": {"n": 2}}})
    assert store.path.read_bytes() == before


def test_threads_that_ask_at_once_have_the_file_parsed_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(tmp_path / "intown.json")
    with store.transaction() as tx:
        tx.put("notes", "n", {"n": 1})
    store._disk.forget()
    reading, others_wait = threading.Event(), threading.Event()
    times: list[Path] = []

    def slowly(path: Path) -> object:
        times.append(path)
        reading.set()
        assert others_wait.wait(10)
        return read_whole(path)

    monkeypatch.setattr(store_disk, "read_whole", slowly)
    found: list[object] = []
    asking = threading.Semaphore(0)

    def ask() -> None:
        asking.release()
        found.append(store.read().get("notes", "n"))

    first = threading.Thread(target=ask)
    first.start()
    assert reading.wait(10)
    others = [threading.Thread(target=ask) for _ in range(3)]
    for thread in others:
        thread.start()
    for _ in range(4):
        assert asking.acquire(timeout=10)
    time.sleep(0.05)  # they are on their way to the file
    others_wait.set()
    for thread in (first, *others):
        thread.join(10)
    assert found == [{"n": 1}] * 4
    assert len(times) == 1
