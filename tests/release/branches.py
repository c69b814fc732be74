"""`python3 run.py coverage`: the whole suite with branch coverage, what it adds up to, and the files below the floor.

The processes that tests start are measured too (the reader's worker, `intown` commands, the server); what a process
did that was killed is lost with it. `python3 run.py coverage --report` shows the last run's figures again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOT = Path(__file__).parents[2]
REPORT = ROOT / "artefacts" / "coverage.json"
FLOOR = 92.0
"""Per cent of the branches of scraper/ and of server/, and what every file below is named for."""


@dataclass(frozen=True, slots=True)
class Count:
    """Branches of a file or of a folder: how many there are, and how many no test took."""

    branches: int
    missed: int

    def __add__(self, other: Count) -> Count:
        return Count(self.branches + other.branches, self.missed + other.missed)

    @property
    def percent(self) -> float:
        """100 where there is nothing to branch."""
        return 100.0 * (self.branches - self.missed) / self.branches if self.branches else 100.0

    def __str__(self) -> str:
        return f"{self.percent:5.1f} % of {self.branches:5d} branches, {self.missed:4d} not taken"


Files = Mapping[str, Count]
"""By path as in the repository: `scraper/sync.py`."""


def files(report: str) -> dict[str, Count]:
    """What coverage's JSON report says of each file of ours."""
    found = json.loads(report)["files"].items()
    return {
        Path(name).as_posix(): Count(one["summary"]["num_branches"], one["summary"]["missing_branches"])
        for name, one in found
    }


def folders(counted: Files) -> dict[str, Count]:
    """Each folder by itself, and the two packages with all that lies in them: `scraper`, `scraper/*`, …"""
    sums: dict[str, Count] = {}
    for name, count in counted.items():
        path = PurePosixPath(name)
        for folder in (path.parts[0], f"{path.parent}/*"):
            sums[folder] = sums.get(folder, Count(0, 0)) + count
    return dict(sorted(sums.items()))


def below(counted: Files) -> dict[str, Count]:
    """What is under the floor, the worst first."""
    low = [(name, count) for name, count in counted.items() if count.percent < FLOOR]
    return dict(sorted(low, key=lambda one: (one[1].percent, one[0])))


def lines(report: str) -> dict[str, list[str]]:
    """Per file the branches not taken, as "12 -> 15"; "12 -> end" leaves the function."""
    return {
        Path(name).as_posix(): [
            f"{start} -> {end if end > 0 else 'end'}" for start, end in one["missing_branches"]
        ]
        for name, one in json.loads(report)["files"].items()
    }


def told(report: str) -> str:
    """The figures for reading: the packages and their folders, then the files below the floor with their branches."""
    counted, missed = files(report), lines(report)
    said = [f"{name:28} {count}" for name, count in folders(counted).items()]
    low = below(counted)
    said.append(f"\n{len(low)} files below {FLOOR:.0f} %" + (":" if low else ""))
    for name, count in low.items():
        said += [f"{name:40} {count}", f"    {', '.join(missed[name])}"]
    return "\n".join(said)


def enough(report: str) -> bool:
    """Whether both packages as a whole are at the floor or above. False where one is not in the report at all."""
    sums = folders(files(report))
    return all(name in sums and sums[name].percent >= FLOOR for name in ("scraper", "server"))


def measure(arguments: list[str]) -> int:
    """Run the suite under coverage, with pytest's own arguments, and write the report; pytest's exit code.

    Raises subprocess.CalledProcessError where coverage itself fails; it has then said why.
    """
    coverage = [sys.executable, "-m", "coverage"]
    subprocess.run([*coverage, "erase"], cwd=ROOT, check=True)
    tested = subprocess.run([*coverage, "run", "-m", "pytest", *arguments], cwd=ROOT, check=False)
    REPORT.parent.mkdir(exist_ok=True)
    for step in (("combine", "--quiet"), ("json", "--quiet", "-o", str(REPORT))):
        subprocess.run([*coverage, *step], cwd=ROOT, check=True)
    return tested.returncode


def main(arguments: list[str]) -> int:
    """Measure and tell. 1 where a test failed or a package is below the floor."""
    failed = 0 if arguments == ["--report"] else measure(arguments)
    report = REPORT.read_text(encoding="utf-8")
    print(told(report))
    return int(bool(failed) or not enough(report))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
