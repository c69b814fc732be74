"""The system's own keychain, checked before it is trusted. The ONLY module importing keyring."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Iterator

import keyring
from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, PasswordDeleteError

from scraper.vault_box import fresh_key
from scraper.vault_files import MODE_VARIABLE, PASSPHRASE_VARIABLE, Mode, VaultLocked, VaultUndecided

SERVICE = "InTown"

TRUSTED_BACKENDS = frozenset(
    {
        ("keyring.backends.SecretService", "Keyring"),
        ("keyring.backends.libsecret", "Keyring"),
        ("keyring.backends.kwallet", "DBusKeyring"),
        ("keyring.backends.kwallet", "DBusKeyringKWallet4"),
        ("keyring.backends.macOS", "Keyring"),
        ("keyring.backends.Windows", "WinVaultKeyring"),
    }
)
"""The systems' own keychains. Anything else (plaintext files, null, third parties) is refused: keyring picks a
plaintext file silently when `keyrings.alt` is installed (measured before this was written)."""

WAYS = (
    f"Choose a way yourself: set {PASSPHRASE_VARIABLE} to a passphrase that protects your passwords, or set "
    f"{MODE_VARIABLE}={Mode.SESSIONS_ONLY.value} to keep web sessions only and no passwords."
)


class Keychain:
    """One checked backend of keyring; entries are named by the home's id, so that two homes do not mix."""

    def __init__(self, backend: KeyringBackend, home_id: str) -> None:
        self.backend = backend
        self._home_id = home_id

    @classmethod
    def find(cls, home_id: str) -> Keychain:
        """The system's keychain, if it is one we trust and it gives back what it was given."""
        backend = trusted_backend()
        name, value = f"check-{secrets.token_hex(4)}", secrets.token_hex(16)
        with _calm(backend):
            backend.set_password(SERVICE, name, value)
            kept = backend.get_password(SERVICE, name)
            if kept == value:
                backend.delete_password(SERVICE, name)
        if kept != value:
            raise VaultUndecided(f"The keychain ({describe(backend)}) does not keep what it is given. {WAYS}")
        return cls(backend, home_id)

    def session_key(self) -> bytes:
        """The key of the web sessions, made when first asked for."""
        key = self.get("", "key")
        if key is None:
            key = fresh_key().decode()
            self.set("", key, "key")
        return key.encode()

    def get(self, account_id: str, kind: str = "password") -> str | None:
        with _calm(self.backend):
            return self.backend.get_password(SERVICE, self._name(account_id, kind))

    def set(self, account_id: str, value: str, kind: str = "password") -> None:
        with _calm(self.backend):
            self.backend.set_password(SERVICE, self._name(account_id, kind), value)

    def delete(self, account_id: str, kind: str = "password") -> None:
        with _calm(self.backend):
            if self.backend.get_password(SERVICE, self._name(account_id, kind)) is not None:
                self.backend.delete_password(SERVICE, self._name(account_id, kind))

    def _name(self, account_id: str, kind: str) -> str:
        return f"{self._home_id}:{kind}:{account_id}"


def check_keychain() -> str:
    """The name of the system's keychain, after it gave back what it was given. Raises VaultUndecided, VaultLocked."""
    return describe(Keychain.find("check").backend)


def trusted_backend() -> KeyringBackend:
    """The backend that keyring found, if it is on our list. Raises VaultUndecided with the reason and the ways out."""
    found = keyring.get_keyring()
    # Where several are usable keyring chains them, plaintext ones included: take the best of the trusted.
    candidates: list[KeyringBackend] = list(getattr(found, "backends", None) or [found])
    for backend in candidates:
        if (type(backend).__module__, type(backend).__name__) in TRUSTED_BACKENDS:
            return backend
    raise VaultUndecided(f"This computer offers no keychain that InTown trusts ({describe(found)}). {WAYS}")


def describe(backend: KeyringBackend) -> str:
    """The backend's name for a person."""
    return f"{type(backend).__module__}.{type(backend).__name__}"


@contextlib.contextmanager
def _calm(backend: KeyringBackend) -> Iterator[None]:
    """A keychain's own error becomes ours; its text is dropped, for it may hold what it was asked to keep."""
    try:
        yield
    except (KeyringError, PasswordDeleteError, OSError, ValueError) as error:
        raise VaultLocked(
            f"The keychain ({describe(backend)}) is locked or cannot be used now ({type(error).__name__}); sign in "
            "to your desktop and unlock it."
        ) from None
