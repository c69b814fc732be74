"""From a trip to the cards: one message per recruiter, strongest first, with reasons, half-days and words."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from scraper.model import Confidence
from server.asking import draft, ledger
from server.asking.cards import Card, CardAction, Draft, Named, Offer, Suggestions, When, WhenState
from server.asking.context import TripContext
from server.asking.draft_facts import Facts
from server.asking.folding import fold
from server.asking.halfdays import offerable
from server.asking.model import OPEN_ASKS, Ask, AskState, HalfDay, Language, Position, Recruiter, Tone, Trip
from server.asking.names import employer_key
from server.asking.near import Near
from server.asking.strength import IN_WORDS, is_fresh
from server.asking.words_of_dates import half_in_words, short, stay_in_words
from server.asking.world import World

MOST_CARDS = 25
"""More people than this are not asked on one trip; the summary says how many are left out."""


@dataclass(frozen=True)
class _Group:
    """The positions that go into one message: to a recruiter, or to an employer of whom nobody is known."""

    employer: str
    recruiter: Recruiter | None
    own: list[Position] = field(default_factory=list)
    passed: list[Position] = field(default_factory=list)

    @property
    def all(self) -> list[Position]:
        return [*self.own, *self.passed]


def card_id(trip: Trip, recruiter: Recruiter | None, employer: str) -> str:
    """One id per trip and recruiter (or employer without one): the same card keeps its id for ever."""
    if recruiter is not None:
        return f"{trip.id}.{recruiter.id}"
    digest = hashlib.sha256(employer_key(employer).encode()).hexdigest()[:12]
    return f"{trip.id}.find-{digest}"


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
        for group in _groups(context)
        if card_id(trip, group.recruiter, group.employer) not in trip.declined
    ]
    groups.sort(key=lambda group: _order(context, group))
    asked = [(group, _standing(world, trip, group)) for group in groups]
    shown = [(group, ask) for group, ask in asked if not _settled(ask)]
    # People who are still to be asked each need a place; a general address rarely leads to a meeting.
    waiting = [group for group, ask in shown if group.recruiter is not None and ask is None]
    cards = []
    for rank, (group, ask) in enumerate(shown[:MOST_CARDS], start=1):
        others = sum(1 for other in waiting if other is not group)
        cards.append(_Maker(context, group, ask, others, language, tone).card(rank))
    return Suggestions(
        cards=tuple(cards), due=ledger.due(world, trip), summary=_summary(context, cards, len(shown))
    )


def _groups(context: TripContext) -> list[_Group]:
    """Positions by the person who is to be written to. The host of a booking speaks for unknown colleagues."""
    world = context.world
    people: dict[str, _Group] = {}
    nobody: dict[str, _Group] = {}
    for position in context.positions():
        recruiter = world.handler(position.key, position.employer)
        own = recruiter is not None
        recruiter = recruiter or context.host(position.employer)
        if recruiter is None:
            name = employer_key(position.employer)
            if (group := nobody.get(name)) is None:
                group = nobody[name] = _Group(position.employer, None)
            group.own.append(position)
            continue
        person = world.person(recruiter.id)
        if (group := people.get(person)) is None:
            chosen = world.recruiters.get(person, recruiter)
            group = people[person] = _Group(position.employer or chosen.employer, chosen)
        (group.own if own else group.passed).append(position)
    return [*people.values(), *nobody.values()]


def _order(context: TripContext, group: _Group) -> tuple[object, ...]:
    """Strongest position first; then the one nobody has to be found for; then more positions; then the name."""
    best = min(context.score(p) for p in group.all)
    who = group.recruiter.name if group.recruiter else ""
    return (
        best[0],
        group.recruiter is None,
        best[1],
        -len(group.all),
        employer_key(group.employer),
        fold(who) if who else who,
        best[2],
    )


def _standing(world: World, trip: Trip, group: _Group) -> Ask | None:
    if group.recruiter is not None:
        return world.asked(trip, group.recruiter.id)
    if not world.asks:
        return None
    own_id = card_id(trip, None, group.employer)
    found = [a for a in world.asks if a.card_id == own_id and a.state is not AskState.UNDONE]
    return found[-1] if found else None


def _settled(ask: Ask | None) -> bool:
    """A no, silence or a yes ends it for this trip: nothing more is suggested to this person."""
    return ask is not None and ask.state in (AskState.NO, AskState.SILENT, AskState.YES)


@dataclass(frozen=True)
class _Maker:
    """Makes the card of one group."""

    context: TripContext
    group: _Group
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
        offers = tuple(Offer(date=h.date, part=h.part, text=half_in_words(h.date, h.part)) for h in halves)
        silent = quiet is not None or when.state is WhenState.CLOSED or (not offers and self.ask is None)
        return Card(
            id=card_id(trip, group.recruiter, group.employer),
            rank=rank,
            action=self._action(),
            recruiter=group.recruiter,
            employer=group.employer,
            applications=tuple(named),
            reasons=tuple(self._reasons(when, quiet, halves)),
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
        text = f"You wrote to this person about something else; leave them alone until {short(quiet)}."
        return when.model_copy(
            update={"state": WhenState.TOO_EARLY, "opens": max(quiet, when.opens), "text": text}
        )

    def _reasons(self, when: When, quiet: date | None, halves: list[HalfDay]) -> list[str]:
        context, group = self.context, self.group
        best = min(group.all, key=lambda p: context.score(p))
        near = context.hood.of(best.employer, best.location)
        reasons = [self._stage_reason(best), near.reason]
        booking = context.booking_at(group.employer)
        if booking is not None:
            half = short(booking.start.date())
            reasons.append(f"You are at {booking.employer} on {half} anyway: {booking.title}.")
        if group.recruiter is None:
            reasons.append(self._ways(booking is not None))
        elif group.passed:
            count = "one position" if len(group.passed) == 1 else f"{len(group.passed)} positions"
            reasons.append(
                f"InTown does not know who handles {count} here; {group.recruiter.name} arranged your interview "
                "and can pass the question on."
            )
        if len(group.all) > context.world.rules.named_positions:
            left = len(group.all) - context.world.rules.named_positions
            reasons.append(
                f"{left} more of your applications here are not named: three at most, strongest first."
            )
        if is_fresh(best, context.world.rules, self.today):
            reasons.append("Applied to only days ago: it may not have been read yet.")
        if near.near is Near.REMOTE:
            reasons.append("Remote jobs come last: nobody there expects a visit.")
        if self.ask is None and not halves and when.state is not WhenState.CLOSED:
            reasons.append("Every free half-day is on offer already; wait for an answer or free another one.")
        if self.ask is not None:
            reasons.append(ledger.in_words(self.ask))
        reasons.append(when.text)
        return reasons

    def _stage_reason(self, best: Position) -> str:
        words = IN_WORDS[best.stage]
        if best.confidence is Confidence.GUESS:
            words = f"Perhaps {words[0].lower()}{words[1:]} (InTown is not sure what the portal's words mean)"
        days = (self.today - best.changed_on).days if best.changed_on else 0
        since = f", for {days} days" if days > 1 else ""
        many = len(self.group.all)
        return (
            f"{words}{since}."
            if many == 1
            else f"{words}{since}; {many} of your applications in one message."
        )

    def _ways(self, visited: bool) -> str:
        """How to find out whom to ask."""
        if visited:
            way = "Add the person who arranged your interview: they can pass the question on."
        else:
            way = "Look for a name in the confirmation mail and the posting, or call with the requisition number."
        return f"Whom to ask is not known. {way}"

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


def _summary(context: TripContext, cards: list[Card], groups: int) -> str:
    trip = context.trip
    where = f"{trip.destination.city or trip.destination.text} {stay_in_words(trip.arrive.date(), trip.depart.date())}"
    if not cards:
        return f"Nobody to ask for {where}: no live application is near, or all of them are settled."
    people = sum(1 for card in cards if card.recruiter is not None and card.ask is None)
    places = sum(1 for card in cards if card.recruiter is None and card.ask is None)
    asked = sum(1 for card in cards if card.ask is not None)
    parts = [
        f"{people} {'person' if people == 1 else 'people'} to ask" if people else "",
        f"{places} {'employer' if places == 1 else 'employers'} where the right person is still to be found"
        if places
        else "",
        f"{asked} asked already" if asked else "",
        f"{groups - len(cards)} more left out" if groups > len(cards) else "",
    ]
    return f"{', '.join(p for p in parts if p)}: {where}. {context.when.text}"
