"""One writer at a time, across processes and threads; waiting is bounded and says for whom.

The lock is the kernel's (filelock), so that a killed holder leaves nothing behind. It is never broken: who
waits too long gets an error that names the holder, read from a small file which the holder wrote.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import filelock
import orjson

from scraper.store_files import PRIVATE, StoreError, explained

POLL = 0.01
"""Seconds between two looks at a lock that is held: short beside one write (3 ms and more)."""


class StoreBusy(StoreError):
    """Another process or thread held the lock for the whole time we were willing to wait."""


class StoreLock:
    """The lock of one store file. Not reentrant: a transaction inside a transaction is a mistake."""

    def __init__(self, path: Path, wait: float) -> None:
        self.path = path
        self.wait = wait
        self._holder = path.with_name(f".{path.name}.holder")
        self._threads = threading.Lock()
        self._owner: int | None = None
        # No fall-back to a lock that a killed holder would leave behind: without a kernel lock we refuse.
        self._processes = filelock.FileLock(
            path.with_name(f".{path.name}.lock"),
            mode=PRIVATE,
            thread_local=False,
            poll_interval=POLL,
            fallback_to_soft=False,
        )

    @property
    def mine(self) -> bool:
        """True in the thread that holds the lock."""
        return self._owner == threading.get_ident()

    @contextlib.contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises StoreBusy after `wait` seconds, StoreError if locking itself fails."""
        if self.mine:
            raise RuntimeError("a transaction was opened inside another one of the same store")
        deadline = time.monotonic() + self.wait
        if not self._threads.acquire(timeout=self.wait):
            raise self._busy()
        try:
            self._acquire(deadline)
            self._owner = threading.get_ident()
            try:
                self._sign()
                yield
            finally:
                self._owner = None
                self._release()
        finally:
            self._threads.release()

    def _acquire(self, deadline: float) -> None:
        try:
            self._processes.acquire(timeout=max(0.0, deadline - time.monotonic()))
        except filelock.Timeout:
            raise self._busy() from None
        except OSError as error:
            raise explained(error, self.path) from error
        except NotImplementedError as error:
            raise StoreError(
                f"This disk cannot lock files, so InTown cannot keep its data there: {self.path}."
            ) from error

    def _release(self) -> None:
        """Let go, at the second attempt if the first fails: kept by mistake, it would stop everybody else."""
        try:
            self._processes.release()
        except OSError:
            try:
                self._processes.release()
            except OSError as error:
                raise explained(error, self.path) from error

    def _sign(self) -> None:
        """Write down who holds the lock, for the message of one who waits in vain; not synced, not needed later."""
        who = {"pid": os.getpid(), "program": program(), "since": datetime.now().astimezone().isoformat()}
        try:
            descriptor = os.open(self._holder, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, PRIVATE)
            try:
                os.write(descriptor, orjson.dumps(who))
            finally:
                os.close(descriptor)
        except OSError as error:
            raise explained(error, self._holder) from error

    def _busy(self) -> StoreBusy:
        return StoreBusy(
            f"{self._who()} is using InTown's data and did not finish within {self.wait:g} seconds. "
            "Try again; if it hangs, end that process."
        )

    def _who(self) -> str:
        try:
            who = orjson.loads(self._holder.read_bytes())
            since = datetime.fromisoformat(who["since"]).strftime("%H:%M:%S")
            return f"Process {int(who['pid'])} ({who['program']}, since {since})"
        except (OSError, ValueError, TypeError, KeyError):
            # The holder signs a moment after it has the lock; between the two its name is not known.
            return "Another process"


def program() -> str:
    """What a person would call this process: the command and its first word, never its other arguments."""
    name = Path(sys.argv[0] or "python").name
    word = sys.argv[1] if len(sys.argv) > 1 and sys.argv[1].isalpha() else ""
    return f"{name} {word}".strip()
