"""The places index for tests of asking: built once for all runs, and a way to make small worlds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from scraper.settings import Home
from scraper.store import Store
from server import create_app, pairing
from server.asking.gazetteer import ensure_index
from server.asking.places import Places
from tests.asking.worlds import DANA, NOW, founding_applications, founding_recruiters
from tests.server.conftest import Caller, Clock


@pytest.fixture(scope="session")
def places(places_folder: Path) -> Iterator[Places]:
    """The real index, open."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTOWN_PLACES", str(places_folder))
        index = ensure_index(places_folder)
    from server.asking.gazetteer import Gazetteer

    gazetteer = Gazetteer(index)
    yield Places(gazetteer)
    gazetteer.close()


PORT = 47615


@pytest.fixture
def clock() -> Clock:
    """The server's clock: thirteen days before the founding trip."""
    return Clock(NOW)


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.store)


@pytest.fixture
def caller(home: Home, store: Store, clock: Clock) -> Caller:
    """Our extension, paired, on a server that knows the hospital's applications and recruiters but no trip."""
    with store.transaction() as tx:
        for doc in founding_applications():
            tx.put("applications", doc["key"], doc)
        for person in founding_recruiters():
            tx.put("recruiters", person.id, person.model_dump(mode="json"))
        tx.put("settings", "me", DANA.model_dump())
    token = pairing.issue(store, "test", NOW).token
    return Caller(create_app(home, port=PORT, clock=clock).test_client(), token)
