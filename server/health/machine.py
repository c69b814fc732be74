"""Looks at what InTown stands on: the browser, the versions, the folders, the clock."""

from __future__ import annotations

import asyncio
import os
import platform
import re
import shlex
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from importlib import metadata
from pathlib import Path

from scraper import __version__
from scraper.browsers import find_browser, playwrights_own
from scraper.outcomes import InTownError
from scraper.settings import Home, Network
from scraper.store import PlaceRefused
from scraper.store_place import check_place
from server.health.findings import Fact, Finding, Patient, State

OK, ATTENTION, BROKEN = State.OK, State.ATTENTION, State.BROKEN

LEAST_SPACE = 20_000_000
"""Bytes; with less the store may not be able to write its next state beside the last one."""
LITTLE_SPACE = 200_000_000
CLOCK_TOLERANCE = timedelta(minutes=10)
BUILT = 2026
"""The year this was written in; a clock before it is wrong."""


def browser(_: Patient) -> list[Finding]:
    """Is there one, and does it start the way a nightly visit starts it?"""
    chosen = os.environ.get("INTOWN_BROWSER")
    program = find_browser()
    if program is None and chosen:
        text = f"INTOWN_BROWSER names {chosen}, and there is no such file."
        return [Finding("browser", BROKEN, text, "unset INTOWN_BROWSER", {"found": False, "chosen": True})]
    if program is None:
        text = "No Chrome, Chromium or Edge was found."
        fix = shlex.join([sys.executable, "-m", "playwright", "install", "chromium"])
        return [Finding("browser", BROKEN, text, fix, {"found": False, "chosen": False})]
    whose = "chosen" if chosen else "playwright" if program == playwrights_own() else "installed"
    facts: dict[str, Fact] = {"found": True, "whose": whose, "version": _version_of(program)}
    began = time.monotonic()
    try:
        asyncio.run(_start())
    except InTownError as error:
        fix = "unset INTOWN_BROWSER" if chosen else shlex.join([program, "--headless=new", "about:blank"])
        return [Finding("browser", BROKEN, error.sentence, fix, {**facts, "starts": False})]
    seconds = round(time.monotonic() - began, 1)
    text = f"{facts['version'] or 'A browser'} at {program} starts ({seconds} s)."
    return [Finding("browser", OK, text, facts={**facts, "starts": True, "seconds": seconds})]


async def _start() -> None:
    from scraper.browser import Browsers

    async with Browsers(Network.find()) as browsers, browsers.tab():
        pass


def _version_of(program: str) -> str:
    """What the program says of itself; "" on Windows, where asking would open a window."""
    if sys.platform == "win32":
        return ""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, text=True, timeout=10, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return ""
    found = re.search(r"([A-Za-z][A-Za-z ]*) (\d+(?:\.\d+)*)", done.stdout)
    return f"{found[1].strip()} {found[2]}" if found else ""


LIBRARIES = ("playwright", "tinydb", "keyring", "flask", "waitress", "beautifulsoup4", "lxml")
"""Whose versions a bug report should name."""


def versions(_: Patient) -> list[Finding]:
    """InTown, Python, the system, and whether every library that InTown needs is there."""
    facts = {
        "intown": __version__,
        "python": platform.python_version(),
        "system": platform.system(),
        "release": re.match(r"[\d.]*", platform.release())[0],  # type: ignore[index]  # it always matches
        "machine": platform.machine(),
        **{name: _installed(name) for name in LIBRARIES},
    }
    missing = [name for name in _required() if not _installed(name)]
    if missing:
        text = f"Not installed: {', '.join(missing)}."
        return [Finding("versions", BROKEN, text, "pipx reinstall intown", facts)]
    text = f"InTown {__version__}, Python {facts['python']}, {facts['system']} {facts['release']}, "
    text += f"Playwright {facts['playwright']}."
    return [Finding("versions", OK, text, facts=facts)]


def _required() -> list[str]:
    """The names of the libraries that every installation needs."""
    try:
        lines = metadata.requires("intown") or []
    except metadata.PackageNotFoundError:  # run from a checkout that is not installed
        return list(LIBRARIES)
    return [re.split(r"[^\w.-]", line)[0] for line in lines if "extra ==" not in line]


