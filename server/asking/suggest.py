"""From a trip to the cards: one message per recruiter, strongest first, with reasons, half-days and words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from server.asking import draft, ledger
from server.asking.cards import Card, CardAction, Draft, Named, Offer, Suggestions, When, WhenState
from server.asking.context import TripContext
from server.asking.draft_facts import Facts
from server.asking.groups import Group, card_id, groups_of, order, settled, standing
from server.asking.halfdays import offerable
from server.asking.model import OPEN_ASKS, Ask, AskState, HalfDay, Language, Tone, Trip
from server.asking.reasons import reasons, summary
from server.asking.world import World
from server.said import Said

MOST_CARDS = 25
"""More people than this are not asked on one trip; the summary says how many are left out."""


def suggest(
    world: World,
    trip: Trip,
    *,
    context: TripContext | None = None,
    language: Language | None = None,
    tone: Tone | None = None,
) -> Suggestions:
    """The cards for a trip, what is due, and a sentence that sums it up."""
    context = context or TripContext(world, trip)
    groups = [
        group
        for group in groups_of(context)
        if card_id(trip, group.recruiter, group.employer) not in trip.declined
    ]
    groups.sort(key=lambda group: order(context, group))
    asked = [(group, standing(world, trip, group)) for group in groups]
    shown = [(group, ask) for group, ask in asked if not settled(ask)]
    # People who are still to be asked each need a place; a general address rarely leads to a meeting.
    waiting = [group for group, ask in shown if group.recruiter is not None and ask is None]
    cards = []
    for rank, (group, ask) in enumerate(shown[:MOST_CARDS], start=1):
        others = sum(1 for other in waiting if other is not group)
        cards.append(_Maker(context, group, ask, others, language, tone).card(rank))
    return Suggestions(
        cards=tuple(cards), due=ledger.due(world, trip), summary=summary(context, cards, len(shown))
    )


@dataclass(frozen=True)
class _Maker:
    """Makes the card of one group."""

    context: TripContext
    group: Group
    ask: Ask | None
    others_waiting: int
    language: Language | None
    tone: Tone | None

    @property
    def today(self) -> date:
        return self.context.today

    def card(self, rank: int) -> Card:
        context, group = self.context, self.group
        world, trip = context.world, context.trip
        named = self._named()
        quiet = world.quiet_until(trip, group.recruiter.id) if group.recruiter and self.ask is None else None
        halves = self._offers()
        when = self._when(quiet)
        offers = tuple(Offer.of(h.date, h.part) for h in halves)
        silent = quiet is not None or when.state is WhenState.CLOSED or (not offers and self.ask is None)
        return Card(
            id=card_id(trip, group.recruiter, group.employer),
            rank=rank,
            action=self._action(),
            recruiter=group.recruiter,
            employer=group.employer,
            applications=tuple(named),
            reasons=reasons(context, group, self.ask, when, halves),
            when=when,
            offers=() if silent else offers,
            draft=None if silent else self._draft(named, offers, when),
            ask=self.ask,
        )

    def _action(self) -> CardAction:
        if self.group.recruiter is None:
            return CardAction.FIND_OUT
        return CardAction.ASK if self.group.own else CardAction.PASS_ON

    def _named(self) -> list[Named]:
        """At most three positions, strongest first, the recruiter's own before those to pass on."""
        most = self.context.world.rules.named_positions
        own = sorted(self.group.own, key=lambda p: self.context.score(p))[:most]
        passed = sorted(self.group.passed, key=lambda p: self.context.score(p))[: most - len(own)]
        return [
            Named(
                key=p.key,
                title=p.title,
                requisition=p.requisition,
                stage=p.stage,
                status=p.status,
                pass_on=p in passed,
            )
            for p in [*own, *passed]
        ]

    def _offers(self) -> list[HalfDay]:
        context = self.context
        if self.ask is not None and self.ask.state in OPEN_ASKS:
            # What was offered stays offered: the follow-up must not promise other half-days.
            offered = {(o.date, o.part) for o in self.ask.offers}
            past = {
                (h.date, h.part) for h in context.halves if h.label == "past" or h.state.value == "booked"
            }
            return [h for h in context.halves if (h.date, h.part) in offered - past]
        return offerable(
            context.halves,
            context.trip,
            context.world.rules,
            there=context.days_at(self.group.employer),
            keep_for_others=self.others_waiting,
        )

    def _when(self, quiet: date | None) -> When:
        when = self.context.when
        if quiet is None or when.state is WhenState.CLOSED:
            return when
        text = Said("card.quiet", day=quiet)
        return when.model_copy(
            update={"state": WhenState.TOO_EARLY, "opens": max(quiet, when.opens), "text": text}
        )

    def _draft(self, named: list[Named], offers: tuple[Offer, ...], when: When) -> Draft | None:
        context, group, ask = self.context, self.group, self.ask
        kind = self._action().value
        sent_on = None
        if ask is not None and ask.state is not AskState.DRAFTED:
            if ask.state is not AskState.SENT or ask.sent_at is None:
                return None  # nudged already, or in talks about another time: nothing more to write
            kind, sent_on = "follow_up", ask.sent_at.date()
        facts = Facts(
            kind=kind,
            trip=context.trip,
            employer=group.employer,
            me=context.world.me,
            rules=context.world.rules,
            recruiter=group.recruiter,
            named=tuple(named),
            offers=offers,
            booking=context.booking_at(group.employer),
            short_notice=when.state in (WhenState.SHORT_NOTICE, WhenState.PHONE),
            sent_on=sent_on,
            employers=context.world.employers,
        )
        language, tone = self._manner()
        own: Mapping[str, str] | None = context.world.templates.get(f"{kind}.{language.value}")
        return draft.make(facts, language, tone, own)

    def _manner(self) -> tuple[Language, Tone]:
        rules, recruiter = self.context.world.rules, self.group.recruiter
        theirs = Language(recruiter.language) if recruiter and recruiter.language else None
        return self.language or theirs or rules.language, self.tone or rules.tone
