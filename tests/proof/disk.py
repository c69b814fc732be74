"""A disk that remembers every call and can lose power between any two of them.

While `Recorder.recording()` is active, the calls of the `os` module that change files below a folder are written
down as they go through. `crash` then builds what a disk may hold after a power cut at any point: of what was
not yet synced, every 4 KiB block of a file may have arrived or not, and so may every new name, in any order.
That is harsher than ext4 (which orders names among themselves and syncs more than it is asked to).
"""

from __future__ import annotations

import contextlib
import io
import os
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

BLOCK = 4096


@dataclass(frozen=True)
class Op:
    """One change: `kind` is write, cut, sync, name, gone, syncdir or ack."""

    kind: str
    file: int = -1
    at: int = 0
    data: bytes = b""
    folder: str = ""
    name: str = ""


@dataclass
class Recorder:
    """Writes down what goes through `os`. `deaf` names calls that are done but not believed: "fsync", "syncdir"."""

    root: Path
    deaf: frozenset[str] = frozenset()
    ops: list[Op] = field(default_factory=list)
    _open: dict[int, int] = field(default_factory=dict)
    _folders: dict[int, str] = field(default_factory=dict)
    _files: dict[str, int] = field(default_factory=dict)
    _next: int = 0

    @contextlib.contextmanager
    def recording(self) -> Iterator[None]:
        """Listen to `os.open, write, fsync, close, ftruncate, replace, link, unlink` while the block runs."""
        with pytest.MonkeyPatch.context() as patch:
            for name in ("open", "write", "fsync", "close", "ftruncate", "replace", "link", "unlink"):
                patch.setattr(os, name, self._listening(getattr(self, f"_on_{name}"), getattr(os, name)))
            yield

    def ack(self, number: int) -> None:
        """The program was told that write `number` is safe."""
        self.ops.append(Op("ack", at=number))

    @staticmethod
    def _listening(note: Callable[..., None], original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            result = original(*arguments, **more)
            note(result, *arguments)
            return result

        return call

    def _place(self, path: Any) -> str | None:
        text = os.path.abspath(os.fspath(path))
        return os.path.relpath(text, self.root) if text.startswith(str(self.root)) else None

    def _named(self, place: str, file: int) -> None:
        self._files[place] = file
        folder, name = os.path.split(place)
        self.ops.append(Op("name", file, folder=folder, name=name))

    def _unnamed(self, place: str) -> None:
        del self._files[place]
        folder, name = os.path.split(place)
        self.ops.append(Op("gone", folder=folder, name=name))

    # --- the calls; each gets the result first, then the arguments

    def _on_open(self, descriptor: int, path: Any, flags: int, *_: Any) -> None:
        place = self._place(path)
        if place is None:
            return
        if os.path.isdir(path):
            self._folders[descriptor] = "" if place == "." else place
            return
        if place not in self._files and flags & os.O_CREAT:
            self._next += 1
            self._named(place, self._next)
        if place in self._files:
            self._open[descriptor] = self._files[place]
            if flags & os.O_TRUNC:
                self.ops.append(Op("cut", self._files[place], 0))

    def _on_write(self, written: int, descriptor: int, data: Any) -> None:
        if descriptor in self._open:
            at = os.lseek(descriptor, 0, os.SEEK_CUR) - written
            self.ops.append(Op("write", self._open[descriptor], at, bytes(data[:written])))

    def _on_ftruncate(self, _: None, descriptor: int, length: int) -> None:
        if descriptor in self._open:
            self.ops.append(Op("cut", self._open[descriptor], length))

    def _on_fsync(self, _: None, descriptor: int) -> None:
        if descriptor in self._open and "fsync" not in self.deaf:
            self.ops.append(Op("sync", self._open[descriptor]))
        if descriptor in self._folders and "syncdir" not in self.deaf:
            self.ops.append(Op("syncdir", folder=self._folders[descriptor]))

    def _on_close(self, _: None, descriptor: int) -> None:
        self._open.pop(descriptor, None)
        self._folders.pop(descriptor, None)

    def _on_replace(self, _: None, source: Any, target: Any) -> None:
        old, new = self._place(source), self._place(target)
        if old is not None and new is not None:
            # One step in the file system: the new name and the end of the old one arrive together.
            self._files[new] = self._files.pop(old)
            folder, name = os.path.split(new)
            gone = os.path.basename(old).encode()
            self.ops.append(Op("name", self._files[new], data=gone, folder=folder, name=name))

    def _on_link(self, _: None, source: Any, target: Any) -> None:
        old, new = self._place(source), self._place(target)
        if old is not None and new is not None:
            self._named(new, self._files[old])

    def _on_unlink(self, _: None, path: Any, **__: Any) -> None:
        place = self._place(path)
        if place in self._files:
            self._unnamed(place)


@dataclass
class Disk:
    """What is certainly on the disk, and what is still on its way."""

    files: dict[int, bytes] = field(default_factory=dict)
    names: dict[tuple[str, str], int] = field(default_factory=dict)
    late_data: list[Op] = field(default_factory=list)
    late_names: list[Op] = field(default_factory=list)
    acknowledged: int = 0

    def take(self, op: Op) -> None:
        """Let time go by for one call."""
        if op.kind == "ack":
            self.acknowledged = op.at
        elif op.kind in ("write", "cut"):
            self.late_data.append(op)
        elif op.kind == "sync":
            mine = [late for late in self.late_data if late.file == op.file]
            self.files[op.file] = applied(self.files.get(op.file, b""), mine)
            self.late_data = [late for late in self.late_data if late.file != op.file]
        elif op.kind == "syncdir":
            self._name([late for late in self.late_names if late.folder == op.folder])
            self.late_names = [late for late in self.late_names if late.folder != op.folder]
        else:
            self.late_names.append(op)

    def _name(self, ops: list[Op]) -> None:
        for op in ops:
            if op.kind == "gone":
                self.names.pop((op.folder, op.name), None)
                continue
            self.names[op.folder, op.name] = op.file
            if op.data:
                self.names.pop((op.folder, op.data.decode()), None)

    def power_cut(self, target: Path, chance: random.Random) -> None:
        """Write into `target` one of the states that the disk may be left in."""
        survivor = Disk(dict(self.files), dict(self.names))
        how = chance.random()  # nothing late arrives; everything; some of it
        share = 0.0 if how < 0.2 else 1.0 if how < 0.3 else chance.random()
        survivor._name([op for op in self.late_names if chance.random() < share])
        for file in {op.file for op in self.late_data}:
            mine = [op for op in self.late_data if op.file == file]
            survivor.files[file] = torn(survivor.files.get(file, b""), mine, share, chance)
        for (folder, name), file in survivor.names.items():
            path = target / folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(survivor.files.get(file, b""))


def applied(content: bytes, ops: list[Op]) -> bytes:
    """`content` after these writes and cuts."""
    data = bytearray(content)
    for op in ops:
        if op.kind == "cut":
            del data[op.at :]
            continue
        data.extend(bytes(max(0, op.at - len(data))))
        data[op.at : op.at + len(op.data)] = op.data
    return bytes(data)


def torn(content: bytes, ops: list[Op], share: float, chance: random.Random) -> bytes:
    """`content` when of the late writes only some blocks arrived, and the new length perhaps."""
    new = applied(content, ops)
    length = len(new) if chance.random() < share else len(content)
    result = bytearray(content.ljust(max(length, len(new)), b"\0"))
    for at in range(0, len(new), BLOCK):
        if chance.random() < share:
            result[at : at + BLOCK] = new[at : at + BLOCK]
    return bytes(result[:length])


class RawFile(io.RawIOBase):
    """A file whose every call goes through `os`, so that programs that use `open` can be recorded as well."""

    def __init__(self, path: str, flags: int) -> None:
        super().__init__()
        self._descriptor = os.open(path, flags, 0o600)

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._descriptor

    def readinto(self, buffer: Any) -> int:
        data = os.read(self._descriptor, len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def write(self, data: Any) -> int:
        return os.write(self._descriptor, data)

    def seek(self, offset: int, whence: int = 0) -> int:
        return os.lseek(self._descriptor, offset, whence)

    def truncate(self, size: int | None = None) -> int:
        length = self.tell() if size is None else size
        os.ftruncate(self._descriptor, length)
        return length

    def close(self) -> None:
        if not self.closed:
            os.close(self._descriptor)
        super().close()


def recorded_open(path: str, mode: str = "r", encoding: str | None = None) -> io.TextIOWrapper:
    """`open` for text, through `os`."""
    flags = os.O_RDWR | (os.O_CREAT if "a" in mode else 0)
    return io.TextIOWrapper(io.BufferedRandom(RawFile(path, flags)), encoding=encoding or "utf-8")
