"""Planning with what is gone, was never there, or does not fit: each is refused in a sentence and changes nothing."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from pydantic import ValidationError

from scraper.store import Store, Transaction
from server.asking.bookings import ACROSS_TOWN_MINUTES, travel_minutes, warnings
from server.asking.model import Ask, AskState, Booking, Step
from tests.asking.test_api import INTERVIEW, TRIP, cards, good, refused, trip
from tests.asking.worlds import CLEVELAND, NOW, application, founding_trip, key
from tests.server.conftest import Caller, Clock

__all__ = ["trip"]  # the founding trip, logged over HTTP


def send(caller: Caller, trip: Any, card: str, state: str = "sent") -> Any:
    return caller.post("/api/asks", {"trip_id": trip["id"], "card_id": card, "state": state})


def test_a_card_that_never_was_is_not_sent(caller: Caller, trip: Any) -> None:
    refused(send(caller, trip, "nobody"), 404, "unknown_card")
    assert good(caller.get("/api/asks"))["asks"] == []


def test_a_message_that_was_answered_is_not_sent_again(caller: Caller, trip: Any) -> None:
    card = cards(caller, trip)[0]["id"]
    good(send(caller, trip, card))
    good(caller.patch(f"/api/asks/{card}", {"state": "answered_no"}))
    error = refused(send(caller, trip, card), 409, "already_asked")
    assert error["message"] == "This is settled for this trip already."


def test_a_message_taken_back_can_be_sent_though_its_card_is_gone(
    caller: Caller, trip: Any, store: Store
) -> None:
    """What was prepared stays with it: the employer and the positions it spoke of."""
    first = cards(caller, trip)[0]
    good(send(caller, trip, first["id"], "drafted"))
    good(caller.patch(f"/api/asks/{first['id']}", {"state": "undone"}))
    with store.transaction() as tx:
        for named in first["applications"]:
            tx.remove("applications", named["key"])
    assert first["id"] not in [card["id"] for card in cards(caller, trip)]
    ask = good(send(caller, trip, first["id"]))
    assert (ask["state"], ask["employer"]) == ("sent", first["employer"])
    refused(caller.get(f"/api/asks/{ask['id']}/draft?kind=follow_up"), 409, "not_allowed")


def test_no_reminder_of_what_was_never_sent(caller: Caller, trip: Any) -> None:
    card = cards(caller, trip)[0]["id"]
    good(send(caller, trip, card, "drafted"))
    for kind in ("follow_up", "was_in_town"):
        refused(caller.get(f"/api/asks/{card}/draft?kind={kind}"), 409, "not_allowed")


def test_a_yes_taken_back_after_its_trip_is_gone(caller: Caller, trip: Any, store: Store) -> None:
    card = cards(caller, trip)[0]["id"]
    good(send(caller, trip, card))
    yes = {"state": "answered_yes", "start": "2027-08-27T14:00"}
    assert good(caller.patch(f"/api/asks/{card}", yes))["booking_id"]
    with store.transaction() as tx:
        tx.remove("trips", trip["id"])
    undone = good(caller.patch(f"/api/asks/{card}", {"state": "undone"}))
    assert (undone["state"], undone["booking_id"]) == ("sent", "")


def test_a_trip_forgotten_takes_its_own_messages_along_and_no_others(caller: Caller, trip: Any) -> None:
    later = good(
        caller.post(
            "/api/trips",
            TRIP | {"arrive": "2027-10-14T11:00", "depart": "2027-10-16T15:00"} | {"bookings": []},
        )
    )
    for each in (trip, later):
        good(send(caller, each, cards(caller, each)[0]["id"], "drafted"))
    assert caller.send("DELETE", f"/api/trips/{trip['id']}").status_code == 204
    assert [ask["trip_id"] for ask in good(caller.get("/api/asks"))["asks"]] == [later["id"]]


def test_a_trip_to_another_place(caller: Caller, trip: Any) -> None:
    moved = good(caller.patch(f"/api/trips/{trip['id']}", {"destination": "Boston, MA"}))
    assert (moved["destination"]["city"], moved["cost"]) == ("Boston", 600)
    refused(
        caller.patch(f"/api/trips/{trip['id']}", {"destination": "Springfield"}), 422, "ambiguous_destination"
    )
    assert good(caller.get(f"/api/trips/{trip['id']}"))["destination"]["city"] == "Boston"


def test_a_half_day_outside_the_stay(caller: Caller, trip: Any) -> None:
    half = {"date": "2027-08-29", "part": "morning", "free": True}
    refused(caller.patch(f"/api/trips/{trip['id']}/half-days", half), 422, "outside_trip")
    refused(
        caller.patch(f"/api/trips/{trip['id']}/half-days", half | {"date": "2027-02-30"}), 422, "wrong_dates"
    )


@pytest.mark.parametrize("method", ["GET", "PATCH", "DELETE"])
def test_a_booking_that_is_not_there(caller: Caller, trip: Any, method: str) -> None:
    where = f"/api/trips/{trip['id']}/bookings/nothing"
    body = {"title": "Another"} if method == "PATCH" else None
    refused(caller.send(method, where, body), 404, "unknown_booking")
    assert [b["title"] for b in good(caller.get(f"/api/trips/{trip['id']}"))["bookings"]] == [
        INTERVIEW["title"]
    ]


# --- what is said of times and ways --------------------------------------------------------------------------


def test_a_booking_after_the_train_has_left_is_said() -> None:
    late = Booking(id="late", title="Dinner", start=datetime(2027, 8, 28, 14), end=datetime(2027, 8, 28, 18))
    assert [said.code for said in warnings(founding_trip(bookings=(late,)))] == ["booking.late"]


@pytest.mark.parametrize(
    "far",
    [CLEVELAND.model_copy(update={"lat": 34.05, "lon": -118.24}), CLEVELAND.model_copy(update={"lat": None})],
    ids=["across the country", "nobody knows where"],
)
def test_a_way_that_nobody_drives_is_reckoned_as_across_town(far: Any) -> None:
    """Two bookings of one trip are not thousands of kilometres apart: one of the places was misread."""
    here = founding_trip().bookings[0].model_copy(update={"place": CLEVELAND})
    there = here.model_copy(update={"employer": "Harbor Clinic", "place": far})
    assert travel_minutes(here, there) == ACROSS_TOWN_MINUTES


def test_steps_taken_back_that_were_never_taken() -> None:
    """As somebody's own list may bring them in."""
    undone = Step(state=AskState.UNDONE, at=NOW)
    ask = Ask(
        id="a", trip_id="t", card_id="a", steps=(undone, Step(state=AskState.SENT, at=NOW), undone, undone)
    )
    assert (ask.state, ask.sent_at) == (AskState.UNDONE, None)


