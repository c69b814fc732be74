"""The fake portals as plain HTTP sees them: what they know, what they count, and every way they can fail."""

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
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import httpx
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from fixtures import portals as fakes
from fixtures.portals import FakePortals, serve, story
from fixtures.portals.behaviours import BEHAVIOURS
from fixtures.portals.story import HARBOR, LAKESHORE, MERIDIAN, trip_thursday
from tests.fakes_visitor import HOME, LIST, LOGIN, PASSWORD, numbers, taleo_sign_in, visitor, workday_sign_in


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    with serve() as portals:
        yield portals


@pytest.fixture
def portals(running: FakePortals) -> FakePortals:
    running.reset()
    return running


@pytest.fixture
def client(portals: FakePortals) -> Iterator[httpx.Client]:
    with visitor(portals) as client:
        yield client


@pytest.fixture
def workday(portals: FakePortals) -> Iterator[httpx.Client]:
    with visitor(portals, MERIDIAN) as client:
        yield client


# -- the way to them -------------------------------------------------------------------------------


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


# -- Taleo -----------------------------------------------------------------------------------------


def test_taleo_leads_from_the_list_over_the_statement_to_the_list(client: httpx.Client) -> None:
    statement = client.get(LIST, params={"lang": "en"})
    assert statement.url.path == LOGIN
    assert "StatementBeforeAuthentificationContent-ContinueButton" in statement.text
    assert 'type="password"' not in statement.text
    form = client.post(statement.url, data={"statement": "read"})
    assert 'id="dialogTemplate-dialogForm-login-name1"' in form.text
    listed = client.post(form.url, data={"name": "dreyes", "password": PASSWORD})
    assert (listed.url.path, listed.status_code) == (LIST, 200)
    assert numbers(listed.text) == ["48255", "48220", "48213", "48301", "48177"]
    assert "(1 - 5 of 8)" in listed.text


def test_taleo_hands_out_a_careful_cookie(portals: FakePortals) -> None:
    with visitor(portals, follow=False) as client:
        answer = taleo_sign_in(client)
    cookie = answer.headers["set-cookie"]
    assert answer.status_code == 302
    assert cookie.startswith("JSESSIONID=")
    assert "Secure" in cookie
    assert "HttpOnly" in cookie
    assert "Domain" not in cookie


def test_taleo_pages_and_keeps_the_size(client: httpx.Client, portals: FakePortals) -> None:
    first = taleo_sign_in(client).text
    assert 'pagerDivID1610.Previous" aria-disabled="true"' in first
    second = client.post(LIST.replace(".ftl", ".ajax"), data={"turn": "next"}).text
    assert numbers(first) + numbers(second) == [row.requisition for row in portals.host(LAKESHORE).listed()]
    assert 'pagerDivID1610.Next" aria-disabled="true"' in second
    client.post(LIST.replace(".ftl", ".ajax"), data={"size": "100"})
    assert len(numbers(client.get(LIST).text)) == 8


def test_taleo_takes_the_user_name_and_not_the_address(client: httpx.Client, portals: FakePortals) -> None:
    answer = taleo_sign_in(client, name="dana@example.org")
    assert "dialogTemplate-dialogForm-login-errorMessageTitle" in answer.text
    hits = portals.host(LAKESHORE).hits
    assert (hits.logins["dana@example.org"], hits.login_submits) == (1, 1)


def test_five_wrong_passwords_lock(client: httpx.Client) -> None:
    answers = [taleo_sign_in(client, "wrong").text for _ in range(6)]
    assert ["incorrect" in text for text in answers] == [True] * 5 + [False]
    assert "locked" in taleo_sign_in(client).text


def test_sign_out_and_expiry_end_the_session(client: httpx.Client, portals: FakePortals) -> None:
    taleo_sign_in(client)
    portals.host(LAKESHORE).sign_everyone_out()
    assert client.get(LIST).url.path == LOGIN
    taleo_sign_in(client)
    client.get("/careersection/lakeshore_ext/logout.ftl")
    assert client.get(LIST).url.path == LOGIN


def test_what_must_not_be_pressed_is_counted(client: httpx.Client, portals: FakePortals) -> None:
    page = taleo_sign_in(client).text
    client.get(re.findall(r'href="(/[^"]+/withdraw)"', page)[0])
    assert portals.host(LAKESHORE).hits.touched == {"withdraw": 1}


def test_public_pages_need_no_sign_in(client: httpx.Client) -> None:
    assert "Job Openings" in client.get("/").text
    assert "Charge Nurse" in client.get("/careersection/x/jobdetail.ftl", params={"job": "48213"}).text
    assert client.get("/careersection/x/jobdetail.ftl", params={"job": "1"}).status_code == 404
    assert client.get("/careersection/asset/taleo.css").headers["content-type"].startswith("text/css")
    assert client.get("/careersection/asset/%2e%2e%2fworld.py").status_code == 404


