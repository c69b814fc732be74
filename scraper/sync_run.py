"""One run over the accounts: who is visited when, by which road, and what becomes of each visit."""

from __future__ import annotations

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from scraper.accounts import State, mark_submitted, portal_of, save_state
from scraper.browser_walk import Walk
from scraper.evidence import keep_evidence, worth_keeping
from scraper.login import SignIn
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Home
from scraper.store import Store
from scraper.sync_keep import failed, keep_failure, keep_walk
from scraper.sync_result import Progress, SyncResult, Watcher, held_back, judge
from scraper.sync_secrets import Secrets
from scraper.sync_sign_ins import Asked, raise_unless_allowed
from scraper.sync_tools import Options, Tools
from scraper.sync_visit import Visit, visit
from scraper.sync_writer import Writer

if TYPE_CHECKING:  # a warm night loads no Playwright
    from scraper.browser import Tab

TABS = 4
"""Browser visits at a time: more are no faster on two cores, and each tab takes about 80 MB."""

READERS = 16
"""Readings over plain HTTP at a time. With 200 at once on one loop answers waited longer than their time limit
while other pages were being read (measured), and whole accounts fell back to the browser."""


class Run:
    """One run. `writer` is where its results are written."""

    def __init__(
        self,
        store: Store,
        secrets: Secrets,
        home: Home,
        tools: Tools,
        watcher: Watcher,
        options: Options,
        asked: Asked,
    ) -> None:
        self._store = store
        self._secrets = secrets
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
        self._reading = 0
        self.writer = Writer(store, more_to_come=lambda: self._reading > 0)

    async def all(self, chosen: Sequence[tuple[Account, State]]) -> list[SyncResult]:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._one(account, state)) for account, state in chosen]
        return [task.result() for task in tasks]

    async def _one(self, account: Account, state: State) -> SyncResult:
        """The result of one account, whatever happens; only cancelling gets through."""
        began = time.monotonic()
        held = held_back(account, state, datetime.now(UTC), by_name=self._asked is Asked.BY_NAME)
        if held is not None:
            self._tell(account, "waiting", held)
            return held
        try:
            result = await self._bounded(account, state)
        except Exception as error:  # the boundary: one account's failure never stops the others
            result = failed(account, error)
            await self.writer.do(partial(keep_failure, result=result))
        evidence = self._evidence.get(account.id)
        result = replace(result, seconds=time.monotonic() - began, evidence=evidence)
        self._tell(account, "done", result)
        return result

    async def _bounded(self, account: Account, state: State) -> SyncResult:
        """One visit at a time to one host, within the time that one account may take."""
        async with self._hosts[account.host]:
            self._reading += 1
            try:
                async with self._turn(self._readers):
                    walk = await self._warm(account, state)
            finally:
                self._reading -= 1
            if walk is not None:
                return await self._kept(account, state, walk, "warm")
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

    async def _warm(self, account: Account, state: State) -> Walk | None:
        """The list read with the saved session over plain HTTP, or None when it does not prove itself."""
        kept = self._secrets.session(account)
        if kept is None or not state.last_count or self._options.cdp or self._options.ws:
            return None
        self._tell(account, "reading")
        portal = portal_of(account)
        warm = await self._tools.transport().read(account, portal, kept, at_least=state.last_count)
        if warm is None or judge(warm.walk, state).outcome is not Outcome.OK:
            return None
        if warm.session is not None:
            await self._secrets.save_session(account, warm.session)
        return warm.walk

    async def _with_browser(self, account: Account, state: State) -> SyncResult:
        portal_of(account)  # a portal that nobody knows is not worth a browser
        browsers = await self._tools.browsers()
        if self._options.jitter:
            await asyncio.sleep(random.uniform(0, self._options.jitter))  # noqa: S311 - no secret
        async with browsers.tab(self._secrets.session(account)) as tab:
            plan = self._plan(account, tab)
            try:
                walked, how = await self._watched(plan, state)
            except PortalError:
                # Kept also where the list failed after a good sign-in: the next night needs no other.
                if browsers.may_type and plan.proven:
                    with suppress(InTownError):  # what ended the visit is what counts
                        await self._secrets.save_session(account, await tab.session())
                raise
            if browsers.may_type:
                await self._secrets.save_session(account, await tab.session())
        return await self._kept(account, state, walked, how)

    def _plan(self, account: Account, tab: Tab) -> Visit:
        attempt = SignIn(
            tab,
            portal_of(account),
            account,
            password=lambda: self._secrets.password(account),
            before_submit=lambda: mark_submitted(self._store, account, datetime.now(UTC)),
            code=(lambda: self._secrets.code(account)) if account.totp else None,
        )
        return Visit(
            attempt,
            may_sign_in=lambda: raise_unless_allowed(
                self._store.read(), account, datetime.now(UTC), asked=self._asked
            ),
            accepted=lambda: save_state(self._store, account.id, submitted_version=0),
            known=lambda: self._titles(account),
            on_step=lambda step: self._tell(account, step),
        )

    async def _kept(self, account: Account, state: State, walked: Walk, how: str) -> SyncResult:
        dry = self._options.dry
        return await self.writer.do(
            partial(keep_walk, account=account, state=state, walked=walked, how=how, dry=dry)
        )

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

    def _tell(self, account: Account, step: str, result: SyncResult | None = None) -> None:
        self._steps[account.id] = step
        self._watcher(Progress(account.id, account.employer or account.host, step, result))
