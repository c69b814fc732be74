"""`intown read`, `intown stage`, `intown portals`, `intown record`: the reading without store, server or browser."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from scraper.logs import printable
from scraper.model import PageSnapshot
from scraper.outcomes import InTownError
from server.commands.common import AS_JSON, print_json

HEAD = 20_000
"""Characters at the start of a saved page in which its own address is looked for."""

_ADDRESS = r"https?://[^\s\"'<>]+"
_OWN_ADDRESS = (
    re.compile(rf"\A\s*<!--.{{0,300}}?({_ADDRESS})", re.DOTALL),  # "saved from url=(0042)https://…"
    re.compile(
        rf"<link\b[^>]*\brel\s*=\s*[\"']?canonical\b[^>]*\bhref\s*=\s*[\"']?({_ADDRESS})", re.IGNORECASE
    ),
    re.compile(
        rf"<link\b[^>]*\bhref\s*=\s*[\"']?({_ADDRESS})[^>]*\brel\s*=\s*[\"']?canonical", re.IGNORECASE
    ),
    re.compile(rf"<meta\b[^>]*\bog:url\b[^>]*\bcontent\s*=\s*[\"']?({_ADDRESS})", re.IGNORECASE),
    re.compile(rf"<meta\b[^>]*\bcontent\s*=\s*[\"']?({_ADDRESS})[^>]*\bog:url\b", re.IGNORECASE),
    re.compile(rf"<base\b[^>]*\bhref\s*=\s*[\"']?({_ADDRESS})", re.IGNORECASE),
)
UNKNOWN_ADDRESS = "https://page.invalid/"
"""Stands for the address of a saved page that does not tell its own."""


def snapshot_of(html: str, url: str = "") -> PageSnapshot:
    """A saved page as a snapshot, its address from `url` or from what the page itself says.

    Like a click: it is all there is, and nobody will open the list's other tabs.
    """
    return PageSnapshot(
        url=url or own_address(html), captured_at=datetime.now(UTC), html=html, source="click"
    )


def own_address(html: str) -> str:
    """The address a saved page tells of itself: first-line comment, canonical link, og:url or base."""
    head = html[:HEAD]
    for pattern in _OWN_ADDRESS:
        if found := pattern.search(head):
            return found[1].removesuffix("--")
    return UNKNOWN_ADDRESS


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--url", default="", help="The page's address, where the file does not tell it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
def read(file: Any, url: str, as_json: bool) -> None:
    """Read a saved page: whose it is, what kind, and the applications on it. FILE "-" is standard input."""
    from scraper.reading.page import parse_page
    from server.recording import answer_of

    parsed = parse_page(snapshot_of(file.read().decode("utf-8", "replace"), url))
    if as_json:
        click.echo(json.dumps(answer_of(parsed), ensure_ascii=False))
        return
    click.echo(f"{parsed.portal_name or 'Unknown portal'}: {parsed.kind.value.replace('_', ' ')}")
    for found in parsed.applications:
        where = f", {found.company}" if found.company else ""
        said = found.status_raw or "no status"
        line = f"  {found.title}{where}: {said} ({found.stage.value}, {found.confidence.value})"
        click.echo(printable(line))
    for warning in parsed.warnings:
        click.echo(printable(warning), err=True)


@click.command()
@click.argument("file", type=click.File("r", encoding="utf-8", errors="replace"))
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, for scripts.")
def stage(file: TextIO, as_json: bool) -> None:
    """Say what status texts mean. FILE ("-" is standard input) has lines of text, or text TAB portal."""
    from scraper.stages import portal_kind, stage_of

    for line in file:
        text, _, portal = line.rstrip("\r\n").partition("\t")
        if not line.strip():
            continue
        reading = stage_of(text, portal_kind(portal) if portal.strip() else "")
        if as_json:
            answer = {
                "text": text,
                "portal": portal,
                "stage": reading.stage.value,
                "confidence": reading.confidence.value,
            }
            click.echo(json.dumps(answer, ensure_ascii=False))
        else:
            why = f"  {reading.why}" if reading.why else ""
            click.echo(printable(f"{text}: {reading.stage.value} ({reading.confidence.value}){why}"))


@click.command()
@AS_JSON
def portals(as_json: bool) -> None:
    """List the portals that InTown knows, and how each is read."""
    from scraper.portals import PORTALS

    rows = [
        {
            "kind": portal.kind,
            "name": portal.name,
            "automation": portal.automation,
            "signs_in": portal.login_form is not None,
        }
        for portal in PORTALS
    ]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        how = "read when you click" if row["automation"] == "capture_only" else "read every night"
        click.echo(f"{row['kind']:<18} {row['name']:<28} {how}")


@click.command()
@click.argument("file", type=click.File("rb"), required=False)
@click.option("--url", default="", help="The page's address; without FILE it is opened in a visible browser.")
@click.option(
    "--name", "names", multiple=True, help="A name to take out, yours or a recruiter's; may be repeated."
)
@click.option(
    "--out", type=click.Path(path_type=Path), default=Path("recorded.html"), help="Where to write it."
)
def record(file: Any, url: str, names: tuple[str, ...], out: Path) -> None:
    """Keep a scrubbed copy of a page that was read wrongly, ready to become a golden page.

    Scripts, names, mails, phones, numbers and tokens are taken out; if anything is left, nothing is written.
    Beside the page goes what InTown reads from it, to be corrected by hand.
    """
    from scraper.reading.page import parse_page
    from server.recording import StillPersonal, write_recording

    if file is None and not url:
        raise click.UsageError("Give a saved page, or --url to open one.")
    snapshot = snapshot_of(file.read().decode("utf-8", "replace"), url) if file else _opened(url)
    try:
        write_recording(snapshot, names, out, parse_page)
    except StillPersonal as error:
        raise InTownError(f"{error.sentence} Try --name for names.") from error
    click.echo(
        f"Written: {out} and {out.with_suffix('.json').name}. Look through both before you share them."
    )


def _opened(url: str) -> PageSnapshot:
    """The page as the person sees it: a visible browser, they sign in and go there, then press Enter here."""
    import asyncio

    from scraper.browser import Browsers
    from scraper.settings import Network

    async def run() -> PageSnapshot:
        async with Browsers(Network.find(), headless=False) as browsers, browsers.tab() as tab:
            await tab.open(url)
            await asyncio.to_thread(
                click.prompt, "Go to the page, then press Enter here", default="", show_default=False
            )
            return await tab.snapshot()

    return asyncio.run(run())
