"""Every sentence in the person's language: the catalogues, what they are filled with, and the answers over HTTP."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

from scraper import outcomes
from scraper.accounts import account_from_url, add
from scraper.model import ENDED, PageKind, Stage
from scraper.store import Store
from server.asking.ledger import MOVES
from server.asking.model import AskState, Language, Part, Place
from server.catalogue import ANSWERED, catalogue, recognised
from server.errors import CODES
from server.said import Half, Holiday, Said, Stay, told
from tests.asking.worlds import CLEVELAND, application
from tests.server.conftest import Caller, Clock
from tests.server.portal_pages import STORY, captured

ROOT = Path(__file__).parent.parent.parent
OTHERS = [Language.ES, Language.FR, Language.DE]


def forms(language: Language) -> Iterator[tuple[str, str, str]]:
    """Code, plural form and text with its blanks written as {name:manner}."""
    for code, found in catalogue(language).items():
        for form, template in found.items():
            text = "".join(
                piece if isinstance(piece, str) else "{" + ":".join(filter(None, piece)) + "}"
                for piece in template.pieces
            )
            yield code, form, text


# The catalogues


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_has_every_sentence_with_the_same_forms(language: Language) -> None:
    english, other = catalogue(Language.EN), catalogue(language)
    assert list(other) == list(english)  # in the same order too, so that two files can be read side by side
    assert {code: set(found) for code, found in other.items()} == {c: set(f) for c, f in english.items()}


@pytest.mark.parametrize("language", OTHERS)
def test_each_language_fills_in_the_same_values(language: Language) -> None:
    for code, found in catalogue(language).items():
        for form, template in found.items():
            blanks = catalogue(Language.EN)[code][form].blanks
            # "one" and "zero" may say the number in words.
            assert template.blanks | {"count"} == blanks | {"count"}, (code, form)
            if form == "other":
                assert template.blanks == blanks, code


def test_the_languages_are_not_copies_of_english() -> None:
    same_on_purpose = {"verdict.ended", "card.stage", "offer.half", "summary.cards", "near.in_town"}
    english = {(code, form): text for code, form, text in forms(Language.EN)}
    for language in OTHERS:
        for code, form, text in forms(language):
            assert text != english[code, form] or code in same_on_purpose, (language, code)


@pytest.mark.parametrize("language", Language)
def test_texts_are_written_with_care(language: Language) -> None:
    for code, form, text in forms(language):
        assert "  " not in text, code
        assert not text.endswith(" "), code
        if language is Language.FR:  # a no-break space before high punctuation and inside the marks
            spoken = re.sub(r"`[^`]*`|--\S+|http\S+", "", re.sub(r"\{[^}]*\}", "x", text))
            assert not re.search(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)", spoken), (code, form, text)
        if language is Language.ES:
            assert not re.search(r"\b(tus?|tuyo|puedes|te|ti|contigo)\b", text, re.IGNORECASE), (code, text)
        if language is Language.DE:
            assert not re.search(r"\b(?<!-)([Dd]u|[Dd]ein\w*|[Dd]ich|[Dd]ir)\b", text), (code, text)


# Every code that the program can say has a sentence, and no sentence is without a use


def _calls() -> Iterator[ast.Call]:
    for path in (ROOT / "server").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _spoken() -> tuple[set[str], set[str]]:
    """The codes written out in the server's sources, and the tables of those put together there."""
    exact, tables = set(), set()
    for call in _calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        if name == "Said" and call.args:
            first = call.args[0]
            if isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                tables.add(str(first.values[0].value).partition(".")[0])
            else:  # one code, or one of two by a condition
                exact |= {str(part.value) for part in ast.walk(first) if isinstance(part, ast.Constant)}
        elif name == "PlanError" and len(call.args) == 1:  # its code is its sentence
            exact.add(f"error.{ast.literal_eval(call.args[0])}")
    return exact, tables


