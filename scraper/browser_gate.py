"""The door between one visit's browser and the net: a proxy of our own, on loopback.

A route handler of the browser does not see the hops of a redirect: a 307 carried a typed password past
one to a foreign host (measured, Chromium 156). Every connection of a visit therefore passes through this
gate, which opens tunnels by exact host name and, while a password is on the page, to the account's own
hosts only. TLS stays end to end between browser and portal; the gate sees names, never contents.
"""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
from collections.abc import Callable, Iterable
from urllib.parse import urlsplit

from scraper.browser_upstream import Upstream

HEAD_LIMIT = 16 * 1024
CONNECT_TIMEOUT = 20.0
CLOSE_TIMEOUT = 1.0

BROWSERS_OWN = frozenset(
    {
        "content-autofill.googleapis.com",  # asked about every form the browser sees (measured, Chromium 156)
        "optimizationguide-pa.googleapis.com",
        "safebrowsing.googleapis.com",
        "update.googleapis.com",
        "clients2.google.com",
        "edge.microsoft.com",
    }
)
"""Where browsers send word of their own accord. A visit tells nobody which portals a person uses."""


class Gate:
    """A CONNECT proxy on 127.0.0.1 for one browser context.

    Open, it lets every public name through on port 443. After `limit(hosts)` only those names, and tunnels
    to others that are still open are cut. Plain http, other ports and addresses without a name are always
    refused, so a downgraded form or a redirect into the local network ends here.

    `upstream` leads on from here: directly, or through the user's own proxy.
    """

    def __init__(self, upstream: Upstream | None = None) -> None:
        self._upstream = upstream or Upstream()
        self._allowed: frozenset[str] | None = None
        self._server: asyncio.Server | None = None
        self._tunnels: dict[asyncio.Task[None], str] = {}
        self.refused: list[str] = []
        """The names that were turned away, in order; what a failed login is explained with."""

    async def __aenter__(self) -> Gate:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, limit=HEAD_LIMIT)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        self._cut(lambda host: True)
        tunnels = list(self._tunnels)
        if tunnels:
            await asyncio.wait(tunnels, timeout=2)

    @property
    def url(self) -> str:
        """The address to give to the browser as its proxy."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    def limit(self, hosts: Iterable[str]) -> None:
        """From now on only these exact names; everything else that is still open is cut."""
        allowed = frozenset(host.lower() for host in hosts)
        self._allowed = allowed
        self._cut(lambda host: host not in allowed)

    def open(self) -> None:
        """Back to every public name: no password is on the page any more."""
        self._allowed = None

    def _cut(self, unwanted: Callable[[str], bool]) -> None:
        for task, host in list(self._tunnels.items()):
            if unwanted(host):
                task.cancel()

    def admits(self, host: str, port: int) -> bool:
        """Whether a tunnel to this name and port may be opened now."""
        if port != 443 or not _is_public_name(host) or host in BROWSERS_OWN:
            return False
        return self._allowed is None or host in self._allowed

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        # Known from the first moment, so that closing the gate also ends a client that never speaks.
        self._tunnels[task] = ""
        try:
            await self._tunnel(task, reader, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError, TimeoutError, ValueError):
            pass  # one broken connection; the browser reports it in its own words
        except asyncio.CancelledError:
            pass  # cut by limit() or by the end of the visit
        finally:
            self._tunnels.pop(task, None)
            writer.close()

    async def _tunnel(
        self, task: asyncio.Task[None], reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        head = await asyncio.wait_for(reader.readuntil(b"\r\n\r\n"), CONNECT_TIMEOUT)
        method, target, _ = head.split(b"\r\n", 1)[0].decode("latin-1").split(" ", 2)
        host, _, port = target.rpartition(":")
        host = host.lower().rstrip(".")
        if method != "CONNECT" or not port.isdigit() or not self.admits(host, int(port)):
            if host not in BROWSERS_OWN:
                self.refused.append(host or urlsplit(target).hostname or target[:80])
            writer.write(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            await writer.drain()
            return
        self._tunnels[task] = host
        far_reader, far_writer = await asyncio.wait_for(
            self._upstream.connect(host, int(port)), CONNECT_TIMEOUT
        )
        try:
            if not self.admits(host, int(port)):
                return  # limited while the connection was being made
            writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
            await _relay((reader, far_writer), (far_reader, writer))
        finally:
            far_writer.close()
            with contextlib.suppress(OSError, TimeoutError):  # it is over either way
                await asyncio.wait_for(far_writer.wait_closed(), CLOSE_TIMEOUT)


def _is_public_name(host: str) -> bool:
    """A name with a dot that is no address and not this machine: portals have names."""
    with contextlib.suppress(ValueError):
        ipaddress.ip_address(host.strip("[]"))
        return False
    last = host.rpartition(".")[2]
    return "." in host and not last.isdigit() and last not in {"localhost", "local", "internal"}


async def _relay(*ways: tuple[asyncio.StreamReader, asyncio.StreamWriter]) -> None:
    """Copy both directions until one side ends; then the tunnel is over."""

    async def pump(source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        while chunk := await source.read(65536):
            sink.write(chunk)
            await sink.drain()

    pumps = [asyncio.ensure_future(pump(*way)) for way in ways]
    try:
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in pumps:
            task.cancel()
        await asyncio.gather(*pumps, return_exceptions=True)
