"""When to ask for a trip: the window opens, is at its best, grows short, and closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from server.asking.cards import When, WhenState
from server.asking.model import HalfDay, HalfState, Rules, Trip
from server.asking.words_of_dates import short
from server.asking.workdays import day_after_holiday, working_days_until

_LEFT = (HalfState.FREE, HalfState.OFFERED, HalfState.HELD)


def when_to_ask(trip: Trip, halves: Sequence[HalfDay], rules: Rules, today: date) -> When:
    """Where `today` (at the destination) stands in the window of this trip.

    Days count back from the arrival. On the first working day after a public holiday the answer is "not
    today", unless the notice is short already.
    """
    arrive = trip.arrive.date()
    opens = arrive - timedelta(days=rules.opens_days)
    best_from = arrive - timedelta(days=rules.best_from_days)
    best_until = arrive - timedelta(days=rules.best_until_days)
    left = [half.date for half in halves if half.state in _LEFT]
    closes = max(left) if left else None

    def when(state: WhenState, text: str, opening: date = opens) -> When:
        return When(
            state=state, opens=opening, best_from=best_from, best_until=best_until, closes=closes, text=text
        )

    if closes is None:
        past = trip.depart.date() < today
        return when(
            WhenState.CLOSED, "The trip is over." if past else "No free half-day is left on this trip."
        )
    days = (arrive - today).days
    best = f"{rules.best_until_days} to {rules.best_from_days} days ahead ({short(best_from)} to {short(best_until)})"
    if days > rules.opens_days:
        return when(WhenState.TOO_EARLY, f"Too early: ask from {short(opens)}; best {best}.")
    if working_days_until(today, min(left), trip.destination) < rules.phone_working_days:
        return when(WhenState.PHONE, "Fewer than three working days left: call, and write as well.")
    if days < rules.short_notice_days:
        return when(
            WhenState.SHORT_NOTICE, f"Short notice: {_days(days)} before you arrive; say so, and ask today."
        )
    if rules.skip_day_after_holiday and (name := day_after_holiday(today, trip.destination)):
        tomorrow = today + timedelta(days=1)
        return when(WhenState.TOO_EARLY, f"Not today: inboxes are full after {name}. Ask tomorrow.", tomorrow)
    if rules.best_until_days <= days <= rules.best_from_days:
        return when(WhenState.BEST, f"Now is the best time: {days} days before you arrive.")
    if days > rules.best_from_days:
        return when(WhenState.OPEN, f"You can ask now; best {best}.")
    return when(WhenState.OPEN, f"Ask now: {_days(days)} before you arrive; the best days have passed.")


def _days(count: int) -> str:
    if count <= 0:
        return "no day"
    return "one day" if count == 1 else f"{count} days"
