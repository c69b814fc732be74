"""InTown's own export: nothing secret in it, nothing lost by it, nothing harmful let in by it."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Callable
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from scraper import accounts
from scraper.model import Account, Stage
from scraper.store import Store, record_page
from server.asking.world import World
from server.portable import document
from server.portable.document import NoExport, Tables
from server.portable.merge import Tally, merge, notes, united
from server.portable.shapes import checked
from tests.asking.worlds import NOW
from tests.portable.homes import (
    CHARGE,
    EDUCATOR,
    EVIL,
    FIRST,
    LIST_URL,
    other_home,
    shown,
    with_secrets,
)


@pytest.fixture
def empty(tmp_path: Path) -> Store:
    return Store(other_home(tmp_path / "another").store)


def exported(store: Store) -> Tables:
    return document.read(document.written(store.read(), NOW)).tables


def imported(store: Store, tables: Tables, *, prefer_file: bool = False) -> dict[str, Tally]:
    with store.transaction() as tx:
        return merge(tx, checked(tables), prefer_file=prefer_file)


def test_what_was_exported_is_in_an_empty_home_again(store: Store, empty: Store) -> None:
    tallies = imported(empty, exported(store))
    assert exported(empty) == exported(store)
    assert all(rows for rows in exported(empty).values()), "a table without a row proves nothing"
    assert sum(tally.updated + tally.kept for name, tally in tallies.items() if name != "settings") == 0
    for name in ("applications", "changes", "trips", "asks", "recruiters", "corrections", "places"):
        assert empty.read().all(name) == store.read().all(name), name


def test_the_same_file_again_changes_nothing(store: Store, empty: Store) -> None:
    imported(empty, exported(store))
    before = empty.generation
    tallies = imported(empty, exported(store))
    assert {(tally.new, tally.updated, tally.kept) for tally in tallies.values()} == {(0, 0, 0)}
    assert empty.generation == before


def test_no_secret_leaves(store: Store) -> None:
    words = with_secrets(store)
    written = document.written(store.read(), NOW).decode()
    assert [word for word in words if word in written] == []
    assert "dreyes" in written  # what the person entered is theirs


def test_an_imported_login_has_no_password_and_no_past(store: Store, empty: Store) -> None:
    with_secrets(store)
    imported(empty, exported(store))
    account, state = accounts.find(empty.read(), "lakeshore")
    assert (account.secret, account.password_command, account.totp) == ("session", (), False)
    assert state == accounts.State()
    stored = empty.read().get("accounts", "lakeshore")
    assert {field.name for field in fields(Account)} <= set(stored or {})


def test_a_login_that_is_here_is_never_changed(store: Store) -> None:
    tables = exported(store)
    tables["accounts"]["lakeshore"] |= {"employer": "Evil", "employer_named": True}
    imported(store, tables, prefer_file=True)
    assert accounts.find(store.read(), "lakeshore")[0].employer == "Lakeshore Health"


def test_another_login_of_the_same_name_gets_one_of_its_own(store: Store, empty: Store) -> None:
    """Else its visits would count what the other list shows as missing."""
    accounts.add(empty, replace(accounts.account_from_url(LIST_URL, username="somebody"), id="lakeshore"))
    imported(empty, exported(store))
    assert {key: row["username"] for key, row in empty.read().all("accounts").items()} == {
        "lakeshore": "somebody",
        "lakeshore-2": "dreyes",
    }
    assert {row["account"] for row in empty.read().all("applications").values()} == {"lakeshore-2"}


def test_the_applications_of_a_removed_login_go_to_no_other(store: Store, empty: Store) -> None:
    accounts.remove(store, "lakeshore")
    imported(empty, exported(store))
    assert {row["account"] for row in empty.read().all("applications").values()} == {"lakeshore"}
    another = Store(empty.path.with_name("third.json"))
    accounts.add(another, replace(accounts.account_from_url(LIST_URL, username="somebody"), id="lakeshore"))
    imported(another, exported(store))
    assert {row["account"] for row in another.read().all("applications").values()} == {None}


# --- two homes that both went on


def test_histories_are_united_and_the_later_reading_counts(store: Store, empty: Store) -> None:
    imported(empty, exported(store))
    for at, days, status, stage in (
        (store, 20, "Interview", Stage.INTERVIEW_SCHEDULED),
        (empty, 30, "Offer", Stage.OFFER),
    ):
        seen = replace(EDUCATOR, status_raw=status, stage=stage)
        record_page(at, "lakeshore", shown(seen), seen_at=FIRST + timedelta(days=days), complete=False)
    tallies = imported(store, exported(empty))
    row = store.read().all("applications")[EDUCATOR.key]
    assert (row["status_raw"], row["change_count"], row["changed_at"][:10]) == ("Offer", 3, "2027-07-31")
    told = [store.read().all("changes")[f"{EDUCATOR.key}#{n}"]["new_status"] for n in (1, 2, 3)]
    assert told == ["Referred to hiring manager", "Interview", "Offer"]
    assert (tallies["applications"].updated, tallies["changes"].new) == (1, 1)
    imported(empty, exported(store))
    assert exported(empty)["changes"] == exported(store)["changes"]


def test_an_older_file_takes_nothing_back(store: Store) -> None:
    old = exported(store)
    newer = replace(CHARGE, status_raw="Offer", stage=Stage.OFFER)
    record_page(store, "lakeshore", shown(newer), seen_at=FIRST + timedelta(days=30), complete=False)
    imported(store, old)
    assert store.read().all("applications")[CHARGE.key]["status_raw"] == "Offer"


def test_what_was_put_right_here_stays_right(store: Store, empty: Store) -> None:
    imported(empty, exported(store))
    record_page(empty, "lakeshore", shown(EVIL, CHARGE), seen_at=FIRST + timedelta(days=40), complete=False)
    tables = exported(empty)
    for key in (EVIL.key, CHARGE.key):  # somebody who never corrected anything
        theirs = tables["applications"][key]
        for mark in ("stage_corrected", "company_corrected", "company_read"):
            theirs.pop(mark, None)
    tables["applications"][EVIL.key] |= {"stage": "received"}
    tables["applications"][CHARGE.key] |= {"company": "Lakeshore Health"}
    imported(store, tables)
    rows = store.read().all("applications")
    assert rows[EVIL.key]["stage"] == "shortlisted"
    assert rows[CHARGE.key]["company"] == "Lakeshore Heart"
    assert rows[EVIL.key]["last_seen"][:10] == "2027-08-10"


def test_a_corrected_stage_holds_for_its_text_only(store: Store, empty: Store) -> None:
    imported(empty, exported(store))
    record_page(
        empty,
        "lakeshore",
        shown(replace(EVIL, status_raw="Not selected", stage=Stage.NOT_SELECTED)),
        seen_at=FIRST + timedelta(days=40),
        complete=False,
    )
    imported(store, exported(empty))
    assert store.read().all("applications")[EVIL.key]["stage"] == "not_selected"


def test_an_ask_goes_on_where_ours_stops_and_is_never_rewritten(store: Store, empty: Store) -> None:
    imported(empty, exported(store))
    tables = exported(empty)
    (key,) = tables["asks"]
    tables["asks"][key]["steps"].append({"state": "answered_yes", "at": "2027-08-16T09:00:00Z"})
    assert imported(store, tables)["asks"].updated == 1
    assert len(store.read().all("asks")[key]["steps"]) == 2
    tables["asks"][key]["steps"] = [{"state": "drafted", "at": "2027-08-01T09:00:00Z"}] * 3
    assert imported(store, tables)["asks"].kept == 1
    assert store.read().all("asks")[key]["steps"][1]["state"] == "answered_yes"


def test_ours_stays_unless_the_file_is_preferred(store: Store) -> None:
    tables = exported(store)
    tables["trips"]["cleveland"]["purpose"] = "Another"
    tables["settings"]["me"] = {"name": "D. Reyes", "phone": "1"}
    assert imported(store, tables)["trips"].kept == 1
    assert store.read().all("trips")["cleveland"]["purpose"] == ""
    assert store.read().all("settings")["me"] == {
        "name": "Dana Reyes",
        "email": "dana@example.org",
        "phone": "1",
    }
    assert imported(store, tables, prefer_file=True)["trips"].updated == 1
    assert store.read().all("trips")["cleveland"]["purpose"] == "Another"
    assert store.read().all("settings")["me"]["name"] == "D. Reyes"


def test_an_application_keeps_its_one_recruiter(store: Store) -> None:
    tables = exported(store)
    tables["recruiters"]["new"] = {**tables["recruiters"]["alvarez"], "id": "new", "name": "N. New"}
    imported(store, tables)
    people = store.read().all("recruiters")
    assert people["new"]["application_keys"] == []
    assert people["alvarez"]["application_keys"] != []


def test_everything_that_came_in_can_be_asked_about(store: Store, empty: Store, places: Any) -> None:
    imported(empty, exported(store))
    assert World.from_tables(empty.read().all, places, NOW).trips["cleveland"].bookings


@pytest.mark.parametrize(
    ("ours", "theirs", "both"),
    [
        ("", "a", "a"),
        ("a", "", "a"),
        ("a b", "a", "a b"),
        ("a", "a b", "a b"),
        ("a", "b", "a\nb"),
        (None, None, ""),
    ],
)
def test_notes(ours: str | None, theirs: str | None, both: str) -> None:
    assert notes(ours, theirs) == both


def test_a_history_seen_twice_is_told_once() -> None:
    one = {"seen_at": "2027-01-02T00:00:00+00:00", "old_status": "a", "new_status": "b"}
    two = {"seen_at": "2027-01-01T23:30:00-01:00", "old_status": "b", "new_status": "c"}
    assert united([one], [two, dict(one)]) == [one, two]


# --- files that are not what they should be

NO_FILES = {
    "no JSON": (b"{", "not JSON"),
    "deep": (b'{"a":' * 5000, "not JSON"),
    "not a number": (b'{"a": NaN}', "not JSON"),
    "other JSON": (b'{"a": 1}', "not an export"),
    "no version": (b'{"format": "intown-export"}', "its version"),
    "a truth as version": (b'{"format": "intown-export", "version": true}', "its version"),
    "newer": (b'{"format": "intown-export", "version": 2, "tables": 7}', "newer InTown (version 2"),
    "no tables": (b'{"format": "intown-export", "version": 1}', "no tables"),
    "odd table": (b'{"format": "intown-export", "version": 1, "tables": {"tokens": {}}}', "'tokens'"),
    "rows that are none": (
        b'{"format": "intown-export", "version": 1, "tables": {"trips": {"a": 1}}}',
        "'trips'",
    ),
}


@pytest.mark.parametrize("name", NO_FILES)
def test_what_is_no_export(name: str) -> None:
    data, words = NO_FILES[name]
    with pytest.raises(NoExport, match=re.escape(words)):
        document.read(data)


def test_a_mark_at_the_start_does_no_harm(store: Store) -> None:
    data = b"\xef\xbb\xbf" + document.written(store.read(), NOW)
    assert document.looks_like_one(data)
    assert document.read(data).exported_at == NOW.isoformat()
    assert not document.looks_like_one(b"title,company\n")


Spoil = Callable[[Tables], None]


def put(table: str, key: str | None, /, **fields: Any) -> Spoil:
    def spoil(tables: Tables) -> None:
        tables[table][key or next(iter(tables[table]))].update(fields)

    return spoil


def added(table: str, key: str, row: dict[str, Any]) -> Spoil:
    return lambda tables: tables[table].__setitem__(key, row)


SPOILT: dict[str, Spoil] = {
    "a key of another": put("applications", None, key="taleo|x|1"),
    "an unknown stage": put("applications", None, stage="promoted"),
    "a number for a text": put("applications", None, title=7),
    "no title": put("applications", None, title=""),
    "a time without a zone": put("applications", None, last_seen="2027-01-01T00:00:00"),
    "no time at all": put("applications", None, first_seen="yesterday"),
    "a text for a truth": put("applications", None, listed="yes"),
    "negative": put("applications", None, misses=-1),
    "a list inside": put("applications", None, notes=["a"]),
    "a change of nobody": added("changes", "a|b|c", {}),
    "a change without number": put("changes", None, key="x"),
    "a wrong correction": put("corrections", None, scope="all"),
    "an account on a wrong host": put("accounts", None, host="evil.taleo.net"),
    "an account on no portal": put("accounts", None, start_url="https://example.org/"),
    "an account with a password": put("accounts", None, password="x"),
    "an account with a command": put("accounts", None, password_command=["rm"]),
    "an odd account": put("accounts", None, id="../x"),
    "a trip of another name": put("trips", None, id="b"),
    "a trip with more": put("trips", None, extra=1),
    "a place that is none": put("places", None, kind="moon"),
    "a rule too far": put("settings", "rules", radius_km=10**9),
    "an unknown setting": added("settings", "pairing", {"hash": "x"}),
    "an unknown template": put("settings", "templates", **{"ask.xx": {"subject": "", "body": ""}}),
    "a template that is none": put("settings", "templates", **{"ask.de": {"subject": 1}}),
}


@pytest.mark.parametrize("name", SPOILT)
def test_one_wrong_row_refuses_the_file(name: str, store: Store) -> None:
    tables = copy.deepcopy(exported(store))
    SPOILT[name](tables)
    before = store.path.read_bytes()
    with pytest.raises(NoExport) as refused:
        imported(store, tables)
    assert refused.value.sentence.startswith("Nothing was imported: ")
    assert refused.value.sentence.isprintable()
    assert store.path.read_bytes() == before


def test_the_unspoilt_file_is_taken(store: Store) -> None:
    assert checked(exported(store)) == exported(store)


def test_a_later_kind_of_field_is_kept(store: Store, empty: Store) -> None:
    tables = exported(store)
    tables["applications"][CHARGE.key]["starred"] = True
    imported(empty, tables)
    assert empty.read().all("applications")[CHARGE.key]["starred"] is True


def test_the_file_can_be_read_by_people(store: Store) -> None:
    text = document.written(store.read(), NOW).decode()
    assert json.loads(text)["tables"]["applications"][EVIL.key]["location"] == "+1 Zürich"
    assert "Zürich" in text
    assert text.endswith("}\n")
