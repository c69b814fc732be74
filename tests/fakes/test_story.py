"""The story that the fakes tell: its dates from any day on, its changes, the case InTown was born from."""

from __future__ import annotations

from datetime import date, timedelta

from fixtures.portals import FakePortals, story
from fixtures.portals.story import HARBOR, LAKESHORE, trip_thursday


def test_a_day_changes_what_the_portals_show(portals: FakePortals) -> None:
    def state() -> dict[str, tuple[str, str]]:
        return {
            row.requisition: (row.status, row.section)
            for name in portals.hosts
            for row in portals.host(name).listed()
        }

    today = state()
    portals.advance_day()
    tomorrow = state()
    changed = {key for key in tomorrow if tomorrow[key] != today[key]}
    assert changed == {"48220", "R-10388", "R-10290"}
    assert tomorrow["48220"] == ("Referred to hiring manager", "active")
    assert tomorrow["R-10290"] == ("Position Filled", "inactive")
    portals.reset()
    assert state() == today


def test_the_story_is_reckoned_from_today_on_any_day() -> None:
    for offset in range(0, 800, 3):
        today = date(2026, 1, 1) + timedelta(days=offset)
        told = story(today)
        arrive, depart = told.trip.arrive, told.trip.depart
        assert (arrive.weekday(), depart.weekday(), (depart.date() - arrive.date()).days) == (3, 5, 2)
        assert timedelta(days=13) <= arrive.date() - today <= timedelta(days=45)
        assert all(app.on <= today for tenant in told.tenants for app in tenant.applications)
    assert story(date(2026, 3, 2)) == story(date(2026, 3, 2))


def test_the_trip_avoids_holidays() -> None:
    assert trip_thursday(date(2026, 11, 10)) == date(2026, 12, 3)  # not Thanksgiving, November 26
    assert trip_thursday(date(2026, 12, 9)) == date(2027, 1, 7)  # not the days round the new year


def test_the_story_holds_the_founding_case(portals: FakePortals) -> None:
    told = story(portals.today)
    lakeshore = portals.host(LAKESHORE).listed()
    assert [row.section for row in lakeshore].count("inactive") == 2
    assert [row.section for row in lakeshore].count("draft") == 1
    by_number = {row.requisition for row in lakeshore if row.section == "active"}
    handled = [r for r in told.recruiters if r.employer == "Lakeshore Health"]
    assert len(handled) == 3
    assert {number for recruiter in handled for number in recruiter.requisitions} == by_number
    assert told.trip.bookings[0].start.weekday() == 4
    assert portals.host(HARBOR).user.email == told.email
