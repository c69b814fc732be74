"""Where InTown's files live, and the user's settings.

`INTOWN_HOME` moves everything into one folder; without it the system's own places are used
(platformdirs): data, cache and logs apart.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import platformdirs

from scraper.outcomes import InTownError

DEFAULT_PORT = 47615
"""The server's port unless the user says otherwise. Unassigned at IANA when chosen."""


PROXIES = ("http", "https", "socks5")
"""The kinds of proxy that both the browser's gate and plain HTTP can pass through."""


class SettingsError(InTownError):
    """A setting that cannot be used; the sentence says which, and what to write instead."""


@dataclass(frozen=True, slots=True)
class Home:
    """The folders of one person's InTown. They are made, private (0700), when first asked for."""

    data: Path
    cache: Path
    logs: Path

    @classmethod
    def find(cls) -> Home:
        """The folders to use now: under `INTOWN_HOME` if set, else the system's own places."""
        moved = os.environ.get("INTOWN_HOME")
        if moved:
            root = Path(moved).expanduser().resolve()
            return cls(root / "data", root / "cache", root / "logs")
        dirs = platformdirs.PlatformDirs("intown", appauthor=False)
        return cls(dirs.user_data_path, dirs.user_cache_path, dirs.user_log_path)

    @property
    def store(self) -> Path:
        """The one file that the store keeps."""
        return self.data / "intown.json"

    def make(self) -> Home:
        """Make the folders, readable by this user only, and return self."""
        for folder in (self.data, self.cache, self.logs):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return self


@dataclass(frozen=True, slots=True)
class Network:
    """How InTown reaches the portals. Nothing here weakens TLS: hosts and certificates stay checked.

    `proxy` is a proxy as companies have them, "scheme://[user:password@]host[:port]", the scheme one of `PROXIES`;
    another raises SettingsError. `ca_file` a PEM bundle trusted in
    addition (the company's authority); `trusted_spki` the base64 SHA-256 of a leaf certificate's public key,
    because Chromium takes an extra certificate by its key and not from a file.
    """

    proxy: str = ""
    ca_file: Path | None = None
    trusted_spki: str = ""

    def __post_init__(self) -> None:
        parts = urlsplit(self.proxy)
        if self.proxy and (parts.scheme not in PROXIES or not parts.hostname):
            raise SettingsError(
                "InTown reaches the net through proxies whose address begins with "
                f"{', '.join(f'{scheme}://' for scheme in PROXIES)} and names a host; change INTOWN_PROXY."
            )

    @classmethod
    def find(cls) -> Network:
        """The settings in the environment: `INTOWN_PROXY`, `INTOWN_CA_FILE`, `INTOWN_TRUSTED_SPKI`."""
        ca_file = os.environ.get("INTOWN_CA_FILE")
        return cls(
            proxy=os.environ.get("INTOWN_PROXY", ""),
            ca_file=Path(ca_file) if ca_file else None,
            trusted_spki=os.environ.get("INTOWN_TRUSTED_SPKI", ""),
        )
