"""What is free goes back to the system, where the C library can be asked to; elsewhere nothing is touched."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

from server import memory

# Blocks that the C library keeps, because the last one lies above all that were freed.
HELD = """
from server.memory import give_back

def resident():
    with open("/proc/self/statm") as numbers:
        return int(numbers.read().split()[1]) * 4096

blocks = [bytes(5000) for _ in range(20_000)]
last = bytes(5000)
del blocks
before = resident()
give_back()
print(before - resident())
"""


def test_what_is_free_is_given_back() -> None:
    if not memory._GLIBC:
        return  # other C libraries have no such settings
    told = subprocess.run([sys.executable, "-c", HELD], capture_output=True, text=True, check=True)
    assert int(told.stdout) > 50_000_000


def test_elsewhere_nothing_is_touched(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded: list[object] = []
    monkeypatch.setattr(memory, "_GLIBC", False)
    monkeypatch.setattr(ctypes, "CDLL", loaded.append)
    memory.be_frugal()
    memory.give_back()
    assert loaded == []


def test_the_settings_are_those_that_were_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: dict[int, int] = {}

    class Library:
        def mallopt(self, setting: int, value: int) -> None:
            asked[setting] = value

    monkeypatch.setattr(memory, "_GLIBC", True)
    monkeypatch.setattr(ctypes, "CDLL", lambda _: Library())
    memory.be_frugal()
    assert asked == {-8: 1, -3: 1 << 20, -1: 1 << 20}