def _put_together() -> set[str]:
    """The codes that are made of a table and a word of ours."""
    kinds = set(PageKind) - {PageKind.APPLICATIONS, PageKind.DETAIL}
    found = {f"stage.{stage.value}" for stage in Stage}
    found |= {f"ledger.{state.value}" for state in AskState}
    found |= {f"page.{kind.value}" for kind in kinds}
    found |= {f"page.read_{news}" for news in ("same", "new", "changed", "both")}
    found |= {f"error.{code}" for code in CODES.values()}
    found |= {f"error.{what}_known" for what in ("no_application", "several_applications")}
    found |= {f"near.{where}{sure}" for where in ("in_town", "around") for sure in ("", "_perhaps")}
    found |= {f"verdict.{at}_{who}" for at in ("there", "near") for who in ("handled", "host", "nobody")}
    return found | {f"summary.{part}" for part in ("people", "employers", "asked", "left_out")}


def test_every_code_has_a_sentence_and_every_sentence_a_use() -> None:
    exact, tables = _spoken()
    known = set(catalogue(Language.EN))
    spoken = {code for code in exact if "." in code}
    assert spoken - known == set()
    assert _put_together() - known == set()
    assert tables <= {code.partition(".")[0] for code in _put_together()}
    made_elsewhere = {code for code in known if code.partition(".")[0] in ANSWERED}
    assert known - spoken - _put_together() - made_elsewhere == set()


def test_every_state_of_an_ask_and_every_ended_stage_is_spoken_of() -> None:
    for state in {*MOVES, AskState.UNDONE}:
        assert Said(f"ledger.{state.value}", day=date(2027, 8, 13)).in_words(Language.DE)
    for stage in ENDED:
        assert str(Said("verdict.ended", stage=Said(f"stage.{stage.value}"))).endswith(".")


# What the scraper says is known by its English

SAYING = [
    "accounts.py",
    "browser.py",
    "browser_page.py",
    "browser_walk.py",
    "by_hand.py",
    "login.py",
    "login_code.py",
    "login_pins.py",
    "outcomes.py",
    "sync_keep.py",
    "sync_result.py",
    "sync_run.py",
    "sync_secrets.py",
    "sync_sign_ins.py",
    "sync_visit.py",
    "portals/base.py",
    "reading/page.py",
    "reading/generic.py",
    "reading/guard.py",
    "reading/page_worker.py",
    "store_disk.py",
]
FOR_THE_TERMINAL = (
    # `intown account add` and `data restore` are typed, never clicked.
    "A portal's address starts with https:// and holds no user name.",
    "InTown does not know the portal at",
    " is read by a click on the icon only; InTown never signs in there.",
    " is no host name.",
    "That login is there already, as",
    " cannot be restored: ",
    "A document is nested too deeply to be stored; nothing was kept.",
    "The visit to %s failed.",
    # Parts of a sentence that is put together there.
    "There are: 7.",
    "; nothing was sent.",
)


