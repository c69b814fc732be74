"""What reading a page may change in the store, and what it may not.

A page can be cut off, signed out, half loaded or simply misread. So: rows add and update, nothing is ever
deleted; every change of a status is appended with the moment it was first seen; an application that is missing
becomes `listed: false` only after three complete reads over 72 hours; what the user corrected stays corrected.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from typing import Any, Protocol

from scraper.model import ENDED, Application, Confidence, ParsedPage, Stage, StatusChange
from scraper.store_format import Document
from scraper.store_rows import are_whole, says_anything, valid_rows

MISSES_NEEDED = 3
MISSING_FOR = timedelta(hours=72)
BETWEEN_MISSES = timedelta(hours=12)
"""Reads closer together than this count once: pressing "sync now" five times is one look at the portal."""
FLAP = timedelta(hours=72)
"""A status that comes back within this time is flapping: kept in the history, not news."""
CLOCK_WAS_WRONG = timedelta(days=30)
"""A stored moment this far ahead of a new one came from a wrong clock; it must not freeze the application."""


class Changes(Protocol):
    """The part of a store's transaction that the rules need."""

    def get(self, table: str, key: str) -> Document | None: ...
    def all(self, table: str) -> dict[str, Document]: ...
    def put(self, table: str, key: str, document: Mapping[str, Any]) -> None: ...


class Transactional(Protocol):
    """A store, as far as the rules need it."""

    def transaction(self) -> AbstractContextManager[Changes]: ...


@dataclass(frozen=True, slots=True)
class Recorded:
    """What one reading did: keys of new applications, status changes, keys seen.

    `flapping` are keys among the changes whose status only came back to what it was within 72 hours; they are
    in the history, but no reason to alarm anybody. `not_listed` are those given up as gone by this reading.
    """

    new: tuple[str, ...] = ()
    changed: tuple[StatusChange, ...] = ()
    seen: tuple[str, ...] = ()
    flapping: tuple[str, ...] = ()
    not_listed: tuple[str, ...] = ()


def record_page(
    store: Transactional,
    account_id: str | None,
    page: ParsedPage | Sequence[ParsedPage],
    *,
    seen_at: datetime,
    complete: bool,
) -> Recorded:
    """Record one account's result (all its pages) in one transaction.

    `account_id` is None for a page the user clicked on. `seen_at` is aware. `complete` is the caller's positive
    proof that the pages are the whole list; it is doubted where a page itself says otherwise. Raises StoreError.
    """
    pages = (page,) if isinstance(page, ParsedPage) else tuple(page)
    if not says_anything(pages, complete=complete and account_id is not None):
        return Recorded()  # nothing to write: nobody has to wait for the disk
    with store.transaction() as tx:
        return record_in(tx, account_id, pages, seen_at=seen_at, complete=complete)


def record_in(
    tx: Changes,
    account_id: str | None,
    pages: Sequence[ParsedPage],
    *,
    seen_at: datetime,
    complete: bool,
) -> Recorded:
    """The same within a transaction that is open already."""
    if seen_at.tzinfo is None:
        raise ValueError("seen_at must have a time zone")
    reading = _Reading(tx, account_id, seen_at)
    rows = valid_rows(pages)
    sound = valid_rows(page for page in pages if not page.damaged)
    for key, application in rows.items():
        reading.see(sound.get(key, application), damaged=key not in sound)
    if complete and account_id is not None and are_whole(pages):
        reading.miss_others(rows)
    return reading.result()


