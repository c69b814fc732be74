"""Readings of a page into a store, as short as a test wants them."""

from __future__ import annotations

from typing import Any

from scraper.model import Application
from scraper.store import Recorded, Store, record_page
from tests.store.pages import hours, job, page


def read(
    store: Store, *rows: Application, at: float, complete: bool = True, account: str | None = "lake"
) -> Recorded:
    return record_page(store, account, page(*rows), seen_at=hours(at), complete=complete)


def stored(store: Store, number: int | str = 1) -> dict[str, Any]:
    document = store.read().get("applications", job(number).key)
    assert document is not None
    return document


def changes(store: Store) -> list[tuple[str, str]]:
    rows = store.read().all("changes")
    return [(rows[key]["old_status"], rows[key]["new_status"]) for key in sorted(rows)]
