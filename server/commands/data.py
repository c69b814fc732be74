"""`intown data`: where your data is, what happened to it, and going back to an earlier state."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import click

from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store import Kept, Store
from server.commands.common import AS_JSON, print_json


@click.group(invoke_without_command=True)
@click.pass_context
def data(context: click.Context) -> None:
    """Show where your data is; go back to an earlier state of it."""
    if context.invoked_subcommand is None:
        store = Store(Home.find().store)
        view = store.read()
        click.echo(
            f"{store.path}: {len(view.all('applications'))} applications, {store.generation} changes so far."
        )
        click.echo("Earlier states: intown data backups")


@data.command()
@AS_JSON
def backups(as_json: bool) -> None:
    """List the kept earlier states, newest first: the last 10, and the beginnings of 7 days."""
    kept = Store(Home.find().store).kept()
    if as_json:
        print_json(
            [{"name": one.path.name, "saved_at": one.saved_at, "change": one.generation} for one in kept]
        )
        return
    if not kept:
        click.echo("Nothing is kept yet; it begins with the first change.")
    for one in kept:
        click.echo(f"{_saved(one)}  {one.path.name}")


@data.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def restore(name: str, yes: bool) -> None:
    """Go back to the kept state NAME (as `intown data backups` shows it). The present state is kept too."""
    store = Store(Home.find().store)
    kept = _find(store, name)
    if not yes:
        click.confirm(f"Go back to {_saved(kept)}?", abort=True)
    store.restore(kept.path)
    click.echo("Done. To undo it, restore the newest of `intown data backups` from before.")


@data.command()
def seen() -> None:
    """Stop showing what happened to the data."""
    store = Store(Home.find().store)
    for notice in store.notices():
        store.dismiss_notice(notice["id"])


def _saved(kept: Kept) -> str:
    """When, by the person's own clock; to the second, as several states can be of one minute."""
    try:
        return f"{datetime.fromisoformat(kept.saved_at).astimezone():%Y-%m-%d %H:%M:%S}"
    except ValueError:  # the file's head is not as we write it; it may still be worth going back to
        return kept.saved_at or "no date"


def _find(store: Store, name: str) -> Kept:
    for kept in store.kept():
        if kept.path.name == Path(name).name:
            return kept
    raise InTownError(f"There is no kept state {name!r}; `intown data backups` lists them.")


def tell_notices() -> None:
    """After a command that used the store: say on stderr what happened to the data, until it is dismissed.

    A store that cannot be read has already been told by the command itself.
    """
    try:
        notices = Store(Home.find().store).notices()
    except InTownError:
        return
    for notice in notices:
        click.echo(notice["text"], err=True)
    if notices:
        click.echo("This is shown until you type: intown data seen", err=True)
