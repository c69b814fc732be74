"""Opens the vault for a command: asks at a terminal for what is missing, and never decides by itself."""

from __future__ import annotations

import sys

import click

from scraper.settings import Home
from scraper.vault import Mode, Vault, VaultLocked, VaultUndecided


def open_vault(home: Home) -> Vault:
    """The vault of this home. Without a keychain the user chooses, at the terminal or by the environment.

    Raises VaultError with the ways out where nobody can be asked.
    """
    try:
        return Vault.open(home)
    except VaultUndecided as undecided:
        if not sys.stdin.isatty():
            raise
        click.echo(undecided.sentence, err=True)
        return _choose(home)
    except VaultLocked:
        if not sys.stdin.isatty():
            raise
        return Vault.open(home, click.prompt("Passphrase of your InTown vault", hide_input=True))


def _choose(home: Home) -> Vault:
    if click.confirm("Protect your passwords with a passphrase that you type?", default=True):
        phrase = click.prompt("Passphrase (8 characters or more)", hide_input=True, confirmation_prompt=True)
        return Vault.choose(home, Mode.PASSPHRASE, phrase)
    if click.confirm("Keep web sessions only, and no passwords at all?", default=False):
        return Vault.choose(home, Mode.SESSIONS_ONLY)
    raise click.Abort
