"""Several writers and a reader at once: every write found, no error, no answer older than an acknowledgement."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import tinydb

from scraper.store import Store
from tests.proof.scale import count

ROOT = Path(__file__).parents[2]
WRITERS = count(ci=2, full=4)
WRITES = count(ci=200, full=1000)

pytestmark = pytest.mark.proof


Start = Callable[[str, Path, int, int, int], subprocess.Popen[str]]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts the programs, and ends those that a failing test leaves."""
    with contextlib.ExitStack() as running:

        def begin(task: str, path: Path, first: int, second: int, processes: int) -> subprocess.Popen[str]:
            numbers = [str(number) for number in (first, second, processes)]
            command = [sys.executable, "-m", "tests.proof.contending", task, str(path), *numbers]
            process = running.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
            )
            running.callback(process.kill)  # does nothing to one that has ended
            return process

        yield begin


def test_all_writes_are_found_and_no_answer_is_stale(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "intown.json"
    (tmp_path / "board").write_bytes(bytes(8 * WRITERS))
    reader = start("read", path, WRITERS, WRITERS * WRITES, WRITERS + 1)
    writers = [start("write", path, name, WRITES, WRITERS + 1) for name in range(WRITERS)]
    for process in writers:
        _, errors = process.communicate(timeout=1800)
        assert process.returncode == 0, errors
    output, errors = reader.communicate(timeout=60)
    assert reader.returncode == 0, errors
    reads, stale, half = (int(part) for part in output.split())
    print(f"{WRITERS} writers x {WRITES} writes; {reads} reads beside them: {stale} stale, {half} half")
    assert (stale, half) == (0, 0)
    assert reads > 50
    rows = Store(path).read().all("notes")
    assert rows["total"] == {"n": WRITERS * WRITES}
    assert len(rows) == WRITERS * WRITES + WRITERS + 1
    assert Store(path).notices() == []


def test_the_checker_catches_stock_tinydb(tmp_path: Path, start: Start) -> None:
    path = tmp_path / "stock.json"
    writers = [start("stock", path, name, 300, 2) for name in range(2)]
    said = 0
    for process in writers:
        output, _ = process.communicate(timeout=300)
        said += int(output)
    try:
        with tinydb.TinyDB(path) as db:
            found = len(db.all())
    except ValueError:
        found = 0
    print(f"stock TinyDB: 600 inserts wanted, {said} acknowledged, {found} found")
    assert found < 600  # a writer that stumbles over the other's half-written file fails the check as well
