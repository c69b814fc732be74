"""One employer has one name: the user's, wherever the rows come from, and what they corrected holds at night."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper import accounts, corrections
from scraper.browser_walk import Walk
from scraper.model import Account, Application, PageKind, ParsedPage, Stage
from scraper.settings import Home
from scraper.store import Store, record_page
from scraper.sync_keep import keep_walk

HOST = "lakeshore.taleo.net"
URL = f"https://{HOST}/careersection/lakeshore_ext/mysubmissions.ftl"
NOW = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.store)


def page(*companies: str, heading: str = "Lakeshore") -> ParsedPage:
    rows = tuple(
        Application(
            portal="taleo",
            host=HOST,
            external_id=str(number),
            title=f"Job {number}",
            company=company,
            status_raw="Under review",
        )
        for number, company in enumerate(companies, 1)
    )
    return ParsedPage(
        url=URL, host=HOST, kind=PageKind.APPLICATIONS, portal="taleo", company=heading, applications=rows
    )


def account(store: Store, *, employer: str = "") -> Account:
    made = accounts.account_from_url(URL, employer=employer, username="dreyes")
    return accounts.add(store, made, named=bool(employer))


def night(store: Store, made: Account, read: ParsedPage) -> None:
    with store.transaction() as tx:
        keep_walk(tx, *accounts.find(tx, made.id), Walk((read,)), "session")


def companies(store: Store) -> list[str]:
    found = store.read().all("applications")
    return [found[key]["company"] for key in sorted(found)]


def test_the_users_name_wins_over_the_hosts(store: Store) -> None:
    made = account(store, employer="Lakeshore Health")
    night(store, made, page("Lakeshore", "", "Harbor Clinic"))
    assert companies(store) == ["Lakeshore Health", "Lakeshore Health", "Harbor Clinic"]


def test_and_over_the_pages_own_heading(store: Store) -> None:
    made = account(store, employer="Lakeshore Health")
    night(store, made, page("Lakeshore Careers", heading="Lakeshore Careers"))
    assert companies(store) == ["Lakeshore Health"]


def test_without_a_name_of_the_users_the_page_knows_best(store: Store) -> None:
    made = account(store)
    night(store, made, page("Lakeshore Careers", "", heading="Lakeshore Careers"))
    assert accounts.find(store.read(), made.id)[0].employer == "Lakeshore Careers"
    night(store, made, page("Lakeshore", "", heading="Lakeshore"))
    assert companies(store) == ["Lakeshore Careers"] * 2  # the host's guess is no news
    assert accounts.find(store.read(), made.id)[0].employer == "Lakeshore Careers"


def test_editing_names_what_is_there(store: Store) -> None:
    made = account(store)
    night(store, made, page("Lakeshore", "Lakeshore", "Harbor Clinic"))
    key = f"taleo|{HOST}|2"
    with store.transaction() as tx:
        corrections.correct_employer(tx, key, "My own name", everywhere=False, at=NOW)
    accounts.change(store, made.id, employer="Lakeshore Health")
    assert companies(store) == ["Lakeshore Health", "My own name", "Harbor Clinic"]
    accounts.change(store, made.id, employer="Lakeshore Hospitals")
    assert companies(store) == ["Lakeshore Hospitals", "My own name", "Harbor Clinic"]
    night(store, made, page("Lakeshore", "Lakeshore", "Harbor Clinic"))
    assert companies(store) == ["Lakeshore Hospitals", "My own name", "Harbor Clinic"]


def test_adding_names_what_a_click_had_read(store: Store) -> None:
    record_page(store, None, page("Lakeshore"), seen_at=NOW, complete=False)
    account(store, employer="Lakeshore Health")
    assert companies(store) == ["Lakeshore Health"]


def test_another_account_of_the_host_keeps_its_names(store: Store) -> None:
    first = account(store)
    night(store, first, page("Lakeshore"))
    second = accounts.account_from_url(URL, username="another")
    second = accounts.add(store, second)
    accounts.change(store, second.id, employer="Second Employer")
    assert companies(store) == ["Lakeshore"]
    assert accounts.account_at(store.read(), "taleo", HOST) is None  # the two do not agree


@pytest.mark.parametrize("named_first", [True, False])
def test_a_correction_for_the_whole_employer_holds_at_night(store: Store, named_first: bool) -> None:
    """Made before the account was named or after, it holds for applications that come later."""
    made = account(store, employer="Lakeshore Health" if named_first else "")
    night(store, made, page("Lakeshore"))
    with store.transaction() as tx:
        key = f"taleo|{HOST}|1"
        corrections.correct_employer(tx, key, "LH", everywhere=True, at=NOW)
        corrections.correct_stage(tx, key, Stage.SCREEN, everywhere=True, at=NOW)
    if not named_first:
        accounts.change(store, made.id, employer="Lakeshore Health")
    night(store, made, page("Lakeshore", "Lakeshore"))
    assert companies(store) == ["LH", "LH"]
    found = store.read().all("applications")
    assert {doc["stage"] for doc in found.values()} == {Stage.SCREEN}
    assert store.read().all("changes") == {}


def test_a_name_edited_during_the_visit_counts(store: Store) -> None:
    made = account(store)
    at_the_start = accounts.find(store.read(), made.id)
    accounts.change(store, made.id, employer="Lakeshore Health")
    with store.transaction() as tx:
        keep_walk(tx, *at_the_start, Walk((page("Lakeshore"),)), "session")
    assert companies(store) == ["Lakeshore Health"]
