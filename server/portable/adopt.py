"""Applications from a list beside those that portals show: what is new, and what is the same one.

They are the same when the portal's address or, at the same employer, its number agrees; or when the employer and the
position agree and both sides have only one such. Then the portal's reading counts, and the list adds what the portal
does not show: the notes, and the day of applying where it is not known. An imported application belongs to no
account, so no visit misses it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from scraper import corrections
from scraper.model import Application, PageKind, ParsedPage
from scraper.store import Store, Transaction, View, record_in
from server.asking.folding import fold
from server.asking.names import employer_key
from server.portable.merge import notes
from server.portable.rows import HOST, PORTAL, Row

Document = Mapping[str, Any]


class Fate(StrEnum):
    """What becomes of a row."""

    NEW = "new"
    KNOWN = "imported before"
    PORTAL = "read from its portal"


@dataclass(frozen=True, slots=True)
class Step:
    """One row, what becomes of it, and the key of the application it goes to."""

    row: Row
    fate: Fate
    key: str


class Twins:
    """Finds, among applications that a portal showed, the one that a row or an imported one is about."""

    def __init__(self, read: Sequence[Document], listed: Sequence[Document]) -> None:
        """`listed` are all that are to be looked up, for whether a position is the only one of its name."""
        self._by_url: defaultdict[str, list[str]] = defaultdict(list)
        self._by_number: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_name: defaultdict[tuple[str, str], list[Document]] = defaultdict(list)
        self._often: defaultdict[tuple[str, str], int] = defaultdict(int)
        for document in read:
            if url := address(document["url"]):
                self._by_url[url].append(document["key"])
            if document["requisition"]:
                self._by_number[_number(document)].append(document["key"])
            self._by_name[_name(document)].append(document)
        for document in listed:
            self._often[_name(document)] += 1

    def of(self, document: Document) -> str | None:
        """The key of the same application, or None where there is none or it is not clear which."""
        for found in (
            self._by_url.get(address(document["url"]), []) if address(document["url"]) else [],
            self._by_number.get(_number(document), []) if document["requisition"] else [],
        ):
            if len(found) == 1:
                return found[0]
        named = self._by_name.get(_name(document), [])
        if len(named) == 1 and self._often[_name(document)] == 1:
            numbers = {document["requisition"], named[0]["requisition"]} - {""}
            return str(named[0]["key"]) if len(numbers) < 2 else None
        return None


def address(url: str) -> str:
    """A job's address without what differs from click to click; "" for what is no address of one job."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path.strip("/") == "":
        return ""
    query = "&".join(
        part for part in parts.query.split("&") if part and not part.startswith(("utm_", "src=", "ref="))
    )
    return f"{parts.hostname}{parts.path.rstrip('/')}?{query}"


def _number(document: Document) -> tuple[str, str]:
    return employer_key(document["company"]), fold(document["requisition"])


def _name(document: Document) -> tuple[str, str]:
    return employer_key(document["company"]), fold(document["title"])


def _is_imported(document: Document) -> bool:
    return bool(document["portal"] == PORTAL)


def plan(view: View, rows: Sequence[Row]) -> list[Step]:
    """What would become of each row, in their order."""
    stored = view.all("applications")
    read = [document for document in stored.values() if not _is_imported(document)]
    twins = Twins(read, [_as_document(row.application) for row in rows])
    return [_step(row, stored, twins) for row in rows]


def _step(row: Row, stored: Mapping[str, Document], twins: Twins) -> Step:
    key = row.application.key
    if key in stored:
        return Step(row, Fate.KNOWN if _is_imported(stored[key]) else Fate.PORTAL, key)
    twin = twins.of(_as_document(row.application))
    return Step(row, Fate.PORTAL, twin) if twin else Step(row, Fate.NEW, key)


def _as_document(application: Application) -> dict[str, str]:
    names = ("key", "url", "requisition", "company", "title")
    return {name: str(getattr(application, name)) for name in names}


def carry_out(tx: Transaction, steps: Sequence[Step], now: datetime) -> int:
    """Write a plan; gives how many statuses changed. The rules are those of any reading: nothing is removed, every
    change of a status goes into the history, what was corrected stays."""
    rows = tuple(step.row.application for step in steps if step.fate is not Fate.PORTAL)
    page = ParsedPage(url="", host=HOST, kind=PageKind.APPLICATIONS, portal=PORTAL, applications=rows)
    recorded = record_in(tx, None, [corrections.apply(tx, page)], seen_at=now, complete=False)
    for step in steps:
        _add(tx, step)
    return len(recorded.changed)


