"""Nights at the fake portals, one after the other, with faults in 5 % of the visits; 365 with `run.py proof`.

Everything is the product: the saved session over plain HTTP, and Chromium and a sign-in where that proves
nothing; only that one Chromium serves the whole year (each visit has its own cookies and its own gate as ever),
because starting one for each bad night was most of the time. The truth is asked of the fakes themselves. In
test_year.py a year passes without a browser.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from fixtures.portals import FakeApplication, FakeHost, FakePortals, FakeUser, Step, Tenant, serve
from scraper import accounts
from scraper.browser import Browsers
from scraper.outcomes import Outcome, Turn
from scraper.sync_result import SyncResult
from scraper.sync_tools import Tools
from tests.proof.scale import FULL, count, quick_folder
from tests.sync.conftest import Person
from tests.sync.moments import Clock
from tests.sync.test_warm import session_for
from tests.sync.year import STATUSES

NIGHTS = count(ci=14, full=365)
FAULTS = 0.05
START = datetime(2026, 1, 1, 2, 30, tzinfo=UTC)

BEHAVIOURS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("reset", {}),
    ("refused", {}),
    ("bad_tls", {}),
    ("unavailable", {}),
    ("unavailable", {"retry_after": 7200}),
    ("maintenance", {}),
    ("rate_limited", {"retry_after": 7200}),
    ("blocked", {}),
    ("gone", {}),
    ("session_expired", {}),
    ("expire_after", {"pages": 1}),
    ("signed_out", {}),
    ("signed_out+wrong_password", {}),
    ("signed_out+refused_silently", {}),
    ("signed_out+locked", {}),
    ("signed_out+code_needed", {}),
    ("signed_out+captcha", {}),
    ("signed_out+terms", {}),
    ("signed_out+no_rows", {}),
    ("empty", {}),
    ("no_rows", {}),
    ("truncated", {}),
    ("count_mismatch", {}),
    ("endless", {}),
    ("changed_layout", {}),
    ("slow", {"seconds": 0.5}),
)


def tenant(kind: str, number: int) -> Tenant:
    """A portal whose list lives through the year: statuses change, and applications are added."""
    dice = random.Random(number)
    jobs = []
    for place in range(12):
        begins = 0 if place < 7 else dice.randrange(1, 360)
        days = sorted({begins, *(dice.randrange(begins, 366) for _ in range(8))})
        steps, before = [], ""
        for day in days:
            before = dice.choice([status for status in STATUSES if status != before])
            steps.append(Step(day, before, "inactive" if before in STATUSES[5:] else "active"))
        jobs.append(
            FakeApplication(
                id=f"{number}{place:04d}",
                title=f"Nurse, Ward {number}-{place}",
                requisition=f"R-{number}{place:04d}" if kind == "workday" else f"{number}{place:05d}",
                on=START.date() - timedelta(days=place),
                steps=tuple(steps),
                location="Cleveland, OH",
            )
        )
    user = FakeUser(
        name=f"year{number}@example.org",
        password=f"Year-{number}-made-up",
        email=f"year{number}@example.org",
        full_name="Year Person",
    )
    workday = {"tenant": f"year{number}", "site": "Careers", "dialog": False}
    return Tenant(
        kind=kind,
        host=f"year{number}.wd5.myworkdayjobs.com" if kind == "workday" else f"year{number}.taleo.net",
        employer=f"Year Employer {number}",
        users=(user,),
        applications=tuple(jobs),
        options=workday if kind == "workday" else {"cs": "2"},
    )


@pytest.fixture
def year_portals() -> Iterator[FakePortals]:
    tenants = [
        tenant(kind, number) for number, kind in enumerate(("taleo", "workday", "taleo", "workday"), 1)
    ]
    with serve(tenants=tenants) as portals:
        yield portals


class Nights:
    """The person, the portals, and the truth of each morning."""

    def __init__(self, person: Person, portals: FakePortals, clock: Clock) -> None:
        self.person, self.portals, self.clock = person, portals, clock
        self.dice = random.Random(5)
        self.hosts: dict[str, FakeHost] = {}
        self.met: Counter[str] = Counter()
        self.outcomes: Counter[Outcome] = Counter()
        self.told = 0
        for name in portals.hosts:
            host = portals.host(name)
            account = person.add(host)
            self.hosts[account.id] = host
            person.vault.save_session(account.id, session_for(host).to_dict())
            accounts.save_state(person.store, account.id, last_count=len(host.listed()))

    def stored(self, account: str) -> dict[str, str]:
        """Status by number of the portal's own, of everything kept for one account."""
        found = self.person.applications().values()
        return {doc["requisition"]: doc["status_raw"] for doc in found if doc["account"] == account}

    def truth(self, account: str) -> dict[str, str]:
        return {listed.requisition: listed.status for listed in self.hosts[account].listed()}

    async def night(self) -> None:
        self.clock.next_night()
        self.portals.advance_day()
        for host in self.hosts.values():
            host.behave("ok")
            if self.dice.random() < FAULTS:
                self.misbehave(host)
        before = {account: self.stored(account) for account in self.hosts}
        submits = {account: host.hits.login_submits for account, host in self.hosts.items()}
        for account, result in (await self.person.night(account_seconds=60.0)).items():
            self.outcomes[result.outcome] += 1
            self.check(account, result, before[account])
            assert self.hosts[account].hits.login_submits - submits[account] <= 1
        for host in self.hosts.values():
            assert host.hits.honeypots == 0
            assert not host.hits.touched

    def misbehave(self, host: FakeHost) -> None:
        name, options = self.dice.choice(BEHAVIOURS)
        self.met[name] += 1
        if name.startswith("signed_out"):
            host.sign_everyone_out()
        behaviour = name.removeprefix("signed_out").lstrip("+")
        if behaviour:
            host.behave(behaviour, **options)

    def check(self, account: str, result: SyncResult, before: dict[str, str]) -> None:
        """What is kept, and what was told, against the portal's own list of tonight."""
        after, truth = self.stored(account), self.truth(account)
        host = self.hosts[account]
        about = (result.outcome, result.sentence, host.behaviour().name, host.name, self.portals.day)
        assert set(before) <= set(after), ("lost", about)
        documents = [doc for doc in self.person.applications().values() if doc["account"] == account]
        assert len(documents) == len(after), ("twice", about)
        assert all(doc["listed"] for doc in documents), ("given up", about)
        if host.behaviour() == "ok" and result.turn is Turn.NOBODY:
            assert after == truth, about
        changed = {number for number in after if number in before and after[number] != before[number]}
        assert {change.requisition for change in result.changed} == changed, about
        assert result.new == len(set(after) - set(before)), about
        assert all(after[number] == truth[number] for number in changed | (set(after) - set(before))), about
        if result.outcome not in (Outcome.OK, Outcome.PARTIAL):
            assert after == before, about
        if host.behaviour() == "ok" and result.not_before is None:
            assert result.outcome is Outcome.OK, about  # no false alarm
        self.told += len(changed)
        if result.turn is Turn.USER:
            assert result.fix
            accounts.change(self.person.store, account, new_password=True)  # the person's morning


