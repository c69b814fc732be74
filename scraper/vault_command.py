"""Passwords from a password manager of the user's, and what programs we start may know."""

from __future__ import annotations

import logging
import os
import subprocess
from collections.abc import Sequence
from typing import Protocol

from scraper.model import Account
from scraper.vault_files import PASSPHRASE_VARIABLE, VaultError

log = logging.getLogger("intown.vault")

COMMAND_SECONDS = 60


class Passwords(Protocol):
    """The part of a vault that is needed here."""

    def password(self, account_id: str) -> str | None: ...


def password_for(account: Account, vault: Passwords | None) -> str | None:
    """The account's password from where the user keeps it; None for accounts that only have a web session."""
    if account.secret == "command":  # noqa: S105 - the kind of place
        return password_from_command(account.password_command)
    if account.secret == "vault" and vault is not None:  # noqa: S105
        return vault.password(account.id)
    return None


def password_from_command(command: Sequence[str]) -> str:
    """The first line that the user's password manager prints. No shell; nothing it says is repeated in an error."""
    try:
        done = subprocess.run(
            list(command),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=COMMAND_SECONDS,
            check=False,
            env=child_environment(),
        )
    except (OSError, subprocess.TimeoutExpired, ValueError) as error:
        raise VaultError(f"The password command could not be run ({type(error).__name__}).") from None
    if done.returncode:
        raise VaultError(f"The password command ended with code {done.returncode}; try it in a terminal.")
    first = done.stdout.splitlines()[0] if done.stdout else ""
    if not first:
        raise VaultError("The password command printed nothing.")
    return first


def quiet_helpers() -> None:
    """Take Playwright's DEBUG out of our environment: with it, its driver prints every text typed and every cookie.

    Called when the vault is opened, because from then on secrets pass through programs that we start.
    """
    if "pw:" in os.environ.get("DEBUG", ""):
        del os.environ["DEBUG"]
        log.warning("DEBUG is ignored: Playwright would print passwords and cookies.")


def child_environment() -> dict[str, str]:
    """The environment for programs we start (browsers, commands): ours without the passphrase."""
    return {name: value for name, value in os.environ.items() if name != PASSPHRASE_VARIABLE}
