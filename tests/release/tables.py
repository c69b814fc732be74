"""The tables in the documents that are made from the program: the portals in README.md, docs/commands.md.

    python -m tests.release.tables           print them
    python -m tests.release.tables --write   put them where they belong

A test fails when a document and the program differ.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from scraper.portals import PORTALS
from scraper.portals.base import Portal
from scraper.portals.by_meaning import ByMeaning
from server.cli import intown
from tests.release.smoke import leaves

ROOT = Path(__file__).parents[2]


def markdown(head: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [head, ("---",) * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


# --- the portals -------------------------------------------------------------------------------------------


def visited(portal: Portal) -> str:
    return "when you click" if portal.automation == "capture_only" else "every night"


def signs_in(portal: Portal) -> str:
    if portal.automation == "capture_only":
        return "no need: it is your own browser"
    return "by itself" if portal.login_form else "you, in a window"


def its_list(portal: Portal) -> str:
    """Whether public sources show how the list is made: such modules name its parts, or read the portal's JSON."""
    by_parts = not isinstance(portal, ByMeaning)
    by_json = type(portal).json_list is not Portal.json_list
    return "known" if by_parts or by_json else "modelled"


def pages(portal: Portal) -> int:
    return len(list((ROOT / "fixtures" / "pages" / portal.kind).glob("*.json")))


def portals() -> str:
    """The best known first, then by name."""
    ordered = sorted(PORTALS, key=lambda one: (visited(one), its_list(one), one.name.casefold()))
    rows = [(one.name, visited(one), signs_in(one), its_list(one), str(pages(one))) for one in ordered]
    return markdown(("Portal", "Visited", "Signs in", "Its list", "Pages tested"), rows)


# --- the commands ------------------------------------------------------------------------------------------


def usage(command: click.Command) -> str:
    """The arguments as the help writes them: NAME, [NAME]."""
    context = click.Context(command)
    return " ".join(one.make_metavar(context) for one in command.params if isinstance(one, click.Argument))


def commands() -> str:
    rows = []
    for name, command in leaves(intown):
        line = f"`intown {name} {usage(command)}".rstrip() + "`"
        first = (command.help or "").split("\n\n")[0].split("\f")[0]
        rows.append((line.replace("|", "\\|"), " ".join(first.split()).replace("|", "\\|")))
    return markdown(("Command", "What it does"), rows)


# --- putting them into the documents -----------------------------------------------------------------------

PLACES: dict[str, tuple[str, Callable[[], str]]] = {
    "README.md": ("portals", portals),
    "docs/commands.md": ("commands", commands),
}


def placed(text: str, name: str, table: str) -> str:
    """`text` with the table between its two marks. Raises ValueError where the marks are missing."""
    begin = f"<!-- {name}: made by `python -m tests.release.tables --write` -->"
    end = f"<!-- /{name} -->"
    pattern = re.escape(begin) + ".*?" + re.escape(end)
    made, times = re.subn(pattern, lambda _: f"{begin}\n\n{table}\n\n{end}", text, flags=re.DOTALL)
    if times != 1:
        raise ValueError(f"{begin} and {end} must be there once")
    return made


def main(arguments: list[str]) -> int:
    """Print the tables, or write them into their documents."""
    for path, (name, make) in PLACES.items():
        if arguments == ["--write"]:
            document = ROOT / path
            document.write_text(placed(document.read_text(encoding="utf-8"), name, make()), encoding="utf-8")
        else:
            print(f"{path}:\n\n{make()}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
