"""docs/night.sh as it stands: several people on one machine, each in a home of their own."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from fixtures.portals import FakePortals, serve
from fixtures.portals.story import LAKESHORE
from fixtures.portals.taleo import COOKIE
from scraper import accounts
from scraper.browser_session import WebSession
from tests.docs_reading import ROOT
from tests.sync.conftest import PASSPHRASE, Person


def settle(folder: Path, name: str, portals: FakePortals) -> Person:
    """Somebody with one account whose session still holds, and the file with their passphrase."""
    person, host = Person.at(folder / name, portals), portals.host(LAKESHORE)
    account = person.add(host)
    session = host.open_session(host.user)
    session.notes["size"] = 100  # as chosen at the sign-in: the whole list on one page
    cookie = {
        "name": COOKIE,
        "value": session.token,
        "domain": LAKESHORE,
        "path": "/",
        "secure": True,
        "expires": -1,
    }
    person.vault.save_session(account.id, WebSession({"cookies": [cookie]}, {}, "a browser").to_dict())
    accounts.save_state(person.store, account.id, last_count=len(host.listed()))
    (folder / f"{name}.passphrase").write_text(PASSPHRASE)
    return person


@pytest.fixture
def path(tmp_path: Path) -> str:
    """A PATH on which `intown` is this checkout's."""
    program = tmp_path / "bin" / "intown"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m server.cli "$@"\n')
    program.chmod(0o755)
    return f"{program.parent}{os.pathsep}{os.environ['PATH']}"


def test_everybody_is_visited_and_nobody_stops_the_others(tmp_path: Path, path: str) -> None:
    people = tmp_path / "people"
    people.mkdir()
    with serve() as portals:
        dana, sam = settle(people, "dana", portals), settle(people, "sam two", portals)
        (people / "nobody.passphrase").write_text("no home, so no accounts")
        environment = {**os.environ, **portals.environment, "PATH": path, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(
            [shutil.which("sh") or "sh", str(ROOT / "docs" / "night.sh"), str(people), "2"],
            env=environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        wanted = len(portals.host(LAKESHORE).listed())
    assert done.returncode == 0, done.stderr
    assert sorted(done.stdout.splitlines()) == ["dana 0", "nobody 2", "sam two 0"], done.stderr
    for person, name in ((dana, "dana"), (sam, "sam two")):
        assert len(person.applications()) == wanted
        results = people / f"{name}.night.json"
        assert json.loads(results.read_text())["accounts"][0]["how"] == "warm"
        assert stat.S_IMODE(results.stat().st_mode) == 0o600


def test_without_a_folder_it_says_what_it_needs(path: str) -> None:
    done = subprocess.run(
        ["sh", str(ROOT / "docs" / "night.sh")],
        env={**os.environ, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert "Which folder has the homes?" in done.stderr
