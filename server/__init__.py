"""Answers the popup: a thin layer over the scraper, plus the asking.

Importing this package loads no Flask, so that commands which need no server stay quick.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from scraper.settings import DEFAULT_PORT, Home

if TYPE_CHECKING:
    from apiflask import APIFlask


def utc_now() -> datetime:
    """The time now, aware, in UTC; the one clock that tests replace."""
    return datetime.now(UTC)


def create_app(
    home: Home | None = None,
    *,
    port: int = DEFAULT_PORT,
    clock: Callable[[], datetime] = utc_now,
) -> APIFlask:
    """The application that answers on 127.0.0.1:`port`, reading and writing under `home`.

    `port` is part of the guard: a request whose Host names another port is refused. `clock` gives an aware
    datetime. `app.extensions["intown"]` is a `server.state.State` (home, store, clock, port).
    """
    from server.app import build

    return build(home or Home.find(), port=port, clock=clock)
