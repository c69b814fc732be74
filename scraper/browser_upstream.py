"""The way from the gate to a portal: direct, or through the user's own proxy (http, https or socks5).

A SOCKS proxy is given the portal's name and not an address, so it is the proxy that resolves it. Sources: RFC 1928
(SOCKS5), RFC 1929 (its user name and password), RFC 9110 section 9.3.6 (CONNECT).
"""

from __future__ import annotations

import asyncio
import base64
import ssl
from asyncio import StreamReader, StreamWriter
from pathlib import Path
from urllib.parse import unquote, urlsplit

PORTS = {"http": 8080, "https": 443, "socks5": 1080}
"""Where a proxy listens that says no port."""

Streams = tuple[StreamReader, StreamWriter]


class Upstream:
    """How connections to portals are made. `proxy` is "" or "scheme://[user:password@]host[:port]"; `ca_file` is
    trusted in addition for the TLS to an https proxy itself."""

    def __init__(self, proxy: str = "", ca_file: Path | None = None) -> None:
        parts = urlsplit(proxy)
        self._scheme = parts.scheme
        self._host = parts.hostname or ""
        self._port = parts.port or PORTS.get(parts.scheme, 0)
        self._user = unquote(parts.username or "")
        self._password = unquote(parts.password or "")
        self._tls: ssl.SSLContext | None = None
        if parts.scheme == "https":
            self._tls = ssl.create_default_context()
            if ca_file is not None:
                self._tls.load_verify_locations(ca_file)

    async def connect(self, host: str, port: int) -> Streams:
        """A connection to a portal. Raises OSError, IncompleteReadError or ValueError where there is none."""
        if not self._scheme:
            return await asyncio.open_connection(host, port)
        reader, writer = await asyncio.open_connection(self._host, self._port, ssl=self._tls)
        try:
            if self._scheme == "socks5":
                await self._by_socks(reader, writer, host, port)
            else:
                await self._by_connect(reader, writer, f"{host}:{port}")
        except BaseException:
            if not writer.transport.is_closing():  # Python 3.11.2 breaks on a TLS line that is closed already
                writer.transport.abort()  # at once: a proxy that refuses may not answer a polite end either
            raise
        return reader, writer

    async def _by_connect(self, reader: StreamReader, writer: StreamWriter, target: str) -> None:
        request = f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n"
        if self._user:
            word = base64.b64encode(f"{self._user}:{self._password}".encode()).decode()
            request += f"Proxy-Authorization: Basic {word}\r\n"
        writer.write(request.encode("latin-1") + b"\r\n")
        answer = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in answer.split(b"\r\n", 1)[0] + b" ":
            raise OSError("the proxy refused the connection")

    async def _by_socks(self, reader: StreamReader, writer: StreamWriter, host: str, port: int) -> None:
        # Read byte by byte as announced: what follows the last answer belongs to the portal already.
        ways = b"\x00\x02" if self._user else b"\x00"  # without, or with user name and password
        writer.write(b"\x05" + bytes([len(ways)]) + ways)
        version, way = await reader.readexactly(2)
        if version != 5 or way not in ways:
            raise OSError("the proxy asks for another kind of sign-in")
        if way == 2:
            writer.write(b"\x01" + _counted(self._user) + _counted(self._password))
            if (await reader.readexactly(2))[1]:
                raise OSError("the proxy refused the user name or password")
        writer.write(b"\x05\x01\x00\x03" + _counted(host) + port.to_bytes(2))
        _, refused, _, kind = await reader.readexactly(4)
        if refused:
            raise OSError("the proxy refused the connection")
        length = {1: 4, 4: 16}.get(kind) or (await reader.readexactly(1))[0]
        await reader.readexactly(length + 2)  # the proxy's own address: nobody needs it


def _counted(text: str) -> bytes:
    """The text after its length in one byte. Raises ValueError where that is too long."""
    data = text.encode()
    return bytes([len(data)]) + data
