"""Trips, their bookings and half-days, and the suggestions for each: whom to ask, when, in what words."""

from __future__ import annotations

from typing import Annotated

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from server import calendar, planning
from server.asking.bookings import Task, preparation
from server.asking.context import TripContext
from server.asking.halfdays import open_asks
from server.asking.ideas import Idea, ideas
from server.asking.ledger import due
from server.asking.model import Language, Part, Tone, Trip
from server.asking.suggest import suggest
from server.known import known
from server.language import asked, words
from server.planning import answers
from server.planning.fields import Cost, Currency, Id, Key, LongText, Moment, Radius, Text
from server.planning.shapes import SuggestionsOut, TripsOut, TripView
from server.planning.views import plain, suggestions_view, trip_view
from server.state import send, state

blueprint = APIBlueprint("trips", __name__, url_prefix="/api", tag="Trips")
answers.register(blueprint)


class BookingIn(BaseModel):
    """A fixed time; `start` and `end` are wall-clock times at the destination."""

    title: Text
    employer: Text = ""
    start: Moment
    end: Moment
    recruiter_id: Id = ""
    application_key: Key = ""
    address: Text = ""
    notes: LongText = ""


class BookingChange(BaseModel):
    """What to change of a booking; what is left out stays."""

    title: Text | None = None
    employer: Text | None = None
    start: Moment | None = None
    end: Moment | None = None
    recruiter_id: Id | None = None
    application_key: Key | None = None
    address: Text | None = None
    notes: LongText | None = None


class TripIn(BaseModel):
    """A new trip. `destination` is free text; times are wall-clock times there."""

    destination: Annotated[str, Field(min_length=1, max_length=200)]
    arrive: Moment
    depart: Moment
    radius_km: Radius | None = None
    cost: Cost | None = None
    currency: Currency | None = None
    purpose: Text | None = None
    own_cost: bool | None = None
    bookings: Annotated[list[BookingIn], Field(max_length=50)] = Field(default_factory=list)


class TripChange(BaseModel):
    """What to change of a trip; what is left out stays."""

    destination: Annotated[str, Field(min_length=1, max_length=200)] | None = None
    arrive: Moment | None = None
    depart: Moment | None = None
    radius_km: Radius | None = None
    cost: Cost | None = None
    currency: Currency | None = None
    purpose: Text | None = None
    own_cost: bool | None = None


class HalfDayIn(BaseModel):
    """The user's word on a half-day; `free` null takes it back."""

    date: str = Field(pattern=r"^\d{4}-\d{2}-\d{2}$")
    part: Part
    free: bool | None = None


class DeclineIn(BaseModel):
    declined: bool = True


class Manner(BaseModel):
    """In which language and tone to draft; the user's settings where left out."""

    language: Language | None = None
    tone: Tone | None = None


class PreparationOut(BaseModel):
    booking_id: str
    tasks: list[Task]


class CalendarIn(BaseModel):
    ics: Annotated[str, Field(min_length=1, max_length=calendar.LARGEST)]


class CalendarOut(BaseModel):
    name: str
    ics: str


class IdeasOut(BaseModel):
    ideas: list[Idea]


def _shown(trip: Trip) -> Response:
    return send(trip_view(known(), trip, language=asked()))


@blueprint.get("/trips")
@blueprint.output(TripsOut)
def list_trips() -> Response:
    """List every trip, the next one first, and what is due on any of them today."""
    world = known()
    trips = sorted(world.trips.values(), key=lambda t: (t.depart < world.clock_at(t), t.arrive, t.id))
    shown = [trip_view(world, trip, language=asked()) for trip in trips]
    return send({"trips": shown, "due": [plain(d, asked()) for d in due(world)]})


@blueprint.post("/trips")
@blueprint.input(TripIn)
@blueprint.output(TripView)
def add_trip(json_data: TripIn) -> Response:
    """Log a trip. An unclear destination is refused with 422 `ambiguous_destination` and `candidates`."""
    fields = json_data.model_dump(exclude={"destination", "bookings"}, exclude_none=True)
    bookings = [booking.model_dump() for booking in json_data.bookings]
    return _shown(planning.add_trip(state().store, state().places, json_data.destination, fields, bookings))


@blueprint.get("/trips/<trip_id>")
@blueprint.output(TripView)
def show_trip(trip_id: str) -> Response:
    """One trip."""
    return _shown(planning.trip_of(state().store.read(), trip_id))


@blueprint.patch("/trips/<trip_id>")
@blueprint.input(TripChange)
@blueprint.output(TripView)
def edit_trip(trip_id: str, json_data: TripChange) -> Response:
    """Change a trip."""
    fields = json_data.model_dump(exclude={"destination"}, exclude_unset=True)
    kept = {
        name: value for name, value in fields.items() if value is not None or name in ("radius_km", "cost")
    }
    typed = json_data.destination or ""
    return _shown(planning.edit_trip(state().store, state().places, trip_id, kept, typed))


