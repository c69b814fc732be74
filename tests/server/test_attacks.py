"""Raw HTTP against real waitress: exact codes, no change of state, no server error (security.md F7).

Every attack is made with all that a legitimate caller has: the right token, the right pairing code. What it
tries would succeed without the one thing that is wrong with it; `test_without_an_attack…` proves that.
"""

from __future__ import annotations

import json
import logging
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from scraper.settings import Home
from scraper.store import Store
from server import pairing
from server.guard import BODY_LIMIT, ORIGIN
from server.listen import TUNING, serving


@dataclass(frozen=True)
class Target:
    """A server with a paired browser and an open pairing code: something to lose."""

    port: int
    token: str
    code: str
    store: Store

    def state(self) -> bytes:
        return self.store.path.read_bytes()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Store]]:
    root = tmp_path_factory.mktemp("attacked")
    home = Home(root / "data", root / "cache", root / "logs").make()
    with serving(home) as port:
        yield port, Store(home.store)


@pytest.fixture
def target(place: tuple[int, Store]) -> Target:
    port, store = place
    now = datetime.now(UTC)
    return Target(port, pairing.issue(store, "Chromium", now).token, pairing.open_code(store, now), store)


def raw(port: int, request: bytes) -> int:
    """The status of the answer to these bytes; 0 where the connection was closed without one."""
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        try:
            line.sendall(request)
            line.shutdown(socket.SHUT_WR)
            answer = line.recv(65536)
        except ConnectionError:
            return 0
    return int(answer.split()[1]) if answer.startswith(b"HTTP/1.") else 0


def request(
    target: Target,
    line: str = "DELETE /api/pair HTTP/1.1",
    *,
    body: bytes | None = None,
    without: tuple[str, ...] = (),
    extra: tuple[str, ...] = (),
    **headers: str,
) -> bytes:
    """A legitimate request of the extension, changed as asked: `headers` replace, `extra` lines are added raw."""
    sent = {
        "Host": f"127.0.0.1:{target.port}",
        "Origin": ORIGIN,
        "Sec-Fetch-Site": "cross-site",
        "Sec-Fetch-Mode": "cors",
        "Authorization": f"Bearer {target.token}",
        "Connection": "close",
    }
    if body is not None:
        sent |= {"Content-Type": "application/json", "Content-Length": str(len(body))}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    lines = [line, *(f"{name}: {value}" for name, value in sent.items() if name not in without), *extra]
    filled = "\r\n".join(lines).format(port=target.port, token=target.token)
    return filled.encode("latin-1") + b"\r\n\r\n" + (body or b"")


def pair_body(target: Target) -> bytes:
    return json.dumps({"code": target.code, "label": "attacker"}).encode()


def test_without_an_attack_the_same_requests_succeed(target: Target) -> None:
    """Otherwise the attacks below would fail for the wrong reason."""
    before = target.state()
    assert raw(target.port, request(target, "POST /api/pair HTTP/1.1", body=pair_body(target))) == 200
    assert target.state() != before
    assert raw(target.port, request(target)) == 204
    assert pairing.client_of(target.store, target.token) is None


HOSTS = {
    "localhost": "localhost:{port}",
    "all interfaces": "0.0.0.0:{port}",
    "IPv6 loopback": "[::1]:{port}",
    "mapped IPv6": "[::ffff:127.0.0.1]:{port}",
    "decimal": "2130706433:{port}",
    "octal": "0177.0.0.1:{port}",
    "hexadecimal": "0x7f000001:{port}",
    "short form": "127.1:{port}",
    "neighbour on loopback": "127.0.0.2:{port}",
    "user info": "127.0.0.1:{port}@evil.example",
    "user info before": "evil.example@127.0.0.1:{port}",
    "rebound name": "rebind.evil.example:{port}",
    "rebound name without a port": "rebind.evil.example",
    "wildcard name of loopback": "127.0.0.1.nip.example:{port}",
    "trailing dot": "127.0.0.1.:{port}",
    "no port": "127.0.0.1",
    "other port": "127.0.0.1:1",
    "padded port": "127.0.0.1:0{port}",
    "two in one": "127.0.0.1:{port}, evil.example",
    "empty": "",
    "with a path": "127.0.0.1:{port}/",
    "with a tab inside": "127.0.0.1\t:{port}",
}


@pytest.mark.parametrize("host", HOSTS.values(), ids=HOSTS)
def test_another_host(target: Target, host: str) -> None:
    refused(target, request(target, Host=host), 421)


