"""Trips, asks and recruiters in the store: what the API and the commands both do. No Flask in here.

Every change is one transaction and gives back what is now stored. `PlanError` is what cannot be done, with a
code for programs and a sentence for the person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from scraper.model import Confidence
from scraper.outcomes import InTownError
from scraper.store import Store, Transaction, View
from server.asking import ledger
from server.asking.folding import fold
from server.asking.model import (
    Ask,
    AskState,
    Booking,
    HalfDayEdit,
    Language,
    Me,
    OfferedHalf,
    Part,
    Place,
    PlaceKind,
    Recruiter,
    Rules,
    Trip,
)
from server.asking.names import Employers, employer_key
from server.asking.places import Places
from server.asking.suggest import suggest
from server.asking.world import World, fix_key

LONGEST_TRIP_DAYS = 366


class PlanError(InTownError):
    """Something that cannot be planned so. `candidates` are places to choose from."""

    def __init__(
        self,
        code: str,
        sentence: str,
        *,
        fix: str = "",
        candidates: Iterable[Place] = (),
        missing: bool = False,
    ) -> None:
        super().__init__(sentence)
        self.code = code
        self.fix = fix
        self.candidates = tuple(candidates)
        self.missing = missing


def world_of(view: View, places: Places, now: datetime) -> World:
    """What asking needs to know, from one consistent view of the store."""
    return World.from_tables(view.all, places, now)


def new_id(wish: str, taken: Mapping[str, Any]) -> str:
    """A short id that a person can type, made from `wish`: "cleveland-2027-08-26", "cleveland-2027-08-26-2"."""
    base = re.sub(r"[^a-z0-9]+", "-", fold(wish)).strip("-")[:48] or "x"
    number = 2
    found = base
    while found in taken:
        found = f"{base}-{number}"
        number += 1
    return found


# --- trips


def find_destination(places: Places, typed: str) -> Place:
    """The city a person means as a destination. Raises PlanError with candidates when that is not clear."""
    place = places.resolve(typed)
    candidates = [p for p in (place, *place.candidates) if p.kind is PlaceKind.CITY]
    clear = place.kind is PlaceKind.CITY and place.confidence.value != "guess"
    if clear:
        return place.model_copy(update={"candidates": ()})
    choices = candidates or list(places.suggest(typed))
    if choices:
        raise PlanError(
            "ambiguous_destination",
            "There are several places of that name.",
            fix="Choose one of them, or add the state or country.",
            candidates=[p.model_copy(update={"text": p.label, "candidates": ()}) for p in choices],
        )
    raise PlanError(
        "unknown_destination", "InTown knows no such city.", fix="Write the city and its state or country."
    )


def trip_of(view: View, trip_id: str) -> Trip:
    """The stored trip. Raises PlanError when there is none."""
    doc = view.get("trips", trip_id)
    if doc is None:
        raise PlanError("unknown_trip", "There is no such trip.", missing=True)
    return Trip.model_validate(doc)


def booking_of(trip: Trip, booking_id: str) -> Booking:
    """A trip's booking. Raises PlanError when there is none of that id."""
    found = next((b for b in trip.bookings if b.id == booking_id), None)
    if found is None:
        raise PlanError("unknown_booking", "There is no such booking.", missing=True)
    return found


def _checked(trip: Trip) -> Trip:
    if trip.depart <= trip.arrive:
        raise PlanError(
            "wrong_dates", "The departure is not after the arrival.", fix="Check the dates and times."
        )
    if (trip.depart - trip.arrive).days > LONGEST_TRIP_DAYS:
        raise PlanError("wrong_dates", "A trip may last a year at most.", fix="Check the dates.")
    return trip


def _put_trip(tx: Transaction, trip: Trip) -> Trip:
    tx.put("trips", trip.id, _checked(trip).model_dump(mode="json"))
    return trip


def add_trip(
    store: Store,
    places: Places,
    typed: str,
    fields: Mapping[str, Any],
    bookings: Iterable[Mapping[str, Any]] = (),
) -> Trip:
    """Store a new trip to the place `typed`. Raises PlanError for an unclear place or impossible dates."""
    destination = find_destination(places, typed)
    with store.transaction() as tx:
        wish = f"{destination.city} {str(fields['arrive'])[:10]}"
        made = _checked(Trip(id=new_id(wish, tx.all("trips")), destination=destination, **_valid(fields)))
        for booking in bookings:
            made = _with_booking(made, booking)
        return _put_trip(tx, made)


def _valid(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}