async def all_of(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    """The nights, and a last one on which every portal is well again and everything must have been caught up."""
    async with Browsers(nights.person.network) as browsers:

        async def the_one(tools: Tools) -> Browsers:
            return browsers

        monkeypatch.setattr(Tools, "browsers", the_one)
        for number in range(NIGHTS):
            await nights.night()
            if number % 25 == 24:
                print(
                    number + 1, "nights", dict(nights.met), flush=True
                )  # seen with -s: a year takes a while
        for host in nights.hosts.values():
            host.behave("ok")
        nights.clock.next_night()
        nights.clock.next_night()  # past every pause that a site asked for
        for account, result in (await nights.person.night()).items():
            assert result.outcome is Outcome.OK, (account, result)
            assert nights.stored(account) == nights.truth(account)


@pytest.mark.browser
@pytest.mark.proof
def test_nights_at_the_fake_portals(year_portals: FakePortals, monkeypatch: pytest.MonkeyPatch) -> None:
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        person = Person.at(Path(folder), year_portals)
        nights = Nights(person, year_portals, Clock(monkeypatch, START))
        asyncio.run(all_of(nights, monkeypatch))
    assert nights.met
    print(NIGHTS, "nights", dict(nights.outcomes), dict(nights.met), nights.told, "changes")
    if FULL:
        assert nights.told > 150
        assert len(nights.outcomes) > 8
