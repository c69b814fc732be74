"""How often a proof repeats: the small count in the ordinary test run, the full one with `run.py proof`."""

from __future__ import annotations

import os
from pathlib import Path

FULL = os.environ.get("INTOWN_PROOF") == "full"


def count(*, ci: int, full: int) -> int:
    """The number of repetitions to do now."""
    return full if FULL else ci


def quick_folder() -> Path | None:
    """A folder in memory where there is one, for proofs that need many calls and no real disk; else the usual."""
    memory = Path("/dev/shm")  # noqa: S108 - only ever the parent of a folder made by tempfile
    return memory if os.access(memory, os.W_OK) else None


def upper_bound(trials: int) -> str:
    """What "0 of `trials`" means for the true rate, at 95 % (the rule of three)."""
    return f"0 of {trials} (below {300 / trials:.2g} % at 95 %)"
