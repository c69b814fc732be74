"""`intown serve` answers the popup; `intown pair` lets a browser in."""

from __future__ import annotations

import http.client
import json
import logging
import signal
import threading
import time
from datetime import timedelta

import click

from scraper.logs import printable, to_file
from scraper.model import PageSnapshot
from scraper.outcomes import InTownError
from scraper.settings import DEFAULT_PORT, Home
from scraper.store import Store
from server import create_app, pairing, utc_now
from server.asking.places import places_at
from server.listen import LOOPBACK, Server, bind
from server.memory import be_frugal
from server.running import announced

_PORT = click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=DEFAULT_PORT,
    show_default=True,
    envvar="INTOWN_PORT",
    help="The server's port.",
)


@click.command()
@_PORT
def serve(port: int) -> None:
    """Answer the extension, on this machine only, until Ctrl-C."""
    be_frugal()
    place = bind(port)
    home = Home.find().make()
    to_file(home.logs, "server")
    app = create_app(home, port=port)
    server = Server(app, place)
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: server.stop())
    with announced(home, port, utc_now()):
        click.echo(f"InTown answers at http://{LOOPBACK}:{port} (Ctrl-C stops it).")
        if not pairing.clients(app.extensions["intown"].store):
            click.echo("No browser is paired yet: run `intown pair` in another terminal.")
        threading.Thread(target=_warm, args=(home,), name="intown-warming", daemon=True).start()
        server.run()


def _warm(home: Home) -> None:
    """Build the index of places and start the reader before anybody waits for them."""
    from server.api.pages import reader

    try:
        places_at(home.cache)
        reader().parse_page(PageSnapshot(url="https://intown.invalid/", captured_at=utc_now()))
    except InTownError as error:  # told again, to the person, by the first request that needs it
        logging.getLogger("intown.server").error("not warmed up: %s", error.sentence)


@click.command()
@_PORT
@click.option("--list", "listing", is_flag=True, help="Show the paired browsers.")
@click.option("--revoke", metavar="ID", help="End the pairing of this browser.")
@click.option("--json", "as_json", is_flag=True, help="For scripts: print and do not wait.")
def pair(port: int, listing: bool, revoke: str | None, as_json: bool) -> None:
    """Show a code that pairs one browser with InTown within a minute."""
    store = Store(Home.find().make().store)
    if revoke is not None:
        _revoke(store, revoke)
    elif listing:
        _list(store, as_json)
    else:
        _open(store, port, as_json)


def _revoke(store: Store, client: str) -> None:
    if not pairing.revoke(store, client):
        raise click.UsageError(f"No browser is paired under the id {client}; see `intown pair --list`.")
    click.echo(f"{client} is no longer paired.")


def _list(store: Store, as_json: bool) -> None:
    rows = pairing.clients(store)
    if as_json:
        click.echo(json.dumps([{"id": r.id, "label": r.label, "paired_at": r.paired_at} for r in rows]))
        return
    if not rows:
        click.echo("No browser is paired. `intown pair` shows a code.")
    for row in rows:
        click.echo(f"{row.id}  paired {row.paired_at[:10]}  {printable(row.label)}")


def _open(store: Store, port: int, as_json: bool) -> None:
    now = utc_now()
    known = {client.id for client in pairing.clients(store)}
    code = pairing.open_code(store, now)
    if as_json:
        expires = now + timedelta(seconds=pairing.CODE_SECONDS)
        click.echo(json.dumps({"code": code, "expires_at": expires.isoformat()}))
        return
    if not _answers(port):
        click.echo(f"No InTown answers on port {port} yet: run `intown serve` in another terminal.", err=True)
    click.echo(f"\n    {code[:4]} {code[4:]}\n")
    click.echo("Type this code into the extension within a minute (Ctrl-C forgets it).")
    try:
        while pairing.code_is_open(store, utc_now()):
            time.sleep(0.3)
    except KeyboardInterrupt:
        pairing.close_code(store)
        click.echo("The code is forgotten.")
        return
    new = [client for client in pairing.clients(store) if client.id not in known]
    if not new:
        pairing.close_code(store)
        click.echo("Nobody typed the code in time; run `intown pair` for a new one.", err=True)
        raise SystemExit(3)
    click.echo(f"Paired: {printable(new[0].label)} ({new[0].id}).")


def _answers(port: int) -> bool:
    """Whether an InTown, and not nothing or another program, answers on the port."""
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
    try:
        line.request("GET", "/api/ping")
        return line.getresponse().getheader("X-InTown-Version") is not None
    except (OSError, http.client.HTTPException):
        return False
    finally:
        line.close()
