"""Every way in which a fake portal can misbehave, as plain HTTP sees it: no outcome of the product without
a page that brings it about."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import httpx
import pytest

from fixtures.portals import FakePortals
from fixtures.portals.behaviours import BEHAVIOURS
from fixtures.portals.story import LAKESHORE, MERIDIAN
from tests.fakes.visitor import HOME, LIST, LOGIN, numbers, taleo_sign_in, visitor, workday_sign_in

SHELL = "/en-US/Meridian_Careers/userHome"


# -- the line and the site as a whole --------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "error"),
    [
        ("reset", httpx.NetworkError),
        ("refused", httpx.ProxyError),
        ("bad_tls", httpx.ConnectError),
    ],
)
def test_a_broken_line_also_breaks_open_connections(
    client: httpx.Client, portals: FakePortals, name: str, error: type[Exception]
) -> None:
    assert client.get("/").status_code == 200
    portals.host(LAKESHORE).behave(name)
    with pytest.raises(error):
        _until_refused(client)
    portals.host(LAKESHORE).behave("ok")
    assert client.get("/").status_code == 200


def _until_refused(client: httpx.Client) -> None:
    """A connection cut while it was idle may first be reported as such; the next request meets the line."""
    try:
        client.get("/")
    except httpx.RemoteProtocolError:
        client.get("/")


@pytest.mark.parametrize(
    ("name", "options", "status", "header", "words"),
    [
        ("unavailable", {}, 503, None, ""),
        ("unavailable", {"retry_after": 30}, 503, "30", ""),
        ("maintenance", {}, 503, None, "Career Section Unavailable"),
        ("maintenance", {"status": 200, "until": "05:30"}, 200, None, "05:30"),
        ("rate_limited", {}, 429, "120", "Too many requests"),
        ("rate_limited", {"retry_after": "Wed, 21 Oct 2037 07:28:00 GMT"}, 429, "Wed, 21 Oct", ""),
        ("blocked", {}, 403, None, "automated traffic"),
        ("gone", {}, 404, None, "does not exist"),
        ("glitch", {}, 200, None, "Error Code: VPS"),
    ],
)
def test_faults_of_the_whole_site(
    client: httpx.Client,
    portals: FakePortals,
    name: str,
    options: dict[str, Any],
    status: int,
    header: str | None,
    words: str,
) -> None:
    portals.host(LAKESHORE).behave(name, times=1, **options)
    answer = client.get(LIST)
    assert answer.status_code == status
    assert answer.headers.get("retry-after", "").startswith(header or "")
    assert ("retry-after" in answer.headers) == (header is not None)
    assert words in answer.text
    assert client.get(LIST).status_code == 200  # times=1: a second visit finds it repaired


def test_slow_and_hanging_answers(client: httpx.Client, portals: FakePortals) -> None:
    fake = portals.host(LAKESHORE)
    fake.behave("slow", seconds=0.4)
    began = time.monotonic()
    assert client.get("/").status_code == 200
    assert time.monotonic() - began >= 0.4
    fake.behave("hang")
    with pytest.raises(httpx.ReadTimeout):
        client.get("/", timeout=0.5)


# -- sign-in: the same verdicts in each portal's own words -----------------------------------------

WORDS = {
    "wrong_password": ("is incorrect", "wrong_password"),
    "locked": ("is locked", "locked"),
    "captcha": ("security check", "captcha"),
    "verify_email": ("verify your email", "verify_email"),
}


@pytest.mark.parametrize("name", WORDS)
def test_a_right_password_can_be_refused(
    client: httpx.Client, workday: httpx.Client, portals: FakePortals, name: str
) -> None:
    for host in (LAKESHORE, MERIDIAN):
        portals.host(host).behave(name)
    assert WORDS[name][0] in taleo_sign_in(client).text
    assert workday_sign_in(workday).json()["error"] == WORDS[name][1]
    assert client.get(LIST).url.path == LOGIN
    assert workday.get(HOME + "/userprofile").status_code == 401
    for host in (LAKESHORE, MERIDIAN):
        assert portals.host(host).hits.login_submits == 1


def test_a_silent_refusal_falls_back_to_the_job_search(client: httpx.Client, portals: FakePortals) -> None:
    portals.host(LAKESHORE).behave("refused_silently")
    assert taleo_sign_in(client).url.path.endswith("/jobsearch.ftl")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("code_needed", "verification code"),
        ("terms", "terms and conditions"),
        ("password_expired", "expired"),
    ],
)
def test_a_hurdle_after_the_right_password(
    client: httpx.Client, workday: httpx.Client, portals: FakePortals, name: str, words: str
) -> None:
    for host in (LAKESHORE, MERIDIAN):
        portals.host(host).behave(name)
    assert words in taleo_sign_in(client).text
    assert "Job Number" not in client.get(LIST).text
    assert workday_sign_in(workday).json() == {"next": name}
    assert workday.get(HOME + "/applications").status_code == 401


def test_the_code_lets_a_person_in(client: httpx.Client, workday: httpx.Client, portals: FakePortals) -> None:
    for host in (LAKESHORE, MERIDIAN):
        portals.host(host).behave("code_needed")
    taleo_sign_in(client)
    step = "/careersection/iam/accessmanagement/step.jsf"
    assert "not valid" in client.post(step, data={"code": "000000"}).text
    assert "Job Number" in client.post(step, data={"code": "246810"}).text
    workday_sign_in(workday)
    code = "/wday/authgwy/meridian/code"
    errors = [workday.post(code, json={"code": "1"}).json()["error"] for _ in range(5)]
    assert errors == ["wrong_code"] * 4 + ["too_many_codes"]
    assert workday.post(code, json={"code": "246810"}).json() == {"next": "home"}
    assert workday.get(HOME + "/userprofile").status_code == 200


def test_accepting_terms_is_counted(client: httpx.Client, portals: FakePortals) -> None:
    portals.host(LAKESHORE).behave("terms")
    taleo_sign_in(client)
    answer = client.post("/careersection/iam/accessmanagement/step.jsf", data={"what": "accept_terms"})
    assert "Job Number" in answer.text
    assert portals.host(LAKESHORE).hits.touched == {"accept_terms": 1}


def test_a_behaviour_can_be_one_users(portals: FakePortals) -> None:
    portals.host(LAKESHORE).behave("locked", user="dreyes")
    with visitor(portals) as first, visitor(portals) as second:
        assert "locked" in taleo_sign_in(first).text
        assert "incorrect" in taleo_sign_in(second, name="somebody").text


# -- the list --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "rows", "count"),
    [
        ("ok", 5, "of 8)"),
        ("empty", 0, ""),
        ("no_rows", 0, ""),
        ("truncated", 4, "of 8)"),
        ("count_mismatch", 5, "of 11)"),
        ("changed_layout", 0, ""),
    ],
)
def test_taleo_lists(client: httpx.Client, portals: FakePortals, name: str, rows: int, count: str) -> None:
    taleo_sign_in(client)
    portals.host(LAKESHORE).behave(name)
    page = client.get(LIST).text
    assert len(numbers(page)) == rows
    assert count in page
    assert ("You have no submissions" in page) == (name == "empty")
    assert ("Your journey" in page) == (name == "changed_layout")


def test_taleo_can_turn_pages_for_ever(client: httpx.Client, portals: FakePortals) -> None:
    portals.host(LAKESHORE).behave("endless")
    taleo_sign_in(client)
    pages = [client.post(LIST.replace(".ftl", ".ajax"), data={"turn": "next"}).text for _ in range(4)]
    assert len({tuple(numbers(page)) for page in pages}) == 1
    assert all('Next" aria-disabled="false"' in page for page in pages)


def test_workday_lists(workday: httpx.Client, portals: FakePortals) -> None:
    workday_sign_in(workday)
    fake = portals.host(MERIDIAN)

    def answer(name: str) -> httpx.Response:
        fake.behave(name)
        return workday.get(HOME + "/applications", params={"type": "active"})

    assert answer("empty").json() == {"total": 0, "counts": {"active": 0, "inactive": 0}, "data": []}
    assert answer("empty_500").status_code == 500
    assert answer("no_rows").json() == {}
    assert (len(answer("truncated").json()["data"]), answer("truncated").json()["total"]) == (4, 7)
    assert answer("count_mismatch").json()["counts"]["active"] == 10
    assert "data" not in answer("opaque_json").json()


def test_an_expired_session_with_200(
    client: httpx.Client, workday: httpx.Client, portals: FakePortals
) -> None:
    taleo_sign_in(client)
    workday_sign_in(workday)
    for host in (LAKESHORE, MERIDIAN):
        portals.host(host).behave("session_expired")
    page, answer = client.get(LIST), workday.get(HOME + "/userprofile")
    assert (page.status_code, "Your session has expired" in page.text, page.url.path) == (200, True, LIST)
    assert (answer.status_code, answer.json()) == (200, {"sessionExpired": True})


def test_a_session_can_end_in_mid_list(client: httpx.Client, portals: FakePortals) -> None:
    portals.host(LAKESHORE).behave("expire_after", pages=2)
    taleo_sign_in(client)
    turns = [client.post(LIST.replace(".ftl", ".ajax"), data={"turn": "next"}) for _ in range(2)]
    assert [answer.status_code for answer in turns] == [200, 401]


def test_a_list_may_be_too_large(client: httpx.Client, portals: FakePortals) -> None:
    fake = portals.host(LAKESHORE)
    ordinary = taleo_sign_in(client, fake.user.password, fake.user.name)
    fake.behave("too_large")
    page = client.get(LIST)
    assert page.status_code == 200
    assert len(page.text) > 4 * 1024 * 1024
    assert numbers(page.text) == numbers(ordinary.text)
    assert len(client.get(LOGIN).text) < 100_000


def test_every_behaviour_of_the_table_is_tried() -> None:
    tests = "".join(path.read_text() for path in Path(__file__).parent.glob("*.py"))
    assert [name for name in BEHAVIOURS if f'"{name}"' not in tests] == []
