"""`intown` as processes of their own, and what they leave behind."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from tests.sync.conftest import PASSPHRASE, Person

ROOT = Path(__file__).parents[2]


def environment(person: Person) -> dict[str, str]:
    assert person.network.ca_file is not None
    return {
        **os.environ,
        "INTOWN_HOME": str(person.home.data.parent),
        "INTOWN_PASSPHRASE": PASSPHRASE,
        "INTOWN_PROXY": person.network.proxy,
        "INTOWN_CA_FILE": str(person.network.ca_file),
        "INTOWN_TRUSTED_SPKI": person.network.trusted_spki,
    }


def started(person: Person, *command: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "server.cli", *command],
        cwd=ROOT,
        env=environment(person),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def children_of(group: int) -> list[int]:
    """Processes of a session that are still alive; Chromium's own are in it, for it makes none itself."""
    alive = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            fields = (folder / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(fields[3]) == group and fields[0] != "Z":
            alive.append(int(folder.name))
    return alive


def gone(group: int, seconds: float = 15) -> bool:
    end = time.monotonic() + seconds
    while children_of(group) and time.monotonic() < end:
        time.sleep(0.1)
    return not children_of(group)


def browsers_of(process: int) -> list[int]:
    """The browsers (not their own helpers) that a process has started, through Playwright's driver."""
    parents: dict[int, int] = {}
    browsers: list[int] = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            words = (folder / "cmdline").read_bytes()
        except OSError:
            continue
        if b"--remote-debugging-pipe" in words and b"--type=" not in words:
            browsers.append(int(folder.name))

    def is_below(number: int) -> bool:
        while number := parents.get(number, 0):
            if number == process:
                return True
        return False

    return [number for number in browsers if is_below(number)]
