"""`intown asks`: what was asked and answered."""

from __future__ import annotations

from datetime import datetime

import click

from server import planning
from server.asking import ledger
from server.asking.model import AskState
from server.commands import plan_screens as screens
from server.commands.common import AS_JSON, print_json
from server.commands.plan_common import MOMENT, chosen, explained, known, now, opened
from server.planning.views import ask_view, plain


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
    due = [plain(d) for d in ledger.due(world, of)]
    print_json({"asks": listed, "due": due}) if as_json else screens.list_asks(listed, due)


def _move(ask_id: str, to: AskState, start: datetime | None = None, end: datetime | None = None) -> None:
    store, _ = opened()
    with explained():
        moved = planning.move_ask(store, ask_id, to, now(), start=start, end=end)
    click.echo(str(ledger.in_words(moved)))


@asks.command("sent")
@click.argument("card_id")
def sent(card_id: str) -> None:
    """Note that you sent the message of a card (its id is in `intown suggest --json`)."""
    store, places = opened()
    trip_id = card_id.partition(".")[0]
    with explained():
        made = planning.record_ask(
            store, places, now(), trip_id=trip_id, card_id=card_id, state=AskState.SENT
        )
    click.echo(str(ledger.in_words(made)))


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
