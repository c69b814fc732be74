"""Keychains for tests: one that looks like the system's own and keeps everything in memory, and bad ones."""

from __future__ import annotations

from typing import Any

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked

TRUSTED = ("keyring.backends.SecretService", "Keyring")
"""Module and class by which a system's own keychain is known."""


class Keyring(KeyringBackend):
    """An honest keychain in memory."""

    priority = 5

    def __init__(self) -> None:
        self.entries: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.entries.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.entries[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.entries[service, username]


class Forgetful(Keyring):
    """Like the null backend: takes everything and gives nothing back."""

    def get_password(self, service: str, username: str) -> str | None:
        return None


class Locked(Keyring):
    """Locked, as after a night's restart, and careless about what it says."""

    def _refuse(self, password: str = "") -> Any:
        raise KeyringLocked(f"cannot store {password!r}")

    def get_password(self, service: str, username: str) -> str | None:
        return str(self._refuse())

    def set_password(self, service: str, username: str, password: str) -> None:
        self._refuse(password)


def pretend(monkeypatch: pytest.MonkeyPatch, kind: type[KeyringBackend], module: str, name: str) -> Any:
    """Make keyring find a backend of `kind` that says it is `module.name`; returns it."""
    named = type(name, (kind,), {"__module__": module})
    backend = named()
    KeyringBackend._classes.discard(named)  # keyring registers every subclass: leave no trace for other tests
    monkeypatch.setattr(keyring, "get_keyring", lambda: backend)
    return backend
