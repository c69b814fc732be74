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
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from tinydb import TinyDB, where
from tinydb.queries import QueryLike
from tinydb.storages import Storage
from tinydb.table import Table

from scraper.store_backups import Kept
from scraper.store_disk import Clock, DiskFile
from scraper.store_files import StoreError
from scraper.store_format import Document, Schema, StoreNewer, Tables, cleaned, storable
from scraper.store_history import Recorded, correct, record_in, record_page
from scraper.store_lock import StoreBusy
from scraper.store_place import PlaceRefused

__all__ = [
    "TABLES",
    "Kept",
    "PlaceRefused",
    "Recorded",
    "Store",
    "StoreBusy",
    "StoreError",
    "StoreNewer",
    "Transaction",
    "View",
    "correct",
    "record_in",
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
    """TinyDB's storage on the disk."""

    def __init__(self, disk: DiskFile) -> None:
        self._disk = disk

    def read(self) -> Tables:
        """The last commit of any process; shared, never to be changed."""
        return self._disk.load().tables

    def write(self, data: Tables) -> None:
        """Commit; only for the holder of the lock. Returns when it is on the disk."""
        self._disk.commit(data)


class View:
    """The state of one commit. It never changes, whatever others write meanwhile."""

    def __init__(self, tables: Tables) -> None:
        self._staging = _Staging(tables)
        self._db = _Database(storage=lambda: self._staging)

    def get(self, table: str, key: str) -> Document | None:
        """The document under `key`, as a copy of your own, or None."""
        document = self._db.keyed(table).rows().get(storable(key))
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
        self._db.keyed(table).put(storable(key), cleaned(document))

    def remove(self, table: str, key: str) -> None:
        """Remove the document under `key`; nothing happens if there is none."""
        if (key := storable(key)) in self._db.keyed(table).rows():
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
        self._disk = DiskFile(path, schema or Schema(), wait, clock)
        self._file = _File(self._disk)

    @property
    def path(self) -> Path:
        """The store's file; it may not exist yet."""
        return self._disk.path

    @contextlib.contextmanager
    def transaction(self) -> Iterator[Transaction]:
        """Read, change and write as one step, across all processes.

        Leaving the block normally returns when the change is synced to the disk. Leaving it by an exception
        changes nothing, in the file or in memory. Raises StoreBusy if another writer does not finish, StoreError
        if the disk refuses, PlaceRefused, StoreNewer. Not to be nested.
        """
        with self._disk.locked():
            try:
                tx = Transaction(self._file.read())
                yield tx
                if (tables := tx.changes) is not None:
                    self._file.write(tables)
            except BaseException:
                self._disk.forget()
                raise

    def read(self) -> View:
        """The last commit of any process, without a lock. Raises StoreError if the file cannot be read."""
        return View(self._file.read())

    @property
    def generation(self) -> int:
        """How many commits the store has seen; grows with each."""
        return self._disk.load().generation

    def kept(self) -> list[Kept]:
        """The kept earlier states (the last 10, and the beginnings of 7 days), newest first."""
        return self._disk.backups.listed()

    def restore(self, kept: Path) -> None:
        """Go back to a kept state. It becomes a new commit, so that going back can be undone in the same way."""
        with self._disk.locked():
            try:
                self._disk.put_back(kept)
            except BaseException:
                self._disk.forget()
                raise

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
