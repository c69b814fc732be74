"""Whether a server of this home is running, and where: a lock that dies with it, and a note of its port beside.

The lock is the system's, so a server that was killed never looks alive. Two servers of one home, on two ports, are
allowed; the first of them holds the lock.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import orjson
from filelock import FileLock, Timeout

from scraper import __version__
from scraper.settings import Home
from scraper.store_files import write_durably


@dataclass(frozen=True, slots=True)
class Running:
    """A server at work. `port` and `pid` are 0 and `version` is "" in the moment before it has written its note."""

    port: int = 0
    pid: int = 0
    version: str = ""


def lock_file(home: Home) -> Path:
    return home.data / "server.lock"


def note_file(home: Home) -> Path:
    return home.data / "server.json"


@contextmanager
def announced(home: Home, port: int, now: datetime) -> Iterator[None]:
    """While the block runs, others of this home can see that a server answers on `port`."""
    lock = FileLock(home.make().data / "server.lock", timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:  # another server of this home says so already
        yield
        return
    try:
        note = {"port": port, "pid": os.getpid(), "version": __version__, "since": now.isoformat()}
        write_durably(note_file(home), [orjson.dumps(note)])
        yield
    finally:
        note_file(home).unlink(missing_ok=True)
        lock.release()


def running(home: Home) -> Running | None:
    """The server of this home that is running now, or None. Makes no file."""
    if not lock_file(home).exists():
        return None
    lock = FileLock(lock_file(home), timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return _noted(home)
    lock.release()
    return None


def _noted(home: Home) -> Running:
    try:
        note = orjson.loads(note_file(home).read_bytes())
        return Running(int(note["port"]), int(note["pid"]), str(note["version"]))
    except (OSError, ValueError, TypeError, KeyError):
        return Running()
