"""What the commands share: how they end, `--json`, times. Light, as every command loads it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click
import orjson

DONE, FAILED, NEEDS_YOU = 0, 1, 3
"""Exit codes; 2, wrong usage, is click's own."""

AS_JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON, for scripts.")


def clock(moment: datetime | None) -> str:
    """A moment as the person's own clock shows it, to the minute; "never" where there was none."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M") if moment else "never"


def print_json(value: Any) -> None:
    """One answer, indented: scripts do not mind, and people look into it too."""
    click.echo(orjson.dumps(value, option=orjson.OPT_INDENT_2).decode())
