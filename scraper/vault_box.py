"""Sealed files: encrypted with Fernet (AES-128-CBC and HMAC-SHA-256), private, written so that a crash loses nothing."""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from cryptography.fernet import Fernet, InvalidToken

from scraper.store_files import explained, make_private_folder, write_durably

N, R, P = 2**15, 8, 3
"""scrypt's cost: 32 MB and about 0.2 s; the OWASP password sheet names it as equal to (2**17, 8, 1)."""
MEMORY = 64 * 1024 * 1024
SALT = 16


class Tampered(Exception):
    """A sealed file was changed, belongs to something else, or was sealed under another key."""


@dataclass(frozen=True, slots=True)
class Derivation:
    """How a key follows from a passphrase. Kept in clear beside what it seals; only the salt matters."""

    salt: bytes
    n: int = N
    r: int = R
    p: int = P

    @classmethod
    def fresh(cls) -> Derivation:
        return cls(secrets.token_bytes(SALT))

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Derivation:
        """Raises ValueError for costs that we never wrote: a changed file must not weaken or hang us."""
        if (data.get("n"), data.get("r"), data.get("p")) != (N, R, P):
            raise ValueError("unknown key derivation")
        return cls(base64.b64decode(data["salt"]))

    def to_json(self) -> dict[str, Any]:
        return {"salt": base64.b64encode(self.salt).decode(), "n": self.n, "r": self.r, "p": self.p}

    def key(self, passphrase: str) -> bytes:
        """The Fernet key (32 bytes, URL-safe base64)."""
        raw = hashlib.scrypt(
            passphrase.encode(), salt=self.salt, n=self.n, r=self.r, p=self.p, maxmem=MEMORY, dklen=32
        )
        return base64.urlsafe_b64encode(raw)


def fresh_key() -> bytes:
    """A random Fernet key."""
    return Fernet.generate_key()


class Box:
    """Seals JSON dictionaries into files under one key. Shows nothing of it when printed."""

    __slots__ = ("_fernet",)

    def __init__(self, key: bytes) -> None:
        self._fernet = Fernet(key)

    def seal(self, path: Path, label: str, content: dict[str, Any]) -> None:
        """Write `content` to `path`, 0600 from its creation. `label` says what it is and is checked on opening.

        Raises StoreError if the disk refuses.
        """
        sealed = self._fernet.encrypt(orjson.dumps({"label": label, "content": content}))
        try:
            make_private_folder(path.parent)
            write_durably(path, [sealed])
        except OSError as error:
            raise explained(error, path) from error

    def open(self, path: Path, label: str) -> dict[str, Any] | None:
        """The content of `path`, None if there is no such file. Raises Tampered, StoreError."""
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise explained(error, path) from error
        try:
            inside = orjson.loads(self._fernet.decrypt(data))
        except (InvalidToken, orjson.JSONDecodeError):
            raise Tampered from None
        if inside.get("label") != label:  # one account's file put in the place of another's
            raise Tampered
        content: dict[str, Any] = inside["content"]
        return content
