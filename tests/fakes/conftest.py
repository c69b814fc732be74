"""Visitors of the fake portals: plain ones, one per large portal, and a tab of a real browser."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page

from fixtures.portals import FakePortals
from fixtures.portals.story import MERIDIAN
from tests.fakes.visitor import visitor


@pytest.fixture
def client(portals: FakePortals) -> Iterator[httpx.Client]:
    """A visitor of the story's Taleo, not signed in."""
    with visitor(portals) as client:
        yield client


@pytest.fixture
def workday(portals: FakePortals) -> Iterator[httpx.Client]:
    """A visitor of the story's Workday, not signed in."""
    with visitor(portals, MERIDIAN) as client:
        yield client


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    """A page in a window wide enough for the whole list; Workday hides it in a narrow one."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()
