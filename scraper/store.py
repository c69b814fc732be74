"""Everything InTown knows, in one file that loses nothing. The ONLY module importing tinydb.

Two processes write here, the nightly sync and the server. Stock TinyDB destroys such a file; ours keeps it by
taking a lock across processes around the whole read-change-write, and by writing beside, syncing, and replacing:

    store = Store(Home.find().store)
    with store.transaction() as tx:      # returns only when the change is on the disk; on an error nothing changed
        tx.put("trips", "t1", {"city": "Cleveland"})
    store.read().get("trips", "t1")      # no lock: the last commit of any process

Documents are plain JSON dictionaries with our own text keys. Reading costs nothing while the file is unchanged:
the parsed content is kept, recognised by (inode, size, mtime), and dropped on any error.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

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
from scraper.store_format import Damaged, Document, Schema, State, StoreNewer, Tables, cleaned, decode, encode
from scraper.store_history import Recorded, correct, record_page
from scraper.store_lock import StoreBusy, StoreLock
from scraper.store_place import PlaceRefused, check_place

__all__ = [
    "TABLES",
    "PlaceRefused",
    "Recorded",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoreNewer",
    "Transaction",
    "View",
    "correct",
    "record_page",
    "where",
]

TABLES = (
    "applications",
    "changes",
    "accounts",
    "runs",
    "trips",
    "asks",
    "recruiters",
    "tokens",
    "settings",
    "corrections",
    "places",
    "notes",
    "notices",
)
"""The tables there are; any other name is a mistake in the program and raises KeyError."""

LOCK_WAIT = 30.0
"""Seconds to wait for another writer; one write takes milliseconds, so a longer wait means it hangs."""

Key = tuple[int, int, int]
Clock = Callable[[], datetime]


def _now() -> datetime:
    return datetime.now().astimezone()


class _KeyedTable(Table):
    """A TinyDB table whose ids are our own keys, working on the storage's rows without converting all of them."""

    document_id_class = str  # type: ignore[assignment]  # TinyDB declares int but documents that it may be changed

    def rows(self) -> dict[str, Any]:
        """The raw rows by key; shared, never to be changed."""
        return self._read_table()

    def put(self, key: str, document: Document) -> None:
        """Insert or replace the document under `key`."""
        self._update_table(lambda rows: rows.__setitem__(key, document))

    def drop(self, key: str) -> None:
        """Remove the document under `key`, if there is one."""
        self._update_table(lambda rows: rows.pop(key, None))

    def _update_table(self, updater: Callable[[dict[Any, Any]], Any]) -> None:
        storage = self._storage
        assert isinstance(storage, _Staging)
        updater(storage.own(self.name))


class _Database(TinyDB):
    table_class = _KeyedTable

    def keyed(self, name: str) -> _KeyedTable:
        """The table `name`. Without TinyDB's query cache, which would go on giving another process's old rows."""
        if name not in TABLES:
            raise KeyError(f"no table {name!r} in the store")
        table = self.table(name, cache_size=0)
        assert isinstance(table, _KeyedTable)
        return table


class _Staging(Storage):
    """The tables of one view or transaction, in memory. A table is copied (not its rows) before its first change."""

    def __init__(self, tables: Tables) -> None:
        self._tables = dict(tables)
        self.changed: set[str] = set()

    def read(self) -> Tables:
        return self._tables

    def write(self, data: Tables) -> None:
        self._tables = dict(data)
        self.changed.update(data)

    def own(self, name: str) -> dict[str, Document]:
        """The rows of `name`, now belonging to this staging alone."""
        if name not in self.changed:
            self._tables[name] = dict(self._tables.get(name, {}))
            self.changed.add(name)
        return self._tables[name]


class _File(Storage):
    """TinyDB's storage on the disk: `read` gives the last commit of any process, `write` commits a new one."""

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

    def read(self) -> Tables:
        return self.load().tables

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
            with _explaining(self.path):
                make_private_folder(self.path.parent)
        with self.lock.held():
            if not self._ready:
                with _explaining(self.path):
                    sweep(self.path)
                self._ready = True
            yield

    def write(self, data: Tables) -> None:
        """Commit `data` as the next generation; only for the holder of the lock. Returns when it is on the disk."""
        if not self.lock.mine:
            raise RuntimeError("the store was written without its lock")
        before = self._cached[1].generation if self._cached else self.load().generation
        self._commit(data, before + 1)

    def _commit(self, tables: Tables, generation: int) -> None:
        now = self._clock()
        state = State(generation, tables, now.isoformat(), self._schema.version)
        self.forget()
        try:
            parts = encode(state)
        except TypeError as error:
            raise StoreError("A document is nested too deeply to be stored; nothing was kept.") from error
        temporary = temporary_name(self.path)
        first = not self.path.exists()
        with _explaining(self.path):
            try:
                write_synced(temporary, parts)
                if not first:
                    self.backups.keep(temporary, generation, now)
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
                self.backups.keep(self.path, generation, now)
        self._cached = (_key_of(stat), state)

    # --- bringing in order

    def _put_in_order(self) -> State:
        """Under the lock: restore a damaged file or migrate an older one; then load again."""
        self.forget()
        with _explaining(self.path):
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
        tables["notices"] = {**tables.get("notices", {}), f"damage-{now.isoformat()}": notice}
        self._commit(tables, max(state.generation, self.backups.highest_generation()) + 1)


