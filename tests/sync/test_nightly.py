"""The nights: when one is due, and that each scheduler's entry is what that scheduler understands."""

from __future__ import annotations

import os
import plistlib
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper import nightly
from scraper.nightly import Nights, is_due, last_due
from scraper.nightly_ways import NAME, Cron, Job, Launchd, NightlyError, Systemd, TaskScheduler
from scraper.settings import Home
from tests.sync.ways import Way

AWKWARD = "/home/o'brien/100% mine $HOME/py thon"
JOB = Job(
    time(2, 41),
    (sys.executable, "-c", "print('night')", "a b", '50% "x" $Y'),
    {"INTOWN_HOME": AWKWARD},
)
NIGHTS = Nights("cron", "02:30", "2026-03-01T12:00:00+00:00")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, "2026-03-01T12:01", False),  # just switched on: no stampede
        (None, "2026-03-02T02:29", False),
        (None, "2026-03-02T02:30", True),
        ("2026-03-02T02:31", "2026-03-02T03:31", False),  # hourly turns do nothing more
        ("2026-03-02T02:31", "2026-03-03T02:31", True),
        ("2026-03-02T02:31", "2026-03-09T08:00", True),  # a week asleep: one run
        ("2026-03-09T08:00", "2026-03-09T09:00", False),  # ... and only one
        ("2026-03-09T08:00", "2026-03-08T08:00", False),  # the clock was set back
    ],
)
def test_when_a_night_is_due(last: str | None, now: str, due: bool) -> None:
    assert is_due(NIGHTS, at(last) if last else None, at(now)) is due


def test_the_night_in_which_the_clocks_change_counts_once() -> None:
    zone = ZoneInfo("America/New_York")
    nights = Nights("cron", "01:30", "2026-10-31T12:00:00-04:00")
    runs, last = 0, None
    moment = datetime(2026, 10, 31, 20, 0, tzinfo=UTC)
    for _ in range(24):  # 1 November 2026: 01:30 comes twice
        moment += timedelta(hours=1)
        if is_due(nights, last, moment.astimezone(zone)):
            runs, last = runs + 1, moment
    assert runs == 1


@given(
    start=st.datetimes(datetime(2026, 3, 2), datetime(2026, 4, 1), timezones=st.just(UTC)),
    sleeps=st.lists(st.integers(1, 24 * 8), min_size=1, max_size=40),
)
def test_every_missed_stretch_is_caught_up_exactly_once(start: datetime, sleeps: list[int]) -> None:
    now, last = start, None
    for hours in sleeps:
        now += timedelta(hours=hours)
        missed = last_due(NIGHTS, now) > (last or at("2026-03-01T12:00"))
        assert is_due(NIGHTS, last, now) is missed
        if missed:
            last = now
            assert not is_due(NIGHTS, last, now)


class Machine:
    """A scheduler's own tools, as far as we use them: remembers what it was told."""

    def __init__(self, crontab: str = "", error: str = "") -> None:
        self.crontab = crontab
        self.error = error
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
        self.calls.append(tuple(command))
        if self.error:
            return subprocess.CompletedProcess(list(command), 1, "", self.error)
        if list(command) == ["crontab", "-l"]:
            nothing = not self.crontab
            return subprocess.CompletedProcess(
                list(command), int(nothing), self.crontab, "no crontab for me" if nothing else ""
            )
        if list(command) == ["crontab", "-"]:
            self.crontab = given
        return subprocess.CompletedProcess(list(command), 0, "", "")


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    way = Systemd(tmp_path, Machine())
    way.install(JOB)
    assert way.installed()
    timer = (tmp_path / f"{NAME}.timer").read_text()
    assert "OnCalendar=*-*-* 02:41:00" in timer
    assert "Persistent=true" in timer
    checker = shutil.which("systemd-analyze")
    if checker:  # the system's own word, where there is one
        units = [str(tmp_path / f"{NAME}.{ending}") for ending in ("service", "timer")]
        checked = subprocess.run(
            [checker, "--user", "verify", *units],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
        )
        assert NAME not in checked.stderr, checked.stderr
        when = subprocess.run(
            [checker, "calendar", "*-*-* 02:41:00"], capture_output=True, text=True, check=False
        )
        assert when.returncode == 0
    way.remove()
    assert list(tmp_path.glob(f"{NAME}*")) == []


