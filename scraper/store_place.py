"""Where the store may live: not on a network disk (locks do not hold there), not inside a repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path, PurePath

from scraper.store_files import StoreError

NETWORK_TYPES = frozenset(
    [
        "9p",
        "afpfs",
        "afs",
        "beegfs",
        "ceph",
        "cifs",
        "coda",
        "davfs",
        "fuse.curlftpfs",
        "fuse.davfs2",
        "fuse.gcsfuse",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.sshfs",
        "gfs2",
        "glusterfs",
        "gpfs",
        "lustre",
        "ncpfs",
        "nfs",
        "nfs4",
        "ocfs2",
        "orangefs",
        "smb2",
        "smb3",
        "smbfs",
        "webdav",
    ]
)
"""Types of file systems that several machines can write to at once, as the systems' mount tables name them."""

REPOSITORY_MARKS = (".git", ".hg", ".svn")


class PlaceRefused(StoreError):
    """The folder cannot keep the data safely; the sentence says why and what to do."""


def check_place(folder: Path) -> None:
    """Raises PlaceRefused if `folder` (which need not exist yet) is no safe place for the store."""
    if repository := repository_around(folder):
        raise PlaceRefused(
            f"{folder} lies inside the repository {repository}, where your applications could be published by "
            "mistake. Set INTOWN_HOME to a folder outside it."
        )
    if kind := network_type(folder):
        raise PlaceRefused(
            f"{folder} is on a network disk ({kind}), where two programs can overwrite each other's work. "
            "Set INTOWN_HOME to a folder on a disk of this computer."
        )


def repository_around(folder: Path) -> Path | None:
    """The repository that `folder` lies in. A home folder kept under version control as a whole is no reason."""
    homes = {Path.home(), Path("/")}
    for parent in (folder, *folder.parents):
        if parent not in homes and any((parent / mark).exists() for mark in REPOSITORY_MARKS):
            return parent
    return None


def network_type(folder: Path) -> str:
    """The network file system that `folder` is on, or "" for a disk of this computer."""
    if os.name == "nt":
        return windows_network(folder)
    mount, kind = mount_of(folder, mounts())
    # A container's own root can be of a shared type (9p) and still belong to it alone.
    return kind if kind in NETWORK_TYPES and mount != Path("/") else ""


def mount_of(folder: Path, table: list[tuple[Path, str]]) -> tuple[Path, str]:
    """The (mount point, type) that `folder` is on; the last of equal ones hides those before it."""
    fitting = [entry for entry in table if folder.is_relative_to(entry[0])]
    return max(reversed(fitting), key=lambda entry: len(entry[0].parts), default=(Path("/"), ""))


def mounts() -> list[tuple[Path, str]]:
    """What is mounted where: (mount point, type). Empty where the system does not say."""
    if sys.platform != "linux":
        done = subprocess.run(["mount"], capture_output=True, text=True, timeout=10, check=False)
        return parse_mount_command(done.stdout)
    try:
        return parse_linux(Path("/proc/self/mounts").read_text(encoding="utf-8", errors="replace"))
    except FileNotFoundError:  # no /proc in this container: nothing to go by
        return []


def parse_linux(text: str) -> list[tuple[Path, str]]:
    """Lines of /proc/self/mounts: source, point, type …; blanks in names are written as \\040."""
    rows = [line.split(" ") for line in text.splitlines()]
    return [(Path(_unescaped(row[1])), row[2]) for row in rows if len(row) > 2]


def _unescaped(name: str) -> str:
    for code, character in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
        name = name.replace(code, character)
    return name


def parse_mount_command(text: str) -> list[tuple[Path, str]]:
    """What `mount` prints on macOS and BSD: `SOURCE on POINT (TYPE, option, …)`."""
    table = []
    for line in text.splitlines():
        point, _, options = line.partition(" on ")[2].rpartition(" (")
        if point:
            table.append((Path(point), options.rstrip(")").split(",")[0].strip()))
    return table


def windows_network(folder: PurePath) -> str:
    """A share by its name (two backslashes), or a drive letter that stands for one."""
    if folder.drive.startswith("\\\\"):
        return "UNC"
    if sys.platform == "win32":
        import ctypes

        remote = 4  # DRIVE_REMOTE of GetDriveTypeW
        if ctypes.windll.kernel32.GetDriveTypeW(f"{folder.drive}\\") == remote:
            return "network drive"
    return ""
