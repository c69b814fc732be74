"""The words of asking as types: places, trips, half-days, asks, cards. Frozen; nothing here acts.

All times of a trip are wall-clock times at its destination ("2027-08-26T11:00" is eleven in the morning
there); `Place.tz` says which clock that is. Instants of the ledger (when something was sent) are aware.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from scraper.model import Confidence, Stage


class Frozen(BaseModel):
    """The base of all of these: immutable, and strict about unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _wall_clock(value: object) -> object:
    """A trip's time as typed: seconds and any offset are dropped, the clock on the wall is what counts."""
    if isinstance(value, str):
        value = datetime.fromisoformat(value)
    if isinstance(value, datetime):
        return value.replace(second=0, microsecond=0, tzinfo=None)
    return value


WallClock = Annotated[datetime, BeforeValidator(_wall_clock)]
"""A naive datetime at the trip's destination, to the minute."""


class PlaceKind(StrEnum):
    CITY = "city"
    REGION = "region"  # a state, a province, a country, "Northeast Ohio", "EMEA"
    REMOTE = "remote"
    MULTIPLE = "multiple"
    UNKNOWN = "unknown"


class Place(Frozen):
    """What a location text means.

    `country` is an ISO 3166-1 alpha-2 code in capitals ("US", "DE"), empty where it is not known. `region` is
    the name of the state or province ("Ohio"). `lat` and `lon` (degrees, WGS 84) are set for cities, and for
    remote or multiple places that name one city; never for regions. `candidates` are the other readings of an
    ambiguous text, or the cities of a text that names several.
    """

    text: str
    kind: PlaceKind = PlaceKind.UNKNOWN
    city: str = ""
    region: str = ""
    country: str = ""
    lat: float | None = None
    lon: float | None = None
    tz: str = ""
    confidence: Confidence = Confidence.GUESS
    candidates: tuple[Place, ...] = ()

    @property
    def label(self) -> str:
        """How the place is written for a person: "Cleveland, Ohio, US"."""
        return ", ".join(part for part in (self.city, self.region, self.country) if part) or self.text


class Part(StrEnum):
    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


PARTS = tuple(Part)


class HalfState(StrEnum):
    FREE = "free"
    BOOKED = "booked"
    OFFERED = "offered"  # offered in an ask that is not answered yet; there is room for one more
    HELD = "held"  # as many open offers or meetings as the half-day can take
    OFF = "off"  # weekend, holiday, evening, or taken out by the user
    AWAY = "away"  # not there yet, or on the way home


class HalfDay(Frozen):
    """One half-day of a trip; `label` is a short text for the picture ("Labor Day", "Cath Lab interview").

    `room` is how many more meetings fit into it under the caps (0 unless free or offered).
    """

    date: date
    part: Part
    state: HalfState
    label: str = ""
    room: int = 0


class HalfDayEdit(Frozen):
    """The user's own word on one half-day, which beats every rule but a booking."""

    date: date
    part: Part
    free: bool


class Booking(Frozen):
    """A meeting with a fixed time. `ask_id` is set when it came from an answered ask."""

    id: str
    title: str
    employer: str = ""
    start: WallClock
    end: WallClock
    recruiter_id: str = ""
    application_key: str = ""
    address: str = ""
    place: Place | None = None
    ask_id: str = ""
    notes: str = ""


class Trip(Frozen):
    """A journey: where, from when to when, and what is already fixed.

    `radius_km` is None for the user's usual radius. `cost` is in whole units of `currency` (ISO 4217).
    `own_cost` False means that somebody else pays the journey, and no draft will claim otherwise.
    """

    id: str
    destination: Place
    arrive: WallClock
    depart: WallClock
    radius_km: float | None = None
    cost: float | None = None
    currency: str = "USD"
    purpose: str = ""
    own_cost: bool = True
    bookings: tuple[Booking, ...] = ()
    edits: tuple[HalfDayEdit, ...] = ()
    declined: tuple[str, ...] = ()  # card ids the user said "not this one" to


class Recruiter(Frozen):
    """A person who can be asked.

    Handles the applications in `application_keys`; with `whole_employer`, also every other application at
    `employer` that nobody else handles. `salutation` ("Ms.", "Herr") is only ever what the user typed.
    """

    id: str
    name: str
    email: str = ""
    phone: str = ""
    employer: str = ""
    salutation: str = ""
    role: str = ""
    application_keys: tuple[str, ...] = ()
    whole_employer: bool = False
    language: str = ""
    notes: str = ""


class Tone(StrEnum):
    WARM = "warm"
    BRIEF = "brief"


class Language(StrEnum):
    EN = "en"
    ES = "es"
    FR = "fr"
    DE = "de"


class Me(Frozen):
    """The user, as far as drafts sign for them."""

    name: str = ""
    phone: str = ""
    email: str = ""


