"""Waitress on 127.0.0.1, tuned for one person and against slow clients.

Waitress is lenient where it can guess what was meant; a server that talks to one extension need not guess,
so ambiguous requests (two lengths, an address with a host in it) are refused here, before any code of ours.
"""

from __future__ import annotations

import contextlib
import select
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError, TransferEncodingNotImplemented
from waitress.server import create_server

from scraper.outcomes import InTownError
from scraper.settings import Home
from server import create_app, utc_now

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

LOOPBACK = "127.0.0.1"

TUNING: dict[str, Any] = {
    "ident": None,  # no name and version of the server program
    "threads": 6,
    "channel_timeout": 20,  # seconds without a byte
    "cleanup_interval": 5,
    "connection_limit": 400,  # half-open ones cost a descriptor each; 1,024 is the usual limit
    "asyncore_use_poll": hasattr(
        select, "poll"
    ),  # select() breaks above descriptor 1,023; Windows has no poll
    "max_request_header_size": 32 * 1024,
    "inbuf_overflow": 16 * 1024 * 1024,  # beyond it waitress writes to a file: no captured page goes there
    "outbuf_overflow": 64 * 1024 * 1024,  # nor an answer
    "outbuf_high_watermark": 64 * 1024,  # what is sent is kept until as much again is: not 16 MB a connection
    "max_request_body_size": 8 * 1024 * 1024,  # above the guard's own limit, whose refusal is worded better
    "log_socket_errors": False,
}


class StrictParser(HTTPRequestParser):  # type: ignore[misc]  # waitress is untyped
    """Refuses (400) what a browser's fetch never sends and what two programs could read differently."""

    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ValueError as error:  # urlsplit on "http://[": waitress would drop the connection with a trace
            raise ParsingError("Bad URI") from error
        except TransferEncodingNotImplemented as error:  # a client's mistake, not a 501 of ours
            raise ParsingError("Unknown transfer encoding") from error
        if self.proxy_netloc or self.proxy_scheme:
            raise ParsingError("Only a path is taken as the address")
        if "TRANSFER_ENCODING" in self.headers or (self.chunked and "CONTENT_LENGTH" in self.headers):
            raise ParsingError("Two ways to tell the length")


REQUEST_SECONDS = 60
"""A request must have arrived whole by then; a client that sends a byte now and then is not waited for."""


class Channel(HTTPChannel):  # type: ignore[misc]
    """One connection; closed when a request takes too long to arrive."""

    parser_class = StrictParser
    _began = 0.0

    def handle_read(self) -> None:
        if self.request is None:
            self._began = time.monotonic()
        elif time.monotonic() - self._began > REQUEST_SECONDS:
            self.handle_close()
            return
        super().handle_read()


def bind(port: int, host: str = LOOPBACK) -> socket.socket:
    """A listening place on loopback; `port` 0 takes any free one.

    Raises InTownError, with one sentence, for any other address than 127.0.0.1 and for a port that is taken.
    """
    if host != LOOPBACK:
        raise InTownError(f"InTown listens on {LOOPBACK} only, never on {host}: what it holds is private.")
    place = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    # On Windows SO_REUSEADDR would let a second program take the port; elsewhere it only skips the wait
    # after a restart.
    option = "SO_EXCLUSIVEADDRUSE" if sys.platform == "win32" else "SO_REUSEADDR"
    place.setsockopt(socket.SOL_SOCKET, getattr(socket, option), 1)
    try:
        place.bind((host, port))
        place.listen(128)  # now, so that a second server fails here and not later
    except (OSError, OverflowError) as error:
        place.close()
        raise InTownError(
            f"Port {port} is taken by another program (or by an InTown that already runs) or cannot be used; "
            "stop that program, or choose another port with --port and set it in the extension."
        ) from error
    return place


class Server:
    """Waitress round one application and one bound socket; `run` returns after `stop`."""

    def __init__(self, app: WSGIApplication, place: socket.socket) -> None:
        self.port: int = place.getsockname()[1]
        self._stopped = threading.Event()
        self._closing = threading.RLock()  # a signal handler may stop the thread that is closing
        self._closed = False
        self._waitress = create_server(app, sockets=[place], **TUNING)
        self._waitress.channel_class = Channel

    def run(self) -> None:
        """Answer requests until `stop` is called, from another thread or a signal handler."""
        waitress = self._waitress
        try:
            while not self._stopped.is_set():
                wasyncore.loop(timeout=1, use_poll=TUNING["asyncore_use_poll"], map=waitress._map, count=1)
        finally:
            waitress.task_dispatcher.shutdown(timeout=2)
            with self._closing:
                self._closed = True
                wasyncore.close_all(waitress._map, ignore_all=True)

    def stop(self) -> None:
        """End `run` soon; of no effect when it has ended."""
        self._stopped.set()
        # The loop may see that before it is woken, and close: its descriptor could be another file by now.
        with self._closing:
            if not self._closed:
                self._waitress.pull_trigger()


@contextlib.contextmanager
def serving(home: Home, port: int = 0, clock: Callable[[], datetime] = utc_now) -> Iterator[int]:
    """A running server in a thread of this process, for the demo and the tests; gives its port."""
    place = bind(port)
    port = place.getsockname()[1]
    try:
        server = Server(create_app(home, port=port, clock=clock), place)
    except BaseException:
        place.close()
        raise
    thread = threading.Thread(target=server.run, name="intown-server", daemon=True)
    thread.start()
    try:
        yield port
    finally:
        server.stop()
        thread.join(timeout=10)
