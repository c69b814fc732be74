"""Who gets one message: the positions of a trip by the person who is to be written to."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

from server.asking.context import TripContext
from server.asking.folding import fold
from server.asking.model import Ask, AskState, Position, Recruiter, Trip
from server.asking.names import employer_key
from server.asking.world import World


@dataclass(frozen=True)
class Group:
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


def groups_of(context: TripContext) -> list[Group]:
    """Positions by the person who is to be written to. The host of a booking speaks for unknown colleagues."""
    world = context.world
    people: dict[str, Group] = {}
    nobody: dict[str, Group] = {}
    for position in context.positions():
        recruiter = world.handler(position.key, position.employer)
        own = recruiter is not None
        recruiter = recruiter or context.host(position.employer)
        if recruiter is None:
            name = employer_key(position.employer)
            if (group := nobody.get(name)) is None:
                group = nobody[name] = Group(position.employer, None)
            group.own.append(position)
            continue
        person = world.person(recruiter.id)
        if (group := people.get(person)) is None:
            chosen = world.recruiters.get(person, recruiter)
            group = people[person] = Group(position.employer or chosen.employer, chosen)
        (group.own if own else group.passed).append(position)
    return [*people.values(), *nobody.values()]


def order(context: TripContext, group: Group) -> tuple[object, ...]:
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


def standing(world: World, trip: Trip, group: Group) -> Ask | None:
    if group.recruiter is not None:
        return world.asked(trip, group.recruiter.id)
    if not world.asks:
        return None
    own_id = card_id(trip, None, group.employer)
    found = [a for a in world.asks if a.card_id == own_id and a.state is not AskState.UNDONE]
    return found[-1] if found else None


def settled(ask: Ask | None) -> bool:
    """A no, silence or a yes ends it for this trip: nothing more is suggested to this person."""
    return ask is not None and ask.state in (AskState.NO, AskState.SILENT, AskState.YES)
