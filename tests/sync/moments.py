"""A clock that the nights of a year can be run by."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

import pytest

import scraper.browser_page
import scraper.sync
import scraper.sync_keep
import scraper.sync_run
import scraper.sync_secrets

MODULES = (scraper.sync, scraper.sync_run, scraper.sync_keep, scraper.sync_secrets, scraper.browser_page)


class Clock:
    """What `datetime.now` says inside the sync, until the test moves it on."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, start: datetime) -> None:
        self.now = start
        clock = self

        class Moved(datetime):
            @classmethod
            def now(cls, tz: tzinfo | None = None) -> Any:
                return clock.now.astimezone(tz or UTC)

        for module in MODULES:
            monkeypatch.setattr(module, "datetime", Moved)

    def next_night(self) -> None:
        self.now += timedelta(days=1)
