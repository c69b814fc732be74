"""365 nights with faults in 5 % of the visits: nothing lost, nothing twice, nobody alarmed for nothing.

The whole run is the product's own (waits, rules of what may be written, the store and the record of runs); in
place of the browser stands what each night's visit delivered, so that a year takes seconds. The same nights on
the fake portals, through plain HTTP and a real browser, are in test_year_served.py.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper import accounts
from scraper.browser_session import BrowserGone
from scraper.browser_walk import Walk
from scraper.model import Account, Application
from scraper.outcomes import Outcome, PortalError, Turn
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync import sync_all
from scraper.sync_result import SyncResult
from scraper.sync_run import Run
from scraper.sync_secrets import Secrets
from scraper.sync_tools import Options, Tools
from scraper.transport import Warm
from tests.proof.scale import quick_folder
from tests.sync.moments import Clock
from tests.sync.year import Book, Made, blank

NIGHTS = 365
FAULTS = 0.05
START = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)
HOSTS = ("lakeshore.taleo.net", "harbor.taleo.net", "meridian.taleo.net", "summit.taleo.net")

Rows = tuple[Application, ...]


def raising(outcome: Outcome, hours: float = 0) -> Callable[[Made, Rows, datetime], Walk]:
    def fault(portal: Made, rows: Rows, now: datetime) -> Walk:
        raise PortalError(outcome, not_before=now + timedelta(hours=hours) if hours else None)

    return fault


def failing(error: Exception) -> Callable[[Made, Rows, datetime], Walk]:
    def fault(portal: Made, rows: Rows, now: datetime) -> Walk:
        raise error

    return fault


def cut(portal: Made, rows: Rows, now: datetime) -> Walk:
    return Walk((portal.page(rows[: len(rows) // 3], count=len(rows)),), "Page 2 of the list did not come.")


def shorter(portal: Made, rows: Rows, now: datetime) -> Walk:
    """A third of the list, and nothing on it says that there is more."""
    return Walk((portal.page(rows[: max(1, len(rows) // 3)]),))


def one_missing(portal: Made, rows: Rows, now: datetime) -> Walk:
    return Walk((portal.page(rows[1:]),))


def no_rows(portal: Made, rows: Rows, now: datetime) -> Walk:
    return Walk((portal.page(()),))  # with the mark of an empty list, which is not true


def twice(portal: Made, rows: Rows, now: datetime) -> Walk:
    return Walk((portal.page(rows), portal.page(rows[::-1])))


def shuffled(portal: Made, rows: Rows, now: datetime) -> Walk:
    return Walk((portal.page(portal.dice.sample(rows, len(rows))),))


def without_statuses(portal: Made, rows: Rows, now: datetime) -> Walk:
    return Walk((portal.page(map(blank, rows)),))


def spaced(portal: Made, rows: Rows, now: datetime) -> Walk:
    """The same page, written a little differently."""
    return Walk((portal.page(replace(row, title=f" {row.title} ") for row in rows),))


FAULTS_BY_NAME: dict[str, Callable[[Made, Rows, datetime], Walk]] = {
    **{
        outcome.value: raising(outcome)
        for outcome in Outcome
        if outcome not in (Outcome.OK, Outcome.EMPTY, Outcome.UNKNOWN_PORTAL)
    },
    "rate_limited_for_hours": raising(Outcome.RATE_LIMITED, hours=5),
    "rate_limited_for_days": raising(Outcome.RATE_LIMITED, hours=60),
    "browser_gone": failing(BrowserGone("The browser was closed.")),
    "our_own_fault": failing(RuntimeError("boom")),
    "no_answer": failing(TimeoutError()),
    "cut": cut,
    "shorter": shorter,
    "one_missing": one_missing,
    "no_rows": no_rows,
    "twice": twice,
    "shuffled": shuffled,
    "without_statuses": without_statuses,
    "spaced": spaced,
}
BELIEVED = frozenset({"", "cut", "one_missing", "twice", "shuffled", "without_statuses", "spaced"})
"""What delivers rows that may be written; whatever else happens, nothing is."""


class Year:
    """The portals, what goes wrong tonight, and the one product under test."""

    def __init__(self, home: Home, clock: Clock, seed: int) -> None:
        self.home, self.clock = home, clock
        self.store = Store(home.store)
        self.dice = random.Random(seed)
        self.book = Book()
        self.portals: dict[str, Made] = {}
        self.tonight: dict[str, str] = {}
        self.delivered: dict[str, Rows] = {}
        self.met: Counter[str] = Counter()
        for number, host in enumerate(HOSTS):
            url = f"https://{host}/careersection/2/mysubmissions.ftl"
            made = accounts.add(self.store, accounts.account_from_url(url, username="dreyes"))
            self.portals[made.id] = Made(made, seed * 100 + number)

    def visit(self, account: Account) -> Walk:
        """What a visit finds tonight. Raises what it would raise."""
        portal, fault = self.portals[account.id], self.tonight[account.id]
        self.met[fault] += 1
        made = FAULTS_BY_NAME[fault] if fault else None
        walk = made(portal, portal.rows(), self.clock.now) if made else Walk((portal.page(portal.rows()),))
        self.delivered[account.id] = walk.applications if fault in BELIEVED else ()
        return walk

    def night(self) -> list[SyncResult]:
        self.clock.next_night()
        self.delivered.clear()
        for name, portal in self.portals.items():
            portal.live_a_day(self.clock.now)
            faulty = self.dice.random() < FAULTS
            self.tonight[name] = self.dice.choice(sorted(FAULTS_BY_NAME)) if faulty else ""
        options = Options(jitter=0.0)
        return asyncio.run(sync_all(self.store, None, self.home, Network(), options=options))

    def check_reports(self, results: list[SyncResult]) -> None:
        """What the night reported is what was there to be seen for the first time."""
        for result in results:
            rows = self.delivered.get(result.account, ())
            portal = self.portals[result.account]
            new, changed = self.book.shown(portal, rows, self.clock.now)
            assert result.new == len(new), (result, self.tonight)
            assert {change.key for change in result.changed} == changed
            fault = self.tonight[result.account]
            if not fault and result.account in self.delivered:
                assert result.outcome is Outcome.OK, result

    def person_acts(self, results: list[SyncResult]) -> None:
        """In the morning the person does what the report asked for."""
        for result in results:
            if result.turn is Turn.USER:
                assert result.fix
                accounts.change(self.store, result.account, new_password=True)


@pytest.fixture
def quick_home() -> Iterator[Home]:
    """In memory where that can be had: a year is some thousands of synced writes, and their safety is proven
    elsewhere (tests/proof)."""
    with tempfile.TemporaryDirectory(dir=quick_folder()) as name:
        folder = Path(name)
        yield Home(folder / "data", folder / "cache", folder / "logs").make()


@pytest.fixture(params=[0, 1], ids=["browser", "warm"])
def year(request: pytest.FixtureRequest, quick_home: Home, monkeypatch: pytest.MonkeyPatch) -> Year:
    made = Year(quick_home, Clock(monkeypatch, START), seed=7 + request.param)

    async def with_browser(run: Run, account: Account, state: accounts.State) -> SyncResult:
        return await run._kept(account, state, made.visit(account), "session")

    class Warmly:
        """Plain HTTP gives the whole list or nothing; whatever is wrong is then met by the browser."""

        async def read(self, account: Account, *_: Any, at_least: int) -> Warm | None:
            portal = made.portals[account.id]
            if made.tonight[account.id] or len(portal.rows()) < at_least:
                return None
            return Warm(made.visit(account), None)

    monkeypatch.setattr(Run, "_with_browser", with_browser)
    if request.param:
        monkeypatch.setattr(Secrets, "session", lambda secrets, account: object())
        monkeypatch.setattr(Tools, "transport", lambda tools: Warmly())
    return made


def test_a_year_of_nights(year: Year) -> None:
    waited = 0
    for _ in range(NIGHTS):
        results = year.night()
        assert len(results) == len(HOSTS)
        waited += sum(1 for result in results if result.account not in year.delivered and result.not_before)
        year.check_reports(results)
        year.person_acts(results)
    year.book.check(year.store.read(), year.portals.values(), year.clock.now)
    visits = NIGHTS * len(HOSTS)
    faults = sum(count for name, count in year.met.items() if name)
    assert 0.03 * visits < faults < 0.07 * visits
    assert len(year.book.told) > 200
    assert waited


def test_the_book_can_tell(year: Year) -> None:
    """A lost row, a row too many, a false change and a row given up wrongly are all found."""
    year.check_reports(year.night())
    year.check_reports(year.night())
    year.book.check(year.store.read(), year.portals.values(), year.clock.now)
    key, doc = next(iter(year.store.read().all("applications").items()))
    other = {**doc, "key": f"{key}x"}
    change = {"key": key, "old_status": "A", "new_status": "B", "seen_at": doc["last_seen"]}
    for table, name, spoiled in (
        ("applications", key, None),
        ("applications", f"{key}x", other),
        ("applications", key, {**doc, "listed": False}),
        ("applications", key, {**doc, "status_raw": "Elsewhere"}),
        ("changes", f"{key}#9", change),
    ):
        with year.store.transaction() as tx:
            before = tx.get(table, name)
            if spoiled is None:
                tx.remove(table, name)
            else:
                tx.put(table, name, spoiled)
        with pytest.raises(AssertionError):
            year.book.check(year.store.read(), year.portals.values(), year.clock.now)
        with year.store.transaction() as tx:
            if before is None:
                tx.remove(table, name)
            else:
                tx.put(table, name, before)
