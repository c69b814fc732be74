"""What one person more costs where InTown runs for many: `python3 run.py bench seekers`.

Each person has a home of their own and a night is a process of its own, `intown sync`, as a scheduler starts it. Counted
are seconds of the processor and the most memory, so that the figures hold on a busy machine too; the fake portals run
in another process and are not counted. Warm: saved sessions still good, no browser. Cold: all accounts sign in, in one
browser. Linux only: memory and processor time of the browser's processes are read from /proc.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from fixtures.portals import Tenant
from fixtures.portals.many import many
from scraper.settings import Network
from tests.bench import bench_sync
from tests.bench.bench_sync import PHRASE, Bench, portals

ACCOUNTS = 5
APPLICATIONS = bench_sync.APPLICATIONS
WARM_PEOPLE = 8
COLD_PEOPLE = 4
TICK = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(slots=True)
class Tree:
    """A process and everything it started, watched from outside. `most` is kB of memory, shared pages divided."""

    root: int
    cpu: dict[int, float] = field(default_factory=dict)
    most: float = 0.0

    def look(self) -> None:
        parents: dict[int, int] = {}
        for folder in Path("/proc").iterdir():
            if folder.name.isdigit():
                try:
                    fields = (folder / "stat").read_text().rpartition(") ")[2].split()
                except OSError:
                    continue  # it has ended meanwhile
                number = int(folder.name)
                parents[number] = int(fields[1])
                if self._ours(number, parents):
                    self.cpu[number] = (int(fields[11]) + int(fields[12])) / TICK
        self.most = max(self.most, sum(_memory(number) for number in self.cpu))

    def _ours(self, number: int, parents: dict[int, int]) -> bool:
        return number == self.root or number in self.cpu or parents[number] in self.cpu


def _memory(number: int) -> float:
    try:
        text = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) for line in text.splitlines() if line.startswith("Pss:")), 0.0)


@dataclass(frozen=True, slots=True)
class Night:
    """What one person's night cost: seconds of processor time, MB at most, seconds on the clock."""

    cpu: float
    memory: float
    seconds: float


def night(home: Path, network: Network, how: str) -> Night:
    """One `intown sync` in a process of its own, in which every account must be read in this way."""
    given = {
        "INTOWN_HOME": str(home),
        "INTOWN_PASSPHRASE": PHRASE,
        "INTOWN_PROXY": network.proxy,
        "INTOWN_CA_FILE": str(network.ca_file),
        "INTOWN_TRUSTED_SPKI": network.trusted_spki,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    began = time.perf_counter()
    with tempfile.TemporaryFile("w+") as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "server.cli", "sync", "--json"], env=os.environ | given, stdout=told
        )
        tree, ended, usage = Tree(process.pid), 0, None
        while not ended:
            tree.look()
            time.sleep(0.1)
            ended, _, usage = os.wait4(process.pid, os.WNOHANG)
        process.returncode = 0  # it was waited for here, with what it used
        seconds = time.perf_counter() - began
        told.seek(0)
        results = json.load(told)["accounts"]
    assert usage is not None
    assert [(one["how"], one["read"]) for one in results] == [(how, APPLICATIONS)] * ACCOUNTS, results
    cpu = max(
        usage.ru_utime + usage.ru_stime, sum(tree.cpu.values())
    )  # the first misses orphans, the other ends
    return Night(cpu, max(tree.most, usage.ru_maxrss if how == "warm" else 0) / 1024, seconds)


def person(root: Path, network: Network, tenants: tuple[Tenant, ...]) -> Bench:
    """Somebody's home with their accounts in it."""
    root.mkdir()
    return Bench(root, network, tenants)


def run() -> list[dict[str, Any]]:
    people = WARM_PEOPLE + COLD_PEOPLE
    tenants = many(people * ACCOUNTS, APPLICATIONS)
    with portals(people * ACCOUNTS) as (network, tokens), tempfile.TemporaryDirectory() as folder:
        everybody = [
            person(Path(folder, str(one)), network, tenants[one * ACCOUNTS : (one + 1) * ACCOUNTS])
            for one in range(people)
        ]
        for one in everybody[:WARM_PEOPLE]:
            one.signed_in(tokens)
        warm = [night(one.root, network, "warm") for one in everybody[:WARM_PEOPLE]]
        cold = [night(one.root, network, "signed in") for one in everybody[WARM_PEOPLE:]]
        disk = _size(everybody[0].root)
    return [
        *_figures("warm", warm),
        *_figures("cold", cold),
        {"what": "home on disk", "ours": disk, "unit": "MB"},
    ]


def _figures(how: str, nights: list[Night]) -> list[dict[str, Any]]:
    cpu = statistics.median(one.cpu for one in nights)
    size = f"{how} night of a person, {ACCOUNTS} accounts × {APPLICATIONS} applications"
    return [
        {"what": f"{size}: processor", "ours": cpu, "unit": "s"},
        {"what": f"{size}: most memory", "ours": max(one.memory for one in nights), "unit": "MB"},
        {"what": f"{size}: on the clock", "ours": statistics.median(o.seconds for o in nights), "unit": "s"},
        {"what": f"{how}: accounts per hour of one core", "ours": ACCOUNTS * 3600 / cpu, "unit": "1/h"},
        {"what": f"{how}: people per hour of one core", "ours": 3600 / cpu, "unit": "1/h"},
    ]


def _size(root: Path) -> float:
    return sum(path.stat().st_size for path in root.rglob("*") if path.is_file()) / 1e6
