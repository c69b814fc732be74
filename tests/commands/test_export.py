"""`intown export`: to a file or the standard output, private, and never over something else by mistake."""

from __future__ import annotations

import json
import os
import stat
from datetime import date
from pathlib import Path

import icalendar
import pytest

from scraper.settings import Home
from scraper.store import Store
from server.asking.world import World
from server.portable import agenda
from tests.asking.worlds import NOW
from tests.commands.conftest import Run, sentence
from tests.portable.homes import furnished


@pytest.fixture
def store(home: Home) -> Store:
    return furnished(home)


def test_the_file_is_private_and_whole(store: Store, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "all.json"
    done = run("export", str(out))
    assert done.exit_code == 0, done.output
    assert json.loads(out.read_bytes())["format"] == "intown-export"
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert f"Written: {out}" in done.output
    assert sorted(os.listdir(tmp_path)) == ["all.json", "home"]  # nothing half-written beside it


def test_it_writes_over_nothing_by_mistake(store: Store, run: Run, tmp_path: Path) -> None:
    out = tmp_path / "all.json"
    out.write_text("mine")
    done = run("export", str(out))
    assert done.exit_code == 1
    assert "is there already; --force" in sentence(done)
    assert out.read_text() == "mine"
    assert run("export", str(out), "--force").exit_code == 0
    assert out.read_bytes().startswith(b"{")


def test_a_link_is_written_through(store: Store, run: Run, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    link = tmp_path / "all.json"
    link.symlink_to(tmp_path / "stick" / "real.json")
    assert run("export", str(link), "--force").exit_code == 0
    assert link.is_symlink()
    assert (tmp_path / "stick" / "real.json").stat().st_size > 100


def test_where_nothing_can_be_written(store: Store, run: Run, tmp_path: Path) -> None:
    assert "is a folder" in sentence(run("export", str(tmp_path)))
    assert "There is no folder" in sentence(run("export", str(tmp_path / "no" / "all.json")))


def test_a_disk_that_refuses_leaves_what_was_there(
    store: Store, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "all.json"
    out.write_text("older")

    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    done = run("export", str(out), "--force")
    monkeypatch.undo()
    assert done.exit_code == 1
    assert sentence(done) == f"The disk is full: {out}."
    assert out.read_text() == "older"


def test_the_ending_says_the_form(store: Store, run: Run, tmp_path: Path) -> None:
    starts = {"a.csv": b"key,title", "a.ICS": b"BEGIN:VCALENDAR", "a.txt": b'{\n  "format"', "a.json": b"{"}
    for name, start in starts.items():
        assert run("export", str(tmp_path / name)).exit_code == 0
        assert (tmp_path / name).read_bytes().startswith(start)
    assert run("export", str(tmp_path / "b.json"), "--format", "csv").exit_code == 0
    assert (tmp_path / "b.json").read_bytes().startswith(b"key,title")


def test_the_standard_output_holds_nothing_else(store: Store, run: Run) -> None:
    assert json.loads(run("export").stdout_bytes)["tables"]["trips"]
    assert run("export", "--format", "csv", "--bom").stdout_bytes.startswith(b"\xef\xbb\xbfkey,")
    assert run("export", "--bom").exit_code == 2


def test_an_empty_home_is_exported_too(run: Run) -> None:
    tables = json.loads(run("export").stdout_bytes)["tables"]
    assert tables
    assert not any(tables.values())


def test_the_calendar_holds_trips_bookings_and_reminders(store: Store, run: Run) -> None:
    calendar = icalendar.Calendar.from_ical(run("export", "--format", "ics").stdout_bytes)
    events = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert str(events["stay-cleveland@intown.invalid"]["SUMMARY"]) == "In Cleveland"
    assert events["booking-cleveland-cath@intown.invalid"].decoded("DTSTART").hour == 13
    follow = events["follow-up-cleveland.alvarez@intown.invalid"]
    assert str(follow["SUMMARY"]) == "Follow up with A. Alvarez, once"
    assert follow.decoded("DTSTART") == date(2027, 8, 18)  # three working days after Friday the 13th
    again = icalendar.Calendar.from_ical(run("export", "--format", "ics").stdout_bytes)
    assert {str(event["UID"]) for event in again.walk("VEVENT")} == set(events)


def test_nobody_is_reminded_when_the_trip_is_over(store: Store, places: object) -> None:
    with store.transaction() as tx:
        ask = tx.get("asks", "cleveland.alvarez") or {}
        ask["steps"][0]["at"] = "2027-08-27T15:00:00Z"
        tx.put("asks", "cleveland.alvarez", ask)
    world = World.from_tables(store.read().all, places, NOW)  # type: ignore[arg-type]  # the index of places
    assert list(agenda.reminders(world, world.trips["cleveland"])) == []


def test_a_line_break_in_a_title_stays_text(store: Store, run: Run) -> None:
    with store.transaction() as tx:
        trip = tx.get("trips", "cleveland") or {}
        trip["bookings"][0]["title"] = "Talk\r\nATTENDEE:mailto:x@y.example"
        tx.put("trips", "cleveland", trip)
    written = run("export", "--format", "ics").stdout_bytes
    assert b"\r\nATTENDEE" not in written
