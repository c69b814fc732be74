"""Writes the results of a run. Those that are ready together share one transaction: each is on the disk whole or not
at all, and a night over many portals does not write the whole file once for each of them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any, TypeVar

from scraper.store import Store, Transaction

T = TypeVar("T")
Work = Callable[[Transaction], Any]

SHARE = 9
"""After a write the next one waits this many times as long as it took: a tenth of the run at most is spent writing."""

LONGEST_WAIT = 0.5
"""Seconds that a result waits for company at most."""


class Writer:
    """Does pieces of work in transactions of one store, one transaction at a time, several pieces in each.

    `more_to_come` says whether other results are on their way; when none is, nothing waits.
    """

    def __init__(self, store: Store, more_to_come: Callable[[], bool]) -> None:
        self._store = store
        self._more_to_come = more_to_come
        self._waiting: list[tuple[Work, asyncio.Future[Any]]] = []
        self._drain: asyncio.Task[None] | None = None
        self._again_at = 0.0

    async def do(self, work: Callable[[Transaction], T]) -> T:
        """What `work` returns, once that is on the disk; what it raises, with nothing of it written.

        `work` may be called twice: when another piece of the same transaction fails, each is done by itself.
        """
        done: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append((work, done))
        if self._drain is None:
            # A task of its own: cancelling one visit must not take the others' results along.
            self._drain = asyncio.create_task(self._write_all())
        return await done

    async def _write_all(self) -> None:
        try:
            while self._waiting:
                while self._more_to_come() and (pause := self._again_at - time.monotonic()) > 0:
                    await asyncio.sleep(min(pause, 0.02))
                taken, self._waiting = self._waiting, []
                began = time.monotonic()
                answers = await asyncio.to_thread(self._together, [work for work, _ in taken])
                self._again_at = time.monotonic() + min(SHARE * (time.monotonic() - began), LONGEST_WAIT)
                for (_, done), (answer, error) in zip(taken, answers, strict=True):
                    if done.done():
                        continue  # the visit was given up while its result was written
                    if error is None:
                        done.set_result(answer)
                    else:
                        done.set_exception(error)
        finally:
            self._drain = None

    def _together(self, works: list[Work]) -> list[tuple[Any, Exception | None]]:
        """What each gave, or why it failed. In one transaction, or each in its own when that one fails."""
        try:
            with self._store.transaction() as tx:
                answers = [work(tx) for work in works]
        except Exception as error:  # one piece's failure is nobody else's
            if len(works) == 1:
                return [(None, error)]
            return [self._together([work])[0] for work in works]
        return [(answer, None) for answer in answers]
