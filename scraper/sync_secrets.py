"""What a visit takes from the vault: the web session, the password, the authenticator's code. Each is hidden from logs
and evidence from the moment it is taken.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime

from scraper.accounts import mark_code
from scraper.browser_session import WebSession
from scraper.model import Account
from scraper.outcomes import Outcome, PortalError
from scraper.store import Store
from scraper.totp import code_at
from scraper.vault import Vault, password_for


class Secrets:
    """The secrets of all accounts of a run. `vault` is None where the user has none; `hide` redacts a text."""

    def __init__(self, store: Store, vault: Vault | None, hide: Callable[[str], None]) -> None:
        self._store = store
        self._vault = vault
        self._hide = hide

    def session(self, account: Account) -> WebSession | None:
        """The saved web session, None where there is none or it cannot be opened."""
        kept = self._vault.session(account.id) if self._vault else None
        return WebSession.from_dict(kept) if kept else None

    async def save_session(self, account: Account, session: WebSession) -> None:
        """Keep the web session for the next night."""
        if self._vault is not None:
            await asyncio.to_thread(self._vault.save_session, account.id, session.to_dict())

    def password(self, account: Account) -> str:
        """The password. Raises PortalError(unknown_login) where none is kept."""
        password = password_for(account, self._vault)
        if not password:
            raise PortalError(Outcome.UNKNOWN_LOGIN, "No password is kept for this account.")
        self._hide(password)
        return password

    def code(self, account: Account) -> str:
        """The authenticator's code of now, written down as used. Raises PortalError(code_needed) without one."""
        secret = self._vault.totp(account.id) if self._vault else None
        if not secret:
            raise PortalError(Outcome.CODE_NEEDED, "The secret of the authenticator is not in the vault.")
        self._hide(secret)
        code = code_at(secret, datetime.now(UTC))
        self._hide(code.text)
        if not mark_code(self._store, account, code.window):
            raise PortalError(Outcome.CODE_NEEDED, "The authenticator's code of this moment was used before.")
        return code.text
