"""`intown account`, `nightly`, `login` and the vault's questions: the paths that a careful person meets rarely."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime, time, timedelta
from types import SimpleNamespace
from typing import Any

import click
import pytest

from scraper import accounts, nightly
from scraper.model import Account
from scraper.settings import Home
from scraper.store import Store
from scraper.vault import Mode, Vault, VaultError, VaultLocked, VaultUndecided
from scraper.vault_files import PASSPHRASE_VARIABLE
from server.commands import accounts as account_commands
from server.commands import login as login_command
from server.commands import nightly as nightly_commands
from server.commands import vaults
from tests.commands.conftest import Run, sentence
from tests.portable.homes import LIST_URL
from tests.store.keychains import TRUSTED, Keyring, pretend
from tests.sync.ways import Way

ADD = ("account", "add", LIST_URL, "--username", "dreyes")


@pytest.fixture(autouse=True)
def keychain(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    monkeypatch.delenv(PASSPHRASE_VARIABLE, raising=False)
    keyring: Keyring = pretend(monkeypatch, Keyring, *TRUSTED)
    return keyring


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody sits there and can be asked."""
    stdin = SimpleNamespace(isatty=lambda: True)
    for module in (vaults, account_commands):
        monkeypatch.setattr(module, "sys", SimpleNamespace(stdin=stdin))


def kept(home: Home) -> Account:
    return accounts.all_accounts(Store(home.store).read())[0][0]


# --- adding


def test_somebody_at_the_terminal_is_asked(run: Run, home: Home, terminal: None, keychain: Keyring) -> None:
    done = run("account", "add", LIST_URL, "--id", "Lake Shore!", typed="dreyes\nsecret word\n")
    assert done.exit_code == 0, done.output
    assert (kept(home).id, kept(home).username) == ("lake-shore", "dreyes")
    assert "secret word" in keychain.entries.values()
    assert "secret word" not in done.output


def test_nobody_to_ask_is_wrong_usage(run: Run) -> None:
    assert "Say --username" in run("account", "add", LIST_URL).output
    assert "Say --password-stdin" in run(*ADD).output
    done = run(*ADD, "--no-password", "--password-stdin")
    assert (done.exit_code, "one way only" in done.output) == (2, True)


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("--password-command", "pass 'open"), "", "cannot be read"),
        (("--password-command", " "), "", "is empty"),
        (("--password-stdin",), "\n", "The password is empty."),
    ],
)
def test_passwords_that_are_none(run: Run, home: Home, words: tuple[str, ...], typed: str, said: str) -> None:
    done = run(*ADD, *words, typed=typed)
    assert (done.exit_code, said in sentence(done)) == (1, True)
    assert accounts.all_accounts(Store(home.store).read()) == []


def test_a_vault_without_passwords_says_how_to_add(run: Run, home: Home) -> None:
    Vault.choose(home, Mode.SESSIONS_ONLY)
    assert "--no-password" in sentence(run(*ADD, "--password-stdin", typed="x\n"))
    done = run(*ADD, "--no-password", "--json")
    assert json.loads(done.stdout)["password_from"] == "session"
    assert "Next: intown login" in run("account", "add", LIST_URL, "--no-password", "--username", "b").output


