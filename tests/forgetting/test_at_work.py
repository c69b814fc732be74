"""Forgetting while a sync or the server is at work: not before it has ended."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from scraper.settings import Home
from scraper.sync import one_at_a_time
from server.listen import bind
from server.running import Running, announced, note_file, running
from tests.asking.worlds import NOW
from tests.commands.conftest import Run, sentence
from tests.forgetting.lived import everything_below, lived_in
from tests.store.keychains import Keyring


def test_not_while_a_sync_runs(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    before = everything_below(home)
    with one_at_a_time(home):
        done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert "A sync is running" in sentence(done)
    assert everything_below(home) == before
    assert keychain.entries


@pytest.fixture
def server_process(home: Home) -> Iterator[subprocess.Popen[str]]:
    with bind(0) as place:
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as running_one:
        assert running_one.stdout is not None
        running_one.stdout.readline()
        yield running_one
        running_one.kill()


def test_not_while_the_server_runs(
    home: Home, run: Run, keychain: Keyring, server_process: subprocess.Popen[str]
) -> None:
    lived_in(home)
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert f"kill {server_process.pid}" in sentence(done)
    assert home.store.exists()
    server_process.kill()  # without a chance to say goodbye
    server_process.wait()
    assert running(home) is None
    assert run("forget-everything", "--yes").exit_code == 0
    assert everything_below(home) == []


def test_the_note_of_a_server(home: Home) -> None:
    assert running(home) is None
    assert not list(home.data.iterdir()), "looking makes no file"
    with announced(home, 4711, NOW):
        assert running(home) == Running(4711, os.getpid(), running(home).version)  # type: ignore[union-attr]
        with announced(home, 4712, NOW):  # a second one, on another port
            assert running(home).port == 4711  # type: ignore[union-attr]
        assert running(home) is not None
        note_file(home).write_text("[]")
        assert running(home) == Running()
        note_file(home).unlink()
        assert running(home) == Running()
    assert running(home) is None
