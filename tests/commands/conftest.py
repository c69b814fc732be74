"""The `intown` command in this process, 80 columns wide, at a time of its own."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from click.testing import CliRunner, Result

from server.cli import intown
from tests.asking.conftest import places

__all__ = ["places"]

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs `intown WORDS`, with `typed` on the standard input."""
    monkeypatch.setenv("COLUMNS", "80")

    def run_it(*words: str, typed: str | bytes = "") -> Result:
        return CliRunner().invoke(intown, list(words), input=typed)

    return run_it


def sentence(result: Result) -> str:
    """What our own error said, as `main` prints it."""
    return str(result.exception)
