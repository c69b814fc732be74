"""`intown serve` and `intown pair` in this process: how they begin, wait and end."""

from __future__ import annotations

import http.client
import json
import logging
import re
import signal
import socket
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store import Store
from server import pairing
from server.commands import data
from server.commands import serve as command
from server.listen import bind
from server.running import running
from tests.commands.conftest import Run, sentence
from tests.portable.homes import furnished

NOW = datetime(2027, 8, 13, 15, 0, tzinfo=UTC)


@pytest.fixture
def port() -> int:
    with bind(0) as place:
        return int(place.getsockname()[1])


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch, home: Home) -> list[str]:
    """What the server went through, with one that stops as soon as it is told to."""
    told: list[str] = []
    handlers: dict[int, Callable[..., object]] = {}

    class Server:
        def __init__(self, app: object, place: socket.socket) -> None:
            self.place = place

        def run(self) -> None:
            at = running(home)
            told.append(f"running at {at.port if at else None}")
            handlers[signal.SIGTERM]()
            self.place.close()

        def stop(self) -> None:
            told.append("stopped")

    monkeypatch.setattr(command, "Server", Server)
    monkeypatch.setattr(signal, "signal", lambda number, action: handlers.__setitem__(number, action))
    monkeypatch.setattr(command, "_warm", lambda _: told.append("warmed"))
    return told


def test_a_server_from_beginning_to_end(run: Run, home: Home, port: int, served: list[str]) -> None:
    root = logging.getLogger()
    before = list(root.handlers)
    done = run("serve", "--port", str(port))
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    assert done.exit_code == 0, done.output
    assert sorted(served) == sorted([f"running at {port}", "stopped", "warmed"])
    assert f"InTown answers at http://127.0.0.1:{port}" in done.output
    assert "run `intown pair` in another terminal" in done.output
    assert running(home) is None


def test_a_port_that_is_taken(run: Run) -> None:
    with bind(0) as place:
        done = run("serve", "--port", str(place.getsockname()[1]))
    assert (done.exit_code, "is taken" in sentence(done)) == (1, True)


def test_warming_up_fails_quietly(home: Home, monkeypatch: pytest.MonkeyPatch, caplog: Any) -> None:
    """Whoever needs the places is told by their own request."""
    read: list[str] = []

    class Reader:
        def parse_page(self, snapshot: Any) -> None:
            read.append(snapshot.url)

    def none(_: object) -> None:
        raise InTownError("No index.")

    from server.api import pages

    monkeypatch.setattr(pages, "reader", Reader)
    monkeypatch.setattr(command, "places_at", lambda _: None)
    command._warm(home)
    assert read == ["https://intown.invalid/"]
    monkeypatch.setattr(command, "places_at", none)
    command._warm(home)
    assert "not warmed up: No index." in caplog.text


def while_waiting(monkeypatch: pytest.MonkeyPatch, action: Callable[[], None]) -> None:
    """`intown pair` looks three times a second; this happens between two looks."""
    monkeypatch.setattr(time, "sleep", lambda _: action())


def test_a_code_that_is_typed(run: Run, home: Home, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(home.store)
    codes: list[str] = []
    opened = pairing.open_code

    def remembered(*args: Any) -> str:
        codes.append(opened(*args))
        return codes[-1]

    monkeypatch.setattr(pairing, "open_code", remembered)
    while_waiting(monkeypatch, lambda: typed(store, codes[0]))
    done = run("pair", "--port", str(port))
    assert (done.exit_code, "Paired: Chromium" in done.output) == (0, True), done.output


def typed(store: Store, code: str) -> None:
    assert pairing.redeem(store, code, "Chromium", datetime.now(UTC))


def test_a_code_that_is_given_up(run: Run, home: Home, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> None:
        raise KeyboardInterrupt

    while_waiting(monkeypatch, interrupted)
    assert "The code is forgotten." in run("pair", "--port", str(port)).output
    assert not pairing.code_is_open(Store(home.store), datetime.now(UTC))


def test_a_code_for_scripts(run: Run, home: Home) -> None:
    said = json.loads(run("pair", "--json").stdout)
    expires = datetime.fromisoformat(said["expires_at"])
    assert pairing.redeem(Store(home.store), said["code"], "x", expires - timedelta(seconds=30))


def test_another_program_is_not_taken_for_intown(port: int) -> None:
    with bind(0) as place:
        held = place.getsockname()[1]

        def hang_up() -> None:
            line, _ = place.accept()
            line.recv(1000)
            line.close()

        thread = threading.Thread(target=hang_up)
        thread.start()
        assert command._answers(held) is False
        thread.join()
    assert command._answers(port) is False


def test_a_connection_is_closed_whatever_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []

    def refuse(*_: object, **__: object) -> None:
        raise http.client.BadStatusLine("x")

    monkeypatch.setattr(http.client.HTTPConnection, "request", refuse)
    monkeypatch.setattr(http.client.HTTPConnection, "close", lambda _: closed.append(True))
    assert command._answers(1) is False
    assert closed == [True]


# --- what every command says after damage


def test_notices_are_told_until_they_are_seen(run: Run, home: Home, capsys: Any) -> None:
    furnished(home)
    home.store.write_bytes(b"{}")
    for _ in range(2):
        data.tell_notices()
        said = capsys.readouterr().err
        assert said.count("was damaged") == 1
        assert "intown data seen" in said
    assert run("data", "seen").exit_code == 0
    data.tell_notices()
    assert capsys.readouterr().err == ""


def test_a_store_that_cannot_be_read_is_told_by_the_command_alone(home: Home, capsys: Any) -> None:
    home.store.mkdir()
    data.tell_notices()
    assert capsys.readouterr().err == ""


def test_the_day_of_a_kept_state_that_is_not_as_we_write_it(run: Run, home: Home) -> None:
    store = furnished(home)
    kept = store.kept()[0].path
    head, _, rest = kept.read_bytes().partition(b"\n")
    kept.unlink()  # its inode is the store's own: not to be written into
    kept.write_bytes(re.sub(rb'"saved_at":"[^"]*"', b'"saved_at":"some day"', head) + b"\n" + rest)
    listed = run("data", "backups").output
    assert f"some day  {kept.name}" in listed
    kept.write_bytes(re.sub(rb'"saved_at":"[^"]*"', b'"saved_at":""', head) + b"\n" + rest)
    assert f"no date  {kept.name}" in run("data", "backups").output
