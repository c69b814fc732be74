"""The shapes of trips, cards and asks in the OpenAPI document; `views` makes the values."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel

from scraper.model import Confidence
from server.asking.cards import CardAction, Draft, Due, Named, Offer, When
from server.asking.model import AskState, HalfDay, OfferedHalf, PlaceKind, Recruiter, Step


class PlaceView(BaseModel):
    """A place; `country` is an ISO 3166-1 alpha-2 code, `lat` and `lon` degrees."""

    text: str
    kind: PlaceKind
    city: str
    region: str
    country: str
    lat: float | None
    lon: float | None
    tz: str
    confidence: Confidence
    label: str


class BookingView(BaseModel):
    """A fixed time of a trip. `start` and `end` are wall-clock times at the destination."""

    id: str
    title: str
    employer: str
    start: str
    end: str
    recruiter_id: str
    application_key: str
    address: str
    place: dict[str, Any] | None
    ask_id: str
    notes: str


class LeftOut(BaseModel):
    """A card that the user said "not this one" to."""

    card_id: str
    name: str


class TripView(BaseModel):
    """A trip with its half-days as they stand now."""

    id: str
    destination: PlaceView
    arrive: str
    depart: str
    radius_km: float
    cost: float | None
    currency: str
    purpose: str
    own_cost: bool
    half_days: list[HalfDay]
    bookings: list[BookingView]
    cost_per_interview: float | None
    warnings: list[str]
    over: bool
    left_out: list[LeftOut]


class TripsOut(BaseModel):
    trips: list[TripView]
    due: list[Due]


class AskView(BaseModel):
    """An ask with where it stands now (`state`) and every step that led there."""

    id: str
    trip_id: str
    card_id: str
    recruiter_id: str
    employer: str
    application_keys: list[str]
    offers: list[OfferedHalf]
    channel: str
    subject: str
    body: str
    steps: list[Step]
    booking_id: str
    state: AskState
    sent_at: datetime | None


class AsksOut(BaseModel):
    asks: list[AskView]
    due: list[Due]


class CardView(BaseModel):
    """One suggestion. `draft` is null where nothing is to be written (now)."""

    id: str
    rank: int
    action: CardAction
    recruiter: Recruiter | None
    employer: str
    applications: list[Named]
    reasons: list[str]
    when: When
    offers: list[Offer]
    draft: Draft | None
    ask: AskView | None


class SuggestionsOut(BaseModel):
    trip: TripView
    cards: list[CardView]
    due: list[Due]
    summary: str


class PlacesOut(BaseModel):
    places: list[PlaceView]


class RecruitersOut(BaseModel):
    recruiters: list[Recruiter]
