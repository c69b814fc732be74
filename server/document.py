"""Completes the OpenAPI document: the token, and the one shape of every error."""

from __future__ import annotations

from typing import Any

from apiflask import APIFlask

from scraper.outcomes import Turn
from server.guard import OPEN_PATHS

ERROR = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "whose_turn", "fix"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string", "description": "One sentence for the person."},
                "whose_turn": {"type": "string", "enum": [turn.value for turn in Turn]},
                "fix": {"type": "string", "description": "The one thing to do next, or empty."},
            },
        }
    },
}

_REFUSED = {
    "description": "An error, in one sentence that says whose turn it is.",
    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}},
}


def register(app: APIFlask) -> None:
    """Have the document of `app` say what the guard and the error handlers do for every route."""
    app.security_schemes = {"token": {"type": "http", "scheme": "bearer"}}

    @app.spec_processor
    def _complete(spec: dict[Any, Any] | str) -> dict[Any, Any] | str:
        assert isinstance(spec, dict)  # str is the YAML form, which is not asked for
        schemas = spec.setdefault("components", {}).setdefault("schemas", {})
        schemas.pop("ValidationError", None)
        schemas["Error"] = ERROR
        spec["tags"] = [{"name": name} for name in sorted({tag["name"] for tag in spec.get("tags", [])})]
        for path, methods in spec["paths"].items():
            for method, operation in methods.items():
                _operation(operation, token=path not in OPEN_PATHS or method == "delete")
        return spec


def _operation(operation: dict[str, Any], *, token: bool) -> None:
    responses = operation["responses"]
    for status in [status for status in responses if not status.startswith("2")]:
        del responses[status]
    responses["default"] = _REFUSED
    if "requestBody" in operation:
        operation["requestBody"]["required"] = True
    if token:
        operation["security"] = [{"token": []}]
