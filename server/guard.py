"""Who may talk to us. Runs before every route, unknown addresses included.

A loopback port is open to every page in the person's browser and every program on the machine, so nothing
is trusted for being local (facts/security.md 2). In this order: exact Host (DNS rebinding), Origin absent or
an extension's that may be ours, the browser's own word on who asks (Sec-Fetch-*), a token that belongs to that
origin, JSON only and of a limited length. The extension holds no host permission: its requests are cross-site and
checked by CORS, so the preflight is answered for such origins and nobody else.

In Chromium our extension has one id, which its key fixes. Firefox gives every installation an identity of its own, so
any Firefox extension may ask whether InTown is here and try the code on the person's screen, as any program may;
the token that the right code gives is good for that one identity only.
"""

from __future__ import annotations

import re

from flask import Flask, Response, g, request

from scraper.outcomes import Turn
from server import pairing
from server.errors import answer, plain
from server.state import state, version

EXTENSION_ID = "dohfpjmkenbjffggomjjeaobgjbmkmfd"
"""Follows from the fixed `key` in the extension's manifest."""

ORIGIN = f"chrome-extension://{EXTENSION_ID}"

FIREFOX_ORIGIN = re.compile(r"moz-extension://[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""The origin of some Firefox extension: made anew at every installation, so nothing tells which one it is."""

BODY_LIMIT = 4 * 1024 * 1024
"""Bytes of one request's body; a cleaned page is smaller."""

OPEN_PATHS = frozenset({"/api/ping", "/api/pair"})
"""Answered without a token: the first says only that InTown is here, the second takes a code."""

METHODS = ("GET", "HEAD", "POST", "PATCH", "DELETE")

HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Vary": "Origin",
}


def register(app: Flask) -> None:
    """Put the guard before every request of `app` and the headers on every answer."""
    app.before_request(check)
    app.after_request(finish)


def check() -> Response | None:
    """The refusal of the current request, the answer to a preflight, or None to let it pass."""
    if not _own_host(request.environ.get("HTTP_HOST"), state().port):
        return plain(421)
    if not _own_browser():
        return plain(403)
    if request.method == "OPTIONS":
        return _preflight()
    open_pair = request.path in OPEN_PATHS and request.method != "DELETE"
    if not open_pair and not _token_known():
        return _not_paired()
    if request.method not in METHODS:
        return plain(405)
    return _body_refused()


def _own_host(host: str | None, port: int) -> bool:
    """Exactly `127.0.0.1:port`. Not localhost, not another spelling: one name, so that no other can be rebound."""
    return host == f"127.0.0.1:{port}"


def _own_browser() -> bool:
    """Whether the Origin and the Sec-Fetch headers can be those of our extension, or of no browser at all.

    A page cannot forge either, and another extension cannot forge ours. A program can, which is why the token is
    asked for as well. A browser's request without an Origin is a navigation, an image, or the GET of another
    extension that may reach 127.0.0.1: never ours, which has no host permission and so always sends its Origin.
    """
    origin = _origin()
    site = request.environ.get("HTTP_SEC_FETCH_SITE")
    mode = request.environ.get("HTTP_SEC_FETCH_MODE")
    if origin is None:
        return site is None and mode is None
    return _may_be_ours(origin) and site in (None, "none", "cross-site") and mode in (None, "cors")


def _origin() -> str | None:
    """Who asks, as the browser says; None where no browser said anything."""
    origin: str | None = request.environ.get("HTTP_ORIGIN")
    return origin


def _may_be_ours(origin: str | None) -> bool:
    """Exactly our extension in Chromium, or some extension in Firefox: there only the token tells it apart."""
    return origin == ORIGIN or (origin is not None and FIREFOX_ORIGIN.fullmatch(origin) is not None)


def _preflight() -> Response:
    """What the browser asks before it sends a token across origins; no page gets a yes."""
    if not _may_be_ours(_origin()):
        return plain(403)
    response = Response(status=204)
    response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
    response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
    response.headers["Access-Control-Max-Age"] = "600"
    return response


def _token_known() -> bool:
    """Whether the one Authorization header carries a token of a paired browser and comes from that browser's
    extension; remembers whose in `g.client`."""
    header = request.environ.get("HTTP_AUTHORIZATION", "")
    scheme, _, token = header.partition(" ")
    client = pairing.client_of(state().store, token if scheme == "Bearer" else "")
    if client is None or not _belongs(client.origin, _origin()):
        return False
    g.client = client.id
    return True


def _belongs(issued_to: str, origin: str | None) -> bool:
    """Whether a token issued to one origin may come from another. One that no browser asked for is good for
    programs and for the one id that is fixed, never for an identity that Firefox made up."""
    return origin == issued_to if issued_to else origin in (None, ORIGIN)


def _not_paired() -> Response:
    """One answer for a token that is absent, malformed, wrong, revoked or another's: it teaches nothing."""
    response = answer(
        401, "not_paired", "This browser is not paired with InTown.", Turn.USER, "Run `intown pair`."
    )
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _body_refused() -> Response | None:
    """Refuse a body that is too long, of unknown length, or not JSON."""
    length = request.environ.get("CONTENT_LENGTH") or ""
    if request.method in ("GET", "HEAD", "DELETE") and length in ("", "0"):
        return None
    if not length.isascii() or not length.isdigit():
        return plain(411)
    if int(length) > BODY_LIMIT:
        return plain(413)
    if request.mimetype != "application/json" or request.environ.get("HTTP_CONTENT_ENCODING"):
        return plain(415)
    return None


def finish(response: Response) -> Response:
    """The headers of every answer, errors too: ours, the defensive ones, and CORS for our extension."""
    response.headers["X-InTown-Version"] = version()
    for name, value in HEADERS.items():
        response.headers[name] = value
    origin = _origin()
    if origin is not None and _may_be_ours(origin):
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Expose-Headers"] = "X-InTown-Version"
    return response
