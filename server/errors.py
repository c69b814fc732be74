"""Every error answer in one shape: `{"error": {"code", "message", "whose_turn", "fix"}}`.

`message` is a sentence for a person and `fix` the one thing to do next ("" when nothing helps), both in the
language that was asked for. No answer carries a stack trace, a path or anything of the request.
"""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus
from typing import Any

from apiflask import APIFlask, HTTPError
from flask import Response, jsonify
from werkzeug.exceptions import HTTPException

from scraper.outcomes import RULES, InTownError, PortalError, Turn
from server.language import words
from server.said import Said

log = logging.getLogger("intown.server")

CODES: dict[int, str] = {
    400: "bad_request",
    401: "not_paired",
    403: "forbidden",
    404: "not_found",
    405: "wrong_method",
    411: "length_required",
    413: "too_large",
    415: "not_json",
    421: "wrong_host",
    422: "not_valid",
}
"""HTTP status -> our code, for errors that carry no better one; its sentence is `error.CODE`."""


class ApiError(Exception):
    """An error with its HTTP status, its code for programs and its sentence for the person."""

    def __init__(
        self,
        status: int,
        code: str,
        message: Said | str,
        *,
        turn: Turn = Turn.USER,
        fix: Said | str = "",
        extra: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(str(message))
        self.status = status
        self.code = code
        self.message = message
        self.turn = turn
        self.fix = fix
        self.extra = extra or {}


def answer(
    status: int,
    code: str,
    message: Said | str,
    turn: Turn,
    fix: Said | str = "",
    extra: dict[str, Any] | None = None,
) -> Response:
    """The one shape of an error, its sentences in the language of the request.

    `extra` adds fields beside "code" (candidates, details of validation).
    """
    told = {"message": words(message), "whose_turn": turn.value, "fix": words(fix)}
    body = {"code": code, **told, **(extra or {})}
    response = jsonify({"error": body})
    response.status_code = status
    return response


def plain(status: int) -> Response:
    """The answer for an error about which only its status is known."""
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return answer(status, "internal", Said("error.internal"), Turn.US)
    if status not in CODES:
        return answer(status, "bad_request", Said("error.no_answer"), Turn.USER)
    return answer(status, CODES[status], Said(f"error.{CODES[status]}"), Turn.USER)


def register(app: APIFlask) -> None:
    """Give every kind of exception its answer; nothing reaches Flask's own pages."""
    app.register_error_handler(ApiError, _api_error)
    app.register_error_handler(HTTPError, _input_error)
    app.register_error_handler(HTTPException, lambda error: plain(error.code or 500))
    app.register_error_handler(PortalError, _portal_error)
    app.register_error_handler(InTownError, _our_error)
    app.register_error_handler(Exception, _unexpected)


def _api_error(error: ApiError) -> Response:
    return answer(error.status, error.code, error.message, error.turn, error.fix, error.extra)


def _input_error(error: HTTPError) -> Response:
    """APIFlask's own error: mostly input that failed its check. The names of the fields are told, never values."""
    code = CODES.get(error.status_code, CODES[400])
    fields = sorted(f"{where}.{name}" for where, names in _mapping(error.detail) for name in _names(names))
    extra = {"fields": fields} if fields else None
    return answer(error.status_code, code, Said(f"error.{code}"), Turn.USER, extra=extra)


def _mapping(detail: Any) -> list[tuple[str, Any]]:
    return list(detail.items()) if isinstance(detail, dict) else []


def _names(names: Any) -> list[str]:
    return [str(name)[:80] for name in names] if isinstance(names, dict) else []


def _portal_error(error: PortalError) -> Response:
    turn = RULES[error.outcome].turn
    return answer(422, error.outcome.value, error.sentence, turn)


def _our_error(error: InTownError) -> Response:
    """An error with a sentence of its own (the store busy or damaged): the sentence is meant to be shown."""
    log.error("refused: %s", error.sentence)
    return answer(503, "unavailable", error.sentence, Turn.US)


def _unexpected(error: Exception) -> Response:
    """A mistake of ours. The log gets the trace, the answer only a number to find it by."""
    number = secrets.token_hex(4)
    log.error("unexpected error %s", number, exc_info=error)
    return answer(500, "internal", Said("error.internal_number", number=number), Turn.US)
