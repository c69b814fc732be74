"""A power cut at any moment: never corrupt, nothing acknowledged lost; stores that do not sync are caught."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import tinydb
import tinydb.storages

from scraper.model import Stage
from scraper.store import Store, record_page
from scraper.store_files import sync_folder
from scraper.store_format import Schema, decode
from tests.proof.disk import Disk, Recorder, recorded_open
from tests.proof.scale import count, upper_bound
from tests.store.pages import hours, job, page

CUTS = count(ci=300, full=3000)
WRITES = 14

pytestmark = pytest.mark.proof

Program = Callable[[Path, Callable[[int], None]], None]
Look = Callable[[Path], Any]


def our_store(folder: Path, ack: Callable[[int], None]) -> None:
    """Accounts' results one after the other, each a little different and of another length."""
    store = Store(folder / "intown.json")
    for number in range(1, WRITES + 1):
        rows = [job(n, f"Step {number}", Stage.ACTIVE, location="x" * (number * 37 % 900)) for n in range(12)]
        record_page(store, "lake", page(*rows), seen_at=hours(number), complete=True)
        ack(number)


def look_at_ours(folder: Path) -> int:
    """The number in the store; through the door that users use, and without any healing having been needed."""
    path = folder / "intown.json"
    raw = decode(path.read_bytes(), 1).tables if path.exists() else {}
    store = Store(path)
    rows = store.read().all("applications")
    assert raw.get("applications", {}) == rows
    assert store.notices() == []
    if not rows:
        return 0
    numbers = {int(row["status_raw"].split()[1]) for row in rows.values()}
    assert len(numbers) == 1
    assert len(rows) == 12
    number = numbers.pop()
    assert len(store.read().all("changes")) == 12 * (number - 1)
    with store.transaction() as tx:  # and it can go on
        tx.put("notes", "after", {})
    assert not list(folder.glob(".*.tmp"))
    return number


NEWER = Schema(2, {1: lambda tables: tables})


def trouble(folder: Path, ack: Callable[[int], None]) -> None:
    """The file is lost twice and restored, and a newer program migrates it: all that the store does by itself."""
    path = folder / "intown.json"
    for number in range(1, WRITES + 1):
        store = Store(path, schema=NEWER if number > 10 else Schema())
        with store.transaction() as tx:
            tx.put("notes", "n", {"n": number, "text": "x" * (number * 370 % 900)})
        ack(number)
        if number in (4, 8):
            sync_folder(
                folder / "backups"
            )  # by now the system has written the names of the kept files by itself
            os.unlink(path)
            assert Store(path).read().get("notes", "n") is not None


def look_after_trouble(folder: Path) -> int:
    document = Store(folder / "intown.json", schema=NEWER).read().get("notes", "n")
    return int(document["n"]) if document else 0


def stock(folder: Path, ack: Callable[[int], None]) -> None:
    """TinyDB as it comes, on the same work."""
    with tinydb.TinyDB(folder / "stock.json") as db:
        db.insert({"number": 0})
        for number in range(1, WRITES + 1):
            db.update({"number": number, "text": "x" * (number * 3700 % 9000)}, doc_ids=[1])
            ack(number)


def look_at_stock(folder: Path) -> int:
    if not (folder / "stock.json").exists():
        return 0
    with tinydb.TinyDB(folder / "stock.json") as db:
        document: Any = db.get(doc_id=1)
        return int(document["number"]) if document else 0


def record(folder: Path, program: Program, *deaf: str) -> Recorder:
    folder.mkdir()
    recorder = Recorder(folder, frozenset(deaf))
    with recorder.recording():
        program(folder, recorder.ack)
    return recorder


def cut(recorder: Recorder, look: Look, work: Path, cuts: int) -> tuple[int, int]:
    """Cut the power `cuts` times, spread over all calls; how often the result was corrupt, how often it lost."""
    chance = random.Random(7)
    corrupt = lost = 0
    for number in range(cuts):
        stop = number * len(recorder.ops) // cuts
        disk = Disk()
        for op in recorder.ops[: stop + 1]:
            disk.take(op)
        target = work / f"cut-{number}"
        target.mkdir(parents=True)
        disk.power_cut(target, chance)
        try:
            found = look(target)
        except Exception as error:
            corrupt += 1
            print(f"after call {stop}: {type(error).__name__} {str(error)[:80]!r}")
            continue
        lost += found < disk.acknowledged or found > disk.acknowledged + 1
    return corrupt, lost


def test_ours_loses_nothing(tmp_path: Path) -> None:
    recorder = record(tmp_path / "disk", our_store)
    kinds = {op.kind for op in recorder.ops}
    assert kinds == {"name", "gone", "write", "sync", "syncdir", "ack"} | ({"cut"} & kinds)
    assert cut(recorder, look_at_ours, tmp_path / "cuts", CUTS) == (0, 0)
    print(f"power cuts: {upper_bound(CUTS)}, over {len(recorder.ops)} recorded calls")


def test_nor_while_it_restores_and_migrates(tmp_path: Path) -> None:
    recorder = record(tmp_path / "disk", trouble)
    assert cut(recorder, look_after_trouble, tmp_path / "cuts", CUTS) == (0, 0)
    print(f"power cuts in trouble: {upper_bound(CUTS)}, over {len(recorder.ops)} recorded calls")


@pytest.mark.parametrize("deaf", ["fsync", "syncdir"])
def test_a_store_that_does_not_sync_is_caught(tmp_path: Path, deaf: str) -> None:
    recorder = record(tmp_path / "disk", our_store, deaf)
    corrupt, lost = cut(recorder, look_at_ours, tmp_path / "cuts", 150)
    print(f"without {deaf}: {corrupt} corrupt, {lost} lost of 150")
    assert corrupt + lost > 15


def test_stock_tinydb_is_caught(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tinydb.storages, "open", recorded_open, raising=False)
    recorder = record(tmp_path / "disk", stock)
    monkeypatch.undo()
    corrupt, lost = cut(recorder, look_at_stock, tmp_path / "cuts", 150)
    print(f"stock TinyDB: {corrupt} corrupt, {lost} lost of 150")
    assert corrupt > 10
