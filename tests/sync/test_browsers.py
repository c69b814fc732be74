"""Which browser is used, on each system; and what is said where none can be started, or no window shown."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Error

from scraper import browsers
from scraper.browser import NO_BROWSER, NO_DISPLAY, Browsers, _close, has_display, launch_arguments
from scraper.browsers import find_browser
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.settings import Network

VARIABLES = (
    "INTOWN_BROWSER",
    "PLAYWRIGHT_BROWSERS_PATH",
    "PROGRAMFILES",
    "PROGRAMFILES(X86)",
    "LOCALAPPDATA",
)


def program(path: Path) -> Path:
    """A file that can be started."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\nexit 1\n")
    path.chmod(0o755)
    return path


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A person's folder on a machine without any browser."""
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
    home = tmp_path / "person"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("PATH", str(tmp_path / "programs"))
    monkeypatch.setattr(
        browsers, "MAC_APPS", tuple(f"none of this machine/{one}" for one in browsers.MAC_APPS)
    )
    return home


def test_a_machine_without_a_browser_has_none(machine: Path) -> None:
    assert find_browser() is None


def test_the_named_browser_is_taken_at_its_word(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine.parent / "programs" / "chromium")
    chosen = program(machine / "my own")
    monkeypatch.setenv("INTOWN_BROWSER", str(chosen))
    assert find_browser() == str(chosen)
    monkeypatch.setenv("INTOWN_BROWSER", str(chosen) + " and a slip")
    assert find_browser() is None, "another one was taken instead"


def test_the_best_known_program_on_the_path_is_taken(machine: Path) -> None:
    folder = machine.parent / "programs"
    program(folder / "microsoft-edge")
    assert find_browser() == str(folder / "microsoft-edge")
    program(folder / "google-chrome")
    assert find_browser() == str(folder / "google-chrome")


@pytest.mark.parametrize(
    ("platform", "folder"),
    [
        ("linux", ".cache/ms-playwright"),
        ("darwin", "Library/Caches/ms-playwright"),
        ("win32", "AppData/Local/ms-playwright"),
    ],
)
def test_playwrights_own_is_found_where_each_system_keeps_it(
    machine: Path, monkeypatch: pytest.MonkeyPatch, platform: str, folder: str
) -> None:
    program(machine.parent / "programs" / "chromium")
    monkeypatch.setattr(sys, "platform", platform)
    older = program(machine / folder / "chromium-1100/chrome-linux/chrome")
    newer = program(machine / folder / "chromium-1200/chrome-linux64/chrome")
    os.utime(older, (1, 1))
    assert find_browser() == str(newer)


