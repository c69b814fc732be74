"""The page under the icon: read, kept, answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from scraper.accounts import account_from_url, add
from scraper.model import Application, Click, PageKind, ParsedPage
from scraper.store import Store
from server.sentences import message as said
from server.sentences import whole_list
from server.views import AppView
from tests.portable.lists import take
from tests.server.conftest import Caller, Clock
from tests.server.portal_pages import STORY, URL, captured, taleo


def test_a_list_is_read_kept_and_answered(caller: Caller, store: Store) -> None:
    answer = caller.post("/api/pages", captured(*STORY))
    assert answer.status_code == 200
    body = answer.get_json()
    assert body["portal"] == {"kind": "taleo", "name": "Taleo"}
    assert (body["page_kind"], body["host"]) == ("applications", "lakeshore.taleo.net")
    assert (body["new"], body["changed"], body["complete"]) == (3, 0, True)
    assert body["message"] == "3 applications read: 3 new."
    assert [row["stage"] for row in body["applications"]] == ["referred", "under_review", "not_selected"]
    assert {row["requisition"] for row in body["applications"]} == {"48213", "48220", "47102"}
    assert len(store.read().all("applications")) == 3


def test_the_answer_is_what_the_document_promises(caller: Caller) -> None:
    for row in caller.post("/api/pages", captured(*STORY)).get_json()["applications"]:
        assert set(row) == set(AppView.model_fields)
        AppView.model_validate(row)


def test_every_application_has_a_verdict(caller: Caller) -> None:
    rows = caller.post("/api/pages", captured(*STORY)).get_json()["applications"]
    assert [row["verdict"]["answer"] for row in rows][2] == "dont"
    assert all(row["verdict"]["reason"] for row in rows)


def test_a_change_is_told_with_what_stood_there_before(caller: Caller, clock: Clock) -> None:
    caller.post("/api/pages", captured(*STORY))
    clock.forward(days=3)
    later = (STORY[0], ("Nurse Educator", "48220", "Referred to hiring manager"), STORY[2])
    body = caller.post("/api/pages", captured(*later)).get_json()
    assert (body["new"], body["changed"]) == (0, 1)
    assert body["message"] == "3 applications read: 1 changed."
    educator = body["applications"][1]
    assert educator["is_changed"] is True
    assert educator["previous_status"] == "Under review"
    assert [moment["status"] for moment in educator["history"]] == [
        "Under review",
        "Referred to hiring manager",
    ]
    assert educator["days_in_stage"] == 0
    assert body["applications"][0]["is_changed"] is False
    assert body["applications"][0]["days_in_stage"] == 3


def test_what_was_there_at_the_first_reading_is_not_news(caller: Caller, clock: Clock) -> None:
    first = caller.post("/api/pages", captured(*STORY[:2])).get_json()
    assert [row["is_new"] for row in first["applications"]] == [False, False]
    clock.forward(days=1)
    second = caller.post("/api/pages", captured(*STORY)).get_json()
    assert [row["is_new"] for row in second["applications"]] == [False, False, True]
    clock.forward(days=2)
    third = caller.get("/api/applications").get_json()
    assert not any(row["is_new"] for row in third["applications"])


def test_what_a_list_brought_becomes_one_with_what_is_on_the_page(caller: Caller, store: Store) -> None:
    employer = caller.post("/api/pages", captured(STORY[0])).get_json()["applications"][0]["employer"]
    brought = f"Nurse Educator,{employer},48220,ask for Ann"
    take(store, f"Title,Company,Req ID,Notes\n{brought}\nBaker,Bread & Co,48220,\n")
    assert len(store.read().all("applications")) == 3
    caller.post("/api/pages", captured(*STORY))
    notes = {one["title"]: one.get("notes", "") for one in store.read().all("applications").values()}
    assert notes == {title: "" for title, *_ in STORY} | {"Nurse Educator": "ask for Ann", "Baker": ""}
    assert len(store.read().all("applications")) == 4


def test_a_shorter_page_takes_nothing_away(caller: Caller, clock: Clock) -> None:
    caller.post("/api/pages", captured(*STORY))
    for _ in range(5):
        clock.forward(days=2)
        caller.post("/api/pages", captured(STORY[0]))
    rows = caller.get("/api/applications").get_json()["applications"]
    assert len(rows) == 3
    assert all(row["listed"] for row in rows)


def test_the_page_belongs_to_the_account_at_its_host(caller: Caller, store: Store) -> None:
    account = add(store, account_from_url(URL, employer="Lakeshore", username="dreyes"))
    caller.post("/api/pages", captured(*STORY))
    assert {row["account"] for row in store.read().all("applications").values()} == {account.id}


def test_an_unknown_host_needs_a_second_click(caller: Caller, store: Store) -> None:
    page = captured(*STORY, url="https://bank.example/accounts")
    answer = caller.post("/api/pages", page)
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "unknown_host"
    assert "bank.example" in answer.get_json()["error"]["message"]
    assert store.read().all("applications") == {}
    assert caller.post("/api/pages", {**page, "confirm": True}).status_code == 200


def test_a_confirmed_host_is_remembered_once_applications_were_found(caller: Caller) -> None:
    listed = captured(*STORY, url="https://careers.example/careers/mine")
    empty = {**listed, "html": "<p>Nothing of interest</p>", "url": "https://news.example/"}
    for page in (listed, empty):
        assert caller.post("/api/pages", {**page, "confirm": True}).status_code == 200
    assert caller.post("/api/pages", listed).status_code == 200
    assert caller.post("/api/pages", empty).status_code == 409


@pytest.mark.parametrize(
    "url",
    [
        "http://lakeshore.taleo.net/careersection/2/mysubmissions.ftl",
        "file:///etc/passwd",
        "chrome://settings",
        "javascript:alert(1)",
        "data:text/html,x",
        "lakeshore.taleo.net",
        "https://",
        "https://[",
        "",
    ],
)
def test_only_https_pages_are_read(caller: Caller, store: Store, url: str) -> None:
    answer = caller.post("/api/pages", captured(*STORY, url=url, confirm=True))
    assert answer.status_code == 422
    assert answer.get_json()["error"]["code"] == "not_a_web_page"
    assert store.read().all("applications") == {}


@pytest.mark.parametrize(
    "url",
    [
        "https://lakeshore.taleo.net.evil.example/careersection/x",
        "https://lakeshore.taleo.net@evil.example/x",
        "https://evil.example/lakeshore.taleo.net/x",
        "https://lakeshore.taleо.net/x",  # a Cyrillic о
        "https://evil.example/#https://lakeshore.taleo.net/",
    ],
)
def test_a_host_that_only_looks_like_a_portal_is_unknown(caller: Caller, url: str) -> None:
    assert caller.post("/api/pages", captured(*STORY, url=url)).status_code == 409


def test_a_page_too_deep_to_read_changes_nothing(caller: Caller, store: Store) -> None:
    caller.post("/api/pages", captured(*STORY))
    before = store.path.read_bytes()
    deep = "<div>" * 50_000 + taleo(("Charge Nurse, Cardiac ICU", "48213", "Not selected"))
    answer = caller.post("/api/pages", captured(html=deep))
    assert answer.status_code == 422
    assert answer.get_json()["error"]["code"] == "unparsable"
    assert answer.get_json()["error"]["whose_turn"] == "us"
    assert store.path.read_bytes() == before


def test_a_capture_from_a_wrong_clock_is_seen_now(caller: Caller, clock: Clock) -> None:
    far = (clock() + timedelta(days=400)).isoformat()
    row = caller.post("/api/pages", captured(*STORY, captured_at=far)).get_json()["applications"][0]
    assert row["last_seen"] == clock().isoformat()


def message(page: ParsedPage, new: int = 0) -> str:
    return str(said(page, new))


def page(kind: PageKind, *, portal: bool = True, rows: int = 0, **more: object) -> ParsedPage:
    applications = tuple(
        Application(portal="taleo", host="h.example", external_id=str(n), title="RN") for n in range(rows)
    )
    found = ParsedPage(url="https://h.example/", host="h.example", kind=kind, applications=applications)
    return replace(found, **({"portal": "taleo", "portal_name": "Taleo"} if portal else {}), **more)  # type: ignore[arg-type]  # as given


@pytest.mark.parametrize("kind", PageKind)
@pytest.mark.parametrize("portal", [True, False])
def test_every_kind_of_page_has_one_sentence(kind: PageKind, portal: bool) -> None:
    text = message(page(kind, portal=portal))
    assert text.endswith(".")
    assert "{" not in text
    assert 20 < len(text) < 130


def test_the_sentences_say_whose_page_and_what_to_do() -> None:
    assert message(page(PageKind.LOGIN)) == "You are not signed in to Taleo here; sign in and click again."
    assert message(page(PageKind.EMPTY)) == "Taleo says that there are no applications here."
    assert "not a portal page" in message(page(PageKind.OTHER, portal=False))
    assert "could not read" in message(page(PageKind.APPLICATIONS))
    without = set(PageKind) - {PageKind.APPLICATIONS, PageKind.DETAIL}
    assert len({message(page(kind)) for kind in without}) == len(without)


def test_a_part_of_a_list_is_called_one() -> None:
    part = page(PageKind.APPLICATIONS, rows=4, count_shown=12)
    assert message(part) == (
        "4 applications read; nothing has changed. The page speaks of 12; show the rest and click again."
    )
    assert not whole_list(part)
    paged = page(PageKind.APPLICATIONS, rows=1, next_step=Click("a.next"))
    assert "more pages" in message(paged, new=1)
    assert not whole_list(paged)
    assert whole_list(page(PageKind.APPLICATIONS, rows=4, count_shown=4))
    lost = page(PageKind.APPLICATIONS, rows=2, complete=False)
    assert "Some rows could not be read" in message(lost)
    assert not whole_list(lost)
