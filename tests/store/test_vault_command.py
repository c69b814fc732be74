"""Passwords from a password manager: one command, its words never told."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from scraper.model import Account
from scraper.settings import Home
from scraper.vault import (
    Mode,
    Vault,
    VaultError,
    child_environment,
    password_for,
    password_from_command,
)

PASSPHRASE = "correct horse battery"


def account(**more: Any) -> Account:
    return Account(id="lake", portal="taleo", host="lakeshore.taleo.net", start_url="https://x", **more)


def test_a_command_prints_the_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PASSPHRASE", PASSPHRASE)
    code = "import os; print(' hunter2 '); print('second line'); assert 'INTOWN_PASSPHRASE' not in os.environ"
    command = (sys.executable, "-c", code)
    assert password_from_command(command) == " hunter2 "
    assert password_for(account(secret="command", password_command=command), None) == " hunter2 "
    assert "INTOWN_PASSPHRASE" not in child_environment()


@pytest.mark.parametrize(
    ("code", "words"),
    [("print('hunter2'); raise SystemExit(4)", "code 4"), ("", "nothing"), ("print()", "nothing")],
)
def test_a_command_that_fails_is_told_without_its_words(code: str, words: str) -> None:
    with pytest.raises(VaultError, match=words) as caught:
        password_from_command((sys.executable, "-c", code))
    assert "hunter2" not in caught.value.sentence


def test_a_command_that_is_not_there_or_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(VaultError, match="FileNotFoundError"):
        password_from_command(("/no/such/program", "hunter2"))
    monkeypatch.setattr("scraper.vault_command.COMMAND_SECONDS", 0.1)
    with pytest.raises(VaultError, match="TimeoutExpired") as caught:
        password_from_command((sys.executable, "-c", "import time; time.sleep(30)", "hunter2"))
    assert "hunter2" not in caught.value.sentence


def test_passwords_come_from_where_the_user_keeps_them(home: Home) -> None:
    vault = Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
    vault.set_password("lake", "hunter2")
    assert password_for(account(), vault) == "hunter2"
    assert password_for(account(secret="session"), vault) is None
    assert password_for(account(), None) is None