class _Reading:
    """One reading at work in one transaction."""

    def __init__(self, tx: Changes, account_id: str | None, seen_at: datetime) -> None:
        self._tx = tx
        self._account = account_id
        self._at = seen_at
        self._new: list[str] = []
        self._changed: list[StatusChange] = []
        self._seen: list[str] = []
        self._flapping: list[str] = []
        self._gone: list[str] = []

    def see(self, row: Application, *, damaged: bool = False) -> None:
        """Add or update the application of one valid row; one on a damaged page proves only that it is listed."""
        self._seen.append(row.key)
        old = self._tx.get("applications", row.key)
        if old is None:
            self._new.append(row.key)
            self._tx.put("applications", row.key, self._first(row))
            return
        if self._out_of_date(old):
            self._tx.put("applications", row.key, self._seen_earlier(old))
            return
        self._tx.put("applications", row.key, self._listed(old) if damaged else self._updated(old, row))

    def _listed(self, old: Document) -> Document:
        seen = {"last_seen": self._at.isoformat(), "listed": True, "misses": 0, "missed_at": None}
        return {**old, **seen, "account": self._account or old["account"]}

    def _first(self, row: Application) -> Document:
        at = self._at.isoformat()
        return {
            **_fields(row),
            "key": row.key,
            "account": self._account,
            "first_seen": at,
            "last_seen": at,
            "changed_at": at,
            "change_count": 0,
            "listed": True,
            "misses": 0,
            "missed_at": None,
        }

    def _out_of_date(self, old: Document) -> bool:
        """A page captured before the one last recorded (sent late) must not turn a status back."""
        ahead = datetime.fromisoformat(old["last_seen"]) - self._at
        return timedelta(0) < ahead < CLOCK_WAS_WRONG

    def _seen_earlier(self, old: Document) -> Document:
        first = min(datetime.fromisoformat(old["first_seen"]), self._at)
        return {**old, "first_seen": first.isoformat(), "account": self._account or old["account"]}

    def _updated(self, old: Document, row: Application) -> Document:
        read = {name: value for name, value in _fields(row).items() if value not in ("", None)}
        new = {**self._listed(old), **read}
        _keep_corrected_company(old, new, row)
        self._apply_status(old, new, row)
        return new

    def _apply_status(self, old: Document, new: Document, row: Application) -> None:
        """Decide what the row says about the status; a blank cell or an unreadable one says nothing."""
        status = ("status_raw", "stage", "confidence")
        if not row.status_raw.strip() and row.stage is Stage.UNKNOWN:
            new.update({name: old[name] for name in status})
            return
        if not old["status_raw"].strip() and old["stage"] == Stage.UNKNOWN:
            return  # read for the first time: what it was before is not known, so nothing is known to have changed
        same_text = _same_text(old["status_raw"], row.status_raw)
        if same_text and (row.stage is Stage.UNKNOWN or old.get("stage_corrected")):
            new.update({name: old[name] for name in status[1:]})
            return
        if same_text and not _crossed(Stage(old["stage"]), row.stage):
            return  # our own vocabulary has become better; the portal said nothing new
        new["stage_corrected"] = None
        self._append(old, new, row)

    def _append(self, old: Document, new: Document, row: Application) -> None:
        change = StatusChange(
            key=row.key,
            title=new["title"],
            company=new["company"],
            requisition=new["requisition"],
            old_status=old["status_raw"],
            old_stage=Stage(old["stage"]),
            new_status=new["status_raw"],
            new_stage=Stage(new["stage"]),
            seen_at=self._at,
        )
        number = int(old.get("change_count", 0)) + 1
        last = self._tx.get("changes", f"{row.key}#{number - 1}")
        if last and self._came_back(last, change):
            self._flapping.append(row.key)
        # When the old status was last seen: the change lies between the two moments.
        entry = {**asdict(change), "old_last_seen": old["last_seen"]}
        self._tx.put("changes", f"{row.key}#{number}", entry)
        new["change_count"] = number
        new["changed_at"] = self._at.isoformat()
        self._changed.append(change)

    def _came_back(self, last: Document, change: StatusChange) -> bool:
        recent = self._at - datetime.fromisoformat(last["seen_at"]) < FLAP
        return recent and _same_text(last["old_status"], change.new_status)

    def miss_others(self, rows: Mapping[str, Application]) -> None:
        """After a whole list: count a miss for the account's applications that were not on it."""
        for key, document in self._tx.all("applications").items():
            if document["account"] != self._account or key in rows or not document["listed"]:
                continue
            missed = self._missed(document)
            if missed != document:
                self._tx.put("applications", key, missed)
            if not missed["listed"]:
                self._gone.append(key)

    def _missed(self, document: Document) -> Document:
        before = document.get("missed_at")
        if before and self._at - datetime.fromisoformat(before) < BETWEEN_MISSES:
            return document
        misses = document["misses"] + 1
        unseen = self._at - datetime.fromisoformat(document["last_seen"])
        listed = misses < MISSES_NEEDED or unseen < MISSING_FOR
        return {**document, "misses": misses, "missed_at": self._at.isoformat(), "listed": listed}

    def result(self) -> Recorded:
        return Recorded(
            tuple(self._new),
            tuple(self._changed),
            tuple(self._seen),
            tuple(self._flapping),
            tuple(self._gone),
        )


_FIELDS = tuple(field.name for field in fields(Application))


def _fields(row: Application) -> Document:
    # By name and not by `asdict`, which copies every value deeply: half the time of recording a page.
    document = {name: getattr(row, name) for name in _FIELDS}
    document["applied_on"] = row.applied_on.isoformat() if row.applied_on else None
    return document


def _keep_corrected_company(old: Document, new: Document, row: Application) -> None:
    """The user's employer name stays; the portal's own text is kept beside it."""
    if not old.get("company_corrected"):
        return
    new["company"] = old["company"]
    if row.company:
        new["company_read"] = row.company


def _same_text(one: str, other: str) -> bool:
    return " ".join(one.split()).casefold() == " ".join(other.split()).casefold()


def _crossed(old: Stage, new: Stage) -> bool:
    """The same words in another list: moved between the live and the ended ones, which is a change."""
    return Stage.UNKNOWN not in (old, new) and (old in ENDED) != (new in ENDED)


def correct(tx: Changes, key: str, *, stage: Stage | None = None, company: str | None = None) -> Document:
    """Apply the user's correction to one application; later readings keep it. Raises KeyError if unknown.

    A corrected stage holds for the status text it was made for; when the portal's text changes, the new text
    counts. It is no status change: the portal said nothing new.
    """
    document = tx.get("applications", key)
    if document is None:
        raise KeyError(key)
    if stage is not None:
        document.update(stage=stage.value, confidence=Confidence.SURE.value, stage_corrected=True)
    if company is not None:
        document.setdefault("company_read", document["company"])
        document.update(company=company, company_corrected=True)
    tx.put("applications", key, document)
    return document
