"""`intown import`: your own export, or the list you kept until now."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console

from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store import Store
from server import utc_now
from server.commands import import_screens as screens
from server.commands.common import AS_JSON, print_json
from server.portable import document, reading
from server.portable.adopt import Fate, Step, carry_out, join_all, joinable, plan
from server.portable.columns import Matching, match
from server.portable.files import read_within
from server.portable.merge import Tally, merge
from server.portable.rows import Problem, applications_of
from server.portable.shapes import checked

LARGEST = 64_000_000
"""Bytes of an export; ten thousand applications with their histories take about twelve million."""


@click.command("import")
@click.argument("file", required=False, type=click.Path(path_type=Path, allow_dash=True))
@click.option("--dry-run", is_flag=True, help="Show what would happen, and change nothing.")
@click.option(
    "--column", "wishes", multiple=True, metavar="NAME=FIELD", help="Which column is which: 'Stage=status'."
)
@click.option("--encoding", default="", help="Of a CSV file, if it is not found out.")
@click.option("--delimiter", default="", help="Of a CSV file: one sign, or “tab”.")
@click.option(
    "--dates", type=click.Choice(["day-first", "month-first"]), help="What 03/04/2026 means in a CSV file."
)
@click.option("--skip-bad", is_flag=True, help="Leave bad rows out; without it one bad row stops the import.")
@click.option("--replace", is_flag=True, help="JSON: where both differ, the file's counts, not what is here.")
@click.option(
    "--join", "joining", is_flag=True, help="Make one of what a list brought and a portal shows by now."
)
@AS_JSON
def import_(
    file: Path | None,
    dry_run: bool,
    wishes: tuple[str, ...],
    encoding: str,
    delimiter: str,
    dates: Literal["day-first", "month-first"] | None,
    skip_bad: bool,
    replace: bool,
    joining: bool,
    as_json: bool,
) -> None:
    """Add what FILE ("-" is the standard input) holds: a JSON file of `intown export`, or a CSV list.

    A list may come from a tracker or a spreadsheet, in English, Spanish, French or German; its columns are matched by
    their names. All of it is imported or nothing. `intown data restore` goes back.
    """
    if file is None and not joining:
        raise click.UsageError("Name a file, or say --join.")
    store = Store(Home.find().store)
    said: dict[str, Any] = {"dry_run": dry_run}
    if file is not None:
        data = read_within(None if str(file) == "-" else file, LARGEST)
        if document.looks_like_one(data):
            said |= _own(store, data, dry_run=dry_run, replace=replace, quiet=as_json)
        else:
            sheet = reading.read_sheet(_small(data), encoding=encoding, delimiter=_sign(delimiter))
            day_first = None if dates is None else dates == "day-first"
            said |= _list(store, sheet, wishes, day_first, dry_run=dry_run, skip_bad=skip_bad, quiet=as_json)
    if joining or not dry_run:
        said["joined"] = _join(store, dry_run=dry_run, quiet=as_json)
    if as_json:
        print_json(said)


def _sign(typed: str) -> str:
    return "\t" if typed.casefold() in ("tab", "\\t") else typed


def _small(data: bytes) -> bytes:
    if len(data) > reading.LARGEST:
        raise reading.NoSheet(
            f"This list is larger than {reading.LARGEST // 1_000_000} MB, the most that is imported."
        )
    return data


class _DryRun(Exception):
    """Ends a transaction without keeping what it did."""


def _own(store: Store, data: bytes, *, dry_run: bool, replace: bool, quiet: bool) -> dict[str, Any]:
    tables = checked(document.read(data).tables)
    tallies: dict[str, Tally] = {}
    try:
        with store.transaction() as tx:
            tallies = merge(tx, tables, prefer_file=replace)
            if dry_run:
                raise _DryRun
    except _DryRun:
        pass
    if not quiet:
        screens.show_tallies(tallies, dry_run=dry_run)
    return {"tables": {name: asdict(tally) for name, tally in tallies.items()}}


def _list(
    store: Store,
    sheet: reading.Sheet,
    wishes: tuple[str, ...],
    day_first: bool | None,
    *,
    dry_run: bool,
    skip_bad: bool,
    quiet: bool,
) -> dict[str, Any]:
    matching = match(sheet.header, wishes)
    rows, problems = applications_of(sheet, matching.columns, day_first=day_first)
    bad = [problem for problem in problems if problem.bad]
    steps = plan(store.read(), rows)
    console = Console(highlight=False)
    if not quiet and dry_run:
        screens.show_matching(console, sheet, matching)
        screens.show_rows(console, steps)
    if not quiet:
        screens.show_problems(console, problems)
    if bad and not skip_bad and not dry_run:
        raise InTownError(
            f"{_rows(len(bad))} cannot be imported, so nothing was. Put the file right, or leave them out with "
            "--skip-bad."
        )
    changed = 0
    if not dry_run:
        with store.transaction() as tx:
            steps = plan(tx, rows)  # another process may have written meanwhile
            changed = carry_out(tx, steps, utc_now())
    if not quiet:
        screens.show_counts(console, steps, changed, dry_run=dry_run)
    return _counted(sheet, matching, steps, problems, changed)


def _rows(number: int) -> str:
    return "One row" if number == 1 else f"{number} rows"


def _counted(
    sheet: reading.Sheet, matching: Matching, steps: list[Step], problems: list[Problem], changed: int
) -> dict[str, Any]:
    return {
        "encoding": sheet.encoding,
        "delimiter": sheet.delimiter,
        "columns": {field: sheet.header[column] for field, column in matching.columns.items()},
        "unused": list(matching.unused),
        "rows": {fate.name.lower(): sum(1 for step in steps if step.fate is fate) for fate in Fate},
        "changed": changed,
        "problems": [asdict(problem) for problem in problems],
    }


def _join(store: Store, *, dry_run: bool, quiet: bool) -> int:
    pairs = joinable(store.read()) if dry_run else join_all(store)
    if pairs and not quiet:
        screens.show_joined(store.read(), pairs, dry_run=dry_run)
    return len(pairs)
