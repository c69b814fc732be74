"""`intown read`, `intown stage`, `intown portals`, `intown record`: the reading without store, server or browser."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TextIO

import click

from scraper.logs import printable
from scraper.model import Application, PageSnapshot, ParsedPage
from scraper.outcomes import InTownError

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
    """A saved page as a snapshot, its address from `url` or from what the page itself says."""
    return PageSnapshot(url=url or own_address(html), captured_at=datetime.now(UTC), html=html)


def own_address(html: str) -> str:
    """The address a saved page tells of itself: first-line comment, canonical link, og:url or base."""
    head = html[:HEAD]
    for pattern in _OWN_ADDRESS:
        if found := pattern.search(head):
            return found[1].removesuffix("--")
    return UNKNOWN_ADDRESS


def row_of(application: Application) -> dict[str, str | None]:
    """One application as `intown read --json` prints it."""
    return {
        "title": application.title,
        "company": application.company,
        "status": application.status_raw,
        "stage": application.stage.value,
        "confidence": application.confidence.value,
        "location": application.location,
        "applied_on": application.applied_on.isoformat() if application.applied_on else None,
        "requisition": application.requisition,
        "url": application.url,
    }


def answer_of(parsed: ParsedPage) -> dict[str, Any]:
    """A parsed page as `intown read --json` prints it."""
    return {
        "portal": parsed.portal or None,
        "page_kind": parsed.kind.value,
        "applications": [row_of(found) for found in parsed.applications],
    }


@click.command()
@click.argument("file", type=click.File("rb"))
@click.option("--url", default="", help="The page's address, where the file does not tell it.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object, for scripts.")
def read(file: Any, url: str, as_json: bool) -> None:
    """Read a saved page: whose it is, what kind, and the applications on it. FILE "-" is standard input."""
    from scraper.reading.page import parse_page

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
@click.option("--json", "as_json", is_flag=True, help="One JSON list, for scripts.")
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
        click.echo(json.dumps(rows, ensure_ascii=False))
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
    from scraper.reading.html import clean_url
    from scraper.reading.page import parse_page
    from scraper.reading.scrub import Scrubber, leftovers, scrub

    if file is None and not url:
        raise click.UsageError("Give a saved page, or --url to open one.")
    snapshot = snapshot_of(file.read().decode("utf-8", "replace"), url) if file else _opened(url)
    scrubber = Scrubber(names)
    address = scrubber.text(clean_url(snapshot.url))
    pages = {out: (address, scrub(snapshot, scrubber))}
    for number, frame in enumerate(snapshot.frames, start=1):
        inner = replace(snapshot, url=frame.url, html=frame.html, frames=(), title="")
        name = out.with_name(f"{out.stem}.frame-{number}{out.suffix}")
        pages[name] = (scrubber.text(clean_url(frame.url)), scrub(inner, scrubber))
    left = sorted({kind for _, html in pages.values() for kind in leftovers(html, scrubber)})
    if left:
        raise InTownError(
            f"The page still holds {', '.join(left)}; nothing was written. Try --name for names."
        )
    for path, (shown, html) in pages.items():
        head = f"<!-- url: {shown} | captured: {snapshot.captured_at:%Y-%m-%dT%H:%M:%S+00:00} | known: recorded by its user, scrubbed | invented: names and numbers -->"
        path.write_text(f"{head}\n{html}\n", encoding="utf-8")
    first = pages[out]
    parsed = parse_page(replace(snapshot, url=first[0], html=first[1], frames=()))
    out.with_suffix(".json").write_text(
        json.dumps(answer_of(parsed), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
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
