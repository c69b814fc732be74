"""The language of the person who asks: the browser's `Accept-Language`, which the popup sets to its own."""

from __future__ import annotations

from flask import Flask, Response, request

from server.asking.model import Language
from server.said import Said, told

_OFFERED = [language.value for language in Language]  # the first is taken where none is asked for


def register(app: Flask) -> None:
    """Let every answer say which language it is in."""
    app.after_request(_named)


def _named(response: Response) -> Response:
    response.headers["Content-Language"] = asked().value
    return response


def asked() -> Language:
    """The best of our languages for the current request; English where it names none of them."""
    return Language(request.accept_languages.best_match(_OFFERED) or Language.EN.value)


def words(text: Said | str) -> str:
    """A sentence in the language of the current request."""
    return told(text, asked())
