"""`intown place`: what location texts mean."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import click
import orjson
from rich.console import Console
from rich.table import Table
from rich.text import Text

from scraper.logs import printable
from scraper.settings import Home
from server.asking.model import Place
from server.asking.places import Places

FIELDS = ("text", "kind", "city", "region", "country", "lat", "lon", "confidence")


def _lines(texts: tuple[str, ...]) -> Iterator[str]:
    """The texts given, with "-" standing for the lines of standard input."""
    for text in texts or ("-",):
        if text == "-":
            yield from (line.rstrip("\r\n") for line in sys.stdin)
        else:
            yield text


def plain(place: Place) -> dict[str, object]:
    """A place as one line of JSON has it."""
    whole = place.model_dump(mode="json")
    return {name: whole[name] for name in FIELDS}


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object per line.")
@click.argument("texts", nargs=-1)
def place(as_json: bool, texts: tuple[str, ...]) -> None:
    """Say what location TEXTS mean ("-" reads lines from standard input).

    kind is city, region, remote, multiple or unknown; country an ISO 3166-1 alpha-2 code ("US"); lat and lon are
    degrees, null where no city is named; confidence is sure, likely or guess.
    """
    places = Places.at(Home.find().make().cache)
    if as_json:
        for text in _lines(texts):
            sys.stdout.write(orjson.dumps(plain(places.resolve(text))).decode() + "\n")
        return
    table = Table("Text", "Kind", "Place", "Confidence", box=None)
    for text in _lines(texts):
        found = places.resolve(text)
        label = printable(found.label) if found.city or found.region or found.country else ""
        table.add_row(Text(printable(text)), found.kind.value, label, found.confidence.value)
    Console().print(table)