def test_systemd_escapes_what_systemd_would_expand() -> None:
    service = Systemd(Path("/nowhere"), Machine()).units(JOB)[f"{NAME}.service"]
    assert 'Environment="INTOWN_HOME=/home/o\'brien/100%% mine $HOME/py thon"' in service
    assert '"50%% \\"x\\" $$Y"' in service
    with pytest.raises(NightlyError):
        Systemd(Path("/nowhere"), Machine()).units(Job(time(2), ("a\nb",), {}))


def test_cron_keeps_other_lines_and_runs_ours(tmp_path: Path) -> None:
    others = "MAILTO=me\n5 4 * * * backup # mine\n"
    machine = Machine(others)
    way = Cron(machine)
    script = "import os, sys; open(sys.argv[1], 'w').write(os.environ['INTOWN_HOME'] + sys.argv[2])"
    out = tmp_path / "it ran"
    way.install(
        Job(time(2, 41), (sys.executable, "-c", script, str(out), "50% $Y"), {"INTOWN_HOME": AWKWARD})
    )
    way.install(
        Job(time(2, 41), (sys.executable, "-c", script, str(out), "50% $Y"), {"INTOWN_HOME": AWKWARD})
    )
    assert machine.crontab.startswith(others)
    (line,) = [line for line in machine.crontab.splitlines() if NAME in line]
    assert way.installed()
    # As cron does it: the five fields off, "\%" to "%", the rest to /bin/sh in a bare environment.
    command = line.split(" ", 5)[5].replace("\\%", "%")
    subprocess.run(["/bin/sh", "-c", command], cwd="/", env={"PATH": "/usr/bin:/bin"}, check=True)
    assert out.read_text() == AWKWARD + "50% $Y"
    way.remove()
    assert machine.crontab == others


def test_a_crontab_that_cannot_be_read_is_never_written_over() -> None:
    machine = Machine("5 4 * * * backup\n", error="you are not allowed to use this program")
    with pytest.raises(NightlyError, match="not allowed"):
        Cron(machine).install(JOB)
    assert ("crontab", "-") not in machine.calls


def test_launchd_and_windows_entries_are_well_formed(tmp_path: Path) -> None:
    way = Launchd(tmp_path, Machine())
    way.install(JOB)
    (path,) = tmp_path.glob("*.plist")
    agent = plistlib.loads(path.read_bytes())
    assert agent["ProgramArguments"] == list(JOB.command)
    assert agent["EnvironmentVariables"] == JOB.environment
    assert agent["StartCalendarInterval"] == {"Hour": 2, "Minute": 41}
    way.remove()
    assert not way.installed()
    text = TaskScheduler(tmp_path, Machine()).xml(JOB)
    task = ET.fromstring(text.split("\n", 1)[1])  # noqa: S314 - our own text
    spaces = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    assert task.findtext(".//t:StartWhenAvailable", namespaces=spaces) == "true"
    assert task.findtext(".//t:StartBoundary", namespaces=spaces) == "2024-01-01T02:41:00"
    assert "INTOWN_HOME" in (task.findtext(".//t:Arguments", namespaces=spaces) or "")


class Usable(Cron):
    def usable(self) -> bool:
        return True


def test_switching_on_and_off(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PASSPHRASE", "never in a unit file")
    machine = Machine()
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    made = nightly.switch_on(home, time(23, 50), now, [Usable(machine)])
    assert nightly.nights(home) == made
    spread = datetime.combine(now.date(), made.time) - datetime.combine(now.date(), time(23, 50))
    assert spread % timedelta(days=1) < timedelta(minutes=nightly.SPREAD_MINUTES)
    assert "never in a unit file" not in machine.crontab
    assert f"INTOWN_HOME={os.environ['INTOWN_HOME']}" in machine.crontab
    nightly.switch_off(home, [Usable(machine)])
    assert nightly.nights(home) is None
    assert machine.crontab == ""


def test_a_machine_without_any_scheduler_says_so(home: Home) -> None:
    with pytest.raises(NightlyError, match="no scheduler"):
        nightly.switch_on(home, time(2), datetime.now(UTC), [])
    assert nightly.nights(home) is None


def test_an_entry_of_another_scheduler_goes_and_those_out_of_reach_are_left(home: Home) -> None:
    """Whoever moved from cron to systemd is not visited twice a night."""
    chosen, before, out_of_reach = (Way("systemd", there=False), Way("cron"), Way("launchd", works=False))
    nightly.switch_on(home, time(2), datetime.now(UTC), [chosen, before, out_of_reach])
    assert (chosen.there, before.there, out_of_reach.there) == (True, False, True)
    nightly.switch_off(home, [chosen, before, out_of_reach])
    assert (chosen.there, before.there, out_of_reach.there) == (False, False, True)
    assert nightly.nights(home) is None
