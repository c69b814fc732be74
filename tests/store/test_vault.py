"""The vault: three modes, chosen and never silent; nothing in clear; bad keychains refused."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends import fail, null

from scraper.settings import Home
from scraper.store import PlaceRefused, StoreError
from scraper.vault import (
    Mode,
    Vault,
    VaultError,
    VaultLocked,
    VaultUndecided,
)
from tests.store.keychains import TRUSTED, Forgetful, Keyring, Locked, pretend

PASSPHRASE = "correct horse battery"
SESSION: dict[str, Any] = {"cookies": [{"name": "sid", "value": "cookie-secret"}], "origins": []}


@pytest.fixture(autouse=True)
def _no_choice_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("INTOWN_PASSPHRASE", raising=False)
    monkeypatch.delenv("INTOWN_VAULT", raising=False)
    monkeypatch.setattr(keyring, "get_keyring", fail.Keyring)


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    backend = pretend(monkeypatch, Keyring, *TRUSTED)
    assert isinstance(backend, Keyring)
    return backend


def vault_of(mode: Mode, home: Home, request: pytest.FixtureRequest) -> Vault:
    if mode is Mode.KEYCHAIN:
        request.getfixturevalue("keychain")
    return Vault.choose(home, mode, PASSPHRASE if mode is Mode.PASSPHRASE else None)


def content(home: Home) -> bytes:
    return b"".join(path.read_bytes() for path in home.data.parent.rglob("*") if path.is_file())


@pytest.mark.parametrize("mode", list(Mode))
def test_sessions_are_kept_sealed_and_private(mode: Mode, home: Home, request: pytest.FixtureRequest) -> None:
    vault = vault_of(mode, home, request)
    assert vault.session("lake") is None
    vault.save_session("lake", SESSION)
    again = Vault.open(home, PASSPHRASE)
    assert (again.mode, again.session("lake"), again.session("other")) == (mode, SESSION, None)
    assert b"cookie-secret" not in content(home)
    for path in (home.data / "vault").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600 or os.name == "nt", path
    assert not any("lake" in path.name for path in home.data.rglob("*"))
    vault.forget_session("lake")
    assert vault.session("lake") is None


@pytest.mark.parametrize("mode", [Mode.KEYCHAIN, Mode.PASSPHRASE])
def test_passwords_are_kept_out_of_sight(mode: Mode, home: Home, request: pytest.FixtureRequest) -> None:
    vault = vault_of(mode, home, request)
    assert vault.password("lake") is None
    vault.set_password("lake", "hunter2-é漢")
    vault.set_password("harbor", "other")
    vault.save_session("lake", SESSION)
    again = Vault.open(home, PASSPHRASE)
    assert again.password("lake") == "hunter2-é漢"
    assert b"hunter2" not in content(home)
    assert "hunter2" not in repr(again) + str(vars(again))
    again.forget("lake")
    again.forget("never known")
    assert (vault.password("lake"), vault.session("lake"), vault.password("harbor")) == (None, None, "other")


def test_sessions_only_keeps_no_password_and_says_so(home: Home) -> None:
    vault = Vault.choose(home, Mode.SESSIONS_ONLY)
    with pytest.raises(VaultError, match="no passwords"):
        vault.set_password("lake", "hunter2")
    assert vault.password("lake") is None
    assert b"hunter2" not in content(home)
    # The key is not beside what it opens: a copy of the data folder alone is of no use.
    assert [path.parent for path in home.data.parent.rglob("session.key")] == [home.cache]


@pytest.mark.parametrize("mode", list(Mode))
def test_forgetting_everything_leaves_nothing(mode: Mode, home: Home, request: pytest.FixtureRequest) -> None:
    vault = vault_of(mode, home, request)
    if mode is not Mode.SESSIONS_ONLY:
        vault.set_password("lake", "one")
        vault.set_password("harbor", "two")
    vault.save_session("lake", SESSION)
    vault.forget_all()
    left = [path.name for path in home.data.parent.rglob("*") if path.is_file()]
    assert sorted(left) in ([], [".vault.json.holder", ".vault.json.lock"])
    if mode is Mode.KEYCHAIN:
        backend = keyring.get_keyring()
        assert isinstance(backend, Keyring)
        assert backend.entries == {}
    Vault.choose(home, Mode.SESSIONS_ONLY)


# --- choosing


def test_without_a_keychain_nothing_is_chosen_silently(home: Home) -> None:
    with pytest.raises(VaultUndecided, match=r"INTOWN_PASSPHRASE.*INTOWN_VAULT=sessions_only"):
        Vault.open(home)
    assert list(home.data.rglob("*.json")) == []


def test_a_passphrase_or_the_variable_is_a_choice(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PASSPHRASE", PASSPHRASE)
    assert Vault.open(home).mode is Mode.PASSPHRASE
    monkeypatch.setenv("INTOWN_VAULT", "sessions_only")  # too late: chosen is chosen
    assert Vault.open(home).mode is Mode.PASSPHRASE


def test_the_variable_chooses_before_anything_else(
    home: Home, monkeypatch: pytest.MonkeyPatch, keychain: Keyring
) -> None:
    monkeypatch.setenv("INTOWN_VAULT", "sessions_only")
    assert Vault.open(home).mode is Mode.SESSIONS_ONLY
    assert keychain.entries == {}


def test_a_mistyped_variable_is_told(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_VAULT", "plaintext")
    with pytest.raises(VaultError, match="keychain, passphrase, sessions_only"):
        Vault.open(home)


def test_a_keychain_is_taken_where_there_is_one(home: Home, keychain: Keyring) -> None:
    vault = Vault.open(home)
    assert vault.mode is Mode.KEYCHAIN
    vault.set_password("lake", "hunter2")
    assert "hunter2" in keychain.entries.values()
    assert not any("check-" in name for _, name in keychain.entries)


def test_two_homes_do_not_share_entries(tmp_path: Path, keychain: Keyring) -> None:
    homes = [Home(tmp_path / name / "data", tmp_path / name / "cache", tmp_path / name) for name in "ab"]
    one, two = (Vault.open(home) for home in homes)
    one.set_password("lake", "one")
    assert two.password("lake") is None
    two.forget_all()
    assert one.password("lake") == "one"
    assert len(keychain.entries) == 2


def test_a_second_choice_is_refused(home: Home) -> None:
    Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
    with pytest.raises(VaultError, match="already"):
        Vault.choose(home, Mode.SESSIONS_ONLY)


@pytest.mark.parametrize("passphrase", [None, "", "short"])
def test_a_short_passphrase_is_refused(home: Home, passphrase: str | None) -> None:
    with pytest.raises(VaultError, match="at least 8"):
        Vault.choose(home, Mode.PASSPHRASE, passphrase)


def test_not_inside_a_repository(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    with pytest.raises(PlaceRefused):
        Vault.choose(Home(tmp_path / "data", tmp_path / "cache", tmp_path / "logs"), Mode.SESSIONS_ONLY)


# --- keychains that are refused


@pytest.mark.parametrize(
    ("kind", "module", "name"),
    [
        (Keyring, "keyrings.alt.file", "PlaintextKeyring"),
        (Keyring, "keyrings.alt.file", "EncryptedKeyring"),
        (Keyring, "somebody.else", "Keyring"),
        (Forgetful, "keyring.backends.SecretService", "Keyring"),
    ],
)
def test_keychains_that_are_not_on_the_list_or_forget_are_refused(
    home: Home, monkeypatch: pytest.MonkeyPatch, kind: type[KeyringBackend], module: str, name: str
) -> None:
    pretend(monkeypatch, kind, module, name)
    with pytest.raises(VaultUndecided) as caught:
        Vault.open(home)
    assert f"{module}.{name}" in caught.value.sentence
    assert list(home.data.rglob("*.json")) == []


def test_the_null_backend_is_refused(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring, "get_keyring", null.Keyring)
    with pytest.raises(VaultUndecided, match="null"):
        Vault.open(home)


def test_of_a_chain_only_the_trusted_part_is_used(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = pretend(monkeypatch, Keyring, "keyrings.alt.file", "PlaintextKeyring")
    trusted = pretend(monkeypatch, Keyring, "keyring.backends.kwallet", "DBusKeyring")
    monkeypatch.setattr(keyring, "get_keyring", lambda: SimpleNamespace(backends=[plain, trusted]))
    Vault.open(home).set_password("lake", "hunter2")
    assert plain.entries == {}
    assert "hunter2" in trusted.entries.values()


def test_a_locked_keychain_is_told_without_its_words(
    home: Home, monkeypatch: pytest.MonkeyPatch, keychain: Keyring
) -> None:
    vault = Vault.open(home)
    vault.set_password("lake", "hunter2")
    monkeypatch.setattr(type(keychain), "get_password", Locked.get_password)
    monkeypatch.setattr(type(keychain), "set_password", Locked.set_password)
    monkeypatch.setattr(type(keychain), "_refuse", Locked._refuse, raising=False)
    with pytest.raises(VaultLocked, match="unlock") as caught:
        vault.set_password("lake", "hunter3")
    assert caught.value.__cause__ is None
    assert "hunter3" not in caught.value.sentence
    with pytest.raises(VaultLocked):
        Vault.open(home)


# --- wrong, damaged and swapped


def test_a_missing_or_wrong_passphrase_is_told(home: Home) -> None:
    Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE).set_password("lake", "hunter2")
    with pytest.raises(VaultLocked, match="INTOWN_PASSPHRASE"):
        Vault.open(home)
    with pytest.raises(VaultLocked, match="wrong"):
        Vault.open(home, PASSPHRASE + "x")
    assert Vault.open(home, PASSPHRASE).password("lake") == "hunter2"


@pytest.mark.parametrize("place", [0, 5, 20, 60, -1])
def test_a_changed_session_counts_as_none(home: Home, place: int, caplog: pytest.LogCaptureFixture) -> None:
    vault = Vault.choose(home, Mode.SESSIONS_ONLY)
    vault.save_session("lake", SESSION)
    (path,) = (home.data / "vault").glob("session-*")
    data = bytearray(path.read_bytes())
    data[place] ^= 1
    path.write_bytes(data)
    with caplog.at_level(logging.WARNING):
        assert vault.session("lake") is None
    assert "sign-in is needed" in caplog.text
    vault.save_session("lake", SESSION)
    assert vault.session("lake") == SESSION


def test_one_accounts_session_does_not_pass_for_anothers(home: Home) -> None:
    vault = Vault.choose(home, Mode.SESSIONS_ONLY)
    vault.save_session("lake", SESSION)
    (path,) = (home.data / "vault").glob("session-*")
    vault.save_session("harbor", {})
    (other,) = (entry for entry in (home.data / "vault").glob("session-*") if entry != path)
    other.write_bytes(path.read_bytes())
    assert vault.session("harbor") is None


def test_damaged_passwords_are_an_error_not_an_empty_list(home: Home) -> None:
    vault = Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
    vault.set_password("lake", "hunter2")
    (home.data / "vault" / "passwords.sealed").write_bytes(b"x")
    with pytest.raises(VaultError, match="damaged"):
        vault.password("lake")
    with pytest.raises(VaultError, match="damaged"):
        vault.set_password("b", "c")
    assert (home.data / "vault" / "passwords.sealed").read_bytes() == b"x"


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[]", b'{"mode": "plaintext", "id": ""}', b'{"mode": "keychain"}']
)
def test_a_damaged_description_is_never_replaced(home: Home, data: bytes) -> None:
    Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE).set_password("lake", "hunter2")
    path = home.data / "vault" / "vault.json"
    path.write_bytes(data)
    with pytest.raises(VaultError, match="damaged"):
        Vault.open(home, PASSPHRASE)
    path.unlink()
    with pytest.raises(VaultError, match="gone"):
        Vault.open(home, PASSPHRASE)
    assert not path.exists()


def test_a_weakened_derivation_is_refused(home: Home) -> None:
    Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
    path = home.data / "vault" / "vault.json"
    path.write_bytes(path.read_bytes().replace(b'"n":32768', b'"n":2'))
    with pytest.raises(VaultError, match="damaged"):
        Vault.open(home, PASSPHRASE)


def test_a_full_disk_is_a_sentence(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    vault = Vault.choose(home, Mode.SESSIONS_ONLY)
    vault.save_session("lake", SESSION)

    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", refuse)
    with pytest.raises(StoreError, match="disk is full"):
        vault.save_session("lake", {})
    monkeypatch.undo()
    assert vault.session("lake") == SESSION


@pytest.mark.parametrize(
    ("value", "left"), [("pw:api", None), ("x,pw:protocol", None), ("express:*", "express:*")]
)
def test_opening_silences_what_would_print_secrets(
    home: Home, monkeypatch: pytest.MonkeyPatch, value: str, left: str | None
) -> None:
    monkeypatch.setenv("DEBUG", value)
    Vault.open(home, PASSPHRASE)
    assert os.environ.get("DEBUG") == left


# --- the user's own password manager
