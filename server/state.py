"""What every route may use: the folders, the store, the clock, the port."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any, cast

import orjson
from flask import Response, current_app

from scraper import __version__
from scraper.settings import Home
from server.asking.places import Places, places_at

if TYPE_CHECKING:
    from scraper.store import Store


@dataclass(frozen=True, slots=True)
class State:
    """One server's belongings. `clock` gives an aware datetime in UTC."""

    home: Home
    store: Store
    clock: Callable[[], datetime]
    port: int

    @property
    def places(self) -> Places:
        """The gazetteer; built in the cache folder when first asked for, which takes some seconds once."""
        return places_at(self.home.cache)


def state() -> State:
    """The belongings of the server that answers the current request."""
    return cast(State, current_app.extensions["intown"])


def version() -> str:
    """InTown's version, as sent in `X-InTown-Version`: the same whether it is installed or a checkout."""
    return __version__


def send(data: Any, status: int = 200) -> Response:
    """`data` as the JSON answer, written at once: 10,000 applications need no second check on their way out."""
    return Response(orjson.dumps(data), status, mimetype="application/json")
