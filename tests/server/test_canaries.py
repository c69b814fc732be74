"""Fifty secrets sent to a real server in every place a request has; none of them is kept anywhere (F13).

What a page shows of an application is kept, of course; all else of the page, of the request and of pairing
must be gone when the answer is out: not in the data, the backups, the logs, temporary files or the process list.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from scraper.settings import Home
from scraper.store import Store
from server import pairing
from server.guard import ORIGIN
from server.listen import bind
from tests.server.portal_pages import STORY, captured, taleo

PLACES_IN_A_PAGE = (
    '<input type="hidden" name="csrf" value="{}">',
    '<input type="password" value="{}">',
    '<input name="loginfield" value="{}">',
    "<textarea>{}</textarea>",
    "<script>var session = '{}';</script>",
    '<script type="application/json">{{"token": "{}"}}</script>',
    '<meta name="csrf-token" content="{}">',
    "<!-- {} -->",
    "<style>/* {} */</style>",
    '<div data-session="{}"></div>',
    '<a href="/logout?session={}">Sign out</a>',
    '<form action="/x;jsessionid={}"></form>',
    '<iframe src="https://sso.example/?ticket={}"></iframe>',
    '<img src="/pixel?{}">',
    "<p>Signed in as {}</p>",
    "<noscript>{}</noscript>",
    "<template>{}</template>",
    "<svg><title>{}</title></svg>",
    "<button onclick=\"go('{}')\">x</button>",
    "<title>{}</title>",
)

HEADERS = (
    "Authorization",
    "Cookie",
    "Proxy-Authorization",
    "X-Api-Key",
    "Referer",
    "User-Agent",
    "X-Forwarded-For",
    "If-None-Match",
    "From",
    "X-Token",
)

ADDRESSES = (
    "/api/ping?nonce={}",
    "/api/ping?client={}",
    "/api/applications?token={}",
    "/api/{}",
    "/{}",
    "/api/trips/{}",
    "/api/trips/{}/suggestions",
    "/api/asks?trip={}",
    "/api/sync?account={}",
    "/%0d%0a{}",
)

BODIES: tuple[tuple[str, str, Any], ...] = (
    ("POST", "/api/pair", {"code": "{}"}),
    ("POST", "/api/pair", {"code": "12345678", "label": "{}"}),
    ("POST", "/api/pair", {"code": "12345678", "password": "{}"}),
    ("POST", "/api/sync", {"account": "{}"}),
    ("PATCH", "/api/applications", {"key": "{}", "stage": "offer"}),
    ("PATCH", "/api/applications", {"key": "x", "stage": "{}"}),
    ("POST", "/api/pages", {"url": "https://unknown.example/?session={}", "html": "x"}),
    ("POST", "/api/pages", {"url": "https://{}.example/", "html": "x"}),
    ("POST", "/api/trips", {"destination": "{}"}),
    ("PATCH", "/api/asks/{}", {"state": "{}"}),
)


@dataclass
class Planted:
    """The secrets sent so far."""

    sent: list[str] = field(default_factory=list)

    def __call__(self) -> str:
        self.sent.append(f"CANARY{len(self.sent):03d}{os.urandom(8).hex()}")
        return self.sent[-1]


@dataclass(frozen=True)
class Process:
    port: int
    pid: int
    home: Home
    temporary: Path
    token: str


@pytest.fixture
def process(home: Home, tmp_path: Path) -> Iterator[Process]:
    """`intown serve`, with a folder of its own for temporary files."""
    token = pairing.issue(Store(home.store), "Chromium", datetime.now(UTC)).token
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    with bind(0) as place:
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
    environment = {**os.environ, "TMPDIR": str(temporary)}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, text=True
    ) as running:
        assert running.stdout is not None
        try:
            running.stdout.readline()
            yield Process(port, running.pid, home, temporary, token)
            running.send_signal(signal.SIGTERM)
            printed = running.communicate(timeout=30)[0]
            assert "CANARY" not in printed
        finally:
            running.kill()


def filled(template: Any, canary: str) -> Any:
    if isinstance(template, dict):
        return {name: filled(value, canary) for name, value in template.items()}
    return template.replace("{}", canary) if isinstance(template, str) else template


def test_no_secret_of_a_request_or_a_page_is_kept(process: Process) -> None:
    planted = Planted()
    base = f"http://127.0.0.1:{process.port}"
    head = {"Authorization": f"Bearer {process.token}", "Origin": ORIGIN}
    answers = []
    with httpx.Client(base_url=base, headers=head, timeout=60) as client:
        for name in HEADERS:
            answers.append(client.get("/api/applications", headers={name: planted()}))
        for address in ADDRESSES:
            answers.append(client.get(filled(address, planted())))
        for method, address, body in BODIES:
            canary = planted()
            answers.append(client.request(method, filled(address, canary), json=filled(body, canary)))
        places = "".join(place.format(planted()) for place in PLACES_IN_A_PAGE)
        page = captured(html=taleo(*STORY).replace("<body>", f"<body>{places}"), title=planted())
        answers.append(client.post("/api/pages", json=page))
        cut = b'{"url": "' + planted().encode()
        answers.append(client.post("/api/pages", content=cut, headers={"Content-Type": "application/json"}))
    assert len(planted.sent) >= 50
    assert {answer.status_code for answer in answers} <= {200, 400, 401, 403, 404, 409, 422}
    assert answers[-2].status_code == 200
    assert answers[-2].json()["new"] == len(STORY), "the page was not read, so nothing could have leaked"
    secrets = [*planted.sent, process.token]
    for place, content in everything(process):
        for secret in secrets:
            assert secret.encode() not in content, f"{secret} in {place}"


def everything(process: Process) -> Iterator[tuple[str, bytes]]:
    """All that others could read: each file of the home, temporary files, and the process list."""
    found = 0
    for folder in (process.home.data, process.home.cache, process.home.logs, process.temporary):
        for path in folder.rglob("*"):
            if path.is_file():
                found += 1
                yield str(path), path.read_bytes()
    assert found >= 1, "the store at least must be there"
    for name in ("cmdline", "environ"):
        listed = Path(f"/proc/{process.pid}/{name}")
        if listed.exists():
            yield str(listed), listed.read_bytes()
