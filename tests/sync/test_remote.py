"""A remote Playwright server (`--browser-ws`), a real one started by the test: sessions are used, nothing typed."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from fixtures.portals import FakePortals
from scraper.browser import launch_arguments
from scraper.browsers import find_browser
from scraper.outcomes import Outcome
from tests.sync.conftest import Person

pytestmark = pytest.mark.browser

LAKESHORE = "lakeshore.taleo.net"


@contextmanager
def playwright_server(person: Person, folder: Path) -> Iterator[str]:
    config = folder / "server.json"
    options = {
        "executablePath": find_browser(),
        "args": launch_arguments(person.network),
        "headless": True,
        "host": "127.0.0.1",
    }
    config.write_text(json.dumps(options))
    process = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "playwright",
            "launch-server",
            "--browser",
            "chromium",
            "--config",
            str(config),
        ],
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    try:
        yield process.stdout.readline().split()[-1]
    finally:
        os.killpg(process.pid, signal.SIGTERM)  # the command is a shell round the server itself
        process.wait(15)
        process.stdout.close()


def test_a_remote_browser_reads_with_a_session_and_is_given_no_password(
    portals: FakePortals, person: Person, tmp_path: Path
) -> None:
    host = portals.host(LAKESHORE)
    account = person.add(host)
    with playwright_server(person, tmp_path) as url:
        refused = person.sync(ws=url)[account.id]
        assert (refused.outcome, host.hits.login_submits) == (Outcome.UNKNOWN_LOGIN, 0)
        session = host.open_session(host.user)
        cookie = {"name": "JSESSIONID", "value": session.token, "domain": LAKESHORE, "path": "/"}
        kept = {**cookie, "secure": True, "httpOnly": True, "sameSite": "Lax", "expires": -1}
        person.vault.save_session(account.id, {"storage": {"cookies": [kept], "origins": []}})
        read = person.sync(account.id, ws=url)[account.id]
        assert (read.outcome, read.how, read.read) == (Outcome.OK, "session", len(host.listed()))
    gone = person.sync(account.id, ws=url)[account.id]
    assert gone.outcome is Outcome.UNAVAILABLE
    assert "cannot be reached" in gone.sentence
