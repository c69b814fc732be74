"""A password never reaches another host: every attack the fakes know, by every road, in a real Chromium.

That these attacks do succeed against a careless visitor is shown in tests/fakes/test_attacks.py.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, replace
from urllib.parse import quote, quote_plus

import pytest

from fixtures.portals import ATTACKER, ATTACKERS, FakeHost, FakePortals
from scraper.model import Account
from scraper.outcomes import Outcome
from scraper.sync_result import SyncResult
from tests.sync.conftest import Person, tenant

pytestmark = pytest.mark.browser

ATTACKS = (
    "redirect_302",
    "redirect_307",
    "login_elsewhere",
    "form_elsewhere",
    "form_downgrade",
    "action_switch",
    "lookalike_frame",
    "beacon",
    "popup",
)
ROADS = (
    *((attack, kind, ATTACKER) for attack in ATTACKS for kind in ("taleo", "workday")),
    # Look-alikes of the name, the homograph, another tenant of the same vendor: all are other hosts.
    *(("redirect_307", "taleo", host) for host in sorted(ATTACKERS - {ATTACKER})),
    *(("form_elsewhere", "taleo", host) for host in sorted(ATTACKERS - {ATTACKER})),
)


@dataclass(frozen=True)
class Attacked:
    portals: FakePortals
    person: Person
    hosts: list[FakeHost]
    accounts: list[Account]
    results: dict[str, SyncResult]


@pytest.fixture(scope="module")
def attacked(running: FakePortals, tmp_path_factory: pytest.TempPathFactory) -> Attacked:
    """One night in which every portal is under attack, each with a password of its own."""
    person = Person.at(tmp_path_factory.mktemp("attacks"), running)
    hosts, made = [], []
    for number, (attack, kind, to) in enumerate(ROADS):
        one = tenant(kind, f"victim{number:02d}")
        user = replace(one.users[0], password=f"Canary/{number:02d}&Harbour+Lantern")
        host = running.add(replace(one, users=(user,)))
        host.behave(attack, to=to)
        hosts.append(host)
        made.append(person.add(host))
    return Attacked(running, person, hosts, made, person.sync())


@pytest.mark.parametrize("number", range(len(ROADS)), ids=lambda n: "-".join(ROADS[n]))
def test_the_password_reaches_nobody_else(attacked: Attacked, number: int) -> None:
    secret = attacked.hosts[number].user.password
    heard = [f"{s.path}?{s.query}".encode() + s.body for s in attacked.portals.stolen]
    heard += [r.target.encode() + r.head + r.body for r in attacked.portals.refused]
    for form in (secret, quote(secret, safe=""), quote_plus(secret), secret.split("&")[0], quote(secret)):
        assert not any(form.encode() in text for text in heard)
    assert not any(base64.b64encode(secret.encode()) in text for text in heard)


@pytest.mark.parametrize("number", range(len(ROADS)), ids=lambda n: "-".join(ROADS[n]))
def test_it_is_told_and_never_sent_twice(attacked: Attacked, number: int) -> None:
    attack, kind, to = ROADS[number]
    host, result = attacked.hosts[number], attacked.results[attacked.accounts[number].id]
    assert host.hits.login_submits <= 1
    if result.good:
        # The script of the page was cut off, and the sign-in itself went to the right host.
        assert attack in ("beacon", "action_switch", "popup")
        return
    assert result.outcome in (Outcome.UNKNOWN_LOGIN, Outcome.SSO)
    assert result.fix == f"intown login {attacked.accounts[number].id}"
    # A page's own request that is redirected by 302 fails without the browser saying where it was led.
    named = ("redirect_302", "redirect_307", "login_elsewhere", "form_elsewhere")
    if attack in named and (attack, kind) != ("redirect_302", "workday"):
        assert to in result.sentence


def test_there_are_at_least_twenty_attacks() -> None:
    assert len(set(ROADS)) >= 20
