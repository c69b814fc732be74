"""Visits every account and keeps what was proven. One account's failure never stops the others.

`sync_all` is the one entry; the command line, the timer and the server's "sync now" all come here.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from scraper.accounts import (
    State,
    all_accounts,
    find,
    mark_code,
    mark_submitted,
    portal_of,
    save_state,
)
from scraper.browser_session import WebSession
from scraper.browser_walk import Walk
from scraper.evidence import keep_evidence, worth_keeping
from scraper.login import SignIn
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync_keep import failed, keep_failure, keep_walk
from scraper.sync_result import (
    Progress,
    SyncResult,
    Watcher,
    held_back,
    judge,
)
from scraper.sync_runs import record_run
from scraper.sync_sign_ins import Asked, raise_unless_allowed
from scraper.sync_tools import DEFAULTS, Options, Tools
from scraper.sync_visit import Visit, visit
from scraper.totp import code_at
from scraper.vault import Vault, password_for

__all__ = ["DEFAULTS", "Options", "SyncRunning", "nobody", "one_at_a_time", "sync_all"]

log = logging.getLogger("intown.sync")

TABS = 4
"""Browser visits at a time: more are no faster on two cores, and each tab takes about 80 MB."""


READERS = 16
"""Readings over plain HTTP at a time. With 200 at once on one loop answers waited longer than their time limit
while other pages were being read (measured), and whole accounts fell back to the browser."""


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
        async with AsyncExitStack() as stack:
            tools = Tools(network, options, stack)
            asked = Asked.FOR_ALL if options.pressed else Asked.BY_NOBODY
            run = _Run(
                store, vault, home, tools, on_progress, options, asked=Asked.BY_NAME if only else asked
            )
            began = datetime.now(UTC)
            results = await run.all(chosen)
            await asyncio.to_thread(record_run, store, began, datetime.now(UTC), results)
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


class _Run:
    """One run over the accounts."""

    def __init__(
        self,
        store: Store,
        vault: Vault | None,
        home: Home,
        tools: Tools,
        watcher: Watcher,
        options: Options,
        *,
        asked: Asked,
    ) -> None:
        self._store = store
        self._vault = vault
        self._home = home
        self._tools = tools
        self._watcher = watcher
        self._options = options
        self._asked = asked
        self._tabs = asyncio.Semaphore(TABS)
        self._readers = asyncio.Semaphore(READERS)
        self._hosts: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._ends = time.monotonic() + options.run_seconds
        self._steps: dict[str, str] = {}
        self._evidence: dict[str, Path] = {}

    async def all(self, chosen: Sequence[tuple[Account, State]]) -> list[SyncResult]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._one(account, state)) for account, state in chosen]
        return [task.result() for task in tasks]

    async def _one(self, account: Account, state: State) -> SyncResult:
        """The result of one account, whatever happens; only cancelling gets through."""
        began = time.monotonic()
        now = datetime.now(UTC)
        held = held_back(account, state, now, by_name=self._asked is Asked.BY_NAME)
        if held is not None:
            self._tell(account, "waiting", held)
            return held
        try:
            result = await self._bounded(account, state)
        except Exception as error:  # the boundary: one account's failure never stops the others
            result = failed(account, error)
            await asyncio.to_thread(keep_failure, self._store, result)
        evidence = self._evidence.get(account.id)
        result = replace(result, seconds=time.monotonic() - began, evidence=evidence)
        self._tell(account, "done", result)
        return result

    async def _bounded(self, account: Account, state: State) -> SyncResult:
        """One visit at a time to one host, within the time that one account may take."""
        async with self._hosts[account.host]:
            async with self._turn(self._readers):
                read = await self._warm(account, state)
            if read is not None:
                return read
            async with self._turn(self._tabs):
                return await self._with_browser(account, state)

    @asynccontextmanager
    async def _turn(self, places: asyncio.Semaphore) -> AsyncIterator[None]:
        """Wait for a place, then take no longer than one account may. The waiting is nobody's fault and counts
        for nothing but the run."""
        async with places:
            left = min(self._options.account_seconds, self._ends - time.monotonic())
            if left <= 0:
                raise PortalError(Outcome.UNAVAILABLE, "The night's hour was over before this portal's turn.")
            try:
                async with asyncio.timeout(left):
                    yield
            except TimeoutError as error:
                raise PortalError(
                    Outcome.UNAVAILABLE, "The visit took too long and was given up; nothing changed."
                ) from error

    async def _warm(self, account: Account, state: State) -> SyncResult | None:
        """The list read with the saved session over plain HTTP, or None when it does not prove itself."""
        kept = self._session(account)
        if kept is None or not state.last_count or self._options.cdp or self._options.ws:
            return None
        self._tell(account, "reading")
        portal = portal_of(account)
        warm = await self._tools.transport().read(account, portal, kept, at_least=state.last_count)
        if warm is None or judge(warm.walk, state).outcome is not Outcome.OK:
            return None
        if warm.session is not None:
            await self._save_session(account, warm.session)
        return await self._kept(account, state, warm.walk, "warm")

    async def _with_browser(self, account: Account, state: State) -> SyncResult:
        browsers = await self._tools.browsers()
        if self._options.jitter:
            await asyncio.sleep(random.uniform(0, self._options.jitter))  # noqa: S311 - no secret
        async with browsers.tab(self._session(account)) as tab:
            attempt = SignIn(
                tab,
                portal_of(account),
                account,
                password=lambda: self._password(account),
                before_submit=lambda: mark_submitted(self._store, account, datetime.now(UTC)),
                code=(lambda: self._code(account)) if account.totp else None,
            )
            plan = Visit(
                attempt,
                may_sign_in=lambda: raise_unless_allowed(
                    self._store.read(), account, datetime.now(UTC), asked=self._asked
                ),
                accepted=lambda: save_state(self._store, account.id, submitted_version=0),
                known=lambda: self._titles(account),
                on_step=lambda step: self._tell(account, step),
            )
            try:
                walked, how = await self._watched(plan, state)
            except PortalError:
                # Kept also where the list failed after a good sign-in: the next night needs no other.
                if browsers.may_type and plan.proven:
                    with suppress(InTownError):  # what ended the visit is what counts
                        await self._save_session(account, await tab.session())
                raise
            if browsers.may_type:
                await self._save_session(account, await tab.session())
        return await self._kept(account, state, walked, how)

    async def _kept(self, account: Account, state: State, walked: Walk, how: str) -> SyncResult:
        dry = self._options.dry
        return await asyncio.to_thread(keep_walk, self._store, account, state, walked, how, dry=dry)

    async def _watched(self, plan: Visit, state: State) -> tuple[Walk, str]:
        """The visit, with evidence kept of what was on the screen when it went wrong."""
        tab, account = plan.attempt.tab, plan.attempt.account

        async def evidence(said: str) -> None:
            step = self._steps.get(account.id, "")
            found = await keep_evidence(tab, self._home, account, step, said)
            if found is not None:
                self._evidence[account.id] = found

        try:
            walked, how = await visit(tab, plan)
        except Exception as error:
            if worth_keeping(error):
                await evidence(str(error))
            raise
        verdict = judge(walked, state)
        if verdict.outcome not in (Outcome.OK, Outcome.EMPTY):
            await evidence(verdict.sentence)
        return walked, how

    def _titles(self, account: Account) -> frozenset[str]:
        """What is listed there as far as the store knows."""
        found = self._store.read().all("applications").values()
        return frozenset(doc["title"] for doc in found if doc["account"] == account.id and doc["listed"])

    def _session(self, account: Account) -> WebSession | None:
        kept = self._vault.session(account.id) if self._vault else None
        return WebSession.from_dict(kept) if kept else None

    async def _save_session(self, account: Account, session: WebSession) -> None:
        if self._vault is not None:
            await asyncio.to_thread(self._vault.save_session, account.id, session.to_dict())

    def _password(self, account: Account) -> str:
        password = password_for(account, self._vault)
        if not password:
            raise PortalError(Outcome.UNKNOWN_LOGIN, "No password is kept for this account.")
        self._tools.hide(password)
        return password

    def _code(self, account: Account) -> str:
        """The authenticator's code of now, written down as used."""
        secret = self._vault.totp(account.id) if self._vault else None
        if not secret:
            raise PortalError(Outcome.CODE_NEEDED, "The secret of the authenticator is not in the vault.")
        self._tools.hide(secret)
        code = code_at(secret, datetime.now(UTC))
        self._tools.hide(code.text)
        if not mark_code(self._store, account, code.window):
            raise PortalError(Outcome.CODE_NEEDED, "The authenticator's code of this moment was used before.")
        return code.text

    def _tell(self, account: Account, step: str, result: SyncResult | None = None) -> None:
        self._steps[account.id] = step
        self._watcher(Progress(account.id, account.employer or account.host, step, result))
