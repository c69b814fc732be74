"""What `intown doctor` says of the server, of other programs at its port, and of the paired browsers."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest

from scraper.settings import Home
from scraper.store import Store
from server import pairing
from server.health import visits
from server.health.findings import Patient
from server.listen import serving
from server.running import announced
from tests.health.looking import ATTENTION, BROKEN, NOW, OK, brief, one


def test_nobody_answers(patient: Patient) -> None:
    assert brief(visits.server(patient)) == (ATTENTION, "intown serve")


def test_our_own_server(patient: Patient, home: Home) -> None:
    with serving(home) as port, announced(home, port, NOW):
        before = one(visits.server(patient))
        pairing.issue(Store(home.store), "Chromium", NOW)
        found = one(visits.server(replace(patient)))
    assert (before.state, found.state, found.facts["usual_port"]) == (OK, OK, False)
    assert f"http://127.0.0.1:{port}" in found.text


def test_our_server_of_an_older_version(
    patient: Patient, home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(home) as port, announced(home, port, NOW):
        monkeypatch.setattr(visits, "__version__", "9.9")
        found = one(visits.server(patient))
    assert (found.state, found.fix) == (ATTENTION, "intown serve")
    assert "and 9.9 is installed" in found.text


def test_a_server_of_another_home(patient: Patient, home: Home, tmp_path: Path) -> None:
    other = Home(tmp_path / "o" / "data", tmp_path / "o" / "cache", tmp_path / "o" / "logs").make()
    with serving(other) as port:
        unknown = one(visits.server(replace(patient, port=port)))
        pairing.issue(Store(home.store), "Chromium", NOW)
        found = one(visits.server(replace(patient, port=port)))
    assert (unknown.state, found.state) == (BROKEN, BROKEN)
    assert found.fix == f"intown serve --port {port + 1}"
    assert found.facts["other_home"] is True


def test_a_lock_without_an_answer(patient: Patient, home: Home) -> None:
    with announced(home, patient.port, NOW):
        found = one(visits.server(patient))
    assert (found.state, found.fix) == (BROKEN, f"kill {os.getpid()}")


class Stranger(BaseHTTPRequestHandler):
    said = b'{"app": "intown"}'

    def do_GET(self) -> None:
        self.send_response(200)
        self.end_headers()
        self.wfile.write(self.said)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(params=[b'{"app": "intown"}', b"<html>", b"[" * 5000, b"[1]"])
def stranger(request: pytest.FixtureRequest) -> Iterator[int]:
    handler = type("Other", (Stranger,), {"said": request.param})
    with HTTPServer(("127.0.0.1", 0), handler) as other:
        thread = Thread(target=other.serve_forever, daemon=True)
        thread.start()
        yield other.server_port
        other.shutdown()
        thread.join()


def test_another_program_has_the_port(patient: Patient, stranger: int) -> None:
    found = one(visits.server(replace(patient, port=stranger)))
    assert (found.state, found.facts["other_program"]) == (BROKEN, True)
    assert found.fix == f"intown serve --port {stranger + 1}"


def test_a_program_that_speaks_no_http(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    def mute(*_: object, **__: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(HTTPConnection, "request", mute)
    assert one(visits.server(patient)).facts["other_program"] is True


def test_pairing(patient: Patient, home: Home) -> None:
    assert brief(visits.paired(patient)) == (ATTENTION, "intown pair")
    store = Store(home.store)
    pairing.issue(store, "Chromium", NOW)
    assert one(visits.paired(replace(patient))).text.startswith("One browser is paired")
    pairing.issue(store, "Edge", NOW)
    assert one(visits.paired(replace(patient))).text.startswith("2 browsers are paired")


def test_an_extension_of_another_version(
    patient: Patient, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(visits, "FOLDER", tmp_path)
    assert brief(visits.paired(patient)) == (BROKEN, "pipx reinstall intown")
    (tmp_path / "manifest.json").write_text(json.dumps({"version": "0.0.1"}))
    found = one(visits.paired(patient))
    assert (found.state, "of version 0.0.1" in found.text) == (BROKEN, True)
