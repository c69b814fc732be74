"""What the planning commands share: the store, the world, errors as sentences."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click

from scraper.settings import Home
from scraper.store import Store
from server import planning
from server.asking.model import Trip
from server.asking.places import Places, places_at
from server.asking.world import World
from server.commands.common import FAILED, NEEDS_YOU

MOMENT = click.DateTime(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])


def now() -> datetime:
    return datetime.now(UTC)


def opened() -> tuple[Store, Places]:
    """The store and the places index of this person."""
    home = Home.find().make()
    return Store(home.store), places_at(home.cache)


def known() -> World:
    store, places = opened()
    return planning.world_of(store.read(), places, now())


def chosen(world: World, trip_id: str) -> Trip:
    """The trip with this id; without one, the next trip. Raises UsageError when there is none."""
    if trip_id:
        if trip_id not in world.trips:
            raise click.UsageError(f"There is no trip {trip_id!r}; `intown trip list` shows them.")
        return world.trips[trip_id]
    if not world.upcoming:
        raise click.UsageError(
            "No trip is planned. `intown trip add CITY --arrive ... --depart ...` logs one."
        )
    return world.upcoming[0]


@contextmanager
def explained() -> Iterator[None]:
    """Say what cannot be planned in its own sentence, with the places to choose from, and end.

    The exit code is 3 where it is the person's turn to choose, else 1.
    """
    try:
        yield
    except planning.PlanError as error:
        click.echo(error.sentence, err=True)
        for place in error.candidates:
            click.echo(f"  {place.label}", err=True)
        if error.fix:
            click.echo(str(error.fix), err=True)
        raise click.exceptions.Exit(NEEDS_YOU if error.candidates else FAILED) from error
