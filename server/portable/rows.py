"""The rows of somebody's own list as applications: dates in any order of day and month, words of their own for stages."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from scraper.model import Application, Confidence, Stage
from scraper.portals import PORTALS
from scraper.reading.dates import read_date
from scraper.stages import stage_of
from server.asking.folding import fold
from server.asking.links import one_line
from server.asking.names import employer_key
from server.portable.columns import tracker_stages
from server.portable.reading import Sheet
from server.portable.sheet import unguarded

PORTAL = "imported"
"""The kind of what came from a list: no portal, so no visit ever reads it or misses it."""
HOST = "list"

LONGEST_CELL = 2_000
LONGEST_NOTES = 20_000

_NO_DATE = frozenset(["", "na", "n a", "none", "tbd", "unknown", "no", "yes", "null"])
_BOTH_NUMBERS = re.compile(r"^\s*(\d{1,2})[./-](\d{1,2})[./-](?:\d{4}|\d{2})\b")
_SERIAL = re.compile(r"^[34]\d{4}(?:\.\d+)?$")  # days since 1899-12-30, as spreadsheets count: 1982 to 2036
_EPOCH = date(1899, 12, 30)


@dataclass(frozen=True, slots=True)
class Row:
    """One row that can be kept. `line` is where it begins in the file."""

    line: int
    application: Application
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """One row that cannot (`bad`), or can without a part of it. `text` is for the person."""

    line: int
    text: str
    bad: bool = True


def applications_of(
    sheet: Sheet, columns: Mapping[str, int], *, day_first: bool | None = None
) -> tuple[list[Row], list[Problem]]:
    """Every row as an application, and what was wrong.

    `day_first` decides what 03/04/2026 means; without it the column itself decides, where it has a date that can be
    read one way only.
    """
    if day_first is None:
        column = columns.get("applied_on")
        day_first = day_comes_first([_cell(cells, column) for _, cells in sheet.rows], sheet.delimiter)
    problems: list[Problem] = []
    rows = []
    for line, cells in sheet.rows:
        found = {field: _cell(cells, column) for field, column in columns.items()}
        if len(cells) > len(sheet.header) and any(cell.strip() for cell in cells[len(sheet.header) :]):
            problems.append(Problem(line, "It has more cells than the header has names."))
        elif made := _row(line, found, day_first, problems):
            rows.append(made)
    return _numbered(rows, problems), problems


def _cell(cells: Sequence[str], column: int | None) -> str:
    return unguarded(cells[column].strip()) if column is not None and column < len(cells) else ""


def day_comes_first(dates: Iterable[str], delimiter: str = ",") -> bool:
    """Whether 03/04/2026 is in April: by the dates that can be read one way only, else by the delimiter, for where
    the comma is in numbers the day comes first."""
    pairs = [(int(found[1]), int(found[2])) for text in dates if (found := _BOTH_NUMBERS.match(text))]
    if any(first > 12 for first, _ in pairs):
        return True
    if any(second > 12 for _, second in pairs):
        return False
    return delimiter == ";"


def _row(line: int, found: Mapping[str, str], day_first: bool, problems: list[Problem]) -> Row | None:
    title, company = one_line(found.get("title", "")), one_line(found.get("company", ""))
    if not title or not company:
        problems.append(Problem(line, "It names no position." if not title else "It names no employer."))
        return None
    if any(len(text) > LONGEST_CELL for field, text in found.items() if field != "notes"):
        problems.append(Problem(line, f"A cell holds more than {LONGEST_CELL:,} characters."))
        return None
    applied_on = date_of(found.get("applied_on", ""), day_first)
    if applied_on is None and fold(found.get("applied_on", "")) not in _NO_DATE:
        problems.append(Problem(line, f"The date {found['applied_on'][:40]!r} is left out.", bad=False))
    stage, confidence = stage_in_list(found.get("status", ""))
    application = Application(
        portal=PORTAL,
        host=HOST,
        external_id="",
        title=title,
        company=company,
        status_raw=one_line(found.get("status", "")),
        stage=stage,
        confidence=confidence,
        location=one_line(found.get("location", "")),
        applied_on=applied_on,
        requisition=one_line(found.get("requisition", "")),
        url=one_line(found.get("url", "")),
    )
    return Row(line, _known(application, found.get("key", "")), found.get("notes", "")[:LONGEST_NOTES])


def date_of(text: str, day_first: bool) -> date | None:
    """A date as a list has it; a spreadsheet's bare number of days counts too."""
    if _SERIAL.match(text):
        return _EPOCH + timedelta(days=int(float(text)))
    return read_date(text, language="de" if day_first else "en")


def stage_in_list(text: str) -> tuple[Stage, Confidence]:
    """What the person's own word means. Never sure: nobody says how old it is."""
    own = tracker_stages().get(fold(text))
    if own is not None:
        return own, Confidence.LIKELY
    reading = stage_of(text)
    sure = reading.confidence is Confidence.SURE
    return reading.stage, Confidence.LIKELY if sure else reading.confidence


def _known(application: Application, key: str) -> Application:
    """With the identity that InTown's own CSV gives it, or one made of what does not change when its status does."""
    parts = key.split("|", 2)
    if len(parts) == 3 and all(parts) and parts[0] in {PORTAL, *(portal.kind for portal in PORTALS)}:
        return replace(application, portal=parts[0], host=parts[1], external_id=parts[2])
    same = application.url or "|".join(
        (
            employer_key(application.company),
            fold(application.title),
            fold(application.location),
            application.requisition,
        )
    )
    return replace(application, external_id=hashlib.sha256(same.encode()).hexdigest()[:16])


def _numbered(rows: Sequence[Row], problems: list[Problem]) -> list[Row]:
    """Each application once. The same job on another day is another application; on the same day it is a repetition."""
    kept: dict[str, Row] = {}
    for row in sorted(rows, key=lambda row: (row.application.applied_on or date.min, row.line)):
        first = kept.get(row.application.key)
        if first is not None and first.application.applied_on != row.application.applied_on:
            day = row.application.applied_on
            row = replace(
                row, application=replace(row.application, external_id=f"{row.application.external_id}-{day}")
            )
            first = kept.get(row.application.key)
        if first is not None:
            problems.append(Problem(row.line, f"It repeats line {first.line}; it is left out.", bad=False))
            continue
        kept[row.application.key] = row
    return sorted(kept.values(), key=lambda row: row.line)
