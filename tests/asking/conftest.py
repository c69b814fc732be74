"""The places index for tests of asking: built once for all runs, and a way to make small worlds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from server.asking.gazetteer import ensure_index
from server.asking.places import Places


@pytest.fixture(scope="session")
def places_folder(request: pytest.FixtureRequest) -> Path:
    """The folder of the shared index. It takes seconds to build and holds nothing personal."""
    cache = request.config.cache
    assert cache is not None, "run pytest with its cache, which holds the places index"
    return Path(cache.mkdir("intown-places"))


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


@pytest.fixture(autouse=True)
def _shared_index(places_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PLACES", str(places_folder))
