"""Where the server listens, and how it starts and stops."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest

from scraper.outcomes import InTownError
from scraper.settings import Home
from server import create_app
from server.listen import Server, bind, serving
from tests.server.conftest import Live


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "", "localhost", "192.168.1.7", "127.0.0.2", "::1"])  # noqa: S104 - must be refused
def test_it_listens_on_loopback_and_nowhere_else(host: str) -> None:
    with pytest.raises(InTownError, match=r"127\.0\.0\.1 only"):
        bind(0, host)


def test_the_real_socket_is_on_loopback(live: Live) -> None:
    table = Path("/proc/net/tcp")
    if not table.exists():  # other systems: the address that the socket itself names
        with bind(0) as place:
            assert place.getsockname()[0] == "127.0.0.1"
        return
    rows = [line.split() for line in table.read_text().splitlines()[1:]]
    places = [row[1] for row in rows if row[3] == "0A" and row[1].endswith(f":{live.port:04X}")]
    assert places == [f"0100007F:{live.port:04X}"]


def test_a_taken_port_is_one_clear_sentence_and_exit_code_1() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "server.cli", "serve", "--port", str(port)],
            capture_output=True,
            text=True,
            timeout=30,
            check=False,
        )
    assert done.returncode == 1
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"Port {port} is taken" in done.stderr


def test_a_server_that_has_ended_can_be_stopped_again(home: Home) -> None:
    place = bind(0)
    server = Server(create_app(home, port=place.getsockname()[1]), place)
    thread = threading.Thread(target=server.run)
    thread.start()
    server.stop()
    thread.join(20)
    assert not thread.is_alive()
    server.stop()  # the descriptor that would wake it is closed, and its number may be another file's


@pytest.mark.parametrize("wanted", ["taken", "no such port"])
def test_a_port_that_cannot_be_had_is_said(wanted: str) -> None:
    with bind(0) as other:
        port = other.getsockname()[1] if wanted == "taken" else 70_000
        with pytest.raises(InTownError, match=f"Port {port} is taken"):
            bind(port)


def test_a_server_that_cannot_be_built_leaves_its_port(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    ports: list[int] = []

    def broken(_: Home, *, port: int, **__: object) -> None:
        ports.append(port)
        raise LookupError("the store is of another version")

    monkeypatch.setattr("server.listen.create_app", broken)
    with pytest.raises(LookupError), serving(home):
        pytest.fail("it must not start")
    bind(ports[0]).close()


@pytest.mark.parametrize("arguments", [["--host", "0.0.0.0"], ["--port", "0"], ["--port", "70000"]])  # noqa: S104
def test_the_command_offers_no_other_address(arguments: list[str]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "server.cli", "serve", *arguments],
        capture_output=True,
        timeout=30,
        check=False,
    )
    assert done.returncode == 2


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_command_answers_and_stops_cleanly(number: signal.Signals) -> None:
    with bind(0) as place:
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert process.stdout is not None
            assert f"http://127.0.0.1:{port}" in process.stdout.readline()
            assert httpx.get(f"http://127.0.0.1:{port}/api/ping").json()["app"] == "intown"
            process.send_signal(number)
            rest = process.communicate(timeout=20)[0]
        finally:
            process.kill()
    assert process.returncode == 0
    assert "Traceback" not in rest


def test_the_logs_and_data_are_private(home: Home) -> None:
    with serving(home) as port:
        httpx.get(f"http://127.0.0.1:{port}/api/ping")
    for path in (home.data, home.logs):
        if os.name == "posix":
            assert path.stat().st_mode & 0o077 == 0, path


def test_the_answer_does_not_name_the_server_program(live: Live) -> None:
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as line:
        line.sendall(b"nonsense\r\n\r\n")
        answer = line.recv(65536).decode()
    assert answer.startswith("HTTP/1.")
    assert not re.search(r"(?i)waitress|werkzeug|flask|python", answer)
    assert "server" not in httpx.get(f"{live.url}/api/ping").headers


def test_sixty_half_open_clients_do_not_keep_a_real_one_waiting(live: Live) -> None:
    heads = [
        b"",
        b"GET /api/ping HTTP/1.1\r\n",
        f"POST /api/pages HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\nContent-Length: 4000000\r\n\r\n{{".encode(),
    ]
    lines = [socket.create_connection(("127.0.0.1", live.port), timeout=5) for _ in range(60)]
    try:
        for number, line in enumerate(lines):
            line.sendall(heads[number % 3])
        for _ in range(5):
            began = time.perf_counter()
            answer = httpx.get(
                f"{live.url}/api/applications", headers={"Authorization": f"Bearer {live.token}"}, timeout=5
            )
            assert answer.status_code == 200
            assert time.perf_counter() - began < 1
    finally:
        for line in lines:
            line.close()


def test_clients_that_never_finish_do_not_occupy_a_thread(live: Live) -> None:
    """More unfinished bodies than the server has threads: it waits for them outside its threads."""
    lines = [socket.create_connection(("127.0.0.1", live.port), timeout=5) for _ in range(20)]
    head = (
        f"POST /api/pair HTTP/1.1\r\nHost: 127.0.0.1:{live.port}\r\n"
        "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n{"
    )
    try:
        for line in lines:
            line.sendall(head.encode())
        assert httpx.get(f"{live.url}/api/ping", timeout=1).status_code == 200
    finally:
        for line in lines:
            line.close()


def test_a_client_that_drips_is_not_waited_for(live: Live, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("server.listen.REQUEST_SECONDS", 0.5)
    with socket.create_connection(("127.0.0.1", live.port), timeout=5) as line:
        line.sendall(b"GET /api/ping HTTP/1.1\r\nX-Slow: ")
        assert seconds_until_closed(line) < 5
    assert httpx.get(f"{live.url}/api/ping").status_code == 200


def seconds_until_closed(line: socket.socket) -> float:
    """How long the other end takes a byte every tenth of a second; at most 10 seconds."""
    began = time.monotonic()
    while time.monotonic() - began < 10:
        try:
            line.sendall(b"a")
        except ConnectionError:
            break
        time.sleep(0.1)
    return time.monotonic() - began
