"""What `intown doctor` says of what is kept: the store, the vault, the index of places, imported lists."""

from __future__ import annotations

import sqlite3
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from scraper.settings import Home
from scraper.vault import Mode, Vault
from scraper.vault_files import PASSPHRASE_VARIABLE
from server.asking.gazetteer import index_path
from server.asking.gazetteer_build import VERSION
from server.health import kept
from server.health.findings import Patient, State
from tests.health.looking import ATTENTION, BROKEN, OK, brief, one
from tests.portable.homes import furnished
from tests.store.keychains import TRUSTED, Forgetful, Keyring, Locked, pretend


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
