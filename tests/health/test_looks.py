"""Each look of `intown doctor`: what it says when all is well, and when it is not."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from importlib import metadata
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any

import pytest

from scraper import accounts as logins
from scraper import nightly
from scraper.nightly_ways import Job, NightlyError
from scraper.outcomes import Outcome
from scraper.settings import Home
from scraper.store import Store
from scraper.vault import Mode, Vault
from scraper.vault_files import PASSPHRASE_VARIABLE
from server import pairing
from server.asking.gazetteer import index_path
from server.asking.gazetteer_build import VERSION
from server.health import kept, machine, visits
from server.health.findings import Finding, Patient, State
from server.listen import bind, serving
from server.running import announced
from tests.portable.homes import LIST_URL, furnished
from tests.store.keychains import Forgetful, Keyring, Locked, pretend

NOW = datetime(2027, 8, 13, 15, 0, tzinfo=UTC)
TRUSTED = ("keyring.backends.SecretService", "Keyring")
OK, ATTENTION, BROKEN = State.OK, State.ATTENTION, State.BROKEN


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (PASSPHRASE_VARIABLE, "INTOWN_VAULT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def patient(home: Home) -> Patient:
    with bind(0) as place:
        free = place.getsockname()[1]
    return Patient(home, free, NOW)


def one(findings: list[Finding]) -> Finding:
    (found,) = findings
    return found


def brief(findings: list[Finding]) -> tuple[State, str]:
    found = one(findings)
    return found.state, found.fix


# --- the browser


@pytest.mark.browser
def test_a_browser_that_starts(patient: Patient) -> None:
    found = one(machine.browser(patient))
    assert (found.state, found.fix, found.facts["starts"]) == (OK, "", True)
    assert "starts" in found.text


def test_a_browser_that_is_not_there(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_BROWSER", "/no/such/browser")
    assert brief(machine.browser(patient)) == (BROKEN, "unset INTOWN_BROWSER")
    monkeypatch.delenv("INTOWN_BROWSER")
    monkeypatch.setattr(machine, "find_browser", lambda: None)
    assert brief(machine.browser(patient)) == (BROKEN, f"{sys.executable} -m playwright install chromium")


def test_a_program_that_is_no_browser(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    program = tmp_path / "browser"
    program.write_text("#!/bin/sh\nexit 1\n")
    program.chmod(0o755)
    monkeypatch.setenv("INTOWN_BROWSER", str(program))
    found = one(machine.browser(patient))
    assert (found.state, found.fix) == (BROKEN, "unset INTOWN_BROWSER")
    assert "could not be started" in found.text
    assert found.facts["version"] == ""


def test_a_version_that_cannot_be_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    assert machine._version_of("/no/such/program") == ""
    monkeypatch.setattr(sys, "platform", "win32")
    assert machine._version_of(sys.executable) == ""


# --- versions, folders, clock


def test_versions(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    found = one(machine.versions(patient))
    assert (found.state, found.facts["playwright"]) == (OK, metadata.version("playwright"))
    monkeypatch.setattr(machine, "_required", lambda: ["flask", "not-installed-anywhere"])
    found = one(machine.versions(patient))
    assert (found.state, found.text) == (BROKEN, "Not installed: not-installed-anywhere.")


def test_a_checkout_that_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "flask" in machine._required()

    def nobody(_: str) -> list[str]:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "requires", nobody)
    assert machine._required() == list(machine.LIBRARIES)


def test_folders_before_the_first_use(tmp_path: Path, patient: Patient) -> None:
    fresh = Home(tmp_path / "new" / "data", tmp_path / "new" / "cache", tmp_path / "new" / "logs")
    found = one(machine.folders(replace(patient, home=fresh)))
    assert (found.state, "Nothing is stored yet" in found.text) == (OK, True)
    assert not (tmp_path / "new").exists()


def test_folders_that_others_can_read(patient: Patient, home: Home) -> None:
    furnished(home)
    assert brief(machine.folders(patient)) == (OK, "")
    loose = home.data / "nightly.json"
    loose.touch(mode=0o644)
    fine, found = machine.folders(patient)
    assert (fine.state, found.state, found.fix) == (OK, ATTENTION, f"chmod -R go-rwx {home.data}")
    assert str(loose) in found.text
    home.logs.chmod(0o755)
    _, found = machine.folders(patient)
    assert found.fix == f"chmod -R go-rwx {home.logs} {home.data}"
    assert found.text.startswith("2 of InTown's files and folders")
    os.system(found.fix)  # noqa: S605 - the command that the person is told to type
    assert brief(machine.folders(patient)) == (OK, "")


def test_lock_files_hold_nothing(patient: Patient, home: Home) -> None:
    (home.data / "sync.lock").touch(mode=0o644)
    assert brief(machine.folders(patient)) == (OK, "")


@pytest.mark.parametrize(("free", "state"), [(10**6, BROKEN), (10**8, ATTENTION), (10**9, OK)])
def test_room_on_the_disk(patient: Patient, monkeypatch: pytest.MonkeyPatch, free: int, state: State) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: SimpleNamespace(free=free))
    found = one(machine.folders(patient))
    assert found.state is state
    assert f"{free // 10**6:,} MB" in found.text


def test_folders_of_somebody_else(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 4711)
    found = one(machine.folders(patient))
    assert (found.state, found.fix) == (BROKEN, f'sudo chown -R "$USER" {patient.home.data}')


def test_folders_that_cannot_be_written(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert brief(machine.folders(patient)) == (BROKEN, f"chmod u+rwx {patient.home.data}")


def test_a_home_inside_a_repository(patient: Patient, home: Home) -> None:
    (home.data.parent / ".git").mkdir()
    found = one(machine.folders(patient))
    assert (found.state, "repository" in found.text) == (BROKEN, True)


def test_the_clock(patient: Patient, home: Home) -> None:
    assert one(machine.clock(patient)).state is OK
    assert one(machine.clock(replace(patient, now=NOW.replace(year=1980)))).state is BROKEN
    store = Store(home.store, clock=lambda: NOW + timedelta(hours=30))
    with store.transaction() as tx:
        tx.put("notes", "n", {})
    found = one(machine.clock(replace(patient)))
    assert (found.state, found.facts["ahead_minutes"]) == (ATTENTION, 1800)
    assert "30 hours later" in found.text
    assert "timedatectl" in found.fix or sys.platform != "linux"


@pytest.mark.parametrize(
    ("length", "words"),
    [(timedelta(days=3), "3 days"), (timedelta(hours=3), "3 hours"), (timedelta(minutes=61), "61 minutes")],
)
def test_lengths_in_words(length: timedelta, words: str) -> None:
    assert machine._span(length) == words


# --- the store


def test_a_store_from_empty_to_full(patient: Patient, home: Home) -> None:
    assert one(kept.store(patient)).facts == {"exists": False}
    furnished(home)
    found = one(kept.store(replace(patient)))
    assert (found.state, found.facts["applications"], found.facts["opens"]) == (OK, 3, True)
    assert not any(isinstance(value, str) for value in found.facts.values())


def test_a_damaged_store_is_restored_and_told(patient: Patient, home: Home) -> None:
    furnished(home)
    home.store.write_bytes(home.store.read_bytes()[:-9])
    found = one(kept.store(patient))
    assert (found.state, found.fix) == (ATTENTION, "intown data seen")
    assert "was restored" in found.text
    assert found.facts["applications"] == 3


def test_a_newer_store(patient: Patient, home: Home) -> None:
    home.store.write_bytes(b'{"format":"intown-store","schema_version":99,"generation":1,"bytes":2}\n{}\n')
    found = one(kept.store(patient))
    assert (found.state, found.fix) == (BROKEN, "pipx upgrade intown")


def test_a_store_that_cannot_be_read(patient: Patient, home: Home) -> None:
    home.store.mkdir()
    assert brief(kept.store(patient)) == (BROKEN, "intown data")


def test_very_many_applications(patient: Patient, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    furnished(home)
    monkeypatch.setattr(kept, "MANY_APPLICATIONS", 2)
    assert one(kept.store(patient)).state is ATTENTION


# --- the keychain


@pytest.mark.parametrize(("kind", "state"), [(Keyring, OK), (Locked, ATTENTION), (Forgetful, ATTENTION)])
def test_before_a_vault_was_chosen(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, kind: type[Any], state: State
) -> None:
    keyring = pretend(monkeypatch, kind, *TRUSTED)
    found = one(kept.keychain(patient))
    assert found.state is state
    assert not (patient.home.data / "vault").exists(), "looking chooses nothing"
    assert keyring.entries == {} or kind is Forgetful


def test_without_any_keychain(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, Keyring, "keyrings.alt.file", "PlaintextKeyring")
    found = one(kept.keychain(patient))
    assert (found.state, found.fix) == (ATTENTION, kept.SET_PASSPHRASE)
    monkeypatch.setenv("INTOWN_VAULT", "sessions_only")
    assert one(kept.keychain(patient)).state is OK


def test_a_keychain_in_use(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, Keyring, *TRUSTED)
    Vault.choose(patient.home, Mode.KEYCHAIN)
    assert one(kept.keychain(patient)).facts == {"mode": "keychain", "opens": True}
    pretend(monkeypatch, Locked, *TRUSTED)
    found = one(kept.keychain(patient))
    assert (found.state, found.facts["locked"]) == (BROKEN, True)
    monkeypatch.setattr(sys, "platform", "darwin")
    assert one(kept.keychain(patient)).fix == "security unlock-keychain"
    pretend(monkeypatch, Keyring, "keyring.backends.null", "Keyring")
    assert one(kept.keychain(patient)).state is BROKEN


def test_a_passphrase(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    Vault.choose(patient.home, Mode.PASSPHRASE, "long enough")
    assert one(kept.keychain(patient)).facts == {"mode": "passphrase", "opens": None}
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "long enough")
    assert one(kept.keychain(patient)).facts == {"mode": "passphrase", "opens": True}
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "another one")
    assert brief(kept.keychain(patient)) == (BROKEN, kept.SET_PASSPHRASE)


def test_sessions_only(patient: Patient) -> None:
    Vault.choose(patient.home, Mode.SESSIONS_ONLY)
    assert one(kept.keychain(patient)).state is OK
    (patient.home.cache / "session.key").unlink()
    assert brief(kept.keychain(patient)) == (ATTENTION, "intown sync")
    assert not (patient.home.cache / "session.key").exists(), "looking makes no key"


def test_a_damaged_vault(patient: Patient) -> None:
    Vault.choose(patient.home, Mode.SESSIONS_ONLY)
    (patient.home.data / "vault" / "vault.json").write_text("{")
    assert brief(kept.keychain(patient)) == (BROKEN, "intown forget-everything")


# --- places and lists


def test_the_index_of_places(patient: Patient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("INTOWN_PLACES", str(tmp_path))
    path = index_path(patient.home.cache)
    assert one(kept.places(patient)).facts == {"built": False}
    path.write_bytes(b"no database at all, but long enough to look like one" * 10)
    assert one(kept.places(patient)).state is ATTENTION
    path.unlink()
    db = sqlite3.connect(path)
    db.executescript("CREATE TABLE city(id); INSERT INTO city VALUES (1);")
    db.execute(f"PRAGMA user_version={VERSION - 1}")
    db.close()
    found = one(kept.places(patient))
    assert (found.state, "another version" in found.text) == (ATTENTION, True)
    db = sqlite3.connect(path)
    db.execute(f"PRAGMA user_version={VERSION}")
    db.close()
    assert one(kept.places(patient)).text == "1 cities."


def test_what_a_list_brought_and_a_portal_shows(patient: Patient, home: Home) -> None:
    store = furnished(home)
    assert kept.lists(patient) == []
    with store.transaction() as tx:
        for number, (key, row) in enumerate(list(tx.all("applications").items())[:2]):
            imported = f"imported|list|{number}"
            tx.put("applications", imported, {**row, "key": imported, "portal": "imported", "url": ""})
            assert key != imported
    found = one(kept.lists(replace(patient)))
    assert (found.state, found.fix, found.facts["twice"]) == (ATTENTION, "intown import --join", 2)


# --- the nights


class Way:
    def __init__(self, name: str = "cron", *, there: bool = True, fails: bool = False) -> None:
        self.name = name
        self.there = there
        self.fails = fails

    def usable(self) -> bool:
        return True

    def install(self, job: Job) -> None:
        self.there = True

    def remove(self) -> None:
        self.there = False

    def installed(self) -> bool:
        if self.fails:
            raise NightlyError("crontab could not be read.")
        return self.there


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
    way.fails = True
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


# --- server and pairing


def test_nobody_answers(patient: Patient) -> None:
    assert brief(visits.server(patient)) == (ATTENTION, "intown serve")


def test_our_own_server(patient: Patient, home: Home) -> None:
    with serving(home) as port, announced(home, port, NOW):
        before = one(visits.server(patient))
        pairing.issue(Store(home.store), "Chromium", NOW)
        found = one(visits.server(replace(patient)))
    assert (before.state, found.state, found.facts["usual_port"]) == (OK, OK, False)
    assert f"http://127.0.0.1:{port}" in found.text


def test_our_server_of_an_older_version(
    patient: Patient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(home) as port, announced(home, port, NOW):
        monkeypatch.setattr(visits, "__version__", "9.9")
        found = one(visits.server(patient))
    assert (found.state, found.fix) == (ATTENTION, "intown serve")
    assert "and 9.9 is installed" in found.text


def test_a_server_of_another_home(patient: Patient, home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "o" / "data", tmp_path / "o" / "cache", tmp_path / "o" / "logs").make()
    with serving(other) as port:
        unknown = one(visits.server(replace(patient, port=port)))
        pairing.issue(Store(home.store), "Chromium", NOW)
        found = one(visits.server(replace(patient, port=port)))
    assert (unknown.state, found.state) == (BROKEN, BROKEN)
    assert found.fix == f"intown serve --port {port + 1}"
    assert found.facts["other_home"] is True


def test_a_lock_without_an_answer(patient: Patient, home: Home) -> None:
    with announced(home, patient.port, NOW):
        found = one(visits.server(patient))
    assert (found.state, found.fix) == (BROKEN, f"kill {os.getpid()}")


class Stranger(BaseHTTPRequestHandler):
    said = b'{"app": "intown"}'

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=[b'{"app": "intown"}', b"<html>", b"[" * 5000, b"[1]"])
def stranger(request: pytest.FixtureRequest) -> Iterator[int]:
    handler = type("Other", (Stranger,), {"said": request.param})
    with HTTPServer(("127.0.0.1", 0), handler) as other:
        thread = Thread(target=other.serve_forever, daemon=True)
        thread.start()
        yield other.server_port
        other.shutdown()
        thread.join()


def test_another_program_has_the_port(patient: Patient, stranger: int) -> None:
    found = one(visits.server(replace(patient, port=stranger)))
    assert (found.state, found.facts["other_program"]) == (BROKEN, True)
    assert found.fix == f"intown serve --port {stranger + 1}"


def test_a_program_that_speaks_no_http(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    def mute(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(HTTPConnection, "request", mute)
    assert one(visits.server(patient)).facts["other_program"] is True


def test_pairing(patient: Patient, home: Home) -> None:
    assert brief(visits.paired(patient)) == (ATTENTION, "intown pair")
    store = Store(home.store)
    pairing.issue(store, "Chromium", NOW)
    assert one(visits.paired(replace(patient))).text.startswith("One browser is paired")
    pairing.issue(store, "Edge", NOW)
    assert one(visits.paired(replace(patient))).text.startswith("2 browsers are paired")


def test_an_extension_of_another_version(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(visits, "FOLDER", tmp_path)
    assert brief(visits.paired(patient)) == (BROKEN, "pipx reinstall intown")
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "0.0.1"}))
    found = one(visits.paired(patient))
    assert (found.state, "of version 0.0.1" in found.text) == (BROKEN, True)
