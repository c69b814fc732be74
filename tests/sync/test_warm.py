"""Reading with a saved session over plain HTTP: only what proves itself counts, and no browser is started."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from fixtures.portals import FakeHost, FakePortals
from scraper import accounts
from scraper.browser_session import WebSession
from scraper.model import Account
from scraper.outcomes import Outcome, PortalError
from scraper.portals import portal_by_kind
from scraper.transport import Transport, Warm
from tests.sync.conftest import Person

HOSTS = ("lakeshore.taleo.net", "meridian.wd5.myworkdayjobs.com")


def signed_in(portals: FakePortals, person: Person, name: str) -> tuple[FakeHost, Account, WebSession]:
    """An account with a session, made on the server itself: no browser is needed to have a cookie."""
    host = portals.host(name)
    return host, person.add(host), session_for(host)


def session_for(host: FakeHost) -> WebSession:
    """A web session as a browser would keep it after a sign-in at this Taleo or Workday."""
    session = host.open_session(host.user)
    taleo = host.tenant.kind == "taleo"
    kept: dict[str, Any] = {"path": "/", "secure": True, "expires": -1, "httpOnly": True, "sameSite": "Lax"}
    kept["domain"] = host.name
    cookies = [{"name": "JSESSIONID" if taleo else "PLAY_SESSION", "value": session.token, **kept}]
    if not taleo:
        # Workday's own script reads this one, so it cannot be out of its reach.
        cookies.append({"name": "CALYPSO_CSRF_TOKEN", "value": "abc", **kept, "httpOnly": False})
    session.notes["size"] = 100
    return WebSession({"cookies": cookies}, {}, "a browser")


def read(person: Person, account: Account, session: WebSession, at_least: int = 1) -> Warm | None:
    async def run() -> Warm | None:
        transport = Transport(person.network)
        return await transport.read(account, portal_by_kind(account.portal), session, at_least=at_least)

    return asyncio.run(run())


@pytest.mark.parametrize("name", HOSTS)
def test_a_good_session_reads_the_whole_list(portals: FakePortals, person: Person, name: str) -> None:
    host, account, session = signed_in(portals, person, name)
    warm = read(person, account, session)
    assert warm is not None
    assert {a.requisition: a.status_raw for a in warm.walk.applications} == {
        listed.requisition: listed.status for listed in host.listed()
    }
    assert warm.walk.complete
    assert host.hits.login_submits == 0


ANYWHERE = (
    "session_expired",
    "truncated",
    "count_mismatch",
    "empty",
    "no_rows",
    "maintenance",
    "blocked",
    "gone",
    "reset",
    "bad_tls",
    "unavailable",
    "glitch",
)
# A changed page changes no JSON, and the other way round.
NOT_PROVEN = (
    *((name, behaviour) for behaviour in ANYWHERE for name in HOSTS),
    *((HOSTS[0], behaviour) for behaviour in ("changed_layout", "endless", "too_large")),
    (HOSTS[1], "opaque_json"),
)


@pytest.mark.parametrize(("name", "behaviour"), NOT_PROVEN)
def test_what_does_not_prove_itself_is_left_to_the_browser(
    portals: FakePortals, person: Person, name: str, behaviour: str
) -> None:
    host, account, session = signed_in(portals, person, name)
    host.behave(behaviour)
    assert read(person, account, session, at_least=len(host.listed())) is None
    assert host.hits.login_submits == 0


@pytest.mark.parametrize("name", HOSTS)
def test_fewer_than_last_time_is_left_to_the_browser(portals: FakePortals, person: Person, name: str) -> None:
    host, account, session = signed_in(portals, person, name)
    assert read(person, account, session, at_least=len(host.listed())) is not None
    assert read(person, account, session, at_least=len(host.listed()) + 1) is None


@pytest.mark.parametrize("name", HOSTS)
def test_a_session_that_is_over_proves_nothing(portals: FakePortals, person: Person, name: str) -> None:
    host, account, session = signed_in(portals, person, name)
    host.sign_everyone_out()
    assert read(person, account, session) is None


@pytest.mark.parametrize("name", HOSTS)
def test_a_pause_that_the_site_asks_for_is_kept(portals: FakePortals, person: Person, name: str) -> None:
    host, account, session = signed_in(portals, person, name)
    host.behave("rate_limited", retry_after=600)
    with pytest.raises(PortalError) as raised:
        read(person, account, session)
    assert raised.value.outcome is Outcome.RATE_LIMITED
    assert raised.value.not_before is not None
    assert 590 < (raised.value.not_before - datetime.now(UTC)).total_seconds() <= 600


def test_an_unknown_authority_is_refused(portals: FakePortals, person: Person) -> None:
    _, account, session = signed_in(portals, person, HOSTS[0])
    person.network = type(person.network)(portals.proxy_url)  # without the extra authority
    assert read(person, account, session) is None


class Elsewhere(httpx.AsyncBaseTransport):
    """A portal that redirects to another place; remembers who was asked."""

    def __init__(self, to: str) -> None:
        self.to = to
        self.asked: list[str] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(str(request.url))
        return httpx.Response(302, headers={"location": self.to})


@pytest.mark.parametrize(
    "to",
    [
        "https://collect.example/",
        "http://lakeshore.taleo.net/",
        "https://lakeshore.taleo.net:8443/",
        "/careersection/again",
    ],
)
def test_cookies_follow_no_redirect_off_the_host(
    portals: FakePortals, person: Person, to: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, account, session = signed_in(portals, person, HOSTS[0])
    far = Elsewhere(to)

    async def run() -> Warm | None:
        transport = Transport(person.network)
        monkeypatch.setattr(transport, "_connections", lambda: far)
        return await transport.read(account, portal_by_kind(account.portal), session, at_least=1)

    assert asyncio.run(run()) is None
    assert all(url.startswith("https://lakeshore.taleo.net/") for url in far.asked)
    assert len(far.asked) <= 4


def test_a_warm_night_starts_no_browser_and_loads_no_playwright(
    portals: FakePortals, person: Person, tmp_path: Path
) -> None:
    names = []
    for name in HOSTS:
        host, account, session = signed_in(portals, person, name)
        person.vault.save_session(account.id, session.to_dict())
        accounts.save_state(person.store, account.id, last_count=len(host.listed()))
        names.append(account.id)
    root = Path(__file__).parents[2]
    code = f"""
import asyncio, sys
from pathlib import Path
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync import sync_all
from scraper.vault import Vault
home = Home(*(Path({str(person.home.data.parent)!r}) / part for part in ("data", "cache", "logs")))
network = Network({portals.proxy_url!r}, Path({str(portals.ca_file)!r}), {portals.spki!r})
vault = Vault.open(home, "a passphrase for tests only")
results = asyncio.run(sync_all(Store(home.store), vault, home, network))
print(",".join(f"{{r.account}}={{r.how}}={{r.outcome.value}}" for r in results))
sys.exit("playwright" in sys.modules)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ",".join(f"{name}=warm=ok" for name in names)
    assert len(person.applications()) == sum(len(portals.host(name).listed()) for name in HOSTS)
