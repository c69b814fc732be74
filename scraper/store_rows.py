"""Which rows of the pages that were read count, and whether the pages are the whole list."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from scraper.model import Application, Confidence, PageKind, ParsedPage
from scraper.store_format import storable

_LISTS = (PageKind.APPLICATIONS, PageKind.EMPTY)
_WITH_ROWS = (PageKind.APPLICATIONS, PageKind.DETAIL)
_CONFIDENCE = {Confidence.GUESS: 0, Confidence.LIKELY: 1, Confidence.SURE: 2}


def says_anything(pages: Sequence[ParsedPage], *, complete: bool) -> bool:
    """Whether there is a row to keep, or a whole list from which something may be missing."""
    return bool(valid_rows(pages)) or (complete and are_whole(pages))


def valid_rows(pages: Iterable[ParsedPage]) -> dict[str, Application]:
    """The valid rows by key; a job shown twice (tabs, phone and desktop) counts once, in its clearest reading."""
    rows: dict[str, Application] = {}
    for page in pages:
        for row in page.applications if page.kind in _WITH_ROWS else ():
            row = replace(row, external_id=storable(row.external_id))  # its key must be the one stored
            if row.portal and row.host and row.external_id.strip() and row.title.strip():
                rows[row.key] = _clearer(rows.get(row.key), row)
    return rows


def _clearer(one: Application | None, other: Application) -> Application:
    if one is None or not one.status_raw.strip():
        return other
    if not other.status_raw.strip() or _CONFIDENCE[other.confidence] < _CONFIDENCE[one.confidence]:
        return one
    return other


def are_whole(pages: Sequence[ParsedPage]) -> bool:
    """Whether nothing in the pages speaks against their being the whole list."""
    if not pages or not all(page.complete and page.kind in _LISTS for page in pages):
        return False
    if any(page.kind is PageKind.EMPTY and page.applications for page in pages):
        return False  # it contradicts itself
    if len(pages) == 1:
        shown = pages[0].count_shown
        return pages[0].next_step is None and (shown is None or len(pages[0].applications) >= shown)
    return True
