"""Where each system keeps InTown's folders: those that are empty go, and what is the system's own stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.settings import Home
from server.forgetting.files import OwnFiles

SYSTEMS = {
    "linux": (".local/share/intown", ".cache/intown", ".local/state/intown/log"),
    "macos": ("Library/Application Support/intown", "Library/Caches/intown", "Library/Logs/intown"),
    "windows": ("AppData/Local/intown", "AppData/Local/intown/Cache", "AppData/Local/intown/Logs"),
    "moved": ("mine/data", "mine/cache", "mine/logs"),
}
KEPT = {
    "linux": {".local/share", ".cache", ".local/state"},
    "macos": {"Library/Application Support", "Library/Caches", "Library/Logs"},
    "windows": {"AppData/Local"},
    "moved": set(),
}


@pytest.mark.parametrize("system", SYSTEMS)
def test_no_empty_folder_is_left_and_none_of_the_systems_goes(tmp_path: Path, system: str) -> None:
    home = Home(*(tmp_path / part for part in SYSTEMS[system])).make()
    assert OwnFiles(home).remove_last() == []
    left = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*")}
    assert {path for path in left if "/" in path or path == ".cache"} == KEPT[system]
    assert not [path for path in left if "intown" in path or "mine" in path]


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_folder_with_somebodys_file_in_it_stays(tmp_path: Path, system: str) -> None:
    home = Home(*(tmp_path / part for part in SYSTEMS[system])).make()
    stranger = home.logs.parent / "notes.txt"
    stranger.write_text("mine")
    assert OwnFiles(home).remove_last() == []
    assert stranger.read_text() == "mine"
    assert not home.cache.exists()
