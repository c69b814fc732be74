"""Fifty planted secrets, and none of them anywhere in clear: files, logs, errors, output, process list."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from fixtures.portals import FakePortals, serve, story
from scraper import logs
from scraper.model import Account
from scraper.outcomes import InTownError
from scraper.settings import Home
from scraper.store import Store
from scraper.vault import Mode, Vault, password_for
from server import pairing
from tests.proof.canaries import Canaries, watched_processes
from tests.store.keychains import TRUSTED, Keyring, Locked, pretend

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.proof


@pytest.fixture
def said() -> Iterator[io.StringIO]:
    """Everything that is printed or logged, at the most talkative level."""
    text = io.StringIO()
    handler = logging.StreamHandler(text)
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        with redirect_stdout(text), redirect_stderr(text):
            yield text
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def failing(action: Callable[[], object], said: io.StringIO) -> None:
    """Do what must fail, and write down all that a traceback would show."""
    try:
        action()
    except InTownError as error:
        said.write("".join(traceback.format_exception(error)) + error.sentence + repr(error))
        return
    raise AssertionError("this was expected to fail")


def session(canaries: Canaries, name: str) -> dict[str, Any]:
    """A web session with a secret in each place where sites keep them."""
    return {
        "cookies": [{"name": "sid", "value": canaries.new(f"{name}: cookie"), "httpOnly": True}],
        "origins": [
            {
                "origin": "https://x",
                "localStorage": [{"name": "token", "value": canaries.new(f"{name}: localStorage")}],
                "indexedDB": [{"value": canaries.new(f"{name}: IndexedDB")}],
            }
        ],
        "sessionStorage": {"https://x": {"jwt": canaries.new(f"{name}: sessionStorage")}},
    }


def use_vault(vault: Vault, canaries: Canaries, said: io.StringIO) -> None:
    """What an account goes through: kept, changed, read, printed, forgotten."""
    mode = vault.mode.value
    for number in range(2):
        vault.save_session(f"a{number}", session(canaries, f"{mode} {number}"))
        if vault.mode is Mode.SESSIONS_ONLY:
            secret = canaries.new("refused password")
            failing(lambda secret=secret: vault.set_password("x", secret), said)  # type: ignore[misc]  # bound now
            continue
        for what in ("old", "new"):
            vault.set_password(f"a{number}", canaries.new(f"{mode} {number}: {what} password"))
        print(vault, repr(vault), vars(vault), vault.password("none"))
        said.write(str(vault.password(f"a{number}") is not None))
    vault.forget("a1")


def home_at(folder: Path) -> Home:
    return Home(folder / "data", folder / "cache", folder / "logs").make()


def commands(canaries: Canaries, said: io.StringIO) -> None:
    """Password managers that answer, fail, and talk too much."""
    ends = ("", "; raise SystemExit(3)", "; raise RuntimeError(secret)", "; import time; time.sleep(9)")
    for end in ends:
        secret = canaries.new(f"command{end}")
        # Read from the environment: a command line is not the place for a secret, and is not ours.
        code = f"import os; secret = os.environ['CANARY']; print(secret){end}"
        account = Account(
            id="c", portal="taleo", host="h", start_url="https://h", secret="command",
            password_command=(sys.executable, "-c", code),
        )  # fmt: skip
        with pytest.MonkeyPatch.context() as patch:
            patch.setenv("CANARY", secret)
            if "sleep" in end:
                patch.setattr("scraper.vault_command.COMMAND_SECONDS", 1)
            if end:
                failing(lambda account=account: password_for(account, None), said)  # type: ignore[misc]
            else:
                assert password_for(account, None) == secret


def test_fifty_canaries_are_nowhere_in_clear(
    tmp_path: Path, said: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    canaries = Canaries()
    seen: list[str] = []
    logs_folder = tmp_path / "logs"
    logs_folder.mkdir()
    with watched_processes(canaries, seen):
        passphrase = canaries.new("passphrase")
        home = home_at(tmp_path / "passphrase")
        use_vault(Vault.choose(home, Mode.PASSPHRASE, passphrase), canaries, said)
        failing(lambda: Vault.open(home, canaries.new("wrong passphrase")), said)
        failing(lambda: Vault.choose(home_at(tmp_path / "short"), Mode.PASSPHRASE, ""), said)
        use_vault(Vault.choose(home_at(tmp_path / "sessions"), Mode.SESSIONS_ONLY), canaries, said)

        keychain = pretend(monkeypatch, Keyring, *TRUSTED)
        vault = Vault.open(home_at(tmp_path / "keychain"))
        use_vault(vault, canaries, said)
        monkeypatch.setattr(type(keychain), "set_password", Locked.set_password)
        monkeypatch.setattr(type(keychain), "_refuse", Locked._refuse, raising=False)
        for number in range(8):
            secret = canaries.new(f"locked keychain {number}")
            failing(lambda secret=secret: vault.set_password("l", secret), said)  # type: ignore[misc]  # bound now

        commands(canaries, said)
        store = Store(home.store)
        for number in range(6):
            token = pairing.issue(store, f"Browser {number}", datetime.now(UTC)).token
            canaries.planted[token] = f"token {number}"
        with logs.secret(canaries.new("logged")) as _:
            print(store.read().all("tokens"))

    assert len(canaries.planted) >= 50, len(canaries.planted)
    assert seen == []
    assert canaries.found_below(tmp_path) == []
    assert canaries.found_in(said.getvalue().encode("utf-8", "surrogatepass")) == []


def test_the_search_finds_what_is_there(tmp_path: Path) -> None:
    canaries = Canaries()
    secret = canaries.new("a secret")
    import base64
    from urllib.parse import quote

    written = [secret, quote(secret), base64.b64encode(f"user:{secret}".encode()).decode(), ascii(secret)]
    for number, text in enumerate(written):
        assert canaries.found_in(b"before " + text.encode() + b" after"), text
        (tmp_path / f"file-{number}").write_text(text)
    assert canaries.found_in(secret.encode("utf-16"))
    assert len(canaries.found_below(tmp_path)) == len(written)
    assert canaries.found_in(b"nothing here") == []


# --- the whole way: the command line, a real browser, fake portals that accept and refuse


@pytest.fixture
def portals() -> Iterator[FakePortals]:
    with serve(tenants=()) as running:
        yield running


@pytest.mark.browser
def test_a_night_with_canaries(tmp_path: Path, portals: FakePortals) -> None:
    canaries = Canaries()
    seen: list[str] = []
    good = [canaries.new("password that is right") for _ in range(2)]
    wrong = canaries.new("password that is wrong")
    home = tmp_path / "home"
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("INTOWN_P")},
        **portals.environment,
        "INTOWN_HOME": str(home),
        "INTOWN_PASSPHRASE": canaries.new("passphrase"),
        "DEBUG": "pw:api,pw:protocol",  # what a curious user or a helpful forum may have set
        "TMPDIR": str(tmp_path / "tmp"),
    }
    (tmp_path / "tmp").mkdir()
    outputs: list[bytes] = []

    def intown(*arguments: str, typed: str = "") -> None:
        done = subprocess.run(
            [sys.executable, "-m", "server.cli", *arguments],
            cwd=ROOT, env=environment, input=typed.encode(), capture_output=True, timeout=120, check=False,
        )  # fmt: skip
        outputs.extend((done.stdout, done.stderr))

    with watched_processes(canaries, seen):
        for tenant, typed, right in zip(story().tenants, [good[0], wrong, good[1]], [1, 0, 1], strict=True):
            user = replace(tenant.users[0], password=typed if right else "another")
            host = portals.add(replace(tenant, users=(user, *tenant.users[1:])))
            intown("account", "add", host.list_url, "--username", user.name, "--password-stdin", typed=typed)
        intown("sync")
        intown("sync", "--json")
        intown("account", "list", "--json")
    vault = Vault.open(Home(home / "data", home / "cache", home / "logs"), environment["INTOWN_PASSPHRASE"])
    sessions = [vault.session(name) for name in Store(home / "data" / "intown.json").read().all("accounts")]
    for kept in filter(None, sessions):
        for cookie in kept["storage"]["cookies"]:
            if len(cookie["value"]) >= 16:  # an opaque token; short ones are words like "true"
                canaries.planted[cookie["value"]] = f"cookie {cookie['name']}"
    stored = Store(home / "data" / "intown.json").read().all("applications")
    assert stored, b"\n".join(outputs).decode()
    assert any(what.startswith("cookie") for what in canaries.planted.values()), sessions
    assert seen == []
    assert canaries.found_below(home, tmp_path / "tmp") == []
    assert canaries.found_in(b"\n".join(outputs)) == []
