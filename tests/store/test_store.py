"""The store as its users see it: views, transactions, threads, and what a failing transaction leaves."""

from __future__ import annotations

import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from scraper.store import TABLES, Store, StoreBusy, StoreError, where
from scraper.store_files import write_durably


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "data" / "intown.json", wait=2.0)


def test_making_a_store_touches_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "data" / "intown.json")
    assert store.read().all("trips") == {}
    assert store.generation == 0
    assert list(tmp_path.iterdir()) == []


def test_what_one_store_commits_every_other_one_reads(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("trips", "t1", {"city": "Cleveland"})
        assert tx.get("trips", "t1") == {"city": "Cleveland"}
        assert Store(store.path).read().get("trips", "t1") is None
    other = Store(store.path)
    assert other.read().get("trips", "t1") == {"city": "Cleveland"}
    with other.transaction() as tx:
        tx.put("trips", "t1", {"city": "Boston"})
    assert store.read().all("trips") == {"t1": {"city": "Boston"}}
    assert store.generation == other.generation == 2


def test_a_view_never_changes(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 1})
    view = store.read()
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 2})
        tx.put("notes", "b", {"n": 3})
        tx.remove("notes", "b")
    assert view.all("notes") == {"a": {"n": 1}}
    assert store.read().all("notes") == {"a": {"n": 2}}


def test_put_replaces_and_copies(store: Store) -> None:
    document = {"list": [1], "old": True}
    with store.transaction() as tx:
        tx.put("notes", "a", document)
        tx.put("notes", "a", {"list": [1]})
        document["list"] = [2]
        got = tx.get("notes", "a")
        assert got is not None
        got["list"].append(9)
    assert store.read().get("notes", "a") == {"list": [1]}
    got = store.read().get("notes", "a")
    assert got is not None
    got["list"].append(9)
    assert store.read().get("notes", "a") == {"list": [1]}


def test_a_failing_transaction_leaves_nothing_behind(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": [1]})
    before = store.path.read_bytes()

    def fail() -> None:
        with store.transaction() as tx:
            tx.put("notes", "b", {})
            tx.remove("notes", "a")
            tx.all("notes")["x"] = {}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.path.read_bytes() == before
    assert store.read().all("notes") == {"a": {"n": [1]}}
    with store.transaction() as tx:  # the lock is free again
        tx.put("notes", "c", {})


def test_rows_mutated_by_mistake_die_with_the_failing_transaction(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 1})

    def fail() -> None:
        with store.transaction() as tx:
            tx.all("notes")["a"]["n"] = 666
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert store.read().get("notes", "a") == {"n": 1}


def test_a_transaction_without_changes_writes_nothing(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {})
    before = store.path.stat()
    with store.transaction() as tx:
        tx.get("notes", "a")
        tx.remove("notes", "not there")
    assert store.path.stat() == before


def test_a_strange_key_is_the_same_key_everywhere(store: Store) -> None:
    key = "a\0b\ud800c"
    with store.transaction() as tx:
        tx.put("notes", key, {})
        assert tx.get("notes", key) == {}
    assert list(store.read().all("notes")) == ["ab\ufffdc"]
    with store.transaction() as tx:
        tx.remove("notes", key)
    assert store.read().all("notes") == {}


def test_two_stores_in_one_thread_do_not_hang(store: Store) -> None:
    with (
        store.transaction(),
        pytest.raises((RuntimeError, StoreBusy)),
        Store(store.path, wait=0.1).transaction(),
    ):
        pass


def test_unknown_tables_are_mistakes(store: Store) -> None:
    with pytest.raises(KeyError):
        store.read().all("aplications")
    assert len(set(TABLES)) == len(TABLES)


