"""Where the store may live, as the systems tell it that this machine is not: macOS, BSD, Windows, a bare container."""

from __future__ import annotations

import ctypes
import errno
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath
from types import SimpleNamespace

import pytest

from scraper import store_files, store_place
from scraper.store_files import link_or_copy, sync_folder, write_synced
from scraper.store_place import mounts, network_type, windows_network


def test_the_mounts_of_macos(monkeypatch: pytest.MonkeyPatch) -> None:
    said = "//dana@nas/home on /Volumes/home (smbfs, nodev)\n/dev/disk1 on / (apfs, local)\nmap on nothing\n"
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(
        subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=said, stderr="")
    )
    assert mounts() == [(Path("/Volumes/home"), "smbfs"), (Path("/"), "apfs")]
    assert network_type(Path("/Volumes/home/intown")) == "smbfs"
    assert network_type(Path("/Users/dana")) == ""


def test_a_container_without_proc(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(*_: object, **__: object) -> str:
        raise FileNotFoundError

    monkeypatch.setattr(Path, "read_text", none)
    assert mounts() == []
    assert network_type(Path("/data")) == ""


@pytest.mark.parametrize(("kind", "said"), [(4, "network drive"), (3, "")])
def test_a_drive_letter_that_stands_for_a_share(
    monkeypatch: pytest.MonkeyPatch, kind: int, said: str
) -> None:
    asked: list[str] = []

    def drive_type(root: str) -> int:
        asked.append(root)
        return kind

    monkeypatch.setattr(sys, "platform", "win32")
    kernel = SimpleNamespace(kernel32=SimpleNamespace(GetDriveTypeW=drive_type))
    monkeypatch.setattr(ctypes, "windll", kernel, raising=False)
    assert windows_network(PureWindowsPath(r"Z:\intown")) == said
    assert asked == ["Z:\\"]


def test_windows_is_asked_for_its_own_paths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_place, "os", SimpleNamespace(name="nt"))
    monkeypatch.setattr(store_place, "windows_network", lambda folder: f"asked about {folder.name}")
    assert network_type(Path("/x/intown")) == "asked about intown"


def test_macos_is_asked_to_write_to_the_disk_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import fcntl

    asked: list[int] = []
    monkeypatch.setattr(sys, "platform", "darwin")
    monkeypatch.setattr(fcntl, "F_FULLFSYNC", 51, raising=False)
    monkeypatch.setattr(fcntl, "fcntl", lambda _, call: asked.append(call))
    synced: list[int] = []
    monkeypatch.setattr(os, "fsync", synced.append)
    write_synced(tmp_path / "a", [b"x"])
    assert (asked, synced) == ([51], [])

    def unknown(*_: object) -> None:
        raise OSError(errno.ENOTSUP, "not here")

    monkeypatch.setattr(fcntl, "fcntl", unknown)
    write_synced(tmp_path / "b", [b"x"])
    assert len(synced) == 1


def test_windows_brings_names_to_the_disk_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_files, "os", SimpleNamespace(name="nt"))
    sync_folder(Path("/no/such/folder"))


def test_a_disk_without_second_names_gets_a_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a").write_bytes(b"content")

    def refuse(number: int) -> None:
        def link(*_: object) -> None:
            raise OSError(number, "no")

        monkeypatch.setattr(os, "link", link)

    refuse(errno.EPERM)
    link_or_copy(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"content"
    assert (tmp_path / "b").stat().st_ino != (tmp_path / "a").stat().st_ino
    refuse(errno.ENOSPC)
    with pytest.raises(OSError, match="no"):
        link_or_copy(tmp_path / "a", tmp_path / "c")
