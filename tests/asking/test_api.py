"""Planning over HTTP: the founding case from the logged trip to the booked meeting, and everything refused."""

from __future__ import annotations

from typing import Any

import pytest
from werkzeug.test import TestResponse

from scraper.store import Store
from tests.asking.worlds import HOSPITAL, key
from tests.server.conftest import Caller, Clock

INTERVIEW = {
    "title": "Cath Lab RN interview",
    "employer": HOSPITAL,
    "start": "2027-08-27T09:00",
    "end": "2027-08-27T10:30",
    "application_key": key("48001"),
}
TRIP = {
    "destination": "Cleveland, OH",
    "arrive": "2027-08-26T11:00",
    "depart": "2027-08-28T15:00",
    "cost": 600,
    "bookings": [INTERVIEW],
}


def good(answer: TestResponse) -> Any:
    assert answer.status_code == 200, answer.get_data(as_text=True)
    return answer.get_json()


def refused(answer: TestResponse, status: int, code: str) -> Any:
    assert answer.status_code == status, answer.get_data(as_text=True)
    error = answer.get_json()["error"]
    assert error["code"] == code
    assert error["message"]
    return error


@pytest.fixture
def trip(caller: Caller) -> Any:
    """The founding trip, logged over HTTP."""
    return good(caller.post("/api/trips", TRIP))


def cards(caller: Caller, trip: Any, query: str = "") -> Any:
    return good(caller.get(f"/api/trips/{trip['id']}/suggestions{query}"))["cards"]


def test_a_trip_knows_its_half_days_by_itself(trip: Any) -> None:
    assert trip["id"] == "cleveland-2027-08-26"
    assert trip["destination"]["tz"] == "America/New_York"
    states = {(h["date"][-2:], h["part"][:2]): h["state"] for h in trip["half_days"]}
    assert [state for at, state in states.items() if at[1] != "ev"] == [
        "away",
        "free",
        "booked",
        "free",
        "off",
        "away",
    ]
    assert trip["cost_per_interview"] == 600


def test_from_the_trip_to_a_booked_meeting(caller: Caller, trip: Any, clock: Clock) -> None:
    first = cards(caller, trip)[0]
    assert (first["recruiter"]["name"], first["when"]["state"]) == ("A. Alvarez", "best")
    assert first["draft"]["mailto"].startswith("mailto:a.alvarez@lakeshore.example?subject=")

    ask = good(caller.post("/api/asks", {"trip_id": trip["id"], "card_id": first["id"], "state": "sent"}))
    assert (ask["state"], ask["subject"]) == ("sent", first["draft"]["subject"])
    halves = good(caller.get(f"/api/trips/{trip['id']}"))["half_days"]
    assert [h["state"] for h in halves if h["label"] == "on offer"] == ["offered", "offered"]

    clock.forward(days=5)  # Friday to Wednesday: three working days
    assert [d["kind"] for d in good(caller.get("/api/asks"))["due"]] == ["nudge"]
    follow_up = cards(caller, trip)[0]["draft"]
    assert "only reminder" in follow_up["body"]
    good(caller.patch(f"/api/asks/{ask['id']}", {"state": "nudged"}))
    assert good(caller.get("/api/asks"))["due"] == []

    yes = {"state": "answered_yes", "start": "2027-08-27T14:00", "end": "2027-08-27T14:30"}
    booked = good(caller.patch(f"/api/asks/{ask['id']}", yes))
    known = good(caller.get(f"/api/trips/{trip['id']}"))
    assert [b["ask_id"] for b in known["bookings"]] == ["", ask["id"]]
    assert known["cost_per_interview"] == 300
    assert booked["booking_id"] == known["bookings"][1]["id"]
    assert [c["recruiter"]["name"] for c in cards(caller, trip)] == ["C. Lindqvist", "B. Osei"]
    assert all(o["date"] == "2027-08-26" for c in cards(caller, trip) for o in c["offers"])

    undone = good(caller.patch(f"/api/asks/{ask['id']}", {"state": "undone"}))
    assert undone["state"] == "nudged"
    assert len(good(caller.get(f"/api/trips/{trip['id']}"))["bookings"]) == 1


