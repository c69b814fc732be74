"""`intown nightly`: read the portals every night, by the machine's own scheduler."""

from __future__ import annotations

from datetime import datetime, time

import click

from scraper import nightly as nights
from scraper.nightly_ways import schedulers
from scraper.settings import Home
from scraper.store import Store
from scraper.sync_runs import last_run
from scraper.vault import Mode
from scraper.vault_files import PASSPHRASE_VARIABLE
from server.commands.common import AS_JSON, FAILED, clock, print_json
from server.commands.sync import run_sync
from server.commands.vaults import open_vault


@click.group()
def nightly() -> None:
    """Read the portals every night."""


def _time(_: click.Context, __: click.Parameter, value: str) -> time:
    try:
        return datetime.strptime(value, "%H:%M").time()
    except ValueError as error:
        raise click.BadParameter("Say a time as 02:30.") from error


@nightly.command("on")
@click.option("--at", default="02:30", show_default=True, callback=_time, help="About when, in local time.")
def on(at: time) -> None:
    """Switch the nights on."""
    home = Home.find().make()
    made = nights.switch_on(home, at, datetime.now().astimezone(), schedulers(home))
    click.echo(f"Every night at {made.at}, by {made.scheduler}; a missed night is caught up once.")
    if open_vault(home).mode is Mode.PASSPHRASE:
        click.echo(
            f"Your vault opens with a passphrase, which nobody types at night: give {PASSPHRASE_VARIABLE} to the "
            "scheduler yourself, or the nights will need you."
        )


@nightly.command("off")
def off() -> None:
    """Switch the nights off."""
    home = Home.find().make()
    nights.switch_off(home, schedulers(home))
    click.echo("No more nights.")


@nightly.command("status")
@AS_JSON
def status(as_json: bool) -> None:
    """Say whether the nights are on, when the next one is, and whether one was missed."""
    home = Home.find().make()
    chosen, now = nights.nights(home), datetime.now().astimezone()
    last = last_run(Store(home.store).read())
    there = chosen is not None and any(
        way.installed() for way in schedulers(home) if way.name == chosen.scheduler
    )
    due = chosen is not None and nights.is_due(chosen, last, now)
    if as_json:
        print_json(
            {
                "on": chosen is not None,
                "at": chosen.at if chosen else None,
                "scheduler": chosen.scheduler if chosen else None,
                "entry_found": there,
                "last_run": last.isoformat() if last else None,
                "due": due,
            }
        )
    elif chosen is None:
        click.echo("The nights are off; `intown nightly on` switches them on.")
    else:
        click.echo(f"Every night at {chosen.at}, by {chosen.scheduler}. Last run: {clock(last)}.")
        if due:
            click.echo("A night was missed; it is caught up at the scheduler's next turn.")
    if chosen is not None and not there:
        click.echo("The scheduler's entry is gone; `intown nightly on` puts it back.", err=True)
        raise SystemExit(FAILED)


@nightly.command("run")
def run() -> None:
    """What the scheduler starts: one night's sync, if one is due."""
    home = Home.find().make()
    chosen = nights.nights(home)
    last = last_run(Store(home.store).read())
    if chosen is None or not nights.is_due(chosen, last, datetime.now().astimezone()):
        return
    raise SystemExit(run_sync(home))
