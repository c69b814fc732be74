"""The code on the screen: one minute, five tries, once; and the token that comes of it."""

from __future__ import annotations

import hashlib
import hmac
import json
import subprocess
import sys
import threading
from datetime import UTC, datetime

import httpx
import pytest
from click.testing import CliRunner

from scraper.settings import Home
from scraper.store import Store
from server import pairing
from server.commands.serve import pair
from server.listen import bind
from tests.server.conftest import Caller, Clock, Live


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**8:08d}"


def test_the_right_code_gives_a_token_that_works(stranger: Caller, store: Store, clock: Clock) -> None:
    code = pairing.open_code(store, clock())
    assert len(code) == 8
    answer = stranger.post("/api/pair", {"code": code, "label": "Chromium on the desk"})
    assert answer.status_code == 200
    stranger.token = answer.get_json()["token"]
    assert stranger.get("/api/applications").status_code == 200
    assert [client.label for client in pairing.clients(store)] == ["Chromium on the desk"]


def test_a_code_works_once(stranger: Caller, store: Store, clock: Clock) -> None:
    code = pairing.open_code(store, clock())
    assert stranger.post("/api/pair", {"code": code}).status_code == 200
    assert stranger.post("/api/pair", {"code": code}).status_code == 403
    assert len(pairing.clients(store)) == 1


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (59.9, 200), (60, 403), (3600, 403), (-1, 403)])
def test_a_code_lives_a_minute(
    stranger: Caller, store: Store, clock: Clock, seconds: float, status: int
) -> None:
    code = pairing.open_code(store, clock())
    clock.forward(seconds=seconds)
    assert stranger.post("/api/pair", {"code": code}).status_code == status


def test_five_wrong_tries_end_it(stranger: Caller, store: Store, clock: Clock) -> None:
    code = pairing.open_code(store, clock())
    for _ in range(5):
        assert stranger.post("/api/pair", {"code": wrong(code)}).status_code == 403
    assert stranger.post("/api/pair", {"code": code}).status_code == 403
    assert pairing.clients(store) == []


def test_the_fifth_try_still_counts(stranger: Caller, store: Store, clock: Clock) -> None:
    code = pairing.open_code(store, clock())
    for _ in range(4):
        stranger.post("/api/pair", {"code": wrong(code)})
    assert stranger.post("/api/pair", {"code": code}).status_code == 200


def test_every_failure_looks_the_same(stranger: Caller, store: Store, clock: Clock) -> None:
    never = stranger.post("/api/pair", {"code": "12345678"})
    code = pairing.open_code(store, clock())
    mistyped = stranger.post("/api/pair", {"code": wrong(code)})
    clock.forward(minutes=2)
    late = stranger.post("/api/pair", {"code": code})
    assert {answer.data for answer in (never, mistyped, late)} == {never.data}


