"""The record of past runs, in the table "runs": when, how long, and how each account's visit ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from scraper.store import Transaction, View
from scraper.sync_result import SyncResult

KEPT = 100


def record_run(tx: Transaction, began: datetime, ended: datetime, results: Sequence[SyncResult]) -> None:
    """Append one run and let go of the oldest beyond `KEPT`, in a transaction of the caller's."""
    key = began.isoformat()
    accounts = [_line(result) for result in results]
    tx.put("runs", key, {"began": key, "ended": ended.isoformat(), "accounts": accounts})
    for old in sorted(tx.all("runs"))[:-KEPT]:
        tx.remove("runs", old)


def last_run(view: View) -> datetime | None:
    """When the last run began, None before the first."""
    began = max(view.all("runs"), default=None)
    return datetime.fromisoformat(began) if began else None


def _line(result: SyncResult) -> dict[str, Any]:
    return {
        "account": result.account,
        "outcome": result.outcome.value,
        "read": result.read,
        "new": result.new,
        "changed": len(result.changed),
        "seconds": round(result.seconds, 2),
        "how": result.how,
    }
