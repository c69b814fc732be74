"""`intown trip` and `intown suggest`: planning from the command line."""

from __future__ import annotations

from datetime import datetime
from typing import Any, BinaryIO

import click

from server import calendar, planning
from server.asking.context import TripContext
from server.asking.halfdays import open_asks
from server.asking.ideas import ideas
from server.asking.links import one_line
from server.asking.model import Language, Tone
from server.asking.suggest import suggest as suggestions_for
from server.commands import plan_screens as screens
from server.commands.common import AS_JSON, print_json
from server.commands.plan_common import MOMENT, chosen, explained, known, opened
from server.planning.views import suggestions_view, trip_view


@click.group()
def trip() -> None:
    """Log trips, and what is booked on them."""


@trip.command("add")
@click.argument("destination")
@click.option(
    "--arrive", type=MOMENT, required=True, help="When you arrive, on the clock there: 2027-08-26T11:00"
)
@click.option("--depart", type=MOMENT, required=True, help="When you leave, on the clock there.")
@click.option(
    "--radius", "radius_km", type=click.FloatRange(1, 1000), help="How far from it jobs count, in km."
)
@click.option("--cost", type=click.FloatRange(0), help="What the trip costs.")
@click.option("--currency", help="Three letters: USD.")
@click.option("--purpose", help="Why you travel.")
@click.option(
    "--paid-for-me", is_flag=True, help="Somebody else pays: no message will say it is at your own cost."
)
@AS_JSON
def add_trip(
    destination: str,
    arrive: datetime,
    depart: datetime,
    radius_km: float | None,
    cost: float | None,
    currency: str | None,
    purpose: str | None,
    paid_for_me: bool,
    as_json: bool,
) -> None:
    """Log a trip to DESTINATION ("Cleveland, OH")."""
    store, places = opened()
    fields = {
        "arrive": arrive,
        "depart": depart,
        "radius_km": radius_km,
        "cost": cost,
        "currency": currency.upper() if currency else None,
        "purpose": purpose,
        "own_cost": not paid_for_me,
    }
    with explained():
        made = planning.add_trip(store, places, destination, fields)
    _show(made.id, as_json)


def _show(trip_id: str, as_json: bool) -> None:
    world = known()
    shown = trip_view(world, chosen(world, trip_id))
    print_json(shown) if as_json else screens.show_trip(shown)


@trip.command("list")
@AS_JSON
def list_trips(as_json: bool) -> None:
    """List the trips."""
    world = known()
    shown = [trip_view(world, t) for t in sorted(world.trips.values(), key=lambda t: (t.arrive, t.id))]
    print_json(shown) if as_json else screens.list_trips(shown)


@trip.command("show")
@click.argument("trip_id", default="")
@AS_JSON
def show_trip(trip_id: str, as_json: bool) -> None:
    """Show a trip (the next one by default): its days, bookings and warnings."""
    _show(trip_id, as_json)


@trip.command("book")
@click.argument("trip_id")
@click.argument("title")
@click.option("--employer", default="", help="At which employer.")
@click.option("--start", type=MOMENT, required=True, help="When it begins, on the clock there.")
@click.option("--end", type=MOMENT, required=True, help="When it ends.")
@click.option(
    "--recruiter", "recruiter_id", default="", help="Who arranged it (an id of `intown recruiters`)."
)
@click.option("--application", "application_key", default="", help="The application it is about (its key).")
@click.option("--address", default="", help="Where it is.")
@AS_JSON
def book(trip_id: str, as_json: bool, **fields: Any) -> None:
    """Add an interview TITLE to a trip."""
    store, places = opened()
    with explained():
        planning.add_booking(store, places, trip_id, fields)
    _show(trip_id, as_json)


@trip.command("remove")
@click.argument("trip_id")
def remove_trip(trip_id: str) -> None:
    """Forget a trip and what was asked for it."""
    store, _ = opened()
    with explained():
        planning.remove_trip(store, trip_id)


@trip.command("import")
@click.argument("file", type=click.File("rb"))
@click.option("--destination", default="", help="Where to, if the calendar does not say.")
@AS_JSON
def import_trip(file: BinaryIO, destination: str, as_json: bool) -> None:
    """Log the trip that the flights and interviews in an .ics FILE make."""
    store, places = opened()
    found = calendar.find_trip(calendar.read_events(file.read()), places)
    typed = destination or (found.destination.label if found.destination else "")
    if not typed or found.arrive is None or found.depart is None:
        raise click.UsageError(
            str(found.note or "The calendar does not say where to and until when; use `trip add`.")
        )
    fields = {"arrive": found.arrive, "depart": found.depart}
    with explained():
        place = planning.find_destination(places, typed)
        made = planning.add_trip(store, places, typed, fields, calendar.bookings_of(found, place))
        _show(made.id, as_json)


@trip.command("export")
@click.argument("trip_id", default="")
def export_trip(trip_id: str) -> None:
    """Print a trip's plan (the next one's by default) as an .ics file."""
    world = known()
    of = chosen(world, trip_id)
    asks = tuple(ask for ask in open_asks(world.asks) if ask.trip_id == of.id)
    halves = TripContext(world, of).halves
    click.echo(calendar.write_trip(of, halves, asks, world.rules, world.now).decode(), nl=False)


@trip.command("ideas")
@AS_JSON
def show_ideas(as_json: bool) -> None:
    """List cities where a trip could pay."""
    found = ideas(known())
    if as_json:
        print_json([idea.model_dump(mode="json") for idea in found])
        return
    for idea in found:
        click.echo(one_line(str(idea.text)))
    if not found:
        click.echo("No city has three live applications or more that no trip goes to.")


@click.command()
@click.argument("trip_id", default="")
@click.option("--language", type=click.Choice([x.value for x in Language]), help="Of the drafts.")
@click.option("--tone", type=click.Choice([x.value for x in Tone]), help="Of the drafts.")
@click.option("--drafts", is_flag=True, help="Print every e-mail and call script too.")
@AS_JSON
def suggest(trip_id: str, language: str | None, tone: str | None, drafts: bool, as_json: bool) -> None:
    """Say whom to ask on a trip (the next one by default), which half-days to offer, and in what words."""
    world = known()
    context = TripContext(world, chosen(world, trip_id))
    found = suggestions_for(
        world,
        context.trip,
        context=context,
        language=Language(language) if language else None,
        tone=Tone(tone) if tone else None,
    )
    shown = suggestions_view(context, found)
    print_json(shown) if as_json else screens.show_suggestions(shown, drafts=drafts)