def test_an_account_whose_password_cannot_be_kept_is_not_added(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise VaultError("The keychain is full.")

    monkeypatch.setattr(Vault, "set_password", refuse)
    assert sentence(run(*ADD, "--password-stdin", typed="x\n")) == "The keychain is full."
    assert accounts.all_accounts(Store(home.store).read()) == []


# --- listing, changing, removing


def test_the_list_in_80_columns(run: Run, home: Home) -> None:
    assert "intown account add ADDRESS" in run("account", "list").output
    run(*ADD, "--no-password", "--employer", "Lakeshore\x1b[2J Health")
    accounts.save_state(
        Store(home.store), kept(home).id, outcome="captcha", fix="intown login x", last_good=datetime.now(UTC)
    )
    listed = run("account", "list").output
    assert "\x1b" not in listed
    assert "captcha" in listed
    assert max(len(line) for line in listed.splitlines()) <= 80


def test_editing(run: Run, home: Home, keychain: Keyring) -> None:
    run(*ADD, "--password-stdin", typed="first\n")
    name = kept(home).id
    assert run("account", "edit", name).exit_code == 2
    assert run("account", "edit", name, "--totp-stdin", "--no-totp").exit_code == 2
    version = kept(home).password_version
    assert run("account", "edit", name, "--password-stdin", typed="second\n").exit_code == 0
    assert "second" in keychain.entries.values()
    assert kept(home).password_version == version + 1
    secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
    assert run("account", "edit", name, "--totp-stdin", typed=f"{secret}\n").exit_code == 0
    assert kept(home).totp
    assert secret in (Vault.open(home).totp(name) or "")
    assert run("account", "edit", name, "--no-totp").exit_code == 0
    assert (kept(home).totp, Vault.open(home).totp(name)) == (False, None)
    assert Vault.open(home).password(name) == "second"
    run("account", "edit", name, "--employer", "Lakeshore Heart", "--username", "other")
    assert (kept(home).employer, kept(home).username) == ("Lakeshore Heart", "other")


def test_removing_asks_first(run: Run, home: Home, keychain: Keyring) -> None:
    run(*ADD, "--password-stdin", typed="first\n")
    name = kept(home).id
    assert run("account", "remove", name, typed="n\n").exit_code == 1
    assert "first" in keychain.entries.values()
    assert run("account", "remove", name, typed="y\n").exit_code == 0
    assert "first" not in keychain.entries.values()
    assert accounts.all_accounts(Store(home.store).read()) == []


def test_removing_where_no_vault_was_ever_made(run: Run, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, Keyring, "keyrings.alt.file", "PlaintextKeyring")
    run(*ADD, "--no-password")
    assert run("account", "remove", kept(home).id, "--yes").exit_code == 0
    assert accounts.all_accounts(Store(home.store).read()) == []
    assert not (home.data / "vault" / "vault.json").exists()


# --- the vault's questions


def test_without_a_keychain_the_person_chooses(
    home: Home, terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, Keyring, "keyrings.alt.file", "PlaintextKeyring")
    answers: list[object] = [False, False]
    monkeypatch.setattr(click, "confirm", lambda *_, **__: answers.pop(0))
    with pytest.raises(click.Abort):
        vaults.open_vault(home)
    answers = [False, True]
    assert vaults.open_vault(home).mode is Mode.SESSIONS_ONLY


def test_a_passphrase_is_asked_for_once_chosen(
    home: Home, terminal: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    pretend(monkeypatch, Keyring, "keyrings.alt.file", "PlaintextKeyring")
    monkeypatch.setattr(click, "confirm", lambda *_, **__: True)
    monkeypatch.setattr(click, "prompt", lambda *_, **__: "long enough")
    vaults.open_vault(home).set_password("a", "secret")
    assert vaults.open_vault(home).password("a") == "secret"
    monkeypatch.setattr(click, "prompt", lambda *_, **__: "another one")
    with pytest.raises(VaultLocked, match="wrong"):
        vaults.open_vault(home)


def test_nobody_is_asked_at_night(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, Keyring, "keyrings.alt.file", "PlaintextKeyring")
    monkeypatch.setattr(vaults, "sys", SimpleNamespace(stdin=SimpleNamespace(isatty=lambda: False)))
    with pytest.raises(VaultUndecided):
        vaults.open_vault(home)
    Vault.choose(home, Mode.PASSPHRASE, "long enough")
    with pytest.raises(VaultLocked):
        vaults.open_vault(home)


# --- signing in by hand


def test_login(run: Run, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    run(*ADD, "--no-password")
    seen: list[Any] = []

    async def by_hand(store: Store, vault: Vault, network: object, account: Account, *, cdp: str) -> None:
        await asyncio.sleep(0)
        seen.extend((account.id, cdp, vault.mode))

    monkeypatch.setattr(login_command, "login_by_hand", by_hand)
    done = run("login", "lake", "--cdp", "http://127.0.0.1:9222")
    assert done.exit_code == 0, done.output
    assert seen == [kept(home).id, "http://127.0.0.1:9222", Mode.KEYCHAIN]
    assert f"Next: intown sync {kept(home).id}" in done.output
    assert "There is no account" in sentence(run("login", "nobody"))


# --- the nights


@pytest.fixture
def way(monkeypatch: pytest.MonkeyPatch) -> Way:
    made = Way(there=False)
    monkeypatch.setattr(nightly_commands, "schedulers", lambda _: (made,))
    return made


def test_the_nights_on_and_off(run: Run, home: Home, way: Way) -> None:
    assert "The nights are off" in run("nightly", "status").output
    done = run("nightly", "on", "--at", "03:15")
    assert done.exit_code == 0, done.output
    assert way.there
    assert "passphrase" not in done.output
    assert "by cron. Last run: never." in run("nightly", "status").output
    assert json.loads(run("nightly", "status", "--json").stdout)["entry_found"] is True
    way.there = False
    done = run("nightly", "status")
    assert (done.exit_code, "`intown nightly on` puts it back" in done.output) == (1, True)
    assert run("nightly", "off").output == "No more nights.\n"
    assert json.loads(run("nightly", "status", "--json").stdout)["on"] is False
    assert run("nightly", "on", "--at", "half past two").exit_code == 2


def test_the_nights_say_what_a_passphrase_means_for_them(
    run: Run, home: Home, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(PASSPHRASE_VARIABLE, "long enough")
    assert f"give {PASSPHRASE_VARIABLE} to the scheduler" in run("nightly", "on").output


def test_a_night_is_run_when_it_is_due(
    run: Run, home: Home, way: Way, monkeypatch: pytest.MonkeyPatch
) -> None:
    nights: list[Home] = []

    def one_night(at: Home) -> int:
        nights.append(at)
        return 3

    monkeypatch.setattr(nightly_commands, "run_sync", one_night)
    assert run("nightly", "run").exit_code == 0, "the nights are off"
    nightly.switch_on(home, time(2, 30), datetime.now().astimezone() - timedelta(days=3), [way])
    assert run("nightly", "run").exit_code == 3
    assert nights == [home]
    assert "A night was missed" in run("nightly", "status").output
    with Store(home.store).transaction() as tx:
        tx.put("runs", datetime.now(UTC).isoformat(), {"accounts": []})
    assert run("nightly", "run").exit_code == 0
    assert len(nights) == 1
