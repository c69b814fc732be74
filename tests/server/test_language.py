"""The answers over HTTP in the language that is asked for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from scraper.accounts import account_from_url, add
from scraper.store import Store
from tests.asking.worlds import application
from tests.server.conftest import Caller, Clock
from tests.server.portal_pages import STORY, captured


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("es", "es"),
        ("fr-CA", "fr"),
        ("de-AT,de;q=0.9,en;q=0.4", "de"),
        ("nl, fr;q=0.5", "fr"),
        ("nl", "en"),
        ("*", "en"),
        ("", "en"),
        ("es;q=0, de", "de"),
        ("x" * 5000, "en"),
        ("../../etc/passwd", "en"),
    ],
)
def test_the_best_language_that_is_asked_for_is_taken(caller: Caller, header: str, language: str) -> None:
    answer = caller.get("/api/applications", **{"Accept-Language": header})
    assert answer.status_code == 200
    assert answer.headers["Content-Language"] == language


def test_errors_and_refusals_are_in_the_language_too(caller: Caller) -> None:
    spanish = {"Accept-Language": "es"}
    assert (
        caller.get("/api/nothing", **spanish).get_json()["error"]["message"]
        == "No hay nada en esta dirección."
    )
    refused = caller.get("/api/applications", **{**spanish, "Authorization": "Bearer wrong"})
    assert refused.headers["Content-Language"] == "es"
    error = refused.get_json()["error"]
    assert (error["message"], error["fix"]) == (
        "Este navegador no está vinculado con InTown.",
        "Ejecute `intown pair`.",
    )
    assert error["code"] == "not_paired"
    code = caller.post("/api/pair", {"code": "00000000"}, **spanish).get_json()["error"]
    assert code["message"] == "Este código no es válido, o ya no lo es."
    assert code["fix"].startswith("Ejecute `intown pair`")


def test_verdicts_and_pages_are_in_the_language_and_the_kept_answer_too(caller: Caller) -> None:
    read = caller.post("/api/pages", captured(*STORY), **{"Accept-Language": "de"}).get_json()
    assert read["message"] == "3 Bewerbungen gelesen: 3 neu."
    assert read["applications"][0]["verdict"]["reason"] == "Noch ist keine Reise geplant."
    for header, wanted in [("de", "Nicht ausgewählt."), ("fr", "Non retenue."), ("de", "Nicht ausgewählt.")]:
        rows = caller.get("/api/applications", **{"Accept-Language": header}).get_json()["applications"]
        assert [r["verdict"]["reason"] for r in rows if r["stage"] == "not_selected"] == [wanted]


def test_accounts_and_notices_are_in_the_language(caller: Caller, store: Store, clock: Clock) -> None:
    add(
        store, account_from_url("https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl", username="x")
    )
    with store.transaction() as tx:
        [(key, doc)] = tx.all("accounts").items()
        tx.put(
            "accounts",
            key,
            {**doc, "sentence": "The site asks for a one-time code.", "outcome": "code_needed"},
        )
        notice = {"at": clock().isoformat(), "kind": "restored", "text": "Something new."}
        tx.put("notices", "n1", notice)
    body = caller.get("/api/applications", **{"Accept-Language": "fr"}).get_json()
    assert [a["sentence"] for a in body["accounts"]] == ["Le site demande un code à usage unique."]
    assert [n["text"] for n in body["notices"]] == ["Something new."]  # unknown: better English than nothing


ENGLISH = re.compile(r"\b(the|you|your|with|not|is|are|ask|trip|free|was|for|of)\b", re.IGNORECASE)


def _strings(value: Any, names: tuple[str, ...]) -> Iterator[str]:
    """Every sentence of an answer: the texts under these names."""
    if isinstance(value, dict):
        for name, part in value.items():
            if name in names:
                yield from ([part] if isinstance(part, str) else part)
            elif name not in ("draft", "applications"):
                yield from _strings(part, names)
    elif isinstance(value, list):
        for part in value:
            yield from _strings(part, names)


@pytest.mark.parametrize("language", ["es", "fr", "de"])
def test_no_english_is_left_on_a_trip(caller: Caller, store: Store, clock: Clock, language: str) -> None:
    """The whole planning of a trip, every sentence of every answer."""
    names = (
        "text",
        "reasons",
        "summary",
        "warnings",
        "reason",
        "would_change",
        "message",
        "fix",
        "note",
        "sentence",
    )
    header = {"Accept-Language": language}
    with store.transaction() as tx:
        for number, stage in enumerate(
            ["referred", "under_review", "on_hold", "received", "active", "screen"]
        ):
            doc = application(str(48000 + number), "Cath Lab RN", stage, location="Cleveland, OH")
            tx.put("applications", doc["key"], doc | {"confidence": "guess" if number == 2 else "sure"})
    arrive = clock() + timedelta(days=12)
    day = f"{arrive:%Y-%m-%d}"
    said: list[str] = []

    def heard(answer: Any) -> Any:
        body = answer.get_json()
        said.extend(text for text in _strings(body, names) if text)
        return body

    booking = {
        "title": "Cath Lab",
        "employer": "Lakeshore Health",
        "start": f"{day}T09:00",
        "end": f"{day}T10:00",
    }
    late = booking | {"start": f"{day}T10:10", "end": f"{day}T11:00", "employer": "Harbor"}
    trip = {
        "destination": "Cleveland, OH",
        "arrive": f"{day}T09:30",
        "depart": f"{arrive + timedelta(days=2):%Y-%m-%d}T20:00",
    }
    made = heard(caller.post("/api/trips", trip | {"bookings": [booking, late]}, **header))
    cards = heard(caller.get(f"/api/trips/{made['id']}/suggestions", **header))["cards"]
    ask = {"trip_id": made["id"], "card_id": cards[0]["id"], "state": "sent"}
    heard(caller.post("/api/asks", ask, **header))
    heard(caller.post("/api/asks", ask, **header))  # refused
    clock.forward(days=7)
    heard(caller.get("/api/asks", **header))
    heard(caller.get(f"/api/trips/{made['id']}/suggestions", **header))
    heard(caller.get(f"/api/trips/{made['id']}/bookings/{made['bookings'][0]['id']}", **header))
    heard(caller.get("/api/ideas", **header))
    heard(caller.post("/api/trips", trip | {"destination": "Springfield"}, **header))
    heard(caller.post("/api/trips", trip | {"depart": f"{day}T01:00"}, **header))
    heard(caller.get("/api/trips/none", **header))
    applications = heard(caller.get("/api/applications", **header))["applications"]
    said += [text for row in applications for text in _strings(row, names) if text]
    assert len(said) > 30
    names_of_things = re.compile(r"Cath Lab|Lakeshore Health|Harbor|Cleveland|Ohio|`[^`]*`")
    left = [text for text in said if ENGLISH.search(names_of_things.sub("", text))]
    assert left == []
