"""A browser that no longer lets the extension reach the server, as a new release with a new rule may."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE
from tests.browser.conftest import Extension, Server

pytestmark = pytest.mark.browser


def test_a_browser_that_refuses_the_way_is_told_and_loses_nothing(
    lakeshore: Page, paired: Extension, server: Server, portals: FakePortals
) -> None:
    """The popup says that the server cannot be reached; with access given again it reads by itself."""
    paired.evaluate(
        """() => {
            const real = self.fetch;
            self.refused = 0;
            self.fetch = () => { self.refused++; return Promise.reject(new TypeError("Failed to fetch")); };
            self.restore = () => { self.fetch = real; };
        }"""
    )
    popup = paired.click_icon(lakeshore)
    popup.wait_for_state("server_off")
    assert paired.evaluate("() => self.refused") > 0
    assert server.store.read().all("applications") == {}
    paired.evaluate("() => self.restore()")
    popup.wait_for(".rows .row")
    popup.close()
    assert len(server.store.read().all("applications")) == len(portals.host(LAKESHORE).listed())
