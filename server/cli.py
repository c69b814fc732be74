"""The `intown` command. Each subcommand lives in `server/commands/` and is loaded only when it is used."""

from __future__ import annotations

import importlib
import sys

import click

from scraper import __version__
from scraper.outcomes import InTownError

# name -> "module:attribute"; one line per command, in the order of the help text.
COMMANDS = {
    "demo": "fixtures.demo:demo",
    "account": "server.commands.accounts:account",
    "login": "server.commands.login:login",
    "sync": "server.commands.sync:sync",
    "nightly": "server.commands.nightly:nightly",
    "serve": "server.commands.serve:serve",
    "pair": "server.commands.serve:pair",
    "extension": "server.commands.extension:extension",
    "trip": "server.commands.trips:trip",
    "suggest": "server.commands.trips:suggest",
    "asks": "server.commands.asks:asks",
    "recruiters": "server.commands.recruiters:recruiters",
    "read": "server.commands.reading:read",
    "stage": "server.commands.reading:stage",
    "place": "server.commands.places:place",
    "portals": "server.commands.reading:portals",
    "record": "server.commands.reading:record",
    "data": "server.commands.data:data",
    "export": "server.commands.export:export",
    "import": "server.commands.import_:import_",
    "doctor": "server.commands.doctor:doctor",
    "forget-everything": "server.commands.forget:forget_everything",
}


class LazyGroup(click.Group):
    """Loads a subcommand's module when it is called, so that `intown stage` never waits for Flask."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        target = COMMANDS.get(cmd_name)
        if target is None:
            return None
        module, attribute = target.split(":")
        command = getattr(importlib.import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="intown")
def intown() -> None:
    """Turn one trip into several interviews."""


def main() -> None:
    """The console script: our own errors become one sentence and exit code 1, never a traceback."""
    try:
        intown.main(standalone_mode=True)
    except InTownError as error:
        click.echo(error.sentence, err=True)
        sys.exit(1)
    finally:
        if "scraper.store" in sys.modules:  # `intown stage` and its like need not wait for the store
            from server.commands.data import tell_notices

            tell_notices()


if __name__ == "__main__":
    main()
