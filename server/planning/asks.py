"""The ledger of asks in the store."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from scraper.store import Store, Transaction
from server.asking import ledger
from server.asking.model import (
    Ask,
    AskState,
    OfferedHalf,
    Trip,
)
from server.asking.places import Places
from server.asking.suggest import suggest
from server.asking.world import World
from server.planning.base import PlanError
from server.planning.trips import put_trip, trip_of, with_booking
from server.said import Said


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
            raise PlanError("unknown_card", missing=True)
        if known is not None and known.state is not AskState.UNDONE and card is None:
            raise PlanError("already_asked", Said("error.settled"), fix=Said("fix.undo_answer"))
        ask = known or Ask(id=card_id, trip_id=trip_id, card_id=card_id, steps=())
        try:
            ask = ledger.move(ask, state, now)
        except ledger.NotAllowed as error:
            raise PlanError("already_asked", error.said, fix=Said("fix.undo_mistake")) from error
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
            raise PlanError("unknown_ask", missing=True)
        before = Ask.model_validate(doc)
        try:
            ask = ledger.move(before, to, now)
        except ledger.NotAllowed as error:
            raise PlanError("not_allowed", error.said, fix=Said("fix.undo_mistake")) from error
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
    changed = put_trip(tx, with_booking(trip, fields))
    booking = next(b for b in changed.bookings if b.ask_id == ask.id)
    return ask.model_copy(update={"booking_id": booking.id})


def _unbook(tx: Transaction, ask: Ask) -> Ask:
    doc = tx.get("trips", ask.trip_id)
    if doc is not None:
        trip = Trip.model_validate(doc)
        kept = tuple(b for b in trip.bookings if b.ask_id != ask.id)
        put_trip(tx, trip.model_copy(update={"bookings": kept}))
    return ask.model_copy(update={"booking_id": ""})
