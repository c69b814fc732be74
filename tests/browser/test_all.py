"""Every application in one list: found by words and filters, quick when there are many; what needs somebody."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE
from scraper import accounts
from scraper.outcomes import Outcome
from tests.bench.bench_popup import APPLICATIONS
from tests.bench.bench_popup import fill as fill_store
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup

pytestmark = pytest.mark.browser


def test_nothing_yet(paired: Extension, pictures: Pictures) -> None:
    popup = paired.open_all()
    popup.wait_for_state("no_applications")
    pictures(popup, "all-nothing-yet")
    popup.close()


def test_two_thousand_are_found_by_words_and_filters(
    paired: Extension, server: Server, pictures: Pictures
) -> None:
    fill_store(server.store)
    popup = paired.open_all()
    popup.wait_for(".rows .row")
    assert popup.evaluate("document.querySelectorAll('.row').length") < 200  # the rest as one scrolls
    popup.evaluate("document.querySelector('#filter').value = 'every'")
    popup.evaluate("document.querySelector('#filter').dispatchEvent(new Event('change'))")
    popup.wait_for_text(f"{APPLICATIONS:,} applications")
    popup.fill("#search", "CLINIC 17 nurse 17-3")
    popup.wait("document.querySelectorAll('.row').length === 11")  # 17-3 and 17-30 to 17-39
    pictures(popup, "all-search")
    popup.fill("#search", "nobody has this")
    popup.wait_for_text("Nothing matches")
    popup.close()

    popup = paired.open_all()  # what was looked for is still there
    popup.wait("document.querySelector('#search')?.value === 'nobody has this'")
    popup.close()


def test_scrolling_brings_the_rest(paired: Extension, server: Server) -> None:
    fill_store(server.store)
    popup = paired.open_all()
    popup.wait_for(".rows .row")
    before = popup.evaluate("document.querySelectorAll('.row').length")
    popup.evaluate("window.scrollTo(0, document.body.scrollHeight)")
    popup.wait(f"document.querySelectorAll('.row').length > {before}")
    popup.close()


def test_what_needs_somebody_is_said_with_its_fix(
    lakeshore_read: Popup, server: Server, portals: FakePortals, pictures: Pictures
) -> None:
    popup = lakeshore_read
    url = portals.host(LAKESHORE).list_url
    made = accounts.add(server.store, accounts.account_from_url(url, employer="Lakeshore Health"))
    accounts.save_state(
        server.store, made.id, outcome=Outcome.CODE_NEEDED, sentence="The site asks for a one-time code.", fix=f"intown login {made.id}",
        checked_at=datetime.now(UTC), last_good=datetime.now(UTC),
    )  # fmt: skip
    popup.click(".tab", "Trip")  # it is said wherever one is, and leads to the list
    popup.wait_for("[data-waiting]")
    assert "one-time code" in popup.text("#attention")
    popup.click("[data-waiting] .button", "See what to do")
    popup.wait_for(".account")
    assert popup.text("#attention") == ""  # All says it in full
    pictures(popup, "all-needs-you")
    told = popup.text(".account")
    assert "one-time code" in told
    assert f"intown login {made.id}" in told
    popup.close()


def test_sync_without_accounts_says_what_to_do(
    paired: Extension, server: Server, portals: FakePortals
) -> None:
    fill_store(server.store)
    popup = paired.open_all()
    popup.click(".button", "Sync now")
    popup.wait_for_text("intown account add")
    popup.close()
