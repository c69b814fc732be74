"""Looks names up in the places index: cities, regions, countries, airports. Read-only, safe between threads.

The index is built once (`gazetteer_build`), in a process of its own, and opens in about a millisecond; SQLite
keeps at most two megabytes of it in memory.
"""

from __future__ import annotations

import difflib
import os
import sqlite3
import subprocess
import sys
import threading
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from scraper.outcomes import InTownError
from server.asking.folding import fold
from server.asking.gazetteer_build import VERSION

_COLUMNS = "city.id, city.name, country, admin, lat, lon, pop, tz"


@dataclass(frozen=True, slots=True)
class City:
    """A city of the index; `main` False when it was found under another of its names."""

    id: int
    name: str
    country: str
    admin: str
    lat: float
    lon: float
    pop: int
    tz: str
    main: bool = True


@dataclass(frozen=True, slots=True)
class Region:
    """A state or province; `short` when it was found under its abbreviation."""

    country: str
    code: str
    short: bool = False


@dataclass(frozen=True, slots=True)
class Airport:
    code: str
    city: str
    region: str
    country: str
    lat: float
    lon: float
    tz: str


class PlacesMissing(InTownError):
    """The places index cannot be made or read."""


def index_path(cache: Path) -> Path:
    """Where the index is: in the cache folder, or in `INTOWN_PLACES`, one folder shared by many homes.

    The index holds nothing personal, so a career centre (and a test run) builds it once for everybody.
    """
    return Path(os.environ.get("INTOWN_PLACES") or cache) / "places.sqlite"


def ensure_index(cache: Path) -> Path:
    """Build the index unless a good one of this version is there; return its path. Takes some seconds once."""
    path = index_path(cache)
    if not _is_current(path):
        command = [sys.executable, "-m", "server.asking.gazetteer_build", str(path)]
        root = str(Path(__file__).resolve().parents[2])
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, timeout=300, check=False)
        if done.returncode != 0 or not _is_current(path):
            last = done.stderr.strip().splitlines()[-1:] or ["no message"]
            raise PlacesMissing(f"The places index could not be built ({last[0]}).")
    return path


def _is_current(path: Path) -> bool:
    try:
        db = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    except sqlite3.Error:
        return False
    try:
        return bool(db.execute("PRAGMA user_version").fetchone()[0] == VERSION)
    except sqlite3.Error:  # not a database, or cut off: built again
        return False
    finally:
        db.close()


def _letters_swapped(name: str, key: str) -> bool:
    """Whether two names are the same letters in a slightly other order ("Chigaco")."""
    different = sum(a != b for a, b in zip(name, key, strict=False))
    return len(name) == len(key) and different <= 2 and sorted(name) == sorted(key)


def _city(row: Any) -> City:
    number, name, country, admin, lat, lon, pop, tz, main = row
    return City(number, name, country, admin, lat, lon, pop, tz, bool(main))


