"""How an import looks in the terminal: the matching of columns, the first rows, what was wrong, the counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table

from scraper.store import View
from server.commands.plan_screens import safe
from server.portable.adopt import Fate, Step
from server.portable.columns import Matching
from server.portable.merge import Tally
from server.portable.reading import Sheet
from server.portable.rows import Problem

FIRST_ROWS = 8
MOST_PROBLEMS = 20
NAMES = {"title": "position", "company": "employer", "applied_on": "applied on", "key": "InTown's key"}


def show_matching(console: Console, sheet: Sheet, matching: Matching) -> None:
    """Which column was taken for what, with the first cell that says something."""
    table = Table("Your column", "is taken for", "for example", box=None, pad_edge=False)
    for field, column in sorted(matching.columns.items(), key=lambda one: one[1]):
        cells = (cells[column].strip() for _, cells in sheet.rows if column < len(cells))
        example = next((cell for cell in cells if cell), "")
        table.add_row(safe(sheet.header[column]), NAMES.get(field, field), safe(example)[:40])
    console.print(table)
    if matching.unused:
        console.print(f"Not used: {', '.join(safe(name) for name in matching.unused)}.")
    console.print()


def show_rows(console: Console, steps: Sequence[Step]) -> None:
    """The first rows as they would be kept."""
    table = Table("Line", "Position", "Employer", "Status", "Stage", "", box=None, pad_edge=False)
    for step in steps[:FIRST_ROWS]:
        found = step.row.application
        stage = "the portal's" if step.fate is Fate.PORTAL else found.stage.value.replace("_", " ")
        cells = (safe(text)[:30] for text in (found.title, found.company, found.status_raw))
        table.add_row(str(step.row.line), *cells, stage, step.fate.value)
    console.print(table)
    if len(steps) > FIRST_ROWS:
        console.print(f"… and {len(steps) - FIRST_ROWS} more.")
    console.print()


def show_problems(console: Console, problems: Sequence[Problem]) -> None:
    """What is wrong, by line."""
    for problem in sorted(problems, key=lambda one: (not one.bad, one.line))[:MOST_PROBLEMS]:
        style = "red" if problem.bad else "yellow"
        console.print(f"[{style}]Line {problem.line}:[/{style}] {safe(problem.text)}")
    if len(problems) > MOST_PROBLEMS:
        console.print(f"… and {len(problems) - MOST_PROBLEMS} more.")


def show_counts(console: Console, steps: Sequence[Step], changed: int, *, dry_run: bool) -> None:
    """What became of the rows, or would."""
    number = {fate: sum(1 for step in steps if step.fate is fate) for fate in Fate}
    console.print(
        f"{number[Fate.NEW]} new, {number[Fate.KNOWN]} imported before"
        + (f" ({changed} with another status)" if changed else "")
        + f", {number[Fate.PORTAL]} that a portal shows: there its own status counts, and your notes are kept."
    )
    console.print(
        "Nothing was changed." if dry_run else "Done. `intown data backups` lists the states before."
    )


def show_tallies(tallies: Mapping[str, Tally], *, dry_run: bool) -> None:
    """A line for each kind of thing in an export."""
    console = Console(highlight=False)
    table = Table("", "new", "updated", "the same", "yours kept", box=None, pad_edge=False)
    for name, tally in tallies.items():
        cells = (tally.new, tally.updated, tally.same, tally.kept)
        if any(cells):
            table.add_row(
                "history" if name == "changes" else name, *(str(cell) if cell else "·" for cell in cells)
            )
    console.print(table if table.row_count else "The file holds nothing.")
    if any(tally.kept for tally in tallies.values()):
        console.print("“Yours kept”: both have it and they differ. With --replace the file's would count.")
    if tallies and tallies["accounts"].new:
        console.print("No password is in an export: `intown login ACCOUNT` signs in to a new account.")
    console.print(
        "Nothing was changed." if dry_run else "Done. `intown data backups` lists the states before."
    )


def show_joined(view: View, pairs: Sequence[tuple[str, str]], *, dry_run: bool) -> None:
    """What is one application now."""
    console = Console(highlight=False)
    verb = "would become" if dry_run else "became"
    console.print(f"{len(pairs)} from your list {verb} one with what the portal shows:")
    for _, key in pairs[:FIRST_ROWS]:
        document = view.get("applications", key) or {"title": "", "company": ""}
        console.print(f"  {safe(document['title'])}, {safe(document['company'])}")