@blueprint.delete("/trips/<trip_id>")
@blueprint.output({}, status_code=204)
def remove_trip(trip_id: str) -> str:
    """Forget a trip and its asks."""
    planning.remove_trip(state().store, trip_id)
    return ""


@blueprint.post("/trips/<trip_id>/bookings")
@blueprint.input(BookingIn)
@blueprint.output(TripView)
def add_booking(trip_id: str, json_data: BookingIn) -> Response:
    """Add an interview, or another fixed time."""
    return _shown(planning.add_booking(state().store, state().places, trip_id, json_data.model_dump()))


@blueprint.patch("/trips/<trip_id>/bookings/<booking_id>")
@blueprint.input(BookingChange)
@blueprint.output(TripView)
def edit_booking(trip_id: str, booking_id: str, json_data: BookingChange) -> Response:
    """Change a booking."""
    fields = json_data.model_dump(exclude_none=True)
    return _shown(planning.edit_booking(state().store, state().places, trip_id, booking_id, fields))


@blueprint.get("/trips/<trip_id>/bookings/<booking_id>")
@blueprint.output(PreparationOut)
def prepare(trip_id: str, booking_id: str) -> Response:
    """What to have ready for a booked interview."""
    world = known()
    trip = planning.trip_in(world, trip_id)
    booking = planning.booking_of(trip, booking_id)
    doc = world.applications.get(booking.application_key, {})
    recruiter = world.recruiters.get(booking.recruiter_id)
    tasks = preparation(trip, booking, recruiter, doc.get("title", ""), doc.get("requisition", ""))
    return send({"booking_id": booking.id, "tasks": [plain(task, asked()) for task in tasks]})


@blueprint.get("/trips/<trip_id>/calendar")
@blueprint.output(CalendarOut)
def calendar_of(trip_id: str) -> Response:
    """The plan of a trip as an .ics file, in JSON because nothing else is spoken here."""
    world = known()
    trip = planning.trip_in(world, trip_id)
    asks = tuple(a for a in open_asks(world.asks) if a.trip_id == trip.id)
    data = calendar.write_trip(trip, TripContext(world, trip).halves, asks, world.rules, world.now)
    return send({"name": f"{trip.id}.ics", "ics": data.decode()})


@blueprint.post("/calendar")
@blueprint.input(CalendarIn)
@blueprint.output(calendar.Found)
def read_calendar(json_data: CalendarIn) -> Response:
    """Find flights and interviews in an .ics file, and the trip they make; nothing is stored."""
    try:
        found = calendar.find_trip(calendar.read_events(json_data.ics.encode()), state().places)
    except calendar.CalendarError as error:
        raise planning.PlanError("no_calendar", error.said) from error
    return send(plain(found, asked()) | {"note": words(found.note) if found.note else ""})


@blueprint.delete("/trips/<trip_id>/bookings/<booking_id>")
@blueprint.output(TripView)
def remove_booking(trip_id: str, booking_id: str) -> Response:
    """Take a booking out of a trip."""
    return _shown(planning.remove_booking(state().store, trip_id, booking_id))


@blueprint.patch("/trips/<trip_id>/half-days")
@blueprint.input(HalfDayIn)
@blueprint.output(TripView)
def edit_half_day(trip_id: str, json_data: HalfDayIn) -> Response:
    """Free a half-day or take it out, against the rules; `free` null follows the rules again."""
    return _shown(
        planning.set_half_day(state().store, trip_id, json_data.date, json_data.part, json_data.free)
    )


@blueprint.get("/trips/<trip_id>/suggestions")
@blueprint.input(Manner, location="query")
@blueprint.output(SuggestionsOut)
def suggestions(trip_id: str, query_data: Manner) -> Response:
    """Whom to ask on this trip: one card per recruiter, strongest first."""
    world = known()
    context = TripContext(world, planning.trip_in(world, trip_id))
    found = suggest(world, context.trip, context=context, language=query_data.language, tone=query_data.tone)
    return send(suggestions_view(context, found, asked()))


@blueprint.patch("/trips/<trip_id>/cards/<card_id>")
@blueprint.input(DeclineIn)
@blueprint.output(TripView)
def decline(trip_id: str, card_id: str, json_data: DeclineIn) -> Response:
    """ "Not this one": leave a card out of this trip's suggestions, or take that back."""
    return _shown(planning.decline_card(state().store, trip_id, card_id, declined=json_data.declined))


@blueprint.get("/ideas")
@blueprint.output(IdeasOut)
def list_ideas() -> Response:
    """Cities where a trip could pay."""
    return send({"ideas": [plain(idea, asked()) for idea in ideas(known())]})