@pytest.mark.parametrize("arrive", ["soon", None, ["2027-08-26"]])
def test_a_time_that_is_none_makes_no_trip(arrive: object) -> None:
    with pytest.raises(ValidationError):
        founding_trip(arrive=arrive)


# --- what is said of a card ----------------------------------------------------------------------------------


def change(tx: Transaction, table: str, row: str, **fields: Any) -> None:
    before = tx.get(table, row)
    assert before is not None
    tx.put(table, row, before | fields)


def test_a_guess_ranks_behind_a_sure_one_of_the_same_stage(caller: Caller, trip: Any, store: Store) -> None:
    with store.transaction() as tx:
        change(tx, "applications", key("48213"), confidence="guess")
    first = cards(caller, trip)[0]
    assert [named["requisition"] for named in first["applications"]] == ["48220", "48213"]
    with store.transaction() as tx:
        change(tx, "applications", key("48213"), confidence="sure")
        change(tx, "applications", key("48220"), confidence="guess")
    first = cards(caller, trip)[0]
    assert [named["requisition"] for named in first["applications"]] == ["48213", "48220"]


def test_of_many_positions_some_are_named_and_the_others_counted(
    caller: Caller, trip: Any, store: Store
) -> None:
    more = [str(number) for number in range(60001, 60007)]
    with store.transaction() as tx:
        for number in more:
            tx.put("applications", key(number), application(number, f"Nurse {number}", "referred"))
        keys = [key(number) for number in ("48213", "48220", *more)]
        change(tx, "recruiters", "alvarez", application_keys=keys)
    crowded = next(card for card in cards(caller, trip) if card["recruiter"]["id"] == "alvarez")
    named = len(crowded["applications"])
    assert named < 8
    assert any(str(8 - named) in reason for reason in crowded["reasons"])


def test_a_person_with_a_salutation_is_greeted_by_it(caller: Caller, trip: Any, store: Store) -> None:
    with store.transaction() as tx:
        change(tx, "recruiters", "alvarez", name="Ana Alvarez", salutation="Dr.")
    first = next(card for card in cards(caller, trip) if card["recruiter"]["id"] == "alvarez")
    assert "Dr. Alvarez" in first["draft"]["body"].splitlines()[0]


def test_weeks_after_the_trip_nothing_is_due_any_more(caller: Caller, trip: Any, clock: Clock) -> None:
    good(send(caller, trip, cards(caller, trip)[0]["id"]))
    clock.forward(days=20)
    assert [due["kind"] for due in good(caller.get("/api/asks"))["due"]] == ["was_in_town"]
    clock.forward(days=20)
    assert good(caller.get("/api/asks"))["due"] == []