def _installed(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


def folders(patient: Patient) -> list[Finding]:
    """Room on the disk, a place that is safe, files that nobody else can read."""
    home = patient.home
    there = next(folder for folder in (home.data, *home.data.parents) if folder.exists())
    free = shutil.disk_usage(there).free
    facts: dict[str, Fact] = {"free_megabytes": free // 1_000_000}
    if not home.data.exists():
        return [Finding("folders", OK, f"Nothing is stored yet; it will be in {home.data}.", facts=facts)]
    shown = shlex.quote(str(home.data))
    if hasattr(os, "geteuid") and home.data.stat().st_uid != os.geteuid():
        text = f"{home.data} belongs to another user of this computer."
        return [Finding("folders", BROKEN, text, f'sudo chown -R "$USER" {shown}', facts)]
    if not os.access(home.data, os.W_OK | os.X_OK):
        text = f"{home.data} cannot be written to."
        return [Finding("folders", BROKEN, text, f"chmod u+rwx {shown}", facts)]
    try:
        check_place(home.data)
    except PlaceRefused as refused:
        return [Finding("folders", BROKEN, refused.sentence, 'export INTOWN_HOME="$HOME/.intown"', facts)]
    found = [_space(free, home, facts)]
    open_to_others = list(_open_to_others(home))
    if open_to_others:
        number = len(open_to_others)
        what = f"{number} of InTown's files and folders" if number > 1 else str(open_to_others[0])
        text = f"{what} can be read by other users of this computer."
        fix = shlex.join(
            ["chmod", "-R", "go-rwx", *dict.fromkeys(_own(home, path) for path in open_to_others)]
        )
        found.append(Finding("folders", ATTENTION, text, fix, {"open_to_others": number}))
    return found


def _space(free: int, home: Home, facts: dict[str, Fact]) -> Finding:
    megabytes = f"{free // 1_000_000:,} MB"
    if free < LEAST_SPACE:
        text = f"Only {megabytes} are free on the disk; InTown may not be able to keep what it reads."
        return Finding("folders", BROKEN, text, f"df -h {shlex.quote(str(home.data))}", facts)
    if free < LITTLE_SPACE:
        text = f"Only {megabytes} are free on the disk."
        return Finding("folders", ATTENTION, text, f"df -h {shlex.quote(str(home.data))}", facts)
    return Finding("folders", OK, f"{home.data}, {megabytes} free.", facts=facts)


def _open_to_others(home: Home) -> Iterator[Path]:
    """Folders that others may enter and files of theirs that others may read. Lock files hold nothing."""
    if os.name == "nt":  # there the profile's own rights hold
        return
    for folder in (home.data, home.cache, home.logs):
        if folder.is_dir() and folder.stat().st_mode & 0o077:
            yield folder
    for folder in (home.data, home.logs):
        for path in sorted(folder.rglob("*")):
            if not path.is_symlink() and path.suffix != ".lock" and path.stat().st_mode & 0o077:
                yield path


def _own(home: Home, path: Path) -> str:
    return next(str(top) for top in (home.data, home.cache, home.logs) if path.is_relative_to(top))


_SET_CLOCK = {
    "linux": "sudo timedatectl set-ntp true",
    "darwin": "sudo sntp -sS time.apple.com",
    "win32": "w32tm /resync",
}


def clock(patient: Patient) -> list[Finding]:
    """A wrong clock spoils the order of what was seen, one-time codes, and the nights."""
    now = patient.now
    fix = _SET_CLOCK.get(sys.platform, "date")
    if now.year < BUILT:
        return [
            Finding("clock", BROKEN, f"This computer thinks it is {now:%Y-%m-%d}.", fix, {"year": now.year})
        ]
    ahead = max((moment - now for moment in _moments(patient)), default=timedelta(0))
    if ahead > CLOCK_TOLERANCE:
        text = f"Something was stored {_span(ahead)} later than this computer's clock says it is now."
        facts = {"year": now.year, "ahead_minutes": int(ahead.total_seconds() // 60)}
        return [Finding("clock", ATTENTION, text, fix, facts)]
    zone = now.astimezone()
    text = f"{zone:%Y-%m-%d %H:%M}, {zone.tzname()}."
    return [Finding("clock", OK, text, facts={"year": now.year, "utc_offset": f"{zone:%z}"})]


def _span(length: timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    return (
        f"{length.days} days"
        if length.days > 1
        else f"{minutes // 60} hours"
        if minutes >= 120
        else f"{minutes} minutes"
    )


def _moments(patient: Patient) -> Iterator[datetime]:
    """The moments that were written down by this computer's own clock."""
    for kept in patient.store.kept():
        yield datetime.fromisoformat(kept.saved_at)
    for began in patient.view.all("runs"):
        yield datetime.fromisoformat(began)
