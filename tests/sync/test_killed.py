"""Killed, stopped, started twice: the sync, and the browser under it. No password twice, nothing lost, no orphan."""

from __future__ import annotations

import os
import signal
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import orjson
import pytest

from fixtures.portals import FakePortals
from scraper import accounts
from scraper.nightly import Nights
from scraper.outcomes import Outcome
from scraper.sync import SyncRunning, one_at_a_time
from tests.sync.conftest import Person, tenant
from tests.sync.processes import browsers_of, gone, started

LAKESHORE = "lakeshore.taleo.net"


@pytest.mark.browser
def test_a_kill_right_after_the_submit_counts_as_sent(portals: FakePortals, person: Person) -> None:
    host = portals.host(LAKESHORE)
    account = person.add(host)
    host.behave("wrong_password", delay=20.0)
    process = started(person, "sync")
    end = time.monotonic() + 60
    while person.state(account).submitted_version == 0 and time.monotonic() < end:
        time.sleep(0.02)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert gone(process.pid), "a browser outlived the sync that was killed"
    host.behave("ok")
    host.hits.reset()
    for _ in range(3):
        result = person.sync()[account.id]
        assert (result.outcome, result.fix) == (
            Outcome.UNKNOWN_LOGIN,
            f"intown account edit {account.id} --try-again",
        )
        assert "cut off" in result.sentence
    assert host.hits.login_submits == 0
    accounts.change(person.store, account.id, new_password=True)
    assert person.sync()[account.id].outcome is Outcome.OK


@pytest.mark.browser
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_stopping_leaves_the_store_whole_and_no_browser(
    portals: FakePortals, person: Person, number: signal.Signals
) -> None:
    account = person.add(portals.host(LAKESHORE))
    portals.host(LAKESHORE).behave("hang")
    process = started(person, "sync")
    end = time.monotonic() + 60
    while portals.host(LAKESHORE).hits.total == 0 and time.monotonic() < end:
        time.sleep(0.05)
    with pytest.raises(SyncRunning), one_at_a_time(person.home):
        pass
    os.kill(process.pid, number)
    said, _ = process.communicate(timeout=30)
    assert process.returncode != 0
    assert "Traceback" not in said
    assert gone(process.pid)
    assert person.state(account).submitted_version == 0
    portals.host(LAKESHORE).behave("ok")
    assert person.sync()[account.id].outcome is Outcome.OK


@pytest.mark.browser
def test_a_browser_that_is_killed_ends_one_visit_and_no_other(portals: FakePortals, person: Person) -> None:
    """Killed from outside, as by a lack of memory. The next account at the same host comes after it."""
    made = tenant("taleo", "twins")
    other = replace(made.users[0], name="another", password="Another-Made-Up-1")
    host = portals.add(replace(made, users=(*made.users, other)))
    first = person.add(host)
    second = accounts.add(person.store, replace(first, id="second", username=other.name))
    person.vault.set_password(second.id, other.password)
    host.behave("hang")

    def kill() -> None:
        end = time.monotonic() + 120
        while host.hits.total == 0 and time.monotonic() < end:
            time.sleep(0.02)
        host.behave("ok")
        for browser in browsers_of(os.getpid()):
            os.kill(browser, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    results = person.sync()
    killer.join()
    assert (results[first.id].outcome, results[second.id].outcome) == (Outcome.UNAVAILABLE, Outcome.OK)
    assert "closed" in results[first.id].sentence
    assert person.state(first).submitted_version == 0
    assert person.sync(first.id)[first.id].outcome is Outcome.OK


@pytest.mark.parametrize("command", [("sync",), ("nightly", "run")], ids=["terminal", "timer"])
def test_a_run_that_is_started_twice_visits_once(
    portals: FakePortals, person: Person, command: tuple[str, ...]
) -> None:
    """While one run holds this home, another process, whoever started it, says so and asks no portal."""
    account = person.add(portals.host(LAKESHORE))
    yesterday = (datetime.now(UTC) - timedelta(days=2)).isoformat()
    nights = Nights("cron", "00:00", yesterday)  # a night is due whenever this is run
    (person.home.data / "nightly.json").write_bytes(orjson.dumps(nights))
    with one_at_a_time(person.home):
        process = started(person, *command)
        said, _ = process.communicate(timeout=120)
    assert process.returncode == 1
    assert "A sync is already running." in said
    assert portals.host(LAKESHORE).hits.total == 0
    assert person.state(account).checked_at is None
