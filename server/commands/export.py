"""`intown export`: your data in forms that other programs read."""

from __future__ import annotations

from pathlib import Path

import click

from scraper.settings import Home
from scraper.store import Store
from server import utc_now
from server.commands.plan_common import known
from server.portable import agenda, document, sheet
from server.portable.files import OutFile, write_private

FORMATS = ("json", "csv", "ics")


@click.command()
@click.argument("file", default="-", type=click.Path(path_type=Path, allow_dash=True))
@click.option(
    "--format",
    "chosen",
    type=click.Choice(FORMATS),
    help="json: everything. csv: the applications, for a spreadsheet. ics: trips, bookings and reminders. By "
    "default what FILE ends in, else json.",
)
@click.option("--bom", is_flag=True, help="csv: begin with the mark by which Excel knows UTF-8.")
@click.option("--force", is_flag=True, help="Write over FILE if it is there.")
def export(file: Path, chosen: str | None, bom: bool, force: bool) -> None:
    """Write everything InTown knows to FILE (to the standard output by default). No password, no token.

    FILE is readable by you alone. `intown import` reads the JSON back, into this home or another.
    """
    ending = file.suffix.lower().removeprefix(".")
    form: str = chosen or (ending if ending in FORMATS else "json")
    if bom and form != "csv":
        raise click.UsageError("--bom is for csv.")
    out = None if str(file) == "-" else OutFile(file, force).checked()
    data = _written(form, bom=bom)
    if out is None:
        click.echo(data, nl=False)
        return
    write_private(out, data)
    click.echo(
        f"Written: {out.path} ({len(data):,} bytes). It is not encrypted: keep it where only you can read it."
    )


def _written(form: str, *, bom: bool) -> bytes:
    if form == "ics":
        return agenda.written(known())
    view = Store(Home.find().store).read()
    return sheet.written(view, bom=bom) if form == "csv" else document.written(view, utc_now())