class Gazetteer:
    """The index, open. All look-ups take folded keys (`folding.fold`) unless they say otherwise."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(
            f"file:{path}?mode=ro&immutable=1", uri=True, check_same_thread=False, cached_statements=64
        )
        self._db.execute("PRAGMA cache_size=-2000")
        self._lock = threading.Lock()
        self.cities = lru_cache(maxsize=2048)(self._cities)
        self.regions = lru_cache(maxsize=512)(self._regions)
        self.country = lru_cache(maxsize=512)(self._country)

    def close(self) -> None:
        self._db.close()

    def _rows(self, sql: str, *values: object) -> list[Any]:
        with self._lock:
            return self._db.execute(sql, values).fetchall()

    def _cities(self, key: str) -> tuple[City, ...]:
        """Every city of this name, largest first."""
        sql = f"SELECT {_COLUMNS}, main FROM name JOIN city ON city.id=name.city WHERE name.key=? ORDER BY main DESC, pop DESC, city.id"  # noqa: S608 - constants
        return tuple(_city(row) for row in self._rows(sql, key))

    def _regions(self, key: str) -> tuple[Region, ...]:
        """Every state or province of this name or abbreviation, all countries; the United States first."""
        rows = self._rows("SELECT country, code, short FROM region_name WHERE key=?", key)
        found = [Region(country, code, bool(short)) for country, code, short in rows]
        return tuple(sorted(found, key=lambda r: (r.country != "US", r.country, r.code)))

    def region_name(self, country: str, code: str) -> str:
        """The region's name for a person, "" where none is known."""
        rows = self._rows("SELECT name FROM region WHERE country=? AND code=?", country, code)
        return str(rows[0][0]) if rows else ""

    def _country(self, key: str) -> str:
        """The alpha-2 code of a country's name or alpha-3 code, or ""."""
        rows = self._rows("SELECT code FROM country WHERE key=?", key)
        return str(rows[0][0]) if rows else ""

    @lru_cache(maxsize=512)  # noqa: B019 - one gazetteer lives as long as the process
    def country_name(self, code: str) -> str:
        """The country's English name, or "" when `code` is no alpha-2 code."""
        rows = self._rows("SELECT name FROM country WHERE code=? LIMIT 1", code)
        return str(rows[0][0]) if rows else ""

    def counties(self, key: str) -> tuple[str, ...]:
        """The states of the US that have a county of this name ("orange county")."""
        return tuple(row[0] for row in self._rows("SELECT state FROM county WHERE key=?", key))

    def airport(self, code: str) -> Airport | None:
        """The airport with this IATA or ICAO code, in capitals."""
        rows = self._rows("SELECT * FROM airport WHERE code=?", code)
        return Airport(*rows[0]) if rows else None

    def airport_named(self, key: str) -> Airport | None:
        """The airport of this name, without "international" and "airport"."""
        rows = self._rows("SELECT code FROM airport_name WHERE key=?", key)
        return self.airport(rows[0][0]) if rows else None

    def misspelt(self, key: str, country: str = "", admin: str = "") -> tuple[City, ...]:
        """Cities whose own name is a slip away from `key`, nearest first; of that country and region if given.

        Without a region only larger cities are tried, since every short word is close to some village.
        """
        if len(key) < 5:
            return ()
        least = 0 if admin else 20_000 if country else 100_000
        sql = f"SELECT {_COLUMNS}, 1, key FROM city WHERE pop>=?"  # noqa: S608 - constants
        values: list[object] = [least]
        if country:
            sql, values = f"{sql} AND country=?", [*values, country]
        if admin:
            sql, values = f"{sql} AND admin=?", [*values, admin]
        sql += " AND length(key) BETWEEN ? AND ?"
        found = self._rows(sql, *values, len(key) - 2, len(key) + 2)
        by_key: dict[str, list[City]] = {}
        for row in found:
            # A slip in the first letter is rare, and asking for it halves nothing but the errors.
            other = row[9]
            if other[0] == key[0] or other[1:3] == key[1:3]:
                by_key.setdefault(other, []).append(_city(row[:9]))
        close = difflib.get_close_matches(key, by_key, n=3, cutoff=0.8 if admin else 0.84)
        swapped = [name for name in by_key if name not in close and _letters_swapped(name, key)]
        return tuple(
            city for name in (*swapped, *close) for city in sorted(by_key[name], key=lambda c: -c.pop)
        )

    def suggest(self, typed: str, limit: int = 8) -> tuple[City, ...]:
        """Cities whose name starts with what was typed, largest first; for suggestions while typing."""
        key = fold(typed)
        if not key:
            return ()
        sql = f"SELECT {_COLUMNS}, MAX(main) FROM name JOIN city ON city.id=name.city WHERE name.key>=? AND name.key<? GROUP BY city.id ORDER BY pop * (0.2 + 0.8 * MAX(main)) DESC LIMIT ?"  # noqa: S608 - constants
        rows = self._rows(sql, key, f"{key}\U0010ffff", limit)
        return tuple(_city(row) for row in rows)