HOST_LINES = {
    "none": ((), ("Host",), 421),
    "two, ours first": (("Host: evil.example",), (), 421),
    "two, ours last": (("Host: evil.example", "Host: 127.0.0.1:{port}"), ("Host",), 421),
    "twice the same": (("Host: 127.0.0.1:{port}",), (), 421),
    "forwarded as ours": (
        ("Host: evil.example", "X-Forwarded-Host: 127.0.0.1:{port}", "Forwarded: host=127.0.0.1:{port}"),
        ("Host",),
        421,
    ),
    "underscore twin": (("Host: evil.example", "HTTP_HOST: 127.0.0.1:{port}"), ("Host",), 421),
    "space before the colon": (("Host : 127.0.0.1:{port}",), ("Host",), 400),
    "folded": (("Host:", " evil.example"), ("Host",), 421),
}


@pytest.mark.parametrize(("extra", "without", "status"), HOST_LINES.values(), ids=HOST_LINES)
def test_tricks_with_the_host_line(
    target: Target, extra: tuple[str, ...], without: tuple[str, ...], status: int
) -> None:
    refused(target, request(target, extra=extra, without=without), status)


ORIGINS = {
    "web page": "https://evil.example",
    "null": "null",
    "empty": "",
    "our own server": "http://127.0.0.1:{port}",
    "other local port": "http://127.0.0.1:8080",
    "localhost": "http://localhost:{port}",
    "other extension": "chrome-extension://aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
    "our id in Firefox's scheme": ORIGIN.replace("chrome-", "moz-"),
    "suffix": ORIGIN + ".evil.example",
    "one letter more": ORIGIN + "a",
    "upper case": ORIGIN.upper(),
    "slash": ORIGIN + "/",
    "two in one": f"{ORIGIN}, https://evil.example",
    "two in one with a space": f"{ORIGIN} https://evil.example",
}


@pytest.mark.parametrize("origin", ORIGINS.values(), ids=ORIGINS)
def test_another_origin(target: Target, origin: str) -> None:
    refused(target, request(target, Origin=origin), 403)


def test_two_origin_lines(target: Target) -> None:
    refused(target, request(target, extra=("Origin: https://evil.example",)), 403)


FETCHES = {
    "top-level navigation": {"Sec_Fetch_Mode": "navigate"},
    "no-cors": {"Sec_Fetch_Mode": "no-cors"},
    "websocket": {"Sec_Fetch_Mode": "websocket"},
    "same-origin mode": {"Sec_Fetch_Mode": "same-origin"},
    "same-origin page": {"Sec_Fetch_Site": "same-origin"},
    "same-site page": {"Sec_Fetch_Site": "same-site"},
    "made-up site": {"Sec_Fetch_Site": "whatever"},
    "two modes": {"Sec_Fetch_Mode": "cors, navigate"},
}


@pytest.mark.parametrize("headers", FETCHES.values(), ids=FETCHES)
def test_what_the_browser_says(target: Target, headers: dict[str, str]) -> None:
    refused(target, request(target, **headers), 403)  # type: ignore[arg-type]  # each is a header


def test_cross_site_without_an_origin(target: Target) -> None:
    refused(target, request(target, without=("Origin",)), 403)


TOKENS = {
    "none": ((), ("Authorization",)),
    "wrong": (("Authorization: Bearer AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",), ("Authorization",)),
    "other scheme": (("Authorization: Basic {token}",), ("Authorization",)),
    "lower case": (("Authorization: bearer {token}",), ("Authorization",)),
    "bare": (("Authorization: {token}",), ("Authorization",)),
    "two lines": (("Authorization: Bearer {token}",), ()),
    "cookie": (("Cookie: token={token}; Authorization={token}",), ("Authorization",)),
    "own header": (("X-Authorization: Bearer {token}", "X-Token: {token}"), ("Authorization",)),
    "underscore twin": (("HTTP_AUTHORIZATION: Bearer {token}",), ("Authorization",)),
    "proxy header": (("Proxy-Authorization: Bearer {token}",), ("Authorization",)),
    "cut": (("Authorization: Bearer {token:.20}",), ("Authorization",)),
    "not ASCII": (("Authorization: Bearer \xe9\xff",), ("Authorization",)),
}


@pytest.mark.parametrize(("extra", "without"), TOKENS.values(), ids=TOKENS)
def test_a_token_that_is_none(target: Target, extra: tuple[str, ...], without: tuple[str, ...]) -> None:
    refused(target, request(target, extra=extra, without=without), 401)


def test_a_token_in_the_address(target: Target) -> None:
    line = "DELETE /api/pair?token={token}&access_token={token}&authorization=Bearer%20{token} HTTP/1.1"
    refused(target, request(target, line, without=("Authorization",)), 401)


POST = "POST /api/pair HTTP/1.1"

