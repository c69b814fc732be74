"""`intown account`: the logins whose lists are read every night."""

from __future__ import annotations

import shlex
import sys
from dataclasses import replace
from typing import Any

import click
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scraper import accounts
from scraper import sync as engine
from scraper.accounts import AccountError, State, portal_name
from scraper.logs import printable
from scraper.model import Account
from scraper.settings import Home
from scraper.store import Store
from scraper.totp import read_secret
from scraper.vault import Mode, Vault, VaultError, VaultUndecided
from server.commands.common import AS_JSON, clock, print_json
from server.commands.sync import run_sync
from server.commands.vaults import open_vault


@click.group()
def account() -> None:
    """Add, list, change and remove the portals that are visited."""


def password_options(command: Any) -> Any:
    """The ways to say where the password is, the same for adding and editing. Never an argument: those show
    in the process list."""
    for option in (
        click.option("--password-stdin", is_flag=True, help="Read the password from the standard input."),
        click.option(
            "--password-command",
            metavar="COMMAND",
            help="Ask your password manager at each sign-in, for example 'pass show taleo'.",
        ),
        click.option("--no-password", is_flag=True, help="Keep none; sign in by hand with `intown login`."),
    ):
        command = option(command)
    return command


@account.command("add")
@click.argument("url")
@click.option("--username", default="", help="What you type to sign in: an e-mail or a user name.")
@click.option("--employer", default="", help="The employer's name as you want to read it.")
@click.option("--id", "wanted_id", default="", help="A short name for this account.")
@password_options
@AS_JSON
def add(
    url: str,
    username: str,
    employer: str,
    wanted_id: str,
    password_stdin: bool,
    password_command: str | None,
    no_password: bool,
    as_json: bool,
) -> None:
    """Add a portal from any address of it (copy it from the browser)."""
    _one_way(password_stdin, password_command, no_password)
    home = Home.find().make()
    made = accounts.account_from_url(url, employer=employer, username=username)
    if wanted_id:
        made = replace(made, id=accounts.slug(wanted_id))
    if not made.username and not no_password:
        made = replace(made, username=_ask_username())
    made, password, vault = _secret(home, made, password_stdin, password_command, no_password)
    made = accounts.add(Store(home.store), made, named=bool(employer))
    if password is not None and vault is not None:
        try:
            vault.set_password(made.id, password)
        except VaultError:
            accounts.remove(Store(home.store), made.id)
            raise
    if as_json:
        print_json(_row(made, State()))
        return
    name = portal_name(made)
    click.echo(f"Added {made.id}: {printable(made.employer or made.host)}, {name} at {made.host}.")
    click.echo(f"Next: intown {'login' if made.secret == 'session' else 'sync'} {made.id}")  # noqa: S105


@account.command("list")
@AS_JSON
def listing(as_json: bool) -> None:
    """Show the accounts, when each was last read, and what one waits for."""
    rows = accounts.all_accounts(Store(Home.find().make().store).read())
    if as_json:
        print_json([_row(found, state) for found, state in rows])
        return
    if not rows:
        click.echo("No portal yet. Copy the address of one and run: intown account add ADDRESS")
        return
    table = Table(box=None, pad_edge=False)
    for head in ("account", "employer", "portal", "last read", "state"):
        table.add_column(head, overflow="fold")
    for found, state in rows:
        said = [*([state.outcome.value.replace("_", " ")] if state.outcome else ["new"])]
        if state.fix:
            said.append(f"→ {state.fix}")
        cells = [found.id, found.employer or found.host, portal_name(found), clock(state.last_good)]
        table.add_row(*(Text(printable(cell)) for cell in cells), Text("  ".join(said)))
    Console().print(table)


