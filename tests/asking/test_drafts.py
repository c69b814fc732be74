"""Every draft, in every language and tone: its length, its subject, what it may and may not say."""

from __future__ import annotations

import re
from datetime import date, datetime
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Stage
from server.asking import draft
from server.asking.cards import Draft, Named, Offer
from server.asking.draft import HALF_A_MINUTE, LEAST, MOST, SUBJECT
from server.asking.draft_facts import Facts
from server.asking.gazetteer_build import words
from server.asking.model import Booking, Language, Me, Part, Recruiter, Rules, Tone
from server.asking.names import Employers
from tests.asking.worlds import (
    CLEVELAND,
    DANA,
    FRIDAY,
    HOSPITAL,
    THURSDAY,
    founding_recruiters,
    founding_trip,
)

KINDS = ("ask", "pass_on", "find_out", "follow_up", "thank_you", "was_in_town")
MANNERS = list(product(KINDS, Language, Tone))


def named(title: str, requisition: str, stage: Stage = Stage.REFERRED, *, pass_on: bool = False) -> Named:
    return Named(key=title, title=title, requisition=requisition, stage=stage, status="", pass_on=pass_on)


def facts(kind: str, **other: object) -> Facts:
    given: dict[str, object] = {
        "kind": kind,
        "trip": founding_trip(),
        "employer": HOSPITAL,
        "me": DANA,
        "rules": Rules(),
        "recruiter": None if kind == "find_out" else founding_recruiters()[0],
        "named": (
            named("Charge Nurse, Cardiac ICU", "48213", pass_on=kind == "pass_on"),
            named("Nurse Educator", "48220", pass_on=kind == "pass_on"),
        ),
        "offers": (
            Offer.of(FRIDAY, Part.AFTERNOON),
            Offer.of(THURSDAY, Part.AFTERNOON),
        ),
        "booking": founding_trip().bookings[0],
        "sent_on": date(2027, 8, 13),
        "met_on": FRIDAY,
    }
    return Facts(**(given | other))  # type: ignore[arg-type]  # any field, for a test


def core(made: Draft) -> str:
    """The body between greeting and signature."""
    return made.body.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]


@pytest.mark.parametrize(("kind", "language", "tone"), MANNERS)
def test_length_and_subject_of_the_usual_case(kind: str, language: Language, tone: Tone) -> None:
    made = draft.make(facts(kind), language, tone)
    assert len(core(made).split()) >= LEAST
    assert made.words == len(made.body.split()) <= MOST
    assert SUBJECT[0] <= len(made.subject) <= SUBJECT[1]
    assert "{" not in made.subject + made.body + made.call_script + made.voicemail


