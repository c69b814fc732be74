"""The places index: built whole or not at all, opened at once, small in memory."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from server.asking.folding import fold
from server.asking.gazetteer import Gazetteer, PlacesMissing, ensure_index, index_path
from server.asking.gazetteer_build import VERSION
from server.asking.places import Places


def test_the_index_is_where_all_homes_share_it_or_in_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTOWN_PLACES", str(tmp_path / "shared"))
    assert index_path(tmp_path / "cache") == tmp_path / "shared" / "places.sqlite"
    monkeypatch.delenv("INTOWN_PLACES")
    assert index_path(tmp_path / "cache") == tmp_path / "cache" / "places.sqlite"


@pytest.mark.parametrize("content", [b"", b"not a database", b"SQLite format 3\x00 cut off"])
def test_a_damaged_or_old_index_is_built_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    monkeypatch.delenv("INTOWN_PLACES", raising=False)
    path = tmp_path / "places.sqlite"
    path.write_bytes(content)
    built: list[list[str]] = []

    def build(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        built.append(command)
        path.unlink()
        with sqlite3.connect(path) as db:
            db.execute(f"PRAGMA user_version={VERSION}")
        db.close()
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.setattr("server.asking.gazetteer.subprocess.run", build)
    assert ensure_index(tmp_path) == path
    assert ensure_index(tmp_path) == path
    assert len(built) == 1


def test_an_index_that_cannot_be_built_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTOWN_PLACES", str(tmp_path / "file"))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(PlacesMissing, match="could not be built"):
        ensure_index(tmp_path)


def test_it_opens_at_once(places: Places, places_folder: Path) -> None:
    times = []
    for _ in range(20):
        start = time.perf_counter()
        opened = Gazetteer(places_folder / "places.sqlite")
        opened.cities("cleveland")
        times.append(time.perf_counter() - start)
        opened.close()
    assert min(times) < 0.005


def test_a_thousand_look_ups_take_less_than_ten_megabytes(places: Places, places_folder: Path) -> None:
    program = """
import re, sys
from pathlib import Path
from server.asking.gazetteer import Gazetteer
def used(): return int(re.search(r"VmRSS:\\s+(\\d+)", Path("/proc/self/status").read_text())[1])
before = used()
found = Gazetteer(Path(sys.argv[1]))
for number in range(1000):
    found.cities(f"place {number}"), found.regions("ohio"), found.suggest("cle")
found.cities("springfield"), found.misspelt("clevland", "US", "OH")
print(used() - before)
"""
    path = str(places_folder / "places.sqlite")
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=True)
    assert int(done.stdout) < 10_240  # kB


def test_names_are_found_however_they_are_spelt(places: Places) -> None:
    for spelling in ("St. Louis", "Saint Louis", "ST LOUIS", "st-louis"):
        assert fold(spelling) == "st louis"
    assert places.gazetteer.cities(fold("MÜNCHEN"))[0].name == "Munich"
    airport = places.gazetteer.airport("CLE")
    assert airport is not None
    assert airport.city == "Cleveland"
    assert places.gazetteer.region_name("US", "OH") == "Ohio"


def test_nothing_typed_suggests_no_city(places: Places) -> None:
    assert places.gazetteer.suggest("") == places.gazetteer.suggest(" -") == ()
    assert places.gazetteer.suggest("Clevel")[0].name == "Cleveland"
