"""The click shows an employer under the name that the user gave its account."""

from __future__ import annotations

from scraper import accounts
from scraper.store import Store
from tests.server.conftest import Caller
from tests.server.portal_pages import STORY, URL, captured


def test_a_click_shows_the_accounts_name(caller: Caller, store: Store) -> None:
    made = accounts.account_from_url(URL, employer="Lakeshore Health", username="dreyes")
    accounts.add(store, made, named=True)
    told = caller.post("/api/pages", captured(*STORY)).json
    assert told is not None
    assert told["employer"] == "Lakeshore Health"
    assert {row["employer"] for row in told["applications"]} == {"Lakeshore Health"}
    accounts.change(store, made.id, employer="Lakeshore Hospitals")
    shown = caller.get("/api/applications").json
    assert shown is not None
    assert {row["employer"] for row in shown["applications"]} == {"Lakeshore Hospitals"}
