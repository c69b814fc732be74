"""The smaller fake portals: a plain visitor that fills in whatever form it is shown gets to the list, and every
list holds what it should. What only a script does is in test_smaller_browser.py."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup, Tag

from fixtures.portals import ATTACKER, FakeHost, FakePortals, serve
from fixtures.portals.behaviours import SSO_HOST
from fixtures.portals.every_kind import (
    GREENHOUSE,
    ICIMS,
    INDEED,
    NEOGOV,
    ORACLE,
    SMARTRECRUITERS,
    SUCCESSFACTORS,
    UKG,
    USAJOBS,
    everything,
    further_tenants,
)
from tests.fakes.visitor import visitor

HOSTS = [tenant.host for tenant in further_tenants(date(2026, 6, 1)) if tenant.kind != "workday"]
WITHOUT_PASSWORD = (GREENHOUSE, ORACLE, INDEED)
WITH_PASSWORD = [host for host in HOSTS if host not in WITHOUT_PASSWORD]
CODE = "246810"
BROWSER = {"user-agent": "Mozilla/5.0", "x-view": "1"}


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    with serve(tenants=everything()) as portals:
        yield portals


def open_list(client: httpx.Client, fake: FakeHost) -> httpx.Response:
    """The list's address as its own script fetches it; goes where the script would go."""
    answer = client.get(fake.list_url.partition("#")[0], headers=BROWSER)
    if where := answer.headers.get("x-goto"):
        answer = client.get(urljoin(str(answer.url), where), headers=BROWSER)
    frame = BeautifulSoup(answer.text, "lxml").select_one("iframe")
    return client.get(urljoin(str(answer.url), str(frame["src"])), headers=BROWSER) if frame else answer


def fill_in(
    client: httpx.Client, answer: httpx.Response, fake: FakeHost, password: str = ""
) -> httpx.Response:
    """Fill in the form with a password, e-mail or code box and send it, until there is none."""
    for _ in range(5):
        form = next((f for f in BeautifulSoup(answer.text, "lxml").select("form[method]")), None)
        if form is None:
            break
        values = {str(box["name"]): _value(box, fake, password) for box in form.select("input[name]")}
        address = urljoin(str(answer.url), str(form.get("action") or answer.url))
        before = answer
        answer = client.post(address, data=values, headers=BROWSER)
        if BeautifulSoup(answer.text, "lxml").select_one("[role=alert]:-soup-contains('e')") and (
            urlsplit(str(answer.url)).path == urlsplit(str(before.url)).path or password
        ):
            break  # refused: what is shown now is the answer
    return answer


def _value(box: Tag, fake: FakeHost, password: str) -> str:
    name, kind = str(box["name"]), str(box.get("type", "text"))
    if name == "code":
        return CODE
    if kind == "password":
        return password or fake.user.password
    if kind in ("hidden", "checkbox") or "honey" in name:
        return "" if "honey" in name or name == "captcha" else str(box.get("value", "1"))
    return fake.user.name


def sign_in(client: httpx.Client, fake: FakeHost, password: str = "") -> httpx.Response:
    return fill_in(client, open_list(client, fake), fake, password)


