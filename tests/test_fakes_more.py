"""The smaller fake portals: a plain visitor that fills in whatever form it is shown gets to the list, and every
list holds what it should. What only a script does is tried in a real Chromium at the end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin, urlsplit

import httpx
import pytest
from bs4 import BeautifulSoup, Tag
from playwright.sync_api import Browser, BrowserType, Page, expect

from fixtures.portals import ATTACKER, FakeHost, FakePortals, serve
from fixtures.portals.behaviours import SSO_HOST
from fixtures.portals.more import (
    GREENHOUSE,
    HEALTHCARESOURCE,
    ICIMS,
    NEOGOV,
    ORACLE,
    PEOPLESOFT,
    PEOPLESOFT_CLASSIC,
    SMARTRECRUITERS,
    SUCCESSFACTORS,
    UKG,
    USAJOBS,
    everything,
    more_tenants,
)
from tests.test_fakes import visitor

HOSTS = [tenant.host for tenant in more_tenants(date(2026, 6, 1))]
WITH_PASSWORD = [host for host in HOSTS if host not in (GREENHOUSE, ORACLE)]
CODE = "246810"
BROWSER = {"user-agent": "Mozilla/5.0", "x-view": "1"}


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    with serve(tenants=everything()) as portals:
        yield portals


@pytest.fixture
def portals(running: FakePortals) -> FakePortals:
    running.reset()
    return running


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
        assert "applications" not in fake.hits.touched
        sign_in(client, fake)
        page = open_list(client, fake)
        text = BeautifulSoup(page.text, "lxml").get_text(" ", strip=True)
        while more := BeautifulSoup(page.text, "lxml").select_one("a[rel=next]"):
            page = client.get(urljoin(str(page.url), str(more["href"])), headers=BROWSER)
            text += BeautifulSoup(page.text, "lxml").get_text(" ", strip=True)
        if host == GREENHOUSE:
            text = " ".join(client.get(f"/applications.json?page={n}").text for n in (1, 2))
    for row in fake.listed():
        assert row.title in text
        if host != GREENHOUSE:
            assert all(word in text for word in row.status.split("; "))
    submits = {GREENHOUSE: 0, ORACLE: 0}.get(host, 1)
    assert fake.hits.login_submits == submits


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
    assert any(words in said for words in ("you have no", "have not", "haven't")) == marked
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


# -- in a real Chromium ----------------------------------------------------------------------------


@pytest.fixture(scope="module")
def chromium(
    running: FakePortals, browser_type: BrowserType, browser_type_launch_args: dict[str, Any]
) -> Iterator[Browser]:
    trust = f"--ignore-certificate-errors-spki-list={running.spki}"
    arguments = {**browser_type_launch_args, "args": [*browser_type_launch_args.get("args", []), trust]}
    browser = browser_type.launch(**arguments, proxy={"server": running.proxy_url})
    yield browser
    browser.close()


@pytest.fixture
def tab(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(5000)
    yield context.new_page()
    context.close()


@pytest.mark.browser
def test_oracle_wants_the_box_the_code_and_show_more(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(ORACLE)
    tab.goto(fake.list_url)
    tab.locator("input[name=primary-email]").fill(fake.user.email)
    assert tab.locator("input[name=honey-pot]").is_visible() is False or tab.locator(
        "input[name=honey-pot]"
    ).evaluate("e => e.offsetParent !== null")
    tab.locator("label[for=legal-disclaimer-checkbox]").click()
    tab.get_by_role("button", name="AGREE").click()
    tab.get_by_role("button", name="NEXT").click()
    for place, digit in enumerate(CODE, 1):
        tab.locator(f"#pin-code-{place}").fill(digit)
    tab.get_by_role("button", name="Verify").click()
    active = tab.locator("#list-active > li:visible")
    expect(active).to_have_count(5)
    tab.get_by_role("button", name="Show More").click()
    expect(active).to_have_count(7)
    expect(tab.get_by_role("button", name="Show More")).to_have_count(0)
    expect(tab.get_by_text("Are You Still With Us?")).to_be_hidden()


@pytest.mark.browser
def test_icims_is_in_a_frame_and_wanders_over_the_shared_host(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(ICIMS)
    tab.goto(fake.list_url)
    frame = tab.frame_locator("#icims_content_iframe")
    frame.locator("#email").fill(fake.user.email)
    frame.locator("#enterEmailSubmitButton").click()
    tab.wait_for_url("https://login.icims.com/u/login/password?*")
    tab.locator("#username").fill(fake.user.name)
    tab.locator("#password").fill(fake.user.password)
    tab.get_by_role("button", name="Continue").click()
    tab.wait_for_url(fake.list_url)
    expect(frame.locator("tbody tr")).to_have_count(len(fake.listed()))
    tab.goto(fake.list_url + "?in_iframe=1")  # a frame by itself bounces back to the wrapper
    tab.wait_for_url(fake.list_url)


@pytest.mark.browser
@pytest.mark.parametrize("host", [UKG, HEALTHCARESOURCE, SMARTRECRUITERS, USAJOBS])
def test_pages_drawn_by_script(tab: Page, portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    tab.goto(fake.list_url)
    password = tab.locator("input[type=password]")
    password.fill(fake.user.password)
    tab.locator("form:has(input[type=password]) input:not([type=password]):not([type=hidden])").fill(
        fake.user.name
    )
    tab.locator("form:has(input[type=password]) button[type=submit]").first.click()
    if host == USAJOBS:
        tab.locator("[autocomplete=one-time-code]").fill(CODE)
        tab.get_by_role("button", name="Verify").click()
    expect(tab.get_by_role("heading", name=fake.listed()[0].title)).to_be_visible()
    for row in fake.listed():
        expect(tab.get_by_text(row.title, exact=True)).to_be_visible()


@pytest.mark.browser
def test_greenhouse_draws_its_json(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(GREENHOUSE)
    tab.goto(fake.list_url)
    tab.locator("input[type=email]").fill(fake.user.email)
    tab.get_by_role("button", name="Send security code").click()
    tab.locator("[autocomplete=one-time-code]").fill(CODE)
    tab.get_by_role("button", name="Verify").click()
    expect(tab.locator("article")).to_have_count(7)  # six active and one inactive
    tab.get_by_role("button", name="Show more").click()
    expect(tab.locator("article")).to_have_count(8)


@pytest.mark.browser
def test_peoplesoft_opens_its_dialog_and_shows_more(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(PEOPLESOFT)
    tab.goto(fake.list_url)
    assert tab.locator("[id^='HRS_APPL_WRK_HRS_OPRNAME']").is_hidden()
    tab.locator("#HRS_CG_WRK_HRS_SIGNIN").click()
    tab.locator("[id^='HRS_APPL_WRK_HRS_OPRNAME']").fill(fake.user.name)
    tab.locator("[id^='HRS_APPL_WRK_HRS_OPRPSWD']").fill(fake.user.password)
    tab.locator("#HRS_APPL_WRK_HRS_LOGIN_BTN").click()
    rows = tab.locator("li[id*='$0_row_']:visible")
    expect(rows).to_have_count(5)
    tab.locator("div.ps_box-more button").click()
    expect(rows).to_have_count(7)


@pytest.mark.browser
def test_peoplesoft_classic_is_in_a_frame(tab: Page, portals: FakePortals) -> None:
    fake = portals.host(PEOPLESOFT_CLASSIC)
    tab.goto(fake.list_url.replace("/psc/", "/psp/"))
    frame = tab.frame_locator("#ptifrmtgtframe")
    frame.locator("[id^='HRS_APPL_WRK_HRS_OPRNAME']").fill(fake.user.name)
    frame.locator("[id^='HRS_APPL_WRK_HRS_OPRPSWD']").fill(fake.user.password)
    frame.locator("#HRS_APPL_WRK_HRS_LOGIN_BTN").click()
    expect(frame.locator("tr[id^='trHRS_']")).to_have_count(len(fake.listed()))
    expect(frame.locator("tr[id^='trHRS_']").first).to_contain_text("Applied / Open")
