"""What `intown doctor` says of the nights and the accounts."""

from __future__ import annotations

from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

import pytest

from scraper import accounts as logins
from scraper import nightly
from scraper.outcomes import Outcome
from scraper.settings import Home
from scraper.store import Store
from server.health import visits
from server.health.findings import Patient, State
from tests.health.looking import ATTENTION, BROKEN, NOW, OK, brief, one
from tests.portable.homes import LIST_URL
from tests.sync.ways import Way


def test_nights_off(patient: Patient, tmp_path: Path) -> None:
    assert brief(visits.nights(patient)) == (ATTENTION, "intown nightly on")
    fresh = Home(tmp_path / "new" / "data", tmp_path / "new" / "cache", tmp_path / "new" / "logs")
    assert brief(visits.nights(replace(patient, home=fresh))) == (ATTENTION, "intown nightly on")
    assert not (tmp_path / "new").exists()


def test_nights_on(patient: Patient, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    way = Way()
    monkeypatch.setattr(visits, "schedulers", lambda _: (Way("systemd"), way))
    nightly.switch_on(home, time(2, 30), NOW.astimezone() - timedelta(days=5), [way])
    found = one(visits.nights(patient))
    assert (found.state, found.fix, found.facts["missed"]) == (ATTENTION, "intown sync", True)
    with Store(home.store).transaction() as tx:
        tx.put("runs", (NOW - timedelta(minutes=5)).isoformat(), {"accounts": []})
    found = one(visits.nights(replace(patient)))
    assert (found.state, found.facts["scheduler"]) == (OK, "cron")
    way.there = False
    assert brief(visits.nights(replace(patient))) == (BROKEN, "intown nightly on")
    way.unreadable = "crontab could not be read."
    assert brief(visits.nights(replace(patient))) == (BROKEN, "intown nightly on")


def test_a_night_that_is_due_just_now_was_not_missed(
    patient: Patient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    way = Way()
    monkeypatch.setattr(visits, "schedulers", lambda _: (way,))
    made = nightly.switch_on(home, time(2, 30), NOW.astimezone() - timedelta(days=5), [way])
    due = nightly.last_due(made, NOW.astimezone())
    assert one(visits.nights(replace(patient, now=due + timedelta(hours=1)))).facts["missed"] is False
    assert one(visits.nights(replace(patient, now=due + timedelta(hours=3)))).facts["missed"] is True


# --- the accounts


def test_no_account(patient: Patient) -> None:
    assert brief(visits.accounts(patient)) == (ATTENTION, "intown account add ADDRESS")


@pytest.mark.parametrize(
    ("outcome", "state", "fix"),
    [
        (None, None, ""),
        (Outcome.OK, None, ""),
        (Outcome.EMPTY, None, ""),
        (Outcome.WRONG_PASSWORD, ATTENTION, "the fix that was kept"),
        (Outcome.CAPTCHA, ATTENTION, "the fix that was kept"),
        (Outcome.UNAVAILABLE, None, ""),
        (Outcome.PAGE_CHANGED, ATTENTION, "the fix that was kept"),
    ],
)
def test_accounts_and_whose_turn_it_is(
    patient: Patient, home: Home, outcome: Outcome | None, state: State | None, fix: str
) -> None:
    store = Store(home.store)
    logins.add(store, replace(logins.account_from_url(LIST_URL, username="d"), id="lakeshore"))
    logins.save_state(store, "lakeshore", outcome=outcome, fix=fix, last_good=NOW)
    found, *waiting = visits.accounts(patient)
    assert found.state is OK
    assert [(one_.state, one_.fix) for one_ in waiting] == ([(state, fix)] if state else [])
    assert found.facts == {"accounts": 1, "waiting": len(waiting)}


def test_an_account_without_a_kept_fix_gets_one(patient: Patient, home: Home) -> None:
    store = Store(home.store)
    for number, outcome in enumerate((Outcome.SSO, Outcome.SUSPECT)):
        logins.add(store, replace(logins.account_from_url(LIST_URL, username=str(number)), id=f"a{number}"))
        logins.save_state(store, f"a{number}", outcome=outcome)
    fixes = [finding.fix for finding in visits.accounts(patient)[1:]]
    assert fixes == ["intown login a0", "intown account test a1"]


def test_an_account_that_an_import_brought(patient: Patient, home: Home) -> None:
    made = logins.account_from_url(LIST_URL, username="d")
    logins.add(Store(home.store), replace(made, id="lakeshore", secret="session"))
    _, found = visits.accounts(patient)
    assert (found.state, found.fix) == (ATTENTION, "intown login lakeshore")


def test_an_account_that_was_not_read_for_days(patient: Patient, home: Home) -> None:
    store = Store(home.store)
    logins.add(store, replace(logins.account_from_url(LIST_URL, username="d"), id="lakeshore"))
    logins.save_state(store, "lakeshore", outcome=Outcome.UNAVAILABLE, last_good=NOW - timedelta(days=9))
    assert len(visits.accounts(patient)) == 1
    nightly.switch_on(home, time(2, 30), NOW, [Way()])
    _, found = visits.accounts(replace(patient))
    assert (found.fix, "not read for 9 days" in found.text) == ("intown sync lakeshore", True)
