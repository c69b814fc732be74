"""The fake Taleo as plain HTTP sees it: the way to the list, its pages, what it counts."""

from __future__ import annotations

import re

import httpx

from fixtures.portals import FakePortals
from fixtures.portals.story import LAKESHORE
from tests.fakes.visitor import LIST, LOGIN, PASSWORD, numbers, taleo_sign_in, visitor


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
