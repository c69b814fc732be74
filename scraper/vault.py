"""Passwords and web sessions, never in clear on the disk.

Three modes, chosen by the user and never changed silently:

- `keychain`: passwords and one random key in the system's keychain; web sessions in files sealed with that key;
- `passphrase`: for computers without a keychain; a key derived (scrypt) from a passphrase that the user types or
  gives in INTOWN_PASSPHRASE seals both passwords and web sessions;
- `sessions_only`: no passwords at all. Web sessions are sealed under a key that lies in the cache folder, apart
  from them: a copied or backed-up data folder cannot be used, but this user's other programs could read both.

Nothing here ever prints, logs or raises a secret; `repr` shows the mode only.
"""

from __future__ import annotations

import hashlib
import logging
import os
from pathlib import Path
from typing import Any

import orjson

from scraper.settings import Home
from scraper.store_files import make_private_folder, sweep_abandoned
from scraper.store_lock import StoreLock
from scraper.store_place import check_place
from scraper.vault_box import Box, Tampered
from scraper.vault_command import child_environment, password_for, password_from_command, quiet_helpers
from scraper.vault_files import (
    PASSPHRASE_VARIABLE,
    Description,
    Mode,
    VaultError,
    VaultLocked,
    VaultUndecided,
    cache_key_file,
    first_choice,
    key_in_cache,
    vault_folder,
    write_private,
)
from scraper.vault_keychain import SERVICE, Keychain, check_keychain

__all__ = [
    "SERVICE",
    "Mode",
    "Vault",
    "VaultError",
    "VaultLocked",
    "VaultUndecided",
    "check_keychain",
    "child_environment",
    "password_for",
    "password_from_command",
]

log = logging.getLogger("intown.vault")

TOTP = "#totp"
"""Ends the name of an authenticator's secret; no account's id holds this sign."""


