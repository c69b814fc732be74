"""Every outcome of DESIGN section 6 from a fake portal: code, sentence, fix, what is stored, what was sent.

All accounts are visited in one run, each portal misbehaving in its own way: that is also the test that one
account's failure never stops the others.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import pytest

from fixtures.portals import FakeHost, FakePortals
from fixtures.portals.behaviours import BEHAVIOURS
from scraper import accounts
from scraper.by_hand import login_by_hand
from scraper.model import Account, Application, PageKind, ParsedPage
from scraper.outcomes import Outcome, PortalError, Turn
from scraper.store import record_page
from scraper.sync_result import SyncResult
from tests.sync.conftest import Person, tenant
from tests.sync.test_attacks import ATTACKS

pytestmark = pytest.mark.browser


@dataclass(frozen=True)
class Case:
    """What a portal does, and what the visit must make of it. `submits` counts passwords sent."""

    behaviour: str
    outcome: Outcome
    kind: str = "taleo"
    says: str = ""
    fix: str = ""
    submits: int = 0
    yesterday: int = 0  # how many there were at the last good visit; 0: as many as today
    options: dict[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        options = "".join(f"-{value}" for value in self.options.values())
        fewer = "-shorter" if self.yesterday else ""
        return f"{self.behaviour}{options}{fewer}-{self.kind}".replace("_", "-").replace(":", "").lower()


def both(behaviour: str, outcome: Outcome, **more: Any) -> tuple[Case, Case]:
    return Case(behaviour, outcome, "taleo", **more), Case(behaviour, outcome, "workday", **more)


CASES = (
    *both("ok", Outcome.OK, submits=1),
    *both("hang", Outcome.UNAVAILABLE, says="did not answer in time"),
    Case("reset", Outcome.UNAVAILABLE),
    Case("refused", Outcome.UNAVAILABLE),
    *both("bad_tls", Outcome.UNAVAILABLE, says="certificate"),
    *both("unavailable", Outcome.UNAVAILABLE),
    Case("unavailable", Outcome.UNAVAILABLE, says="until about", options={"retry_after": 1800}),
    *both("maintenance", Outcome.UNAVAILABLE),
    Case("maintenance", Outcome.UNAVAILABLE, says="maintenance", options={"status": 200}),
    *both("rate_limited", Outcome.RATE_LIMITED, says="pause", options={"retry_after": 7200}),
    *both("blocked", Outcome.BLOCKED, says="with the icon"),
    Case("gone", Outcome.PAGE_CHANGED, says="no longer at its address"),
    Case("glitch", Outcome.OK, "workday", submits=1, options={"times": 1}),
    *both("wrong_password", Outcome.WRONG_PASSWORD, submits=1, fix="intown account edit {} --password"),
    *both(
        "refused_silently", Outcome.UNKNOWN_LOGIN, submits=1, says="without saying why", fix="intown login {}"
    ),
    *both("locked", Outcome.LOCKED, submits=1, fix="intown account edit {} --try-again"),
    *both("password_expired", Outcome.PASSWORD_EXPIRED, submits=1, fix="intown account edit {} --password"),
    *both("code_needed", Outcome.CODE_NEEDED, submits=1, fix="intown login {}"),
    *both("captcha", Outcome.CAPTCHA, fix="intown login {}"),
    *both("terms", Outcome.TERMS, submits=1, fix="intown login {}"),
    *both("verify_email", Outcome.CODE_NEEDED, submits=1, fix="intown login {}"),
    *both("sso", Outcome.SSO, says="login.microsoftonline.com", fix="intown login {}"),
    *both("unknown_login", Outcome.UNKNOWN_LOGIN, fix="intown login {}"),
    *both("session_expired", Outcome.UNKNOWN_LOGIN, submits=1, fix="intown login {}"),
    *both("empty", Outcome.EMPTY, submits=1),
    Case("empty_500", Outcome.EMPTY, "workday", submits=1),
    *both("ok", Outcome.SUSPECT, submits=1, says="where there were 40", yesterday=40),
    *both("no_rows", Outcome.SUSPECT, submits=1, says="shows none of the"),
    *both("truncated", Outcome.PARTIAL, submits=1, says="could be read"),
    *both("count_mismatch", Outcome.PARTIAL, submits=1, says="could be read"),
    *both("endless", Outcome.PARTIAL, submits=1),
    Case("changed_layout", Outcome.PAGE_CHANGED, submits=1),
    Case("changed_layout", Outcome.PARTIAL, "workday", says="by meaning", submits=1),
    Case("too_large", Outcome.PAGE_CHANGED, submits=1, says="larger than 4 MB"),
    Case("too_large", Outcome.PAGE_CHANGED, "workday", says="larger than 4 MB"),
    Case("opaque_json", Outcome.OK, "workday", submits=1),
    Case("late_overlay", Outcome.OK, "workday", submits=1),
    Case("create_account_first", Outcome.OK, "workday", submits=1),
    *both("slow", Outcome.OK, submits=1, options={"seconds": 0.3}),
    Case("expire_after", Outcome.PARTIAL, submits=1, says="gave way to another page", options={"pages": 1}),
    Case("expire_after", Outcome.PARTIAL, "workday", submits=1, says="Page 3 was no list"),
)


@dataclass(frozen=True)
class Night:
    """One run over all the cases."""

    person: Person
    hosts: dict[str, FakeHost]
    accounts: dict[str, Account]
    results: dict[str, SyncResult]
    stranger: Account
    before: dict[str, Any]


@pytest.fixture(scope="module")
def night(running: FakePortals, tmp_path_factory: pytest.TempPathFactory) -> Night:
    person = Person.at(tmp_path_factory.mktemp("outcomes"), running)
    hosts, made = {}, {}
    for number, case in enumerate(CASES):
        host = running.add(tenant(case.kind, f"case{number:02d}"))
        host.behave(case.behaviour, **case.options)
        hosts[case.name], made[case.name] = host, person.add(host)
        remember_yesterday(person, made[case.name], host, case.yesterday)
    # As after a step back to a version that does not know this kind yet.
    stranger = replace(
        accounts.account_from_url("https://far.taleo.net/careersection/2/x.ftl"), portal="newer"
    )
    stranger = accounts.add(person.store, stranger)
    before = person.applications()
    results = person.sync()
    return Night(person, hosts, made, results, stranger, before)


def remember_yesterday(person: Person, account: Account, host: FakeHost, count: int) -> None:
    """As if the list had been read whole the night before."""
    rows = tuple(
        Application(
            portal=account.portal,
            host=account.host,
            external_id=listed.requisition,
            title=listed.title,
            status_raw="As it was yesterday",
        )
        for listed in host.listed()
    )
    page = ParsedPage(url=account.start_url, host=account.host, kind=PageKind.APPLICATIONS, applications=rows)
    now = datetime.now(UTC)
    record_page(person.store, account.id, page, seen_at=now, complete=True)
    accounts.save_state(person.store, account.id, last_good=now, last_count=count or len(rows))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_outcome(night: Night, case: Case) -> None:
    account, host = night.accounts[case.name], night.hosts[case.name]
    result = night.results[account.id]
    assert (result.outcome, result.sentence) == (case.outcome, result.sentence)
    assert case.says in result.sentence
    assert result.sentence.endswith(".")
    assert result.fix == case.fix.format(account.id)
    assert host.hits.login_submits == case.submits
    assert host.hits.honeypots == 0
    assert not host.hits.touched
    state = night.person.state(account)
    assert (state.outcome, state.sentence) == (result.outcome, result.sentence)
    assert state.last_good is not None
    assert state.checked_at is not None


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_nothing_stored_is_lost(night: Night, case: Case) -> None:
    """Only a good or a partial list may change rows, and no row ever goes away."""
    account = night.accounts[case.name]
    before = {key: doc for key, doc in night.before.items() if doc["account"] == account.id}
    after = {key: doc for key, doc in night.person.applications().items() if doc["account"] == account.id}
    assert set(before) <= set(after)
    assert all(doc["listed"] for doc in after.values())
    if case.outcome not in (Outcome.OK, Outcome.PARTIAL, Outcome.EMPTY):
        assert after == before
    if case.outcome is Outcome.OK:
        truth = {listed.requisition: listed.status for listed in night.hosts[case.name].listed()}
        assert {doc["external_id"]: doc["status_raw"] for doc in after.values()} == truth


def test_every_outcome_is_reached(night: Night) -> None:
    assert {result.outcome for result in night.results.values()} == set(Outcome)
    assert {case.outcome for case in CASES} == set(Outcome) - {Outcome.UNKNOWN_PORTAL}


def test_every_behaviour_of_the_fakes_is_visited() -> None:
    assert {case.behaviour for case in CASES} | set(ATTACKS) == set(BEHAVIOURS)


def test_a_portal_of_another_version_is_told(night: Night) -> None:
    result = night.results[night.stranger.id]
    assert (result.outcome, result.portal, result.fix) == (Outcome.UNKNOWN_PORTAL, "newer", "")
    assert night.person.state(night.stranger).sentence == result.sentence
    with pytest.raises(PortalError, match="does not know this portal"):
        asyncio.run(
            login_by_hand(night.person.store, night.person.vault, night.person.network, night.stranger)
        )


def test_evidence_is_kept_and_scrubbed(night: Night) -> None:
    case = next(case for case in CASES if case.behaviour == "changed_layout")
    folder = night.results[night.accounts[case.name].id].evidence
    assert folder is not None
    assert (folder / "page.png").stat().st_size > 1000
    assert (folder / "page.png").stat().st_mode & 0o077 == 0
    user = night.hosts[case.name].user
    for path in folder.rglob("*.*"):
        assert user.name.encode() not in path.read_bytes()
        assert user.password.encode() not in path.read_bytes()


def test_waits_are_kept(night: Night) -> None:
    """A second run visits nobody who needs the user first, nor a site that asked for a pause."""
    asked = {name: host.hits.total for name, host in night.hosts.items()}
    waiting = [
        case
        for case in CASES
        if night.results[night.accounts[case.name].id].turn is Turn.USER
        or night.results[night.accounts[case.name].id].not_before is not None
    ]
    again = night.person.sync()
    for case in waiting:
        account = night.accounts[case.name]
        assert night.hosts[case.name].hits.total == asked[case.name]
        assert again[account.id].outcome is night.results[account.id].outcome
        assert again[account.id].sentence == night.results[account.id].sentence
    assert {c.behaviour for c in waiting} >= {"rate_limited", "wrong_password", "blocked", "terms"}