def test_a_folder_of_playwright_that_was_moved(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = program(machine / "elsewhere/chromium-1200/chrome-win/chrome.exe")
    monkeypatch.setenv("PLAYWRIGHT_BROWSERS_PATH", str(machine / "elsewhere"))
    assert find_browser() == str(found)


def test_programs_of_windows_by_the_folders_it_names(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(browsers, "WINDOWS_APPS", ("Google/chrome.exe", "Microsoft/msedge.exe"))
    edge = program(machine / "programs (x86)/Microsoft/msedge.exe")
    monkeypatch.setenv("PROGRAMFILES", str(machine / "programs"))
    monkeypatch.setenv("PROGRAMFILES(X86)", str(machine / "programs (x86)"))
    assert find_browser() == str(edge)


def test_programs_of_macos_also_those_of_the_person(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert find_browser() is None
    chrome = program(machine / "Applications" / browsers.MAC_APPS[0])
    assert find_browser() == str(chrome)


@pytest.mark.parametrize(("there", "code"), [(True, 0), (False, 1)])
def test_run_py_asks_it_as_a_program(machine: Path, there: bool, code: int) -> None:
    found = program(machine.parent / "programs" / "chromium") if there else ""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "scraper.browsers"]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (code, str(found), "")


# --- starting it -------------------------------------------------------------------------------------------


def started(**options: object) -> None:
    """Ask for one tab."""

    async def run() -> None:
        async with Browsers(Network(), **options) as found, found.tab():  # type: ignore[arg-type]  # any option
            pass

    asyncio.run(run())


def test_without_a_browser_it_is_said_how_to_get_one(machine: Path) -> None:
    with pytest.raises(InTownError) as told:
        started()
    assert told.value.sentence == NO_BROWSER


def test_without_a_display_no_window_is_tried(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(machine.parent / "programs" / "chromium")
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(InTownError) as told:
        started(headless=False)
    assert told.value.sentence == NO_DISPLAY


def test_a_program_that_is_no_browser_is_named(machine: Path) -> None:
    found = program(machine.parent / "programs" / "chromium")
    with pytest.raises(InTownError, match="could not be started; set INTOWN_BROWSER") as told:
        started()
    assert str(found) in told.value.sentence


@pytest.mark.parametrize("way", ["cdp", "ws"])
def test_a_browser_elsewhere_that_does_not_answer_is_named_by_its_host_alone(way: str) -> None:
    scheme = "http" if way == "cdp" else "ws"
    with pytest.raises(PortalError, match=r"The browser at 127\.0\.0\.1 cannot be reached\.") as told:
        started(**{way: f"{scheme}://127.0.0.1:9/?token=hush"})
    assert told.value.outcome is Outcome.UNAVAILABLE
    assert "hush" not in str(told.value)


@pytest.mark.parametrize(
    ("platform", "variables", "shown"),
    [
        ("linux", {}, False),
        ("linux", {"DISPLAY": ":0"}, True),
        ("linux", {"WAYLAND_DISPLAY": "wayland-0"}, True),
        ("darwin", {}, True),
        ("win32", {}, True),
    ],
)
def test_where_a_window_can_be_shown(
    monkeypatch: pytest.MonkeyPatch, platform: str, variables: dict[str, str], shown: bool
) -> None:
    monkeypatch.setattr(sys, "platform", platform)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    assert has_display() is shown


@pytest.mark.parametrize(("user", "without"), [(0, True), (1000, False)])
def test_only_root_goes_without_a_sandbox(monkeypatch: pytest.MonkeyPatch, user: int, without: bool) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: user)
    assert ("--no-sandbox" in launch_arguments(Network())) is without


def test_playwrights_own_log_is_off_where_passwords_are_typed(
    machine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBUG", "pw:api")
    with pytest.raises(InTownError):
        started()
    assert "DEBUG" not in os.environ


def test_a_run_that_needed_no_browser_starts_none(machine: Path) -> None:
    async def run() -> Browsers:
        async with Browsers(Network()) as found:
            return found

    assert asyncio.run(run())._playwright is None


# --- what is left behind -----------------------------------------------------------------------------------


class Context:
    """A browser's context that ends as told."""

    def __init__(self, message: str = "") -> None:
        self.message = message

    async def close(self) -> None:
        if self.message:
            raise Error(self.message)


def test_a_tab_that_is_gone_is_closed_and_one_that_stays_open_is_said() -> None:
    for fine in ("", "Target page, context or browser has been closed"):
        context: Any = Context(fine)
        asyncio.run(_close(context))
    stuck: Any = Context("Protocol error")
    with pytest.raises(InTownError, match="could not be closed"):
        asyncio.run(_close(stuck))


class Borrowed:
    """The person's own browser, with or without a window open, and what was done in it."""

    def __init__(self, *, windows: bool, closed_by_person: bool) -> None:
        self.contexts = [self] if windows else []
        self.closed_by_person = closed_by_person
        self.made: list[str] = []

    async def new_context(self) -> Borrowed:
        self.made.append("context")
        return self

    async def new_page(self) -> Borrowed:
        self.made.append("page")
        return self

    def is_closed(self) -> bool:
        return self.closed_by_person

    async def close(self) -> None:
        self.made.append("close")

    def on(self, *_: object) -> None:
        """What the tab listens to is not asked for here."""


@pytest.mark.parametrize(
    ("windows", "closed_by_person", "made"),
    [
        (True, False, ["page", "close"]),
        (True, True, ["page"]),
        (False, False, ["context", "page", "close"]),
    ],
)
def test_of_a_borrowed_browser_only_the_own_tab_is_closed(
    windows: bool, closed_by_person: bool, made: list[str]
) -> None:
    browser: Any = Borrowed(windows=windows, closed_by_person=closed_by_person)

    async def run() -> None:
        async with Browsers(Network(), cdp="http://127.0.0.1:9")._borrowed(browser) as tab:
            assert tab.gate is None

    asyncio.run(run())
    assert browser.made == made


@pytest.mark.parametrize("proxy", ["", "http://127.0.0.1:3128"])
def test_a_remote_browser_goes_through_the_users_proxy_where_there_is_one(proxy: str) -> None:
    asked: dict[str, Any] = {}

    class Remote:
        async def new_context(self, **options: Any) -> Context:
            asked.update(options)
            return Context()

    remote: Any = Remote()
    asyncio.run(Browsers(Network(proxy), ws="ws://x/")._context(remote, None, None))
    assert asked.get("proxy") == ({"server": proxy} if proxy else None)