WORD = st.sampled_from(
    [
        "Nurse",
        "Senior",
        "Clinical",
        "Data",
        "Engineer",
        "Cardiac",
        "ICU",
        "Lead",
        "Educator",
        "Informatics",
        "of",
        "II",
        "Night",
        "Shift",
    ]
)
TITLE = st.lists(WORD, min_size=1, max_size=14).map(" ".join)
NAME = st.lists(
    st.sampled_from(["Ana", "María", "del", "Río-Sánchez", "Bo", "Li", "Featherstonehaugh", "J."]),
    min_size=1,
    max_size=5,
).map(" ".join)
CITY = st.sampled_from(
    [
        "Ely",
        "Cleveland",
        "San Francisco",
        "Frankfurt am Main",
        "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    ]
)


@settings(max_examples=60, deadline=None)
@given(data=st.data())
@pytest.mark.parametrize("language", Language)
def test_no_data_pushes_a_draft_out_of_its_limits(language: Language, data: st.DataObject) -> None:
    kind, tone = data.draw(st.sampled_from(KINDS)), data.draw(st.sampled_from(Tone))
    stages = st.sampled_from([Stage.REFERRED, Stage.RECEIVED, Stage.UNDER_REVIEW])
    position = st.builds(
        named, TITLE, st.sampled_from(["", "R-1", "JR-2027-0048213"]), stages, pass_on=st.booleans()
    )
    offer = st.builds(Offer.of, st.sampled_from([THURSDAY, FRIDAY]), st.sampled_from(Part))
    booking = st.none() | st.builds(
        Booking,
        id=st.just("b"),
        title=TITLE,
        employer=st.just(HOSPITAL),
        start=st.just(datetime(2027, 8, 27, 9)),
        end=st.just(datetime(2027, 8, 27, 10)),
    )
    trip = founding_trip(
        destination=CLEVELAND.model_copy(update={"city": data.draw(CITY)}),
        own_cost=data.draw(st.booleans()),
        depart=data.draw(
            st.sampled_from([datetime(2027, 8, 28, 15), datetime(2027, 9, 3, 9), datetime(2027, 8, 26, 20)])
        ),
    )
    made = draft.make(
        facts(
            kind,
            trip=trip,
            employer=data.draw(NAME),
            me=Me(name=data.draw(NAME), phone=data.draw(st.sampled_from(["", "(555) 010-0142"]))),
            recruiter=data.draw(st.none() | st.builds(Recruiter, id=st.just("r"), name=NAME)),
            named=tuple(data.draw(st.lists(position, min_size=1, max_size=3))),
            offers=tuple(data.draw(st.lists(offer, min_size=1, max_size=3))),
            booking=data.draw(booking),
            short_notice=data.draw(st.booleans()),
        ),
        language,
        tone,
    )
    assert len(core(made).split()) >= LEAST
    assert made.words <= MOST
    assert SUBJECT[0] <= len(made.subject) <= SUBJECT[1]
    assert len(made.voicemail.split()) <= HALF_A_MINUTE + 12  # a place name of six words costs a few
    assert "{" not in made.subject + made.body


@pytest.mark.parametrize(("kind", "language", "tone"), MANNERS)
def test_no_other_employer_is_named_even_in_a_title(kind: str, language: Language, tone: Tone) -> None:
    titles = (
        named("Nurse (agency: Meridian Labs)", "48213"),
        named("Meridian Labs liaison", "Meridian Labs 7"),
    )
    interview = founding_trip().bookings[0].model_copy(update={"title": "Interview with Meridian Labs"})
    others = Employers.of(["Meridian Labs, Inc.", "Lakeshore"])
    made = draft.make(facts(kind, named=titles, booking=interview, employers=others), language, tone)
    assert "Meridian" not in made.subject + made.body + made.call_script + made.voicemail


def test_own_cost_is_only_claimed_when_it_is_true() -> None:
    own = draft.make(facts("ask"), Language.EN, Tone.WARM)
    paid = draft.make(facts("ask", trip=founding_trip(own_cost=False)), Language.EN, Tone.WARM)
    assert "own cost" in own.body
    assert "own cost" not in paid.body


def test_the_same_facts_give_the_same_words() -> None:
    assert draft.make(facts("ask"), Language.FR, Tone.BRIEF) == draft.make(
        facts("ask"), Language.FR, Tone.BRIEF
    )


def test_german_goes_on_in_small_letters_after_the_greeting() -> None:
    assert core(draft.make(facts("ask"), Language.DE, Tone.WARM)).startswith(
        "ich bin am Freitagvormittag, den 27. August bei"
    )


def test_articles_follow_the_number_of_positions() -> None:
    one = (named("Nurse Educator", "48220"),)
    two = (*one, named("Charge Nurse", "48213"))
    assert "mi candidatura al puesto «Nurse Educator» (48220) está" in said("ask", Language.ES, named=one)
    assert "mis candidaturas a los puestos «Nurse Educator»" in said("ask", Language.ES, named=two)
    assert "para hablar del puesto «" in said("thank_you", Language.ES, Tone.BRIEF, named=one)
    assert "ma candidature au poste «\u00a0Nurse Educator" in said("ask", Language.FR, named=one).replace(
        "« ", "«\u00a0"
    )
    assert "au sujet des postes «" in said("thank_you", Language.FR, Tone.BRIEF, named=two)
    assert "An der Stelle „Nurse Educator“ (48220) bin ich" in said("was_in_town", Language.DE, named=one)
    assert "auf die Stellen „Nurse Educator“" in said("ask", Language.DE, named=two)


def said(kind: str, language: Language, tone: Tone = Tone.WARM, **other: object) -> str:
    return draft.make(facts(kind, **other), language, tone).body


def test_french_towns_with_an_article_are_contracted() -> None:
    trip = founding_trip(destination=CLEVELAND.model_copy(update={"city": "Le Mans"}))
    made = draft.make(facts("ask", trip=trip, booking=None), Language.FR, Tone.WARM)
    assert made.subject.startswith("Au Mans le 27 août")
    assert "Je serai au Mans du 26 au 28 août." in made.body


def test_a_letter_closes_as_the_language_asks_for() -> None:
    ends = {
        Language.ES: "Un cordial saludo,",
        Language.FR: "Bien cordialement,",
        Language.DE: "Mit freundlichen Grüßen",
    }
    for language, words_of_it in ends.items():
        last = draft.make(facts("ask"), language, Tone.WARM).body.rsplit("\n\n", 1)[1]
        assert last == f"{words_of_it}\nDana Reyes · (555) 010-0142"


def test_nothing_is_claimed_that_no_data_says() -> None:
    """No return home, no sight of the workplace, no week, and nothing that tells whether the user is a man."""
    untrue = r"back home|vuelto a casa|retour chez|wieder zu Hause|last week|where the work|reçu[ .,]|encantad|interessé"
    for kind, language, tone in MANNERS:
        made = draft.make(facts(kind), language, tone)
        assert not re.search(untrue, made.subject + made.body + made.call_script + made.voicemail)


def test_every_language_has_the_same_kinds_tones_and_phrases() -> None:
    shapes = []
    for language in Language:
        texts = words(f"draft_{language.value}")
        kinds = {kind: sorted(texts[kind]) for kind in (*KINDS, "subjects", "spoken")}
        # What a language needs of its own: articles, plurals, how a letter closes.
        own = ("_many", "_one", "closing", "first_letter")
        shapes.append((kinds, {p for p in texts["phrases"] if not p.endswith(own)}))
    assert all(shape == shapes[0] for shape in shapes)


def test_the_users_own_template_is_filled_and_cannot_reach_into_objects() -> None:
    own = {
        "subject": "Visiting {city}",
        "body": "{greeting}\n\nI am in {city} {stay}. {me.__class__} {unknown}\n\n{me}",
    }
    made = draft.make(facts("ask"), Language.EN, Tone.WARM, own)
    assert made.subject == "Visiting Cleveland"
    assert made.body.startswith(
        "Dear A. Alvarez,\n\nI am in Cleveland from August 26 to 28. {me.__class__} {unknown}"
    )


EVIL = "Nurse\r\nBcc: everybody@evil.example&bcc=x@evil.example?cc=y\u202e%0d%0abcc:z"


def test_links_carry_no_extra_field_whatever_the_data_says() -> None:
    from urllib.parse import parse_qs, urlsplit

    person = founding_recruiters()[0].model_copy(
        update={"email": "a@b.example?cc=evil@evil.example", "name": EVIL}
    )
    made = draft.make(facts("ask", named=(named(EVIL, "1&to=x"),), recruiter=person), Language.EN, Tone.WARM)
    for link, fields in (
        (made.mailto, {"subject", "body"}),
        (made.gmail, {"view", "fs", "su", "body"}),
        (made.outlook, {"subject", "body"}),
    ):
        parts = urlsplit(link)
        assert set(parse_qs(parts.query)) == fields
        assert "\r" not in link
        assert "\n" not in link
        assert " " not in link
    assert urlsplit(made.mailto).path == ""
    assert "\r" not in made.subject
    assert "\u202e" not in made.body


@pytest.mark.parametrize("language", Language)
def test_a_name_as_long_as_a_page_still_gives_a_message(language: Language) -> None:
    """No limit can be kept then; the shortest way of saying it is taken, and it is whole."""
    usual = draft.make(facts("ask"), language, Tone.WARM)
    made = draft.make(facts("ask", employer="Lakeshore " * 150), language, Tone.WARM)
    assert made.body.count("Lakeshore") == made.voicemail.count("Lakeshore") == 150
    assert made.words - 149 < usual.words
    assert "{" not in made.subject + made.body + made.call_script + made.voicemail
