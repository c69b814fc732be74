"""`intown forget-everything`: every trace of a person that InTown keeps on this computer."""

from __future__ import annotations

import shutil
import textwrap
from collections.abc import Sequence

import click

from scraper.logs import printable
from scraper.settings import Home
from scraper.sync import SyncRunning, one_at_a_time
from server.forgetting.files import Done, OwnFiles, Refused, looked_over
from server.forgetting.steps import nothing_runs, remove_nights, remove_vault

WORD = "forget"
EXTENSION = (
    "What the browser extension keeps (the pairing, its settings, unfinished drafts): open its popup, ⚙, Privacy, "
    "“Forget everything in this browser”; or remove the extension."
)
OTHERS = (
    "Files that you exported, recorded or had made for a bug report; backups of this computer; your calendar.",
    "What the portals themselves know of you.",
    "InTown itself: pipx uninstall intown (or uv tool uninstall intown).",
)


@click.command("forget-everything")
@click.option("--yes", is_flag=True, help="Do not ask (for scripts).")
def forget_everything(yes: bool) -> None:
    """Remove all that InTown keeps: applications, trips, passwords, web sessions, backups, logs, the nights.

    Nothing can bring it back; `intown export` keeps a copy first. Only InTown's own files are removed, by their
    names. Exit code: 0 when nothing is left, 1 when something could not be removed.
    """
    home = Home.find()
    files = looked_over(home)
    if not files.there:
        click.echo("There is nothing to forget.")
        _say_what_stays(())
        return
    nothing_runs(home)
    if not yes:
        say(
            f"All that InTown keeps in {home.data}, {home.cache} and {home.logs} will be gone, and with it the passwords "
            "it keeps. Nothing can bring it back; `intown export FILE` keeps a copy first."
        )
        if click.prompt(f"Type “{WORD}” to go on", default="", show_default=False).strip().casefold() != WORD:
            click.echo("Nothing was removed.", err=True)
            raise SystemExit(1)
    nothing_runs(home)  # nor meanwhile
    try:
        with one_at_a_time(home):  # no night begins in the middle of this
            done = _remove(home, files)
    except SyncRunning as error:
        raise Refused("A sync is running. Wait until it is over, then run this again.") from error
    done += files.remove_last()
    _report(done, files)
    if any(not one.well for one in done):
        raise SystemExit(1)


def _remove(home: Home, files: OwnFiles) -> list[Done]:
    """Each step by itself: what fails stops no other."""
    vault = remove_vault(home)
    return [remove_nights(home), vault, *files.remove(keep_vault=vault.keep_vault)]


def _report(done: Sequence[Done], files: OwnFiles) -> None:
    for one in done:
        if one.text:
            say(f"{'Removed' if one.well else 'Left'}: {one.text}", err=not one.well)
    _say_what_stays(files.strangers())


def _say_what_stays(strangers: Sequence[str]) -> None:
    click.echo("\nWhat this command cannot reach:")
    for text in (EXTENSION, *OTHERS, *(f"{name}: not made by InTown, so it was left." for name in strangers)):
        say(text, bullet="- ")


def say(text: str, *, bullet: str = "", err: bool = False) -> None:
    """A paragraph that breaks between words; paths stay whole."""
    width = max(40, min(100, shutil.get_terminal_size().columns))
    indent = " " * len(bullet)
    lines = textwrap.wrap(
        bullet + printable(text),
        width,
        subsequent_indent=indent,
        break_long_words=False,
        break_on_hyphens=False,
    )
    click.echo("\n".join(lines), err=err)
