"""The catalogues: each language has every sentence, with the same forms and blanks, and writes values as it does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime

import pytest
from pydantic import BaseModel

from server.asking.model import Language, Part, Place
from server.catalogue import LONGEST_KNOWN, catalogue, recognised
from server.catalogue import template as template_for
from server.said import Half, Holiday, Said, Stay
from tests.asking.worlds import CLEVELAND

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


@pytest.mark.parametrize("language", Language)
def test_nought_has_words_of_its_own_where_a_number_would_sound_odd(language: Language) -> None:
    forms = catalogue(language)["when.phone"]
    assert template_for("when.phone", language, 0) is forms["zero"]
    assert template_for("when.phone", language, 1) is forms["one"]
    assert template_for("when.phone", language, 2) is forms["other"]


def test_a_text_too_long_for_any_sentence_is_not_looked_up() -> None:
    """Patterns are slow on long texts, and what a portal says can be as long as it likes."""
    known = "{} What was kept before is still there."
    assert recognised(known.format("A row could not be read.")) is not None
    assert recognised(known.format("x" * LONGEST_KNOWN)) is None
