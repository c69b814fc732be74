"""Requests that are wrong in themselves, in raw HTTP: bodies, lengths, methods, addresses, no HTTP at all.

Each with the right token and the right pairing code, as in test_attacks.py.
"""

from __future__ import annotations

import pytest

from server.guard import BODY_LIMIT
from server.listen import TUNING
from tests.server.attacking import POST, Target, pair_body, raw, refused, request

pytestmark = pytest.mark.usefixtures("no_error_is_logged")


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


def test_there_are_enough_of_them() -> None:
    assert sum(len(table) for table in (TYPES, BODIES, LENGTHS, METHODS, PATHS, GARBAGE)) >= 30
