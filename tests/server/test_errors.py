"""Every error answer has one shape, and tells nothing that it should not."""

from __future__ import annotations

import logging

import pytest
from apiflask import APIFlask

from scraper.outcomes import RULES, InTownError, Outcome, PortalError, Turn
from server.errors import CODES, ApiError
from server.said import Said
from tests.server.conftest import Caller


@pytest.fixture
def failing(app: APIFlask) -> dict[str, Exception]:
    """A route that raises what the test puts under "error"."""
    raised: dict[str, Exception] = {}

    @app.get("/api/failing")
    def fail() -> None:
        raise raised["error"]

    return raised


def test_a_mistake_of_ours_gives_a_number_and_nothing_else(
    caller: Caller, failing: dict[str, Exception], caplog: pytest.LogCaptureFixture
) -> None:
    failing["error"] = ZeroDivisionError("secret detail in /home/somebody")
    answer = caller.get("/api/failing")
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"], error["whose_turn"]) == (500, "internal", "us")
    assert answer.headers["X-InTown-Version"]
    for leak in ("secret", "somebody", "Zero", "Traceback", ".py"):
        assert leak not in answer.text
    (record,) = [row for row in caplog.records if row.levelno == logging.ERROR]
    number = error["message"].split("(")[1].split(" ")[0]
    assert number in record.getMessage()
    assert record.exc_info is not None


@pytest.mark.parametrize("outcome", Outcome)
def test_every_outcome_of_a_portal_is_told_with_its_turn(
    caller: Caller, failing: dict[str, Exception], outcome: Outcome
) -> None:
    failing["error"] = PortalError(outcome)
    answer = caller.get("/api/failing")
    error = answer.get_json()["error"]
    assert answer.status_code == 422
    assert error == {
        "code": outcome.value,
        "message": RULES[outcome].sentence,
        "whose_turn": RULES[outcome].turn.value,
        "fix": "",
    }


def test_our_own_sentences_are_shown(caller: Caller, failing: dict[str, Exception]) -> None:
    failing["error"] = InTownError("Another InTown is writing; try again in a moment.")
    answer = caller.get("/api/failing")
    assert answer.status_code == 503
    assert answer.get_json()["error"]["message"] == "Another InTown is writing; try again in a moment."


def test_an_error_can_carry_more(caller: Caller, failing: dict[str, Exception]) -> None:
    failing["error"] = ApiError(
        409, "x", "Which one?", turn=Turn.USER, fix="Choose.", extra={"candidates": [1]}
    )
    error = caller.get("/api/failing").get_json()["error"]
    assert error == {
        "code": "x",
        "message": "Which one?",
        "whose_turn": "user",
        "fix": "Choose.",
        "candidates": [1],
    }


@pytest.mark.parametrize("status", CODES)
def test_the_sentences_for_a_bare_status(
    caller: Caller, failing: dict[str, Exception], app: APIFlask, status: int
) -> None:
    from werkzeug.exceptions import default_exceptions

    failing["error"] = default_exceptions[status]()
    answer = caller.get("/api/failing")
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert (error["code"], error["message"]) == (CODES[status], str(Said(f"error.{CODES[status]}")))
    assert error["message"].endswith(".")


def test_input_that_is_refused_names_the_fields_and_never_the_values(caller: Caller) -> None:
    answer = caller.patch("/api/applications", {"key": ["CANARY"], "stage": "CANARY", "scope": "CANARY"})
    assert answer.status_code == 422
    assert answer.get_json()["error"]["fields"] == ["json.key", "json.scope", "json.stage"]
    assert "CANARY" not in answer.text


@pytest.mark.parametrize(("status", "code", "turn"), [(503, "internal", "us"), (418, "bad_request", "user")])
def test_a_bare_status_that_nobody_thought_of(
    caller: Caller, failing: dict[str, Exception], status: int, code: str, turn: str
) -> None:
    from werkzeug.exceptions import default_exceptions

    failing["error"] = default_exceptions[status]()
    answer = caller.get("/api/failing")
    error = answer.get_json()["error"]
    assert (answer.status_code, error["code"], error["whose_turn"]) == (status, code, turn)
    assert error["message"].endswith(".")
