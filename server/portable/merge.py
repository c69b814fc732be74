"""An export joined to what is stored: what is new is added, nothing that is there gets lost.

Rows are the same when their keys are. Where both sides have one and they differ: of an application the later reading
counts and the histories are united; of an ask the one that is further along; of everything else what is here stays,
unless the person asked for the file's. An account that is here is never changed: its password is kept for the host
it has. Importing the same file again changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from scraper.accounts import State
from scraper.store import Transaction
from server.portable.document import Row, Tables


@dataclass(slots=True)
class Tally:
    """What became of one table's rows. `kept`: they differ, and what is here stayed."""

    new: int = 0
    updated: int = 0
    same: int = 0
    kept: int = 0


def merge(tx: Transaction, tables: Tables, *, prefer_file: bool = False) -> dict[str, Tally]:
    """Join checked tables (`shapes.checked`) to the store. `prefer_file`: where both differ, the file's row counts."""
    work = _Merge(tx, tables, prefer_file)
    work.accounts()
    work.applications()
    work.recruiters()
    for table in ("trips", "corrections", "places"):
        for key, row in tables[table].items():
            work.take(table, key, row)
    work.asks()
    work.settings()
    return dict(work.tallies)


class _Merge:
    def __init__(self, tx: Transaction, tables: Tables, prefer_file: bool) -> None:
        self._tx = tx
        self._tables = tables
        self._prefer_file = prefer_file
        self._account_here: dict[str, str] = {}
        self.tallies: defaultdict[str, Tally] = defaultdict(Tally)

    def take(self, table: str, key: str, row: Row, *, further: bool = False) -> None:
        """One row, whole; `further` when the file's is known to go on where ours stops."""
        here, tally = self._tx.get(table, key), self.tallies[table]
        if here == row:
            tally.same += 1
        elif here is None:
            tally.new += 1
            self._tx.put(table, key, row)
        elif self._prefer_file or further:
            tally.updated += 1
            self._tx.put(table, key, row)
        else:
            tally.kept += 1

    # --- accounts

    def accounts(self) -> None:
        """Add logins that are not here, without a password; remember under which id each now goes."""
        here = {(row["start_url"], row["username"]): key for key, row in self._tx.all("accounts").items()}
        tally = self.tallies["accounts"]
        for key, row in self._tables["accounts"].items():
            known = here.get((row["start_url"], row.get("username", "")))
            if known is not None:
                tally.same += 1
                self._account_here[key] = known
                continue
            tally.new += 1
            self._account_here[key] = self._add_account(key, row)

    def _add_account(self, wanted: str, row: Row) -> str:
        taken, account_id, number = self._tx.all("accounts"), wanted, 2
        while account_id in taken:
            account_id, number = f"{wanted}-{number}", number + 1
        document = {
            **{name: value for name, value in _NEW_ACCOUNT.items() if name not in row},
            **State().to_doc(),
            **row,
            "id": account_id,
        }
        self._tx.put("accounts", account_id, document)
        return account_id

    # --- applications

    def applications(self) -> None:
        histories: defaultdict[str, list[tuple[int, Row]]] = defaultdict(list)
        for key, row in self._tables["changes"].items():
            histories[row["key"]].append((int(key.rpartition("#")[2]), row))
        for key, row in self._tables["applications"].items():
            row = {**row, "account": self._login_of(row)}
            theirs = [change for _, change in sorted(histories.pop(key, []), key=lambda one: one[0])]
            self._application(key, row, theirs)
        self.tallies["changes"].kept += sum(
            len(rows) for rows in histories.values()
        )  # of no known application

    def _login_of(self, row: Row) -> str | None:
        """Under which login it is read here. That of a login which neither side has any more stays as it was; one
        that means another login here must not be taken for it, or its visits would miss the application."""
        name: str | None = row["account"]
        if name is None or name in self._account_here:
            return self._account_here.get(name or "")
        return None if name in self._tx.all("accounts") else name

    def _application(self, key: str, row: Row, theirs: list[Row]) -> None:
        here, tally = self._tx.get("applications", key), self.tallies["applications"]
        ours = self._history(key, int(here.get("change_count", 0))) if here else []
        history = united(ours, theirs) if here else theirs
        joined = _joined(here, row, prefer_file=self._prefer_file) if here else row
        if history:
            joined = {**joined, "change_count": len(history), "changed_at": history[-1]["seen_at"]}
        if joined == here and history == ours:
            tally.same += 1
            self.tallies["changes"].same += len(history)
            return
        tally.new, tally.updated = tally.new + (here is None), tally.updated + (here is not None)
        self.tallies["changes"].new += len(history) - len(ours)
        self._tx.put("applications", key, joined)
        for number, change in enumerate(history, start=1):
            self._tx.put("changes", f"{key}#{number}", change)

    def _history(self, key: str, count: int) -> list[Row]:
        found = (self._tx.get("changes", f"{key}#{number}") for number in range(1, count + 1))
        return [change for change in found if change is not None]

    # --- people, asks, settings

    def recruiters(self) -> None:
        """An application belongs to one person only: what somebody here handles is not given to another."""
        handled = {
            application: key
            for key, row in self._tx.all("recruiters").items()
            for application in row["application_keys"]
        }
        for key, row in self._tables["recruiters"].items():
            free = [a for a in row["application_keys"] if handled.get(a, key) == key]
            self.take("recruiters", key, {**row, "application_keys": free})

    def asks(self) -> None:
        """The past of the ledger is never rewritten, so an ask whose steps begin with ours goes on from there."""
        for key, row in self._tables["asks"].items():
            ours = (self._tx.get("asks", key) or {}).get("steps", [])
            further = len(row["steps"]) > len(ours) and row["steps"][: len(ours)] == ours
            self.take("asks", key, row, further=further)

    def settings(self) -> None:
        """Field by field."""
        for key, theirs in self._tables["settings"].items():
            ours = self._tx.get("settings", key) or {}
            joined = {**ours, **theirs} if self._prefer_file else {**theirs, **ours}
            tally = self.tallies["settings"]
            tally.same += joined == ours
            tally.updated += joined != ours
            if joined != ours:
                self._tx.put("settings", key, joined)


