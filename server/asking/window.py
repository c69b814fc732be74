"""When to ask for a trip: the window opens, is at its best, grows short, and closes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from server.asking.cards import When, WhenState
from server.asking.model import HalfDay, HalfState, Rules, Trip
from server.asking.workdays import day_after_holiday, working_days_until
from server.said import Holiday, Said

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

    def when(state: WhenState, text: Said, opening: date = opens) -> When:
        return When(
            state=state, opens=opening, best_from=best_from, best_until=best_until, closes=closes, text=text
        )

    if closes is None:
        past = trip.depart.date() < today
        return when(WhenState.CLOSED, Said("when.over" if past else "when.none_left"))
    days = (arrive - today).days
    best = Said(
        "when.best_days",
        least=rules.best_until_days,
        most=rules.best_from_days,
        first=best_from,
        last=best_until,
    )
    if days > rules.opens_days:
        return when(WhenState.TOO_EARLY, Said("when.too_early", day=opens, best=best))
    if working_days_until(today, min(left), trip.destination) < rules.phone_working_days:
        return when(WhenState.PHONE, Said("when.phone", count=rules.phone_working_days))
    if days < rules.short_notice_days:
        return when(WhenState.SHORT_NOTICE, Said("when.short_notice", count=days))
    if rules.skip_day_after_holiday and (eve := day_after_holiday(today, trip.destination)):
        tomorrow = today + timedelta(days=1)
        full = Said("when.after_holiday", holiday=Holiday(eve, trip.destination))
        return when(WhenState.TOO_EARLY, full, tomorrow)
    if rules.best_until_days <= days <= rules.best_from_days:
        return when(WhenState.BEST, Said("when.best", count=days))
    if days > rules.best_from_days:
        return when(WhenState.OPEN, Said("when.open", best=best))
    return when(WhenState.OPEN, Said("when.late", count=days))
