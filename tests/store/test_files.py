"""Small parts of the store: Windows' sharing errors, links, folders, and where data may live."""

from __future__ import annotations

import errno
import os
import time
from collections.abc import Callable
from pathlib import Path, PureWindowsPath

import pytest

from scraper import store_place
from scraper.store import PlaceRefused, Store, StoreError
from scraper.store_files import explained, link_or_copy, patiently, read_whole, sweep_abandoned
from scraper.store_place import check_place, mount_of, network_type


class Sharing(OSError):
    """What Windows raises while another program has the file open."""

    def __init__(self, winerror: int) -> None:
        super().__init__(errno.EACCES, "sharing violation")
        self.winerror = winerror


def failing(times: int, error: OSError) -> Callable[[], str]:
    left = [times]

    def action() -> str:
        if left[0]:
            left[0] -= 1
            raise error
        return "done"

    return action


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    taken: list[float] = []
    monkeypatch.setattr(time, "sleep", taken.append)
    return taken


@pytest.mark.parametrize("winerror", [5, 32, 33])
def test_a_sharing_violation_is_waited_out(winerror: int, pauses: list[float]) -> None:
    assert patiently(failing(4, Sharing(winerror))) == "done"
    assert pauses == [0.05, 0.1, 0.25, 0.5]


def test_but_not_for_ever(pauses: list[float]) -> None:
    with pytest.raises(Sharing):
        patiently(failing(100, Sharing(32)))
    assert 2.4 <= sum(pauses) <= 2.6


@pytest.mark.parametrize("error", [Sharing(2), OSError(errno.EACCES, "no"), FileNotFoundError()])
def test_other_errors_are_told_at_once(error: OSError, pauses: list[float]) -> None:
    with pytest.raises(OSError, match=r".*"):
        patiently(failing(1, error))
    assert pauses == []


def test_a_sharing_violation_at_the_replace_does_not_fail_the_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, pauses: list[float]
) -> None:
    store = Store(tmp_path / "intown.json")
    original, errors = os.replace, [Sharing(32), Sharing(5)]

    def replace(source: Path, target: Path) -> None:
        if errors:
            raise errors.pop()
        original(source, target)

    monkeypatch.setattr(os, "replace", replace)
    with store.transaction() as tx:
        tx.put("notes", "a", {})
    assert store.read().all("notes") == {"a": {}}
    assert len(pauses) == 2


def test_where_files_cannot_have_two_names_they_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "no links here")

    monkeypatch.setattr(os, "link", refuse)
    (tmp_path / "one").write_bytes(b"content")
    link_or_copy(tmp_path / "one", tmp_path / "two")
    assert read_whole(tmp_path / "two")[0] == b"content"
    store = Store(tmp_path / "intown.json")
    for number in range(3):
        with store.transaction() as tx:
            tx.put("notes", "a", {"n": number})
    store.path.unlink()
    assert Store(store.path).read().get("notes", "a") == {"n": 2}


def test_abandoned_temporaries_go_and_fresh_ones_stay(tmp_path: Path) -> None:
    old, fresh, other = (tmp_path / name for name in (".a.1.tmp", ".b.2.tmp", "c"))
    for path in (old, fresh, other):
        path.touch()
    for path in (old, other):
        os.utime(path, (0, 0))
    sweep_abandoned(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b.2.tmp", "c"]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "disk is full"),
        (errno.EACCES, "permission denied"),
        (errno.EROFS, "read-only"),
        (errno.EIO, "reports an error"),
        (errno.ENAMETOOLONG, "too long"),
    ],
)
def test_errors_of_the_disk_become_a_sentence(number: int, words: str) -> None:
    error = explained(OSError(number, os.strerror(number)), Path("/x/intown.json"))
    assert words in error.sentence
    assert "/x/intown.json" in error.sentence


# --- where data may live


@pytest.mark.parametrize("mark", [".git", ".hg", ".svn"])
def test_never_inside_a_repository(tmp_path: Path, mark: str) -> None:
    (tmp_path / "work" / mark).mkdir(parents=True)
    store = Store(tmp_path / "work" / "deep" / "data" / "intown.json")
    with pytest.raises(PlaceRefused, match="INTOWN_HOME"), store.transaction():
        pass
    assert not (tmp_path / "work" / "deep").exists()


def test_a_worktree_counts_too_but_a_versioned_home_folder_does_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".git").write_text("gitdir: elsewhere")
    with pytest.raises(PlaceRefused):
        check_place(tmp_path / "data")
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    check_place(tmp_path / "data")


MOUNTS = [
    (Path("/"), "ext4"),
    (Path("/home"), "nfs4"),
    (Path("/home/dana/local disk"), "ext4"),
    (Path("/mnt/share"), "cifs"),
    (Path("/mnt/over"), "cifs"),
    (Path("/mnt/over"), "ext4"),
    (Path("/home/dana/ssh"), "fuse.sshfs"),
]


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/var/x", ""),
        ("/home/dana/intown", "nfs4"),
        ("/home/dana/local disk/intown", ""),
        ("/mnt/share", "cifs"),
        ("/mnt/shared", ""),
        ("/mnt/over/x", ""),
        ("/home/dana/ssh/a/b", "fuse.sshfs"),
    ],
)
def test_network_disks_are_told_by_their_mount(
    folder: str, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store_place, "mounts", lambda: MOUNTS)
    assert network_type(Path(folder)) == kind


def test_a_network_disk_is_refused_with_the_way_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_place, "mounts", lambda: [(tmp_path, "nfs")])
    store = Store(tmp_path / "data" / "intown.json")
    with pytest.raises(StoreError, match=r"network disk \(nfs\).*INTOWN_HOME"), store.transaction():
        pass
    assert list(tmp_path.iterdir()) == []


def test_a_containers_own_root_is_no_network_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store_place, "mounts", lambda: [(Path("/"), "9p"), (Path("/mnt/c"), "9p")])
    assert network_type(Path("/home/dana")) == ""
    assert network_type(Path("/mnt/c/Users")) == "9p"


def test_the_mounts_of_this_machine_can_be_read(tmp_path: Path) -> None:
    mounts = store_place.mounts()
    mount, kind = mount_of(tmp_path, mounts)
    assert tmp_path.is_relative_to(mount)
    assert mounts
    assert kind or Path("/") not in dict(mounts)  # in a chroot nothing may be known to be mounted at its root


def test_linux_and_mac_tables_are_understood() -> None:
    linux = "//nas/home /mnt/my\\040disk cifs rw 0 0\nproc /proc proc rw 0 0\nbroken\n"
    assert store_place.parse_linux(linux) == [(Path("/mnt/my disk"), "cifs"), (Path("/proc"), "proc")]
    mac = "/dev/disk3s1 on / (apfs, local)\n//dana@nas/x on /Volumes/a (b) c (smbfs, nodev)\nnonsense\n"
    assert store_place.parse_mount_command(mac) == [(Path("/"), "apfs"), (Path("/Volumes/a (b) c"), "smbfs")]


def test_windows_shares_are_told_by_their_name() -> None:
    assert store_place.windows_network(PureWindowsPath(r"\\nas\home\intown")) == "UNC"
    assert store_place.windows_network(PureWindowsPath(r"C:\Users\dana")) == ""
