"""How often a password may be typed: once for each version, once a night, an hour apart for "sync now", twice an
hour at one host."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from scraper import accounts
from scraper.model import Account
from scraper.outcomes import Outcome, PortalError
from scraper.settings import Home
from scraper.store import Store
from scraper.sync_sign_ins import FOR_PRESSES, Asked, raise_unless_allowed

NIGHT = datetime(2026, 3, 1, 2, 30, tzinfo=UTC)
URL = "https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl"


@pytest.fixture
def store(home: Home) -> Store:
    return Store(home.store)


def add(store: Store, username: str, url: str = URL) -> Account:
    return accounts.add(store, accounts.account_from_url(url, username=username))


def sign_in(store: Store, account: Account, at: datetime, *, asked: Asked = Asked.BY_NOBODY) -> None:
    """As a visit does: asked for, written down, and accepted by the portal."""
    raise_unless_allowed(store.read(), account, at, asked=asked)
    accounts.mark_submitted(store, account, at)
    accounts.save_state(store, account.id, submitted_version=0)


def refusal(store: Store, account: Account, at: datetime, *, asked: Asked = Asked.BY_NOBODY) -> PortalError:
    with pytest.raises(PortalError) as raised:
        raise_unless_allowed(store.read(), account, at, asked=asked)
    return raised.value


def test_once_a_night_unless_asked_for_by_name(store: Store) -> None:
    account = add(store, "dreyes")
    sign_in(store, account, NIGHT)
    again = refusal(store, account, NIGHT + timedelta(hours=3))
    assert (again.outcome, again.not_before) == (Outcome.UNAVAILABLE, None)
    assert again.fix == "intown sync {}"
    sign_in(store, account, NIGHT + timedelta(hours=3), asked=Asked.BY_NAME)
    sign_in(store, account, NIGHT + timedelta(days=1))
    later = NIGHT + timedelta(days=1, hours=2)
    refusal(store, account, later)
    sign_in(store, accounts.change(store, account.id, new_password=True), later)  # touching it is asking


def test_sync_now_signs_in_again_after_an_hour(store: Store) -> None:
    account = add(store, "dreyes")
    sign_in(store, account, NIGHT)
    soon = refusal(store, account, NIGHT + timedelta(minutes=59), asked=Asked.FOR_ALL)
    assert (soon.outcome, soon.not_before, soon.fix) == (Outcome.UNAVAILABLE, None, "intown sync {}")
    for moment in (NIGHT, NIGHT + timedelta(hours=1)):
        assert f"{moment.astimezone():%H:%M}" in soon.sentence
    sign_in(store, account, NIGHT + timedelta(hours=1), asked=Asked.FOR_ALL)
    refusal(store, account, NIGHT + timedelta(hours=1, minutes=59), asked=Asked.FOR_ALL)


def test_a_script_that_presses_all_day_is_no_sign_in_an_hour(store: Store) -> None:
    """Every quarter of an hour for two days, at a portal whose sessions never last."""
    account, sent, last = add(store, "dreyes"), [], ""
    for quarter in range(4 * 48):
        at = NIGHT + timedelta(minutes=15 * quarter)
        try:
            sign_in(store, account, at, asked=Asked.FOR_ALL)
        except PortalError as error:
            last = error.sentence
        else:
            sent.append(at)
    assert all(later - before >= timedelta(hours=1) for before, later in pairwise(sent))
    assert len(sent) == FOR_PRESSES * 4
    assert f"{FOR_PRESSES} times in the last 12 hours" in last
    sign_in(store, account, NIGHT + timedelta(hours=48), asked=Asked.BY_NAME)


def test_twice_an_hour_at_a_host_whoever_asks(store: Store) -> None:
    first, second, third = (add(store, name) for name in ("one", "two", "three"))
    elsewhere = add(store, "one", URL.replace("lakeshore", "harbor"))
    sign_in(store, first, NIGHT)
    sign_in(store, second, NIGHT + timedelta(minutes=10))
    held = refusal(store, third, NIGHT + timedelta(minutes=20), asked=Asked.BY_NAME)
    assert (held.outcome, held.not_before) == (Outcome.RATE_LIMITED, NIGHT + timedelta(hours=1))
    sign_in(store, elsewhere, NIGHT + timedelta(minutes=20))
    sign_in(store, third, NIGHT + timedelta(hours=1))
    assert refusal(
        store, first, NIGHT + timedelta(minutes=65), asked=Asked.BY_NAME
    ).not_before == NIGHT + timedelta(minutes=70)


def test_a_hundred_attempts_are_no_more_than_two_an_hour(store: Store) -> None:
    account = add(store, "dreyes")
    sent = []
    for minute in range(0, 600, 6):
        at = NIGHT + timedelta(minutes=minute)
        try:
            sign_in(store, account, at, asked=Asked.BY_NAME)
        except PortalError:
            continue
        sent.append(at)
    assert all(later - earlier >= timedelta(hours=1) for earlier, later in zip(sent, sent[2:], strict=False))
    assert len(sent) == 20
    found = accounts.find(store.read(), account.id)[1]
    assert found.sign_ins == tuple(sent[-accounts.MOST_SIGN_INS :])


@pytest.mark.parametrize("outcome", [None, Outcome.OK, Outcome.UNAVAILABLE, Outcome.PAGE_CHANGED])
def test_an_unanswered_submit_waits_for_the_persons_word(store: Store, outcome: Outcome | None) -> None:
    """Whatever the visit before said: it says nothing about the password that was sent since."""
    account = add(store, "dreyes")
    accounts.save_state(store, account.id, outcome=outcome, sentence="Said before.")
    accounts.mark_submitted(store, account, NIGHT)
    for asked in Asked:
        held = refusal(store, account, NIGHT + timedelta(days=3), asked=asked)
        assert (held.outcome, held.fix) == (Outcome.UNKNOWN_LOGIN, "intown account edit {} --try-again")
        assert "cut off" in held.sentence
    account = accounts.change(store, account.id, new_password=True)
    sign_in(store, account, NIGHT + timedelta(days=3))


def test_a_refused_password_keeps_the_portals_words(store: Store) -> None:
    account = add(store, "dreyes")
    accounts.mark_submitted(store, account, NIGHT)
    accounts.save_state(
        store, account.id, outcome=Outcome.WRONG_PASSWORD, sentence="Refused.", fix="intown account edit x"
    )
    held = refusal(store, account, NIGHT + timedelta(days=1), asked=Asked.BY_NAME)
    assert (held.outcome, held.sentence, held.fix) == (
        Outcome.WRONG_PASSWORD,
        "Refused.",
        "intown account edit x",
    )


def test_a_clock_set_back_locks_nobody_out(store: Store) -> None:
    account = add(store, "dreyes")
    sign_in(store, account, NIGHT + timedelta(days=400))
    sign_in(store, account, NIGHT)


def test_an_account_with_a_session_alone_is_the_persons_to_sign_in(store: Store) -> None:
    account = accounts.change(store, add(store, "dreyes").id, secret="session")
    for asked in Asked:
        held = refusal(store, account, NIGHT, asked=asked)
        assert held.outcome is Outcome.UNKNOWN_LOGIN
        assert "sign in yourself" in held.sentence
