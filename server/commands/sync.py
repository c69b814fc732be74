"""`intown sync`: visit the portals now, watch it, and see what changed and what needs you."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from scraper import sync as engine
from scraper.accounts import all_accounts
from scraper.logs import printable, to_file
from scraper.outcomes import Turn
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync_result import Progress as Step
from scraper.sync_result import SyncResult, Watcher
from server.commands.common import AS_JSON, DONE, FAILED, NEEDS_YOU, print_json
from server.commands.import_screens import show_joined
from server.commands.vaults import open_vault
from server.portable.adopt import join_all


@click.command()
@click.argument("names", nargs=-1, metavar="[ACCOUNT]...")
@AS_JSON
@click.option("--show", is_flag=True, help="Show the browser's window.")
@click.option(
    "--cdp", default="", metavar="URL", help="Use your running Chrome (no password is typed there)."
)
@click.option("--browser-ws", default="", metavar="URL", help="Use a remote Playwright server.")
def sync(names: tuple[str, ...], as_json: bool, show: bool, cdp: str, browser_ws: str) -> None:
    """Visit each portal once and keep what changed.

    Where a saved session is over, InTown signs in again if its last sign-in there is more than an hour ago; name
    the ACCOUNT to have it sign in sooner.
    """
    options = engine.Options(headless=not show, cdp=cdp, ws=browser_ws, pressed=True)
    raise SystemExit(run_sync(Home.find().make(), names, as_json=as_json, options=options))


def run_sync(
    home: Home,
    names: Sequence[str] = (),
    *,
    as_json: bool = False,
    options: engine.Options = engine.DEFAULTS,
) -> int:
    """Visit, show, and return the exit code; what `intown sync` and the nights share."""
    store = Store(home.store)
    if not all_accounts(store.read()):
        raise click.UsageError("There is no portal to visit yet; `intown account add ADDRESS` adds one.")
    to_file(home.logs, "sync")
    vault = open_vault(home)
    console = Console(stderr=as_json)
    with watching(console, quiet=as_json) as watcher:
        results = asyncio.run(
            engine.sync_all(
                store, vault, home, Network.find(), on_progress=watcher, only=names or None, options=options
            )
        )
    joined = [] if options.dry else join_all(store)
    if as_json:
        print_json({"accounts": [result.to_json() for result in results]})
    else:
        show_results(results, console)
        if joined:
            show_joined(store.read(), joined, dry_run=False)
    return exit_code(results)


def exit_code(results: Sequence[SyncResult]) -> int:
    """0 when all were read, 3 when at least one needs the user, else 1."""
    if any(result.turn is Turn.USER for result in results):
        return NEEDS_YOU
    return DONE if all(result.good for result in results) else FAILED


@contextmanager
def watching(console: Console, *, quiet: bool = False) -> Iterator[Watcher]:
    """A line with a bar per account while they are visited; a plain line each where there is no terminal."""
    if quiet:
        yield engine.nobody
        return
    if not console.is_terminal:
        yield lambda step: _plain(console, step)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(16),
        TextColumn("{task.fields[step]}"),
    )
    with Progress(*columns, TimeElapsedColumn(), console=console, transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def watch(step: Step) -> None:
            if step.account not in tasks:
                tasks[step.account] = bars.add_task(printable(step.employer), total=len(STEPS), step="")
            done = len(STEPS) if step.result else STEPS.index(step.step) if step.step in STEPS else 0
            words = step.result.outcome.value.replace("_", " ") if step.result else step.step
            bars.update(tasks[step.account], completed=done, step=words)

        yield watch


STEPS = ("opening", "signing in", "reading", "done")


def _plain(console: Console, step: Step) -> None:
    if step.result is None and step.step in ("opening", "signing in"):
        console.print(Text(f"  {printable(step.employer)}: {step.step} …"))


def show_results(results: Sequence[SyncResult], console: Console) -> None:
    """The closing table: every account in a line, what needs the user with the command, then what changed."""
    console.print()
    console.print(_accounts_table(results))
    changes = [change for result in results for change in result.changed]
    if changes:
        console.print()
    for change in changes:
        number = f" ({printable(change.requisition)})" if change.requisition else ""
        line = Text(f"  {printable(change.title)}, {printable(change.company)}{number}   ")
        line.append(f"{printable(change.old_status)} → ")
        line.append(printable(change.new_status), style="bold")
        console.print(line)
    console.print()


def _accounts_table(results: Sequence[SyncResult]) -> Table:
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold", ratio=1)
    for result in sorted(results, key=lambda result: not result.good):
        table.add_row(Text(f"  {printable(result.employer)}"), Text(result.portal), _line(result))
    return table


def _line(result: SyncResult) -> Text:
    if result.good:
        line = Text("ok", style="green")
        line.append(f"   {result.read} read", style="default")
        if result.new:
            line.append(f"   {result.new} new")
        if result.changed:
            line.append(f"   {len(result.changed)} changed", style="bold")
        line.append(f"   {result.seconds:.1f} s  {result.how}", style="dim")
        return line
    needs_you = result.turn is Turn.USER
    line = Text("needs you: " if needs_you else f"{result.outcome.value.replace('_', ' ')}: ", style="yellow")
    line.append(printable(result.sentence), style="default")
    if result.fix:
        line.append(f"  →  {result.fix}", style="bold")
    if result.evidence:
        line.append(f"\nwhat was on the screen: {result.evidence}", style="dim")
    return line
