"""What was entered can be changed and taken away again: recruiters, bookings, trips, corrections, a "not this one"."""

from __future__ import annotations

from datetime import timedelta

import pytest

from fixtures.portals import story
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup
from tests.browser.telling import log_the_trip

pytestmark = pytest.mark.browser


def one_trip(server: Server) -> dict[str, object]:
    (trip,) = server.store.read().all("trips").values()
    return trip


@pytest.fixture
def on_the_trip(recruiters_told: Popup) -> Popup:
    log_the_trip(recruiters_told)
    recruiters_told.click(".button.main", "See whom to ask")
    recruiters_told.wait_for(".ask-card")
    return recruiters_told


def test_a_recruiter_is_removed(recruiters_told: Popup, server: Server, pictures: Pictures) -> None:
    popup = recruiters_told
    people = len(server.store.read().all("recruiters"))
    popup.click(".tab", "All")
    popup.click(".people-section summary")
    popup.click(".people .button", "Change")
    popup.click(".people .button", "Remove this recruiter")
    pictures(popup, "all-remove-recruiter")
    assert len(server.store.read().all("recruiters")) == people  # the first press only asks
    popup.click(".people .button", "Yes, remove")
    popup.wait(f"document.querySelectorAll('.people li').length === {people - 1}")
    assert len(server.store.read().all("recruiters")) == people - 1
    popup.close()


def test_a_booking_is_added_and_removed(on_the_trip: Popup, server: Server, pictures: Pictures) -> None:
    popup = on_the_trip
    day = story().trip.arrive.date() + timedelta(days=1)
    popup.click(".meetings .button", "Add an interview")
    popup.fill(".meetings [name=title]", "Second talk")
    popup.fill(".meetings [name=day]", f"{day:%Y-%m-%d}")
    popup.fill(".meetings [name=from]", "14:00")
    popup.fill(".meetings [name=until]", "15:00")
    pictures(popup, "trip-add-booking")
    popup.click(".meetings .button.main", "Save")
    popup.wait("document.querySelectorAll('.meetings details').length === 2")
    assert len(popup.texts(".half.booked")) == 2
    popup.click(".meetings summary", "Second talk")
    popup.click(".meetings .button", "Remove this interview")
    popup.click(".meetings .button", "Yes, remove it")
    popup.wait("document.querySelectorAll('.half.booked').length === 1")
    popup.close()
    assert [one["title"] for one in one_trip(server)["bookings"]] == ["Cath Lab RN"]  # type: ignore[attr-defined]


def test_the_dates_of_a_trip_are_changed(
    on_the_trip: Popup, paired: Extension, server: Server, pictures: Pictures
) -> None:
    popup = on_the_trip
    later = story().trip.depart.date() + timedelta(days=1)
    popup.click("[aria-label='Change this trip']")
    popup.wait("document.querySelector('#destination')?.value.startsWith('Cleveland')")
    popup.fill("#departDay", f"{later:%Y-%m-%d}")
    pictures(popup, "trip-change")
    popup.close()
    popup = paired.click_icon(paired.page)  # what was half changed is still there
    popup.click(".tab", "Trip")
    popup.wait(f"document.querySelector('#departDay')?.value === '{later:%Y-%m-%d}'")
    popup.click(".view-form .button.main", "Save")
    popup.wait("document.querySelectorAll('.days thead th').length === 4")
    trip = one_trip(server)
    assert str(trip["depart"]).startswith(f"{later:%Y-%m-%d}")
    assert len(trip["bookings"]) == 1  # type: ignore[arg-type]

    popup.click("[aria-label='Change this trip']")
    popup.click(".view-form .button", "Remove this trip")
    popup.click(".view-form .button", "Yes, remove Cleveland")
    popup.wait_for_text("Log a trip")
    popup.close()
    assert server.store.read().all("trips") == {}


def test_not_this_one_is_taken_back_later(
    on_the_trip: Popup, paired: Extension, server: Server, pictures: Pictures
) -> None:
    popup = on_the_trip
    before = popup.texts(".ask-card h2")
    popup.click(".ask-card .button", "Not this one")
    popup.wait_for_text("left out of this trip")
    popup.close()
    popup = paired.click_icon(paired.page)
    popup.click(".tab", "Trip")
    popup.click(".left-out summary", "1 left out")
    assert before[0].split(" · ")[0] in popup.text(".left-out")
    pictures(popup, "trip-left-out")
    popup.click("[data-back]")
    popup.wait(f"document.querySelectorAll('.ask-card h2').length === {len(before)}")
    assert one_trip(server)["declined"] == []
    popup.close()


def test_a_correction_is_taken_back(recruiters_told: Popup, server: Server, pictures: Pictures) -> None:
    popup = recruiters_told
    popup.click(".row .line", "RN, Step-Down")
    popup.click(".panel .button", "Put it right")
    popup.evaluate("document.querySelector('.fix select').value = 'shortlisted'")
    popup.click(".fix .button.main", "Save")
    popup.wait_for(".corrected")
    pictures(popup, "here-corrected")
    popup.click(".corrected .button", "Take it back")
    popup.wait("document.querySelector('.facts') && !document.querySelector('.corrected')")
    popup.close()
    (row,) = [
        one for one in server.store.read().all("applications").values() if one["title"] == "RN, Step-Down"
    ]
    assert row["stage"] == "under_review"
    assert not row.get("stage_corrected")


def test_a_page_not_read_well_is_kept_without_the_person(
    recruiters_told: Popup, server: Server, pictures: Pictures
) -> None:
    popup = recruiters_told
    popup.click(".recorder .button")
    popup.wait_for(".recorder code")
    pictures(popup, "here-recorded")
    (page,) = (server.home.logs / "recordings").glob("*.html")
    assert popup.text(".recorder code") == str(page)
    text = page.read_text()
    assert "Charge Nurse" in text
    assert "48213" not in text
    popup.close()


def test_what_was_restored_is_told_once(paired: Extension, server: Server, pictures: Pictures) -> None:
    server.store.path.parent.mkdir(exist_ok=True)
    with server.store.transaction() as tx:
        tx.put("accounts", "x", {})
        tx.remove("accounts", "x")
    server.store.path.write_bytes(b"not a store any more")
    popup = paired.click_icon(paired.page)  # told where one is
    popup.wait_for("#attention [data-notice]")
    pictures(popup, "here-notice")
    popup.click(".tab", "All")
    popup.wait_for("#view [data-notice]")
    pictures(popup, "all-notice")
    told = popup.text("[data-notice]")
    assert "restored" in told or "set aside" in told
    popup.click("[data-notice] .button", "Understood")
    popup.wait("!document.querySelector('[data-notice]')")
    popup.close()
    popup = paired.open_all()
    popup.wait_for_state("no_applications")
    assert popup.texts("[data-notice]") == []
    popup.close()
