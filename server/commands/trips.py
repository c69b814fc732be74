"""`intown trip`, `suggest`, `asks` and `recruiters`: planning from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click
import orjson

from scraper.settings import Home
from scraper.store import Store
from server import planning
from server.asking import ledger
from server.asking.model import AskState, Language, Tone, Trip
from server.asking.places import Places, places_at
from server.asking.suggest import suggest as suggestions_for
from server.asking.world import World
from server.commands import plan_screens as screens
from server.planning.views import ask_view, suggestions_view, trip_view

NEEDS_YOU = 3
MOMENT = click.DateTime(formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%Y-%m-%d"])
AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON.")


def now() -> datetime:
    return datetime.now(UTC)


def opened() -> tuple[Store, Places]:
    """The store and the places index of this person."""
    home = Home.find().make()
    return Store(home.store), places_at(home.cache)


def known() -> World:
    store, places = opened()
    return planning.world_of(store.read(), places, now())


def print_json(value: Any) -> None:
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())


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


def fail(error: planning.PlanError) -> None:
    """Print why not, with the places to choose from, and end: it is the person's turn."""
    click.echo(error.sentence, err=True)
    for place in error.candidates:
        click.echo(f"  {place.label}", err=True)
    if error.fix:
        click.echo(error.fix, err=True)
    raise click.exceptions.Exit(NEEDS_YOU if error.candidates else 1)


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
    try:
        made = planning.add_trip(store, places, destination, fields)
    except planning.PlanError as error:
        fail(error)
        return
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
    store, _ = opened()
    try:
        planning.add_booking(store, trip_id, fields)
    except planning.PlanError as error:
        fail(error)
        return
    _show(trip_id, as_json)


@trip.command("remove")
@click.argument("trip_id")
def remove_trip(trip_id: str) -> None:
    """Forget a trip and what was asked for it."""
    store, _ = opened()
    try:
        planning.remove_trip(store, trip_id)
    except planning.PlanError as error:
        fail(error)


@click.command()
@click.argument("trip_id", default="")
@click.option("--language", type=click.Choice([x.value for x in Language]), help="Of the drafts.")
@click.option("--tone", type=click.Choice([x.value for x in Tone]), help="Of the drafts.")
@click.option("--drafts", is_flag=True, help="Print every e-mail and call script too.")
@AS_JSON
def suggest(trip_id: str, language: str | None, tone: str | None, drafts: bool, as_json: bool) -> None:
    """Say whom to ask on a trip (the next one by default), which half-days to offer, and in what words."""
    world = known()
    of = chosen(world, trip_id)
    found = suggestions_for(
        world, of, language=Language(language) if language else None, tone=Tone(tone) if tone else None
    )
    shown = suggestions_view(world, of, found)
    print_json(shown) if as_json else screens.show_suggestions(shown, drafts=drafts)


@click.group(invoke_without_command=True)
@click.option("--trip", "trip_id", default="", help="Only those of this trip.")
@AS_JSON
@click.pass_context
def asks(context: click.Context, trip_id: str, as_json: bool) -> None:
    """List what was asked and answered, and what is due today."""
    if context.invoked_subcommand:
        return
    world = known()
    of = chosen(world, trip_id) if trip_id else None
    listed = [ask_view(a) for a in world.asks if of is None or a.trip_id == of.id]
    due = [d.model_dump() for d in ledger.due(world, of)]
    print_json({"asks": listed, "due": due}) if as_json else screens.list_asks(listed, due)


def _move(ask_id: str, to: AskState, start: datetime | None = None, end: datetime | None = None) -> None:
    store, _ = opened()
    try:
        moved = planning.move_ask(store, ask_id, to, now(), start=start, end=end)
    except planning.PlanError as error:
        fail(error)
        return
    click.echo(ledger.in_words(moved))


@asks.command("sent")
@click.argument("card_id")
def sent(card_id: str) -> None:
    """Note that you sent the message of a card (its id is in `intown suggest --json`)."""
    store, places = opened()
    trip_id = card_id.partition(".")[0]
    try:
        made = planning.record_ask(
            store, places, now(), trip_id=trip_id, card_id=card_id, state=AskState.SENT
        )
    except planning.PlanError as error:
        fail(error)
        return
    click.echo(ledger.in_words(made))


@asks.command("answer")
@click.argument("ask_id")
@click.argument("answer", type=click.Choice(["yes", "no", "other-time", "silent"]))
@click.option("--start", type=MOMENT, help="With yes: when the meeting begins.")
@click.option("--end", type=MOMENT, help="With yes: when it ends (half an hour later by default).")
def answer(ask_id: str, answer: str, start: datetime | None, end: datetime | None) -> None:
    """Note the answer to an ask; a yes with a time becomes a booking."""
    states = {
        "yes": AskState.YES,
        "no": AskState.NO,
        "other-time": AskState.OTHER_TIME,
        "silent": AskState.SILENT,
    }
    _move(ask_id, states[answer], start, end)


@asks.command("nudged")
@click.argument("ask_id")
def nudged(ask_id: str) -> None:
    """Note that you sent the one reminder."""
    _move(ask_id, AskState.NUDGED)


@asks.command("undo")
@click.argument("ask_id")
def undo(ask_id: str) -> None:
    """Take the last step of an ask back."""
    _move(ask_id, AskState.UNDONE)


@click.group()
def recruiters() -> None:
    """The people who can be asked."""


@recruiters.command("list")
@AS_JSON
def list_recruiters(as_json: bool) -> None:
    """List everybody."""
    people = [r.model_dump(mode="json") for r in known().recruiters.values()]
    print_json(people) if as_json else screens.list_recruiters(people)


@recruiters.command("add")
@click.argument("name")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--employer", default="")
@click.option("--salutation", default="", help='How to address them: "Ms.", "Dr.".')
@click.option(
    "--whole-employer", is_flag=True, help="Handles every application there that nobody else handles."
)
@click.option("--application", "application_keys", multiple=True, help="Handles this application (its key).")
@AS_JSON
def add_recruiter(as_json: bool, **fields: Any) -> None:
    """Add NAME, or complete what is known of the same person."""
    store, _ = opened()
    try:
        made = planning.add_recruiter(store, fields)
    except planning.PlanError as error:
        fail(error)
        return
    print_json(made.model_dump(mode="json")) if as_json else click.echo(f"{made.name} is kept as {made.id}.")


@recruiters.command("link")
@click.argument("recruiter_id")
@click.argument("application_keys", nargs=-1, required=True)
def link(recruiter_id: str, application_keys: tuple[str, ...]) -> None:
    """Say that RECRUITER_ID handles these applications (keys, or requisition numbers)."""
    store, _ = opened()
    try:
        made = planning.link(store, recruiter_id, application_keys)
    except planning.PlanError as error:
        fail(error)
        return
    click.echo(f"{made.name} handles {len(made.application_keys)} applications.")


@recruiters.command("remove")
@click.argument("recruiter_id")
def remove_recruiter(recruiter_id: str) -> None:
    """Forget a person."""
    store, _ = opened()
    try:
        planning.remove_recruiter(store, recruiter_id)
    except planning.PlanError as error:
        fail(error)