def test_the_same_message_cannot_be_sent_twice(caller: Caller, trip: Any) -> None:
    body = {"trip_id": trip["id"], "card_id": cards(caller, trip)[0]["id"], "state": "sent"}
    good(caller.post("/api/asks", body))
    refused(caller.post("/api/asks", body), 409, "already_asked")


def test_moves_that_make_no_sense_are_refused(caller: Caller, trip: Any) -> None:
    card = cards(caller, trip)[0]["id"]
    good(caller.post("/api/asks", {"trip_id": trip["id"], "card_id": card, "state": "drafted"}))
    refused(caller.patch(f"/api/asks/{card}", {"state": "answered_yes"}), 409, "not_allowed")
    refused(caller.patch("/api/asks/nobody", {"state": "sent"}), 404, "unknown_ask")
    good(caller.patch(f"/api/asks/{card}", {"state": "undone"}))
    refused(caller.patch(f"/api/asks/{card}", {"state": "undone"}), 409, "not_allowed")


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"destination": "Springfield"}, 422, "ambiguous_destination"),
        ({"destination": "Ohio"}, 422, "ambiguous_destination"),
        ({"destination": "zzzzqqq"}, 422, "unknown_destination"),
        ({"depart": "2027-08-26T10:00"}, 422, "wrong_dates"),
        ({"depart": "2029-08-26T10:00"}, 422, "wrong_dates"),
        ({"arrive": "0001-01-01T00:00"}, 422, "not_valid"),
        (
            {"bookings": [INTERVIEW | {"start": "2027-09-27T09:00", "end": "2027-09-27T10:00"}]},
            422,
            "outside_trip",
        ),
        ({"bookings": [INTERVIEW | {"end": "2027-08-27T08:00"}]}, 422, "wrong_dates"),
        ({"cost": -1}, 422, "not_valid"),
    ],
)
def test_trips_that_cannot_be(
    caller: Caller, store: Store, change: dict[str, Any], status: int, code: str
) -> None:
    error = refused(caller.post("/api/trips", TRIP | change), status, code)
    assert store.read().all("trips") == {}
    if change.get("destination") == "Springfield":
        assert {c["region"] for c in error["candidates"]} >= {"Missouri", "Massachusetts", "Illinois"}


def test_an_ambiguous_destination_is_taken_when_its_label_is_sent_back(caller: Caller) -> None:
    error = refused(
        caller.post("/api/trips", TRIP | {"destination": "Springfield"}), 422, "ambiguous_destination"
    )
    for candidate in error["candidates"]:
        made = good(caller.post("/api/trips", {**TRIP, "destination": candidate["label"], "bookings": []}))
        assert made["destination"]["region"] == candidate["region"]


def test_editing_a_trip_its_bookings_and_half_days(caller: Caller, trip: Any) -> None:
    where = f"/api/trips/{trip['id']}"
    changed = good(caller.patch(where, {"radius_km": 25, "purpose": "Interviews"}))
    assert (changed["radius_km"], changed["purpose"], changed["cost"]) == (25, "Interviews", 600)
    half = {"date": "2027-08-28", "part": "morning", "free": True}
    freed = good(caller.patch(f"{where}/half-days", half))
    assert next(h["state"] for h in freed["half_days"] if h["date"] == "2027-08-28") == "free"
    back = good(caller.patch(f"{where}/half-days", {**half, "free": None}))
    assert next(h["label"] for h in back["half_days"] if h["date"] == "2027-08-28") == "weekend"
    booking = trip["bookings"][0]["id"]
    moved = good(
        caller.patch(f"{where}/bookings/{booking}", {"start": "2027-08-27T13:00", "end": "2027-08-27T14:00"})
    )
    assert [h["part"] for h in moved["half_days"] if h["state"] == "booked"] == ["afternoon"]
    assert good(caller.send("DELETE", f"{where}/bookings/{booking}"))["bookings"] == []
    assert caller.send("DELETE", where).status_code == 204
    refused(caller.get(where), 404, "unknown_trip")


