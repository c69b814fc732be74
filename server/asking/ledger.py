"""What was asked and answered: the moves of an ask, the day a nudge is due, what to do today."""

from __future__ import annotations

from datetime import date, datetime

from server.asking.cards import Due
from server.asking.model import Ask, AskState, Step, Trip
from server.asking.words_of_dates import short
from server.asking.workdays import add_working_days
from server.asking.world import World

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

IN_WORDS = {
    AskState.DRAFTED: "Drafted, not sent yet.",
    AskState.SENT: "Asked on {day}; no answer yet.",
    AskState.NUDGED: "Reminded on {day}; no answer yet. That was the last message.",
    AskState.OTHER_TIME: "They named another time; settle it with them.",
    AskState.YES: "They said yes.",
    AskState.NO: "They said no for this trip.",
    AskState.SILENT: "No answer.",
    AskState.UNDONE: "Taken back.",
}


class NotAllowed(ValueError):
    """A move that the ledger does not allow; its text says why."""


def in_words(ask: Ask) -> str:
    day = short(ask.sent_at.date()) if ask.sent_at else ""
    return IN_WORDS[ask.state].format(day=day)


def move(ask: Ask, to: AskState, at: datetime) -> Ask:
    """The ask after one more step. `at` is aware. Raises NotAllowed for a step that makes no sense."""
    if to is AskState.UNDONE:
        if ask.state is AskState.UNDONE:
            raise NotAllowed("There is nothing left to undo.")
    elif to not in MOVES[ask.state]:
        raise NotAllowed(
            f"An ask that is {ask.state.value.replace('_', ' ')} cannot become {to.value.replace('_', ' ')}."
        )
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
        return Due(ask_id=ask.id, kind="thank_you", text=f"Thank {who} for the meeting.") if lately else None
    if ask.state is AskState.DRAFTED and not over:
        return Due(ask_id=ask.id, kind="send", text=f"Your message to {who} is written but not sent.")
    if ask.state in (AskState.SENT, AskState.NUDGED) and over:
        if (today - trip.depart.date()).days > 14:
            return None
        text = f"{who} did not answer. One polite “was in town” at most, then let it rest."
        return Due(ask_id=ask.id, kind="was_in_town", text=text)
    if ask.state is AskState.OTHER_TIME and not over:
        return Due(ask_id=ask.id, kind="answer", text=f"Settle the time with {who}, then note it here.")
    on = nudge_due(world, trip, ask)
    if on is not None and on <= today and not over:
        return Due(
            ask_id=ask.id,
            kind="nudge",
            text=f"Follow up with {who}: asked on {short(ask.steps[-1].at.date())}.",
        )
    return None
