"""The store's file: read with a cache, committed as a whole, and brought in order when it is damaged or older.

Knows nothing of TinyDB; `scraper/store.py` puts it behind TinyDB's Storage.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path

from scraper.store_backups import Backups
from scraper.store_files import (
    StoreError,
    explained,
    make_private_folder,
    read_whole,
    replace,
    sweep,
    sync_folder,
    temporary_name,
    write_synced,
)
from scraper.store_format import Damaged, Schema, State, Tables, decode, encode
from scraper.store_lock import StoreLock
from scraper.store_place import check_place

log = logging.getLogger("intown.store")

Key = tuple[int, int, int]
Clock = Callable[[], datetime]


class DiskFile:
    """One store file. `load` gives the last commit of any process; `commit` makes a new one, under the lock.

    The parsed content is kept while the file's (inode, size, mtime) stay the same, and dropped on any error.
    """

    def __init__(self, path: Path, schema: Schema, wait: float, clock: Clock) -> None:
        self.path = Path(os.path.realpath(path))  # a symlink must stay one: replace what it points to
        self.lock = StoreLock(self.path, wait)
        self.backups = Backups(self.path)
        self._schema = schema
        self._clock = clock
        self._cached: tuple[Key, State] | None = None
        self._loading = threading.Lock()
        self._ready = False

    # --- reading

    def load(self) -> State:
        """The last commit. Brings a damaged or older file in order first, for which it takes the lock."""
        try:
            return self._load()
        except (Damaged, _Older):
            if self.lock.mine:
                return self._put_in_order()
            with self.locked():
                return self.load()
        except OSError as error:
            raise explained(error, self.path) from error

    def _load(self) -> State:
        """Raises Damaged or _Older for a file that must be brought in order, StoreNewer for one that must not."""
        cached = self._cached
        if cached and cached[0] == self._key():
            return cached[1]
        with self._loading:  # several threads of the server: parse once
            cached = self._cached
            if cached and cached[0] == self._key():
                return cached[1]
            self._cached = None
            return self._parse()

    def _key(self) -> Key | None:
        try:
            return _key_of(os.stat(self.path))
        except FileNotFoundError:
            return None

    def _parse(self) -> State:
        try:
            data, stat = read_whole(self.path)
        except FileNotFoundError:
            if self.backups.any():
                raise Damaged("it is gone") from None
            return State(schema_version=self._schema.version)
        if not data and not self.backups.any():
            return State(schema_version=self._schema.version)  # made by `touch`, never written by us
        state = decode(data, self._schema.version)
        if state.schema_version < self._schema.version:
            raise _Older
        self._cached = (_key_of(stat), state)
        return state

    def forget(self) -> None:
        """Drop the parsed content, so that the next read comes from the disk."""
        self._cached = None

    # --- writing

    @contextlib.contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the lock; on the first time make the folder, check its place, and sweep what killed writers left."""
        if not self._ready:
            check_place(self.path.parent)
            with explaining(self.path):
                make_private_folder(self.path.parent)
        with self.lock.held():
            if not self._ready:
                with explaining(self.path):
                    sweep(self.path)
                self._ready = True
            yield

    def commit(self, tables: Tables) -> None:
        """Make `tables` the next generation; only for the holder of the lock. Returns when it is on the disk.

        On an error the file is as before, or (where only the last sync failed) as wanted; never another.
        """
        if not self.lock.mine:
            raise RuntimeError("the store was written without its lock")
        before = self._cached[1].generation if self._cached else self.load().generation
        self._commit(tables, before + 1)

    def _commit(self, tables: Tables, generation: int, *, keep_day: bool = True) -> None:
        now = self._clock()
        state = State(generation, tables, now.isoformat(), self._schema.version)
        self.forget()
        try:
            parts = encode(state)
        except TypeError as error:
            raise StoreError("A document is nested too deeply to be stored; nothing was kept.") from error
        temporary = temporary_name(self.path)
        first = not self.path.exists()
        with explaining(self.path):
            try:
                write_synced(temporary, parts)
                if not first:
                    self.backups.keep(temporary, generation, now if keep_day else None)
                stat = os.stat(temporary)
                replace(temporary, self.path)
            except BaseException:
                temporary.unlink(missing_ok=True)
                self.backups.drop(generation)
                raise
            sync_folder(self.path.parent)
            if (
                first
            ):  # a kept copy without a main file would look like damage, so the main file is certain first
                self.backups.keep(self.path, generation, None)
        self._cached = (_key_of(stat), state)

    def put_back(self, kept: Path) -> None:
        """Make the content of a kept file the next generation; only for the holder of the lock.

        What was there until now stays among the kept ones. Raises StoreError if the kept file is damaged.
        """
        with explaining(self.path):
            try:
                state = decode(read_whole(kept)[0], self._schema.version)
            except Damaged as damage:
                raise StoreError(f"{kept} cannot be restored: {damage}.") from None
        self.commit(dict(self._schema.migrate(state.tables, state.schema_version)))

    # --- bringing in order

    def _put_in_order(self) -> State:
        """Under the lock: restore a damaged file or migrate an older one; then load again."""
        self.forget()
        with explaining(self.path):
            try:
                return self._load()  # another process may have done it meanwhile
            except _Older:
                self._migrate()
            except Damaged as damage:
                self._restore(str(damage))
        return self._load()

    def _migrate(self) -> None:
        state = decode(read_whole(self.path)[0], self._schema.version)
        tables = self._schema.migrate(state.tables, state.schema_version)
        self.backups.keep_before_migration(self._schema.version, self._clock())
        self._commit(tables, state.generation + 1)

    def _restore(self, damage: str) -> None:
        now = self._clock()
        found = self.backups.newest_good(self._schema.version)
        aside = self.backups.set_aside(now) if self.path.exists() else None
        state, copy = found or (State(schema_version=self._schema.version), None)
        tables = dict(self._schema.migrate(state.tables, state.schema_version))
        notice = {
            "at": now.isoformat(),
            "kind": "restored" if copy else "set_aside",
            "text": _damage_sentence(damage, state if copy else None, aside),
            "damaged_file": str(aside or ""),
        }
        log.info("%s", notice["text"])  # people are told by the notice, in every command and in the popup
        tables["notices"] = {**tables.get("notices", {}), f"damage-{now.isoformat()}": notice}
        generation = max(state.generation, self.backups.highest_generation()) + 1
        self._commit(tables, generation, keep_day=False)  # what stands there now is no beginning of a day


class _Older(Exception):
    """The file has an older schema and must be migrated."""


def _key_of(stat: os.stat_result) -> Key:
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns)


@contextlib.contextmanager
def explaining(path: Path) -> Iterator[None]:
    """Turn an error of the system into one sentence for a person; the error itself stays its cause."""
    try:
        yield
    except OSError as error:
        raise explained(error, path) from error


def _damage_sentence(damage: str, state: State | None, aside: Path | None) -> str:
    set_aside = f" The damaged file was kept as {aside}." if aside else ""
    if state is None:
        return (
            f"The file with your data was damaged ({damage}) and no good copy of it exists, so InTown began "
            f"anew.{set_aside}"
        )
    when = state.saved_at[:16].replace("T", " ")
    return (
        f"The file with your data was damaged ({damage}) and was restored as it was on {when}; what was changed "
        f"after that may be missing.{set_aside}"
    )
