"""Why to ask, in sentences: the reasons of a card and the summary above the cards."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from scraper.model import Confidence
from server.asking import ledger
from server.asking.cards import Card, When, WhenState
from server.asking.context import TripContext
from server.asking.groups import Group
from server.asking.model import Ask, HalfDay, Position
from server.asking.near import Near
from server.asking.strength import is_fresh
from server.said import Said, Stay


def reasons(
    context: TripContext, group: Group, ask: Ask | None, when: When, halves: Sequence[HalfDay]
) -> tuple[Said, ...]:
    """Why this person, why now; the strongest position speaks for the group. `halves` are those to offer."""
    best = min(group.all, key=context.score)
    near = context.hood.of(best.employer, best.location)
    found = [_stage(best, len(group.all), context.today)]
    if near.reason is not None:
        found.append(near.reason)
    found += _who(context, group)
    most = context.world.rules.named_positions
    if len(group.all) > most:
        found.append(Said("card.not_named", count=len(group.all) - most, most=most))
    if is_fresh(best, context.world.rules, context.today):
        found.append(Said("card.fresh"))
    if near.near is Near.REMOTE:
        found.append(Said("card.remote_last"))
    if ask is None and not halves and when.state is not WhenState.CLOSED:
        found.append(Said("card.all_offered"))
    if ask is not None:
        found.append(ledger.in_words(ask))
    return (*found, when.text)


def _stage(best: Position, many: int, today: date) -> Said:
    days = (today - best.changed_on).days if best.changed_on else 0
    return Said(
        "card.stage_guessed" if best.confidence is Confidence.GUESS else "card.stage",
        stage=Said(f"stage.{best.stage.value}"),
        since=Said("card.since", count=days) if days > 1 else "",
        many=Said("card.many", count=many) if many > 1 else "",
    )


def _who(context: TripContext, group: Group) -> list[Said]:
    """The visit there, and what is to be said about the person to ask."""
    booking = context.booking_at(group.employer)
    found = []
    if booking is not None:
        day = booking.start.date()
        found.append(Said("card.visit", employer=booking.employer, day=day, title=booking.title))
    if group.recruiter is None:
        found.append(Said("card.find_out_visited" if booking is not None else "card.find_out"))
    elif group.passed:
        found.append(Said("card.pass_on", count=len(group.passed), name=group.recruiter.name))
    return found


def summary(context: TripContext, cards: Sequence[Card], groups: int) -> Said:
    """One sentence above the cards; `groups` is how many people there would be to ask."""
    trip = context.trip
    town = trip.destination.city or trip.destination.text
    stay = Stay(trip.arrive.date(), trip.depart.date())
    if not cards:
        return Said("summary.nobody", town=town, stay=stay)
    counts = {
        "people": sum(1 for card in cards if card.recruiter is not None and card.ask is None),
        "employers": sum(1 for card in cards if card.recruiter is None and card.ask is None),
        "asked": sum(1 for card in cards if card.ask is not None),
        "left_out": groups - len(cards),
    }
    parts = tuple(Said(f"summary.{name}", count=count) for name, count in counts.items() if count)
    return Said("summary.cards", town=town, stay=stay, parts=parts, when=context.when.text)
