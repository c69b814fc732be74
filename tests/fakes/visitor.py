"""A plain visitor of the fake portals: httpx through the proxy, how to sign in, and whether it was robbed."""

from __future__ import annotations

import re
import ssl

import httpx
import pytest
from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.behaviours import ATTACKER
from fixtures.portals.story import LAKESHORE

HOME = "/wday/calypso/cxs/candidatehome/meridian/Meridian_Careers"
LOGIN = "/careersection/iam/accessmanagement/login.jsf"
LIST = "/careersection/lakeshore_ext/mysubmissions.ftl"
PASSWORD = "Harbour-Lantern-42"
ORCHARD = "Quiet-Orchard-77"


def visitor(portals: FakePortals, host: str = LAKESHORE, *, follow: bool = True) -> httpx.Client:
    trust = ssl.create_default_context(cafile=str(portals.ca_file))
    return httpx.Client(
        base_url=f"https://{host}", proxy=portals.proxy_url, verify=trust, follow_redirects=follow, timeout=5
    )


def taleo_sign_in(client: httpx.Client, password: str = PASSWORD, name: str = "dreyes") -> httpx.Response:
    client.post(LOGIN, data={"statement": "read"})
    return client.post(LOGIN, data={"name": name, "password": password})


def workday_sign_in(client: httpx.Client, password: str = ORCHARD, **more: str) -> httpx.Response:
    client.get("/en-US/Meridian_Careers/userHome")
    fields = {"username": "dana@example.org", "password": password, **more}
    token = {"x-calypso-csrf-token": client.cookies["CALYPSO_CSRF_TOKEN"]}
    return client.post("/wday/authgwy/meridian/signin", json=fields, headers=token)


def numbers(html: str) -> list[str]:
    return re.findall(r"Job Number: (\w+)", html)


def assert_stolen(tab: Page, portals: FakePortals, secret: str) -> None:
    """The attacker has been sent this text, now or in two seconds."""
    for _ in range(40):
        if any(secret.encode() in one.body for one in portals.stolen if one.host == ATTACKER):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"nothing was stolen; the attack is none: {portals.stolen}")