def test_twenty_tries_at_once_are_still_five(live: Live) -> None:
    code = pairing.open_code(live.store, datetime.now(UTC))
    answers: list[int] = []

    def attempt(number: int) -> None:
        guess = f"{(int(code) + 1 + number) % 10**8:08d}"
        answers.append(httpx.post(f"{live.url}/api/pair", json={"code": guess}, timeout=20).status_code)

    threads = [threading.Thread(target=attempt, args=(number,)) for number in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [403] * 20
    assert httpx.post(f"{live.url}/api/pair", json={"code": code}).status_code == 403


def test_a_new_code_ends_the_old_one(stranger: Caller, store: Store, clock: Clock) -> None:
    old = pairing.open_code(store, clock())
    new = pairing.open_code(store, clock())
    assert stranger.post("/api/pair", {"code": old}).status_code == (200 if old == new else 403)


@pytest.mark.parametrize(
    "code", ["", "1234567", "123456789", "1234567a", "１２３４５６７８", "1234 5678", 12345678, None]
)
def test_what_is_no_code_is_not_a_try(stranger: Caller, store: Store, clock: Clock, code: object) -> None:
    right = pairing.open_code(store, clock())
    for _ in range(6):
        assert stranger.post("/api/pair", {"code": code}).status_code == 422
    assert stranger.post("/api/pair", {"code": right}).status_code == 200


def test_neither_code_nor_token_is_written_down(
    stranger: Caller, store: Store, clock: Clock, home: Home
) -> None:
    code = pairing.open_code(store, clock())
    before = home.store.read_bytes()
    token = stranger.post("/api/pair", {"code": code}).get_json()["token"]
    assert code.encode() not in before
    assert hashlib.sha256(code.encode()).hexdigest().encode() not in before
    for path in home.data.rglob("*"):
        if path.is_file():
            assert token.encode() not in path.read_bytes(), path


def test_delete_ends_the_own_pairing_and_no_other(caller: Caller, store: Store, clock: Clock) -> None:
    other = pairing.issue(store, "another", clock())
    assert caller.send("DELETE", "/api/pair").status_code == 204
    assert caller.get("/api/applications").status_code == 401
    caller.token = other.token
    assert caller.get("/api/applications").status_code == 200


def test_the_server_proves_that_it_is_the_one(stranger: Caller, store: Store, clock: Clock) -> None:
    issued = pairing.issue(store, "Chromium", clock())
    nonce = "0123456789abcdef0123456789abcdef"
    body = stranger.get(f"/api/ping?nonce={nonce}&client={issued.client}").get_json()
    key = hashlib.sha256(issued.token.encode()).digest()
    assert body["proof"] == hmac.new(key, nonce.encode(), hashlib.sha256).hexdigest()
    assert body["app"] == "intown"
    assert stranger.get(f"/api/ping?nonce={nonce}&client=00000000").get_json()["proof"] is None
    assert stranger.get("/api/ping").get_json()["proof"] is None
    pairing.revoke(store, issued.client)
    assert stranger.get(f"/api/ping?nonce={nonce}&client={issued.client}").get_json()["proof"] is None


@pytest.mark.parametrize(
    "query", ["nonce=xyz", "nonce=ab", "nonce=" + "a" * 129, "client=../../etc", "client="]
)
def test_ping_takes_hex_only(stranger: Caller, query: str) -> None:
    assert stranger.get(f"/api/ping?{query}").status_code == 422


def test_the_command_and_the_server_are_two_processes(live: Live) -> None:
    """`intown pair` shows the code, another process takes it, and the command says whom it let in."""
    shown = subprocess.Popen(
        [sys.executable, "-m", "server.cli", "pair", "--port", str(live.port)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    assert shown.stdout is not None
    line = next(text for text in shown.stdout if text.strip())
    code = line.replace(" ", "").strip()
    answer = httpx.post(f"{live.url}/api/pair", json={"code": code, "label": "Chromium"})
    rest, complaints = shown.communicate(timeout=20)
    assert complaints == ""
    assert answer.status_code == 200
    assert shown.returncode == 0
    assert f"Paired: Chromium ({answer.json()['client']})." in rest
    assert httpx.get(
        f"{live.url}/api/applications", headers={"Authorization": f"Bearer {answer.json()['token']}"}
    ).is_success


def test_listing_and_revoking(store: Store) -> None:
    run = CliRunner()
    assert "No browser is paired" in run.invoke(pair, ["--list"]).output
    issued = pairing.issue(store, "Chromium", datetime(2027, 8, 1, tzinfo=UTC))
    listed = run.invoke(pair, ["--list"]).output
    assert listed.split() == [issued.client, "paired", "2027-08-01", "Chromium"]
    assert issued.token not in run.invoke(pair, ["--list", "--json"]).output
    assert run.invoke(pair, ["--revoke", issued.client]).exit_code == 0
    assert json.loads(run.invoke(pair, ["--list", "--json"]).output) == []
    assert run.invoke(pair, ["--revoke", issued.client]).exit_code == 2


def test_a_label_from_the_network_cannot_drive_the_terminal(store: Store) -> None:
    pairing.issue(store, "\x1b[2Jgone\r\nfake", datetime(2027, 8, 1, tzinfo=UTC))
    output = CliRunner().invoke(pair, ["--list"]).output
    assert "\x1b" not in output
    assert len(output.splitlines()) == 1


def test_a_code_without_a_server_says_what_is_missing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pairing, "code_is_open", lambda *_: False)  # the minute is over
    with bind(0) as free:
        port = free.getsockname()[1]
    shown = CliRunner().invoke(pair, ["--port", str(port)])
    assert f"No InTown answers on port {port} yet: run `intown serve`" in shown.stderr
    assert "Nobody typed the code in time" in shown.stderr
    assert shown.exit_code == 3
    assert store.read().get("settings", "pairing") is None
