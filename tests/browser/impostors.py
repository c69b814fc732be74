"""Other programs on InTown's port: one that knows nothing of InTown, and some that pretend."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.browser.icon import EXTENSION_ID


@dataclass(slots=True)
class Impostor:
    """A program on a port of its own; `requests` is all that it was sent, as "METHOD path body"."""

    port: int
    requests: list[str] = field(default_factory=list)

    @property
    def learnt(self) -> str:
        return "\n".join(self.requests)


Answer = Callable[[str], dict[str, object] | None]
"""Path -> the JSON to answer with InTown's headers, or None to answer as a stranger would."""


def stranger(_path: str) -> None:
    """Some web server that has never heard of InTown."""


def without_proof(path: str) -> dict[str, object]:
    """Says that it is InTown, but does not know the token."""
    if path.startswith("/api/ping"):
        return {"app": "intown", "version": "0.1.0", "api": 1, "proof": "0" * 64}
    return {"applications": [], "accounts": [], "trips": []}


def of_the_future(_path: str) -> dict[str, object]:
    """An InTown that speaks another version of the interface."""
    return {"app": "intown", "version": "9.0.0", "api": 9, "proof": None}


@contextmanager
def on_a_port(answer: Answer) -> Iterator[Impostor]:
    """Run it until the `with` ends."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def _reply(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode(errors="replace")
            impostor.requests.append(f"{self.command} {self.path} {self.headers.get('Authorization')} {body}")
            told = answer(self.path)
            self.send_response(204 if self.command == "OPTIONS" else 200 if told is not None else 404)
            if told is not None:
                origin = f"chrome-extension://{EXTENSION_ID}"
                self.send_header("Access-Control-Allow-Origin", origin)
                self.send_header("Access-Control-Allow-Headers", "Authorization, Content-Type")
                self.send_header("Access-Control-Expose-Headers", "X-InTown-Version")
                self.send_header("X-InTown-Version", "0.1.0")
            data = json.dumps(told).encode() if told is not None else b"<h1>Not found</h1>"
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            if self.command != "OPTIONS":
                self.wfile.write(data)

        do_GET = do_POST = do_OPTIONS = do_PATCH = do_DELETE = _reply

        def log_message(self, *_arguments: object) -> None:
            """Quiet: the test looks at `requests`."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    impostor = Impostor(server.server_address[1])
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield impostor
    finally:
        server.shutdown()
        server.server_close()
        thread.join(timeout=5)
