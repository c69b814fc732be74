"""Kill a writer with SIGKILL at a random moment, look at what is left, and begin again. A program of its own:

    python -m tests.proof.killing WRITER SIZE KILLS [--until-corrupt]

prints one line of JSON. The writer is forked from here with everything imported, so that thousands of kills take
minutes. It says through a pipe which writes were acknowledged; whatever was acknowledged must be found.
"""

from __future__ import annotations

import json
import os
import random
import select
import shutil
import signal
import struct
import sys
import tempfile
import time
import traceback
from dataclasses import asdict, dataclass
from pathlib import Path

from scraper.settings import Home
from tests.proof.writers import WRITERS, Corrupt, Writer

FRESH_AFTER = 50
"""Kills before the data are made anew, so that the history does not grow without end."""

SAID = struct.Struct("<qd")


@dataclass
class Tally:
    """What was found after the kills."""

    kills: int = 0
    acknowledged: int = 0
    corrupt: int = 0
    lost: int = 0
    interrupted: int = 0  # a write was under way: its temporary file was left, or its number arrived unsaid
    first_trouble: str = ""


def home_in(folder: Path) -> Home:
    return Home(folder / "data", folder / "cache", folder / "logs").make()


def child(writer: Writer, home: Home, first: int, pipe: int) -> None:
    """The writer's process; it ends by being killed, anything else is a mistake and told by the exit code."""

    def ack(number: int) -> None:
        os.write(pipe, SAID.pack(number, time.monotonic()))

    try:
        writer.run(home, first, ack)
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(70)


def one_kill(writer: Writer, home: Home, first: int, pause: float) -> list[tuple[int, float]]:
    """Start the writer, kill it `pause` seconds after its first acknowledged write; what it said, and when."""
    reader, pipe = os.pipe()
    process = os.fork()
    if process == 0:
        os.close(reader)
        child(writer, home, first, pipe)
    os.close(pipe)
    try:
        ready, _, _ = select.select([reader], [], [], 60)
        time.sleep(pause)
        os.kill(process, signal.SIGKILL)
        _, status = os.waitpid(process, 0)
        if not ready or not os.WIFSIGNALED(status):
            raise RuntimeError(f"the writer ended by itself or wrote nothing (status {status})")
        said = b""
        while part := os.read(reader, 1 << 16):
            said += part
    finally:
        os.close(reader)
    return list(SAID.iter_unpack(said))


def kill_many(name: str, size: int, kills: int, *, until_corrupt: bool = False, seed: int = 1) -> Tally:
    """The proof itself. Stops at the first corrupt file if asked to (to show that the checker can see one)."""
    tally, chance, writer = Tally(), random.Random(seed), WRITERS[name]()
    with tempfile.TemporaryDirectory() as folder:
        pristine = home_in(Path(folder) / "pristine")
        os.environ["INTOWN_HOME"] = str(pristine.data.parent)
        writer.seed(pristine, size)
        while tally.kills < kills and not (until_corrupt and tally.corrupt):
            work = Path(folder) / "work"
            shutil.rmtree(work, ignore_errors=True)
            shutil.copytree(pristine.data.parent, work)
            os.environ["INTOWN_HOME"] = str(work)
            batch(writer, home_in(work), min(FRESH_AFTER, kills - tally.kills), tally, chance)
    return tally


def batch(writer: Writer, home: Home, kills: int, tally: Tally, chance: random.Random) -> None:
    """Some kills on the same data; ends early when they are lost."""
    at, spread = 0, 0.02
    for _ in range(kills):
        said = one_kill(writer, home, at + 1, chance.uniform(0, spread))
        last, when = said[-1]
        tally.kills += 1
        tally.acknowledged += last - at
        # Spread the kills over about the time of two writes, whatever the machine and the size.
        if len(said) > 1:
            spread = min(0.5, 2 * (when - said[0][1]) / (len(said) - 1))
        else:
            spread = min(0.5, 1.5 * spread)
        left = list(home.data.glob(".*.tmp"))
        try:
            found = writer.number(home)
        except Corrupt as error:
            tally.corrupt += 1
            tally.first_trouble = tally.first_trouble or str(error)
            return
        if not last <= found <= last + 1:
            tally.lost += 1
            tally.first_trouble = tally.first_trouble or f"said {last}, found {found}"
            return
        tally.interrupted += bool(left) or found > last
        at = found


if __name__ == "__main__":
    which, size, kills = sys.argv[1:4]
    done = kill_many(which, int(size), int(kills), until_corrupt="--until-corrupt" in sys.argv)
    print(json.dumps(asdict(done)))