def _sentences(path: Path) -> Iterator[str]:
    """The sentences written out in a source, "7" in every blank."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    inside -= {id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside | docs:
            continue
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = re.sub(r"\{\w*\}", "7", node.value)
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
        if re.match(r"[A-Z7“ ]", text) and " " in text and text.endswith((".", ".7")):
            yield text.strip()


def test_what_other_parts_of_the_server_answer_is_known() -> None:
    for call in _calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        if name in ("ApiError", "answer"):
            texts = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "fix")]
            for text in texts:
                if isinstance(text, ast.Constant) and " " in str(text.value):
                    assert recognised(str(text.value)), text.value


@pytest.mark.parametrize("name", SAYING)
def test_what_the_scraper_says_is_known(name: str) -> None:
    for text in _sentences(ROOT / "scraper" / name):
        if not any(part in text for part in FOR_THE_TERMINAL if len(text) > len(part) or part == text):
            assert recognised(text), text


def test_each_outcome_has_its_sentence_in_each_language() -> None:
    for outcome, rule in outcomes.RULES.items():
        assert recognised(rule.sentence) == (f"portal.{outcome.value}", ())
        for language in OTHERS:
            assert told(rule.sentence, language) == Said(f"portal.{outcome.value}").in_words(language)


def test_a_sentence_made_of_two_is_said_whole() -> None:
    gap = "Page 3 of the list did not come. What was kept before is still there."
    assert told(gap, Language.DE) == "Seite 3 der Liste kam nicht. Was vorher da war, ist noch da."
    damaged = (
        "The file with your data was damaged (checksum) and was restored as it was on 2027-08-13 02:00; what was "
        "changed after that may be missing. The damaged file was kept as /data/x.json."
    )
    said = told(damaged, Language.ES)
    assert said.startswith("El archivo con sus datos estaba dañado (checksum)")
    assert said.endswith("cambió después. El archivo dañado se ha guardado como /data/x.json.")


def test_text_of_a_page_stays_as_it_is() -> None:
    for language in Language:
        assert (
            told("Whatever a portal may have written {here}", language)
            == "Whatever a portal may have written {here}"
        )
    odd = "InTown does not know the status “{count} Offer {status}” yet."
    assert "{count} Offer {status}" in told(odd, Language.FR)
    assert Said("due.send", who="{day:short} %s {{x}}").in_words(Language.EN) == (
        "Your message to {day:short} %s {{x}} is written but not sent."
    )


# Values


def test_dates_and_plurals_are_written_as_the_language_writes_them() -> None:
    first = date(2027, 9, 1)
    asked = {language: Said("ledger.sent", day=first).in_words(language) for language in Language}
    assert asked == {
        Language.EN: "Asked on Sep 1; no answer yet.",
        Language.ES: "Preguntado el 1 de septiembre; aún sin respuesta.",
        Language.FR: "Demandé le 1er septembre\u00a0; pas encore de réponse.",
        Language.DE: "Am 1. September gefragt; noch keine Antwort.",
    }
    half = Said("offer.half", half=Half(date(2027, 8, 27), Part.AFTERNOON))
    assert [half.in_words(language) for language in Language] == [
        "Friday, August 27, in the afternoon",
        "viernes 27 de agosto por la tarde",
        "vendredi 27 août dans l'après-midi",
        "Freitagnachmittag, 27. August",
    ]
    counts = [Said("summary.people", count=n).in_words(Language.ES) for n in (1, 2)]
    assert counts == ["1 persona a quien preguntar", "2 personas a quienes preguntar"]
    leave = Said("task.route", time=datetime(2027, 8, 27, 8, 15), where="Euclid Ave").in_words(Language.DE)
    assert "um 8.15 Uhr" in leave


def test_french_towns_are_contracted() -> None:
    def near(town: str) -> str:
        return Said("near.in_town", town=town).in_words(Language.FR)

    assert [
        near(town) for town in ("Cleveland", "Le Mans", "Les Sables-d'Olonne", "La Rochelle", "L'Aquila")
    ] == [
        "À Cleveland.",
        "Au Mans.",
        "Aux Sables-d'Olonne.",
        "À La Rochelle.",
        "À L'Aquila.",
    ]
    assert (
        Said("verdict.not_near_change", town="Le Mans").in_words(Language.FR).startswith("Un voyage au Mans")
    )


def test_french_counts_nought_as_one_and_the_others_do_not() -> None:
    forms = {language: Said("card.since", count=0).in_words(language) for language in Language}
    assert forms[Language.FR] == ", depuis un jour"
    assert forms[Language.EN] == ", for 0 days"


def test_a_holiday_has_its_name_in_the_language_where_it_is_known() -> None:
    unity = Place(text="", country="DE", region="Berlin", tz="Europe/Berlin")
    day = date(2027, 10, 3)
    said = Said("when.after_holiday", holiday=Holiday(day, unity))
    assert "Tag der Deutschen Einheit" in said.in_words(Language.DE)
    assert "Unity" in said.in_words(Language.EN)
    assert "Labor Day" in Said("when.after_holiday", holiday=Holiday(date(2027, 9, 6), CLEVELAND)).in_words(
        Language.FR
    )


def test_a_model_is_written_in_the_language_of_its_context() -> None:
    class Card(BaseModel):
        text: Said

    card = Card(text=Said("when.over"))
    assert card.model_dump(mode="json") == {"text": "The trip is over."}
    assert card.model_dump(context={"language": Language.FR}) == {"text": "Le voyage est terminé."}
    assert Card.model_json_schema()["properties"]["text"] == {"title": "Text", "type": "string"}
    assert card == Card(text=Said("when.over"))
    assert card != Card(text=Said("when.none_left"))
    stay = Said("summary.nobody", town="Köln", stay=Stay(date(2027, 8, 26), date(2027, 8, 28)))
    assert stay.in_words(Language.DE).startswith("Niemand zu fragen in Köln, vom 26. bis 28. August:")


# Over HTTP


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
