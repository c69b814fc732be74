"""How the fake portals are served: who can reach them, how they start and stop, alone and many at once."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import re
import signal
import ssl
import subprocess
import sys
import threading
import time
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fixtures import portals as fakes
from fixtures.portals import FakePortals, serve
from fixtures.portals.behaviours import BEHAVIOURS
from fixtures.portals.many import many
from fixtures.portals.story import LAKESHORE
from tests.fakes.visitor import LOGIN, PASSWORD, taleo_sign_in, visitor


def test_nothing_but_the_fakes_can_be_reached(portals: FakePortals) -> None:
    with visitor(portals) as client:
        with pytest.raises(httpx.ProxyError, match="403"):
            client.get("https://example.com/")
        with pytest.raises(httpx.ProxyError, match="403"):
            client.get(f"https://{LAKESHORE}:8443/")
        in_clear = client.post(f"http://{LAKESHORE}/", data={"password": "seen"})
    assert in_clear.status_code == 403
    assert [(one.method, one.target) for one in portals.refused] == [
        ("CONNECT", "example.com:443"),
        ("CONNECT", f"{LAKESHORE}:8443"),
        ("POST", f"http://{LAKESHORE}/"),
    ]
    assert b"seen" in portals.refused[-1].body


def test_the_certificate_is_checked_and_needs_our_authority(portals: FakePortals) -> None:
    with (
        httpx.Client(proxy=portals.proxy_url) as stranger,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        stranger.get(f"https://{LAKESHORE}/")


def test_the_spki_is_that_of_the_one_leaf(portals: FakePortals) -> None:
    pem = ssl.get_server_certificate(("127.0.0.1", portals.tls_port))
    key = x509.load_pem_x509_certificate(pem.encode()).public_key()
    digest = hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    assert portals.spki == base64.b64encode(digest).decode()
    assert portals.environment == {
        "INTOWN_PROXY": portals.proxy_url,
        "INTOWN_CA_FILE": str(portals.ca_file),
        "INTOWN_TRUSTED_SPKI": portals.spki,
    }


def test_they_start_and_stop_without_a_trace() -> None:
    before = threading.active_count()
    with serve() as portals, visitor(portals) as client:
        client.get("/")
        ca_file = portals.ca_file
        assert ca_file.is_file()
    assert threading.active_count() == before
    assert not ca_file.exists()


def test_a_fault_in_a_fake_is_not_swallowed(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise LookupError("a page that cannot be drawn")

    monkeypatch.setattr("fixtures.portals.taleo.sign_in.page", broken)
    with pytest.raises(RuntimeError, match="a page that cannot be drawn"):
        _open_the_login_page()


def _open_the_login_page() -> None:
    with serve() as portals, visitor(portals) as client:
        assert client.get(LOGIN).status_code == 500


def test_every_page_file_says_what_is_known_and_what_is_invented() -> None:
    folder = Path(fakes.__file__).parent
    files = [path for path in folder.rglob("*") if path.suffix in {".html", ".js", ".css"}]
    assert len(files) > 20
    silent = []
    for path in files:
        top = path.read_text()[:600]
        if not ("Known:" in top and "Invented:" in top):
            silent.append(path.name)
    assert silent == []


def test_an_unknown_behaviour_is_refused(portals: FakePortals) -> None:
    with pytest.raises(ValueError, match="no such behaviour"):
        portals.host(LAKESHORE).behave("misbehave")
    assert all(text and name == name.lower() for name, text in BEHAVIOURS.items())


def test_it_stops_although_somebody_still_waits() -> None:
    with serve() as portals:
        portals.host(LAKESHORE).behave("hang")
        client = visitor(portals)
        waiting = threading.Thread(target=lambda: _ignore_errors(client), daemon=True)
        waiting.start()
        while not portals.host(LAKESHORE).hits.total:
            time.sleep(0.01)
        began = time.monotonic()
    assert time.monotonic() - began < 3
    waiting.join(5)
    client.close()


def _ignore_errors(client: httpx.Client) -> None:
    """The answer that never comes is cut off when the fakes stop; that is what the test is about."""
    with contextlib.suppress(httpx.HTTPError):
        client.get("/")


def test_it_runs_by_itself_and_says_how_to_reach_it() -> None:
    command = [sys.executable, "-W", "error", "-m", "fixtures.portals"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        assert program.stdout
        said = ""
        while "Ctrl-C" not in said:
            line = program.stdout.readline()
            assert line, program.stderr and program.stderr.read()
            said += line
        proxy = re.findall(r"INTOWN_PROXY=(\S+)", said)[0]
        trust = ssl.create_default_context(cafile=re.findall(r"INTOWN_CA_FILE=(\S+)", said)[0])
        with httpx.Client(proxy=proxy, verify=trust, follow_redirects=True) as client:
            assert "Job Openings" in client.get(f"https://{LAKESHORE}/").text
        program.send_signal(signal.SIGINT)
        try:
            _, errors = program.communicate(timeout=60)
        except subprocess.TimeoutExpired:
            program.kill()  # or leaving the block would wait for ever
            raise
    assert (program.returncode, errors) == (0, "")
    assert LAKESHORE in said
    assert PASSWORD in said


def test_many_tenants_for_benchmarks() -> None:
    tenants = many(4, 50)
    assert [tenant.kind for tenant in tenants] == ["taleo", "workday"] * 2
    assert all(len({app.id for app in tenant.applications}) == 50 for tenant in tenants)
    with serve(tenants=tenants[:2]) as portals:
        hosts = [portals.host(name) for name in portals.hosts]
        with visitor(portals, hosts[0].name) as client:
            page = taleo_sign_in(client, hosts[0].user.password, hosts[0].user.name)
            assert "of 50)" in page.text
        before = [(row.id, row.status) for fake in hosts for row in fake.listed()]
        portals.advance_day()
        after = [(row.id, row.status) for fake in hosts for row in fake.listed()]
        assert 0 < sum(a != b for a, b in zip(before, after, strict=True)) < 10
        added = portals.add(many(3, 5)[2])
        with visitor(portals, added.name) as client:  # a host of which the certificate did not know
            assert client.get("/").status_code == 200
    with pytest.raises(ValueError, match="not 'icims'"):
        many(1, 1, kinds=("icims",))


def test_two_tenants_cannot_share_a_host() -> None:
    tenant = many(1, 1)[0]
    with pytest.raises(ValueError, match="two tenants"), serve(tenants=[tenant, tenant]):
        pytest.fail("it must not start")
