"""Each scheduler's own tool: what it is asked, and what becomes of its refusals."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Sequence
from datetime import time
from pathlib import Path

import pytest

from scraper.nightly_ways import (
    NAME,
    Cron,
    Job,
    Launchd,
    NightlyError,
    Systemd,
    TaskScheduler,
    run_command,
    schedulers,
)
from scraper.settings import Home
from tests.sync.test_nightly import Machine

JOB = Job(time(2, 41), ("intown", "nightly", "run"), {"INTOWN_HOME": "/x"})


class Tool:
    """A scheduler's tool that answers with these codes in turn, the last one for ever."""

    def __init__(self, *codes: int) -> None:
        self.codes = list(codes)
        self.calls: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
        self.calls.append(tuple(command))
        code = self.codes.pop(0) if len(self.codes) > 1 else self.codes[0]
        return subprocess.CompletedProcess(list(command), code, "", "it says no" if code else "")


def test_a_tool_that_is_not_there_or_hangs(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(NightlyError, match=r"/no/such/tool could not be run \(FileNotFoundError\)"):
        run_command(["/no/such/tool"])

    def hang(*_: object, **__: object) -> None:
        raise subprocess.TimeoutExpired("x", 30)

    monkeypatch.setattr(subprocess, "run", hang)
    with pytest.raises(NightlyError, match="TimeoutExpired"):
        run_command(["crontab", "-l"])


def test_a_tool_gets_what_it_is_given() -> None:
    assert run_command(["cat"], "a line").stdout == "a line"


@pytest.mark.parametrize(("code", "usable"), [(0, True), (1, False)])
def test_systemd_is_usable_where_the_persons_own_manager_answers(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, code: int, usable: bool
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/bin/systemctl")
    monkeypatch.setattr(sys, "platform", "linux")
    tool = Tool(code)
    assert Systemd(tmp_path, tool).usable() is usable
    assert tool.calls == [("systemctl", "--user", "show-environment")]
    monkeypatch.setattr(shutil, "which", lambda _: None)
    assert not Systemd(tmp_path, tool).usable()
    monkeypatch.setattr(sys, "platform", "darwin")
    assert not Systemd(tmp_path, tool).usable()
    assert len(tool.calls) == 1


def test_systemd_keeps_its_files_where_it_could_not_be_switched_off(tmp_path: Path) -> None:
    Systemd(tmp_path, Tool(0)).install(JOB)
    refusing = Systemd(tmp_path, Tool(1))
    with pytest.raises(NightlyError, match="systemctl said: it says no"):
        refusing.remove()
    assert refusing.installed()
    willing = Tool(0)
    Systemd(tmp_path, willing).remove()
    assert list(tmp_path.iterdir()) == []
    assert [call[2] for call in willing.calls] == ["disable", "daemon-reload"]
    Systemd(tmp_path, willing).remove()
    assert len(willing.calls) == 2, "there is nothing to remove any more"


def test_systemd_looks_where_the_person_keeps_settings(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    Systemd(run=Tool(0)).install(JOB)
    assert (tmp_path / "systemd" / "user" / f"{NAME}.timer").exists()


def test_a_command_with_a_line_break_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NightlyError, match="line break"):
        Systemd(tmp_path, Tool(0)).install(Job(time(2), ("a\nExecStart=evil",), {}))


def test_cron(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/crontab")
    machine = Machine("5 4 * * * backup\n")
    way = Cron(machine)
    assert way.usable()
    way.remove()
    assert ("crontab", "-") not in machine.calls, "nothing of ours: the table is not written"
    way.install(JOB)
    assert way.installed()
    way.remove()
    assert machine.crontab == "5 4 * * * backup\n"
    monkeypatch.setattr(sys, "platform", "win32")
    assert not way.usable()


def test_launchd(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    refusing = Launchd(tmp_path, Tool(0, 1))
    refusing.install(JOB)
    with pytest.raises(NightlyError, match="launchctl said"):
        refusing.remove()
    assert refusing.installed()
    assert refusing.usable() is (sys.platform == "darwin")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert refusing.usable()


def test_windows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tool = Tool(0)
    way = TaskScheduler(tmp_path, tool)
    way.install(JOB)
    assert tool.calls[0][:5] == ("schtasks", "/Create", "/F", "/TN", NAME)
    assert list(tmp_path.iterdir()) == [], "the description is not left behind"
    assert way.installed()
    way.remove()
    assert tool.calls[-1] == ("schtasks", "/Delete", "/F", "/TN", NAME)
    absent = TaskScheduler(tmp_path, Tool(1))
    assert not absent.installed()
    absent.remove()
    with pytest.raises(NightlyError, match="schtasks said"):
        absent.install(JOB)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(sys, "platform", "win32")
    assert way.usable()


def test_all_there_are(home: Home) -> None:
    assert [way.name for way in schedulers(home)] == ["systemd", "launchd", "task scheduler", "cron"]
