"""Sync now, in the popup: a real visit to the fake portals by a process of its own, followed while it runs."""

from __future__ import annotations

import itertools
from dataclasses import replace

import pytest

from fixtures.portals import FakePortals
from fixtures.portals.story import HARBOR, LAKESHORE, MERIDIAN
from scraper import accounts
from scraper.vault import Mode, Vault
from tests.browser.conftest import Extension, Pictures, Server

pytestmark = pytest.mark.browser

PASSPHRASE = "a passphrase for tests only"
WATCH = """(() => {
    window.seen = [];
    const look = () => {
        const bar = document.querySelector(".sync:not([hidden]) progress");
        if (bar) window.seen.push([bar.value, bar.max]);
    };
    new MutationObserver(look).observe(document.body, {subtree: true, childList: true, attributes: true, characterData: true});
})()"""
"""Notes every state of the bar, so that none is missed between two looks."""


def add_account(server: Server, portals: FakePortals, name: str) -> str:
    """An account with its password, as the sync's own process will find it; its id."""
    fake = portals.host(name)
    account = accounts.account_from_url(fake.list_url, username=fake.user.name)
    account = accounts.add(server.store, replace(account, id=accounts.slug(name.split(".")[0])))
    Vault.open(server.home, PASSPHRASE).set_password(account.id, fake.user.password)
    return account.id


@pytest.fixture
def visited(server: Server, portals: FakePortals, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two accounts, and the settings by which a sync's own process reaches the fakes and the vault."""
    for name, value in {**portals.environment, "INTOWN_PASSPHRASE": PASSPHRASE}.items():
        monkeypatch.setenv(name, value)
    Vault.choose(server.home, Mode.PASSPHRASE, PASSPHRASE)
    for name in (LAKESHORE, MERIDIAN):
        add_account(server, portals, name)


def test_a_visit_is_followed_to_its_end(
    paired: Extension, server: Server, portals: FakePortals, visited: None, pictures: Pictures
) -> None:
    portals.host(MERIDIAN).behave("slow", seconds=1.0)  # each answer: the popup looks in between
    popup = paired.open_all()
    popup.wait_for(".heading .button")
    popup.evaluate(WATCH)
    popup.click(".button", "Sync now")
    popup.wait("document.querySelector('.sync progress')?.value === 1")
    pictures(popup, "all-syncing")
    assert popup.text(".sync") == "1 of 2 portals read"
    popup.wait_for("[data-sync]")
    assert popup.text('[data-sync="done"]') == "Every portal was read."
    pictures(popup, "all-synced")
    steps = [value for value, _ in itertools.groupby(value for value, _ in popup.evaluate("window.seen"))]
    assert steps[:2] == [0, 1]
    stored = server.store.read().all("applications").values()
    assert {one["host"] for one in stored} == {LAKESHORE, MERIDIAN}
    assert len([one for one in stored if one["host"] == LAKESHORE]) == 8
    assert len(popup.texts(".row")) > 5

    portals.advance_day()
    portals.host(HARBOR).behave("code_needed")
    harbor = add_account(server, portals, HARBOR)
    popup.click(".button", "Sync now")
    popup.wait_for(".sync progress")
    popup.close()
    popup = paired.open_all()  # the popup was closed meanwhile: the visit is found again
    popup.wait_for("[data-sync]")
    popup.wait_for_text("Some portals need you.")
    pictures(popup, "all-synced-needs-you")
    assert "one-time code" in popup.text(".account")
    assert f"intown login {harbor}" in popup.text(".account")
    changed = popup.evaluate(
        "[...document.querySelectorAll('.row')].find((one) => one.textContent.includes('Nurse Educator')).innerText"
    )
    assert "Changed" in changed
    assert popup.console == []
    popup.close()