def test_search_takes_tinydb_queries_and_never_an_old_answer(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("trips", "t1", {"city": "Cleveland"})
        tx.put("trips", "t2", {"city": "Boston"})
        query = where("city") == "Cleveland"
        assert tx.search("trips", query) == [("t1", {"city": "Cleveland"})]
        tx.put("trips", "t1", {"city": "Akron"})
        assert tx.search("trips", query) == []
    assert store.read().search("trips", where("city") == "Akron") == [("t1", {"city": "Akron"})]


def test_a_transaction_inside_another_is_refused_at_once(store: Store) -> None:
    with store.transaction(), pytest.raises(RuntimeError), store.transaction():
        pass


def test_everything_is_private(tmp_path: Path) -> None:
    store = Store(tmp_path / "deep" / "data" / "intown.json")
    for number in range(2):
        with store.transaction() as tx:
            tx.put("notes", "a", {"n": number})
    for path in (tmp_path / "deep", *(tmp_path / "deep").rglob("*")):
        mode = stat.S_IMODE(path.stat().st_mode)
        private = 0o700 if path.is_dir() else 0o600
        assert mode == private or os.name == "nt", path  # there the profile's access list protects


def test_a_symlink_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    link = tmp_path / "intown.json"
    link.symlink_to(tmp_path / "real" / "file.json")
    with Store(link).transaction() as tx:
        tx.put("notes", "a", {})
    assert link.is_symlink()
    assert (tmp_path / "real" / "file.json").is_file()
    assert Store(link).read().get("notes", "a") == {}


def test_leftovers_of_a_killed_writer_are_swept(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {})
    left = store.path.with_name(f".{store.path.name}.0123456789ab.tmp")
    left.write_text("half")
    other = store.path.with_name(".something-else.tmp")
    other.write_text("not ours")
    with Store(store.path).transaction():
        pass
    assert not left.exists()
    assert other.exists()


def test_threads_with_one_store_lose_nothing(store: Store) -> None:
    def work(name: int) -> None:
        for number in range(10):
            with store.transaction() as tx:
                tx.put("notes", f"{name}-{number}", {})

    threads = [threading.Thread(target=work, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(store.read().all("notes")) == 40


def test_waiting_for_a_thread_is_bounded_too(tmp_path: Path) -> None:
    store = Store(tmp_path / "intown.json", wait=0.1)
    errors: list[BaseException] = []

    def wait() -> None:
        try:
            with store.transaction():
                pass
        except StoreBusy as error:
            errors.append(error)

    with store.transaction() as tx:
        tx.put("notes", "a", {})
        thread = threading.Thread(target=wait)
        thread.start()
        thread.join()
    assert f"Process {os.getpid()}" in str(errors[0])


def test_a_document_that_cannot_be_written_fails_before_anything_is(store: Store) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {})
    before = store.path.read_bytes()
    deep: dict[str, object] = {}
    for _ in range(253):
        deep = {"d": deep}

    def nested() -> None:
        with store.transaction() as tx:
            tx.put("notes", "deep", deep)

    def not_data() -> None:
        with store.transaction() as tx:
            tx.put("notes", "object", {"x": object()})

    with pytest.raises(StoreError, match="nested too deeply"):
        nested()
    with pytest.raises(TypeError):
        not_data()
    assert store.path.read_bytes() == before
    assert store.read().all("notes") == {"a": {}}


def test_no_change_is_missed_even_if_size_and_time_are_the_same(store: Store) -> None:
    """The parsed content is recognised by inode too: a replaced file is another one."""
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 1})
    reader = Store(store.path)
    reader.read()
    times = store.path.stat()
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 2})
    os.utime(store.path, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert reader.read().get("notes", "a") == {"n": 2}


def test_only_one_generation_is_parsed_per_change(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    with store.transaction() as tx:
        tx.put("notes", "a", {"n": 1})
    module = sys.modules["scraper.store_disk"]
    parsed: list[int] = []
    original = module.decode

    def counting(data: bytes, newest: int) -> object:
        parsed.append(len(data))
        return original(data, newest)

    monkeypatch.setattr(module, "decode", counting)
    reader = Store(store.path)
    for _ in range(5):
        reader.read().get("notes", "a")
        store.read().get("notes", "a")
    assert len(parsed) == 1  # by the reader; the writer kept what it wrote


def test_write_durably_keeps_the_old_file_on_an_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "file"
    write_durably(path, [b"old"])

    def refuse(_: int) -> None:
        raise OSError(5, "no")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="no"):
        write_durably(path, [b"new"])
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["file"]
