"""What the person must know wherever they are: only what waits for them, and what happened to their data."""

from __future__ import annotations

import pytest

from scraper import accounts
from scraper.outcomes import RULES, Outcome, Turn
from scraper.store import Store
from tests.server.conftest import Caller

URL = "https://lakeshore.taleo.net/careersection/ext/mysubmissions.ftl"


@pytest.mark.parametrize("outcome", list(Outcome))
def test_an_account_waits_only_where_it_is_the_persons_turn(
    caller: Caller, store: Store, outcome: Outcome
) -> None:
    made = accounts.add(store, accounts.account_from_url(URL, employer="Lakeshore Health"))
    assert caller.get("/api/attention").get_json() == {"notices": [], "accounts": []}  # not visited yet
    accounts.save_state(store, made.id, outcome=outcome, sentence="Said.", fix="Do it.")
    shown = caller.get("/api/attention").get_json()["accounts"]
    assert [one["employer"] for one in shown] == (
        ["Lakeshore Health"] if RULES[outcome].turn is Turn.USER else []
    )


def test_a_restored_store_is_told_until_it_was_seen(caller: Caller, store: Store) -> None:
    with store.transaction() as tx:
        tx.put("accounts", "x", {})
        tx.remove("accounts", "x")
    store.path.write_bytes(b"not a store any more")
    (notice,) = caller.get("/api/attention").get_json()["notices"]
    assert notice["text"]
    assert caller.send("DELETE", f"/api/notices/{notice['id']}").status_code == 204
    assert caller.get("/api/attention").get_json()["notices"] == []