def _add(tx: Transaction, step: Step) -> None:
    """What a portal does not show."""
    application = step.row.application
    applied_on = application.applied_on.isoformat() if application.applied_on else None
    _complete(tx, step.key, step.row.notes, applied_on)


def _complete(tx: Transaction, key: str, said: str, applied_on: str | None) -> None:
    document = tx.get("applications", key)
    assert document is not None  # it was there when planned, or was recorded a moment ago
    fuller = {**document, "applied_on": document["applied_on"] or applied_on}
    if joined := notes(document.get("notes"), said):
        fuller["notes"] = joined
    if fuller != document:
        tx.put("applications", key, fuller)


# --- what a portal shows later


def joinable(view: View) -> list[tuple[str, str]]:
    """(imported key, portal's key) of applications that a list brought and a portal shows by now."""
    stored = view.all("applications").values()
    imported = [document for document in stored if _is_imported(document)]
    if not imported:
        return []
    twins = Twins([document for document in stored if not _is_imported(document)], imported)
    return [(document["key"], twin) for document in imported if (twin := twins.of(document))]


def join_all(store: Store) -> list[tuple[str, str]]:
    """Join all that can be; gives the pairs. The lock is taken only where there is something to do."""
    if not joinable(store.read()):
        return []
    with store.transaction() as tx:
        pairs = joinable(tx)
        join(tx, pairs)
        return pairs


def join_shown(store: Store, keys: Iterable[str]) -> list[tuple[str, str]]:
    """Join all that can be, if one of these applications of a portal may be one that a list brought.

    To look through everything takes nearly half a second at ten thousand applications, so that is asked first.
    """
    return join_all(store) if _may_be_listed(store.read(), keys) else []


def _may_be_listed(view: View, keys: Iterable[str]) -> bool:
    """Whether an imported application agrees with one of these in anything by which they could be the same."""
    stored = view.all("applications")
    imported = [document for document in stored.values() if _is_imported(document)]
    if not imported:
        return False
    shown = [document for key in keys if (document := stored.get(key))]
    addresses = {address(document["url"]) for document in shown} - {""}
    employers = {employer_key(document["company"]) for document in shown}
    names = {_name(document) for document in shown}
    numbers = {_number(document) for document in shown if document["requisition"]}
    return any(
        address(document["url"]) in addresses
        or (
            employer_key(document["company"]) in employers
            and (_name(document) in names or _number(document) in numbers)
        )
        for document in imported
    )


def join(tx: Transaction, pairs: Sequence[tuple[str, str]]) -> None:
    """Make one application of each pair: the portal's, with the list's notes, and what was linked to the other.

    What the list last said of its status goes into the notes, so that nothing is lost.
    """
    for imported, key in pairs:
        document = tx.get("applications", imported)
        if document is None:
            continue
        status = document["status_raw"]
        last_word = f"Your list said: {status} ({document['changed_at'][:10]})." if status else ""
        _complete(tx, key, notes(document.get("notes"), last_word), document["applied_on"])
        for number in range(1, document["change_count"] + 1):
            tx.remove("changes", f"{imported}#{number}")
        tx.remove("corrections", f"stage-one|{imported}")
        tx.remove("corrections", f"employer-one|{imported}")
        tx.remove("applications", imported)
    _relink(tx, dict(pairs))


def _relink(tx: Transaction, now_called: Mapping[str, str]) -> None:
    """Recruiters, asks and bookings that spoke of the imported one speak of the portal's."""
    for table in ("recruiters", "asks"):
        for key, row in list(tx.all(table).items()):
            names = list(dict.fromkeys(now_called.get(name, name) for name in row["application_keys"]))
            if names != row["application_keys"]:
                tx.put(table, key, {**row, "application_keys": names})
    for key, trip in list(tx.all("trips").items()):
        bookings = [
            {
                **booking,
                "application_key": now_called.get(booking["application_key"], booking["application_key"]),
            }
            for booking in trip["bookings"]
        ]
        if bookings != trip["bookings"]:
            tx.put("trips", key, {**trip, "bookings": bookings})
