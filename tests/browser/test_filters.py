"""Filters of All: stage, employer, city and date, alone and together, kept for the next time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from scraper.store import Store
from tests.bench.bench_popup import fill as fill_store
from tests.browser.conftest import Extension, Pictures, Server
from tests.browser.icon import Popup

pytestmark = pytest.mark.browser


def choose(popup: Popup, field: str, value: str) -> None:
    popup.evaluate(
        f"(({{value}}) => {{ const one = document.querySelector('#{field}'); one.value = value;"
        f" one.dispatchEvent(new Event('change')); one.dispatchEvent(new Event('input')); }})({{value: {value!r}}})"
    )


def spread(store: Store) -> tuple[str, int]:
    """Five in Cleveland under three spellings, the rest elsewhere; two of the five changed today. Their employer."""
    spellings = ("US-OH-Cleveland", "Cleveland, OH", "OH - Cleveland - Main Campus")
    long_ago = (datetime.now(UTC) - timedelta(days=40)).isoformat()
    with store.transaction() as tx:
        for key, doc in tx.all("applications").items():
            tx.put("applications", key, {**doc, "location": "Austin, TX", "first_seen": long_ago})
        for key, _ in list(tx.all("changes").items()):
            tx.remove("changes", key)
        keys = sorted(tx.all("applications"))[:5]
        for number, key in enumerate(keys):
            doc = tx.all("applications")[key]
            seen = long_ago if number > 1 else datetime.now(UTC).isoformat()
            tx.put(
                "applications",
                key,
                {**doc, "location": spellings[number % 3], "company": "Lakeshore", "stage": "referred", "first_seen": seen},
            )  # fmt: skip
    return "Lakeshore", 5


def test_stage_employer_city_and_date(paired: Extension, server: Server, pictures: Pictures) -> None:
    fill_store(server.store)
    employer, count = spread(server.store)
    popup = paired.open_all()
    popup.wait_for(".rows .row")
    choose(popup, "filter", "every")
    popup.click(".searching summary", "More filters")
    choose(popup, "filter-city", "Cleveland")
    popup.wait_for_text(f"{count} applications")
    assert len(popup.texts(".row")) == count
    choose(popup, "filter-city", "")
    choose(popup, "filter-employer", employer)
    popup.wait_for_text(f"{count} applications")
    choose(popup, "filter-stage", "referred")
    popup.wait_for_text(f"{count} applications")
    choose(popup, "filter-since", f"{datetime.now() - timedelta(days=2):%Y-%m-%d}")
    popup.wait_for_text("2 applications")
    pictures(popup, "all-filters")
    assert popup.text(".searching summary") == "More filters (3)"
    popup.close()

    popup = paired.open_all()  # kept, and in sight
    popup.wait_for_text("2 applications")
    choose(popup, "filter-stage", "received")
    popup.wait_for_text("Nothing matches")
    popup.click(".searching .button", "Clear these filters")
    popup.wait("document.querySelectorAll('.row').length > 5")
    popup.close()
