"""`intown forget-everything` on a machine that is only pretended: its schedulers, its keychain."""

from __future__ import annotations

import pytest

from server.forgetting import steps
from tests.commands.conftest import places, run
from tests.forgetting.lived import Machine
from tests.store.keychains import TRUSTED, Keyring, pretend

__all__ = ["places", "run"]


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """No test touches the scheduler of the person who runs it."""
    made = Machine()
    monkeypatch.setattr(steps, "schedulers", lambda _: made.ways)
    return made


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    keyring: Keyring = pretend(monkeypatch, Keyring, *TRUSTED)
    return keyring