@account.command("edit")
@click.argument("name")
@click.option("--username", default=None)
@click.option("--employer", default=None)
@click.option("--password", "ask", is_flag=True, help="Ask for the new password.")
@password_options
@click.option("--try-again", is_flag=True, help="The password is right: type it once more.")
@click.option(
    "--totp-stdin",
    is_flag=True,
    help="Read an authenticator's secret (or its otpauth:// address) from the standard input, after the password.",
)
@click.option("--no-totp", is_flag=True, help="Forget the authenticator's secret.")
def edit(
    name: str,
    username: str | None,
    employer: str | None,
    ask: bool,
    password_stdin: bool,
    password_command: str | None,
    no_password: bool,
    try_again: bool,
    totp_stdin: bool,
    no_totp: bool,
) -> None:
    """Change an account; a changed or confirmed password may be typed once again."""
    _one_way(password_stdin or ask, password_command, no_password)
    if totp_stdin and no_totp:
        raise click.UsageError("Say --totp-stdin or --no-totp, not both.")
    home = Home.find().make()
    store = Store(home.store)
    found, _ = accounts.find(store.read(), name)
    changed: dict[str, Any] = {}
    if username is not None:
        changed["username"] = username
    if employer is not None:
        changed["employer"] = employer
    touched = ask or password_stdin or password_command is not None or no_password
    if not (changed or touched or try_again or totp_stdin or no_totp):
        raise click.UsageError("Say what to change; `intown account edit --help` lists it.")
    if touched:
        made, password, vault = _secret(home, found, password_stdin, password_command, no_password)
        if password is not None and vault is not None:
            vault.set_password(found.id, password)
        changed |= {"secret": made.secret, "password_command": made.password_command}
    if totp_stdin or no_totp:
        changed["totp"] = _authenticator(home, found, forget=no_totp)
    again = touched or try_again or totp_stdin
    accounts.change(store, found.id, new_password=again, **changed)
    click.echo(f"Changed {found.id}. Next: intown sync {found.id}")


@account.command("test")
@click.argument("name")
@AS_JSON
@click.option("--show", is_flag=True, help="Show the browser's window.")
def test(name: str, as_json: bool, show: bool) -> None:
    """Visit one portal and say how it went. No application is added or changed; how the visit ended and the
    web session are kept."""
    home = Home.find().make()
    found, _ = accounts.find(Store(home.store).read(), name)
    options = engine.Options(headless=not show, dry=True)
    raise SystemExit(run_sync(home, [found.id], as_json=as_json, options=options))


@account.command("remove")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(name: str, yes: bool) -> None:
    """Forget an account, its password and its web session; its applications stay."""
    home = Home.find().make()
    store = Store(home.store)
    found, _ = accounts.find(store.read(), name)
    if not yes:
        click.confirm(f"Forget the login {found.id} ({found.host})?", abort=True)
    try:
        vault = open_vault(home)
    except VaultUndecided:
        vault = None  # no vault was ever made, so it holds nothing of this account
    if vault is not None:
        vault.forget(found.id)
    accounts.remove(store, found.id)
    click.echo(f"Forgot {found.id}. The applications read there are still in InTown.")


def _row(found: Account, state: State) -> dict[str, Any]:
    return {
        "id": found.id,
        "employer": found.employer,
        "portal": found.portal,
        "host": found.host,
        "url": found.start_url,
        "username": found.username,
        "password_from": found.secret,
        "authenticator": found.totp,
        "outcome": state.outcome.value if state.outcome else None,
        "sentence": state.sentence,
        "fix": state.fix,
        "last_good": state.last_good.isoformat() if state.last_good else None,
        "applications": state.last_count,
        "not_before": state.not_before.isoformat() if state.not_before else None,
    }


def _one_way(*ways: object) -> None:
    if sum(1 for way in ways if way) > 1:
        raise click.UsageError("Say one way only: where the password comes from.")


def _authenticator(home: Home, found: Account, *, forget: bool) -> bool:
    """Keep or forget the secret of an authenticator; whether there is one afterwards."""
    vault = open_vault(home)
    if forget:
        vault.forget_totp(found.id)
        return False
    vault.set_totp(found.id, read_secret(sys.stdin.readline()))
    return True


def _ask_username() -> str:
    if not sys.stdin.isatty():
        raise click.UsageError("Say --username, or --no-password to sign in by hand.")
    return str(click.prompt("User name or e-mail"))


def _secret(
    home: Home, made: Account, from_stdin: bool, command: str | None, none: bool
) -> tuple[Account, str | None, Vault | None]:
    """The account with the place of its password, the password if it is to be kept, and the vault for it."""
    if none:
        return replace(made, secret="session", password_command=()), None, None  # noqa: S106 - a place
    if command is not None:
        try:
            words = tuple(shlex.split(command))
        except ValueError as error:
            raise AccountError(f"The password command cannot be read: {error}.") from error
        if not words:
            raise AccountError("The password command is empty.")
        return replace(made, secret="command", password_command=words), None, None  # noqa: S106
    if not from_stdin and not sys.stdin.isatty():
        raise click.UsageError("Say --password-stdin, --password-command or --no-password.")
    vault = open_vault(home)
    if vault.mode is Mode.SESSIONS_ONLY:
        raise AccountError("Your vault keeps no passwords; add the account with --no-password.")
    if from_stdin:
        password = sys.stdin.readline().rstrip("\r\n")
    else:
        password = str(click.prompt(f"Password for {made.host}", hide_input=True))
    if not password:
        raise AccountError("The password is empty.")
    return replace(made, secret="vault", password_command=()), password, vault  # noqa: S106
