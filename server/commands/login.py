"""`intown login`: sign in yourself, in a window, where a portal asks for a person."""

from __future__ import annotations

import asyncio

import click

from scraper.accounts import find
from scraper.by_hand import MINUTES, login_by_hand
from scraper.logs import to_file
from scraper.settings import Home, Network
from scraper.store import Store
from server.commands.vaults import open_vault


@click.command()
@click.argument("name", metavar="ACCOUNT")
@click.option(
    "--cdp", default="", metavar="URL", help="Sign in in your running Chrome instead of a new window."
)
def login(name: str, cdp: str) -> None:
    """Open a portal in a visible window, sign in there, and InTown keeps the web session."""
    home = Home.find().make()
    store = Store(home.store)
    account, _ = find(store.read(), name)
    to_file(home.logs, "login")
    vault = open_vault(home)
    click.echo(f"A window opens at {account.host}. Sign in there; InTown waits up to {MINUTES} minutes.")
    asyncio.run(login_by_hand(store, vault, Network.find(), account, cdp=cdp))
    click.echo(f"You are signed in, and InTown keeps the session. Next: intown sync {account.id}")
