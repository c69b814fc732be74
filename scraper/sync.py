"""Visits every account and keeps what was proven. One account's failure never stops the others.

`sync_all` is the one entry; the command line, the timer and the server's "sync now" all come here.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager, nullcontext
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from filelock import FileLock, Timeout

from scraper.accounts import State, all_accounts, change_in, find, mark_submitted, save_state
from scraper.browser_session import BrowserGone, WebSession
from scraper.browser_walk import Walk
from scraper.evidence import keep_evidence, worth_keeping
from scraper.login import SignIn
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.portals import portal_by_kind
from scraper.settings import Home, Network
from scraper.store import Recorded, Store, record_page
from scraper.sync_result import (
    BLOCKED_FOR,
    Progress,
    SyncResult,
    Verdict,
    Watcher,
    fix_for,
    held_back,
    judge,
)
from scraper.sync_runs import record_run
from scraper.sync_visit import Visit, visit
from scraper.vault import Vault, password_for

if TYPE_CHECKING:
    from scraper.browser import Browsers
    from scraper.transport import Transport

log = logging.getLogger("intown.sync")

ACCOUNT_SECONDS = 5 * 60
RUN_SECONDS = 60 * 60
TABS = 4
"""Browser visits at a time: more are no faster on two cores, and each tab takes about 80 MB."""

CUT_OFF = (
    "The last sign-in was cut off before the portal answered; to be safe the password is not sent again "
    "until you say so."
)


class SyncRunning(InTownError):
    """Another sync of the same home is at work; the store says how far it is."""


@dataclass(frozen=True, slots=True)
class Options:
    """`headless`, `cdp` and `ws` say which browser; `jitter` spreads the starts over so many seconds."""

    headless: bool = True
    cdp: str = ""
    ws: str = ""
    jitter: float = 0.4
    account_seconds: float = ACCOUNT_SECONDS
    run_seconds: float = RUN_SECONDS


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
    options: Options = Options(),
) -> list[SyncResult]:
    """Visit all accounts, or those named in `only`, and return one result each, in the order added.

    Raises SyncRunning when another run holds this home, AccountError for a name in `only` that is none,
    StoreError when nothing can be kept. Everything else is a result.
    """
    with one_at_a_time(home):
        view = store.read()
        chosen = [find(view, name) for name in only] if only else all_accounts(view)
        async with AsyncExitStack() as stack:
            tools = _Tools(network, options, stack)
            run = _Run(store, vault, home, tools, on_progress, options, asked=bool(only))
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


class _Tools:
    """What visits need, made at first use and closed with the run: a night of warm readings starts no
    browser and does not even load Playwright."""

    def __init__(self, network: Network, options: Options, stack: AsyncExitStack) -> None:
        self._network = network
        self._options = options
        self._stack = stack
        self._lock = asyncio.Lock()
        self._browsers: Browsers | None = None
        self._transport: Transport | None = None

    async def browsers(self) -> Browsers:
        async with self._lock:
            if self._browsers is None:
                from scraper.browser import Browsers

                options = self._options
                made = Browsers(self._network, headless=options.headless, cdp=options.cdp, ws=options.ws)
                self._browsers = await self._stack.enter_async_context(made)
            return self._browsers

    def transport(self) -> Transport:
        if self._transport is None:
            from scraper.transport import Transport

            self._transport = Transport(self._network)
            self._stack.push_async_callback(self._transport.close)
        return self._transport


class _Run:
    """One run over the accounts."""

    def __init__(
        self,
        store: Store,
        vault: Vault | None,
        home: Home,
        tools: _Tools,
        watcher: Watcher,
        options: Options,
        *,
        asked: bool,
    ) -> None:
        self._store = store
        self._vault = vault
        self._home = home
        self._tools = tools
        self._watcher = watcher
        self._options = options
        self._asked = asked
        self._tabs = asyncio.Semaphore(TABS)
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
        held = held_back(account, state, now, asked=self._asked)
        if held is not None:
            self._tell(account, "waiting", held)
            return held
        try:
            result = await self._bounded(account, state)
        except Exception as error:  # the boundary: one account's failure never stops the others
            result = self._failed(account, error)
            await asyncio.to_thread(self._keep_failure, result, state)
        evidence = self._evidence.get(account.id)
        result = replace(result, seconds=time.monotonic() - began, evidence=evidence)
        self._tell(account, "done", result)
        return result

    async def _bounded(self, account: Account, state: State) -> SyncResult:
        """One visit at a time to one host, within the time that one account may take."""
        async with self._hosts[account.host]:
            left = min(self._options.account_seconds, self._ends - time.monotonic())
            if left <= 0:
                raise PortalError(Outcome.UNAVAILABLE, "The night's hour was over before this portal's turn.")
            try:
                async with asyncio.timeout(left):
                    return await self._warm(account, state) or await self._with_browser(account, state)
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
        portal = portal_by_kind(account.portal)
        warm = await self._tools.transport().read(account, portal, kept, at_least=state.last_count)
        if warm is None or judge(warm.walk, state).outcome is not Outcome.OK:
            return None
        if warm.session is not None:
            await self._save_session(account, warm.session)
        return await asyncio.to_thread(self.keep, account, state, warm.walk, "warm")

    async def _with_browser(self, account: Account, state: State) -> SyncResult:
        browsers = await self._tools.browsers()
        async with self._tabs:
            if self._options.jitter:
                await asyncio.sleep(random.uniform(0, self._options.jitter))  # noqa: S311 - no secret
            async with browsers.tab(self._session(account)) as tab:
                attempt = SignIn(
                    tab,
                    portal_by_kind(account.portal),
                    account,
                    password=lambda: self._password(account),
                    before_submit=lambda: mark_submitted(self._store, account, datetime.now(UTC)),
                )
                plan = Visit(
                    attempt,
                    may_sign_in=lambda: self._may_sign_in(account, state),
                    accepted=lambda: save_state(self._store, account.id, submitted_version=0),
                    on_step=lambda step: self._tell(account, step),
                )
                walked, how = await self._watched(plan, state)
                if browsers.may_type:
                    await self._save_session(account, await tab.session())
        return await asyncio.to_thread(self.keep, account, state, walked, how)

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

    def _session(self, account: Account) -> WebSession | None:
        kept = self._vault.session(account.id) if self._vault else None
        return WebSession.from_dict(kept) if kept else None

    async def _save_session(self, account: Account, session: WebSession) -> None:
        if self._vault is not None:
            await asyncio.to_thread(self._vault.save_session, account.id, session.to_dict())

    def _may_sign_in(self, account: Account, state: State) -> None:
        """Raise where no password may be typed: sent before without a good end, or there is none."""
        if state.submitted_version == account.password_version:
            raise PortalError(state.outcome or Outcome.UNKNOWN_LOGIN, state.sentence or CUT_OFF)
        if account.secret == "session":  # noqa: S105 - the kind of account
            raise PortalError(Outcome.UNKNOWN_LOGIN, "The saved session is over; sign in yourself once more.")

    def _password(self, account: Account) -> str:
        password = password_for(account, self._vault)
        if not password:
            raise PortalError(Outcome.UNKNOWN_LOGIN, "No password is kept for this account.")
        return password

    def keep(self, account: Account, state: State, walked: Walk, how: str) -> SyncResult:
        """Judge a walk and write what it proves, with the account's new state, in one transaction."""
        verdict = judge(walked, state)
        now = datetime.now(UTC)
        recorded = Recorded()
        with self._store.transaction() as tx:
            if verdict.record:
                recorded = record_page(
                    _Within(tx), account.id, walked.pages, seen_at=now, complete=verdict.complete
                )
            changed = _state_after(verdict, state, now, len(walked.applications))
            # Without a browser only the address is known, which is a worse guess than the page's own head.
            says = next((page.company for page in walked.pages if page.company), "") if how != "warm" else ""
            employer = change_in(tx, account.id, changed, employer=says)
        return SyncResult(
            account=account.id,
            employer=employer or account.host,
            portal=portal_by_kind(account.portal).name,
            outcome=verdict.outcome,
            sentence=verdict.sentence,
            fix=fix_for(verdict.outcome, account.id),
            how=how,
            read=len(walked.applications),
            new=len(recorded.new),
            changed=recorded.changed,
        )

    def _failed(self, account: Account, error: Exception) -> SyncResult:
        """A visit that ended by an error, as a result."""
        outcome, not_before = Outcome.UNAVAILABLE, None
        if isinstance(error, PortalError):
            outcome, not_before = error.outcome, error.not_before
        elif isinstance(error, BrowserGone):
            outcome = Outcome.UNAVAILABLE
        elif isinstance(error, InTownError):
            outcome = Outcome.PAGE_CHANGED
        else:
            outcome = Outcome.PAGE_CHANGED
            log.error("The visit to %s failed.", account.id, exc_info=error)
        if outcome is Outcome.BLOCKED and not_before is None:
            not_before = datetime.now(UTC) + BLOCKED_FOR
        ours = f"InTown itself failed on this portal ({type(error).__name__}); nothing was changed."
        return SyncResult(
            account=account.id,
            employer=account.employer or account.host,
            portal=portal_by_kind(account.portal).name,
            outcome=outcome,
            sentence=error.sentence if isinstance(error, InTownError) else ours,
            fix=fix_for(outcome, account.id),
            not_before=not_before,
        )

    def _keep_failure(self, result: SyncResult, before: State) -> None:
        doubts = before.doubts + 1 if result.outcome is Outcome.SUSPECT else before.doubts
        save_state(
            self._store,
            result.account,
            outcome=result.outcome,
            sentence=result.sentence,
            fix=result.fix,
            checked_at=datetime.now(UTC),
            not_before=result.not_before,
            doubts=doubts,
        )

    def _tell(self, account: Account, step: str, result: SyncResult | None = None) -> None:
        self._steps[account.id] = step
        self._watcher(Progress(account.id, account.employer or account.host, step, result))


class _Within:
    """A transaction that is already open, in the shape that `record_page` opens one itself."""

    def __init__(self, tx: Any) -> None:
        self._tx = tx

    def transaction(self) -> nullcontext[Any]:
        return nullcontext(self._tx)


def _state_after(verdict: Verdict, before: State, now: datetime, read: int) -> dict[str, Any]:
    """What changes in the account's state when its list was read."""
    changed: dict[str, Any] = {
        "outcome": verdict.outcome,
        "sentence": verdict.sentence,
        "fix": "",
        "checked_at": now,
        "not_before": None,
        "doubts": before.doubts + 1 if verdict.outcome is Outcome.SUSPECT else 0,
    }
    if verdict.complete:
        changed |= {"last_good": now, "last_count": read}
    return changed
