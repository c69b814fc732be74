"""The schedulers of the systems: a systemd user timer, a crontab line, a launchd agent, a Windows task.

Each class writes and removes exactly its own entry and knows how its system wants things escaped.
"""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import time
from pathlib import Path
from typing import Protocol
from xml.sax.saxutils import escape

from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store_files import write_durably

NAME = "intown-nightly"
LABEL = "local.intown.nightly"

Run = Callable[[Sequence[str], str], "subprocess.CompletedProcess[str]"]


class NightlyError(InTownError):
    """The scheduler did not take the entry; the sentence holds its reason."""


def run_command(command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
    """Run a scheduler's own tool. Raises NightlyError when it is not there or hangs."""
    try:
        return subprocess.run(
            list(command), input=given, capture_output=True, text=True, timeout=30, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NightlyError(f"{command[0]} could not be run ({type(error).__name__}).") from error


@dataclass(frozen=True, slots=True)
class Job:
    """What runs and when: `at` local time, `command` without a shell, `environment` what it must know."""

    at: time
    command: tuple[str, ...]
    environment: dict[str, str]


class Scheduler(Protocol):
    name: str

    def usable(self) -> bool:
        """Whether this machine has it and it works for this user now."""

    def install(self, job: Job) -> None:
        """Enter the job, in place of an older one. Raises NightlyError."""

    def remove(self) -> None:
        """Take the entry away; nothing happens if there is none. Raises NightlyError."""

    def installed(self) -> bool:
        """Whether the entry is there, as the machine itself says."""


class Systemd:
    """A user timer. `Persistent` catches up what was missed while the machine was off."""

    name = "systemd"

    def __init__(self, folder: Path | None = None, run: Run = run_command) -> None:
        config = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
        self._folder = folder or Path(config) / "systemd" / "user"
        self._run = run

    def usable(self) -> bool:
        if not sys.platform.startswith("linux") or shutil.which("systemctl") is None:
            return False
        return self._run(["systemctl", "--user", "show-environment"], "").returncode == 0

    def units(self, job: Job) -> dict[str, str]:
        """The two unit files by name. `%` and quotes are escaped as systemd.unit(5) asks."""
        # Only a command line expands "$"; an Environment= line takes it as it is.
        command = " ".join(_unit_word(word).replace("$", "$$") for word in job.command)
        settings = "".join(
            f"Environment={_unit_word(f'{name}={value}')}\n" for name, value in job.environment.items()
        )
        service = (
            "[Unit]\nDescription=InTown reads the portals once\n\n"
            f"[Service]\nType=oneshot\n{settings}ExecStart={command}\n"
            # 1 and 3 are answers (a portal was down, a portal needs you), not failures of the unit.
            "SuccessExitStatus=1 3\nTimeoutStartSec=90min\n"
        )
        timer = (
            "[Unit]\nDescription=InTown every night\n\n"
            f"[Timer]\nOnCalendar=*-*-* {job.at:%H:%M}:00\nPersistent=true\nAccuracySec=1min\n\n"
            "[Install]\nWantedBy=timers.target\n"
        )
        return {f"{NAME}.service": service, f"{NAME}.timer": timer}

    def install(self, job: Job) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        for name, text in self.units(job).items():
            write_durably(self._folder / name, [text.encode()])
        _checked(self._run(["systemctl", "--user", "daemon-reload"], ""))
        _checked(self._run(["systemctl", "--user", "enable", "--now", f"{NAME}.timer"], ""))

    def remove(self) -> None:
        if not self.installed():
            return
        _checked(self._run(["systemctl", "--user", "disable", "--now", f"{NAME}.timer"], ""))
        for ending in ("service", "timer"):
            (self._folder / f"{NAME}.{ending}").unlink(missing_ok=True)
        _checked(self._run(["systemctl", "--user", "daemon-reload"], ""))

    def installed(self) -> bool:
        return (self._folder / f"{NAME}.timer").exists()


class Cron:
    """One line in the user's crontab. Cron forgets nights that the machine slept through, so the line runs
    every hour and `intown nightly run` does nothing unless a night is due."""

    name = "cron"

    def __init__(self, run: Run = run_command) -> None:
        self._run = run

    def usable(self) -> bool:
        return sys.platform != "win32" and shutil.which("crontab") is not None

    def line(self, job: Job) -> str:
        """The crontab line. A `%` would end the command (crontab(5)), so it is escaped."""
        settings = [f"{name}={shlex.quote(value)}" for name, value in job.environment.items()]
        command = " ".join([*settings, *(shlex.quote(word) for word in job.command)])
        return f"{job.at.minute} * * * * {command} # {NAME}".replace("%", r"\%")

    def install(self, job: Job) -> None:
        self._write([*self._others(), self.line(job)])

    def remove(self) -> None:
        if self.installed():
            self._write(self._others())

    def installed(self) -> bool:
        return any(_ours(line) for line in self._lines())

    def _lines(self) -> list[str]:
        listed = self._run(["crontab", "-l"], "")
        if listed.returncode and "no crontab" not in listed.stderr.lower():
            # Never write over a table that could not be read.
            raise NightlyError(f"crontab could not be read: {listed.stderr.strip()[:200]}")
        return listed.stdout.splitlines() if listed.returncode == 0 else []

    def _others(self) -> list[str]:
        return [line for line in self._lines() if not _ours(line)]

    def _write(self, lines: list[str]) -> None:
        _checked(self._run(["crontab", "-"], "".join(f"{line}\n" for line in lines)))


class Launchd:
    """A launch agent of the user. launchd runs a night that was slept through when the Mac wakes, once."""

    name = "launchd"

    def __init__(self, folder: Path | None = None, run: Run = run_command) -> None:
        self._file = (folder or Path.home() / "Library" / "LaunchAgents") / f"{LABEL}.plist"
        self._run = run

    def usable(self) -> bool:
        return sys.platform == "darwin"

    def plist(self, job: Job) -> bytes:
        return plistlib.dumps(
            {
                "Label": LABEL,
                "ProgramArguments": list(job.command),
                "EnvironmentVariables": job.environment,
                "StartCalendarInterval": {"Hour": job.at.hour, "Minute": job.at.minute},
                "ProcessType": "Background",
            }
        )

    def install(self, job: Job) -> None:
        self.remove()
        self._file.parent.mkdir(parents=True, exist_ok=True)
        write_durably(self._file, [self.plist(job)])
        _checked(self._run(["launchctl", "load", "-w", str(self._file)], ""))

    def remove(self) -> None:
        if self.installed():
            _checked(self._run(["launchctl", "unload", "-w", str(self._file)], ""))
            self._file.unlink()

    def installed(self) -> bool:
        return self._file.exists()


class TaskScheduler:
    """A Windows task of the user. `StartWhenAvailable` catches a missed night up."""

    name = "task scheduler"

    def __init__(self, folder: Path | None = None, run: Run = run_command) -> None:
        self._folder = folder
        self._run = run

    def usable(self) -> bool:
        return sys.platform == "win32"

    def xml(self, job: Job) -> str:
        """The task in the schema of Task Scheduler 1.2. Variables go through `cmd`, for a task has none."""
        settings = "".join(f'set "{name}={value}" && ' for name, value in job.environment.items())
        program = f'/d /c "{settings}{subprocess.list2cmdline(job.command)}"'
        return (
            '<?xml version="1.0" encoding="UTF-16"?>\n'
            '<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">'
            "<Triggers><CalendarTrigger>"
            f"<StartBoundary>2024-01-01T{job.at:%H:%M}:00</StartBoundary>"
            "<ScheduleByDay><DaysInterval>1</DaysInterval></ScheduleByDay></CalendarTrigger></Triggers>"
            "<Settings><MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>"
            "<DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>"
            "<StartWhenAvailable>true</StartWhenAvailable><ExecutionTimeLimit>PT90M</ExecutionTimeLimit></Settings>"
            f"<Actions><Exec><Command>cmd</Command><Arguments>{escape(program)}</Arguments></Exec></Actions></Task>"
        )

    def install(self, job: Job) -> None:
        assert self._folder is not None
        path = self._folder / f"{NAME}.xml"
        path.write_text(self.xml(job), encoding="utf-16")
        try:
            _checked(self._run(["schtasks", "/Create", "/F", "/TN", NAME, "/XML", str(path)], ""))
        finally:
            path.unlink(missing_ok=True)

    def remove(self) -> None:
        if self.installed():
            _checked(self._run(["schtasks", "/Delete", "/F", "/TN", NAME], ""))

    def installed(self) -> bool:
        return self._run(["schtasks", "/Query", "/TN", NAME], "").returncode == 0


def schedulers(home: Home) -> tuple[Scheduler, ...]:
    """All there are, best first."""
    return (Systemd(), Launchd(), TaskScheduler(home.make().cache), Cron())


def _ours(line: str) -> bool:
    return line.rstrip().endswith(f"# {NAME}")


def _unit_word(word: str) -> str:
    if re.search(r"[\n\r]", word):
        raise NightlyError("A path with a line break cannot stand in a unit file.")
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%") + '"'


def _checked(done: subprocess.CompletedProcess[str]) -> None:
    if done.returncode:
        raise NightlyError(f"{done.args[0]} said: {(done.stderr or done.stdout).strip()[:200]}")
