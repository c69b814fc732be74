"""Break one call of the operating system: count the calls of an action first, then fail the n-th of them."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

ERRORS = (errno.ENOSPC, errno.EIO, errno.EACCES)

CALLS: tuple[tuple[Any, str], ...] = (
    (os, "open"),
    (os, "write"),
    (os, "fsync"),
    (os, "close"),
    (os, "replace"),
    (os, "link"),
    (os, "unlink"),
    (os, "mkdir"),
    (fcntl, "flock"),
)
"""Every call by which the store and the vault change the disk or take the lock."""


@dataclass
class Breaker:
    """Counts the calls and lets the one numbered `at` fail with `number`; -1 only counts.

    A failing close has closed all the same, as Linux does it; the others have done nothing.
    """

    at: int = -1
    number: int = errno.EIO
    seen: list[str] = field(default_factory=list)

    @contextlib.contextmanager
    def active(self) -> Iterator[Breaker]:
        with pytest.MonkeyPatch.context() as patch:
            for module, name in CALLS:
                patch.setattr(module, name, self._breaking(name, getattr(module, name)))
            yield self

    def _breaking(self, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **more: Any) -> Any:
            self.seen.append(name)
            if len(self.seen) - 1 != self.at:
                return original(*arguments, **more)
            if name == "close":
                original(*arguments, **more)
            raise OSError(self.number, os.strerror(self.number))

        return call

    @property
    def broke(self) -> bool:
        """Whether the call that should fail was reached."""
        return 0 <= self.at < len(self.seen)
