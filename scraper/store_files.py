"""Files that survive a crash: written beside, synced, then moved into place; private from the first byte.

Every system call goes through the `os` module by name, so that the proofs can record, delay and break each one.
"""

from __future__ import annotations

import contextlib
import errno
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

from scraper.outcomes import InTownError

T = TypeVar("T")

PRIVATE = 0o600
SHARING_ERRORS = (5, 32, 33)
"""Windows error numbers while a scanner or a reader holds a file: access denied, sharing, lock violation."""
SHARING_PAUSES = (0.05, 0.1, 0.25, 0.5, 0.6, 1.0)
"""Seconds between the attempts, about 2.5 in all; longer than a virus scanner looks at a small file."""

_SENTENCES = {
    errno.ENOSPC: "The disk is full",
    errno.EDQUOT: "Your share of the disk is full",
    errno.EACCES: "The file may not be used (permission denied)",
    errno.EPERM: "The file may not be used (not permitted)",
    errno.EROFS: "The disk is read-only",
    errno.EIO: "The disk reports an error",
}


class StoreError(InTownError):
    """The store could not be used. What was stored before is still there: the last change is kept whole or not at all."""


def explained(error: OSError, path: Path) -> StoreError:
    """`error` as one sentence for a person. It names the file, never its content."""
    cause = _SENTENCES.get(error.errno or 0, error.strerror or type(error).__name__)
    return StoreError(f"{cause}: {path}. What was stored before is safe; the last change may not be kept.")


def patiently(action: Callable[[], T]) -> T:
    """Do `action`; on Windows repeat it for a moment while another program has the file open."""
    for pause in SHARING_PAUSES:
        try:
            return action()
        except OSError as error:
            if getattr(error, "winerror", None) not in SHARING_ERRORS:
                raise
        time.sleep(pause)
    return action()


def read_whole(path: Path) -> tuple[bytes, os.stat_result]:
    """The bytes of `path` and the stat of exactly the file they came from (a replace cannot mix them)."""
    descriptor = patiently(lambda: os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0)))
    try:
        stat = os.fstat(descriptor)
        parts = []
        # The size is only a hint: a file of some systems (or one being damaged by a stranger) may give more.
        while part := os.read(descriptor, max(stat.st_size, 1 << 16)):
            parts.append(part)
        return b"".join(parts), stat
    finally:
        os.close(descriptor)


def make_private_folder(folder: Path) -> None:
    """Make `folder` and what is missing above it, readable by this user only. What exists stays as it is."""
    if not folder.is_dir():
        make_private_folder(folder.parent)
        folder.mkdir(mode=0o700, exist_ok=True)  # another process may have been faster


def temporary_name(path: Path) -> Path:
    """A name beside `path` that `sweep` recognises."""
    return path.with_name(f".{path.name}.{secrets.token_hex(6)}.tmp")


def write_synced(path: Path, parts: Iterable[bytes]) -> None:
    """Write a new file, mode 0600 from its creation, and return when its content is on the disk.

    A file that could not be finished is removed again; a failed sync is never repeated on the same file,
    because the system may already have dropped the pages that it could not write.
    """
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
    descriptor = os.open(path, flags, PRIVATE)
    try:
        try:
            for part in parts:
                _write_all(descriptor, part)
            _sync(descriptor)
        finally:
            os.close(descriptor)
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _sync(descriptor: int) -> None:
    """Bring a file's content to the disk itself; on macOS an ordinary fsync stops at the drive's own memory."""
    if sys.platform == "darwin":
        import fcntl

        with contextlib.suppress(OSError):  # a disk that does not know the call: the ordinary one is its best
            fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            return
    os.fsync(descriptor)


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]


def replace(source: Path, target: Path) -> None:
    """Put `source` in the place of `target` in one step. Not yet on the disk: see `sync_folder`."""
    patiently(lambda: os.replace(source, target))


def sync_folder(folder: Path) -> None:
    """Bring the names in `folder` to the disk. Windows has no such call and does it by itself."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, parts: Iterable[bytes]) -> None:
    """Give `path` new content: afterwards it has all of it, or (on an error) the old content."""
    temporary = temporary_name(path)
    write_synced(temporary, parts)
    try:
        replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def link_or_copy(source: Path, target: Path) -> None:
    """Make `target` the same content as `source`: a second name where the disk can do that, else a copy."""
    target.unlink(missing_ok=True)
    try:
        os.link(source, target)
    except OSError as error:
        if error.errno not in (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK):
            raise
        content, _ = read_whole(source)
        write_synced(target, [content])


def sweep(path: Path) -> list[Path]:
    """Remove the temporaries that a killed writer of `path` left. Only for the holder of the lock."""
    left = sorted(path.parent.glob(f".{path.name}.*.tmp"))
    for temporary in left:
        temporary.unlink(missing_ok=True)
    return left


ABANDONED_AFTER = 3600.0
"""Seconds after which a temporary file certainly has no writer any more; writing takes milliseconds."""


def sweep_abandoned(folder: Path) -> None:
    """Remove the temporaries of killed writers where no lock says that all of them are; raises nothing.

    For folders with many writers of different files (captured pages, web sessions): by age.
    """
    oldest = time.time() - ABANDONED_AFTER
    for temporary in folder.glob(".*.tmp"):
        with contextlib.suppress(OSError):  # tidying up is no reason to fail what the caller came for
            if temporary.stat().st_mtime < oldest:
                temporary.unlink()