TYPES = {
    "form of a page": "application/x-www-form-urlencoded",
    "text of a form": "text/plain",
    "multipart": "multipart/form-data; boundary=x",
    "beacon": "text/plain;charset=UTF-8",
    "almost": "application/json+x",
    "two": "text/plain, application/json",
    "empty": "",
    "upside down": "json/application",
}


@pytest.mark.parametrize("mimetype", TYPES.values(), ids=TYPES)
def test_what_is_not_json(target: Target, mimetype: str) -> None:
    refused(target, request(target, POST, body=pair_body(target), Content_Type=mimetype), 415)


def test_a_form_post_as_a_page_can_make_it(target: Target) -> None:
    """A top-level form post: the one request that Local Network Access lets through from a public page."""
    attack = request(
        target,
        POST,
        body=pair_body(target),
        without=("Authorization",),
        Origin="https://evil.example",
        Content_Type="text/plain",
        Sec_Fetch_Mode="navigate",
    )
    refused(target, attack, 403)


def test_a_compressed_body(target: Target) -> None:
    refused(target, request(target, POST, body=pair_body(target), Content_Encoding="gzip"), 415)


BODIES = {
    "deep list": (b"[" * 200_000, 400),
    "deep object": (b'{"a":' * 200_000, 400),
    "not a number": (b'{"code": NaN}', 400),
    "infinite": (b'{"code": Infinity}', 400),
    "bad UTF-8": (b'{"code": "\xff"}', 400),
    "half a surrogate": (b'{"code": "\\ud800"}', 400),
    "UTF-16": ("{}".encode("utf-16"), 400),
    "cut short": (b'{"code": "1234', 400),
    "two values": (b"{}{}", 400),
    "list": (b"[]", 422),
    "text": (b'"12345678"', 422),
    "null": (b"null", 422),
    "wrong types": (b'{"code": {"$ne": null}}', 422),
    "huge number": (b'{"code": 1' + b"0" * 5000 + b"}", 400),
    "nothing": (b"", 400),
}


def test_bodies_that_are_no_request(target: Target) -> None:
    for name, (body, status) in BODIES.items():
        state = target.state()
        assert raw(target.port, request(target, POST, body=body)) == status, name
        assert target.state() == state, name


LENGTHS = {
    "none": (("Content-Length",), (), 411),
    "negative": (("Content-Length",), ("Content-Length: -1",), 400),
    "signed": (("Content-Length",), ("Content-Length: +70",), 400),
    "hexadecimal": (("Content-Length",), ("Content-Length: 0x46",), 400),
    "two": ((), ("Content-Length: 5",), 400),
    "list": (("Content-Length",), ("Content-Length: 70, 70",), 400),
    "length and chunks": ((), ("Transfer-Encoding: chunked",), 400),
    "unknown transfer": (("Content-Length",), ("Transfer-Encoding: gzip",), 400),
    "chunked in disguise": ((), ("Transfer-Encoding: xchunked",), 400),
    "over the limit": (("Content-Length",), (f"Content-Length: {BODY_LIMIT * 4}",), 413),
    "astronomical": (("Content-Length",), ("Content-Length: 99999999999999999999",), 413),
}


@pytest.mark.parametrize(("without", "extra", "status"), LENGTHS.values(), ids=LENGTHS)
def test_lengths(target: Target, without: tuple[str, ...], extra: tuple[str, ...], status: int) -> None:
    refused(target, request(target, POST, body=pair_body(target), without=without, extra=extra), status)


def test_a_body_just_over_the_limit(target: Target) -> None:
    refused(target, request(target, POST, body=b" " * BODY_LIMIT + b"{}"), 413)


@pytest.mark.parametrize("chunk", [b"zz\r\nabc\r\n", b"-1\r\n", b"2\r\nabc\r\n", b"0x2\r\nab\r\n"])
def test_broken_chunks(target: Target, chunk: bytes) -> None:
    head = request(target, POST, extra=("Transfer-Encoding: chunked", "Content-Type: application/json"))
    refused(target, head + chunk, 400)


def test_an_old_client_with_chunks(target: Target) -> None:
    """HTTP/1.0 knows no chunks: what one side takes for a body the other would take for the next request."""
    attack = request(
        target, "POST /api/pair HTTP/1.0", extra=("Transfer-Encoding: chunked",), body=b"0\r\n\r\n"
    )
    refused(target, attack, 400)


