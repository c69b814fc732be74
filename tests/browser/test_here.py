"""The icon clicked for real on each fake portal: applications stored, verdicts shown."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from fixtures.portals import FakePortals
from fixtures.portals.story import HARBOR, LAKESHORE, MERIDIAN
from tests.browser.conftest import Extension, Server
from tests.browser.icon import Popup
from tests.browser.signing_in import open_taleo, open_workday

pytestmark = pytest.mark.browser

Pictures = Callable[[Popup, str], None]


def test_a_click_on_taleo_stores_and_answers(
    paired: Extension, server: Server, portals: FakePortals, pictures: Pictures
) -> None:
    page = paired.context.pages[0]
    open_taleo(page, portals, LAKESHORE)
    popup = paired.click_icon(page)
    popup.wait_for(".rows .row")
    pictures(popup, "here-taleo")
    assert "Lakeshore" in popup.text("h1")
    titles = popup.texts(".row .title")
    listed = [one.title for one in portals.host(LAKESHORE).listed()]
    assert sorted(titles) == sorted(listed)
    stored = server.store.read().all("applications")
    assert sorted(one["title"] for one in stored.values()) == sorted(listed)
    assert popup.console == []
    popup.close()
