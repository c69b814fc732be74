"""Everything an answer depends on, in one value: applications, people, trips, asks, rules and the time.

Built from the store's tables as plain mappings; asking itself never sees a store.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from server.asking.folding import fold
from server.asking.model import Ask, AskState, Me, Place, Recruiter, Rules, Trip
from server.asking.names import Employers, employer_key, kin
from server.asking.waiting import Waiting

Table = Mapping[str, Mapping[str, Any]]


class Resolver(Protocol):
    """Gives the place of a location text; `places.Places` is one."""

    def resolve(self, text: str) -> Place: ...


def fix_key(employer: str, text: str) -> str:
    """The key under which a corrected place is remembered: for this employer and this text."""
    return f"{employer_key(employer)}|{fold(text)}"


@dataclass(frozen=True)
class World:
    """What is known now. `now` is aware; `fixes` are the user's corrections of places (`fix_key`)."""

    applications: Table
    recruiters: Mapping[str, Recruiter]
    trips: Mapping[str, Trip]
    asks: Sequence[Ask]
    places: Resolver
    now: datetime
    rules: Rules = field(default_factory=Rules)
    me: Me = field(default_factory=Me)
    fixes: Mapping[str, Place] = field(default_factory=dict)
    templates: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    arranged: Waiting | None = None  # of these applications, where somebody has made it before

    @classmethod
    def from_tables(
        cls, table: Callable[[str], Table], places: Resolver, now: datetime, arranged: Waiting | None = None
    ) -> World:
        """From the store's tables ("applications", "recruiters", "trips", "asks", "places", "settings")."""
        settings = table("settings")
        return cls(
            applications=table("applications"),
            recruiters={key: Recruiter.model_validate(doc) for key, doc in table("recruiters").items()},
            trips={key: Trip.model_validate(doc) for key, doc in table("trips").items()},
            asks=tuple(Ask.model_validate(doc) for _, doc in sorted(table("asks").items())),
            places=places,
            now=now,
            rules=Rules.model_validate(settings.get("rules", {})),
            me=Me.model_validate(settings.get("me", {})),
            fixes={key: Place.model_validate(doc) for key, doc in table("places").items()},
            templates={key: dict(doc) for key, doc in settings.get("templates", {}).items()},
            arranged=arranged,
        )

    @cached_property
    def waiting(self) -> Waiting:
        """The applications one may ask about, by place and employer."""
        return self.arranged or Waiting.of(self.applications.values())

    def place_of(self, employer: str, location: str) -> Place:
        """The place of an employer's location text: as the user corrected it, else as it reads."""
        if self.fixes and self.fixed_at(employer) and (fixed := self.fixes.get(fix_key(employer, location))):
            return fixed
        return self.places.resolve(location)

    def fixed_at(self, employer: str) -> bool:
        """Whether the user has corrected a place of this employer: then one text may mean two places."""
        return bool(self.fixes) and employer_key(employer) in self._fixed

    @cached_property
    def _fixed(self) -> frozenset[str]:
        return frozenset(key.partition("|")[0] for key in self.fixes)

    def clock_at(self, trip: Trip) -> datetime:
        """The wall clock at a trip's destination, naive."""
        tz = trip.destination.tz
        here = self.now.astimezone(ZoneInfo(tz)) if tz else self.now
        return here.replace(tzinfo=None)

    def today_at(self, trip: Trip) -> date:
        return self.clock_at(trip).date()

    @cached_property
    def upcoming(self) -> tuple[Trip, ...]:
        """Trips that are not over, the next first."""
        ahead = [trip for trip in self.trips.values() if trip.depart >= self.clock_at(trip)]
        return tuple(sorted(ahead, key=lambda trip: (trip.arrive, trip.id)))

    @cached_property
    def employers(self) -> Employers:
        """Every employer's name that is known."""
        return Employers.of(sorted(self._names))

    @cached_property
    def _names(self) -> set[str]:
        names = {recruiter.employer for recruiter in self.recruiters.values()}
        names |= {b.employer for trip in self.trips.values() for b in trip.bookings}
        return names | self.waiting.employers

    @cached_property
    def _kin(self) -> dict[str, str]:
        return kin(self._names, {fold(trip.destination.city) for trip in self.trips.values()})

    def employer(self, name: str) -> str:
        """One key for all the names of an employer: "Lakeshore" is "Lakeshore Health" (`names.kin`).

        For reasons and half-days. What a message may name is decided more strictly (`names.Employers`).
        """
        key = employer_key(name)
        return self._kin.get(key, key)

    @cached_property
    def _people(self) -> dict[str, str]:
        """Recruiter id -> one id for the person: two records with the same e-mail are one person."""
        by_mail: dict[str, str] = {}
        people = {}
        for key in sorted(self.recruiters):
            mail = self.recruiters[key].email.strip().casefold()
            people[key] = by_mail.setdefault(mail, key) if mail else key
        return people

    def person(self, recruiter_id: str) -> str:
        return self._people.get(recruiter_id, recruiter_id)

    @cached_property
    def _handlers(self) -> tuple[dict[str, Recruiter], dict[str, Recruiter | None]]:
        by_key: dict[str, Recruiter] = {}
        by_employer: dict[str, Recruiter | None] = {}
        for _, recruiter in sorted(self.recruiters.items()):
            for key in recruiter.application_keys:
                by_key.setdefault(key, recruiter)
            if recruiter.whole_employer:
                name = self.employer(recruiter.employer)
                # Two people who each handle "everything" handle nothing for certain.
                known = by_employer.get(name, recruiter)
                same = known is not None and self.person(known.id) == self.person(recruiter.id)
                by_employer[name] = recruiter if same else None
        return by_key, by_employer

    def handler(self, key: str, employer: str) -> Recruiter | None:
        """Who handles an application: linked to it, or the one person linked to its whole employer."""
        by_key, by_employer = self._handlers
        return by_key.get(key) or (by_employer.get(self.employer(employer)) if by_employer else None)

    def asked(self, trip: Trip, recruiter_id: str) -> Ask | None:
        """The ask to this person for this trip; the one furthest along, None if none stands."""
        person = self.person(recruiter_id)
        found = [
            ask
            for ask in self.asks
            if ask.trip_id == trip.id and ask.recruiter_id and self.person(ask.recruiter_id) == person
        ]
        standing = [ask for ask in found if ask.state is not AskState.UNDONE]
        return max(standing, key=lambda ask: (ask.sent_at is not None, ask.id), default=None)

    def quiet_until(self, trip: Trip, recruiter_id: str) -> date | None:
        """Until when a person is left alone because they were asked about something else; None if they are not."""
        person = self.person(recruiter_id)
        sent = [
            ask.sent_at
            for ask in self.asks
            if ask.trip_id != trip.id
            and ask.recruiter_id
            and self.person(ask.recruiter_id) == person
            and ask.sent_at
        ]
        if not sent:
            return None
        until = max(sent) + timedelta(days=self.rules.quiet_days)
        return until.date() + timedelta(days=1) if until > self.now else None

    def closed_keys(self, trip: Trip) -> frozenset[str]:
        """Applications that are settled for a trip: its answer was no, silence or yes, or they are booked."""
        settled = {b.application_key for b in trip.bookings if b.application_key}
        for ask in self.asks:
            if ask.trip_id == trip.id and ask.state in (AskState.NO, AskState.SILENT, AskState.YES):
                settled |= set(ask.application_keys)
        return frozenset(settled)
