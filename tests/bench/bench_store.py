"""Recording one account's result (50 applications) among 1,000 and 10,000, synced to the disk.

Beside it the same work with TinyDB as it comes and with sqlite (write-ahead log, synchronous=FULL): the 50 rows
read, changed where they differ, written, and a history row for each changed status. Medians of several runs, by
turns, so that a busy moment of the machine hits all alike. Of 50 rows 5 have a new status each time.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import tinydb

from scraper.model import Application, Stage
from scraper.store import Store, record_page
from scraper.store_files import write_durably
from tests.store.pages import START, job, page

ROWS = 50
PROMISES = {1_000: 10.0, 10_000: 60.0}
Round = Callable[[int], None]
Engine = tuple[Round, Callable[[], None]]  # one round of work, and closing


def result(number: int) -> list[Application]:
    """What the account shows at its visit `number`."""
    return [
        job(
            n,
            f"Step {number}" if n % 10 == 0 else "Under Review",
            Stage.ACTIVE,
            title=f"Registered Nurse {n}, Cardiac Intensive Care, nights",
        )
        for n in range(ROWS)
    ]


def everything(size: int) -> list[Application]:
    return [job(n, title=f"Registered Nurse {n}, Cardiac Intensive Care, nights") for n in range(size)]


def documents(rows: list[Application]) -> dict[str, dict[str, Any]]:
    """The rows as a rival would keep them: as many bytes as ours."""
    seen = START.isoformat()
    more = {"account": "lake", "first_seen": seen, "last_seen": seen, "changed_at": seen, "listed": True}
    fields = ("title", "company", "status_raw", "stage", "location", "requisition", "url", "host", "portal")
    return {row.key: {name: str(getattr(row, name)) for name in fields} | more for row in rows}


def ours(folder: Path, size: int) -> Engine:
    store = Store(folder / "intown.json")
    record_page(store, "lake", page(*everything(size)), seen_at=START, complete=False)

    def once(number: int) -> None:
        at = START + timedelta(hours=number)
        done = record_page(store, "lake", page(*result(number)), seen_at=at, complete=False)
        assert len(done.changed) == 5

    return once, lambda: None


def stock(folder: Path, size: int) -> Engine:
    """TinyDB as it comes, used well: one update for all 50 rows, one insert for the history."""
    db = tinydb.TinyDB(folder / "stock.json")
    applications, changes = db.table("applications"), db.table("changes")
    applications.insert_multiple({"key": key, **row} for key, row in documents(everything(size)).items())
    ids = {row["key"]: row.doc_id for row in applications.all()}

    def once(number: int) -> None:
        new = documents(result(number))
        history = []

        def change(row: Any) -> None:
            if row["status_raw"] != new[row["key"]]["status_raw"]:
                history.append({"key": row["key"], "old": row["status_raw"], "at": number})
            row.update(new[row["key"]], last_seen=number)

        applications.update(change, doc_ids=[ids[key] for key in new])
        changes.insert_multiple(history)
        assert len(history) == 5

    return once, db.close


def sqlite(folder: Path, size: int) -> Engine:
    db = sqlite3.connect(folder / "rows.sqlite", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA synchronous=FULL")
    db.execute("CREATE TABLE applications (key TEXT PRIMARY KEY, row TEXT)")
    db.execute("CREATE TABLE changes (key TEXT, old TEXT, at INTEGER)")
    rows = [(key, json.dumps(row)) for key, row in documents(everything(size)).items()]
    db.executemany("INSERT INTO applications VALUES (?, ?)", rows)

    def once(number: int) -> None:
        changed = 0
        db.execute("BEGIN IMMEDIATE")
        for key, new in documents(result(number)).items():
            (text,) = db.execute("SELECT row FROM applications WHERE key = ?", (key,)).fetchone()
            old = json.loads(text)
            if old["status_raw"] != new["status_raw"]:
                db.execute("INSERT INTO changes VALUES (?, ?, ?)", (key, old["status_raw"], number))
                changed += 1
            row = json.dumps({**old, **new, "last_seen": number})
            db.execute("UPDATE applications SET row = ? WHERE key = ?", (row, key))
        db.execute("COMMIT")
        assert changed == 5

    return once, db.close


def bare(folder: Path, size: int) -> Engine:
    """The least that replacing a file can cost here: the same number of bytes written, synced and renamed."""
    ours(folder, size)
    content = (folder / "intown.json").read_bytes()

    def once(_: int) -> None:
        write_durably(folder / "bare", [content])

    return once, lambda: None


RIVALS: dict[str, Callable[[Path, int], Engine]] = {
    "stock TinyDB": stock,
    "sqlite WAL FULL": sqlite,
    "bare write + fsync": bare,
}


def folder_in(parent: str, name: str) -> Path:
    folder = Path(parent) / name
    folder.mkdir()
    return folder


def measure(size: int, rounds: int) -> dict[str, list[float]]:
    """Milliseconds of each round, by engine."""
    engines = {"ours": ours, **RIVALS}
    times: dict[str, list[float]] = {name: [] for name in engines}
    with tempfile.TemporaryDirectory() as folder:
        ready = {name: make(folder_in(folder, name), size) for name, make in engines.items()}
        for number in range(1, rounds + 1):
            for name, (once, _) in ready.items():
                began = time.perf_counter()
                once(number)
                times[name].append((time.perf_counter() - began) * 1000)
        for _, close in ready.values():
            close()
    return times


def reading(size: int) -> dict[str, float]:
    """Milliseconds to read everything: the first time in a process, and again while nothing has changed."""
    with tempfile.TemporaryDirectory() as folder:
        ours(Path(folder), size)
        store = Store(Path(folder) / "intown.json")
        times = []
        for _ in range(2):
            began = time.perf_counter()
            assert len(store.read().all("applications")) == size
            times.append((time.perf_counter() - began) * 1000)
    return {"first": times[0], "again": times[1]}


def run() -> list[dict[str, Any]]:
    """The figures for printing."""
    figures: list[dict[str, Any]] = []
    for size, promise in PROMISES.items():
        times = measure(size, rounds=25)
        mine = statistics.median(times["ours"])
        for rival in RIVALS:
            theirs = statistics.median(times[rival])
            figures.append(
                {
                    "what": f"record 50 of {size:,} applications, synced",
                    "ours": mine,
                    "unit": "ms",
                    "rival": rival,
                    "theirs": theirs,
                    "ratio": theirs / mine,
                    "promise": f"<= {promise:g} ms",
                }
            )
        for when, took in reading(size).items():
            figures.append({"what": f"read {size:,} applications, {when}", "ours": took, "unit": "ms"})
    return figures
