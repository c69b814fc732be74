"""Who may ask at all, tried in raw HTTP: exact codes, no change of state, no server error.

Every attack is made with all that a legitimate caller has: the right token, the right pairing code. What it
tries would succeed without the one thing that is wrong with it; `test_without_an_attack…` proves that. Requests
that are wrong in themselves are in test_attacks_http.py.
"""

from __future__ import annotations

import pytest

from server import pairing
from server.guard import ORIGIN
from tests.server.attacking import POST, Target, pair_body, raw, refused, request

pytestmark = pytest.mark.usefixtures("no_error_is_logged")


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


def test_there_are_enough_of_them() -> None:
    assert sum(len(table) for table in (HOSTS, HOST_LINES, ORIGINS, FETCHES, TOKENS)) >= 30
