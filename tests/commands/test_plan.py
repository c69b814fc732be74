"""Trips, asks and people at the terminal: what the founding case does not touch."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.settings import Home
from scraper.store import Store
from server.commands import extension as extension_commands
from server.commands import plan_common
from tests.asking.worlds import NOW
from tests.commands.conftest import Run, sentence
from tests.portable.homes import furnished


@pytest.fixture
def store(home: Home, monkeypatch: pytest.MonkeyPatch) -> Store:
    monkeypatch.setattr(plan_common, "now", lambda: NOW)
    return furnished(home)


def test_a_trip_on_the_screen(store: Store, run: Run) -> None:
    with store.transaction() as tx:
        trip = tx.get("trips", "cleveland") or {}
        trip["bookings"].append(
            {**trip["bookings"][0], "id": "lunch", "title": "Lunch [bold]", "employer": ""}
        )
        tx.put("trips", "cleveland", {**trip, "cost": 640.0})
    shown = run("trip", "show").output
    assert "Lunch [bold]" in shown
    assert "for each interview" in shown
    assert "Lunch [bold] overlap on Friday" in " ".join(shown.split())
    assert max(len(line) for line in shown.splitlines()) <= 80


def test_a_weekend_and_a_holiday_have_their_names(store: Store, run: Run) -> None:
    words = ("--arrive", "2027-09-04T08:00", "--depart", "2027-09-07T20:00")
    assert "Labor Day" in " ".join(run("trip", "add", "Cleveland, OH", *words).output.split())


def test_trips_that_are_not_there(store: Store, run: Run) -> None:
    assert "There is no trip 'x'" in run("trip", "show", "x").output
    done = run("trip", "remove", "x")
    assert (done.exit_code, "There is no such trip." in done.output) == (1, True)
    assert run("trip", "remove", "cleveland").exit_code == 0
    assert store.read().all("trips") == {}
    assert store.read().all("asks") == {}
    assert "No trip is logged yet." in run("trip", "list").output


def test_a_calendar_that_says_too_little(store: Store, run: Run, tmp_path: Path) -> None:
    file = tmp_path / "empty.ics"
    file.write_bytes(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\nEND:VCALENDAR\r\n")
    done = run("trip", "import", str(file))
    assert (done.exit_code, "No destination" in done.output) == (2, True)
    assert run("trip", "import", str(file), "--destination", "Cleveland, OH").exit_code == 2


def test_no_idea_for_a_trip(run: Run) -> None:
    assert run("trip", "ideas").output.startswith("No city has three live applications")
    assert json.loads(run("trip", "ideas", "--json").stdout) == []


def test_what_is_due_is_said_with_the_suggestions_and_the_asks(
    store: Store, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plan_common, "now", lambda: datetime(2027, 8, 20, 15, tzinfo=UTC))
    from server.commands import asks

    monkeypatch.setattr(asks, "now", lambda: datetime(2027, 8, 20, 15, tzinfo=UTC))
    assert "Due today: Follow up with A. Alvarez" in run("suggest").output
    assert "Due today: Follow up with A. Alvarez" in run("asks").output
    assert "Reminded" in run("asks", "nudged", "cleveland.alvarez").output
    assert run("asks", "answer", "cleveland.alvarez", "no").output.startswith("They said no")
    assert "answered no" in run("asks", "--trip", "cleveland").output


def test_an_ask_that_is_not_there_says_what_to_do(store: Store, run: Run) -> None:
    done = run("asks", "undo", "nobody")
    assert (done.exit_code, done.output) == (1, "There is no such ask.\n")
    done = run("asks", "answer", "cleveland.alvarez", "silent")
    assert done.exit_code == 0
    done = run("asks", "nudged", "cleveland.alvarez")
    assert "Undo the last step" in done.output
    assert "Nothing was asked yet." not in run("asks").output


def test_people(store: Store, run: Run, tmp_path: Path) -> None:
    made = run("recruiters", "add", "N. Novak", "--employer", "Nova", "--whole-employer")
    assert made.output == "N. Novak is kept as n-novak.\n"
    assert json.loads(run("recruiters", "add", "O. Okafor", "--json").stdout)["id"] == "o-okafor"
    listed = run("recruiters", "list").output
    assert "all there" in listed
    file = tmp_path / "signature.txt"
    file.write_text(
        "Best regards\nAnn Bell\nRecruiter, Lakeshore Health\nann.bell@lakeshore.example\n+1 216 555 0199\n"
    )
    read = run("recruiters", "read", str(file)).output
    assert "ann.bell@lakeshore.example" in read
    assert "ann-bell" not in store.read().all("recruiters")
    file.write_text("nothing here")
    assert run("recruiters", "read", str(file)).output == "Nobody was found in this text.\n"
    assert run("recruiters", "remove", "nobody").exit_code == 1


def test_no_people_yet(run: Run) -> None:
    assert "No recruiter is known yet." in run("recruiters", "list").output


# --- the extension


def test_where_the_extension_is(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    done = run("extension", "path")
    assert Path(done.stdout.strip(), "manifest.json").is_file()
    assert "Load unpacked" in done.stderr
    assert json.loads(run("extension", "path", "--json").stdout)["folder"] == done.stdout.strip()
    monkeypatch.setattr(extension_commands, "FOLDER", tmp_path)
    assert "reinstall InTown" in sentence(run("extension", "path"))
