"""The places index, as the tests of asking have it, and a home with something in every table."""

from __future__ import annotations

import pytest

from scraper.settings import Home
from scraper.store import Store
from tests.asking.conftest import places
from tests.portable.homes import furnished

__all__ = ["places"]


@pytest.fixture
def store(home: Home) -> Store:
    return furnished(home)
