"""Nights in a row in a real browser: changes, one password only, a person's own sign-in, other browsers."""

from __future__ import annotations

import asyncio
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from fixtures.portals import FakePortals
from scraper import accounts
from scraper.browser import Browsers, launch_arguments
from scraper.browsers import find_browser
from scraper.by_hand import NotSignedIn, keep_when_signed_in
from scraper.outcomes import Outcome
from tests.sync.conftest import Person

pytestmark = pytest.mark.browser

LAKESHORE = "lakeshore.taleo.net"
MERIDIAN = "meridian.wd5.myworkdayjobs.com"


def test_three_nights_of_the_story(portals: FakePortals, person: Person) -> None:
    for name in portals.hosts:
        person.add(portals.host(name))
    first = person.sync()
    assert [r.how for r in first.values()] == ["signed in"] * 3
    assert len(person.applications()) == sum(len(portals.host(name).listed()) for name in portals.hosts)
    portals.advance_day()
    second = person.sync()
    assert [r.how for r in second.values()] == ["warm"] * 3
    assert [(c.title, c.new_status) for c in second["lakeshore"].changed] == [
        ("Nurse Educator", "Referred to hiring manager")
    ]
    portals.advance_day()
    person.a_day_later()
    portals.host(LAKESHORE).sign_everyone_out()
    third = person.sync()
    assert (third["lakeshore"].how, third["meridian"].how) == ("signed in", "warm")
    assert [c.title for c in third["lakeshore"].changed] == ["RN, Step-Down"]
    assert all(result.new == 0 for result in (*second.values(), *third.values()))
    assert portals.host(LAKESHORE).hits.login_submits == 2
    assert portals.stolen == []


def test_a_wrong_password_is_sent_once_in_thirty_nights(portals: FakePortals, person: Person) -> None:
    """With restarts in between: every night is a fresh look at the store; and the user asking by name."""
    host = portals.host(LAKESHORE)
    account = person.add(host, password="not the password")
    for night in range(30):
        result = person.sync(*([account.id] if night % 5 == 4 else []))[account.id]
        assert result.outcome is Outcome.WRONG_PASSWORD
    assert host.hits.login_submits == 1
    person.vault.set_password(account.id, host.user.password)
    accounts.change(person.store, account.id, new_password=True)
    assert person.sync()[account.id].outcome is Outcome.OK
    assert host.hits.login_submits == 2


def test_sync_now_reads_warm_at_once_and_signs_in_again_after_an_hour(
    portals: FakePortals, person: Person
) -> None:
    host = portals.host(LAKESHORE)
    account = person.add(host)
    assert person.sync()[account.id].how == "signed in"
    assert [person.sync(pressed=True)[account.id].how for _ in range(3)] == ["warm"] * 3
    host.sign_everyone_out()
    said = person.sync(pressed=True)[account.id]
    assert (said.outcome, said.fix) == (Outcome.UNAVAILABLE, f"intown sync {account.id}")
    assert "it signs in again from" in said.sentence
    assert person.state(account).sentence == said.sentence  # what the popup shows for this portal
    assert host.hits.login_submits == 1
    an_hour_ago = datetime.now(UTC) - timedelta(minutes=61)
    accounts.save_state(person.store, account.id, submitted_at=an_hour_ago, sign_ins=(an_hour_ago,))
    assert "once tonight" in person.sync()[account.id].sentence  # the timer still waits for the next night
    again = person.sync(pressed=True)[account.id]
    assert (again.outcome, again.how, host.hits.login_submits) == (Outcome.OK, "signed in", 2)


