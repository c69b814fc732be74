"""What was asked and answered: the moves of an ask, the day a nudge is due, what to do today."""

from __future__ import annotations

from datetime import date, datetime

from server.asking.cards import Due
from server.asking.model import Ask, AskState, Step, Trip
from server.asking.workdays import add_working_days
from server.asking.world import World
from server.said import Said, SaidError

MOVES: dict[AskState, frozenset[AskState]] = {
    AskState.UNDONE: frozenset({AskState.DRAFTED, AskState.SENT}),
    AskState.DRAFTED: frozenset({AskState.DRAFTED, AskState.SENT}),
    AskState.SENT: frozenset(
        {AskState.NUDGED, AskState.YES, AskState.NO, AskState.OTHER_TIME, AskState.SILENT}
    ),
    AskState.NUDGED: frozenset({AskState.YES, AskState.NO, AskState.OTHER_TIME, AskState.SILENT}),
    AskState.OTHER_TIME: frozenset({AskState.YES, AskState.NO, AskState.SILENT}),
    AskState.YES: frozenset({AskState.NO, AskState.OTHER_TIME}),
    AskState.NO: frozenset({AskState.YES}),
    AskState.SILENT: frozenset({AskState.YES, AskState.NO, AskState.OTHER_TIME}),
}
"""From each state, the states that may follow; undo is allowed from every state that has a step to take back."""


class NotAllowed(SaidError):
    """A move that the ledger does not allow; its sentence says why."""


def in_words(ask: Ask) -> Said:
    """Where an ask stands."""
    if ask.state in (AskState.SENT, AskState.NUDGED) and ask.sent_at is not None:
        return Said(f"ledger.{ask.state.value}", day=ask.sent_at.date())
    return Said(f"ledger.{ask.state.value}")


def move(ask: Ask, to: AskState, at: datetime) -> Ask:
    """The ask after one more step. `at` is aware. Raises NotAllowed for a step that makes no sense."""
    if to is AskState.UNDONE:
        if ask.state is AskState.UNDONE:
            raise NotAllowed(Said("error.nothing_to_undo"))
    elif to not in MOVES[ask.state]:
        raise NotAllowed(Said("error.no_such_move", now=in_words(ask)))
    return ask.model_copy(update={"steps": (*ask.steps, Step(state=to, at=at))})


def nudge_due(world: World, trip: Trip, ask: Ask) -> date | None:
    """The day from which one reminder may go out; None when there is none to send."""
    if ask.state is not AskState.SENT or ask.sent_at is None:
        return None
    return add_working_days(ask.sent_at.date(), world.rules.nudge_working_days, trip.destination)


def due(world: World, trip: Trip | None = None) -> tuple[Due, ...]:
    """What is to be done today, for one trip or for all: nudges, closing words, thank-yous."""
    found = []
    for ask in world.asks:
        of = world.trips.get(ask.trip_id)
        if of is None or (trip is not None and of.id != trip.id):
            continue
        if (item := _due(world, of, ask)) is not None:
            found.append(item)
    return tuple(found)


def _due(world: World, trip: Trip, ask: Ask) -> Due | None:
    recruiter = world.recruiters.get(ask.recruiter_id)
    who = recruiter.name if recruiter else ask.employer
    now, today = world.clock_at(trip), world.today_at(trip)
    over = now > trip.depart
    if ask.state is AskState.YES:
        booking = next((b for b in trip.bookings if b.ask_id == ask.id), None)
        lately = booking is not None and booking.end <= now and (today - booking.end.date()).days <= 2
        return Due(ask_id=ask.id, kind="thank_you", text=Said("due.thank_you", who=who)) if lately else None
    if ask.state is AskState.DRAFTED and not over:
        return Due(ask_id=ask.id, kind="send", text=Said("due.send", who=who))
    if ask.state in (AskState.SENT, AskState.NUDGED) and over:
        if (today - trip.depart.date()).days > 14:
            return None
        return Due(ask_id=ask.id, kind="was_in_town", text=Said("due.was_in_town", who=who))
    if ask.state is AskState.OTHER_TIME and not over:
        return Due(ask_id=ask.id, kind="answer", text=Said("due.answer", who=who))
    on = nudge_due(world, trip, ask)
    if on is not None and on <= today and not over:
        asked = Said("due.nudge", who=who, day=ask.steps[-1].at.date())
        return Due(ask_id=ask.id, kind="nudge", text=asked)
    return None
