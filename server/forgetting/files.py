"""InTown's own files, by name. Nothing else is ever removed, and nothing through a link.

A wrong INTOWN_HOME, or a folder that somebody turned into a link, must not cost anybody a file: so there is no removing
of whole folders but of the two that only InTown fills, and a folder goes only when it is empty.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from scraper.outcomes import InTownError
from scraper.settings import Home

STORE = ("intown.json", ".intown.json.*")
KEPT = ("backups/intown-*.json", "backups/.*.tmp")
VAULT = ("vault/*.sealed", "vault/vault.json", "vault/accounts.json", "vault/.vault.json.*", "vault/.*.tmp")
NIGHTS = ("nightly.json", ".nightly.json.*.tmp", "server.json", ".server.json.*.tmp")
LOCKS = ("sync.lock", "server.lock")
CACHE = (
    "places.sqlite",
    "places.sqlite-*",
    "places.sqlite.*",
    ".places.sqlite*",
    "session.key",
    ".session.key.*.tmp",
    "intown-nightly.xml",
)
LOGS = tuple(
    f"{name}.log{more}" for name in ("sync", "server", "login", "sync-now") for more in ("", ".[0-9]")
)
TREES = ("evidence", "recordings")
"""Folders of the logs that only InTown fills, each visit and each page with files of its own."""


class Refused(InTownError):
    """Nothing is removed; the sentence says why and what to do."""


@dataclass(frozen=True, slots=True)
class Done:
    """One step: what was removed, or (not `well`) what is left and why. An empty text is not worth a line."""

    well: bool
    text: str
    keep_vault: bool = False


@dataclass(slots=True)
class OwnFiles:
    """What of InTown is in the folders of one home."""

    home: Home
    failed: list[str] = field(default_factory=list)

    @property
    def there(self) -> bool:
        """Whether there is anything."""
        return any(True for _ in self._all())

    def _all(self) -> Iterator[Path]:
        yield from self._matching(self.home.data, *STORE, *KEPT, *VAULT, *NIGHTS, *LOCKS)
        yield from self._matching(self.home.cache, *CACHE)
        yield from self._matching(self.home.logs, *LOGS, *TREES)

    def _matching(self, folder: Path, *patterns: str) -> Iterator[Path]:
        """What is there under these names. A folder on the way that is a link is itself what is found."""
        for pattern in patterns:
            inner = pattern.partition("/")[0]
            if "/" in pattern and (folder / inner).is_symlink():
                yield folder / inner
            elif folder.is_dir():
                yield from sorted(folder.glob(pattern))

    def remove(self, *, keep_vault: bool) -> list[Done]:
        """Remove all but the locks. With `keep_vault` what finds the passwords in the keychain stays."""
        data, cache, logs = self.home.data, self.home.cache, self.home.logs
        done = [
            self._group("applications, history, trips, asks, recruiters, settings", data, *STORE),
            self._group("earlier states", data, *KEPT, counted=True),
            self._group("logs, and pages kept as evidence", logs, *LOGS, *TREES),
            self._group("the index of places and other caches", cache, *CACHE)
            if not keep_vault
            else Done(True, ""),
            self._group("", data, *NIGHTS),
        ]
        if not keep_vault:
            done.insert(1, self._group("passwords, web sessions and keys in files", data, *VAULT))
        return [*done, *(Done(False, text) for text in dict.fromkeys(self.failed))]

    def remove_last(self) -> list[Done]:
        """Remove the locks, when nobody holds them any more, and the folders that are empty now."""
        self.failed = []
        self._group("", self.home.data, *LOCKS)
        for folder in self._folders():
            if folder.is_dir() and not folder.is_symlink() and not any(folder.iterdir()):
                self._try(folder, folder.rmdir)
        return [Done(False, text) for text in self.failed]

    def _folders(self) -> Iterator[Path]:
        """Inner ones first."""
        data, cache, logs = self.home.data, self.home.cache, self.home.logs
        yield from (data / "backups", data / "vault", logs, cache, data)
        if logs.parent == data.parent == cache.parent:
            yield data.parent  # INTOWN_HOME itself
        elif logs.parent.name == "intown":
            yield logs.parent

    def strangers(self) -> list[str]:
        """What else is in the folders."""
        own = {self.home.data, self.home.cache, self.home.logs}
        found = (entry for folder in own if folder.is_dir() for entry in folder.iterdir() if entry not in own)
        known = {path.parent if path.parent.name in ("backups", "vault") else path for path in self._all()}
        return sorted(str(entry) for entry in found if entry not in known)

    def _group(self, what: str, folder: Path, *patterns: str, counted: bool = False) -> Done:
        before = len(self.failed)
        paths = list(dict.fromkeys(self._matching(folder, *patterns)))
        for path in paths:
            self._remove(path)
        failed = len(self.failed) - before
        if counted:
            gone = len(paths) - failed
            return Done(True, f"{gone} {what}" if gone else "")
        return Done(True, what if paths and not failed else "")

    def _remove(self, path: Path) -> None:
        if path.is_symlink():
            target = os.path.realpath(path)
            self._try(path, path.unlink)
            self.failed.append(
                f"{target}: {path.name} was a link to it; the link is gone, and nothing behind it was touched."
            )
        elif path.is_dir():
            self._try(path, lambda: shutil.rmtree(path))  # it follows no link
        else:
            self._try(path, lambda: path.unlink(missing_ok=True))

    def _try(self, path: Path, action: Callable[[], object]) -> None:
        try:
            action()
        except OSError as error:
            self.failed.append(f"{error.filename or path} ({error.strerror or type(error).__name__}).")


def looked_over(home: Home) -> OwnFiles:
    """The files of this home. Raises Refused where the folders are links, or hold things and none of InTown's."""
    folders = (home.data, home.cache, home.logs)
    for folder in folders:
        if folder.is_symlink():
            raise Refused(
                f"{folder} is a link to {os.path.realpath(folder)}. InTown removes nothing through a link; set "
                "INTOWN_HOME to the real place, or remove it yourself."
            )
    files = OwnFiles(home)
    if not files.there and any(folder.is_dir() and any(folder.iterdir()) for folder in folders):
        raise Refused(
            f"What is in {home.data}, {home.cache} and {home.logs} is not InTown's. Look at INTOWN_HOME; nothing was "
            "removed."
        )
    return files
