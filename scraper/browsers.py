"""Which browser to use. Knows where each system keeps Chrome, Chromium and Edge; starts nothing.

Order: `INTOWN_BROWSER`, Playwright's own, an installed Chrome, Chromium or Edge. Run as a module it prints
the path it found, or exits with 1: `run.py` asks it that way.
"""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

# Program names on the PATH, best first (Linux, and macOS with Homebrew).
COMMANDS = (
    "google-chrome-stable",
    "google-chrome",
    "chromium",
    "chromium-browser",
    "microsoft-edge-stable",
    "microsoft-edge",
)
MAC_APPS = (
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Chromium.app/Contents/MacOS/Chromium",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
WINDOWS_APPS = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
PLAYWRIGHT_PROGRAMS = (
    "chromium-*/chrome-linux*/chrome",
    "chromium-*/chrome-mac*/*.app/Contents/MacOS/*",
    "chromium-*/chrome-win*/chrome.exe",
)


def find_browser() -> str | None:
    """The path of the browser to use, or None where there is none.

    `INTOWN_BROWSER` is taken at its word only if the file exists; a wrong path is not silently replaced.
    """
    chosen = os.environ.get("INTOWN_BROWSER")
    if chosen:
        return chosen if Path(chosen).is_file() else None
    return playwrights_own() or installed()


def playwrights_own() -> str | None:
    """Playwright's own Chromium, newest first, looked up on the disk: starting its driver takes half a second."""
    folder = playwright_folder()
    found = [path for pattern in PLAYWRIGHT_PROGRAMS for path in folder.glob(pattern) if path.is_file()]
    return str(max(found, key=lambda path: path.stat().st_mtime)) if found else None


def playwright_folder() -> Path:
    """Where Playwright keeps its browsers (its documented defaults per system)."""
    if moved := os.environ.get("PLAYWRIGHT_BROWSERS_PATH"):
        return Path(moved)
    if sys.platform == "darwin":
        return Path.home() / "Library/Caches/ms-playwright"
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData/Local")) / "ms-playwright"
    return Path.home() / ".cache/ms-playwright"


def installed() -> str | None:
    """The person's own Chrome, Chromium or Edge."""
    for folder, names in app_folders():
        for name in names:
            if (folder / name).is_file():
                return str(folder / name)
    return next((path for command in COMMANDS if (path := shutil.which(command))), None)


def app_folders() -> list[tuple[Path, tuple[str, ...]]]:
    """Folders that hold programs on macOS and Windows, with the programs to look for."""
    if sys.platform == "darwin":
        return [(Path("/Applications"), MAC_APPS), (Path.home() / "Applications", MAC_APPS)]
    if sys.platform == "win32":
        variables = ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA")
        return [(Path(os.environ[name]), WINDOWS_APPS) for name in variables if name in os.environ]
    return []


if __name__ == "__main__":
    path = find_browser()
    if path is None:
        sys.exit(1)
    sys.stdout.write(path + "\n")