class Rules(Frozen):
    """The rules of asking, each a user setting. Where each number comes from: facts/asking.md, section 5."""

    radius_km: float = Field(default=80, gt=0, le=1000)
    opens_days: int = Field(default=21, ge=1, le=180)
    best_from_days: int = Field(default=14, ge=1, le=180)
    best_until_days: int = Field(default=10, ge=0, le=180)
    short_notice_days: int = Field(default=5, ge=0, le=60)
    phone_working_days: int = Field(default=3, ge=0, le=30)
    nudge_working_days: int = Field(default=3, ge=1, le=30)
    quiet_days: int = Field(default=10, ge=0, le=90)  # nobody asked for anything else within these
    fresh_days: int = Field(default=7, ge=0, le=60)  # applied to less than this long ago ranks lower
    named_positions: int = Field(default=3, ge=1, le=3)
    offered_half_days: int = Field(default=3, ge=1, le=3)
    per_half_day: int = Field(default=2, ge=1, le=4)
    per_day: int = Field(default=3, ge=1, le=8)
    offer_evenings: bool = False
    offer_weekends: bool = False
    skip_day_after_holiday: bool = True
    morning_starts: time = time(8)
    afternoon_starts: time = time(12)
    evening_starts: time = time(17)
    evening_ends: time = time(20)
    after_arrival_minutes: int = Field(default=120, ge=0, le=1440)
    before_departure_minutes: int = Field(default=180, ge=0, le=1440)
    needed_minutes: int = Field(default=120, ge=15, le=240)  # a half-day with less left is not offered
    meeting_minutes: tuple[int, int] = (15, 20)
    language: Language = Language.EN
    tone: Tone = Tone.WARM


class AskState(StrEnum):
    DRAFTED = "drafted"
    SENT = "sent"
    NUDGED = "nudged"
    YES = "answered_yes"
    NO = "answered_no"
    OTHER_TIME = "other_time"
    SILENT = "silent"
    UNDONE = "undone"


OPEN_ASKS = frozenset({AskState.SENT, AskState.NUDGED, AskState.OTHER_TIME})
"""Asks that wait for somebody; their half-days are held."""


class OfferedHalf(Frozen):
    date: date
    part: Part


class Step(Frozen):
    """One move of an ask in the ledger."""

    state: AskState
    at: datetime


class Ask(Frozen):
    """One message to one recruiter for one trip. The past of the ledger is never rewritten: undo is a step.

    `recruiter_id` is empty where an employer was asked whom to ask. `booking_id` is the meeting it became.
    """

    id: str
    trip_id: str
    card_id: str
    recruiter_id: str = ""
    employer: str = ""
    application_keys: tuple[str, ...] = ()
    offers: tuple[OfferedHalf, ...] = ()
    channel: str = "email"
    subject: str = ""
    body: str = ""
    steps: tuple[Step, ...]
    booking_id: str = ""

    @property
    def state(self) -> AskState:
        """Where the ask stands: each undone step takes back the step before it."""
        stack: list[AskState] = []
        for step in self.steps:
            if step.state is AskState.UNDONE:
                if stack:
                    stack.pop()
            else:
                stack.append(step.state)
        return stack[-1] if stack else AskState.UNDONE

    @property
    def sent_at(self) -> datetime | None:
        """When it was last sent or nudged, as the user said; None if it never was (or that was undone)."""
        standing: list[Step] = []
        for step in self.steps:
            if step.state is AskState.UNDONE:
                if standing:
                    standing.pop()
            else:
                standing.append(step)
        sent = [step.at for step in standing if step.state in (AskState.SENT, AskState.NUDGED)]
        return sent[-1] if sent else None


# Looked up instead of made: an answer reads these for thousands of applications.
_STAGES = {stage.value: stage for stage in Stage}
_CONFIDENCES = {confidence.value: confidence for confidence in Confidence}


@lru_cache(maxsize=4096)
def _day(stored: str | None) -> date | None:
    """The date of an ISO date or instant."""
    return date.fromisoformat(stored[:10]) if stored else None


@dataclass(frozen=True, slots=True)
class Position:
    """An application as asking sees it. A plain dataclass: ten thousand of them are made for one answer."""

    key: str
    title: str
    employer: str
    stage: Stage
    status: str = ""
    confidence: Confidence = Confidence.GUESS
    requisition: str = ""
    location: str = ""
    applied_on: date | None = None
    changed_on: date | None = None
    listed: bool = True

    @classmethod
    def of(cls, doc: Mapping[str, Any]) -> Position:
        """From the store's record of an application (dates and instants as ISO text)."""
        return cls(
            doc["key"],
            doc["title"],
            doc["company"],
            _STAGES[doc["stage"]],
            doc["status_raw"],
            _CONFIDENCES[doc["confidence"]],
            doc["requisition"],
            doc["location"],
            _day(doc["applied_on"]),
            _day(doc.get("changed_at") or doc.get("first_seen")),
            doc.get("listed", True),
        )
