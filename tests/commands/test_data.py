"""`intown data`, and what every command says after the data were damaged."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from scraper.settings import Home
from scraper.store import Store
from server.cli import intown

ROOT = Path(__file__).parents[2]


@pytest.fixture
def store(home: Home) -> Store:
    store = Store(home.store)
    for number in range(3):
        with store.transaction() as tx:
            tx.put("notes", "n", {"n": number})
    return store


def run(*arguments: str, typed: str = "") -> Result:
    return CliRunner().invoke(intown, ["data", *arguments], input=typed)


def test_it_says_where_the_data_are(store: Store) -> None:
    done = run()
    assert done.exit_code == 0, done.output
    assert f"{store.path}: 0 applications, 3 changes" in done.output


def test_going_back_and_forth(store: Store) -> None:
    kept = json.loads(run("backups", "--json").output)
    assert [row["change"] for row in kept] == [3, 2, 1, 1]  # the last ones, and the beginning of today
    assert kept[1]["name"] in run("backups").output
    assert run("restore", kept[1]["name"], typed="n\n").exit_code == 1
    assert store.read().get("notes", "n") == {"n": 2}
    assert run("restore", kept[1]["name"], typed="y\n").exit_code == 0
    assert store.read().get("notes", "n") == {"n": 1}
    assert run("restore", kept[0]["name"], "--yes").exit_code == 0
    assert store.read().get("notes", "n") == {"n": 2}
    assert store.generation == 5


def test_the_states_are_told_by_the_local_clock(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    if not hasattr(time, "tzset"):
        return  # Windows takes its time zone from nowhere that a test may change
    saved = datetime.fromisoformat(json.loads(run("backups", "--json").output)[0]["saved_at"])
    with monkeypatch.context() as patch:
        patch.setenv("TZ", "XXX-9")  # nine hours ahead of UTC
        time.tzset()
        first = run("backups").output.splitlines()[0]
    time.tzset()
    assert first.startswith(f"{saved.astimezone(timezone(timedelta(hours=9))):%Y-%m-%d %H:%M:%S}  ")


def test_a_state_without_a_date_is_listed_too(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    (one, *_) = store.kept()
    monkeypatch.setattr(Store, "kept", lambda _: [replace(one, saved_at="")])
    assert run("backups").output == f"no date  {one.path.name}\n"


def test_what_cannot_be_restored_changes_nothing(store: Store) -> None:
    (damaged,) = (kept.path for kept in store.kept() if kept.generation == 2)
    damaged.write_bytes(damaged.read_bytes()[:-3])
    before = store.path.read_bytes()
    for name, words in ((damaged.name, "cut off"), ("../../etc/passwd", "no kept state")):
        done = run("restore", name, "--yes")
        assert done.exit_code == 1
        assert words in str(done.exception)
    assert store.path.read_bytes() == before


def test_nothing_is_kept_before_there_is_anything(home: Home) -> None:
    assert "Nothing is kept" in run("backups").output
    assert not home.store.exists()


def intown_process(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "server.cli", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)


def test_every_command_tells_of_damage_until_it_is_seen(store: Store) -> None:
    store.path.unlink()
    store.path.write_bytes(b"{}")
    for _ in range(2):
        done = intown_process("account", "list", "--json")
        assert json.loads(done.stdout) == []
        assert "was damaged (its first line is not InTown's) and was restored" in done.stderr
        assert done.stderr.count("was damaged") == 1
        assert "intown data seen" in done.stderr
    assert intown_process("data", "seen").returncode == 0
    assert "damaged" not in intown_process("account", "list").stderr


def test_commands_without_data_do_not_look(store: Store) -> None:
    store.path.unlink()
    done = intown_process("--version")
    assert (done.returncode, done.stderr) == (0, "")
    assert not store.path.exists()