@pytest.mark.parametrize("host", HOSTS)
def test_the_list_holds_what_it_should(portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    with visitor(portals, host) as client:
        sign_in(client, fake)
        page = open_list(client, fake)
        text = BeautifulSoup(page.text, "lxml").get_text(" ", strip=True)
        while more := BeautifulSoup(page.text, "lxml").select_one("a[rel=next], [aria-label=Next]"):
            page = client.get(
                urljoin(str(page.url), str(more.get("href") or more["data-href"])), headers=BROWSER
            )
            text += BeautifulSoup(page.text, "lxml").get_text(" ", strip=True)
        if host == GREENHOUSE:
            text = " ".join(client.get(f"/applications.json?page={n}").text for n in (1, 2))
    for row in fake.listed():
        assert row.title in text
        if host != GREENHOUSE:
            assert all(word in text for word in row.status.split("; "))
    assert fake.hits.login_submits == (host not in WITHOUT_PASSWORD)


@pytest.mark.parametrize("host", WITH_PASSWORD)
def test_a_wrong_password_is_refused_in_own_words(portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    with visitor(portals, host) as client:
        refused = sign_in(client, fake, "wrong")
        alert = BeautifulSoup(refused.text, "lxml").select_one("[role=alert]")
        assert alert
        words = alert.get_text().lower()
        assert "password" in words
        assert any(word in words for word in ("wrong", "invalid", "incorrect", "not match"))
        assert not any(row.title in open_list(client, fake).text for row in fake.listed())
    assert dict(fake.hits.refused_logins) == {fake.user.name: 1}


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("name", "marked"), [("empty", True), ("no_rows", False), ("changed_layout", False)])
def test_lists_without_rows(portals: FakePortals, host: str, name: str, marked: bool) -> None:
    fake = portals.host(host)
    with visitor(portals, host) as client:
        sign_in(client, fake)
        fake.behave(name)
        text = open_list(client, fake).text
        if host == GREENHOUSE and name != "changed_layout":
            body = client.get("/applications.json?page=1").json()
            assert body == {} if name == "no_rows" else body["total_applications"] == 0
            return
        said = BeautifulSoup(text, "lxml").get_text().lower()
    assert (
        any(
            words in said
            for words in ("you have no", "have not", "haven't", "no applications", "no applied jobs")
        )
        == marked
    )
    assert ("Your journey" in text) == (name == "changed_layout")


@pytest.mark.parametrize("host", HOSTS)
def test_the_count_can_promise_more_and_the_session_can_end(portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    with visitor(portals, host) as client:
        sign_in(client, fake)
        fake.behave("session_expired", times=1)
        expired = client.get(fake.list_url.partition("#")[0], headers=BROWSER)
        assert expired.status_code == 200
        assert "Your session has expired" in expired.text
        sign_in(client, fake)
        fake.behave("count_mismatch", more=4)
        whole = len(fake.listed()) + 4
        page = open_list(client, fake).text
        if host == GREENHOUSE:
            page = f"{client.get('/applications.json?page=1').json()['total_applications']} applications"
    if host not in (USAJOBS, SMARTRECRUITERS):  # these show no count
        assert str(whole) in BeautifulSoup(page, "lxml").get_text()


@pytest.mark.parametrize("host", HOSTS)
@pytest.mark.parametrize(("name", "to"), [("sso", SSO_HOST), ("login_elsewhere", ATTACKER)])
def test_the_sign_in_can_lead_away(portals: FakePortals, host: str, name: str, to: str) -> None:
    fake = portals.host(host)
    fake.behave(name)
    with visitor(portals, host) as client:
        assert open_list(client, fake).url.host == to


@pytest.mark.parametrize("host", WITH_PASSWORD)
@pytest.mark.parametrize("name", ["redirect_307", "form_elsewhere"])
def test_the_attacks_bring_the_password_away(portals: FakePortals, host: str, name: str) -> None:
    fake = portals.host(host)
    with visitor(portals, host) as client:
        page = open_list(client, fake)
        if host == ICIMS:  # the password comes after the gate
            page = client.post("/jobs/login?step=email", data={"css_loginName": fake.user.email})
        fake.behave(name)
        if name == "form_elsewhere":
            page = client.get(page.url, headers=BROWSER)
        fill_in(client, page, fake)
    assert any(fake.user.password.encode() in one.body.replace(b"%21", b"!") for one in portals.stolen)


@pytest.mark.parametrize("host", [SUCCESSFACTORS, NEOGOV])
def test_hurdles_after_the_password(portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    for name, words in (("terms", "terms of use"), ("password_expired", "Your password has expired")):
        fake.behave(name)
        with visitor(portals, host) as client:
            page = open_list(client, fake)
            form = BeautifulSoup(page.text, "lxml").select_one("form[method]")
            assert form
            values = {str(box["name"]): _value(box, fake, "") for box in form.select("input[name]")}
            page = client.post(urljoin(str(page.url), str(form["action"])), data=values)
            assert words in page.text
            assert fake.listed()[0].title not in open_list(client, fake).text


def test_greenhouse_gives_json_to_whoever_is_signed_in(portals: FakePortals) -> None:
    fake = portals.host(GREENHOUSE)
    with visitor(portals, GREENHOUSE) as client:
        assert client.get("/applications").status_code == 406  # no browser
        assert client.get("/applications.json").status_code == 401
        sign_in(client, fake)
        first = client.get("/applications.json?page=1&active_only=true").json()
        second = client.get("/applications.json?page=2&active_only=true").json()
        both = client.get("/applications.json?page=1").json()
    assert "inactive" not in first
    assert (len(first["active"]["applications"]), first["active"]["total_pages"]) == (6, 2)
    assert len(second["active"]["applications"]) == 1
    assert first["total_applications"] == 8
    record = first["active"]["applications"][0]
    assert (record["currentStage"], record["inactive"]) == (None, False)
    assert [one["inactive"] for one in both["inactive"]["applications"]] == [True]


def test_oracle_counts_its_honeypot(portals: FakePortals) -> None:
    fake = portals.host(ORACLE)
    with visitor(portals, ORACLE) as client:
        path = urlsplit(fake.list_url).path + "/sign-in"
        client.post(path, data={"primary-email": fake.user.email, "honey-pot": "x"})
    assert fake.hits.honeypots == 1


def test_a_ticket_that_nobody_gave_opens_nothing(portals: FakePortals) -> None:
    with visitor(portals, UKG) as client:
        answer = client.get("/account/callback?ticket=guess", headers=BROWSER)
        assert answer.headers["x-goto"].startswith("https://signin-us.ukg.net/")


def test_indeed_gives_its_records(portals: FakePortals) -> None:
    fake = portals.host(INDEED)
    with visitor(portals, INDEED) as client:
        assert client.get("/api/v1/appStatusJobs").status_code == 401
        sign_in(client, fake)
        body = client.get("/api/v1/appStatusJobs?type=POST_APPLY").json()["body"]
    assert [one["jobKey"] for one in body["appStatusJobs"]] == [row.id for row in fake.listed()]
    assert body["appStatusJobs"][3]["statuses"]["candidateStatus"]["status"] == "REJECTED"
