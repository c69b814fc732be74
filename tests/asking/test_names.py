"""When two spellings of an employer are one, and when they must not be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from server.asking.context import TripContext
from server.asking.names import employer_key, kin
from server.asking.near import Near
from server.asking.suggest import suggest
from server.asking.verdict import verdicts
from server.asking.waiting import Waiting
from server.asking.world import World
from tests.asking.worlds import CLEVELAND, HOSPITAL, Map, application, founding_world, key

HERE = Map(**{"US-OH-Cleveland": CLEVELAND})


def test_a_short_name_is_its_long_one() -> None:
    assert kin(["Lakeshore", "Lakeshore Health, Inc."]) == {"lakeshore": "lakeshore health"}
    chain = kin(["Lakeshore", "Lakeshore Health", "Lakeshore Health System"])
    assert chain == {"lakeshore": "lakeshore health system", "lakeshore health": "lakeshore health system"}
    assert kin(["The Meridian Group", "Meridian"]) == {"meridian": "meridian group"}


@pytest.mark.parametrize(
    "names",
    [
        ("University", "University of Akron"),
        ("University", "University Hospitals"),
        ("University of Akron", "University of Akron Foundation"),
        ("City", "City of Parma"),
        ("St. Luke", "St. Luke's Hospital"),  # another saint's name, not a shorter one
        ("Children's", "Children's Hospital"),
        ("General", "General Health"),
        ("Delta", "Delta Air Lines"),
        ("Northwestern", "Northwestern Mutual"),
        ("Lakeshore", "Lakeshore Equipment"),
        ("Lakeshore", "Lakeshores Health"),
        ("Lakeshore", "North Lakeshore Health"),
        ("Lakeshore Health", "Lakeshore Hospital"),
        ("Riverside", "Riverside Health", "Riverside Labs"),  # which of the two?
        ("GE", "GE Healthcare"),  # two letters are too little to go by
        ("Mercy", "Mercy Health"),  # many hospitals
        ("", "Health"),
    ],
)
def test_names_that_only_look_alike_stay_apart(names: tuple[str, ...]) -> None:
    assert kin(names) == {}


def test_a_town_is_not_a_short_name() -> None:
    assert kin(["Cleveland", "Cleveland Clinic"], {"cleveland"}) == {}


def _with(*docs: dict[str, object], **world: object) -> World:
    known = founding_world(HERE)
    return replace(known, applications={**known.applications, **{str(d["key"]): d for d in docs}}, **world)  # type: ignore[arg-type]  # fields of World


def test_an_employer_named_shortly_on_a_page_is_where_the_interview_is() -> None:
    there = application("90001", "Infusion Nurse", "referred", company="Lakeshore")
    vague = application("90002", "Float Nurse", "referred", company="Lakeshore", location="Main Campus")
    known = _with(there, vague)
    context = TripContext(known, known.trips["cleveland"])
    assert context.booking_at("Lakeshore") is not None
    assert context.hood.of("Lakeshore", "Main Campus").near is Near.VISITED
    for number in ("90001", "90002"):
        assert verdicts(known)[key(number)]["reason"].startswith("You are there Fri 27")


def test_another_employer_with_a_like_name_is_only_near() -> None:
    known = _with(application("90001", "Buyer", "referred", company="Lakeshore Equipment"))
    context = TripContext(known, known.trips["cleveland"])
    assert context.booking_at("Lakeshore Equipment") is None
    assert verdicts(known)[key("90001")]["reason"].startswith("You are near from")


def test_a_message_still_never_names_the_long_name_to_the_short_one() -> None:
    known = _with(application("90001", "Infusion Nurse", "referred", company="Lakeshore"))
    found = suggest(known, known.trips["cleveland"])
    card = next(c for c in found.cards if c.employer == "Lakeshore")
    assert card.draft is not None
    assert HOSPITAL not in card.draft.body
    assert employer_key(card.employer) == "lakeshore"


def test_a_place_corrected_for_one_employer_is_not_corrected_for_its_neighbours() -> None:
    doc = application("90001", "Buyer", "referred", company="Harbor Biotech", location="Building Q")
    other = application("90002", "Buyer", "referred", company="Meridian Labs", location="Building Q")
    fixes = {"harbor biotech|building q": CLEVELAND.model_copy(update={"text": "Building Q"})}
    known = _with(doc, other, fixes=fixes)
    hood = TripContext(known, known.trips["cleveland"]).hood
    assert hood.of("Harbor Biotech", "Building Q").near is Near.HERE
    assert hood.of("Meridian Labs", "Building Q").near is Near.UNKNOWN
    named = {n.key for c in suggest(known, known.trips["cleveland"]).cards for n in c.applications}
    assert key("90001") in named
    assert key("90002") not in named


def test_only_what_one_may_ask_about_waits() -> None:
    docs = [
        application("1", "A", "referred"),
        application("2", "B", "not_selected", company="Harbor Biotech"),
        application("3", "C", "referred", listed=False),
        application("4", "D", "referred", company="Meridian Labs", location="Akron, OH"),
    ]
    waiting = Waiting.of(docs)
    found = {
        (place, employer): [p.title for p in positions]
        for place, there in waiting.by_place.items()
        for employer, positions in there.items()
    }
    assert found == {("US-OH-Cleveland", HOSPITAL): ["A"], ("Akron, OH", "Meridian Labs"): ["D"]}
    assert waiting.employers == {HOSPITAL, "Harbor Biotech", "Meridian Labs"}
