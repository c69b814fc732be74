"""Several processes on one store, as programs: `python -m tests.proof.contending write|read|stock PATH N M ALL`.

Writers put their number of acknowledged writes into a shared file, eight bytes each, after every write; the
reader looks there first and then into the store, so that an answer older than an acknowledgement is noticed.
"""

from __future__ import annotations

import mmap
import os
import struct
import sys
import time
from pathlib import Path

import tinydb

from scraper.store import Store


def board(path: Path) -> mmap.mmap:
    """The shared file, as memory."""
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), 0)


def wait_for_all(folder: Path, name: str, processes: int) -> None:
    """Begin together, however long each took to start; otherwise one could be done before the next begins."""
    (folder / f"ready-{name}").touch()
    deadline = time.monotonic() + 60
    while len(list(folder.glob("ready-*"))) < processes:
        assert time.monotonic() < deadline, "the others did not start"
        time.sleep(0.001)


def write(store: Store, shared: mmap.mmap, name: int, writes: int) -> None:
    """`writes` transactions that each add a row and count up a row that all writers share."""
    for number in range(1, writes + 1):
        with store.transaction() as tx:
            total = tx.get("notes", "total") or {"n": 0}
            tx.put("notes", "total", {"n": total["n"] + 1})
            tx.put("notes", f"{name}-{number}", {"text": "x" * 300})
            tx.put("notes", f"last-{name}", {"n": number})
        struct.pack_into("<q", shared, 8 * name, number)


def read(store: Store, shared: mmap.mmap, writers: int, until: int) -> None:
    """Read until all have written; print how often, and every stale or half answer. Errors end it loudly."""
    reads = stale = half = 0
    acknowledged = [0] * writers
    parent = os.getppid()
    while os.getppid() == parent and sum(acknowledged) < until:
        acknowledged = [struct.unpack_from("<q", shared, 8 * name)[0] for name in range(writers)]
        rows = store.read().all("notes")
        last = [rows.get(f"last-{name}", {"n": 0})["n"] for name in range(writers)]
        stale += any(found < said for found, said in zip(last, acknowledged, strict=True))
        half += rows.get("total", {"n": 0})["n"] != sum(last)
        reads += 1
    print(f"{reads} {stale} {half}")


def stock(path: Path, name: int, writes: int) -> None:
    """The same with TinyDB as it comes; print how many inserts it acknowledged."""
    done = 0
    try:
        with tinydb.TinyDB(path) as db:
            for number in range(writes):
                db.insert({"writer": name, "number": number, "text": "x" * 300})
                done += 1
    except Exception as error:
        print(type(error).__name__, file=sys.stderr)
    print(done)


if __name__ == "__main__":
    task, where, *numbers = sys.argv[1:]
    first, second, processes = (int(number) for number in numbers)
    wait_for_all(Path(where).parent, f"{task}-{first}", processes)
    if task == "stock":
        stock(Path(where), first, second)
    else:
        action = {"write": write, "read": read}[task]
        action(Store(Path(where)), board(Path(where).with_name("board")), first, second)