class _Older(Exception):
    """The file has an older schema and must be migrated."""


def _key_of(stat: os.stat_result) -> Key:
    return (stat.st_ino, stat.st_size, stat.st_mtime_ns)


@contextlib.contextmanager
def _explaining(path: Path) -> Iterator[None]:
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


class View:
    """The state of one commit. It never changes, whatever others write meanwhile."""

    def __init__(self, tables: Tables) -> None:
        self._staging = _Staging(tables)
        self._db = _Database(storage=lambda: self._staging)

    def get(self, table: str, key: str) -> Document | None:
        """The document under `key`, as a copy of your own, or None."""
        document = self._db.keyed(table).rows().get(key)
        return None if document is None else cleaned(document)

    def all(self, table: str) -> dict[str, Document]:
        """Every document of `table` by key. The documents are shared: read them, never change them."""
        return dict(self._db.keyed(table).rows())

    def search(self, table: str, condition: QueryLike) -> list[tuple[str, Document]]:
        """(key, document) of those that fit a TinyDB query, for example `where("city") == "Cleveland"`."""
        return [(str(found.doc_id), dict(found)) for found in self._db.keyed(table).search(condition)]


class Transaction(View):
    """A view with changes of its own; they become everybody's together, when the `with` block ends well."""

    def put(self, table: str, key: str, document: Mapping[str, Any]) -> None:
        """Store a copy of `document` under `key`, in place of the one before. Raises TypeError for non-data."""
        (clean_key,) = cleaned({key: None})
        self._db.keyed(table).put(clean_key, cleaned(document))

    def remove(self, table: str, key: str) -> None:
        """Remove the document under `key`; nothing happens if there is none."""
        if key in self._db.keyed(table).rows():
            self._db.keyed(table).drop(key)

    @property
    def changes(self) -> Tables | None:
        """All tables with the changes applied, or None if nothing was changed."""
        return self._staging.read() if self._staging.changed else None


class Store:
    """The data of one person. Cheap to make: nothing is locked or read before first use. Safe between threads.

    `wait` is how many seconds a writer waits for another; `schema` and `clock` are for tests.
    """

    def __init__(
        self, path: Path, *, wait: float = LOCK_WAIT, schema: Schema | None = None, clock: Clock = _now
    ) -> None:
        self._file = _File(path, schema or Schema(), wait, clock)

    @property
    def path(self) -> Path:
        """The store's file; it may not exist yet."""
        return self._file.path

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Read, change and write as one step, across all processes.

        Leaving the block normally returns when the change is synced to the disk. Leaving it by an exception
        changes nothing, in the file or in memory. Raises StoreBusy if another writer does not finish, StoreError
        if the disk refuses, PlaceRefused, StoreNewer. Not to be nested.
        """
        with self._file.locked():
            try:
                tx = Transaction(self._file.read())
                yield tx
                if (tables := tx.changes) is not None:
                    self._file.write(tables)
            except BaseException:
                self._file.forget()
                raise

    def read(self) -> View:
        """The last commit of any process, without a lock. Raises StoreError if the file cannot be read."""
        return View(self._file.read())

    @contextlib.contextmanager
    def view(self) -> Iterator[View]:
        """`read` for a `with` statement."""
        yield self.read()

    @property
    def generation(self) -> int:
        """How many commits the store has seen; grows with each."""
        return self._file.load().generation

    def notices(self) -> list[Document]:
        """What the user should be told about the store (a restored backup), oldest first, until dismissed.

        Each has `id, at, kind ("restored" | "set_aside"), text, damaged_file`.
        """
        rows = self.read().all("notices")
        return [{"id": key, **rows[key]} for key in sorted(rows)]

    def dismiss_notice(self, notice_id: str) -> None:
        """The user has seen the notice."""
        with self.transaction() as tx:
            tx.remove("notices", notice_id)
