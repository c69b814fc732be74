"""The founding case in the popup: a trip logged, the right people to ask, edited, sent, answered."""

from __future__ import annotations

import pytest

from fixtures.portals import story
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup
from tests.browser.telling import log_the_trip

pytestmark = pytest.mark.browser


def test_the_founding_case(
    recruiters_told: Popup, paired: Extension, server: Server, pictures: Pictures
) -> None:
    popup = recruiters_told
    log_the_trip(popup)
    pictures(popup, "trip-form")
    popup.click(".button.main", "See whom to ask")
    popup.wait_for(".ask-card")
    pictures(popup, "trip")
    names = " ".join(popup.texts(".ask-card h2"))
    assert "A. Alvarez" in names
    assert "C. Lindqvist" in names
    assert "Clinic Manager" not in " ".join(popup.texts(".ask-card"))  # they said no
    assert popup.texts(".half.booked")[0].startswith("Cath Lab RN")

    # The card of A. Alvarez: read, change, close, find the change again, send.
    popup.click(".ask-card .button", "Read the e-mail")
    popup.wait_for(".draft textarea")
    pictures(popup, "trip-draft")
    before = popup.evaluate("document.querySelector('.draft textarea').value")
    changed = before.replace("Thank you", "Many thanks to you")
    assert changed != before
    popup.fill(".draft textarea", changed)
    popup.wait_for_text("Back to the draft")
    popup.close()

    popup = paired.click_icon(paired.page)
    popup.click(".tab", "Trip")
    popup.click(".ask-card .button", "Read the e-mail")
    popup.wait("document.querySelector('.draft textarea')?.value.includes('Many thanks to you')")
    popup.click(".button.main", "I have sent it")
    popup.wait_for_text("They said yes")
    pictures(popup, "trip-sent")
    (ask,) = server.store.read().all("asks").values()
    assert "Many thanks to you" in ask["body"]

    popup.click(".button", "They said yes")
    popup.click(".button.main", "Book it")
    popup.wait("document.querySelectorAll('.half.booked').length > 1")
    pictures(popup, "trip-answered")
    (trip,) = server.store.read().all("trips").values()
    assert len(trip["bookings"]) == 2

    popup.click(".button", "Undo")
    popup.wait_for_text("They said yes")
    assert popup.console == []
    popup.close()


def test_an_ambiguous_city_is_asked_about(paired: Extension, server: Server, pictures: Pictures) -> None:
    popup = paired.click_icon(paired.page)
    popup.click(".tab", "Trip")
    trip = story().trip
    popup.fill("#destination", "Springfield")
    popup.fill("#arriveDay", f"{trip.arrive:%Y-%m-%d}")
    popup.fill("#departDay", f"{trip.depart:%Y-%m-%d}")
    popup.click(".button.main", "See whom to ask")
    popup.wait_for(".field .buttons .button")
    pictures(popup, "trip-which-city")
    popup.click(".field .buttons .button")
    popup.wait_for(".days")
    (stored,) = server.store.read().all("trips").values()
    assert stored["destination"]["city"] == "Springfield"
    popup.close()


def test_a_half_typed_trip_outlives_the_popup(paired: Extension) -> None:
    popup = paired.click_icon(paired.page)
    popup.click(".tab", "Trip")
    popup.fill("#destination", "Portland, ME")
    popup.click(".button", "Add an interview")
    popup.fill("[name=title]", "Data Manager")
    popup.close()
    popup = paired.click_icon(paired.page)
    popup.click(".tab", "Trip")
    popup.wait("document.querySelector('#destination')?.value === 'Portland, ME'")
    assert popup.evaluate("document.querySelector('[name=title]').value") == "Data Manager"
    popup.close()


def test_a_half_day_is_taken_out_and_put_back(recruiters_told: Popup, pictures: Pictures) -> None:
    popup = recruiters_told
    log_the_trip(popup)
    popup.click(".button.main", "See whom to ask")
    popup.wait_for("button.half.free")
    chosen = popup.evaluate("document.querySelector('button.half.free').dataset.half")
    popup.click(f'[data-half="{chosen}"]')
    popup.wait_for(f'.half.off[data-half="{chosen}"]')
    popup.click(f'[data-half="{chosen}"]')
    popup.wait_for(f'.half.free[data-half="{chosen}"]')
    popup.close()


def test_not_this_one_and_back(recruiters_told: Popup, server: Server) -> None:
    popup = recruiters_told
    log_the_trip(popup)
    popup.click(".button.main", "See whom to ask")
    popup.wait_for(".ask-card")
    before = popup.texts(".ask-card h2")
    popup.click(".ask-card .button", "Not this one")
    popup.wait_for_text("left out of this trip")
    (trip,) = server.store.read().all("trips").values()
    assert len(trip["declined"]) == 1
    popup.click(".ask-card .button", "Undo")
    popup.wait(f"document.querySelectorAll('.ask-card h2').length === {len(before)}")
    (trip,) = server.store.read().all("trips").values()
    assert trip["declined"] == []
    popup.close()


def test_the_follow_up_is_another_message(recruiters_told: Popup, server: Server, pictures: Pictures) -> None:
    popup = recruiters_told
    log_the_trip(popup)
    popup.click(".button.main", "See whom to ask")
    popup.click(".ask-card .button", "Read the e-mail")
    popup.wait_for(".draft textarea")
    first = popup.evaluate("document.querySelector('.draft textarea').value")
    popup.click(".button.main", "I have sent it")
    popup.click(".ask-card .button", "Follow up")
    popup.wait_for(".drawer .draft textarea, .drawer .start")
    pictures(popup, "trip-follow-up")
    shown = popup.evaluate("document.querySelector('.drawer .draft textarea')?.value ?? ''")
    assert shown != first
    popup.close()


def test_a_recruiter_is_added_from_a_signature(
    lakeshore_read: Popup, server: Server, pictures: Pictures
) -> None:
    popup = lakeshore_read
    popup.click(".tab", "All")
    popup.click(".people-section summary")
    popup.click(".people-section .button", "Add a recruiter")
    popup.fill(
        ".person textarea",
        "Kind regards,\nAnna Alvarez\nSenior Recruiter\nLakeshore Health\nanna.alvarez@lakeshore.example\n(216) 555-0121",
    )
    popup.wait("document.querySelector('.person [name=email]').value === 'anna.alvarez@lakeshore.example'")
    pictures(popup, "all-add-recruiter")
    popup.fill(".person [name=employer]", "Lakeshore Health")
    popup.click(".person .button.main", "Save")
    popup.wait_for(".people li")
    popup.close()
    (person,) = server.store.read().all("recruiters").values()
    assert person["email"] == "anna.alvarez@lakeshore.example"


def test_settings_reach_the_drafts(recruiters_told: Popup, server: Server, pictures: Pictures) -> None:
    popup = recruiters_told
    log_the_trip(popup)
    popup.click(".button.main", "See whom to ask")
    popup.click(".ask-card .button", "Read the e-mail")
    popup.click(".draft .button", "Add your name")  # leads to the settings
    popup.fill("#me-name", "Dana Reyes")
    popup.press("Tab")
    popup.fill("#me-phone", "(555) 010-0142")
    popup.press("Tab")
    popup.wait_for_text("Saved.")
    pictures(popup, "settings")
    popup.click(".tab", "Trip")
    popup.click(".ask-card .button", "Read the e-mail")
    popup.wait("document.querySelector('.draft textarea')?.value.includes('Dana Reyes')")
    assert "Add your name" not in popup.text()
    popup.close()
    assert server.store.read().get("settings", "me") == {"name": "Dana Reyes", "phone": "(555) 010-0142"}
