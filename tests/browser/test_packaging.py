"""The zip for the browsers: complete, small, the same every time, and it runs."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from server.commands.extension import build_zip, extension
from tests.browser.conftest import EXTENSION, Extension
from tests.browser.icon import EXTENSION_ID

LARGEST = 300_000


def test_it_holds_what_the_extension_needs_and_no_more(tmp_path: Path) -> None:
    made = build_zip(tmp_path)
    assert made.stat().st_size <= LARGEST
    with zipfile.ZipFile(made) as archive:
        names = set(archive.namelist())
    own = {path.relative_to(EXTENSION).as_posix() for path in EXTENSION.rglob("*") if path.is_file()}
    assert names == own - {"icons/icon.svg"}
    assert {Path(name).suffix for name in names} <= {".js", ".css", ".html", ".json", ".png"}


def test_the_same_source_gives_the_same_file(tmp_path: Path) -> None:
    first, second = build_zip(tmp_path / "a"), build_zip(tmp_path / "b")
    assert first.read_bytes() == second.read_bytes()


def test_the_stores_file_has_no_key(tmp_path: Path) -> None:
    result = CliRunner().invoke(extension, ["build", "--store", "--json", "--out", str(tmp_path)])
    assert result.exit_code == 0
    with zipfile.ZipFile(json.loads(result.stdout)["file"]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert "key" not in manifest
    assert manifest["name"] == "__MSG_app_name__"


def test_firefox_gets_a_manifest_that_it_takes(tmp_path: Path) -> None:
    result = CliRunner().invoke(extension, ["build", "--firefox", "--json", "--out", str(tmp_path)])
    assert result.exit_code == 0
    with zipfile.ZipFile(json.loads(result.stdout)["file"]) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        names = set(archive.namelist())
    own = json.loads((EXTENSION / "manifest.json").read_text())
    assert manifest["background"] == {"scripts": ["worker.js"], "type": "module"}
    assert manifest["browser_specific_settings"]["gecko"]["data_collection_permissions"] == {
        "required": ["none"]
    }
    assert not {"key", "minimum_chrome_version"} & manifest.keys()
    for same in ("permissions", "optional_host_permissions", "content_security_policy", "version"):
        assert manifest[same] == own[same]
    with zipfile.ZipFile(build_zip(tmp_path)) as archive:
        assert set(archive.namelist()) == names


def test_the_path_is_the_folder_to_load() -> None:
    result = CliRunner().invoke(extension, ["path", "--json"])
    assert json.loads(result.stdout) == {"folder": str(EXTENSION)}


@pytest.mark.browser
def test_it_runs_from_the_zip(tmp_path: Path, launch_extension: Callable[..., Extension]) -> None:
    unpacked = tmp_path / "unpacked"
    with zipfile.ZipFile(build_zip(tmp_path)) as archive:
        archive.extractall(unpacked)
    running = launch_extension(unpacked)
    assert running.context.service_workers[0].url == f"chrome-extension://{EXTENSION_ID}/worker.js"
    page = running.tab()
    page.locator('[data-connection="server_off"]').wait_for()
    running.context.close()
