"""`intown trip`, `suggest`, `asks`, `recruiters` and `place` as a person types them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from scraper.settings import Home
from scraper.store import Store
from server.cli import intown
from server.commands import plan_common
from tests.asking.test_calendar import BACK, OUT, TALK, ics
from tests.asking.test_contacts import CARD
from tests.asking.worlds import HOSPITAL, NOW, founding_applications, key


@pytest.fixture(autouse=True)
def _on_the_thirteenth_of_august(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan_common, "now", lambda: NOW)
    for module in ("trips", "asks"):
        monkeypatch.setattr(f"server.commands.{module}.now", lambda: NOW, raising=False)
    with Store(home.store).transaction() as tx:
        for doc in founding_applications():
            tx.put("applications", doc["key"], doc)


def run(*words: str, code: int = 0, stdin: str | bytes | None = None) -> Result:
    result = CliRunner().invoke(intown, list(words), input=stdin)
    assert result.exit_code == code, result.output + result.stderr
    return result


def as_json(*words: str, stdin: str | None = None) -> Any:
    return json.loads(run(*words, "--json", stdin=stdin).stdout)


def plan() -> str:
    """The founding trip with its interview and recruiters, typed; gives its id."""
    trip = as_json(
        "trip",
        "add",
        "Cleveland, OH",
        "--arrive",
        "2027-08-26T11:00",
        "--depart",
        "2027-08-28T15:00",
        "--cost",
        "600",
    )
    book = [
        "--employer",
        HOSPITAL,
        "--start",
        "2027-08-27T09:00",
        "--end",
        "2027-08-27T10:30",
        "--application",
        key("48001"),
    ]
    run("trip", "book", trip["id"], "Cath Lab RN interview", *book)
    run("recruiters", "add", "A. Alvarez", "--employer", HOSPITAL, "--email", "a@lakeshore.example")
    run("recruiters", "link", "a-alvarez", "48213", "48220")
    return str(trip["id"])


def test_the_founding_case_typed() -> None:
    trip = plan()
    shown = run("suggest").output
    assert "A. Alvarez" in shown
    assert "Clinic Manager" not in shown
    assert "Friday, August 27, in the afternoon" in " ".join(shown.split())
    card = as_json("suggest", trip)["cards"][0]
    assert "Asked on Aug 13" in run("asks", "sent", card["id"]).output
    assert run("asks", "sent", card["id"], code=1).stderr.startswith(
        "That is not the next step here. Asked on"
    )
    run("asks", "answer", card["id"], "yes", "--start", "2027-08-27T14:00")
    assert [b["start"] for b in as_json("trip", "show", trip)["bookings"]] == [
        "2027-08-27T09:00",
        "2027-08-27T14:00",
    ]
    run("asks", "undo", card["id"])
    assert len(as_json("trip", "show", trip)["bookings"]) == 1
    assert as_json("asks")["asks"][0]["state"] == "sent"
    assert "sent" in run("asks").output


def test_whole_messages_on_request() -> None:
    plan()
    shown = run("suggest", "--drafts", "--language", "de").output
    assert "Subject: Am 27. August in Cleveland" in shown
    assert "Guten Tag A. Alvarez," in shown


def test_an_unclear_destination_is_the_persons_turn() -> None:
    result = run("trip", "add", "Springfield", "--arrive", "2027-08-26", "--depart", "2027-08-28", code=3)
    assert "Springfield, Illinois, US" in result.stderr
    assert run("trip", "list").output.startswith("No trip is logged yet")


def test_without_a_trip_the_next_step_is_said() -> None:
    assert "intown trip add" in run("suggest", code=2).stderr


def test_a_calendar_in_and_out(tmp_path: Path) -> None:
    file = tmp_path / "trip.ics"
    file.write_bytes(ics(OUT, TALK, BACK))
    trip = as_json("trip", "import", str(file))
    assert (trip["arrive"], trip["depart"]) == ("2027-08-26T11:00", "2027-08-28T15:00")
    assert [b["title"] for b in trip["bookings"]] == ["Interview: Cath Lab RN"]
    assert trip["bookings"][0]["place"]["city"] == "Cleveland"
    assert "SUMMARY:Interview: Cath Lab RN" in run("trip", "export").output
    file.write_text("nothing")
    assert run("trip", "import", str(file), code=1).exception is not None


def test_ideas_and_people(tmp_path: Path) -> None:
    assert "A trip to Cleveland could pay: 4 live applications" in run("trip", "ideas").output
    file = tmp_path / "people.vcf"
    file.write_text(CARD, encoding="utf-8")
    assert [p["id"] for p in as_json("recruiters", "read", str(file), "--save")] == [
        "ben-osei",
        "jurgen-muller",
    ]
    assert "Ben Osei" in run("recruiters", "list").output
    run("recruiters", "remove", "ben-osei")
    assert len(as_json("recruiters", "list")) == 1
    assert "No application is known" in run("recruiters", "link", "jurgen-muller", "nope", code=1).stderr


def test_places_line_by_line() -> None:
    lines = run(
        "place", "--json", "-", stdin="US-OH-Cleveland\nSpringfield\n2 Locations\n\n"
    ).stdout.splitlines()
    found = [json.loads(line) for line in lines]
    assert [f["kind"] for f in found] == ["city", "city", "multiple", "unknown"]
    assert found[0] == {
        "text": "US-OH-Cleveland",
        "kind": "city",
        "city": "Cleveland",
        "region": "Ohio",
        "country": "US",
        "lat": 41.4995,
        "lon": -81.6954,
        "confidence": "sure",
    }
    assert found[1]["confidence"] == "guess"
    assert "Cleveland, Ohio, US" in run("place", "Cleveland, OH").output


def test_text_of_pages_reaches_the_terminal_without_control_characters() -> None:
    with Store(Home.find().store).transaction() as tx:
        doc = tx.get("applications", key("48213")) or {}
        tx.put("applications", key("48213"), doc | {"title": "Nurse\x1b[31m [bold]x[/bold]\u202e"})
    plan()
    shown = run("suggest").output
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[bold]x[/bold]" in shown
