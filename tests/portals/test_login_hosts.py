"""A portal whose sign-in stands on a host of its own: the password goes there and nowhere else."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fixtures.portals import serve
from fixtures.portals.every_kind import UKG, everything
from scraper.login_pins import is_pinned
from scraper.outcomes import Outcome
from scraper.portals import PORTALS, portal_by_kind
from scraper.portals.base import Portal
from tests.sync.conftest import Person

SHARED = [portal for portal in PORTALS if portal.login_hosts]


@pytest.mark.parametrize("portal", SHARED, ids=lambda portal: portal.kind)
def test_sign_in_hosts_are_exact_names_of_the_portal(portal: Portal) -> None:
    for host in portal.login_hosts:
        assert re.fullmatch(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+", host)
        assert re.fullmatch(portal.hosts, host), "pages there are the portal's, so their words are understood"


def test_only_where_somebody_has_seen_them() -> None:
    assert {portal.kind: portal.login_hosts for portal in SHARED} == {
        "icims": ("login.icims.com",),
        "ukg": ("signin-us.ukg.net",),
    }


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://signin-us.ukg.net/u/login", True),
        ("http://signin-us.ukg.net/u/login", False),
        ("https://signin-eu.ukg.net/u/login", False),
        ("https://signin-us.ukg.net.evil.example/u/login", False),
        ("https://x.signin-us.ukg.net/u/login", False),
        ("https://signin-us.ukg.net:8443/u/login", False),
        ("https://user@signin-us.ukg.net/u/login", False),
    ],
)
def test_nothing_like_it_is_pinned(address: str, expected: bool) -> None:
    hosts = frozenset({"recruiting2.ultipro.com", *portal_by_kind("ukg").login_hosts})
    assert is_pinned(address, hosts) is expected


def test_a_night_signs_in_there_and_reads(tmp_path: Path) -> None:
    with serve(tenants=[tenant for tenant in everything() if tenant.host == UKG]) as portals:
        person = Person.at(tmp_path, portals)
        fake = portals.host(UKG)
        account = person.add(fake)
        (result,) = person.sync().values()
        assert result.outcome is Outcome.OK, result
        assert fake.hits.logins[fake.user.name] == 1
        assert len(person.applications()) == len(fake.listed())
        assert person.state(account).outcome is Outcome.OK
