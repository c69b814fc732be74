"""The lists and tabs that rows stand in: what their names say, and which tab is open."""

from __future__ import annotations

from bisect import bisect_left

from bs4 import Tag

from scraper.portals.fields import Row
from scraper.reading.html import Page, attr

_OF_WHAT = r"(?:\s+(?:job\s+)?(?:applications?|submissions?))?"
_NUMBER = r"\s*\(?\d*\)?$"
# Whole names only: "Application history" holds live ones too, and "Current openings" are nobody's applications.
ENDED_LIST = (
    rf"^(?:my\s+)?(?:in-?active|closed|archived?|past|ended|no longer active){_OF_WHAT}{_NUMBER}"
    rf"|^(?:candidatures|solicitudes|candidaturas)\s+(?:inactiv[eao]s|archiv[ée]*s|inativas|cerradas){_NUMBER}"
    rf"|^(?:inaktive|beendete|archivierte)\s+bewerbungen{_NUMBER}"
)
LIVE_LIST = (
    rf"^(?:my\s+)?(?:active|open|current|ongoing|in progress){_OF_WHAT}{_NUMBER}"
    rf"|^(?:candidatures|solicitudes|candidaturas)\s+(?:active?s|activas|ativas|en cours|en curso){_NUMBER}"
    rf"|^(?:aktive|laufende)\s+bewerbungen{_NUMBER}"
)


def enabled(tag: Tag) -> bool:
    """Can this button or link be pressed?"""
    return "disabled" not in tag.attrs and attr(tag, "aria-disabled") != "true"


def is_chosen(tab: Tag) -> bool:
    """Is this the tab whose list is shown?"""
    return attr(tab, "aria-selected") == "true" or attr(tab, "aria-current") not in ("", "false")


_LISTS = "ul, ol, table, section, [role=list], [role=table], [role=grid], [role=rowgroup], [role=tabpanel]"


def heading_of(row: Row, rows: list[Tag]) -> Tag | None:
    """The heading before the list that the row stands in; not one that belongs to a list before it."""
    page, places = row.page, row.page.index.places
    headings = _headings(page, rows)
    before = bisect_left(headings, places[id(row.tag)]) - 1
    if before < 0:
        return None
    first = next(tag for tag in rows if places[id(tag)] > headings[before])
    return page.index.tags[headings[before]] if _list_of(page, first) is _list_of(page, row.tag) else None


def _list_of(page: Page, row: Tag) -> Tag | None:
    return (page.closest(row.parent, _LISTS) if row.parent else None) or row.parent


def _headings(page: Page, rows: list[Tag]) -> list[int]:
    """Places of the headings that stand outside any row: a card's own title names no list."""
    if page.headings is None:
        found = page.all("h1, h2, h3, h4, h5, h6, [role=heading], legend, caption")
        page.headings = [
            page.index.places[id(tag)] for tag in found if not any(page.contains(row, tag) for row in rows)
        ]
    return page.headings