_NEW_ACCOUNT: Mapping[str, object] = {
    "employer": "",
    "username": "",
    "employer_named": False,
    # Sign in by hand until the person says otherwise: no password that is still in a vault is typed for a file's sake.
    "secret": "session",
    "password_command": [],
    "password_version": 1,
    "totp": False,
}


def united(ours: Iterable[Row], theirs: Iterable[Row]) -> list[Row]:
    """Two histories of one application as one, oldest first, what both saw once."""
    seen: dict[tuple[str, str, str], Row] = {}
    for change in (*ours, *theirs):
        seen.setdefault((change["seen_at"], change["old_status"], change["new_status"]), change)
    return sorted(seen.values(), key=lambda change: datetime.fromisoformat(change["seen_at"]))


_CORRECTED = {
    "stage_corrected": ("stage", "confidence", "stage_corrected"),
    "company_corrected": ("company", "company_read", "company_corrected"),
}


def _joined(ours: Row, theirs: Row, *, prefer_file: bool) -> Row:
    """One application seen by two homes: the later reading, what either side put right, the first time of both."""
    theirs_later = datetime.fromisoformat(theirs["last_seen"]) > datetime.fromisoformat(ours["last_seen"])
    later, other = (theirs, ours) if theirs_later or prefer_file else (ours, theirs)
    joined = {**other, **later, "account": ours["account"] or theirs["account"]}
    for mark, names in _CORRECTED.items():
        if (
            other.get(mark)
            and not later.get(mark)
            and (mark != "stage_corrected" or _same_status(ours, theirs))
        ):
            joined |= {name: other[name] for name in names if name in other}
    joined["first_seen"] = min((ours["first_seen"], theirs["first_seen"]), key=datetime.fromisoformat)
    joined["notes"] = notes(ours.get("notes", ""), theirs.get("notes", ""))
    return joined if joined["notes"] else {name: value for name, value in joined.items() if name != "notes"}


def _same_status(ours: Row, theirs: Row) -> bool:
    """A corrected stage holds for the text it was made for."""
    return bool(ours["status_raw"] == theirs["status_raw"])


def notes(ours: str | None, theirs: str | None) -> str:
    """Two notes as one; what is said already is not said twice."""
    first, second = (ours or "").strip(), (theirs or "").strip()
    return first if second in first else second if first in second else f"{first}\n{second}"
