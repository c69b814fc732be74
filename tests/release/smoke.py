"""Every command of an installed InTown, once: run by the Python of an environment that has nothing else.

    python -P tests/release/smoke.py

Standard library and what InTown brings only. Prints one JSON object: the number of commands asked for help and
run, where InTown was found, and what went wrong. A command that this list does not know is wrong too, so that a new
one is never left out by accident.
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from click.testing import CliRunner

import scraper
from scraper.outcomes import InTownError
from server.cli import intown

PAGE = """<!-- url: https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl --><html><head><title>My
Submissions</title></head><body><h1>My Submissions</h1></body></html>"""
SIGNATURE = "B. Osei\nRecruiter, Meridian Labs\nb.osei@meridian.example\n"
FLIGHTS = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//example//EN
BEGIN:VEVENT
SUMMARY:Flight BOS-CLE
DTSTART:20270826T133000Z
DTEND:20270826T150000Z
END:VEVENT
BEGIN:VEVENT
SUMMARY:Flight CLE-BOS
DTSTART:20270828T190000Z
DTEND:20270828T204500Z
END:VEVENT
END:VCALENDAR
"""
TRACKER = "Company,Job Title,Status,Date Applied\nLakeshore,Charge Nurse,Applied,2027-08-01\n"
PORTAL = "https://lakeshore.taleo.net/careersection/ext/mysubmissions.ftl"
FILES = {"page.html": PAGE, "signature.txt": SIGNATURE, "flights.ics": FLIGHTS, "tracker.csv": TRACKER}


@dataclass(frozen=True, slots=True)
class Try:
    """One command: its name, the rest of the line, what it reads, how it may end. `keep` names its JSON's id."""

    name: str
    rest: str = ""
    typed: str = ""
    code: int = 0
    says: str = ""
    keep: str = ""


# In this order, in one home: later ones use what earlier ones made.
TRIES = (
    Try("portals", "--json", says="taleo"),
    Try("stage", "--json -", typed="Referred to hiring manager\ttaleo\n", says='"referred"'),
    Try("place", "--json -", typed="Cleveland, OH\n", says='"Cleveland"'),
    Try("read", "--json page.html", says='"taleo"'),
    Try("record", "page.html --out recorded.html", says="Written"),
    Try("extension path", "--json", says="extension"),
    Try("extension build", "--json", says="-chrome.zip"),
    Try("extension build", "--json --firefox", says="-firefox.zip"),
    Try("sync", code=2, says="no portal to visit yet"),
    Try("nightly status", "--json"),
    Try("nightly run"),
    Try("account add", f"{PORTAL} --username dana --password-stdin --id lakeshore", typed="made-up\n"),
    Try("account edit", "lakeshore --employer Lakeshore"),
    Try("account list", "--json", says="lakeshore.taleo.net"),
    Try("recruiters add", "A.Alvarez --email a@lakeshore.example --employer Lakeshore"),
    Try("recruiters read", "signature.txt --save", says="Osei"),
    Try("recruiters list", "--json", says="Osei"),
    Try("trip add", "Cleveland,OH --arrive 2027-08-26T11:00 --depart 2027-08-28T15:00 --json", keep="trip"),
    Try("trip book", "{trip} Interview --start 2027-08-27T09:00 --end 2027-08-27T11:00", says="Interview"),
    Try("trip list", "--json", says="Cleveland"),
    Try("trip show", "{trip}", says="Interview"),
    Try("trip export", "{trip}", says="BEGIN:VCALENDAR"),
    Try("trip ideas", "--json"),
    Try("suggest", "{trip} --json"),
    Try("asks", "--json"),
    Try("asks sent", "no-such-card", code=1),
    Try("asks nudged", "no-such-ask", code=1),
    Try("asks answer", "no-such-ask no", code=1),
    Try("asks undo", "no-such-ask", code=1),
    Try("recruiters link", "no-such-person 48213", code=1),
    Try("recruiters remove", "no-such-person", code=1),
    Try("trip remove", "{trip}"),
    Try("trip import", "flights.ics", says="Cleveland"),
    Try("pair", "--list --json"),
    Try("data", says="applications"),
    Try("data backups", "--json", says="saved_at"),
    Try("data restore", "no-such-state --yes", code=1),
    Try("data seen"),
    Try("export", "all.json"),
    Try("export", "list.csv"),
    Try("export", "plan.ics"),
    Try("import", "all.json", says="the same"),
    Try("import", "tracker.csv --dry-run", says="Charge Nurse"),
    Try("account remove", "lakeshore --yes"),
    Try("forget-everything", "--yes"),
)

NOT_HERE = {
    "demo": "takes half a minute; release-check runs it by itself",
    "serve": "runs until it is stopped; release-check asks it a question and stops it",
    "doctor": "its exit code is the machine's health; release-check reads its JSON",
    "login": "opens a window and waits for a person",
    "account test": "visits a real portal",
    "nightly on": "changes the machine's own scheduler",
    "nightly off": "changes the machine's own scheduler",
}
"""Asked for help only, and why."""


def leaves(command: click.Command, words: tuple[str, ...] = ()) -> Iterator[tuple[str, click.Command]]:
    """Every command that does something, by its whole name; groups that answer by themselves among them."""
    if not isinstance(command, click.Group):
        yield " ".join(words), command
        return
    if command.invoke_without_command:
        yield " ".join(words), command
    for name in command.list_commands(click.Context(command)):
        inner = command.get_command(click.Context(command), name)
        assert inner is not None, name
        yield from leaves(inner, (*words, name))


def helped(names: list[str]) -> Iterator[str]:
    """What is wrong with the help texts."""
    for name in ["", *names]:
        result = CliRunner().invoke(intown, [*name.split(), "--help"])
        if result.exit_code or "Usage:" not in result.output:
            yield f"intown {name} --help: {result.exit_code} {result.exception!r}"


def tried() -> Iterator[str]:
    """Run them all; what went otherwise than said."""
    known: dict[str, Any] = {}
    for one in TRIES:
        words = [*one.name.split(), *(word.format(**known) for word in one.rest.split())]
        result = CliRunner().invoke(intown, words, input=one.typed)
        ours = isinstance(result.exception, InTownError | SystemExit | None)
        if not ours or result.exit_code != one.code or one.says not in result.output:
            said = result.output.strip()[-300:]
            yield f"intown {' '.join(words)}: {result.exit_code} {result.exception!r} {said}"
        elif one.keep:
            known[one.keep] = json.loads(result.stdout)["id"]


def main() -> int:
    """Everything, in a folder and a home of its own."""
    names = [name for name, _ in leaves(intown)]
    listed = {one.name for one in TRIES} | set(NOT_HERE)
    with tempfile.TemporaryDirectory() as folder:
        os.chdir(folder)
        os.environ |= {"INTOWN_HOME": str(Path(folder, "home")), "INTOWN_PASSPHRASE": "of the smoke run"}
        for name, text in FILES.items():
            Path(name).write_text(text, encoding="utf-8")
        wrong = [*helped(names), *tried()]
        os.chdir(Path(folder).anchor)
    wrong += [f"no try of: intown {name}" for name in names if name not in listed]
    wrong += [f"no such command: intown {name}" for name in sorted(listed - set(names))]
    told = {
        "helped": len(names) + 1,
        "run": len(TRIES),
        "at": str(Path(scraper.__file__).parent),
        "wrong": wrong,
    }
    print(json.dumps(told))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
