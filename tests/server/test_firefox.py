"""Firefox gives an extension another identity at every installation: what any of them may do, and only one may.

Raw requests against real waitress, each with a right token and a right code, as in test_attacks.py.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.store import Store
from server import pairing
from server.guard import ORIGIN
from tests.server.attacking import POST, Target, pair_body, raw, refused, request
from tests.server.conftest import Caller, Clock

pytestmark = pytest.mark.usefixtures("no_error_is_logged")

OURS = "moz-extension://21d319b7-d1a3-4064-b1f2-cc6d54b669cf"
OTHER = "moz-extension://56ababea-3736-42c2-abb6-6ade5c972bbf"


def issued_to(target: Target, origin: str) -> str:
    return pairing.issue(target.store, "A browser", datetime.now(UTC), origin).token


def ask(target: Target, token: str, origin: str | None) -> bytes:
    """Revoke the token that is carried: what an attacker would see succeed."""
    if origin is None:
        no_browser = ("Origin", "Sec-Fetch-Site", "Sec-Fetch-Mode")
        return request(target, Authorization=f"Bearer {token}", without=no_browser)
    return request(target, Authorization=f"Bearer {token}", Origin=origin)


def test_it_pairs_and_is_let_in(stranger: Caller, store: Store, clock: Clock) -> None:
    stranger.headers["Origin"] = OURS
    assert stranger.get("/api/ping").status_code == 200
    code = pairing.open_code(store, clock())
    answer = stranger.post("/api/pair", {"code": code, "label": "Firefox"})
    assert answer.headers["Access-Control-Allow-Origin"] == OURS
    stranger.token = answer.get_json()["token"]
    let_in = stranger.get("/api/applications")
    assert let_in.status_code == 200
    assert let_in.headers["Access-Control-Allow-Origin"] == OURS
    stranger.headers["Origin"] = OTHER
    assert stranger.get("/api/applications").status_code == 401
    stranger.headers["Origin"] = ORIGIN
    assert stranger.get("/api/applications").status_code == 401


@pytest.mark.parametrize("origin", [OURS, OTHER])
def test_the_preflight_is_answered_for_any(stranger: Caller, origin: str) -> None:
    asked = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization"}
    answer = stranger.send("OPTIONS", "/api/pages", Origin=origin, **asked)
    assert (answer.status_code, answer.headers["Access-Control-Allow-Origin"]) == (204, origin)
    assert "Access-Control-Allow-Credentials" not in answer.headers


WRONG_HOLDERS = {
    "of A, by B": (OURS, OTHER),
    "of A, by Chromium's extension": (OURS, ORIGIN),
    "of A, by a program": (OURS, None),
    "of Chromium's, by A": (ORIGIN, OURS),
    "of Chromium's, by a program": (ORIGIN, None),
    "of a program, by A": ("", OURS),
}


@pytest.mark.parametrize(("holder", "sender"), WRONG_HOLDERS.values(), ids=WRONG_HOLDERS)
def test_a_token_of_somebody_else(target: Target, holder: str, sender: str | None) -> None:
    token = issued_to(target, holder)
    refused(target, ask(target, token, sender), 401)
    assert raw(target.port, ask(target, token, holder or None)) == 204  # its owner may


def test_it_gets_the_answer_of_every_token_failure(stranger: Caller, store: Store, clock: Clock) -> None:
    stranger.headers["Origin"] = OTHER
    wrong = stranger.get("/api/applications", Authorization="Bearer nothing")
    stranger.token = pairing.issue(store, "A browser", clock(), OURS).token
    stolen = stranger.get("/api/applications")
    assert (stolen.status_code, stolen.data) == (wrong.status_code, wrong.data)
    assert sorted(stolen.headers.items()) == sorted(wrong.headers.items())


UUID = OURS.removeprefix("moz-extension://")
LOOK_ALIKES = {
    "null": "null",
    "web page": "https://evil.example",
    "web page named like one": f"https://{UUID}",
    "page of a file": "file://",
    "another scheme": f"safari-web-extension://{UUID}",
    "scheme in capitals": f"MOZ-EXTENSION://{UUID}",
    "in capitals": f"moz-extension://{UUID.upper()}",
    "in braces": f"moz-extension://{{{{{UUID}}}}}",
    "without hyphens": f"moz-extension://{UUID.replace('-', '')}",
    "too short": OURS[:-1],
    "too long": OURS + "0",
    "no hexadecimal": OURS.replace("d", "g"),
    "full-width digit": OURS.replace("2", "\xb2"),
    "slash": OURS + "/",
    "port": OURS + ":80",
    "user info": f"moz-extension://x@{UUID}",
    "suffix": OURS + ".evil.example",
    "two in one": f"{OURS}, {OTHER}",
    "tab behind": OURS + "\tx",
    "no identity": "moz-extension://",
}


@pytest.mark.parametrize("origin", LOOK_ALIKES.values(), ids=LOOK_ALIKES)
def test_a_look_alike_may_not_even_ask(target: Target, origin: str) -> None:
    refused(target, ask(target, issued_to(target, OURS), origin), 403)
    refused(target, request(target, POST, body=pair_body(target), Origin=origin), 403)
    refused(target, request(target, "GET /api/ping HTTP/1.1", Origin=origin), 403)
    refused(target, request(target, "OPTIONS /api/pages HTTP/1.1", Origin=origin), 403)


@pytest.mark.parametrize("mode", ["navigate", "no-cors", "websocket", "same-origin"])
def test_another_kind_of_request(target: Target, mode: str) -> None:
    token = issued_to(target, OURS)
    attack = request(target, Origin=OURS, Authorization=f"Bearer {token}", Sec_Fetch_Mode=mode)
    refused(target, attack, 403)


def test_two_identities_at_once(target: Target) -> None:
    token = issued_to(target, OURS)
    attack = request(target, Origin=OTHER, Authorization=f"Bearer {token}", extra=(f"Origin: {OURS}",))
    refused(target, attack, 403)


def test_guessing_ends_after_five_whoever_tries(stranger: Caller, store: Store, clock: Clock) -> None:
    code = pairing.open_code(store, clock())
    for number in range(5):
        stranger.headers["Origin"] = (ORIGIN, OURS, OTHER)[number % 3]
        guess = f"{(int(code) + 1 + number) % 10**8:08d}"
        assert stranger.post("/api/pair", {"code": guess}).status_code == 403
    stranger.headers["Origin"] = OURS
    assert stranger.post("/api/pair", {"code": code}).status_code == 403
    assert pairing.clients(store) == []
