"""Puts the application together: guard, JSON, errors, one blueprint per noun."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from datetime import datetime
from typing import Any

import orjson
from apiflask import APIFlask
from flask import Response
from flask.json.provider import JSONProvider

import server.api
from scraper.settings import Home
from scraper.store import Store
from server import document, errors, guard, language
from server.state import State, version


class StrictJSON(JSONProvider):
    """JSON by orjson: quick, and it refuses NaN, bad UTF-8 and nesting that would exhaust Python's own."""

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        return orjson.dumps(obj).decode()

    def loads(self, s: str | bytes, **kwargs: Any) -> Any:
        return orjson.loads(s)

    def response(self, *args: Any, **kwargs: Any) -> Any:
        body = orjson.dumps(args[0] if args else kwargs)
        return Response(body, mimetype="application/json")


def build(home: Home, *, port: int, clock: Callable[[], datetime]) -> APIFlask:
    """The application for `home` at 127.0.0.1:`port`; see `server.create_app`."""
    app = APIFlask(
        "server",
        title="InTown",
        version=version(),
        spec_path="/api/openapi.json",
        docs_path=None,
        static_folder=None,  # type: ignore[arg-type]  # Flask's own way to have no static route
        json_errors=False,  # server.errors answers for all of them
    )
    app.json = StrictJSON(app)
    app.config["MAX_CONTENT_LENGTH"] = guard.BODY_LIMIT
    app.config["TRUSTED_HOSTS"] = ["127.0.0.1"]  # the second net behind the guard's exact Host
    app.config["PROPAGATE_EXCEPTIONS"] = False
    app.url_map.strict_slashes = True
    app.url_map.redirect_defaults = False
    app.extensions["intown"] = State(home=home, store=Store(home.store), clock=clock, port=port)
    guard.register(app)
    errors.register(app)
    language.register(app)
    for module in sorted(info.name for info in pkgutil.iter_modules(server.api.__path__)):
        app.register_blueprint(importlib.import_module(f"server.api.{module}").blueprint)
    document.register(app)
    return app
