"""What a person tells InTown in the story: who handles what, where they travel. Portals never say it."""

from __future__ import annotations

from fixtures.portals import story
from scraper.store import Store
from server import planning
from server.asking.model import Trip
from server.asking.places import Places
from tests.browser.icon import Popup


def tell_recruiters(store: Store, employer: str = "") -> None:
    """Those of the story, or of one employer, with the applications that have been read."""
    keys = {one["requisition"]: one["key"] for one in store.read().all("applications").values()}
    for person in story().recruiters:
        handled = [keys[number] for number in person.requisitions if number in keys]
        if handled and employer in ("", person.employer):
            planning.add_recruiter(
                store,
                {
                    "name": person.name,
                    "email": person.email,
                    "phone": person.phone,
                    "employer": person.employer,
                    "application_keys": handled,
                },
            )


def tell_the_trip(store: Store, places: Places) -> Trip:
    """The story's trip with its interview, not by the popup."""
    trip = story().trip
    (booking,) = trip.bookings
    return planning.add_trip(
        store,
        places,
        trip.destination,
        {"arrive": trip.arrive, "depart": trip.depart, "cost": trip.cost, "currency": trip.currency},
        [{"title": "Cath Lab RN", "employer": booking.employer, "start": booking.start, "end": booking.end}],
    )


def log_the_trip(popup: Popup) -> None:
    """Type the story's trip, choosing the city from the suggestions."""
    trip = story().trip
    popup.click(".tab", "Trip")
    popup.wait_for("#destination")
    popup.fill("#destination", "clevel")
    popup.wait_for("[role=option]")
    popup.press("ArrowDown")
    popup.press("Enter")
    popup.fill("#arriveDay", f"{trip.arrive:%Y-%m-%d}")
    popup.fill("#arriveTime", f"{trip.arrive:%H:%M}")
    popup.fill("#departDay", f"{trip.depart:%Y-%m-%d}")
    popup.fill("#departTime", f"{trip.depart:%H:%M}")
    (booking,) = trip.bookings
    popup.click(".button", "Add an interview")
    popup.fill("[name=title]", "Cath Lab RN")
    popup.fill("[name=employer]", booking.employer)
    popup.fill("[name=day]", f"{booking.start:%Y-%m-%d}")
    popup.fill("[name=from]", f"{booking.start:%H:%M}")
    popup.fill("[name=until]", f"{booking.end:%H:%M}")
