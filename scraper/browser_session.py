"""A web session, and the end of a browser: what files that never load Playwright must know of one."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from scraper.outcomes import InTownError


class BrowserGone(InTownError):
    """The browser ended while it was needed: closed by hand, crashed, or out of memory."""


@dataclass(frozen=True, slots=True)
class WebSession:
    """What makes a browser signed in. Secret: kept only encrypted (scraper/vault.py), never logged.

    `storage` is Playwright's storage state (cookies, localStorage, IndexedDB), `tab_storage` the
    sessionStorage per origin, which that state leaves out. `user_agent` is sent again by plain HTTP
    reading, because some portals tie a session to it.
    """

    storage: Mapping[str, Any]
    tab_storage: Mapping[str, list[list[str]]] = field(default_factory=dict)
    user_agent: str = ""

    def only_for(self, hosts: Collection[str]) -> WebSession:
        """What belongs to these hosts alone: a borrowed browser holds the sessions of a whole life."""

        def sent_to(domain: str) -> bool:
            bare = domain.lstrip(".").lower()
            return any(host == bare or host.endswith(f".{bare}") for host in hosts)

        def belongs(origin: str) -> bool:
            return urlsplit(origin).hostname in hosts

        storage = {
            **self.storage,
            "cookies": [kept for kept in self.storage.get("cookies", ()) if sent_to(kept["domain"])],
            "origins": [kept for kept in self.storage.get("origins", ()) if belongs(kept["origin"])],
        }
        tab_storage = {origin: pairs for origin, pairs in self.tab_storage.items() if belongs(origin)}
        return WebSession(storage, tab_storage, self.user_agent)

    def to_dict(self) -> dict[str, Any]:
        return {
            "storage": dict(self.storage),
            "tab_storage": dict(self.tab_storage),
            "user_agent": self.user_agent,
        }

    @classmethod
    def from_dict(cls, kept: Mapping[str, Any]) -> WebSession:
        return cls(kept.get("storage", {}), kept.get("tab_storage", {}), kept.get("user_agent", ""))
