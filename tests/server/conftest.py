"""A server for each test: as an application called directly, or as real waitress on a real port."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from apiflask import APIFlask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from scraper.settings import Home
from scraper.store import Store
from server import create_app, pairing
from server.guard import ORIGIN
from server.listen import serving
from tests.server.attacking import Target

PORT = 47615


@dataclass
class Clock:
    """The server's clock, moved by the test."""

    now: datetime = datetime(2027, 8, 12, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **how_far: float) -> None:
        self.now += timedelta(**how_far)


@dataclass
class Caller:
    """Sends requests as the extension does: its Origin, the fetch marks of an extension, a token."""

    client: FlaskClient
    token: str = ""
    headers: dict[str, str] = field(
        default_factory=lambda: {
            "Origin": ORIGIN,
            "Sec-Fetch-Site": "cross-site",
            "Sec-Fetch-Mode": "cors",
        }
    )

    def send(self, method: str, path: str, body: Any = None, **headers: str) -> TestResponse:
        """`headers` are written with _ for -; one that is "" is left out."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {"Authorization": f"Bearer {self.token}", **self.headers, **changed}
        if not self.token and "Authorization" not in changed:
            del sent["Authorization"]
        return self.client.open(
            path,
            method=method,
            json=body,
            headers={name: value for name, value in sent.items() if value},
            base_url=f"http://127.0.0.1:{PORT}",
        )

    def get(self, path: str, **headers: str) -> TestResponse:
        return self.send("GET", path, **headers)

    def post(self, path: str, body: Any, **headers: str) -> TestResponse:
        return self.send("POST", path, body, **headers)

    def patch(self, path: str, body: Any) -> TestResponse:
        return self.send("PATCH", path, body)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.store)


@pytest.fixture
def app(home: Home, clock: Clock) -> APIFlask:
    return create_app(home, port=PORT, clock=clock)


@pytest.fixture
def stranger(app: APIFlask) -> Caller:
    """Our extension, not paired."""
    return Caller(app.test_client())


@pytest.fixture
def caller(app: APIFlask, store: Store, clock: Clock) -> Caller:
    """Our extension, paired."""
    return Caller(app.test_client(), pairing.issue(store, "Chromium", clock()).token)


@dataclass(frozen=True)
class Live:
    """A real server: its port, and the token of a paired browser."""

    port: int
    token: str
    store: Store

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@pytest.fixture
def live(home: Home) -> Iterator[Live]:
    store = Store(home.store)
    token = pairing.issue(store, "Chromium", datetime.now(UTC)).token
    with serving(home) as port:
        yield Live(port, token, store)


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[int, Store]]:
    root = tmp_path_factory.mktemp("attacked")
    home = Home(root / "data", root / "cache", root / "logs").make()
    with serving(home) as port:
        yield port, Store(home.store)


@pytest.fixture
def target(attacked: tuple[int, Store]) -> Target:
    port, store = attacked
    now = datetime.now(UTC)
    return Target(port, pairing.issue(store, "Chromium", now).token, pairing.open_code(store, now), store)


@pytest.fixture
def no_error_is_logged(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """A mistake of ours would be logged even where the status hides it."""
    yield
    assert [record for record in caplog.records if record.levelno >= logging.ERROR] == []