def edit_trip(store: Store, places: Places, trip_id: str, fields: Mapping[str, Any], typed: str = "") -> Trip:
    """Change a trip's fields, and its destination when `typed` is given."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        changes = dict(fields)
        if typed:
            changes["destination"] = find_destination(places, typed)
        return _put_trip(tx, Trip.model_validate(trip.model_dump() | changes))


def set_half_day(store: Store, trip_id: str, day: str, part: Part, free: bool | None) -> Trip:
    """Free or take out a half-day by the user's word; None takes that word back."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        try:
            about = HalfDayEdit(date=date.fromisoformat(day), part=part, free=bool(free))
        except ValueError as error:
            raise PlanError("wrong_dates", "There is no such date.") from error
        if not trip.arrive.date() <= about.date <= trip.depart.date():
            raise PlanError("outside_trip", "This date is not within the trip.")
        kept = [e for e in trip.edits if (e.date, e.part) != (about.date, about.part)]
        edits = (*kept, about) if free is not None else tuple(kept)
        return _put_trip(tx, trip.model_copy(update={"edits": edits}))


def remove_trip(store: Store, trip_id: str) -> None:
    """Forget a trip and what was asked for it."""
    with store.transaction() as tx:
        trip_of(tx, trip_id)
        tx.remove("trips", trip_id)
        for key, doc in list(tx.all("asks").items()):
            if doc["trip_id"] == trip_id:
                tx.remove("asks", key)


def _with_booking(trip: Trip, fields: Mapping[str, Any]) -> Trip:
    taken = {booking.id: booking for booking in trip.bookings}
    wish = str(fields.get("id") or f"{fields.get('employer') or fields.get('title') or 'booking'}")
    booking = Booking(**{**_valid(fields), "id": new_id(wish, taken)})
    if booking.end <= booking.start:
        raise PlanError("wrong_dates", "The booking ends before it begins.", fix="Check its times.")
    days = (trip.arrive.date(), trip.depart.date())
    if not days[0] <= booking.start.date() <= days[1]:
        raise PlanError(
            "outside_trip", "The booking is not within the trip.", fix="Check its date, or the trip's."
        )
    bookings = sorted((*trip.bookings, booking), key=lambda b: (b.start, b.id))
    return trip.model_copy(update={"bookings": tuple(bookings)})


def add_booking(store: Store, trip_id: str, fields: Mapping[str, Any]) -> Trip:
    """Add an interview or another fixed time to a trip."""
    with store.transaction() as tx:
        return _put_trip(tx, _with_booking(trip_of(tx, trip_id), fields))


def edit_booking(store: Store, trip_id: str, booking_id: str, fields: Mapping[str, Any]) -> Trip:
    """Change a booking."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        booking = booking_of(trip, booking_id)
        rest = trip.model_copy(update={"bookings": tuple(b for b in trip.bookings if b.id != booking_id)})
        return _put_trip(tx, _with_booking(rest, booking.model_dump() | dict(fields) | {"id": booking_id}))


def remove_booking(store: Store, trip_id: str, booking_id: str) -> Trip:
    """Take a booking out of a trip."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        kept = tuple(b for b in trip.bookings if b.id != booking_id)
        if len(kept) == len(trip.bookings):
            raise PlanError("unknown_booking", "There is no such booking.", missing=True)
        return _put_trip(tx, trip.model_copy(update={"bookings": kept}))


def decline_card(store: Store, trip_id: str, card_id: str, *, declined: bool = True) -> Trip:
    """ "Not this one": leave a card out of the trip's suggestions, or take that back."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        rest = tuple(c for c in trip.declined if c != card_id)
        return _put_trip(tx, trip.model_copy(update={"declined": (*rest, card_id) if declined else rest}))


# --- asks


def record_ask(
    store: Store,
    places: Places,
    now: datetime,
    *,
    trip_id: str,
    card_id: str,
    state: AskState,
    channel: str = "email",
    subject: str = "",
    body: str = "",
) -> Ask:
    """Note that a card's message was drafted or sent. One ask per card: a second "sent" is refused."""
    with store.transaction() as tx:
        trip = trip_of(tx, trip_id)
        world = World.from_tables(tx.all, places, now)
        known = next((ask for ask in world.asks if ask.id == card_id), None)
        card = next((c for c in suggest(world, trip).cards if c.id == card_id), None)
        if known is None and card is None:
            raise PlanError("unknown_card", "There is no such suggestion for this trip.", missing=True)
        if known is not None and known.state is not AskState.UNDONE and card is None:
            raise PlanError(
                "already_asked", "This is settled for this trip already.", fix="Undo the answer first."
            )
        ask = known or Ask(id=card_id, trip_id=trip_id, card_id=card_id, steps=())
        try:
            ask = ledger.move(ask, state, now)
        except ledger.NotAllowed as error:
            raise PlanError("already_asked", str(error), fix="Undo it first if it was a mistake.") from error
        changes: dict[str, Any] = {"channel": channel, "subject": subject, "body": body}
        if card is not None:
            draft = card.draft
            changes |= {
                "recruiter_id": card.recruiter.id if card.recruiter else "",
                "employer": card.employer,
                "application_keys": tuple(n.key for n in card.applications),
                "offers": tuple(OfferedHalf(date=o.date, part=o.part) for o in card.offers),
                "subject": subject or (draft.subject if draft else ""),
                "body": body or (draft.body if draft else ""),
            }
        ask = ask.model_copy(update=changes)
        tx.put("asks", ask.id, ask.model_dump(mode="json"))
        return ask


