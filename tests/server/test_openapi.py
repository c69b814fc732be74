"""The whole API fuzzed from its own description (schemathesis): no server error, no unauthorised read.

2,000 cases in the ordinary run; 50,000 with `run.py proof`.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest
import schemathesis
from apiflask import APIFlask
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import Case
from schemathesis.core.result import Ok
from schemathesis.generation import GenerationMode

from scraper.settings import Home
from scraper.store import Store
from server import pairing
from tests.proof.scale import count
from tests.server.conftest import PORT, Caller, Clock
from tests.server.portal_pages import STORY, captured

CASES = count(ci=2_000, full=50_000)
pytestmark = pytest.mark.proof

BASE = f"http://127.0.0.1:{PORT}"
OPEN = {("GET", "/api/ping"), ("POST", "/api/pair")}


def operations(app: APIFlask, token: str) -> list[Any]:
    """Every operation that the document describes."""
    schema = schemathesis.openapi.from_wsgi(
        "/api/openapi.json", app, headers={"Authorization": f"Bearer {token}", "Host": f"127.0.0.1:{PORT}"}
    )
    found = list(schema.get_all_operations())
    assert all(isinstance(operation, Ok) for operation in found), "the document is not valid"
    return [operation.ok() for operation in found if isinstance(operation, Ok)]


def cases(app: APIFlask, token: str) -> st.SearchStrategy[Case[Any]]:
    """Requests that fit the document and requests that do not, for any operation."""
    return st.one_of(
        [
            operation.as_strategy(generation_mode=mode)
            for operation in operations(app, token)
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        ]
    )


def many(count: int) -> settings:
    return settings(
        max_examples=count,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )


@pytest.fixture
def token(store: Store, clock: Clock, caller: Caller) -> str:
    """A paired browser's, in a store with something in it."""
    assert caller.post("/api/pages", captured(*STORY)).status_code == 200
    return caller.token


def test_no_request_makes_a_server_error(app: APIFlask, store: Store, clock: Clock, token: str) -> None:
    seen: dict[int, int] = {}

    @many(CASES // 2)
    @given(case=cases(app, token))
    def run(case: Case[Any]) -> None:
        holder = token if pairing.client_of(store, token) else pairing.issue(store, "again", clock()).token
        answer = case.call(
            base_url=BASE, headers={"Authorization": f"Bearer {holder}", "Host": f"127.0.0.1:{PORT}"}
        )
        assert answer.status_code < 500, case.as_curl_command()
        case.validate_response(answer, checks=[schemathesis.checks.not_a_server_error])
        seen[answer.status_code] = seen.get(answer.status_code, 0) + 1

    run()
    print(f"{sum(seen.values())} requests with a token, by status: {dict(sorted(seen.items()))}")
    assert sum(seen.values()) == CASES // 2
    assert {200, 400, 404, 422} <= set(seen), "the requests did not get far enough to try anything"


def test_nothing_is_read_or_changed_without_a_token(
    app: APIFlask, store: Store, token: str, home: Home
) -> None:
    before = store.path.read_bytes()
    answered: Counter[int] = Counter()

    @many(CASES // 2)
    @given(case=cases(app, token), header=st.sampled_from(["", "Bearer x", "Bearer " + "A" * 43, "Basic x"]))
    def run(case: Case[Any], header: str) -> None:
        answer = case.call(base_url=BASE, headers={"Authorization": header, "Host": f"127.0.0.1:{PORT}"})
        assert answer.status_code < 500
        if (case.method, case.operation.path) not in OPEN:
            assert answer.status_code == 401, case.as_curl_command()
        for title, number, _ in STORY:
            assert title not in answer.text
            assert number not in answer.text
        answered[answer.status_code] += 1

    run()
    assert store.path.read_bytes() == before
    print(f"{sum(answered.values())} without one: {dict(sorted(answered.items()))}")
    assert {200, 401} <= set(answered)
