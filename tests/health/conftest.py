"""The places index, as the tests of asking have it, and somebody for the doctor to look at."""

from __future__ import annotations

import pytest

from scraper.settings import Home
from scraper.vault_files import PASSPHRASE_VARIABLE
from server.health.findings import Patient
from server.listen import bind
from tests.asking.conftest import places
from tests.health.looking import NOW

__all__ = ["places"]


@pytest.fixture(autouse=True)
def _plain_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (PASSPHRASE_VARIABLE, "INTOWN_VAULT"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def patient(home: Home) -> Patient:
    """A fresh home, and a port at which nobody answers."""
    with bind(0) as place:
        free = place.getsockname()[1]
    return Patient(home, free, NOW)
