"""`run.py coverage`: what it makes of coverage's own report."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from tests.release import branches


def report(**counts: tuple[int, int]) -> str:
    """As coverage writes it: by file (`a__b` is a/b.py) how many branches there are and how many were not taken."""
    return json.dumps(
        {
            "files": {
                f"{name.replace('__', '/')}.py": {
                    "summary": {"num_branches": all_, "missing_branches": missed},
                    "missing_branches": [[10 + number, -3] for number in range(missed)],
                }
                for name, (all_, missed) in counts.items()
            }
        }
    )


def test_folders_are_added_up() -> None:
    found = branches.folders(
        branches.files(report(scraper__sync=(60, 6), scraper__reading__css=(40, 0), server__app=(8, 8)))
    )
    assert {name: f"{count.percent:.0f}" for name, count in found.items()} == {
        "scraper": "94",
        "scraper/*": "90",
        "scraper/reading/*": "100",
        "server": "0",
        "server/*": "0",
    }


@pytest.mark.parametrize(
    ("scraper", "server", "enough"),
    [
        ((100, 8), (50, 4), True),
        ((100, 9), (50, 0), False),
        ((100, 0), (50, 5), False),
        ((0, 0), (0, 0), True),
    ],
)
def test_each_package_has_to_reach_the_floor(
    scraper: tuple[int, int], server: tuple[int, int], enough: bool
) -> None:
    assert branches.enough(report(scraper__sync=scraper, server__app=server)) is enough


def test_a_package_that_was_not_measured_is_not_enough() -> None:
    assert not branches.enough(report(scraper__sync=(10, 0)))


def test_files_below_the_floor_are_told_worst_first_with_their_branches() -> None:
    said = branches.told(
        report(scraper__a=(10, 1), scraper__b=(10, 4), scraper__c=(100, 8), server__d=(0, 0))
    )
    low = said.partition("files below")[2]
    assert low.index("scraper/b.py") < low.index("scraper/a.py")
    assert "10 -> end, 11 -> end, 12 -> end, 13 -> end" in low
    assert "scraper/c.py" not in low
    assert "server/d.py" not in low


@pytest.mark.parametrize(("tests_end", "missed", "code"), [(0, 0, 0), (1, 0, 1), (0, 5, 1)])
def test_it_ends_well_only_if_the_tests_and_the_figures_do(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tests_end: int,
    missed: int,
    code: int,
) -> None:
    started: list[list[str]] = []

    def run(command: list[str], **_: object) -> subprocess.CompletedProcess[str]:
        started.append(command[3:])
        if "json" in command:
            (tmp_path / "out" / "coverage.json").write_text(
                report(scraper__sync=(10, missed), server__app=(10, 0))
            )
        return subprocess.CompletedProcess(command, tests_end if "pytest" in command else 0)

    monkeypatch.setattr(branches, "REPORT", tmp_path / "out" / "coverage.json")
    monkeypatch.setattr(subprocess, "run", run)
    assert branches.main(["-k", "taleo"]) == code
    assert [command[0] for command in started] == ["erase", "run", "combine", "json"]
    assert started[1][-2:] == ["-k", "taleo"]
    first = capsys.readouterr().out
    assert branches.main(["--report"]) == int(missed > 0)
    assert capsys.readouterr().out == first
    assert len(started) == 4, "the figures of the last run are shown without another"
