"""Waiting for another process: bounded, and the message says for whom. A live lock is never broken."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import filelock
import pytest

from scraper.store import Store, StoreBusy, StoreError

HOLDER = """
import sys, time
from pathlib import Path
from scraper.store import Store
sys.argv = ["/usr/bin/intown", "sync", "--password=secret"]
with Store(Path({path!r})).transaction() as tx:
    tx.put("notes", "half", {{}})
    print("holding", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "intown.json"
    with Store(path).transaction() as tx:
        tx.put("notes", "before", {})
    return path


@pytest.fixture
def holder(path: Path) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLDER.format(path=str(path))], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    assert process.stdout.readline() == "holding\n"
    yield process
    process.kill()
    process.wait()
    process.stdout.close()


def test_a_hanging_holder_is_named_and_not_robbed(path: Path, holder: subprocess.Popen[str]) -> None:
    os.kill(holder.pid, signal.SIGSTOP)
    store = Store(path, wait=0.3)
    began = time.monotonic()
    with pytest.raises(StoreBusy) as caught, store.transaction():
        pass
    assert 0.25 < time.monotonic() - began < 5
    assert f"Process {holder.pid} (intown sync, since " in caught.value.sentence
    assert "secret" not in caught.value.sentence
    assert store.read().all("notes") == {"before": {}}  # reading never waits


def test_a_killed_holder_frees_the_lock_and_leaves_nothing(path: Path, holder: subprocess.Popen[str]) -> None:
    holder.kill()
    holder.wait()
    with Store(path, wait=1).transaction() as tx:
        assert tx.all("notes") == {"before": {}}
        tx.put("notes", "after", {})
    assert Store(path).read().all("notes") == {"before": {}, "after": {}}


def test_an_unreadable_signature_is_no_second_error(path: Path, holder: subprocess.Popen[str]) -> None:
    (path.parent / ".intown.json.holder").write_bytes(b"half a li")
    with pytest.raises(StoreBusy, match="Another process"), Store(path, wait=0.05).transaction():
        pass
    assert holder.poll() is None


def test_where_locks_do_not_exist_the_store_refuses(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class NoLocks(filelock.FileLock):
        def _acquire(self) -> None:
            raise NotImplementedError

    monkeypatch.setattr(filelock, "FileLock", NoLocks)
    with pytest.raises(StoreError, match="cannot lock"), Store(path).transaction():
        pass
