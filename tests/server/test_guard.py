"""Who is let in. The raw-socket attacks are in test_attacks.py; here each rule by itself."""

from __future__ import annotations

import pytest
from apiflask import APIFlask

from scraper.store import Store
from server import pairing
from server.guard import BODY_LIMIT, HEADERS, ORIGIN
from tests.server.conftest import PORT, Caller, Clock


def code(answer: object) -> str:
    return str(answer.get_json()["error"]["code"])  # type: ignore[attr-defined]  # a TestResponse


def test_our_extension_with_its_token_is_let_in(caller: Caller) -> None:
    answer = caller.get("/api/applications")
    assert answer.status_code == 200
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN


def test_a_program_with_a_token_is_let_in(caller: Caller) -> None:
    caller.headers = {}
    answer = caller.get("/api/applications")
    assert answer.status_code == 200
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    "host",
    [
        "localhost:47615",
        "127.0.0.1",
        "127.0.0.1:80",
        "127.0.0.1:047615",
        "127.0.0.1:47615.",
        "127.0.0.1:47615 ",
        "0.0.0.0:47615",
        "[::1]:47615",
        "2130706433:47615",
        "127.1:47615",
        "user@127.0.0.1:47615",
        "127.0.0.1:47615@evil.example",
        "evil.example",
        "127.0.0.1:47615, 127.0.0.1:47615",
        "",
    ],
)
def test_any_other_host_is_refused_even_with_the_token(caller: Caller, host: str) -> None:
    headers = {"Authorization": f"Bearer {caller.token}"}
    answer = caller.client.get("/api/applications", headers=headers, environ_overrides={"HTTP_HOST": host})
    assert (answer.status_code, code(answer)) == (421, "wrong_host")


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "https://evil.example",
        f"http://127.0.0.1:{PORT}",
        "http://127.0.0.1:8080",
        ORIGIN + "x",
        ORIGIN + "/",
        ORIGIN.upper(),
        ORIGIN.replace("chrome-extension", "moz-extension"),
        "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        f"{ORIGIN}, {ORIGIN}",
        " " + ORIGIN,
    ],
)
def test_any_other_origin_is_refused_even_with_the_token(caller: Caller, origin: str) -> None:
    answer = caller.get("/api/applications", Origin=origin)
    assert (answer.status_code, code(answer)) == (403, "forbidden")
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize(
    ("origin", "site", "mode", "status"),
    [
        (ORIGIN, "cross-site", "cors", 200),
        (ORIGIN, "none", "cors", 200),  # a build with a host permission
        ("", "none", "cors", 403),  # the GET of another extension, one with a host permission
        ("", "", "", 200),
        (ORIGIN, "cross-site", "navigate", 403),
        (ORIGIN, "cross-site", "no-cors", 403),
        (ORIGIN, "cross-site", "websocket", 403),
        (ORIGIN, "same-origin", "cors", 403),
        (ORIGIN, "same-site", "cors", 403),
        ("", "cross-site", "cors", 403),
        ("", "cross-site", "no-cors", 403),
        ("", "same-site", "cors", 403),
        ("", "same-origin", "cors", 403),
        ("", "none", "navigate", 403),
    ],
)
def test_what_the_browser_says_about_the_caller(
    caller: Caller, origin: str, site: str, mode: str, status: int
) -> None:
    answer = caller.get("/api/applications", Origin=origin, Sec_Fetch_Site=site, Sec_Fetch_Mode=mode)
    assert answer.status_code == status


def test_the_preflight_is_answered_for_our_extension_only(stranger: Caller) -> None:
    asked = {"Access_Control_Request_Method": "POST", "Access_Control_Request_Headers": "authorization"}
    answer = stranger.send("OPTIONS", "/api/pages", **asked)
    assert answer.status_code == 204
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert "Authorization" in answer.headers["Access-Control-Allow-Headers"]
    assert "Origin" in answer.headers["Vary"]
    for origin in ("https://evil.example", "null", ""):
        refused = stranger.send("OPTIONS", "/api/pages", Origin=origin, **asked)
        assert refused.status_code == 403
        assert not [name for name, _ in refused.headers if name.startswith("Access-Control")]


