"""Fixtures for every test: a home of its own, and a browser that exists on this machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from scraper.settings import Home


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test ever sees the files of the person who runs it, nor the network settings of the machine."""
    monkeypatch.setenv("INTOWN_HOME", str(tmp_path / "home"))
    for name in ("INTOWN_PROXY", "INTOWN_CA_FILE", "INTOWN_TRUSTED_SPKI"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def home() -> Home:
    """A fresh, empty home."""
    return Home.find().make()


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """pytest-playwright's own fixture, told which browser to use (run.py sets INTOWN_BROWSER)."""
    arguments = dict(browser_type_launch_args)
    if path := os.environ.get("INTOWN_BROWSER") or default_browser():
        arguments["executable_path"] = path
    # As root Chromium has no sandbox to offer; an ordinary user keeps theirs.
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    arguments["args"] = [*arguments.get("args", []), *(["--no-sandbox"] if root else [])]
    return arguments


def default_browser() -> str | None:
    """For `pytest` called directly: the browser that the product would choose."""
    from scraper.browsers import find_browser

    return find_browser()
