"""What `intown doctor` says of the browser, the versions, the folders and the clock."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import replace
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from types import SimpleNamespace

import pytest

from scraper.settings import Home
from scraper.store import Store
from server.health import machine
from server.health.findings import Patient, State
from tests.health.looking import ATTENTION, BROKEN, NOW, OK, brief, one
from tests.portable.homes import furnished


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
