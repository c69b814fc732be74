"""kill -9 while writing: nothing corrupt, nothing acknowledged lost; and the checker does see stock TinyDB break."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.proof.scale import count, upper_bound

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.proof


@pytest.fixture(autouse=True, scope="module")
def _one_places_index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The server's index of places takes seconds to build: once for all cases."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTOWN_PLACES", str(tmp_path_factory.mktemp("places")))
        yield


def killed(writer: str, size: int, kills: int, *more: str) -> dict[str, Any]:
    """Run the killing as its own process: it forks, which a test process with threads should not."""
    command = [sys.executable, "-m", "tests.proof.killing", writer, str(size), str(kills), *more]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=3600, check=False)
    assert done.returncode == 0, done.stderr
    tally: dict[str, Any] = json.loads(done.stdout)
    return tally


@pytest.mark.parametrize(
    ("writer", "size", "kills"),
    [
        ("sync", 100, count(ci=40, full=400)),
        ("sync", 1_000, count(ci=20, full=400)),
        ("sync", 10_000, count(ci=10, full=400)),
        ("server", 100, count(ci=15, full=300)),
        ("server", 1_000, count(ci=15, full=300)),
        ("server", 10_000, count(ci=10, full=300)),
        ("cli", 100, count(ci=15, full=300)),
        ("cli", 1_000, count(ci=15, full=300)),
        ("cli", 10_000, count(ci=10, full=300)),
    ],
)
def test_nothing_acknowledged_is_lost(writer: str, size: int, kills: int) -> None:
    tally = killed(writer, size, kills)
    print(f"{writer}, {size} applications: {upper_bound(kills)}; {tally}")
    assert (tally["kills"], tally["corrupt"], tally["lost"]) == (kills, 0, 0), tally
    assert tally["acknowledged"] >= kills
    # About a third of the kills hit a write; of very few kills, none may.
    assert tally["interrupted"] > 0 or kills < 40, "no kill hit a write: the proof proves nothing"


def test_the_checker_catches_stock_tinydb() -> None:
    tally = killed("stock", 1_000, 500, "--until-corrupt")
    print(f"stock TinyDB: corrupt at kill {tally['kills']}: {tally['first_trouble']}")
    assert tally["corrupt"] == 1, tally
