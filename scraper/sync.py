"""Visits every account and keeps what was proven. One account's failure never stops the others.

`sync_all` is the one entry; the command line, the timer and the server's "sync now" all come here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from datetime import UTC, datetime
from functools import partial

from filelock import FileLock, Timeout

from scraper.accounts import all_accounts, find
from scraper.outcomes import InTownError
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync_result import Progress, SyncResult, Watcher
from scraper.sync_run import Run
from scraper.sync_runs import record_run
from scraper.sync_secrets import Secrets
from scraper.sync_sign_ins import Asked
from scraper.sync_tools import DEFAULTS, Options, Tools
from scraper.vault import Vault

__all__ = ["DEFAULTS", "Options", "SyncRunning", "nobody", "one_at_a_time", "sync_all"]


class SyncRunning(InTownError):
    """Another sync of the same home is at work; the store says how far it is."""


def nobody(_: Progress) -> None:
    """Watches nothing."""


async def sync_all(
    store: Store,
    vault: Vault | None,
    home: Home,
    network: Network,
    *,
    on_progress: Watcher = nobody,
    only: Sequence[str] | None = None,
    options: Options = DEFAULTS,
) -> list[SyncResult]:
    """Visit all accounts, or those named in `only`, and return one result each, in the order added.

    Raises SyncRunning when another run holds this home, AccountError for a name in `only` that is none,
    StoreError when nothing can be kept. Everything else is a result.
    """
    with one_at_a_time(home):
        view = store.read()
        chosen = [find(view, name) for name in only] if only else all_accounts(view)
        asked = Asked.BY_NAME if only else Asked.FOR_ALL if options.pressed else Asked.BY_NOBODY
        async with AsyncExitStack() as stack:
            tools = Tools(network, options, stack)
            run = Run(store, Secrets(store, vault, tools.hide), home, tools, on_progress, options, asked)
            began = datetime.now(UTC)
            results = await run.all(chosen)
            await run.writer.do(
                partial(record_run, began=began, ended=datetime.now(UTC), results=tuple(results))
            )
            return results


@contextmanager
def one_at_a_time(home: Home) -> Iterator[None]:
    """Hold the run's lock; the system frees it even when the process is killed."""
    home.make()
    lock = FileLock(home.data / "sync.lock", timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise SyncRunning("A sync is already running.") from error
    try:
        yield
    finally:
        lock.release()