class Vault:
    """The secrets of one home. Make it with `Vault.open`, or with `Vault.choose` the first time."""

    def __init__(self, home: Home, mode: Mode, box: Box, keychain: Keychain | None) -> None:
        self.mode = mode
        self._home = home
        self._folder = vault_folder(home)
        self._box = box
        self._keychain = keychain

    def __repr__(self) -> str:
        return f"<Vault {self.mode.value}>"

    @classmethod
    def open(cls, home: Home, passphrase: str | None = None) -> Vault:
        """The vault of `home`, in the mode chosen for it.

        The first time, a passphrase (given here or in INTOWN_PASSPHRASE) or INTOWN_VAULT is the user's choice;
        otherwise it is the system's keychain. Raises VaultUndecided if that is not usable, VaultLocked, VaultError.
        """
        quiet_helpers()
        passphrase = passphrase or os.environ.get(PASSPHRASE_VARIABLE) or None
        description = Description.load(vault_folder(home))
        if description is None:
            return cls.choose(home, first_choice(passphrase), passphrase)
        if description.mode is Mode.KEYCHAIN:
            keychain = Keychain.find(description.id)
            return cls(home, description.mode, Box(keychain.session_key()), keychain)
        if description.mode is Mode.SESSIONS_ONLY:
            return cls(home, description.mode, Box(key_in_cache(home)), None)
        return cls(home, description.mode, Box(description.key(passphrase)), None)

    @classmethod
    def choose(cls, home: Home, mode: Mode, passphrase: str | None = None) -> Vault:
        """Set the mode of `home`, once. Raises VaultError if there is a vault already or the mode is not possible."""
        folder = vault_folder(home)
        check_place(folder)
        with _lock(folder).held():
            if Description.load(folder) is not None:
                raise VaultError("There is a vault already; `intown forget-everything` removes it.")
            description, key = Description.fresh(mode, passphrase)
            keychain = None
            if mode is Mode.KEYCHAIN:
                keychain = Keychain.find(description.id)
                key = keychain.session_key()
            description.save(folder)
        return cls(home, mode, Box(key or key_in_cache(home)), keychain)

    # --- passwords

    def password(self, account_id: str) -> str | None:
        """The account's password, None if there is none. Raises VaultLocked if the keychain was locked since."""
        if self._keychain:
            return self._keychain.get(account_id)
        return self._passwords().get(account_id)

    def set_password(self, account_id: str, password: str) -> None:
        """Keep the account's password. Raises VaultError in the mode that keeps none."""
        if self.mode is Mode.SESSIONS_ONLY:
            raise VaultError("Your vault keeps web sessions only, no passwords; sign in with `intown login`.")
        if self._keychain:
            self._remember(account_id)  # first, so that `forget_all` finds it whatever happens
            self._keychain.set(account_id, password)
            return
        with _lock(self._folder).held():
            self._seal_passwords({**self._passwords(), account_id: password})

    def totp(self, account_id: str) -> str | None:
        """The secret of the account's authenticator (scraper/totp.py), None if there is none."""
        return self.password(account_id + TOTP)

    def set_totp(self, account_id: str, secret: str) -> None:
        """Keep the secret of the account's authenticator. Raises VaultError in the mode that keeps none."""
        self.set_password(account_id + TOTP, secret)

    def forget_totp(self, account_id: str) -> None:
        """Remove the secret of the account's authenticator and keep its password."""
        self._forget_secrets({account_id + TOTP})

    def forget(self, account_id: str) -> None:
        """Remove the account's password, its authenticator's secret and its web session."""
        self._forget_secrets({account_id, account_id + TOTP})
        self.forget_session(account_id)

    def _forget_secrets(self, names: set[str]) -> None:
        if self._keychain:
            for name in names:
                self._keychain.delete(name)
        elif self.mode is Mode.PASSPHRASE:
            with _lock(self._folder).held():
                others = {key: value for key, value in self._passwords().items() if key not in names}
                self._seal_passwords(others)

    def forget_all(self) -> None:
        """Remove every password, web session and key, and the choice of the mode. The vault is then unusable."""
        if self._keychain:
            for account_id in self._remembered():
                self._keychain.delete(account_id)
            self._keychain.delete("", "key")
        ours = ("accounts.json", "vault.json")
        for path in (*self._folder.glob("*.sealed"), *(self._folder / name for name in ours)):
            path.unlink(missing_ok=True)
        cache_key_file(self._home).unlink(missing_ok=True)

    # --- web sessions

    def session(self, account_id: str) -> dict[str, Any] | None:
        """The account's web session (cookies and storages, as the browser gave them), None if there is none.

        A file that was changed or belongs to another account counts as none; that is logged.
        """
        try:
            return self._box.open(self._session_file(account_id), f"session {account_id}")
        except Tampered:
            log.warning("The saved web session of %s cannot be read; a new sign-in is needed.", account_id)
            return None

    def save_session(self, account_id: str, session: dict[str, Any]) -> None:
        """Keep the account's web session, sealed. Raises StoreError if the disk refuses."""
        sweep_abandoned(self._folder)
        self._box.seal(self._session_file(account_id), f"session {account_id}", session)

    def forget_session(self, account_id: str) -> None:
        """Remove the account's web session and keep its password."""
        self._session_file(account_id).unlink(missing_ok=True)

    # --- files

    def _session_file(self, account_id: str) -> Path:
        # Hashed: an id can be anything, and a listing of the folder should not say where somebody applied.
        return self._folder / f"session-{hashlib.sha256(account_id.encode()).hexdigest()[:24]}.sealed"

    def _passwords(self) -> dict[str, str]:
        try:
            return dict(self._box.open(self._folder / "passwords.sealed", "passwords") or {})
        except Tampered:
            raise VaultError(
                "The file with your passwords was damaged; restore it, or set the passwords anew after "
                "`intown forget-everything`."
            ) from None

    def _seal_passwords(self, passwords: dict[str, str]) -> None:
        self._box.seal(self._folder / "passwords.sealed", "passwords", passwords)

    def _remembered(self) -> list[str]:
        """The accounts with a password in the keychain, which cannot list its entries itself."""
        try:
            return list(orjson.loads((self._folder / "accounts.json").read_bytes()))
        except FileNotFoundError:
            return []

    def _remember(self, account_id: str) -> None:
        with _lock(self._folder).held():
            known = {*self._remembered(), account_id}
            write_private(self._folder / "accounts.json", orjson.dumps(sorted(known)))


def _lock(folder: Path) -> StoreLock:
    make_private_folder(folder)
    return StoreLock(folder / "vault.json", wait=30.0)
