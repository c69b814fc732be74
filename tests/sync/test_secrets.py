"""What a visit takes from the vault, and what it says where there is nothing; and what is sent only once."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from scraper import accounts
from scraper.browser_session import WebSession
from scraper.model import Account
from scraper.outcomes import Outcome, PortalError
from scraper.settings import Home
from scraper.store import Store
from scraper.sync_secrets import Secrets
from scraper.vault import Mode, Vault
from tests.sync.conftest import PASSPHRASE

NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
SESSION = WebSession({"cookies": []}, {}, "a browser")


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.store)


@pytest.fixture
def account(store: Store) -> Account:
    found = accounts.account_from_url("https://lakeshore.taleo.net/careersection/2/x.ftl", username="dreyes")
    return accounts.add(store, found)


@pytest.fixture(params=["no vault", "an empty vault"])
def secrets(request: pytest.FixtureRequest, home: Home, store: Store) -> Secrets:
    """Those of somebody who keeps nothing here."""
    vault = None if request.param == "no vault" else Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
    return Secrets(store, vault, lambda text: None)


def test_where_no_password_is_kept_none_is_typed(secrets: Secrets, account: Account) -> None:
    for kind in ("vault", "session"):
        with pytest.raises(PortalError, match="No password is kept") as told:
            secrets.password(replace(account, secret=kind))
        assert told.value.outcome is Outcome.UNKNOWN_LOGIN


def test_where_no_authenticator_is_kept_no_code_is_given(
    secrets: Secrets, account: Account, store: Store
) -> None:
    with pytest.raises(PortalError, match="authenticator is not in the vault") as told:
        secrets.code(account)
    assert told.value.outcome is Outcome.CODE_NEEDED
    assert accounts.find(store.read(), account.id)[1].code_window == accounts.State().code_window


def test_a_web_session_is_kept_where_there_is_a_vault_and_nowhere_else(
    home: Home, store: Store, account: Account
) -> None:
    without = Secrets(store, None, lambda text: None)
    asyncio.run(without.save_session(account, SESSION))
    assert without.session(account) is None
    vault = Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
    kept = Secrets(store, vault, lambda text: None)
    asyncio.run(kept.save_session(account, SESSION))
    assert kept.session(account) == SESSION
    assert without.session(account) is None


def test_a_password_changed_while_the_form_was_opened_is_not_sent(store: Store, account: Account) -> None:
    accounts.change(store, account.id, new_password=True)
    with pytest.raises(accounts.AccountError, match="changed while InTown was signing in"):
        accounts.mark_submitted(store, account, NOW)
    assert accounts.find(store.read(), account.id)[1].sign_ins == ()


def test_a_password_is_written_down_as_sent_once(store: Store, account: Account) -> None:
    accounts.mark_submitted(store, account, NOW)
    with pytest.raises(accounts.AccountError, match="not sent again"):
        accounts.mark_submitted(store, account, NOW)
    assert accounts.find(store.read(), account.id)[1].sign_ins == (NOW,)