def test_a_person_signs_in_and_the_nights_go_on(portals: FakePortals, person: Person) -> None:
    """A portal asks for a code; the person types it in the window; the session is kept and read warm."""
    host = portals.host(MERIDIAN)
    account = person.add(host)
    host.behave("code_needed")
    assert person.sync()[account.id].outcome is Outcome.CODE_NEEDED
    assert person.sync()[account.id].outcome is Outcome.CODE_NEEDED
    assert host.hits.login_submits == 1

    async def by_hand() -> None:
        async with Browsers(person.network) as browsers, browsers.tab() as tab:
            await tab.open(account.start_url)
            waiting = asyncio.create_task(
                keep_when_signed_in(person.store, person.vault, tab, account, seconds=60)
            )
            page = tab._page  # the person's hands
            await page.locator("[data-automation-id=legalNoticeAcceptButton]").click()
            await page.locator("[data-automation-id=utilityButtonSignIn]").click()
            for name, word in (("email", host.user.name), ("password", host.user.password)):
                field = page.locator(f"[data-automation-id=signInContent] [data-automation-id={name}]")
                await field.filter(visible=True).fill(word)
            await page.locator("[data-automation-id=click_filter]").filter(visible=True).first.click()
            await page.locator("[data-automation-id=verificationCode]").fill("246810")
            assert not waiting.done()
            await page.locator("[data-automation-id=verificationContent] button").first.click()
            await waiting

    asyncio.run(by_hand())
    result = person.sync()[account.id]
    assert (result.outcome, result.read) == (Outcome.OK, len(host.listed()))
    assert result.how in ("warm", "session")
    assert host.hits.login_submits == 2  # ours once, the person's once


def test_nobody_signs_in_and_nothing_changes(portals: FakePortals, person: Person) -> None:
    account = person.add(portals.host(LAKESHORE))

    async def nobody() -> None:
        async with Browsers(person.network) as browsers, browsers.tab() as tab:
            await tab.open(account.start_url)
            await keep_when_signed_in(person.store, person.vault, tab, account, seconds=2)

    with pytest.raises(NotSignedIn):
        asyncio.run(nobody())
    assert person.vault.session(account.id) is None


@contextmanager
def chrome_of_the_person(person: Person, folder: Path) -> Iterator[str]:
    """A running Chromium with a debugging port, as somebody would start their own."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = find_browser()
    assert program is not None
    process = subprocess.Popen(
        [
            program,
            "--headless=new",
            f"--remote-debugging-port={port}",
            f"--user-data-dir={folder}",
            f"--proxy-server={person.network.proxy}",
            "--no-first-run",
            *launch_arguments(person.network),
            "about:blank",
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(15)


def test_a_running_chrome_is_used_but_never_typed_into(
    portals: FakePortals, person: Person, tmp_path: Path
) -> None:
    host = portals.host(LAKESHORE)
    account = person.add(host)
    with chrome_of_the_person(person, tmp_path / "profile") as url:
        result = person.sync(cdp=url)[account.id]
        assert (result.outcome, result.fix) == (Outcome.UNKNOWN_LOGIN, f"intown login {account.id}")
        assert "did not start" in result.sentence
        assert host.hits.login_submits == 0

        async def person_signs_in() -> None:
            async with Browsers(person.network, cdp=url) as browsers, browsers.tab() as tab:
                session = host.open_session(host.user)
                await tab._context.add_cookies(
                    [{"name": "JSESSIONID", "value": session.token, "url": f"https://{LAKESHORE}/"}]
                )

        asyncio.run(person_signs_in())
        result = person.sync(account.id, cdp=url)[account.id]
        assert (result.outcome, result.how, result.read) == (Outcome.OK, "session", len(host.listed()))
        assert person.vault.session(account.id) is None  # a whole life's cookies are not ours to keep


def test_the_clock_of_a_pause(portals: FakePortals, person: Person) -> None:
    host = portals.host(LAKESHORE)
    account = person.add(host)
    host.behave("rate_limited", retry_after=900)
    first = person.sync()[account.id]
    assert first.not_before is not None
    assert timedelta(minutes=14) < first.not_before - datetime.now(UTC) <= timedelta(minutes=15)
    host.behave("ok")
    asked = host.hits.total
    assert person.sync(account.id)[account.id].outcome is Outcome.RATE_LIMITED
    assert host.hits.total == asked
    accounts.save_state(person.store, account.id, not_before=datetime.now(UTC))
    assert person.sync()[account.id].outcome is Outcome.OK
