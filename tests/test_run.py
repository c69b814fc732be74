"""run.py: what it installs for which command, and that it does so once."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parent.parent
TOOLS = ["--group", "dev"]


class Newcomer:
    """run.py in an empty folder, with pip and the commands replaced by a list of what would have been started."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        found = importlib.util.spec_from_file_location("run_of_a_newcomer", ROOT / "run.py")
        assert found is not None
        assert found.loader is not None
        self.run: ModuleType = importlib.util.module_from_spec(found)
        found.loader.exec_module(self.run)
        self.started: list[list[str]] = []
        self.code = 0
        self.venv = venv = folder / ".venv"
        for name, value in {
            "ROOT": folder,
            "PYTHON": venv / "python",
            "STAMPS": {part: venv / part for part in self.run.STAMPS},
            "run": self._start,
            "make_venv": self._make_venv,
            "ensure_browser": lambda: self.started.append(["browser"]),
        }.items():
            monkeypatch.setattr(self.run, name, value)
        self.project = folder / "pyproject.toml"
        self.project.write_text("[project]")

    def _start(self, *command: object, quiet: bool = False) -> int:
        self.started.append([str(word) for word in command])
        return self.code

    def _make_venv(self) -> None:
        self.venv.mkdir()
        (self.venv / "python").touch()

    def types(self, *words: str) -> list[list[str]]:
        """What one call of run.py starts."""
        self.started = []
        assert self.run.main(list(words)) == 0
        return self.started


@pytest.fixture
def newcomer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Newcomer:
    return Newcomer(tmp_path, monkeypatch)


def test_a_newcomer_does_not_wait_for_the_developers_tools(newcomer: Newcomer) -> None:
    install, browser, demo = newcomer.types("demo")
    assert install[-2:] == ["--editable", "."]
    assert browser == ["browser"]
    assert demo[1:] == ["-m", "server.cli", "demo"]


def test_nothing_is_installed_twice(newcomer: Newcomer) -> None:
    newcomer.types("demo")
    assert newcomer.types("trip", "list")[0][1:] == ["-m", "server.cli", "trip", "list"]
    upgrade, install, audit = newcomer.types("audit")
    assert "--upgrade" in upgrade
    assert install[-2:] == TOOLS
    assert "pip_audit" in audit
    assert len(newcomer.types("audit")) == 1
    assert len(newcomer.types("trip", "list")) == 1


def test_a_change_of_the_project_is_installed(newcomer: Newcomer) -> None:
    newcomer.types("audit")
    newcomer.project.write_text("[project] # and more")
    assert newcomer.types("portals")[0][-2:] == ["--editable", "."]
    assert newcomer.types("audit")[1][-2:] == TOOLS


def test_an_installation_that_failed_is_said_and_tried_again(
    newcomer: Newcomer, capsys: pytest.CaptureFixture[str]
) -> None:
    newcomer.code = 1
    with pytest.raises(SystemExit):
        newcomer.types("portals")
    assert "the installation failed" in capsys.readouterr().err
    newcomer.code = 0
    assert newcomer.types("portals")[0][-2:] == ["--editable", "."]


@pytest.mark.parametrize(("words", "wanted"), [("sync", True), ("record --help", True), ("doctor", False)])
def test_a_browser_is_looked_for_where_one_is_used(newcomer: Newcomer, words: str, wanted: bool) -> None:
    assert (["browser"] in newcomer.types(*words.split())) is wanted


def test_a_library_that_the_driver_misses_is_fetched_once(
    newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As on a bare Debian, where nothing else needs libatomic1."""
    fetched: list[str] = []

    def fetch(*packages: str) -> bool:
        fetched.extend(packages)
        newcomer.code = 0
        return True

    newcomer._make_venv()
    newcomer.code = 127
    monkeypatch.setattr(newcomer.run, "apt", fetch)
    newcomer.run.ensure_driver()
    newcomer.run.ensure_driver()
    assert fetched == ["libatomic1"]
    assert len(newcomer.started) == 2

    newcomer.project.write_text("[project] # a newer Playwright")
    newcomer.code = 127
    monkeypatch.setattr(newcomer.run, "apt", lambda *_: False)
    with pytest.raises(SystemExit):
        newcomer.run.ensure_driver()
    assert "Playwright does not start" in capsys.readouterr().err


def test_alone_it_says_what_it_can_do(newcomer: Newcomer, capsys: pytest.CaptureFixture[str]) -> None:
    assert newcomer.run.main([]) == 2
    assert "run.py demo" in capsys.readouterr().out
    assert newcomer.started == []


def test_an_old_python_is_told(newcomer: Newcomer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(newcomer.run.sys, "version_info", (3, 10))
    with pytest.raises(SystemExit):
        newcomer.run.main(["demo"])
