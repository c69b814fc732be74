"""A company's proxy of any kind, as a server of the test: it leads on through the fakes' own, and notes who asked."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import ssl
import threading
from asyncio import StreamReader, StreamWriter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit

import trustme

from scraper.browser_upstream import Upstream

USER, WORD = "dana", "p@ss:word"


@dataclass
class CompanyProxy:
    """`url` is what a user would write; `asked` the names that were asked for, `strangers` those sent away."""

    scheme: str
    beyond: str
    user: str = ""
    ca_file: Path | None = None
    url: str = ""
    asked: list[str] = field(default_factory=list)
    strangers: int = 0
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    async def serve(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self.tasks.add(task)
        far: StreamWriter | None = None
        try:
            target = await (self._socks if self.scheme == "socks5" else self._connect)(reader, writer)
            if target is None:
                self.strangers += 1
            else:
                self.asked.append(target)
                back, far = await Upstream(self.beyond).connect(target.rpartition(":")[0], 443)
                await asyncio.gather(_pump(reader, far), _pump(back, writer))
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass  # the visitor, the portal, or the test ended it
        finally:
            self.tasks.discard(task)
            for line in (writer, far):
                if line is not None:
                    with contextlib.suppress(
                        AttributeError
                    ):  # Python 3.11.2: of a TLS line that is closed already
                        line.transport.abort()

    async def _connect(self, reader: StreamReader, writer: StreamWriter) -> str | None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        word = base64.b64encode(f"{USER}:{WORD}".encode()).decode()
        if self.user and f"proxy-authorization: basic {word.lower()}" not in head.lower():
            writer.write(b"HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n")
            await writer.drain()
            return None
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        return head.split(" ")[1]

    async def _socks(self, reader: StreamReader, writer: StreamWriter) -> str | None:
        ways = await reader.readexactly((await reader.readexactly(2))[1])
        wanted = 2 if self.user else 0
        writer.write(bytes([5, wanted if wanted in ways else 255]))
        if wanted not in ways:
            return None
        if wanted:
            await reader.readexactly(1)  # the version of this little exchange
            right = (await _counted(reader), await _counted(reader)) == (USER, WORD)
            writer.write(bytes([1, 0 if right else 1]))
            if not right:
                return None
        await reader.readexactly(4)
        host = await _counted(reader)
        port = int.from_bytes(await reader.readexactly(2))
        # Where the proxy itself is reached, in the three ways there are: an address, a name, an address of IPv6.
        own = (b"\x01\x7f\x00\x00\x01", b"\x03\x05proxy", b"\x04" + bytes(16))[len(self.asked) % 3]
        writer.write(b"\x05\x00\x00" + own + b"\x04\x38")
        return f"{host}:{port}"


async def _counted(reader: StreamReader) -> str:
    return (await reader.readexactly((await reader.readexactly(1))[0])).decode()


async def _pump(source: StreamReader, sink: StreamWriter) -> None:
    while chunk := await source.read(65536):
        sink.write(chunk)
        await sink.drain()
    sink.close()


@contextmanager
def company_proxy(scheme: str, beyond: str, folder: Path, *, user: str = "") -> Iterator[CompanyProxy]:
    """A running proxy in a thread of its own. `beyond` is the fakes' proxy; `user` "" lets everybody in."""
    made = CompanyProxy(scheme, beyond, user)
    context = None
    if scheme == "https":
        authority = trustme.CA()
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(context)
        made.ca_file = folder / "company.pem"
        authority.cert_pem.write_to_path(str(made.ca_file))
    ready, over = threading.Event(), threading.Event()

    async def run() -> None:
        server = await asyncio.start_server(made.serve, "127.0.0.1", 0, ssl=context)
        given = f"{USER}:{quote(WORD)}@" if user else ""
        made.url = f"{scheme}://{given}127.0.0.1:{server.sockets[0].getsockname()[1]}"
        ready.set()
        async with server:
            await asyncio.to_thread(over.wait)
            server.close()  # a browser opens connections ahead: one that came now would be waited for without end
            while made.tasks:
                for task in list(made.tasks):
                    task.cancel()
                await asyncio.sleep(0.01)

    thread = threading.Thread(target=lambda: asyncio.run(run()))
    thread.start()
    assert ready.wait(10)
    try:
        yield made
    finally:
        over.set()
        thread.join()


def without_user(url: str) -> str:
    """The same proxy, for a visitor who was not told the user name and password."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.hostname}:{parts.port}"