# -- Workday ---------------------------------------------------------------------------------------


def test_workday_json_answers_401_until_signed_in(workday: httpx.Client) -> None:
    assert workday.get(HOME + "/userprofile").status_code == 401
    assert workday.get(HOME + "/applications").status_code == 401
    answer = workday_sign_in(workday)
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert workday.get(HOME + "/userprofile").json()["email"] == "dana@example.org"
    listed = workday.get(HOME + "/applications", params={"type": "active"}).json()
    assert (len(listed["data"]), listed["counts"]) == (7, {"active": 7, "inactive": 3})
    assert listed["data"][0]["postingTitle"] == "Research Nurse Coordinator"


def test_workday_shows_its_dialog_once(workday: httpx.Client) -> None:
    workday_sign_in(workday)
    assert [workday.get(HOME + "/userprofile").json()["dialog"] for _ in range(2)] == [True, False]


def test_workday_wants_the_token_of_its_cookie(workday: httpx.Client, portals: FakePortals) -> None:
    workday_sign_in(workday)
    weak = "/wday/cxs/meridian/Meridian_Careers/applications"
    token = {"x-calypso-csrf-token": workday.cookies["CALYPSO_CSRF_TOKEN"]}
    assert workday.get(weak).status_code == 403
    assert len(workday.get(weak, headers=token).json()["data"]) == 7
    workday.cookies.clear()
    assert workday.post("/wday/authgwy/meridian/signin", json={}, headers=token).status_code == 403
    assert portals.host(MERIDIAN).hits.login_submits == 1


def test_the_filled_honeypot_is_counted_and_refused(workday: httpx.Client, portals: FakePortals) -> None:
    answer = workday_sign_in(workday, website="https://me.example")
    assert answer.status_code == 403
    hits = portals.host(MERIDIAN).hits
    assert (hits.honeypots, hits.login_submits) == (1, 0)


def test_a_posting_is_found_by_its_requisition(workday: httpx.Client) -> None:
    base = "/wday/cxs/meridian/Meridian_Careers"
    path = workday.get(base + "/jobs").json()["jobPostings"][1]["externalPath"]
    assert path == "/job/Cleveland-OH/Senior-Clinical-Data-Analyst_R-10412"
    assert workday.get(base + path).json()["jobPostingInfo"]["location"] == "Cleveland, OH"
    assert workday.get(base + "/job/Nowhere/Nothing_R-1").status_code == 404


# -- days ------------------------------------------------------------------------------------------


def test_a_day_changes_what_the_portals_show(portals: FakePortals) -> None:
    def state() -> dict[str, tuple[str, str]]:
        return {
            row.requisition: (row.status, row.section)
            for name in portals.hosts
            for row in portals.host(name).listed()
        }

    today = state()
    portals.advance_day()
    tomorrow = state()
    changed = {key for key in tomorrow if tomorrow[key] != today[key]}
    assert changed == {"48220", "R-10388", "R-10290"}
    assert tomorrow["48220"] == ("Referred to hiring manager", "active")
    assert tomorrow["R-10290"] == ("Position Filled", "inactive")
    portals.reset()
    assert state() == today


def test_the_story_is_reckoned_from_today_on_any_day() -> None:
    for offset in range(0, 800, 3):
        today = date(2026, 1, 1) + timedelta(days=offset)
        told = story(today)
        arrive, depart = told.trip.arrive, told.trip.depart
        assert (arrive.weekday(), depart.weekday(), (depart.date() - arrive.date()).days) == (3, 5, 2)
        assert timedelta(days=13) <= arrive.date() - today <= timedelta(days=45)
        assert all(app.on <= today for tenant in told.tenants for app in tenant.applications)
    assert story(date(2026, 3, 2)) == story(date(2026, 3, 2))


def test_the_trip_avoids_holidays() -> None:
    assert trip_thursday(date(2026, 11, 10)) == date(2026, 12, 3)  # not Thanksgiving, November 26
    assert trip_thursday(date(2026, 12, 9)) == date(2027, 1, 7)  # not the days round the new year


def test_the_story_holds_the_founding_case(portals: FakePortals) -> None:
    told = story(portals.today)
    lakeshore = portals.host(LAKESHORE).listed()
    assert [row.section for row in lakeshore].count("inactive") == 2
    assert [row.section for row in lakeshore].count("draft") == 1
    by_number = {row.requisition for row in lakeshore if row.section == "active"}
    handled = [r for r in told.recruiters if r.employer == "Lakeshore Health"]
    assert len(handled) == 3
    assert {number for recruiter in handled for number in recruiter.requisitions} == by_number
    assert told.trip.bookings[0].start.weekday() == 4
    assert portals.host(HARBOR).user.email == told.email


# -- the rules of the house ------------------------------------------------------------------------


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
        _, errors = program.communicate(timeout=15)
    assert (program.returncode, errors) == (0, "")
    assert LAKESHORE in said
    assert PASSWORD in said
