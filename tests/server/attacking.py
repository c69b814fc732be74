"""Raw requests to a real server: a legitimate one, changed as an attack wants it."""

from __future__ import annotations

import json
import socket
from dataclasses import dataclass

from scraper.store import Store
from server.guard import ORIGIN

POST = "POST /api/pair HTTP/1.1"


@dataclass(frozen=True)
class Target:
    """A server with a paired browser and an open pairing code: something to lose."""

    port: int
    token: str
    code: str
    store: Store

    def state(self) -> bytes:
        return self.store.path.read_bytes()


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


def refused(target: Target, attack: bytes, status: int) -> None:
    """The attack gets exactly this status, and nothing is changed by it."""
    before = target.state()
    assert raw(target.port, attack) == status
    assert target.state() == before
