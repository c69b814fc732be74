"""What answers are made of, while the store is changed by others: what is kept and what is gone."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from scraper.settings import Home
from scraper.store import Store, View
from server import known
from server.asking.places import Places
from server.views import app_views
from tests.asking.worlds import application, key


def test_a_commit_in_between_is_not_missed(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    store = Store(home.store)
    commits = [1, 2]

    def commit(number: int) -> None:
        with store.transaction() as tx:
            tx.put("notes", "n", {"n": number})

    def read_slowly() -> View:
        view = store.read()
        if commits:
            commit(commits.pop(0))
        return view

    class Slow:
        read = staticmethod(read_slowly)

        @property
        def generation(self) -> int:
            return store.generation

    monkeypatch.setattr(known, "state", lambda: SimpleNamespace(store=Slow()))
    number, view = known.snapshot()
    assert number == store.generation
    assert view.get("notes", "n") == {"n": 2}


def test_an_application_that_went_in_between_is_left_out(home: Home) -> None:
    store = Store(home.store)
    with store.transaction() as tx:
        tx.put("applications", key("1"), application("1", "Charge Nurse", "referred"))
    places = Places.at(home.cache)
    with closing(places.gazetteer):
        found = app_views(store.read(), places, datetime.now(UTC), [key("2"), key("1")])
    assert [view["key"] for view in found] == [key("1")]
