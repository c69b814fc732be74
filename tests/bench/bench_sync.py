"""A night over 20 accounts with 50 applications each, warm (sessions still good) and cold (all sign in), and a
warm one over 200.

Rivals, on the same fake portals in a process of their own: "one browser per portal", which is our own careful
visit in a fresh Chromium for each account, one after the other, as nightly scripts do it; and "bare reads",
httpx and selectolax fetching the same pages at once and counting rows, with nothing proven, stored or kept.
Rivals with browsers are timed on some of the accounts and scaled up.
"""

from __future__ import annotations

import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import orjson
from selectolax.lexbor import LexborHTMLParser

from fixtures.portals import Tenant
from fixtures.portals.catalogue import list_path
from fixtures.portals.many import many
from scraper import accounts
from scraper.browser import Browsers
from scraper.browser_session import WebSession
from scraper.login import SignIn
from scraper.model import Account
from scraper.portals import portal_by_kind
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync import Options, sync_all
from scraper.sync_visit import Visit, visit
from scraper.transport import cookie_jar
from scraper.vault import Mode, Vault

ACCOUNTS = 20
MANY = 200
APPLICATIONS = 50
SAMPLE = 6
WARM_ROUNDS = 7
MANY_ROUNDS = 3
PHRASE = "a passphrase for the benchmark"

SERVER = """
import json, sys
from fixtures.portals import serve
from fixtures.portals.many import many
with serve(tenants=many(int(sys.argv[1]), int(sys.argv[2]))) as portals:
    tokens = {}
    for name in portals.hosts:  # as after a sign-in; used only where signing in is not what is timed
        session = portals.host(name).open_session(portals.host(name).user)
        session.notes["size"] = 100
        tokens[name] = session.token
    print(json.dumps([portals.proxy_url, str(portals.ca_file), portals.spki, tokens]), flush=True)
    sys.stdin.read()
"""

WARM_ALONE = f"""
import asyncio, json, resource, sys, time
from pathlib import Path
from scraper.settings import Home, Network
from scraper.store import Store
from scraper.sync import sync_all
from scraper.vault import Vault
root = Path(sys.argv[1])
home = Home(root / "data", root / "cache", root / "logs")
network = Network(sys.argv[2], Path(sys.argv[3]), sys.argv[4])
results = asyncio.run(sync_all(Store(home.store), Vault.open(home, {PHRASE!r}), home, network))
assert all(r.how == "warm" for r in results), [(r.account, r.how, r.sentence) for r in results]
assert "playwright" not in sys.modules
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""


class Bench:
    """One home with all the accounts."""

    def __init__(self, root: Path, network: Network, tenants: tuple[Tenant, ...]) -> None:
        self.network = network
        self.home = Home(root / "data", root / "cache", root / "logs").make()
        self.store = Store(self.home.store)
        self.vault = Vault.choose(self.home, Mode.PASSPHRASE, PHRASE)
        self.root = root
        self.accounts = [self._add(tenant) for tenant in tenants]

    def _add(self, tenant: Tenant) -> Account:
        url = f"https://{tenant.host}{list_path(tenant)}"
        made = accounts.account_from_url(url, username=tenant.users[0].name)
        made = accounts.add(self.store, made)
        self.vault.set_password(made.id, tenant.users[0].password)
        return made

    def signed_in(self, tokens: dict[str, str]) -> None:
        """As after a night in which every account signed in."""
        for account in self.accounts:
            token = {"name": "JSESSIONID" if account.portal == "taleo" else "PLAY_SESSION"}
            cookies = [
                {**cookie, "domain": account.host, "path": "/", "secure": True, "expires": -1}
                for cookie in (
                    {**token, "value": tokens[account.host]},
                    {"name": "CALYPSO_CSRF_TOKEN", "value": "made-up"},
                )
            ]
            kept = WebSession({"cookies": cookies}, {}, "a browser")
            self.vault.save_session(account.id, kept.to_dict())
            accounts.save_state(self.store, account.id, last_count=APPLICATIONS)

    def night(self, how: str) -> float:
        began = time.perf_counter()
        results = asyncio.run(sync_all(self.store, self.vault, self.home, self.network, options=Options()))
        seconds = time.perf_counter() - began
        wrong = [
            (r.account, r.how, r.read, r.sentence) for r in results if (r.how, r.read) != (how, APPLICATIONS)
        ]
        assert not wrong, wrong
        return seconds

    def one_browser_each(self, chosen: list[Account], *, signed_in: bool) -> float:
        """Seconds an account takes when each has a browser of its own."""

        async def run() -> None:
            for account in chosen:
                kept = self.vault.session(account.id) if signed_in else None
                session = WebSession.from_dict(kept) if kept else None
                async with Browsers(self.network) as browsers, browsers.tab(session) as tab:
                    password = self.vault.password(account.id) or ""
                    attempt = SignIn(
                        tab,
                        portal_by_kind(account.portal),
                        account,
                        password=lambda word=password: word,  # type: ignore[misc]  # bound now
                        before_submit=lambda: None,
                    )
                    plan = Visit(attempt, lambda: None, lambda: None, lambda step: None)
                    walked, how = await visit(tab, plan)
                    assert (how == "session") is signed_in
                    assert len(walked.applications) == APPLICATIONS

        began = time.perf_counter()
        asyncio.run(run())
        return (time.perf_counter() - began) / len(chosen)

    def bare_reads(self) -> float:
        sessions = {account.id: self.vault.session(account.id) or {} for account in self.accounts}

        async def run() -> None:
            import ssl

            context = ssl.create_default_context()
            assert self.network.ca_file is not None
            context.load_verify_locations(self.network.ca_file)
            pool = httpx.AsyncHTTPTransport(verify=context, proxy=self.network.proxy)
            counts = await asyncio.gather(
                *(_bare(pool, account, sessions[account.id]) for account in self.accounts)
            )
            await pool.aclose()
            assert counts == [APPLICATIONS] * len(self.accounts), counts

        began = time.perf_counter()
        asyncio.run(run())
        return time.perf_counter() - began

    def memory(self) -> float:
        """MB at most, of a process of its own that does one warm night."""
        network = self.network
        arguments = [str(self.root), network.proxy, str(network.ca_file), network.trusted_spki]
        done = subprocess.run(
            [sys.executable, "-c", WARM_ALONE, *arguments],
            capture_output=True,
            text=True,
            check=False,
            env=_env(),
        )
        assert done.returncode == 0, done.stderr
        return float(done.stdout)


async def _bare(pool: httpx.AsyncHTTPTransport, account: Account, kept: dict[str, Any]) -> int:
    """The same pages as a warm reading fetches, and the number of rows on them."""
    client = httpx.AsyncClient(transport=pool, cookies=cookie_jar(kept.get("storage", {})), timeout=None)  # noqa: S113 - a rival waits for its turn
    portal = portal_by_kind(account.portal)
    first = portal.json_list(account.start_url)
    token = next((c.value or "" for c in client.cookies.jar if c.name == "CALYPSO_CSRF_TOKEN"), "")
    headers = {"x-calypso-csrf-token": token}
    if first is None:
        html = (await client.get(account.start_url)).text
        rows = LexborHTMLParser(html).css("[id^='mySubmissionsInterface.'][id*='.row']")
        return len(
            {
                row.attributes["id"].rpartition(".row")[2].partition(".")[0]
                for row in rows
                if row.attributes["id"]
            }
        )
    count = 0
    for kind in ("active", "inactive"):
        offset, total = 0, 1
        while offset < total:
            url = urlsplit(first)._replace(query=f"type={kind}&limit=20&offset={offset}").geturl()
            body = orjson.loads((await client.get(url, headers=headers)).content)
            total, offset = body["total"], offset + 20
            count += len(body["data"])
    return count


def _env() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}


@contextmanager
def portals(count: int) -> Iterator[tuple[Network, dict[str, str]]]:
    """The fakes in a process of their own, so that they do not share our interpreter's time."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, str(count), str(APPLICATIONS)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=_env(),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        proxy, ca_file, spki, tokens = json.loads(process.stdout.readline())
        yield Network(proxy, Path(ca_file), spki), tokens
    finally:
        process.stdin.close()
        process.wait(30)
        process.stdout.close()


