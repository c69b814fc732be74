"""Trips, asks and recruiters in the store: what the API and the commands both do. No Flask in here but in `answers`.

Every change is one transaction and gives back what is now stored. `PlanError` is what cannot be done, with a
code for programs and a sentence for the person.
"""

from __future__ import annotations

from server.planning.asks import move_ask, record_ask
from server.planning.base import PlanError, new_id, world_of
from server.planning.choices import correct_place, save_settings, save_template
from server.planning.people import add_recruiter, edit_recruiter, link, recruiter_of, remove_recruiter
from server.planning.trips import (
    add_booking,
    add_trip,
    booking_of,
    decline_card,
    edit_booking,
    edit_trip,
    find_destination,
    put_trip,
    remove_booking,
    remove_trip,
    set_half_day,
    trip_in,
    trip_of,
    with_booking,
)

__all__ = [
    "PlanError",
    "add_booking",
    "add_recruiter",
    "add_trip",
    "booking_of",
    "correct_place",
    "decline_card",
    "edit_booking",
    "edit_recruiter",
    "edit_trip",
    "find_destination",
    "link",
    "move_ask",
    "new_id",
    "put_trip",
    "record_ask",
    "recruiter_of",
    "remove_booking",
    "remove_recruiter",
    "remove_trip",
    "save_settings",
    "save_template",
    "set_half_day",
    "trip_in",
    "trip_of",
    "with_booking",
    "world_of",
]