METHODS = {
    "TRACE": ("TRACE /api/pair HTTP/1.1", (), 405),
    "CONNECT": ("CONNECT 127.0.0.1:22 HTTP/1.1", (), 405),
    "PUT": ("PUT /api/pair HTTP/1.1", (), 405),
    "made up": ("REVOKE /api/pair HTTP/1.1", (), 405),
    "lower case": ("delete /api/pair HTTP/1.1", (), 400),
    "override header": ("GET /api/pair HTTP/1.1", ("X-HTTP-Method-Override: DELETE",), 405),
    "override parameter": ("GET /api/pair?_method=DELETE HTTP/1.1", (), 405),
    "preflight of a stranger": ("OPTIONS /api/pair HTTP/1.1", ("Origin: https://evil.example",), 403),
    "websocket": (
        "GET /api/applications HTTP/1.1",
        (
            "Upgrade: websocket",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version: 13",
            "Origin: x",
        ),
        403,
    ),
}


@pytest.mark.parametrize(("line", "extra", "status"), METHODS.values(), ids=METHODS)
def test_methods(target: Target, line: str, extra: tuple[str, ...], status: int) -> None:
    refused(target, request(target, line, extra=extra), status)


PATHS = {
    "traversal": ("GET /api/../../etc/passwd HTTP/1.1", 404),
    "encoded traversal": ("GET /api/..%2f..%2fetc/passwd HTTP/1.1", 404),
    "NUL": ("GET /api/ping%00.json HTTP/1.1", 404),
    "line end": ("GET /api/applications%0d%0aSet-Cookie:%20a=b HTTP/1.1", 404),
    "two slashes": ("GET //evil.example/api/ping HTTP/1.1", 404),
    "trailing slash": ("GET /api/applications/ HTTP/1.1", 404),
    "other case": ("GET /API/applications HTTP/1.1", 404),
    "static files": ("GET /static/server.py HTTP/1.1", 404),
    "documentation": ("GET /docs HTTP/1.1", 404),
    "bad escape": ("GET /api/%ff%fe HTTP/1.1", 404),
    "whole address of another": ("GET http://evil.example/api/applications HTTP/1.1", 400),
    "whole address of ours": ("GET http://127.0.0.1:{port}/api/applications HTTP/1.1", 400),
    "broken address": ("GET http://[::1/api/applications HTTP/1.1", 400),
    "other scheme": ("GET file:///etc/passwd HTTP/1.1", 400),
    "asterisk": ("OPTIONS * HTTP/1.1", 204),
}


@pytest.mark.parametrize(("line", "status"), PATHS.values(), ids=PATHS)
def test_addresses(target: Target, line: str, status: int) -> None:
    refused(target, request(target, line), status)


GARBAGE = {
    "nothing but line ends": (b"\r\n\r\n", 0),
    "no protocol": (b"GET /api/ping\r\n\r\n", 421),
    "noise": (bytes(range(256)) + b"\r\n\r\n", 400),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 64, 0),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 421),
    "header without a name": (b"GET /api/ping HTTP/1.1\r\n: x\r\n\r\n", 400),
    "header with NUL": (b"GET /api/ping HTTP/1.1\r\nHost: a\x00b\r\n\r\n", 400),
    "bare line feeds": (b"GET /api/ping HTTP/1.1\nHost: x\n\n", 0),
    "folded first header": (b"GET /api/ping HTTP/1.1\r\n Host: x\r\n\r\n", 400),
}


@pytest.mark.parametrize(("attack", "status"), GARBAGE.values(), ids=GARBAGE)
def test_what_is_no_http(target: Target, attack: bytes, status: int) -> None:
    refused(target, attack, status)


def test_headers_without_end(target: Target) -> None:
    limit = TUNING["max_request_header_size"]
    endless = [
        request(target, extra=("X-Long: " + "x" * limit,)),
        request(target, extra=tuple(f"X-{n}: x" for n in range(limit // 4))),
        request(target, "GET /" + "a" * limit + " HTTP/1.1"),
    ]
    for attack in endless:  # cut where the server stops reading: the rest would be answered by a reset
        refused(target, attack[:limit], 431)


def test_a_second_request_hidden_in_the_first(target: Target) -> None:
    hidden = request(target)
    attack = request(target, "GET /api/ping HTTP/1.1", body=hidden, Content_Type="application/json")
    before = target.state()
    assert raw(target.port, attack) == 200  # a body on a GET is read and ignored, not run
    assert target.state() == before


def refused(target: Target, attack: bytes, status: int) -> None:
    """The attack gets exactly this status, and nothing is changed by it."""
    before = target.state()
    assert raw(target.port, attack) == status
    assert target.state() == before


@pytest.fixture(autouse=True)
def _no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A mistake of ours would be logged even where the status hides it."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []


def test_there_are_enough_of_them() -> None:
    tables = (HOSTS, HOST_LINES, ORIGINS, FETCHES, TOKENS, TYPES, BODIES, LENGTHS, METHODS, PATHS, GARBAGE)
    assert sum(len(table) for table in tables) >= 60
