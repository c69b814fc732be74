"""What becomes of a list's rows beside what portals show, now and later."""

from __future__ import annotations

from datetime import timedelta

import pytest

from scraper import corrections
from scraper.model import Stage
from scraper.store import Store, record_page
from server.portable.adopt import Fate, address, join_all, join_shown, joinable
from tests.asking.worlds import NOW
from tests.portable.homes import CHARGE, EDUCATOR, EVIL, shown, taleo
from tests.portable.lists import rows_of, take

CATH_LAB = taleo("48001", "Cath Lab RN", "Under review", Stage.UNDER_REVIEW)


def test_the_portals_reading_counts_and_the_lists_notes_are_kept(store: Store) -> None:
    before = dict(rows_of(store)[EDUCATOR.key])
    text = (
        "Title,Company,Status,Date,Notes\nnurse educator,LAKESHORE HEALTH Inc,Rejected,2027-06-20,call Ann\n"
    )
    assert take(store, text) == [(Fate.PORTAL, EDUCATOR.key)]
    after = rows_of(store)[EDUCATOR.key]
    assert after == {**before, "applied_on": "2027-06-20", "notes": "call Ann"}
    take(store, text)
    assert rows_of(store)[EDUCATOR.key] == after
    assert len(rows_of(store)) == 3


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        ("Something else,Lakeshore Health,48220,", Fate.PORTAL),  # the employer's own number
        (f"Anything,Nobody,,{EDUCATOR.url}&utm_source=mail", Fate.PORTAL),  # the address
        ("Nurse Educator,Lakeshore Health,99999,", Fate.NEW),  # another number
        ("Nurse Educator,North Shore Clinics,48220,", Fate.NEW),  # another employer's number
        (
            "Nurse Educator,Lakeshore Health,,https://lakeshore.taleo.net/",
            Fate.PORTAL,
        ),  # an address of no job
    ],
)
def test_when_two_are_the_same(store: Store, row: str, fate: Fate) -> None:
    assert [found for found, _ in take(store, f"Title,Company,Req ID,URL\n{row}\n")] == [fate]


def test_two_of_one_name_are_not_guessed_at(store: Store) -> None:
    two = "Title,Company,Date\nNurse Educator,Lakeshore Health,2027-01-01\nNurse Educator,Lakeshore Health,2027-05-01\n"
    assert [fate for fate, _ in take(store, two)] == [Fate.NEW, Fate.NEW]


def test_an_imported_application_is_never_given_up_as_gone(store: Store) -> None:
    take(store, "Title,Company,Status\nBaker,Bread & Co,Applied\n")
    for night in range(10):
        at = NOW + timedelta(days=night)
        record_page(store, "lakeshore", shown(EDUCATOR), seen_at=at, complete=True)
    listed = {row["title"]: row["listed"] for row in rows_of(store).values()}
    assert listed == {"Nurse Educator": True, CHARGE.title: False, EVIL.title: False, "Baker": True}


def test_the_list_again_with_another_status_is_a_change_with_its_day(store: Store) -> None:
    (_, key), *_ = take(store, "Title,Company,Status\nBaker,Bread & Co,Applied\n")
    take(store, "Title,Company,Status\nBaker,Bread & Co,Applied\n")
    assert rows_of(store)[key]["change_count"] == 0
    assert take(store, "Title,Company,Status\nBaker,Bread & Co,Rejected\n") == [(Fate.KNOWN, key)]
    change = store.read().all("changes")[f"{key}#1"]
    assert (change["old_status"], change["new_stage"]) == ("Applied", "not_selected")


def test_what_was_corrected_stays(store: Store) -> None:
    (_, key), *_ = take(store, "Title,Company,Status\nBaker,Bread & Co,purple\n")
    with store.transaction() as tx:
        corrections.correct_stage(tx, key, Stage.OFFER, everywhere=False, at=NOW)
    take(store, "Title,Company,Status\nBaker,Bread & Co,purple\n")
    assert rows_of(store)[key]["stage"] == "offer"


def test_what_a_portal_shows_later_becomes_one_with_it(store: Store) -> None:
    (_, key), (_, other) = take(
        store,
        "Title,Company,Status,Notes,Date\nCath Lab RN,Lakeshore Health,Applied,ask for Ann,2027-06-01\n"
        "Cook,Lakeshore Health,Applied,,\n",
    )
    take(store, "Title,Company,Status\nCath Lab RN,Lakeshore Health,Interviewing\n")
    assert joinable(store.read()) == []
    with store.transaction() as tx:
        osei = tx.get("recruiters", "osei") or {}
        tx.put("recruiters", "osei", {**osei, "application_keys": [key, other]})
        trip = tx.get("trips", "cleveland") or {}
        trip["bookings"][0]["application_key"] = key
        tx.put("trips", "cleveland", trip)
        corrections.correct_stage(tx, key, Stage.OFFER, everywhere=False, at=NOW)
    record_page(store, "lakeshore", shown(CATH_LAB), seen_at=NOW, complete=False)
    assert join_all(store) == [(key, CATH_LAB.key)]
    row = rows_of(store)[CATH_LAB.key]
    assert (row["stage"], row["applied_on"]) == ("under_review", "2027-06-01")
    assert row["notes"] == "ask for Ann\nYour list said: Interviewing (2027-08-13)."
    assert key not in rows_of(store)
    assert not [name for name in store.read().all("changes") if name.startswith(key)]
    assert not [name for name in store.read().all("corrections") if key in name]
    assert store.read().all("recruiters")["osei"]["application_keys"] == [CATH_LAB.key, other]
    assert store.read().all("trips")["cleveland"]["bookings"][0]["application_key"] == CATH_LAB.key
    before = store.generation
    assert join_all(store) == []
    assert store.generation == before


@pytest.mark.parametrize(
    "row",
    [
        "Cath Lab RN,Lakeshore Health Inc.,,",
        "Something else,Lakeshore Health,48001,",
        "Something else,Nobody,,https://lakeshore.taleo.net/careersection/ext/jobdetail.ftl?job=48001&src=mail",
    ],
)
def test_what_a_click_has_shown_is_joined(store: Store, row: str) -> None:
    ((_, key),) = take(store, f"Title,Company,Req ID,URL\n{row}\n")
    shown_now = record_page(store, None, shown(CATH_LAB), seen_at=NOW, complete=False).seen
    before = store.generation
    assert join_shown(store, [EDUCATOR.key]) == []  # another page has nothing to do with it
    assert store.generation == before
    assert join_shown(store, shown_now) == [(key, CATH_LAB.key)]


@pytest.mark.parametrize(
    "row", ["Cath Lab RN,North Shore Clinics,48001,", "Cook,Lakeshore Health,,https://lakeshore.taleo.net/"]
)
def test_what_a_click_has_not_shown_stays_apart(store: Store, row: str) -> None:
    take(store, f"Title,Company,Req ID,URL\n{row}\n")
    shown_now = record_page(store, None, shown(CATH_LAB), seen_at=NOW, complete=False).seen
    assert join_shown(store, shown_now) == []


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/job/1?utm_source=x&id=7", "http://A.example/job/1/?id=7", True),
        ("https://a.example/job?id=1", "https://a.example/job?id=2", False),
    ],
)
def test_addresses(one: str, other: str, same: bool) -> None:
    assert (address(one) == address(other)) is same


@pytest.mark.parametrize(
    "text", ["", "no address", "https://a.example/", "mailto:x@y", "http://[", "javascript:1"]
)
def test_addresses_of_no_job(text: str) -> None:
    assert address(text) == ""
