"""Half-days, windows and days off: the usual trip, and all the unusual ones."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from server.asking.bookings import travel_minutes, warnings
from server.asking.cards import WhenState
from server.asking.halfdays import half_days, offerable, part_of
from server.asking.ledger import MOVES, NotAllowed, move, nudge_due
from server.asking.model import Ask, AskState, Booking, HalfDayEdit, HalfState, Part, Place, Rules
from server.asking.places import Places
from server.asking.suggest import suggest
from server.asking.window import when_to_ask
from server.asking.workdays import (
    add_working_days,
    day_after_holiday,
    holiday,
    is_weekend,
    working_days_until,
)
from tests.asking.generated import TOKYO
from tests.asking.worlds import CLEVELAND, FRIDAY, NOW, founding_trip, founding_world

RULES = Rules()


def states(trip_fields: dict[str, object], rules: Rules = RULES, now: datetime | None = None) -> str:
    """The half-days as one letter each: f free, b booked, o off, a away, h held."""
    halves = half_days(founding_trip(**trip_fields), rules, now=now)
    return " ".join("".join(h.state.value[0] for h in halves[n : n + 3]) for n in range(0, len(halves), 3))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "afo bfo oaa"),
        ({"bookings": ()}, "afo ffo oaa"),
        ({"arrive": datetime(2027, 8, 26, 5, 30)}, "ffo bfo oaa"),
        ({"arrive": datetime(2027, 8, 26, 16, 0)}, "aao bfo oaa"),
        ({"depart": datetime(2027, 8, 27, 19, 0)}, "afo bfa"),
        ({"depart": datetime(2027, 8, 27, 16, 59)}, "afo baa"),
        # one day: there at nine, gone at eight
        ({"arrive": datetime(2027, 8, 27, 7), "depart": datetime(2027, 8, 27, 20), "bookings": ()}, "ffa"),
        # Labor Day, Monday the sixth
        ({"arrive": datetime(2027, 9, 6, 5), "depart": datetime(2027, 9, 7, 22), "bookings": ()}, "ooo ffo"),
    ],
)
def test_half_days_by_themselves(fields: dict[str, object], expected: str) -> None:
    assert states(fields) == expected


def test_settings_and_the_users_word_beat_weekends_but_not_a_booking() -> None:
    saturday, friday = date(2027, 8, 28), date(2027, 8, 27)
    edits = (
        HalfDayEdit(date=saturday, part=Part.MORNING, free=True),
        HalfDayEdit(date=friday, part=Part.MORNING, free=True),
        HalfDayEdit(date=friday, part=Part.AFTERNOON, free=False),
    )
    assert states({"edits": edits}) == "afo boo faa"
    assert states({}, Rules(offer_weekends=True, offer_evenings=True)) == "aff bff faa"


def test_a_booking_takes_the_half_day_it_starts_in_and_others_only_when_too_little_is_left() -> None:
    def at(start: tuple[int, int], end: tuple[int, int]) -> dict[str, object]:
        day = (2027, 8, 27)
        one = Booking(id="b", title="x", start=datetime(*day, *start), end=datetime(*day, *end))
        return {"bookings": (one,)}

    assert states(at((11, 0), (12, 15))).split()[1] == "bfo"
    assert states(at((11, 0), (16, 0))).split()[1] == "bbo"
    assert states(at((7, 0), (7, 30))).split()[1] == "bfo"


def test_what_has_begun_is_over() -> None:
    assert states({}, now=datetime(2027, 8, 26, 12, 30)) == "aoo bfo oaa"
    assert set(states({}, now=datetime(2028, 1, 1)).replace(" ", "")) == {"a", "b", "o"}


def test_a_long_trip_is_worked_out_for_three_months_only() -> None:
    halves = half_days(founding_trip(depart=datetime(2028, 8, 1)), RULES)
    assert len(halves) == 92 * 3


def test_a_booking_of_an_overlapping_trip_takes_its_half_day_too(places: Places) -> None:
    other = founding_trip(id="other", bookings=founding_trip().bookings)
    trip = founding_trip(bookings=())
    assert [h.state for h in half_days(trip, RULES, others=[other, trip])][3] is HalfState.BOOKED


def test_three_meetings_a_day_are_enough() -> None:
    bookings = tuple(
        Booking(
            id=f"b{hour}", title="x", start=datetime(2027, 8, 27, hour), end=datetime(2027, 8, 27, hour, 30)
        )
        for hour in (8, 9, 10)
    )
    friday_pm = half_days(founding_trip(bookings=bookings), RULES)[4]
    assert (friday_pm.state, friday_pm.room) == (HalfState.HELD, 0)


def test_offers_prefer_the_day_one_is_there_anyway_then_whole_half_days() -> None:
    monday = (
        founding_trip()
        .bookings[0]
        .model_copy(update={"start": datetime(2027, 8, 30, 9), "end": datetime(2027, 8, 30, 10)})
    )
    trip = founding_trip(depart=datetime(2027, 9, 1, 22), bookings=(monday,))
    there = offerable(half_days(trip, RULES), trip, RULES, there={date(2027, 8, 30)})
    assert [(h.date.day, h.part) for h in there] == [
        (30, Part.AFTERNOON),
        (27, Part.MORNING),
        (27, Part.AFTERNOON),
    ]
    elsewhere = offerable(half_days(trip, RULES), trip, RULES)
    assert (elsewhere[0].date, elsewhere[0].part) == (FRIDAY, Part.MORNING)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        ("2027-08-04", WhenState.TOO_EARLY),
        ("2027-08-05", WhenState.OPEN),
        ("2027-08-11", WhenState.OPEN),
        ("2027-08-12", WhenState.BEST),
        ("2027-08-16", WhenState.BEST),
        ("2027-08-17", WhenState.OPEN),
        ("2027-08-21", WhenState.OPEN),
        ("2027-08-22", WhenState.SHORT_NOTICE),
        ("2027-08-23", WhenState.PHONE),
        ("2027-08-26", WhenState.PHONE),
        ("2027-09-09", WhenState.CLOSED),
    ],
)
def test_the_window(today: str, state: WhenState) -> None:
    day = date.fromisoformat(today)
    trip = founding_trip()
    halves = half_days(trip, RULES, now=datetime.combine(day, datetime.min.time()))
    assert when_to_ask(trip, halves, RULES, day).state is state


def test_no_free_half_day_means_closed() -> None:
    edits = tuple(
        HalfDayEdit(date=day, part=Part.AFTERNOON, free=False)
        for day in (date(2027, 8, 26), date(2027, 8, 27))
    )
    trip = founding_trip(edits=edits)
    found = when_to_ask(trip, half_days(trip, RULES), RULES, date(2027, 8, 13))
    assert (found.state, found.closes) == (WhenState.CLOSED, None)


def test_not_on_the_first_working_day_after_a_holiday() -> None:
    trip = founding_trip(arrive=datetime(2027, 9, 21, 9), depart=datetime(2027, 9, 23, 20), bookings=())
    tuesday = date(2027, 9, 7)  # after Labor Day
    found = when_to_ask(trip, half_days(trip, RULES), RULES, tuesday)
    assert (found.state, found.opens) == (WhenState.TOO_EARLY, date(2027, 9, 8))
    assert "Labor Day" in str(found.text)
    without = when_to_ask(trip, half_days(trip, RULES), Rules(skip_day_after_holiday=False), tuesday)
    assert without.state is WhenState.BEST


def test_working_days_follow_the_destination() -> None:
    dubai = Place(text="", country="AE")
    assert holiday(date(2027, 11, 25), CLEVELAND) == "Thanksgiving Day"
    assert holiday(date(2027, 11, 25), TOKYO) == ""
    assert is_weekend(date(2027, 8, 28), CLEVELAND)
    assert not is_weekend(date(2027, 8, 27), dubai)
    assert add_working_days(date(2027, 9, 3), 1, CLEVELAND) == date(2027, 9, 7)  # over Labor Day
    assert working_days_until(date(2027, 9, 3), date(2027, 9, 9), CLEVELAND) == 2
    assert day_after_holiday(date(2027, 9, 6), CLEVELAND) is None


def test_a_destination_without_a_known_country_still_has_weekends() -> None:
    nowhere = Place(text="somewhere")
    assert is_weekend(date(2027, 8, 28), nowhere)
    assert holiday(date(2027, 12, 25), nowhere) == ""


def test_over_the_date_line_today_is_the_destinations_today(places: Places) -> None:
    """In Cleveland it is still the thirteenth when the fourteenth has begun in Tokyo."""
    trip = founding_trip(
        destination=TOKYO, arrive=datetime(2027, 8, 24, 6), depart=datetime(2027, 8, 26, 20), bookings=()
    )
    world = founding_world(places, now=datetime(2027, 8, 13, 22, tzinfo=UTC))
    assert world.today_at(trip) == date(2027, 8, 14)
    assert world.today_at(founding_trip()) == date(2027, 8, 13)


def test_a_trip_in_the_past_suggests_nobody_by_name_and_closes(places: Places) -> None:
    world = founding_world(places, now=NOW + timedelta(days=60))
    for card in suggest(world, founding_trip()).cards:
        assert card.draft is None
        assert card.offers == ()
        assert card.when.state is WhenState.CLOSED


def test_warnings_know_overlaps_short_ways_and_clock_changes() -> None:
    def at(number: int, employer: str, start: datetime, minutes: int) -> Booking:
        return Booking(
            id=f"b{number}", title="", employer=employer, start=start, end=start + timedelta(minutes=minutes)
        )

    nine = datetime(2027, 8, 27, 9)
    near = at(1, "A", nine, 60)
    assert (
        warnings(founding_trip(bookings=(near, at(2, "B", nine + timedelta(minutes=30), 30))))[0].code
        == "booking.overlap"
    )
    assert (
        str(warnings(founding_trip(bookings=(near, at(2, "B", nine + timedelta(minutes=80), 30))))[0])
        == "Only 20 minutes between A and B; the way may take 30."
    )
    assert warnings(founding_trip(bookings=(near, at(2, "A", nine + timedelta(minutes=60), 30)))) == ()
    assert warnings(founding_trip(bookings=(near, at(2, "B", nine + timedelta(hours=3), 30)))) == ()
    early = at(3, "A", datetime(2027, 8, 26, 9), 30)
    assert warnings(founding_trip(bookings=(early,)))[0].code == "booking.early"


def test_the_way_between_two_places_grows_with_the_distance() -> None:
    akron = CLEVELAND.model_copy(update={"city": "Akron", "lat": 41.08, "lon": -81.52})
    a, b = (
        Booking(
            id=i,
            title=i,
            employer=i,
            start=datetime(2027, 8, 27, 9),
            end=datetime(2027, 8, 27, 10),
            place=place,
        )
        for i, place in (("a", CLEVELAND), ("b", akron))
    )
    assert 90 <= travel_minutes(a, b) <= 120


def test_parts_of_the_day() -> None:
    assert [part_of(datetime(2027, 8, 27, hour), RULES) for hour in (0, 8, 12, 16, 17, 23)] == [
        Part.MORNING,
        Part.MORNING,
        Part.AFTERNOON,
        Part.AFTERNOON,
        Part.EVENING,
        Part.EVENING,
    ]


def test_the_ledger_allows_one_nudge_and_takes_steps_back(places: Places) -> None:
    ask = Ask(id="a", trip_id="cleveland", card_id="a", recruiter_id="alvarez", steps=())
    sent = move(ask, AskState.SENT, NOW)
    assert nudge_due(founding_world(places), founding_trip(), sent) == date(2027, 8, 18)
    nudged = move(sent, AskState.NUDGED, NOW)
    assert nudge_due(founding_world(places), founding_trip(), nudged) is None
    with pytest.raises(NotAllowed):
        move(nudged, AskState.NUDGED, NOW)
    back = move(nudged, AskState.UNDONE, NOW)
    assert (back.state, back.sent_at) == (AskState.SENT, NOW)
    assert move(back, AskState.UNDONE, NOW).state is AskState.UNDONE
    assert len(back.steps) == 3  # the past is kept


def test_every_state_has_its_moves() -> None:
    assert set(MOVES) == set(AskState)
