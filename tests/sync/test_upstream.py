"""Through a company's proxy: http, https and socks5, with and without a user name, by gate and by plain HTTP."""

from __future__ import annotations

import asyncio
import ssl
from dataclasses import replace
from pathlib import Path

import httpx
import pytest

from fixtures.portals import FakePortals
from scraper import accounts
from scraper.browser_gate import Gate
from scraper.browser_upstream import Upstream
from scraper.outcomes import Outcome
from scraper.settings import PROXIES, Network, SettingsError
from tests.sync.conftest import Person
from tests.sync.proxies import USER, CompanyProxy, company_proxy, without_user
from tests.sync.test_warm import read, signed_in

HOST = "lakeshore.taleo.net"


def both_files(proxy: CompanyProxy, portals: FakePortals, folder: Path) -> Path:
    """One bundle that trusts the fakes and the proxy, as a company's does."""
    bundle = folder / "bundle.pem"
    own = proxy.ca_file.read_text() if proxy.ca_file else ""
    bundle.write_text(portals.ca_file.read_text() + own)
    return bundle


async def status_through_gate(network: Network, portals: FakePortals) -> int:
    """The status of a portal's answer over TLS, through the gate and what is behind it; 0 if there is none."""
    context = ssl.create_default_context(cafile=str(portals.ca_file))
    async with Gate(Upstream(network.proxy, network.ca_file)) as gate:
        way = httpx.AsyncHTTPTransport(verify=context, proxy=gate.url)
        async with httpx.AsyncClient(transport=way, trust_env=False, timeout=30) as client:
            try:
                return (await client.get(f"https://{HOST}/")).status_code
            except httpx.HTTPError:
                return 0


@pytest.mark.parametrize("user", ["", USER], ids=["open", "with a name"])
@pytest.mark.parametrize("scheme", PROXIES)
def test_both_roads_pass_through_it(
    portals: FakePortals, person: Person, tmp_path: Path, scheme: str, user: str
) -> None:
    host, account, session = signed_in(portals, person, HOST)
    with company_proxy(scheme, portals.proxy_url, tmp_path, user=user) as proxy:
        network = Network(proxy.url, both_files(proxy, portals, tmp_path), portals.spki)
        person.network = network
        for _ in range(3):  # a proxy names itself in three ways
            warm = read(person, account, session)
            assert warm is not None
            assert len(warm.walk.applications) == len(host.listed())
            assert asyncio.run(status_through_gate(network, portals))
    assert set(proxy.asked) == {f"{HOST}:443"}  # the portal's name, never an address: the proxy resolves it
    assert proxy.strangers == 0


@pytest.mark.parametrize("scheme", PROXIES)
def test_a_proxy_that_wants_a_name_lets_nobody_else_through(
    portals: FakePortals, person: Person, tmp_path: Path, scheme: str
) -> None:
    _, account, session = signed_in(portals, person, HOST)
    with company_proxy(scheme, portals.proxy_url, tmp_path, user=USER) as proxy:
        wrong = without_user(proxy.url).replace("://", "://dana:wrong@")
        for url in (without_user(proxy.url), wrong):
            network = Network(url, both_files(proxy, portals, tmp_path), portals.spki)
            person.network = network
            if (
                scheme != "socks5"
            ):  # httpcore leaves its socket to the garbage collector when a SOCKS proxy refuses
                assert read(person, account, session) is None
            assert asyncio.run(status_through_gate(network, portals)) == 0
    assert proxy.asked == []
    assert proxy.strangers == (2 if scheme == "socks5" else 4)


def test_an_https_proxy_of_an_unknown_authority_is_not_used(
    portals: FakePortals, person: Person, tmp_path: Path
) -> None:
    _, account, session = signed_in(portals, person, HOST)
    with company_proxy("https", portals.proxy_url, tmp_path) as proxy:
        person.network = Network(proxy.url, portals.ca_file, portals.spki)
        assert read(person, account, session) is None
        assert asyncio.run(status_through_gate(person.network, portals)) == 0
    assert proxy.asked == []


@pytest.mark.browser
def test_a_night_through_socks(portals: FakePortals, person: Person, tmp_path: Path) -> None:
    account = person.add(portals.host(HOST))
    with company_proxy("socks5", portals.proxy_url, tmp_path, user=USER) as proxy:
        person.network = replace(person.network, proxy=proxy.url)
        first = person.sync()[account.id]
        assert (first.outcome, first.how) == (Outcome.OK, "signed in")
        assert person.sync()[account.id].how == "warm"
    assert f"{HOST}:443" in proxy.asked
    assert accounts.find(person.store.read(), account.id)[1].outcome is Outcome.OK


@pytest.mark.parametrize(
    "proxy", ["socks4://127.0.0.1:1", "127.0.0.1:8080", "ftp://proxy", "http://", "socks5h://x"]
)
def test_another_kind_is_told_before_anything_is_visited(proxy: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PROXY", proxy)
    with pytest.raises(SettingsError, match="http://, https://, socks5://"):
        Network.find()


def test_a_proxy_that_is_not_there_or_refuses_the_portal_lets_nothing_through(portals: FakePortals) -> None:
    """A SOCKS proxy that speaks well and says no to the one name."""

    async def refuses(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readexactly(3)
        writer.write(b"\x05\x00")
        await reader.readexactly(7 + len(HOST))
        writer.write(b"\x05\x02\x00\x01")
        await writer.drain()
        writer.close()

    async def run() -> None:
        server = await asyncio.start_server(refuses, "127.0.0.1", 0)
        async with server:
            port = server.sockets[0].getsockname()[1]
            with pytest.raises(OSError, match="the proxy refused the connection"):
                await Upstream(f"socks5://127.0.0.1:{port}").connect(HOST, 443)
        with pytest.raises(ConnectionError):
            await Upstream(f"socks5://127.0.0.1:{port}").connect(HOST, 443)

    asyncio.run(run())


def test_without_a_proxy_the_way_is_direct(portals: FakePortals) -> None:
    async def run() -> bytes:
        async def greets(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writer.write(b"a portal")
            await writer.drain()
            writer.close()

        async with await asyncio.start_server(greets, "127.0.0.1", 0) as server:
            reader, writer = await Upstream().connect("127.0.0.1", server.sockets[0].getsockname()[1])
            said = await reader.read()
            writer.close()
            return said

    assert asyncio.run(run()) == b"a portal"


def test_an_https_proxy_without_a_file_of_its_own_is_held_to_the_systems_authorities(tmp_path: Path) -> None:
    with company_proxy("https", "", tmp_path) as proxy, pytest.raises(ssl.SSLCertVerificationError):
        asyncio.run(Upstream(proxy.url).connect(HOST, 443))
