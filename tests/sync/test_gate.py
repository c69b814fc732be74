"""The gate by itself: which names it opens, what it cuts, and that limits hold for tunnels already open."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from scraper.browser_gate import Gate
from scraper.browser_upstream import Upstream


def test_names_that_are_never_let_through() -> None:
    gate = Gate()
    assert gate.admits("lakeshore.taleo.net", 443)
    for host, port in (
        ("lakeshore.taleo.net", 80),
        ("127.0.0.1", 443),
        ("[::1]", 443),
        ("10.0.0.1", 443),
        ("2130706433", 443),
        ("localhost", 443),
        ("router.local", 443),
        ("intranet", 443),
        ("", 443),
    ):
        assert not gate.admits(host, port), host


def test_a_limit_is_by_exact_name() -> None:
    gate = Gate()
    gate.limit({"Lakeshore.taleo.net"})
    assert gate.admits("lakeshore.taleo.net", 443)
    for host in ("taleo.net", "evil.lakeshore.taleo.net", "lakeshore.taleo.net.evil.example", "x.taleo.net"):
        assert not gate.admits(host, 443)
    gate.open()
    assert gate.admits("x.taleo.net", 443)


def _with_echo(check: Callable[[Gate, int], Awaitable[None]]) -> None:
    """Run `check` with a gate whose upstream proxy answers 200 and then echoes whatever comes."""

    async def upstream(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        if b"refused.example" in head:
            writer.write(b"HTTP/1.1 502 Bad Gateway\r\n\r\n")
        else:
            writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
            while chunk := await reader.read(100):
                writer.write(chunk)
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(upstream, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        async with server, Gate(Upstream(f"http://user:word@127.0.0.1:{port}")) as gate:
            await asyncio.wait_for(check(gate, int(gate.url.rpartition(":")[2])), 10)

    asyncio.run(run())


async def _connect(port: int, host: str) -> tuple[asyncio.StreamReader, asyncio.StreamWriter, bytes]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(f"CONNECT {host}:443 HTTP/1.1\r\nHost: {host}:443\r\n\r\n".encode())
    return reader, writer, (await reader.readline()).strip()


def test_tunnels_carry_and_a_limit_cuts_those_that_are_open() -> None:
    async def check(gate: Gate, port: int) -> None:
        good_in, good_out, said = await _connect(port, "good.example.org")
        assert b"200" in said
        bad_in, bad_out, _ = await _connect(port, "cdn.example.org")
        for reader in (good_in, bad_in):
            await reader.readuntil(b"\r\n")
        gate.limit({"good.example.org"})
        assert await bad_in.read() == b""  # cut, though it was open before
        good_out.write(b"still here")
        assert await good_in.readexactly(10) == b"still here"
        _, late_out, said = await _connect(port, "cdn.example.org")
        assert b"403" in said
        assert gate.refused == ["cdn.example.org"]
        for writer in (good_out, bad_out, late_out):
            writer.close()

    _with_echo(check)


@pytest.mark.parametrize(
    "request_line",
    ["GET http://plain.example.org/ HTTP/1.1", "POST http://plain.example.org/login HTTP/1.1", "nonsense"],
)
def test_plain_http_and_nonsense_go_nowhere(request_line: str) -> None:
    async def check(gate: Gate, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(f"{request_line}\r\n\r\n".encode())
        answer = await reader.read()
        assert answer == b"" or b"403" in answer
        writer.close()

    _with_echo(check)


def test_an_upstream_that_refuses_closes_the_tunnel() -> None:
    async def check(gate: Gate, port: int) -> None:
        _, writer, said = await _connect(port, "refused.example")
        assert b"200" not in said
        writer.close()

    _with_echo(check)


def test_closing_the_gate_ends_silent_clients() -> None:
    async def check(gate: Gate, port: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        await asyncio.sleep(0.05)
        await gate.__aexit__(None, None, None)
        assert await asyncio.wait_for(reader.read(), 3) == b""
        writer.close()

    _with_echo(check)
