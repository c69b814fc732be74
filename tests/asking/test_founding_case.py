"""The case InTown was born from: one booked interview, five more applications, three recruiters, one trip."""

from __future__ import annotations

from datetime import timedelta

import pytest

from server.asking import ledger
from server.asking.cards import CardAction, WhenState
from server.asking.model import Ask, AskState, OfferedHalf, Part
from server.asking.places import Places
from server.asking.suggest import suggest
from server.asking.verdict import verdicts
from tests.asking.worlds import (
    FRIDAY,
    NOW,
    THURSDAY,
    application,
    founding_applications,
    founding_recruiters,
    founding_trip,
    founding_world,
    key,
    world,
)


def test_one_message_for_each_recruiter_and_none_for_the_rejected_one(places: Places) -> None:
    found = suggest(founding_world(places), founding_trip())
    assert [card.recruiter.name for card in found.cards if card.recruiter] == [
        "A. Alvarez",
        "C. Lindqvist",
        "B. Osei",
    ]
    assert [card.action for card in found.cards] == [CardAction.ASK] * 3
    named = [n.title for card in found.cards for n in card.applications]
    assert named == ["Charge Nurse, Cardiac ICU", "Nurse Educator", "Nurse Informatics", "RN, Step-Down"]


def test_friday_morning_is_not_offered_and_friday_afternoon_comes_first(places: Places) -> None:
    for card in suggest(founding_world(places), founding_trip()).cards:
        assert [(o.date, o.part) for o in card.offers] == [
            (FRIDAY, Part.AFTERNOON),
            (THURSDAY, Part.AFTERNOON),
        ]
        assert str(card.offers[0].text) == "Friday, August 27, in the afternoon"


def test_the_message_says_what_is_true_and_names_both_positions(places: Places) -> None:
    draft = suggest(founding_world(places), founding_trip()).cards[0].draft
    assert draft is not None
    for words in (
        "Charge Nurse, Cardiac ICU (48213)",
        "Nurse Educator (48220)",
        "Cath Lab RN interview",
        "Dana Reyes",
    ):
        assert words in draft.body
    assert "Clinic Manager" not in draft.body
    assert 60 <= draft.words <= 120
    assert 36 <= len(draft.subject) <= 50


def test_verdicts(places: Places) -> None:
    answers = {k: v["answer"] for k, v in verdicts(founding_world(places)).items()}
    assert answers == {
        key("48001"): "dont",
        key("48213"): "ask",
        key("48220"): "ask",
        key("47990"): "ask",
        key("48255"): "ask",
        key("47102"): "dont",
    }


def test_without_known_recruiters_the_one_who_invited_is_asked_to_pass_it_on(places: Places) -> None:
    trip = founding_trip(
        bookings=(founding_trip().bookings[0].model_copy(update={"recruiter_id": "alvarez"}),)
    )
    host = founding_recruiters()[0].model_copy(update={"application_keys": ()})
    cards = suggest(world(places, founding_applications(), recruiters=[host], trips=[trip]), trip).cards
    assert [(card.action, card.recruiter.id if card.recruiter else "") for card in cards] == [
        (CardAction.PASS_ON, "alvarez")
    ]
    assert cards[0].draft is not None
    assert "pass my dates on" in cards[0].draft.body


def test_the_host_gets_one_message_for_the_own_and_the_unknown_positions(places: Places) -> None:
    trip = founding_trip(
        bookings=(founding_trip().bookings[0].model_copy(update={"recruiter_id": "alvarez"}),)
    )
    host = founding_recruiters()[0].model_copy(update={"application_keys": (key("48213"),)})
    cards = suggest(world(places, founding_applications(), recruiters=[host], trips=[trip]), trip).cards
    assert len(cards) == 1
    assert [n.pass_on for n in cards[0].applications] == [False, True, True]


def test_nobody_known_at_all_means_find_out(places: Places) -> None:
    cards = suggest(world(places, founding_applications(), trips=[founding_trip()]), founding_trip()).cards
    assert [card.action for card in cards] == [CardAction.FIND_OUT]
    assert cards[0].recruiter is None
    assert any("arranged your interview" in str(reason) for reason in cards[0].reasons)


def _sent(recruiter: str, *parts: OfferedHalf, trip: str = "cleveland", days_ago: int = 1) -> Ask:
    ask = Ask(
        id=f"{trip}.{recruiter}",
        trip_id=trip,
        card_id=f"{trip}.{recruiter}",
        recruiter_id=recruiter,
        application_keys=(),
        offers=parts,
        steps=(),
    )
    return ledger.move(ask, AskState.SENT, NOW - timedelta(days=days_ago))


_FRIDAY_PM = OfferedHalf(date=FRIDAY, part=Part.AFTERNOON)
_THURSDAY_PM = OfferedHalf(date=THURSDAY, part=Part.AFTERNOON)


def test_a_half_day_offered_to_two_people_is_held_and_offered_to_nobody_else(places: Places) -> None:
    asks = [_sent("alvarez", _FRIDAY_PM, _THURSDAY_PM), _sent("osei", _FRIDAY_PM)]
    cards = {
        c.recruiter.id: c
        for c in suggest(founding_world(places, asks=asks), founding_trip()).cards
        if c.recruiter
    }
    assert [(o.date, o.part) for o in cards["lindqvist"].offers] == [(THURSDAY, Part.AFTERNOON)]


def test_a_place_is_kept_for_each_person_still_to_be_asked(places: Places) -> None:
    """Four places are free; after two are promised to one person, the next gets one, so that one is left."""
    cards = suggest(
        founding_world(places, asks=[_sent("alvarez", _FRIDAY_PM, _THURSDAY_PM)]), founding_trip()
    ).cards
    waiting = [c for c in cards if c.ask is None]
    assert [len(c.offers) for c in waiting] == [1, 1]


def test_after_a_no_this_person_and_these_positions_are_left_alone_on_this_trip(places: Places) -> None:
    ask = _sent("alvarez", _FRIDAY_PM).model_copy(update={"application_keys": (key("48213"), key("48220"))})
    refused = ledger.move(ask, AskState.NO, NOW)
    people = [
        c.recruiter.id
        for c in suggest(founding_world(places, asks=[refused]), founding_trip()).cards
        if c.recruiter
    ]
    assert people == ["lindqvist", "osei"]


def test_somebody_asked_for_another_trip_within_ten_days_is_left_alone(places: Places) -> None:
    for days, state, drafted in ((3, WhenState.TOO_EARLY, False), (11, WhenState.BEST, True)):
        asks = [_sent("alvarez", trip="another", days_ago=days)]
        card = next(
            c
            for c in suggest(founding_world(places, asks=asks), founding_trip()).cards
            if c.recruiter and c.recruiter.id == "alvarez"
        )
        assert card.when.state is state
        assert (card.draft is not None) is drafted


@pytest.mark.parametrize(
    ("stage", "listed"),
    [("draft", True), ("withdrawn", True), ("closed", True), ("unknown", True), ("referred", False)],
)
def test_drafts_ended_unknown_and_unlisted_ones_never_appear(
    places: Places, stage: str, listed: bool
) -> None:
    docs = [application("1", "Nurse", stage, listed=listed)]
    assert suggest(world(places, docs, trips=[founding_trip()]), founding_trip()).cards == ()
