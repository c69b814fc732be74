"""Lists that speak of statuses and hold no application: what happened when, and what each status means."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from bs4 import Tag

from scraper.reading.dates import read_date
from scraper.reading.generic_text import known_status, reads_as_status
from scraper.reading.generic_values import is_only_date
from scraper.reading.html import Page

MOST = 0.8
"""Part of the entries that must look alike; some hold a note or an unknown word."""

_HISTORY = re.compile(r"(?:^|[-_ ])(?:timeline|history|verlauf|historial|historique|historico)(?:$| |--)")
_LISTS = "ul, ol, dl, table, [role=list], [role=table]"
_ENTRIES = "li, tr, [role=listitem], [role=row]"


def asides(page: Page) -> Iterator[tuple[Tag, str]]:
    """(list, text) of each history and each legend; the text is a history's latest entry, "" for a legend."""
    named = [tag for tag in page.named(_HISTORY, "class") if tag.name in ("div", "section", "aside")]
    for tag in (*page.all(_LISTS), *named):
        entries = _entries(page, tag)
        if not 2 <= len(entries) <= 40:
            continue
        if (latest := _latest(page, entries)) is not None:
            yield tag, latest
        elif _is_legend(entries):
            yield tag, ""


def _entries(page: Page, tag: Tag) -> list[list[str]]:
    """The lines of each entry; of a definition list each term with its explanation."""
    if tag.name in ("div", "section", "aside") and "role" not in tag.attrs:
        children = (child for child in tag.children if isinstance(child, Tag) and page.is_visible(child))
        return [lines for child in children if (lines := page.lines(child))]
    if tag.name != "dl":
        return [lines for entry in page.all(_ENTRIES, tag) if (lines := page.lines(entry))]
    entries: list[list[str]] = []
    for part in page.all("dt, dd", tag):
        if part.name == "dt":
            entries.append([])
        if entries:
            entries[-1].append(page.text_of(part))
    return entries


def _latest(page: Page, entries: Sequence[list[str]]) -> str | None:
    """The newest entry of a history: each one a day and one thing that happened; None where it is no history."""
    today = page.snapshot.captured_at.date()
    happened: list[tuple[date, str]] = []
    for lines in entries:
        days = [line for line in lines if is_only_date(line)]
        told = [line for line in lines if line not in days]
        if (
            len(days) == 1
            and len(told) == 1
            and (day := read_date(days[0], language=page.language, today=today))
        ):
            happened.append((day, told[0]))
    if len(happened) < 2 or len(happened) < MOST * len(entries):
        return None
    if sum(known_status(text) for _, text in happened) < 0.5 * len(happened):
        return None
    newest = max(day for day, _ in happened)
    # Two of one day: the list goes one way or the other, and so tells which is the later.
    same = [text for day, text in happened if day == newest]
    return same[-1] if happened[0][0] <= happened[-1][0] else same[0]


def _is_legend(entries: Sequence[list[str]]) -> bool:
    """Statuses, each with a sentence that explains it."""
    explained = sum(
        len(lines) == 2 and reads_as_status(lines[0]) and _is_sentence(lines[1]) for lines in entries
    )
    return explained >= 2 and explained >= 0.6 * len(entries)


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= 4 and bool(re.search(r"[.!]$", text)) and not re.search(r"\d{4}", text)