def warm_nights(bench: Bench, rounds: int) -> tuple[float, float]:
    """Seconds of a warm night and of the bare reads, each the median; they take turns, so both meet the same machine."""
    pairs = [(bench.night("warm"), bench.bare_reads()) for _ in range(rounds)]
    return statistics.median(ours for ours, _ in pairs), statistics.median(theirs for _, theirs in pairs)


def beside_bare(accounts: int, warm: float, bare: float) -> dict[str, Any]:
    return {
        "what": f"warm sync, {accounts} accounts × {APPLICATIONS} applications",
        "ours": warm,
        "unit": "s",
        "rival": "bare httpx + selectolax",
        "theirs": bare,
        "ratio": warm / bare,
    }


def beside_browsers(kind: str, ours: float, theirs: float, promise: str) -> dict[str, Any]:
    return {
        "what": f"{kind} sync, {ACCOUNTS} accounts × {APPLICATIONS} applications",
        "ours": ours,
        "unit": "s",
        "rival": "one browser per portal",
        "theirs": theirs,
        "ratio": theirs / ours,
        "promise": promise,
    }


def run() -> list[dict[str, Any]]:
    tenants = many(ACCOUNTS, APPLICATIONS)
    with portals(ACCOUNTS) as (network, _), tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), network, tenants)
        sample = bench.accounts[:SAMPLE]
        cold_each = bench.one_browser_each(sample, signed_in=False) * ACCOUNTS
        cold = bench.night("signed in")
        warm_each = bench.one_browser_each(sample, signed_in=True) * ACCOUNTS
        bench.night("warm")
        warm, bare = warm_nights(bench, WARM_ROUNDS)
        memory = bench.memory()
    return [
        beside_browsers("cold", cold, cold_each, "≥ 1.7 × faster"),
        beside_browsers("warm", warm, warm_each, "≥ 40 × faster"),
        beside_bare(ACCOUNTS, warm, bare) | {"promise": "within 2.5 ×"},
        {"what": "warm sync, most memory", "ours": memory, "unit": "MB", "promise": "≤ 150"},
        {"what": "cold sync, accounts per hour", "ours": ACCOUNTS / cold * 3600, "unit": "1/h"},
        {"what": "warm sync, accounts per hour", "ours": ACCOUNTS / warm * 3600, "unit": "1/h"},
        *run_many(),
    ]


def run_many() -> list[dict[str, Any]]:
    """A warm night over many accounts: nobody has so many, so anything that grows worse than the number shows."""
    with portals(MANY) as (network, tokens), tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), network, many(MANY, APPLICATIONS))
        bench.signed_in(tokens)
        bench.night("warm")  # the first one fills the store
        warm, bare = warm_nights(bench, MANY_ROUNDS)
        memory = bench.memory()
    return [
        beside_bare(MANY, warm, bare),
        {"what": f"warm sync, most memory, {MANY} accounts", "ours": memory, "unit": "MB"},
        {"what": f"warm sync, {MANY} accounts, accounts per hour", "ours": MANY / warm * 3600, "unit": "1/h"},
    ]
