"""Everything at a glance, and putting a reading right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.accounts import account_from_url, add, save_state
from scraper.outcomes import Outcome
from scraper.store import Store
from server.views import last_night
from tests.server.conftest import Caller, Clock
from tests.server.portal_pages import STORY, URL, captured

CHARGE = "taleo|lakeshore.taleo.net|48213"
EDUCATOR = "taleo|lakeshore.taleo.net|48220"


def stages(caller: Caller) -> dict[str, str]:
    rows = caller.get("/api/applications").get_json()["applications"]
    return {row["requisition"]: row["stage"] for row in rows}


def employers(caller: Caller) -> dict[str, str]:
    rows = caller.get("/api/applications").get_json()["applications"]
    return {row["requisition"]: row["employer"] for row in rows}


def test_an_empty_store_is_an_empty_answer(caller: Caller) -> None:
    assert caller.get("/api/applications").get_json() == {
        "applications": [],
        "accounts": [],
        "new_since_last_night": 0,
        "notices": [],
    }


def test_news_are_counted_and_the_newest_change_comes_first(caller: Caller, clock: Clock) -> None:
    caller.post("/api/pages", captured(*STORY))
    assert caller.get("/api/applications").get_json()["new_since_last_night"] == 0
    clock.forward(days=1)
    changed = ("Clinic Manager", "47102", "Closed")
    caller.post("/api/pages", captured(STORY[0], STORY[1], changed, ("RN", "47990", "Under review")))
    body = caller.get("/api/applications").get_json()
    assert body["new_since_last_night"] == 2
    assert {row["requisition"] for row in body["applications"][:2]} == {"47102", "47990"}
    clock.forward(days=3)
    assert caller.get("/api/applications").get_json()["new_since_last_night"] == 0


def test_last_night_begins_the_evening_before() -> None:
    now = datetime(2027, 8, 12, 12, 0).astimezone()
    assert last_night(now) == datetime(2027, 8, 11, 18, 0).astimezone()
    assert last_night(now).tzinfo is UTC


def test_each_account_tells_its_last_good_night_and_what_it_needs(
    caller: Caller, store: Store, clock: Clock
) -> None:
    account = add(store, account_from_url(URL, employer="Lakeshore Health", username="dreyes"))
    good = clock() - timedelta(days=2)
    save_state(
        store,
        account.id,
        outcome=Outcome.CODE_NEEDED,
        sentence="The site asks for a one-time code.",
        fix=f"intown login {account.id}",
        checked_at=clock(),
        last_good=good,
    )
    (row,) = caller.get("/api/applications").get_json()["accounts"]
    assert row == {
        "id": account.id,
        "employer": "Lakeshore Health",
        "portal": "taleo",
        "last_good": good.isoformat(),
        "outcome": "code_needed",
        "sentence": "The site asks for a one-time code.",
        "fix": f"intown login {account.id}",
    }
    assert "dreyes" not in caller.get("/api/applications").text


def test_a_corrected_stage_holds_until_the_portal_says_something_new(caller: Caller, clock: Clock) -> None:
    caller.post("/api/pages", captured(*STORY))
    answer = caller.patch("/api/applications", {"key": CHARGE, "stage": "interview_requested"})
    assert [row["stage"] for row in answer.get_json()["applications"]] == ["interview_requested"]
    assert answer.get_json()["applications"][0]["corrected"] == ["stage"]
    clock.forward(days=1)
    again = caller.post("/api/pages", captured(*STORY)).get_json()
    assert again["changed"] == 0
    assert stages(caller)["48213"] == "interview_requested"
    clock.forward(days=1)
    caller.post("/api/pages", captured(("Charge Nurse, Cardiac ICU", "48213", "Not selected")))
    assert stages(caller)["48213"] == "not_selected"


def test_a_correction_of_one_leaves_the_others(caller: Caller) -> None:
    caller.post("/api/pages", captured(("A", "1", "Under review"), ("B", "2", "Under review")))
    caller.patch("/api/applications", {"key": "taleo|lakeshore.taleo.net|1", "stage": "received"})
    assert stages(caller) == {"1": "received", "2": "under_review"}


def test_a_correction_for_the_employer_holds_for_all_and_for_new_ones(caller: Caller, clock: Clock) -> None:
    rows = (("A", "1", "Under review"), ("B", "2", "UNDER  REVIEW"), ("C", "3", "Not selected"))
    caller.post("/api/pages", captured(*rows))
    answer = caller.patch(
        "/api/applications", {"key": "taleo|lakeshore.taleo.net|1", "stage": "received", "scope": "employer"}
    )
    assert len(answer.get_json()["applications"]) == 2
    clock.forward(days=1)
    caller.post("/api/pages", captured(*rows, ("D", "4", "Under review")))
    assert stages(caller) == {"1": "received", "2": "received", "3": "not_selected", "4": "received"}


def test_a_correction_can_be_taken_back(caller: Caller, clock: Clock) -> None:
    caller.post("/api/pages", captured(*STORY))
    before = caller.get("/api/applications").get_json()
    for scope in ("one", "employer"):
        caller.patch("/api/applications", {"key": CHARGE, "stage": "offer", "scope": scope})
        caller.patch("/api/applications", {"key": CHARGE, "stage": "hired", "scope": scope})
        assert stages(caller)["48213"] == "hired"
        caller.patch("/api/applications", {"key": CHARGE, "stage": None, "scope": scope})
        assert caller.get("/api/applications").get_json() == before
    clock.forward(days=1)
    assert caller.post("/api/pages", captured(*STORY)).get_json()["changed"] == 0


def test_a_corrected_employer_is_kept_and_can_be_taken_back(caller: Caller, clock: Clock) -> None:
    caller.post("/api/pages", captured(*STORY))
    caller.patch("/api/applications", {"key": CHARGE, "employer": "Lakeshore Health", "scope": "employer"})
    clock.forward(days=1)
    caller.post("/api/pages", captured(*STORY, ("RN", "47990", "Under review")))
    assert set(employers(caller).values()) == {"Lakeshore Health"}
    caller.patch("/api/applications", {"key": EDUCATOR, "employer": None, "scope": "employer"})
    assert set(employers(caller).values()) == {"Lakeshore"}
    caller.patch("/api/applications", {"key": CHARGE, "employer": "Cardiac Center"})
    assert employers(caller)["48213"] == "Cardiac Center"
    assert employers(caller)["48220"] == "Lakeshore"


def test_a_correction_is_no_change_of_status(caller: Caller) -> None:
    caller.post("/api/pages", captured(*STORY))
    (row,) = caller.patch("/api/applications", {"key": CHARGE, "stage": "offer"}).get_json()["applications"]
    assert row["is_changed"] is False
    assert row["previous_status"] == ""
    assert row["status"] == "Referred to hiring manager"


def test_an_unknown_application_is_told_so(caller: Caller, store: Store) -> None:
    answer = caller.patch("/api/applications", {"key": "taleo|nowhere|1", "stage": "offer"})
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (404, "unknown_application")
    assert store.read().all("corrections") == {}


@pytest.mark.parametrize(
    "fix",
    [
        {},
        {"key": CHARGE},
        {"key": CHARGE, "stage": "promoted"},
        {"key": CHARGE, "employer": ""},
        {"key": CHARGE, "employer": "x" * 201},
        {"key": CHARGE, "stage": "offer", "scope": "everywhere"},
        {"key": 7, "stage": "offer"},
    ],
)
def test_a_correction_that_says_nothing_is_refused(caller: Caller, fix: dict[str, object]) -> None:
    caller.post("/api/pages", captured(*STORY))
    before = caller.get("/api/applications").data
    assert caller.patch("/api/applications", fix).status_code == 422
    assert caller.get("/api/applications").data == before


def test_damage_to_the_data_is_told_until_it_was_seen(caller: Caller, store: Store) -> None:
    caller.post("/api/pages", captured(*STORY))
    caller.patch("/api/applications", {"key": CHARGE, "stage": "offer"})
    store.path.write_bytes(b"")
    body = caller.get("/api/applications").get_json()
    assert len(body["applications"]) == 3
    (notice,) = body["notices"]
    assert notice["kind"] == "restored"
    assert "restored" in notice["text"]
    assert caller.send("DELETE", f"/api/notices/{notice['id']}").status_code == 204
    assert caller.get("/api/applications").get_json()["notices"] == []
    assert caller.send("DELETE", f"/api/notices/{notice['id']}").status_code == 404
