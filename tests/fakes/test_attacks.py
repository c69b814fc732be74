"""The attacks that a fake portal can make on the sign-in, as plain HTTP sees them."""

from __future__ import annotations

import re

import httpx
import pytest

from fixtures.portals import FakePortals
from fixtures.portals.behaviours import ATTACKER, SSO_HOST
from fixtures.portals.story import LAKESHORE, MERIDIAN
from tests.fakes.visitor import LIST, LOGIN, taleo_sign_in, visitor, workday_sign_in

SHELL = "/en-US/Meridian_Careers/userHome"


@pytest.mark.parametrize(("name", "code"), [("redirect_302", 302), ("redirect_307", 307)])
def test_the_post_is_redirected_away(portals: FakePortals, name: str, code: int) -> None:
    for host, sign_in in ((LAKESHORE, taleo_sign_in), (MERIDIAN, workday_sign_in)):
        portals.host(host).behave(name)
        with visitor(portals, host, follow=False) as client:
            answer = sign_in(client)
        assert answer.status_code == code
        assert answer.headers["location"] == f"https://{ATTACKER}/collect"


def test_a_redirected_post_brings_the_password(client: httpx.Client, portals: FakePortals) -> None:
    portals.host(LAKESHORE).behave("redirect_307", to="lakeshore-careers.taleo.net")
    taleo_sign_in(client)
    assert [(one.host, b"Harbour-Lantern-42" in one.body) for one in portals.stolen] == [
        ("lakeshore-careers.taleo.net", True)
    ]


@pytest.mark.parametrize("name", ["login_elsewhere", "sso"])
def test_the_sign_in_leads_to_another_host(
    client: httpx.Client, workday: httpx.Client, portals: FakePortals, name: str
) -> None:
    expected = {"login_elsewhere": ATTACKER, "sso": SSO_HOST}[name]
    for host, visit, path in ((LAKESHORE, client, LIST), (MERIDIAN, workday, SHELL)):
        portals.host(host).behave(name)
        answer = visit.get(path)
        assert answer.url.host == expected
        assert answer.status_code == 200
        assert ("wday/asset" in answer.text or "login-password" in answer.text) == (name == "login_elsewhere")


@pytest.mark.parametrize(
    ("name", "action"),
    [("form_elsewhere", f"https://{ATTACKER}/collect"), ("form_downgrade", f"http://{LAKESHORE}{LOGIN}")],
)
def test_the_form_posts_elsewhere(client: httpx.Client, portals: FakePortals, name: str, action: str) -> None:
    portals.host(LAKESHORE).behave(name)
    form = client.post(LOGIN, data={"statement": "read"}).text
    assert re.findall(r'<form [^>]*action="([^"]+)"', form) == [action]


@pytest.mark.parametrize("name", ["action_switch", "beacon", "lookalike_frame", "popup", "unknown_login"])
def test_the_other_attacks_are_in_both_pages(
    client: httpx.Client, workday: httpx.Client, portals: FakePortals, name: str
) -> None:
    before = client.post(LOGIN, data={"statement": "read"}).text
    portals.host(LAKESHORE).behave(name)
    portals.host(MERIDIAN).behave(name)
    assert client.get(LOGIN).text != before
    assert f'"behaviour": "{name}"' in workday.get(SHELL).text
