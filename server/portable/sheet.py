"""The applications as a CSV file (RFC 4180) that a spreadsheet can open without harm, and such cells read back.

A cell that begins with = + - @ or a control character is a formula to a spreadsheet, and titles come from web pages;
such a cell gets an apostrophe in front, which spreadsheets do not show (OWASP, "CSV Injection").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import Any

from scraper.store import View
from server.asking.model import Recruiter

COLUMNS = (
    "key",
    "title",
    "employer",
    "status",
    "stage",
    "confidence",
    "location",
    "applied_on",
    "requisition",
    "url",
    "portal",
    "first_seen",
    "last_seen",
    "changed_at",
    "listed",
    "recruiter",
    "notes",
)
BOM = b"\xef\xbb\xbf"
"""At the start of the file it tells Excel that the text is UTF-8; other programs may take it for a letter."""

FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""What a spreadsheet may take for the beginning of a formula, in full width too; NUL cannot be in the store."""


def guarded(text: str) -> str:
    """The cell as text and nothing else. Blanks in front do not hide a formula from every program."""
    return f"'{text}" if text.lstrip(" \u00a0")[:1] in FORMULA or text[:1] in FORMULA else text


def unguarded(text: str) -> str:
    """A cell of ours as it was before `guarded`."""
    inner = text[1:]
    return inner if text[:1] == "'" and inner and guarded(inner) == text else text


def written(view: View, *, bom: bool = False) -> bytes:
    """The whole file, sorted by employer and title."""
    handlers = _handlers(view)
    rows = sorted(
        view.all("applications").values(),
        key=lambda row: (row["company"].casefold(), row["title"], row["key"]),
    )
    out = io.StringIO(newline="")
    writer = csv.writer(out)  # the dialect "excel" is RFC 4180: commas, doubled quotes, CR LF
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([guarded(cell) for cell in _cells(row, handlers.get(row["key"], ""))])
    return (BOM if bom else b"") + out.getvalue().encode()


def _handlers(view: View) -> dict[str, str]:
    people = (Recruiter.model_validate(row) for row in view.all("recruiters").values())
    return {key: person.name or person.email for person in people for key in person.application_keys}


def _cells(row: Mapping[str, Any], recruiter: str) -> list[str]:
    named = {
        "employer": row["company"],
        "status": row["status_raw"],
        "listed": "yes" if row.get("listed", True) else "no",
        "recruiter": recruiter,
    }
    return [str(named.get(column, row.get(column)) or "") for column in COLUMNS]