def test_a_declined_card_stays_away_until_it_is_wanted_again(caller: Caller, trip: Any) -> None:
    card = cards(caller, trip)[0]["id"]
    good(caller.patch(f"/api/trips/{trip['id']}/cards/{card}", {"declined": True}))
    assert card not in [c["id"] for c in cards(caller, trip)]
    good(caller.patch(f"/api/trips/{trip['id']}/cards/{card}", {"declined": False}))
    assert card in [c["id"] for c in cards(caller, trip)]


def test_preparation_and_later_messages(caller: Caller, trip: Any, clock: Clock) -> None:
    booking = trip["bookings"][0]["id"]
    tasks = good(caller.get(f"/api/trips/{trip['id']}/bookings/{booking}"))["tasks"]
    assert [t["topic"] for t in tasks] == ["documents", "questions", "dress", "route", "names"]
    assert "48001" in tasks[0]["text"]
    card = cards(caller, trip)[0]["id"]
    good(caller.post("/api/asks", {"trip_id": trip["id"], "card_id": card, "state": "sent"}))
    refused(caller.get(f"/api/asks/{card}/draft?kind=thank_you"), 409, "not_allowed")
    for kind in ("follow_up", "was_in_town"):
        for language in ("en", "es", "fr", "de"):
            made = good(caller.get(f"/api/asks/{card}/draft?kind={kind}&language={language}"))
            assert 60 <= made["words"] <= 120
    clock.forward(days=20)
    assert [d["kind"] for d in good(caller.get("/api/asks"))["due"]] == ["was_in_town"]
    good(caller.patch(f"/api/asks/{card}", {"state": "silent"}))
    assert good(caller.get("/api/asks"))["due"] == []


def test_settings_change_what_is_suggested(caller: Caller, trip: Any) -> None:
    changed = good(
        caller.patch("/api/settings", {"rules": {"opens_days": 5, "tone": "brief", "language": "de"}})
    )
    assert (changed["rules"]["opens_days"], changed["rules"]["per_day"]) == (5, 3)
    first = cards(caller, trip)[0]
    assert first["when"]["state"] == "too_early"
    assert first["draft"]["language"] == "de"
    back = good(caller.patch("/api/settings", {"rules": {"opens_days": None}}))
    assert back["rules"]["opens_days"] == 21
    refused(caller.patch("/api/settings", {"rules": {"opens_days": -1}}), 422, "not_valid")
    refused(caller.patch("/api/settings", {"rules": {"no_such_rule": 1}}), 422, "not_valid")


def test_an_own_template_is_used_and_may_name_no_employer(caller: Caller, trip: Any) -> None:
    own = {"subject": "", "body": "{greeting}\n\nMay I drop by on my visit to {city}?\n\n{signature}"}
    good(caller.patch("/api/settings/templates/ask.en", own))
    assert "May I drop by on my visit to Cleveland?" in cards(caller, trip)[0]["draft"]["body"]
    bad = {"subject": f"Hello {HOSPITAL}", "body": ""}
    refused(caller.patch("/api/settings/templates/ask.en", bad), 422, "names_employer")
    refused(caller.patch("/api/settings/templates/ask.xx", own), 404, "unknown_template")
    good(caller.patch("/api/settings/templates/ask.en", {"subject": "", "body": ""}))
    assert "drop by" not in cards(caller, trip)[0]["draft"]["body"]


