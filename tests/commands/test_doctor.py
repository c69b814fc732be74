"""`intown doctor` as a whole: a line each, its exit code, and looks that fail or hang."""

from __future__ import annotations

import json
import stat
import threading
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.outcomes import InTownError
from scraper.settings import Home
from server.commands import doctor as command
from server.health import examine as examining
from server.health.examine import LOOKS, Look, examine
from server.health.findings import Finding, Patient, State
from tests.commands.conftest import Run, sentence
from tests.portable.homes import furnished

NOW = datetime(2027, 8, 13, 15, 0, tzinfo=UTC)
OK = Finding("one", State.OK, "Well.")
ATTENTION = Finding(
    "two",
    State.ATTENTION,
    "Not so well, and it takes a whole long sentence of many words to say so.",
    "intown fix --it --with 'a command that is longer than the line of a terminal is wide'",
)
BROKEN = Finding("three", State.BROKEN, "Broken by \x1b[2J[red]somebody[/red].", "intown mend")


def pretend(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> None:
    monkeypatch.setattr(command, "examine", lambda _: list(findings))


@pytest.mark.parametrize(
    ("findings", "code", "words"),
    [
        ((OK,), 0, "All is well."),
        ((OK, ATTENTION), 3, "Nothing is broken; 1 could do with attention."),
        ((OK, BROKEN), 1, "1 broken."),
        ((OK, BROKEN, ATTENTION), 1, "1 broken, 1 need attention."),
    ],
)
def test_what_it_ends_with(
    run: Run, monkeypatch: pytest.MonkeyPatch, findings: tuple[Finding, ...], code: int, words: str
) -> None:
    pretend(monkeypatch, *findings)
    done = run("doctor")
    assert (done.exit_code, done.output.splitlines()[-1]) == (code, words)


def test_how_it_looks_in_80_columns(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, OK, ATTENTION, BROKEN)
    lines = run("doctor").output.splitlines()
    assert lines[0] == "  ok         one    Well."
    assert lines[1].startswith("  attention  two    Not so well")
    assert f"                    → {ATTENTION.fix}" in lines, "a command stays whole"
    assert max(len(line) for line in lines if "→" not in line) <= 80
    assert r"\x1b[2J[red]somebody[/red]" in "\n".join(lines)


def test_for_scripts(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    pretend(monkeypatch, OK, BROKEN)
    done = run("doctor", "--json")
    said = json.loads(done.stdout)
    assert (done.exit_code, said["state"]) == (1, "broken")
    assert said["checks"][0] == {"name": "one", "state": "ok", "text": "Well.", "fix": "", "facts": {}}


@pytest.mark.browser
def test_the_whole_of_it_changes_nothing(run: Run, home: Home) -> None:
    furnished(home)
    before = {path: path.read_bytes() for path in home.data.parent.rglob("*") if path.is_file()}
    done = run("doctor", "--json", "--port", "1")
    said = json.loads(done.stdout)
    names = [check["name"] for check in said["checks"]]
    assert set(LOOKS) - {"lists"} <= set(names)
    assert not [check for check in said["checks"] if "failed" in check["facts"]], said
    after = {path: path.read_bytes() for path in home.data.parent.rglob("*") if path.is_file()}
    assert {path for path in after if ".lock" not in path.name and "places" not in path.name} == {
        path for path in before if ".lock" not in path.name
    }
    assert {path: after[path] for path in before} == before


def test_a_report(run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, home: Home) -> None:
    furnished(home)
    pretend(monkeypatch, OK)
    out = tmp_path / "report.zip"
    done = run("doctor", "--bundle", str(out))
    assert done.exit_code == 0, done.output
    assert "Look through it before you share it" in done.output
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    assert "report.json" in zipfile.ZipFile(out).namelist()
    assert "is there already" in sentence(run("doctor", "--bundle", str(out)))
    assert run("doctor", "--bundle", str(out), "--force", "--json").exit_code == 0


# --- looks that fail


@pytest.fixture
def patient(home: Home) -> Patient:
    return Patient(home, 1, NOW)


def fails(_: Patient) -> list[Finding]:
    raise KeyError("Lakeshore")


def says(_: Patient) -> list[Finding]:
    raise InTownError("A sentence for a person.")


def well(_: Patient) -> list[Finding]:
    return [OK]


def test_one_look_that_fails_stops_no_other(patient: Patient) -> None:
    looks: Mapping[str, Look] = {"a": fails, "b": well, "c": says, "d": lambda _: []}
    a, b, c = examine(patient, looks)
    assert (a.state, a.facts) == (State.BROKEN, {"failed": "KeyError"})
    assert "Lakeshore" not in a.text
    assert b is OK
    assert (c.state, c.text) == (State.BROKEN, "A sentence for a person.")


def test_one_look_that_hangs_stops_no_other(patient: Patient) -> None:
    release = threading.Event()

    def hangs(_: Patient) -> list[Finding]:
        release.wait()
        return [OK]

    found = examine(patient, {"a": hangs, "b": well}, patience=0.2)
    release.set()
    assert [(finding.name, finding.state) for finding in found] == [("a", State.BROKEN), ("one", State.OK)]
    assert found[0].facts == {"failed": "timeout"}


def test_a_store_that_cannot_be_opened_leaves_the_other_looks(
    run: Run, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    home.store.mkdir()
    monkeypatch.setattr(examining, "LOOKS", {name: LOOKS[name] for name in LOOKS if name != "browser"})
    found = examine(Patient(home, 1, NOW), examining.LOOKS)
    states = {finding.name: finding.state for finding in found}
    assert states["store"] is State.BROKEN
    assert states["versions"] is State.OK
    assert states["folders"] is not State.BROKEN