def test_every_token_failure_gets_the_very_same_answer(caller: Caller, store: Store, clock: Clock) -> None:
    revoked = pairing.issue(store, "gone", clock())
    pairing.revoke(store, revoked.client)
    token = caller.token
    given = [
        "",
        "Bearer",
        "Bearer ",
        f"bearer {token}",
        f"Basic {token}",
        token,
        f"Bearer {token}x",
        f"Bearer {token[:-1]}",
        f"Bearer  {token}",
        f"Bearer {token}, Bearer {token}",
        f"Bearer {revoked.token}",
        "Bearer \xe9\xe9",
    ]
    answers = [caller.get("/api/applications", Authorization=header) for header in given]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.data for answer in answers}) == 1
    assert len({str(sorted(answer.headers.items())) for answer in answers}) == 1


def test_a_token_anywhere_else_is_no_token(caller: Caller) -> None:
    token = caller.token
    assert (
        caller.get(f"/api/applications?token={token}&access_token={token}", Authorization="").status_code
        == 401
    )
    assert caller.get("/api/applications", Authorization="", Cookie=f"token={token}").status_code == 401
    assert caller.get("/api/applications", Authorization="", X_Token=token).status_code == 401


def test_without_a_token_no_address_tells_whether_it_exists(stranger: Caller) -> None:
    real, made_up = stranger.get("/api/applications"), stranger.get("/api/nothing-here")
    assert (real.status_code, real.data) == (made_up.status_code, made_up.data)
    assert stranger.get("/api/openapi.json").status_code == 401


def test_every_route_but_ping_and_pair_asks_for_a_token(app: APIFlask, stranger: Caller) -> None:
    open_ones = set()
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<", "").replace(">", "").replace("string:", "")
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            body: object = None if method in ("GET", "DELETE") else {}
            if stranger.send(method, path, body).status_code != 401:
                open_ones.add((method, rule.rule))
    assert open_ones == {("GET", "/api/ping"), ("POST", "/api/pair")}


@pytest.mark.parametrize(
    "mimetype",
    ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", "application/json5", ""],
)
def test_only_json_is_taken(caller: Caller, mimetype: str) -> None:
    headers = {"Authorization": f"Bearer {caller.token}", **caller.headers}
    if mimetype:
        headers["Content-Type"] = mimetype
    answer = caller.client.post(
        "/api/pages", data=b"{}", headers=headers, base_url=f"http://127.0.0.1:{PORT}"
    )
    assert (answer.status_code, code(answer)) == (415, "not_json")


def test_a_body_over_the_limit_is_refused(caller: Caller) -> None:
    answer = caller.post("/api/pages", {"url": "https://x.example/", "html": "x" * BODY_LIMIT})
    assert (answer.status_code, code(answer)) == (413, "too_large")


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 200_000,
        b'{"a":' * 100_000,
        b'{"url": NaN}',
        b'{"url": "\xff\xfe"}',
        b'{"url": "\\ud800"}',
        b"{",
        b"\x00",
    ],
)
def test_json_that_is_none_or_too_deep_is_a_bad_request(caller: Caller, body: bytes) -> None:
    headers = {
        "Authorization": f"Bearer {caller.token}",
        "Content-Type": "application/json",
        **caller.headers,
    }
    answer = caller.client.post("/api/pages", data=body, headers=headers, base_url=f"http://127.0.0.1:{PORT}")
    assert (answer.status_code, code(answer)) == (400, "bad_request")


@pytest.mark.parametrize("body", [[], "text", 7, {"url": 1}, {"url": "https://x.example/", "html": []}])
def test_json_of_another_shape_is_not_valid(caller: Caller, body: object) -> None:
    headers = {"Authorization": f"Bearer {caller.token}", **caller.headers}
    answer = caller.client.post("/api/pages", json=body, headers=headers, base_url=f"http://127.0.0.1:{PORT}")
    assert (answer.status_code, code(answer)) == (422, "not_valid")


def test_every_answer_carries_the_version_and_the_defensive_headers(caller: Caller, stranger: Caller) -> None:
    answers = [
        caller.get("/api/applications"),
        caller.get("/api/nothing-here"),
        caller.send("PUT", "/api/applications", {}),
        stranger.get("/api/ping"),
        stranger.get("/api/applications"),
        stranger.get("/api/ping", Origin="https://evil.example"),
        caller.post("/api/pages", {}),
    ]
    assert [answer.status_code for answer in answers] == [200, 404, 405, 200, 401, 403, 422]
    for answer in answers:
        assert answer.headers["X-InTown-Version"]
        assert "Set-Cookie" not in answer.headers
        for name, value in HEADERS.items():
            assert answer.headers[name] == value
