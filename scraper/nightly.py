"""Has the machine's own scheduler run the sync every night, and catches a missed night up once.

Portals must not all be visited at half past two sharp by everybody, so the minute is spread by chance once,
when the nights are switched on.
"""

from __future__ import annotations

import os
import random
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, time, timedelta
from pathlib import Path

import orjson

from scraper.nightly_ways import Job, NightlyError, Scheduler
from scraper.settings import Home
from scraper.store_files import write_durably

SPREAD_MINUTES = 45
KEPT_VARIABLES = ("INTOWN_HOME", "INTOWN_BROWSER", "INTOWN_PROXY", "INTOWN_CA_FILE", "INTOWN_TRUSTED_SPKI")
"""What a run at night must know. Never INTOWN_PASSPHRASE: a unit file is no place for a secret."""


@dataclass(frozen=True, slots=True)
class Nights:
    """The choice of the user, kept in `nightly.json` in the data folder."""

    scheduler: str
    at: str
    since: str

    @property
    def time(self) -> time:
        return time.fromisoformat(self.at)


def switch_on(home: Home, at: time, now: datetime, ways: Sequence[Scheduler]) -> Nights:
    """Run every night at `at`, spread by a random minute. Raises NightlyError when the machine has no way."""
    way = next((way for way in ways if way.usable()), None)
    if way is None:
        raise NightlyError(
            "This machine has no scheduler that InTown can use (systemd, cron, launchd, tasks)."
        )
    minute = timedelta(minutes=random.randrange(SPREAD_MINUTES))  # noqa: S311 - no secret
    spread = (datetime.combine(now.date(), at) + minute).time()
    for other in ways:
        if other is not way and other.usable():
            other.remove()  # one entry only, whatever was used before
    way.install(Job(spread, job_command(), job_environment()))
    nights = Nights(way.name, spread.isoformat("minutes"), now.isoformat())
    write_durably(_file(home), [orjson.dumps(asdict(nights))])
    return nights


def switch_off(home: Home, ways: Sequence[Scheduler]) -> None:
    """No more nights."""
    for way in ways:
        if way.usable():
            way.remove()
    _file(home).unlink(missing_ok=True)


def nights(home: Home) -> Nights | None:
    """The user's choice, None while the nights are off."""
    try:
        return Nights(**orjson.loads(_file(home).read_bytes()))
    except FileNotFoundError:
        return None


def last_due(nights: Nights, now: datetime) -> datetime:
    """The latest moment at or before `now` when a night was due (local time, aware)."""
    due = datetime.combine(now.date(), nights.time, tzinfo=now.tzinfo)
    return due if due <= now else due - timedelta(days=1)


def is_due(nights: Nights, last_run: datetime | None, now: datetime) -> bool:
    """Whether a night waits to be run: one was due since the last run, and since the nights were switched on.

    However many were missed, one run answers for all; a clock set back makes none due twice.
    """
    due = last_due(nights, now)
    since = datetime.fromisoformat(nights.since)
    return due > since and (last_run is None or last_run < due)


def job_command() -> tuple[str, ...]:
    """What a scheduler starts: this very installation."""
    return (sys.executable, "-m", "server.cli", "nightly", "run")


def job_environment() -> dict[str, str]:
    return {name: os.environ[name] for name in KEPT_VARIABLES if os.environ.get(name)}


def _file(home: Home) -> Path:
    return home.make().data / "nightly.json"