def move_ask(
    store: Store,
    ask_id: str,
    to: AskState,
    now: datetime,
    *,
    start: datetime | None = None,
    end: datetime | None = None,
) -> Ask:
    """Note an answer, a nudge or an undo. A yes with a time becomes a booking of the trip; undo removes it."""
    with store.transaction() as tx:
        doc = tx.get("asks", ask_id)
        if doc is None:
            raise PlanError("unknown_ask", "There is no such ask.", missing=True)
        before = Ask.model_validate(doc)
        try:
            ask = ledger.move(before, to, now)
        except ledger.NotAllowed as error:
            raise PlanError(
                "not_allowed", str(error), fix="Undo the last step if it was a mistake."
            ) from error
        if ask.state is AskState.YES and start is not None:
            ask = _book(tx, ask, start, end)
        elif before.state is AskState.YES and ask.state is not AskState.YES and before.booking_id:
            ask = _unbook(tx, ask)
        tx.put("asks", ask.id, ask.model_dump(mode="json"))
        return ask


def _book(tx: Transaction, ask: Ask, start: datetime, end: datetime | None) -> Ask:
    trip = trip_of(tx, ask.trip_id)
    titles = [(tx.get("applications", key) or {}).get("title", "") for key in ask.application_keys]
    fields = {
        "title": " · ".join(t for t in titles if t)[:120] or "Meeting",
        "employer": ask.employer,
        "start": start,
        "end": end or start + timedelta(minutes=30),
        "recruiter_id": ask.recruiter_id,
        "application_key": ask.application_keys[0] if len(ask.application_keys) == 1 else "",
        "ask_id": ask.id,
    }
    changed = _put_trip(tx, _with_booking(trip, fields))
    booking = next(b for b in changed.bookings if b.ask_id == ask.id)
    return ask.model_copy(update={"booking_id": booking.id})


def _unbook(tx: Transaction, ask: Ask) -> Ask:
    doc = tx.get("trips", ask.trip_id)
    if doc is not None:
        trip = Trip.model_validate(doc)
        kept = tuple(b for b in trip.bookings if b.ask_id != ask.id)
        _put_trip(tx, trip.model_copy(update={"bookings": kept}))
    return ask.model_copy(update={"booking_id": ""})


# --- recruiters


def recruiter_of(view: View, recruiter_id: str) -> Recruiter:
    doc = view.get("recruiters", recruiter_id)
    if doc is None:
        raise PlanError("unknown_recruiter", "There is no such recruiter.", missing=True)
    return Recruiter.model_validate(doc)


def _same(a: Recruiter, b: Recruiter) -> bool:
    """Whether two records are one person: the same e-mail, or the same name at the same employer."""
    if a.email and b.email:
        return a.email.casefold() == b.email.casefold()
    return (
        bool(fold(a.name))
        and fold(a.name) == fold(b.name)
        and employer_key(a.employer) == employer_key(b.employer)
    )


def _merged(old: Recruiter, new: Recruiter) -> Recruiter:
    """One record of two: what is known already stays unless the new one says something else."""
    filled = {name: value for name, value in new.model_dump().items() if value not in ("", (), [], False)}
    keys = tuple(dict.fromkeys((*old.application_keys, *new.application_keys)))
    return old.model_copy(update={**filled, "id": old.id, "application_keys": keys})


def add_recruiter(store: Store, fields: Mapping[str, Any]) -> Recruiter:
    """Add a person, or complete the record of the same person. Application keys move to this recruiter."""
    with store.transaction() as tx:
        known = [Recruiter.model_validate(doc) for doc in tx.all("recruiters").values()]
        made = Recruiter(**{**_valid(fields), "id": new_id(str(fields["name"]), tx.all("recruiters"))})
        if not made.name.strip() and not made.email.strip():
            raise PlanError("no_name", "A recruiter needs a name or an e-mail address.")
        twin = next((r for r in known if _same(r, made)), None)
        return _put_recruiter(tx, _merged(twin, made) if twin else made)


