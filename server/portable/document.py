"""InTown's own JSON: everything the person entered or that was read for them, and no secret.

    {"format": "intown-export", "version": 1, "exported_at": …, "intown": "0.1.0",
     "tables": {"applications": {key: {…}}, "changes": …, "accounts": …, "trips": …, "asks": …,
                "recruiters": …, "corrections": …, "places": …, "settings": {"me": …, "rules": …, "templates": …}}}

The tables are the store's own, row for row (README, "Your data is yours"). Left out: paired browsers and their
hashes, the record of runs, notices, and of an account whatever has to do with signing in but its user name: the
command that prints a password, what was typed when, how visits ended. Passwords are not in the store at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson

from scraper import __version__
from scraper.outcomes import InTownError
from scraper.store import View

FORMAT = "intown-export"
VERSION = 1
TABLES = (
    "applications",
    "changes",
    "accounts",
    "trips",
    "asks",
    "recruiters",
    "corrections",
    "places",
    "settings",
)
SETTINGS = ("me", "rules", "templates")
ACCOUNT = ("id", "portal", "host", "start_url", "employer", "username", "employer_named", "added_at")

Row = dict[str, Any]
Tables = dict[str, dict[str, Row]]


class NoExport(InTownError):
    """The file is not one of InTown's exports, or one that this InTown cannot read."""


@dataclass(frozen=True, slots=True)
class Export:
    """The content of an export file; its rows are not checked yet (`shapes`)."""

    tables: Tables
    exported_at: str = ""


def tables_of(view: View) -> Tables:
    """What is exported of a store."""
    tables: Tables = {name: dict(view.all(name)) for name in TABLES}
    tables["accounts"] = {key: _account(row) for key, row in tables["accounts"].items()}
    tables["settings"] = {name: tables["settings"][name] for name in SETTINGS if name in tables["settings"]}
    return tables


def _account(row: Mapping[str, Any]) -> Row:
    return {name: row[name] for name in ACCOUNT if name in row}


def written(view: View, now: datetime) -> bytes:
    """The whole file."""
    whole = {
        "format": FORMAT,
        "version": VERSION,
        "exported_at": now.isoformat(),
        "intown": __version__,
        "tables": tables_of(view),
    }
    return orjson.dumps(whole, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def looks_like_one(data: bytes) -> bool:
    """Whether this is JSON at all; a list of applications never begins so."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def read(data: bytes) -> Export:
    """The tables of an export file. Raises NoExport, with the reason, for anything else."""
    try:
        whole = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        # orjson's own text says where; the depth limit of its parser (1,024) ends here too.
        raise NoExport(f"This is not JSON that can be read ({error.msg}, line {error.lineno}).") from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise NoExport("This JSON is not an export of InTown's (`intown export` writes one).")
    version = whole.get("version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise NoExport("This export does not say its version.")
    if version > VERSION:
        raise NoExport(
            f"This export was written by a newer InTown (version {version} of its form; this one knows {VERSION}). "
            "Update InTown first; nothing was changed."
        )
    tables = whole.get("tables")
    if not isinstance(tables, dict):
        raise NoExport("This export holds no tables.")
    for name, rows in tables.items():
        if name not in TABLES:
            raise NoExport(f"This export holds a table {str(name)[:40]!r} that InTown does not have.")
        if not isinstance(rows, dict) or not all(isinstance(row, dict) for row in rows.values()):
            raise NoExport(f"The table {name!r} of this export is not made of rows.")
    exported_at = whole.get("exported_at")
    return Export(
        {name: tables.get(name, {}) for name in TABLES}, exported_at if isinstance(exported_at, str) else ""
    )
