"""How a vault is described in its folder: which mode, and how its key is found.

`vault.json` holds nothing secret: the mode, a random id that tells the keychain entries of two homes apart, and
for a passphrase the salt and a sealed check word. It is written in one step, so a vault exists whole or not.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken

from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store_files import explained, make_private_folder, write_durably
from scraper.vault_box import Derivation, fresh_key

PASSPHRASE_VARIABLE = "INTOWN_PASSPHRASE"  # noqa: S105 - the name of a variable
MODE_VARIABLE = "INTOWN_VAULT"
SHORTEST_PASSPHRASE = 8
CHECK_WORD = b"InTown vault"


class Mode(StrEnum):
    """Where passwords and the key of the web sessions are."""

    KEYCHAIN = "keychain"
    PASSPHRASE = "passphrase"  # noqa: S105 - the name of a mode
    SESSIONS_ONLY = "sessions_only"


class VaultError(InTownError):
    """The vault could not do it; the sentence says what the user can do."""


class VaultLocked(VaultError):
    """The keychain is locked or absent right now, or the passphrase is missing or wrong."""


class VaultUndecided(VaultError):
    """No keychain that can be trusted, and the user has not yet chosen another way."""


@dataclass(frozen=True, slots=True)
class Description:
    """What `vault.json` says."""

    mode: Mode
    id: str
    scrypt: dict[str, Any] | None = None
    check: str = ""

    @classmethod
    def load(cls, folder: Path) -> Description | None:
        """The description of the vault in `folder`, None before one was made. Raises VaultError if it is damaged."""
        path = folder / "vault.json"
        try:
            data = orjson.loads(path.read_bytes())
            return cls(Mode(data["mode"]), str(data["id"]), data.get("scrypt"), str(data.get("check", "")))
        except FileNotFoundError:
            if any(folder.glob("*.sealed")):
                raise VaultError(
                    f"{path} is gone, and with it the way to open what is sealed beside it. {_RESTORE}"
                ) from None
            return None
        except OSError as error:
            raise explained(error, path) from error
        except (ValueError, KeyError, TypeError):
            raise VaultError(f"{path} is damaged. {_RESTORE}") from None

    def save(self, folder: Path) -> None:
        data = {
            "version": 1,
            "mode": self.mode.value,
            "id": self.id,
            "scrypt": self.scrypt,
            "check": self.check,
        }
        write_private(folder / "vault.json", orjson.dumps(data))

    @classmethod
    def fresh(cls, mode: Mode, passphrase: str | None) -> tuple[Description, bytes | None]:
        """A new description, and the key if it follows from the passphrase."""
        home_id = secrets.token_hex(8)
        if mode is not Mode.PASSPHRASE:
            return cls(mode, home_id), None
        if not passphrase or len(passphrase) < SHORTEST_PASSPHRASE:
            raise VaultError(f"A passphrase needs at least {SHORTEST_PASSPHRASE} characters.")
        derivation = Derivation.fresh()
        key = derivation.key(passphrase)
        return cls(mode, home_id, derivation.to_json(), Fernet(key).encrypt(CHECK_WORD).decode()), key

    def key(self, passphrase: str | None) -> bytes:
        """The key that follows from the passphrase. Raises VaultLocked if it is missing or wrong."""
        if not passphrase:
            raise VaultLocked(
                f"Your vault needs its passphrase: set {PASSPHRASE_VARIABLE}, or type it when asked."
            )
        try:
            key = Derivation.from_json(self.scrypt or {}).key(passphrase)
        except (KeyError, ValueError, TypeError):
            raise VaultError(f"The description of your vault is damaged. {_RESTORE}") from None
        try:
            Fernet(key).decrypt(self.check)
        except InvalidToken:
            raise VaultLocked("The passphrase of your vault is wrong.") from None
        return key


_RESTORE = "Restore it from a backup of your own, or begin anew with `intown forget-everything`."


def first_choice(passphrase: str | None) -> Mode:
    """What the user chose before there is a vault: by a variable, by giving a passphrase, else the keychain."""
    wanted = os.environ.get(MODE_VARIABLE)
    if wanted:
        try:
            return Mode(wanted)
        except ValueError:
            known = ", ".join(mode.value for mode in Mode)
            raise VaultError(f"{MODE_VARIABLE} must be one of: {known}.") from None
    return Mode.PASSPHRASE if passphrase else Mode.KEYCHAIN


def vault_folder(home: Home) -> Path:
    """Where the sealed files are."""
    return home.data / "vault"


def cache_key_file(home: Home) -> Path:
    """The key of the mode `sessions_only`: in the cache, which backups leave out, apart from what it opens."""
    return home.cache / "session.key"


def key_in_cache(home: Home) -> bytes:
    """That key, made when first asked for."""
    path = cache_key_file(home)
    try:
        return path.read_bytes()
    except FileNotFoundError:
        key = fresh_key()
        write_private(path, key)
        return key
    except OSError as error:
        raise explained(error, path) from error


def write_private(path: Path, content: bytes) -> None:
    """Write a file of the vault, 0600 from its creation. Raises StoreError if the disk refuses."""
    try:
        make_private_folder(path.parent)
        write_durably(path, [content])
    except OSError as error:
        raise explained(error, path) from error
