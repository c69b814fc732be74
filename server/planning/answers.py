"""What cannot be planned, as an answer of the API."""

from __future__ import annotations

from apiflask import APIBlueprint
from flask import Response

from scraper.outcomes import Turn
from server.errors import answer
from server.planning.base import PlanError
from server.planning.views import place_view

CONFLICTS = frozenset({"already_asked", "not_allowed"})


def explain(error: PlanError) -> Response:
    """404 for what is not there, 409 for what the ledger does not allow, else 422, with places to choose from."""
    status = 404 if error.missing else 409 if error.code in CONFLICTS else 422
    places = [place_view(place) for place in error.candidates]
    extra = {"candidates": places} if places else None
    return answer(status, error.code, error.said, Turn.USER, error.fix or "", extra)


def register(blueprint: APIBlueprint) -> None:
    """Let a blueprint answer for PlanError."""
    blueprint.register_error_handler(PlanError, explain)