def _put_recruiter(tx: Transaction, recruiter: Recruiter) -> Recruiter:
    """Store a recruiter; an application belongs to one person only."""
    for key, doc in list(tx.all("recruiters").items()):
        if key != recruiter.id and set(doc["application_keys"]) & set(recruiter.application_keys):
            kept = [k for k in doc["application_keys"] if k not in recruiter.application_keys]
            tx.put("recruiters", key, {**doc, "application_keys": kept})
    tx.put("recruiters", recruiter.id, recruiter.model_dump(mode="json"))
    return recruiter


def edit_recruiter(store: Store, recruiter_id: str, fields: Mapping[str, Any]) -> Recruiter:
    """Change a recruiter's fields."""
    with store.transaction() as tx:
        recruiter = recruiter_of(tx, recruiter_id)
        return _put_recruiter(
            tx, Recruiter.model_validate(recruiter.model_dump() | dict(fields) | {"id": recruiter_id})
        )


def link(store: Store, recruiter_id: str, applications: Iterable[str]) -> Recruiter:
    """Let a recruiter handle more applications, named by key or by requisition number."""
    with store.transaction() as tx:
        recruiter = recruiter_of(tx, recruiter_id)
        docs = tx.all("applications")
        keys = list(recruiter.application_keys)
        for wanted in applications:
            found = [wanted] if wanted in docs else [k for k, d in docs.items() if d["requisition"] == wanted]
            if len(found) != 1:
                what = "No application" if not found else "More than one application"
                raise PlanError("unknown_application", f"{what} is known as {wanted!r}.", fix="Use its key.")
            keys += found
        return _put_recruiter(
            tx, recruiter.model_copy(update={"application_keys": tuple(dict.fromkeys(keys))})
        )


def remove_recruiter(store: Store, recruiter_id: str) -> None:
    with store.transaction() as tx:
        recruiter_of(tx, recruiter_id)
        tx.remove("recruiters", recruiter_id)


# --- settings and corrected places


def save_settings(store: Store, which: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Change "me" or "rules"; a field set to None goes back to its default. Raises PlanError when not valid."""
    shape: type[BaseModel] = Me if which == "me" else Rules
    with store.transaction() as tx:
        merged = {**(tx.get("settings", which) or {}), **fields}
        kept = {name: value for name, value in merged.items() if value is not None}
        try:
            checked = shape.model_validate(kept).model_dump(mode="json", include=set(kept))
        except ValidationError as error:
            names = ", ".join(str(e["loc"][0]) for e in error.errors() if e["loc"])
            raise PlanError("not_valid", f"This setting cannot be kept: {names}.") from error
        tx.put("settings", which, checked)
        return checked


TEMPLATE_KINDS = ("ask", "pass_on", "find_out", "follow_up", "thank_you", "was_in_town")


def save_template(store: Store, name: str, subject: str, body: str) -> None:
    """Keep the user's own template under "kind.language"; with both texts empty, forget it.

    Raises PlanError for an unknown name, or when a text names an employer: a template goes to all of them.
    """
    kind, _, language = name.partition(".")
    if kind not in TEMPLATE_KINDS or language not in {known.value for known in Language}:
        raise PlanError("unknown_template", "There is no such kind of message.", missing=True)
    with store.transaction() as tx:
        employers = Employers.of(doc["company"] for doc in tx.all("applications").values())
        if named := employers.mentioned(f"{subject} {body}", ""):
            raise PlanError(
                "names_employer",
                f"This template names {named}, and it would go to others too.",
                fix="Write {employer} instead.",
            )
        kept = dict(tx.get("settings", "templates") or {})
        kept.pop(name, None)
        if subject.strip() or body.strip():
            kept[name] = {"subject": subject, "body": body}
        tx.put("settings", "templates", kept)


def correct_place(store: Store, places: Places, employer: str, text: str, right: str) -> Place:
    """Remember what a location text means at an employer; an empty `right` takes the correction back."""
    key = fix_key(employer, text)
    with store.transaction() as tx:
        if not right.strip():
            tx.remove("places", key)
            return places.resolve(text)
        meant = places.resolve(right)
        if meant.kind is PlaceKind.UNKNOWN:
            raise PlanError(
                "unknown_place",
                "InTown does not know this place either.",
                fix="Write city and state or country.",
            )
        fixed = meant.model_copy(update={"text": text, "candidates": (), "confidence": Confidence.SURE})
        tx.put("places", key, fixed.model_dump(mode="json"))
        return fixed
