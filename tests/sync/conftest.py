"""A home with a store and a vault, and the fake portals behind their real names."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from fixtures.portals import FakeHost, FakePortals, Tenant, story
from scraper import accounts
from scraper.accounts import State
from scraper.model import Account
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync import Options, sync_all
from scraper.sync_result import Progress, SyncResult
from scraper.vault import Mode, Vault
from tests.conftest import own_event_loop
from tests.sync.staged import Stage

PASSPHRASE = "a passphrase for tests only"


@dataclass
class Person:
    """Somebody's InTown: what a night does, in one call."""

    home: Home
    store: Store
    vault: Vault
    network: Network
    seen: list[Progress] = field(default_factory=list)

    @classmethod
    def at(cls, folder: Path, portals: FakePortals) -> Person:
        home = Home(folder / "data", folder / "cache", folder / "logs").make()
        vault = Vault.choose(home, Mode.PASSPHRASE, PASSPHRASE)
        network = Network(portals.proxy_url, portals.ca_file, portals.spki)
        return cls(home, Store(home.store), vault, network)

    def add(self, host: FakeHost, *, password: str | None = None) -> Account:
        made = accounts.account_from_url(host.list_url, username=host.user.name)
        made = accounts.add(self.store, replace(made, id=accounts.slug(host.name.split(".")[0])))
        self.vault.set_password(made.id, host.user.password if password is None else password)
        return made

    def sync(self, *names: str, **options: Any) -> dict[str, SyncResult]:
        """One night; the results by account."""
        return asyncio.run(self.night(*names, **options))

    async def night(self, *names: str, **options: Any) -> dict[str, SyncResult]:
        """The same in a loop that runs already."""
        results = await sync_all(
            self.store,
            self.vault,
            self.home,
            self.network,
            on_progress=self.seen.append,
            only=names or None,
            options=Options(**{"jitter": 0.0, **options}),
        )
        return {result.account: result for result in results}

    def a_day_later(self) -> None:
        """As if every sign-in until now had been the night before."""
        for account, state in accounts.all_accounts(self.store.read()):
            before = tuple(at - timedelta(days=1) for at in state.sign_ins)
            accounts.save_state(
                self.store, account.id, sign_ins=before, submitted_at=before[-1] if before else None
            )

    def state(self, account: Account) -> State:
        return accounts.find(self.store.read(), account.id)[1]

    def applications(self) -> dict[str, Any]:
        return self.store.read().all("applications")


@pytest.fixture(scope="module")
def stage(request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A browser that shows pages written in the tests."""
    made = Stage()
    yield made
    with own_event_loop(request.node):
        made.close()


@pytest.fixture
def person(tmp_path: Path, portals: FakePortals) -> Person:
    return Person.at(tmp_path / "person", portals)


def tenant(kind: str, name: str) -> Tenant:
    """One more tenant of the story's kind under another name, with the same applications."""
    lakeshore, meridian, _ = story().tenants
    if kind == "taleo":
        return replace(lakeshore, host=f"{name}.taleo.net", employer=f"Employer {name}")
    options = {**meridian.options, "tenant": name}
    return replace(
        meridian, host=f"{name}.wd5.myworkdayjobs.com", employer=f"Employer {name}", options=options
    )
