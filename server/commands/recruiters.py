"""`intown recruiters`: the people who can be asked."""

from __future__ import annotations

from typing import Any, TextIO

import click

from server import planning
from server.asking import contacts
from server.asking.links import one_line
from server.commands import plan_screens as screens
from server.commands.common import AS_JSON, print_json
from server.commands.plan_common import explained, known, opened


@click.group()
def recruiters() -> None:
    """The people who can be asked."""


@recruiters.command("list")
@AS_JSON
def list_recruiters(as_json: bool) -> None:
    """List everybody."""
    people = [r.model_dump(mode="json") for r in known().recruiters.values()]
    print_json(people) if as_json else screens.list_recruiters(people)


@recruiters.command("add")
@click.argument("name")
@click.option("--email", default="")
@click.option("--phone", default="")
@click.option("--employer", default="")
@click.option("--salutation", default="", help='How to address them: "Ms.", "Dr.".')
@click.option(
    "--whole-employer", is_flag=True, help="Handles every application there that nobody else handles."
)
@click.option("--application", "application_keys", multiple=True, help="Handles this application (its key).")
@AS_JSON
def add_recruiter(as_json: bool, **fields: Any) -> None:
    """Add NAME, or complete what is known of the same person."""
    store, _ = opened()
    with explained():
        made = planning.add_recruiter(store, fields)
    print_json(made.model_dump(mode="json")) if as_json else click.echo(f"{made.name} is kept as {made.id}.")


@recruiters.command("read")
@click.argument("file", type=click.File("r", encoding="utf-8"))
@click.option("--save", is_flag=True, help="Keep everybody found.")
@AS_JSON
def read_people(file: TextIO, save: bool, as_json: bool) -> None:
    """Find the people in a pasted signature or a .vcf FILE ("-" reads standard input)."""
    store, _ = opened()
    employers = {doc["company"] for doc in store.read().all("applications").values()} - {""}
    found = [contact.model_dump() for contact in contacts.read(file.read(), sorted(employers))]
    if save:
        with explained():
            found = [planning.add_recruiter(store, one).model_dump(mode="json") for one in found]
    if as_json:
        print_json(found)
        return
    for one in found:
        line = ", ".join(one[name] for name in ("name", "role", "employer", "email", "phone") if one[name])
        click.echo(one_line(line))
    if not found:
        click.echo("Nobody was found in this text.")


@recruiters.command("link")
@click.argument("recruiter_id")
@click.argument("application_keys", nargs=-1, required=True)
def link(recruiter_id: str, application_keys: tuple[str, ...]) -> None:
    """Say that RECRUITER_ID handles these applications (keys, or requisition numbers)."""
    store, _ = opened()
    with explained():
        made = planning.link(store, recruiter_id, application_keys)
    click.echo(f"{made.name} handles {len(made.application_keys)} applications.")


@recruiters.command("remove")
@click.argument("recruiter_id")
def remove_recruiter(recruiter_id: str) -> None:
    """Forget a person."""
    store, _ = opened()
    with explained():
        planning.remove_recruiter(store, recruiter_id)