def test_recruiters_are_added_merged_linked_and_removed(caller: Caller, trip: Any) -> None:
    made = good(
        caller.post(
            "/api/recruiters", {"name": "B. Osei", "employer": HOSPITAL, "email": "b@lakeshore.example"}
        )
    )
    assert made["id"] == "osei"  # the same person, completed
    assert key("47990") in made["application_keys"]
    new = good(caller.post("/api/recruiters", {"name": "D. Okafor", "application_keys": [key("48220")]}))
    people = {r["id"]: r["application_keys"] for r in good(caller.get("/api/recruiters"))["recruiters"]}
    assert people["alvarez"] == [key("48213")]  # an application belongs to one person
    assert len(cards(caller, trip)) == 4
    assert caller.send("DELETE", f"/api/recruiters/{new['id']}").status_code == 204
    refused(caller.patch(f"/api/recruiters/{new['id']}", {"phone": "1"}), 404, "unknown_recruiter")
    refused(caller.post("/api/recruiters", {"employer": HOSPITAL}), 422, "no_name")


def test_a_corrected_place_is_remembered_for_the_employer(caller: Caller, trip: Any, store: Store) -> None:
    with store.transaction() as tx:
        for number in ("48213", "48220"):
            doc = tx.get("applications", key(number)) or {}
            tx.put("applications", key(number), doc | {"location": "Building Q"})
    assert "alvarez" in [c["recruiter"]["id"] for c in cards(caller, trip)]  # the trip visits this employer
    fix = {"employer": HOSPITAL, "text": "Building Q", "right": "San Diego, CA"}
    assert good(caller.patch("/api/places", fix))["city"] == "San Diego"
    assert "alvarez" not in [c["recruiter"]["id"] for c in cards(caller, trip)]
    good(caller.patch("/api/places", fix | {"right": ""}))
    assert "alvarez" in [c["recruiter"]["id"] for c in cards(caller, trip)]
    refused(caller.patch("/api/places", fix | {"right": "zzqqzz"}), 422, "unknown_place")


def test_places_while_typing(caller: Caller) -> None:
    found = good(caller.get("/api/places?q=cleve"))["places"]
    assert found[0]["label"] == "Cleveland, Ohio, US"
    assert len(found) <= 8
    assert good(caller.get("/api/places?q="))["places"] == []


def test_ideas_when_no_trip_is_planned(caller: Caller, trip: Any) -> None:
    assert good(caller.get("/api/ideas"))["ideas"] == []  # a trip goes there already
    caller.send("DELETE", f"/api/trips/{trip['id']}")
    idea = good(caller.get("/api/ideas"))["ideas"][0]
    assert (idea["place"]["city"], idea["count"], idea["strong"]) == ("Cleveland", 4, 3)


def test_the_plan_goes_out_and_a_calendar_comes_in(caller: Caller, trip: Any) -> None:
    ics = good(caller.get(f"/api/trips/{trip['id']}/calendar"))["ics"]
    assert "SUMMARY:Cath Lab RN interview (Lakeshore Health)" in ics
    assert "DTSTART:20270827T130000Z" in ics
    found = good(caller.post("/api/calendar", {"ics": ics}))
    assert [e["summary"] for e in found["interviews"]] == ["Cath Lab RN interview (Lakeshore Health)"]
    refused(caller.post("/api/calendar", {"ics": "no calendar"}), 422, "no_calendar")


def test_what_is_kept_between_answers_is_of_the_last_commit(caller: Caller, trip: Any, store: Store) -> None:
    before = {n["key"] for card in cards(caller, trip) for n in card["applications"]}
    assert {n["key"] for card in cards(caller, trip) for n in card["applications"]} == before  # kept
    with store.transaction() as tx:  # another process, as the nightly sync is
        doc = tx.get("applications", key("48255"))
        assert doc is not None
        tx.put("applications", doc["key"], {**doc, "stage": "not_selected"})
    after = {n["key"] for card in cards(caller, trip) for n in card["applications"]}
    assert before - after == {key("48255")}
