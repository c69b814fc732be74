"""A sync as it is watched: bars on a terminal, plain lines in a file, nothing for scripts; and joining lists after it."""

from __future__ import annotations

import io
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from rich.console import Console

from scraper import accounts
from scraper import sync as engine
from scraper.outcomes import Outcome
from scraper.settings import Home
from scraper.store import Store, record_page
from scraper.sync_result import Progress, SyncResult
from server.commands import sync as command
from tests.commands.conftest import Run
from tests.portable.homes import EDUCATOR, FIRST, LIST_URL, shown

RESULT = SyncResult(account="a", employer="Lakeshore", portal="Taleo", outcome=Outcome.OK, sentence="Read.")


def steps() -> Sequence[Progress]:
    names = ("opening", "signing in", "reading", "something new", "waiting")
    return [
        *(Progress("a", "Lakeshore\x1b[2J", name) for name in names),
        Progress("a", "Lakeshore", "done", RESULT),
    ]


def test_bars_on_a_terminal() -> None:
    out = io.StringIO()
    console = Console(file=out, force_terminal=True, width=80)
    with command.watching(console) as watch:
        for step in steps():
            watch(step)
        console.print("between")
    assert "Lakeshore\\x1b[2J" in out.getvalue()
    assert "\x1b[2J" not in out.getvalue()
    assert "ok" in out.getvalue()


def test_plain_lines_in_a_file() -> None:
    out = io.StringIO()
    with command.watching(Console(file=out, width=80)) as watch:
        for step in steps():
            watch(step)
    assert out.getvalue() == "  Lakeshore\\x1b[2J: opening …\n  Lakeshore\\x1b[2J: signing in …\n"


def test_nothing_for_scripts() -> None:
    out = io.StringIO()
    with command.watching(Console(file=out), quiet=True) as watch:
        for step in steps():
            watch(step)
    assert out.getvalue() == ""


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch, home: Home) -> Store:
    """A home whose next sync reads what a list brought before."""
    monkeypatch.setenv("INTOWN_PASSPHRASE", "long enough")
    store = Store(home.store)
    accounts.add(store, replace(accounts.account_from_url(LIST_URL, username="d"), id="lakeshore"))

    async def read(store: Store, *_: Any, **__: Any) -> list[SyncResult]:
        record_page(store, "lakeshore", shown(EDUCATOR), seen_at=FIRST, complete=True)
        return [RESULT]

    monkeypatch.setattr(engine, "sync_all", read)
    return store


LIST = "Title,Company,Notes\nNurse Educator,Lakeshore Health,call Ann\n"


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_a_night_joins_what_a_list_brought(run: Run, night: Store, words: tuple[str, ...]) -> None:
    run("import", "-", typed=LIST)
    done = run("sync", *words)
    assert done.exit_code == 0, done.output
    assert set(night.read().all("applications")) == {EDUCATOR.key}
    assert night.read().all("applications")[EDUCATOR.key]["notes"] == "call Ann"
    if words:
        assert json.loads(done.stdout)["accounts"][0]["outcome"] == "ok"
    else:
        assert "1 from your list became one with what the portal shows" in " ".join(done.output.split())


def test_trying_an_account_joins_nothing(run: Run, night: Store) -> None:
    run("import", "-", typed=LIST)
    assert run("account", "test", "lakeshore").exit_code == 0
    assert len(night.read().all("applications")) == 2
