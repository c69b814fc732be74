"""`intown doctor`: what is wrong with this installation, and the one command that puts each thing right."""

from __future__ import annotations

import textwrap
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from scraper import __version__
from scraper.logs import printable
from scraper.settings import DEFAULT_PORT, Home
from server import utc_now
from server.commands.common import AS_JSON, FAILED, NEEDS_YOU, print_json
from server.health.bundle import make_bundle
from server.health.examine import examine
from server.health.findings import Finding, Patient, State, worst
from server.portable.files import OutFile, write_private

STYLES = {State.OK: "green", State.ATTENTION: "yellow", State.BROKEN: "bold red"}
EXIT = {State.OK: 0, State.ATTENTION: NEEDS_YOU, State.BROKEN: FAILED}


@click.command()
@AS_JSON
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=DEFAULT_PORT,
    envvar="INTOWN_PORT",
    show_default=True,
    help="The server's usual port.",
)
@click.option(
    "--bundle",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.zip",
    help="Write a scrubbed report to send with a bug report.",
)
@click.option("--force", is_flag=True, help="Write over an older report.")
def doctor(port: int, as_json: bool, bundle: Path | None, force: bool) -> None:
    """Look at everything InTown needs, and say how to put right what is wrong.

    Nothing is changed and no portal is visited. Exit code: 0 when all is well, 3 when something needs you, 1 when
    something is broken.
    """
    out = OutFile(bundle, force).checked() if bundle else None
    patient = Patient(Home.find(), port, utc_now())
    findings = examine(patient)
    if as_json:
        shown = {
            "intown": __version__,
            "state": worst(findings).value,
            "checks": [f.to_json() for f in findings],
        }
        print_json(shown)
    else:
        show(findings, Console(highlight=False))
    if out is not None:
        write_private(out, make_bundle(patient, findings))
        click.echo(f"Written: {out.path}. Look through it before you share it.", err=as_json)
    raise SystemExit(EXIT[worst(findings)])


def show(findings: list[Finding], console: Console) -> None:
    """A line each, wrapped; every fix on a line of its own, whole, so that it can be copied."""
    states = max(len(state.value) for state in State)
    names = max(len(finding.name) for finding in findings)
    indent = " " * (2 + states + 2 + names + 2)
    for finding in findings:
        words = textwrap.wrap(
            printable(finding.text), max(30, console.width - len(indent)), break_on_hyphens=False
        )
        for number, words_of_line in enumerate(words or [""]):
            line = Text(indent if number else "  ")
            if not number:
                line.append(finding.state.value.ljust(states + 2), style=STYLES[finding.state])
                line.append(finding.name.ljust(names + 2))
            line.append(words_of_line)
            console.print(line, soft_wrap=True)
        if finding.fix:
            console.print(Text(f"{indent}→ {finding.fix}", style="bold"), soft_wrap=True)
    console.print()
    console.print(summary(findings))


def summary(findings: list[Finding]) -> str:
    """The whole in a sentence."""
    counts = {state: sum(1 for finding in findings if finding.state is state) for state in State}
    if counts[State.BROKEN]:
        also = f", {counts[State.ATTENTION]} need attention" if counts[State.ATTENTION] else ""
        return f"{counts[State.BROKEN]} broken{also}."
    if counts[State.ATTENTION]:
        return f"Nothing is broken; {counts[State.ATTENTION]} could do with attention."
    return "All is well."
