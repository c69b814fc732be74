"""Sync now, from the popup."""

from __future__ import annotations

import json
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.accounts import account_from_url, add, save_state
from scraper.outcomes import Outcome
from scraper.settings import Home
from scraper.store import Store
from tests.server.conftest import Caller, Clock

TALEO = "https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl"


@pytest.fixture
def account(store: Store) -> str:
    return add(store, account_from_url(TALEO, employer="Lakeshore", username="dreyes")).id


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Stands in for `intown sync`: notes its arguments, then waits for a file and ends with the code in it."""
    noted, program = tmp_path / "arguments.json", tmp_path / "python"
    program.write_text(
        f"#!{sys.executable}\n"
        "import json, pathlib, sys, time\n"
        f"folder = pathlib.Path({str(tmp_path)!r})\n"
        "(folder / 'arguments.json').write_text(json.dumps(sys.argv[1:]))\n"
        "print((folder / 'says').read_text() if (folder / 'says').exists() else '')\n"
        "while not (folder / 'end').exists():\n"
        "    time.sleep(0.02)\n"
        "sys.exit(int((folder / 'end').read_text()))\n"
    )
    program.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(program))
    return noted


def wait_for_end(caller: Caller) -> dict[str, object]:
    for _ in range(500):
        answer = caller.get("/api/sync").get_json()
        if not answer["running"]:
            return dict(answer)
        time.sleep(0.02)
    raise AssertionError("the sync did not end")


def test_nothing_to_visit(caller: Caller) -> None:
    answer = caller.post("/api/sync", {})
    assert answer.status_code == 409
    assert answer.get_json()["error"]["code"] == "no_accounts"
    idle = caller.get("/api/sync").get_json()
    assert (idle["running"], idle["total"], idle["started_at"], idle["sentence"]) == (False, 0, None, "")


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        (0, "Every portal was read."),
        (3, "Some portals need you."),
        (1, "The sync did not go well everywhere"),
    ],
)
def test_it_starts_runs_and_ends(
    caller: Caller, account: str, command: Path, code: int, sentence: str
) -> None:
    answer = caller.post("/api/sync", {})
    assert answer.status_code == 202
    assert answer.get_json()["running"] is True
    (command.parent / "end").write_text(str(code))
    ended = wait_for_end(caller)
    assert ended["exit_code"] == code
    assert str(ended["sentence"]).startswith(sentence)
    assert json.loads(command.read_text()) == ["-m", "server.cli", "sync"]


def test_one_at_a_time(caller: Caller, account: str, command: Path) -> None:
    assert caller.post("/api/sync", {}).status_code == 202
    again = caller.post("/api/sync", {})
    assert (again.status_code, again.get_json()["error"]["code"]) == (409, "already_running")
    (command.parent / "end").write_text("0")
    wait_for_end(caller)
    assert caller.post("/api/sync", {}).status_code == 202
    wait_for_end(caller)


def test_one_account_by_its_exact_id(caller: Caller, account: str, command: Path) -> None:
    (command.parent / "end").write_text("0")
    assert caller.post("/api/sync", {"account": account}).status_code == 202
    wait_for_end(caller)
    assert json.loads(command.read_text()) == ["-m", "server.cli", "sync", "--", account]


@pytest.mark.parametrize("name", ["--help", "nobody", "; rm -rf /", "$(id)", "\x00"])
def test_a_name_that_is_no_account_reaches_no_command_line(
    caller: Caller, account: str, command: Path, name: str
) -> None:
    assert caller.post("/api/sync", {"account": name}).status_code == 404
    assert not command.exists()


def test_progress_counts_the_accounts_that_have_ended(
    caller: Caller, account: str, command: Path, store: Store, clock: Clock
) -> None:
    save_state(store, account, checked_at=clock() - timedelta(days=1))
    assert caller.post("/api/sync", {}).get_json()["done"] == 0
    save_state(
        store,
        account,
        outcome=Outcome.CODE_NEEDED,
        sentence="The site asks for a one-time code.",
        fix=f"intown login {account}",
        checked_at=clock() + timedelta(seconds=5),
    )
    running = caller.get("/api/sync").get_json()
    assert (running["done"], running["total"], running["running"]) == (1, 1, True)
    assert running["accounts"][0]["outcome"] == "code_needed"
    assert running["accounts"][0]["fix"] == f"intown login {account}"
    (command.parent / "end").write_text("3")
    wait_for_end(caller)


def test_what_the_sync_prints_is_private(caller: Caller, account: str, command: Path, home: Home) -> None:
    (command.parent / "end").write_text("0")
    caller.post("/api/sync", {})
    wait_for_end(caller)
    assert (home.logs / "sync-now.log").stat().st_mode & 0o077 == 0


def test_a_sync_that_could_not_begin_says_why(caller: Caller, account: str, command: Path) -> None:
    (command.parent / "says").write_text(
        "one line\nThe passphrase is needed; \x1b[31mpassword=hunter22 run it here.\n"
    )
    (command.parent / "end").write_text("1")
    caller.post("/api/sync", {})
    said = str(wait_for_end(caller)["sentence"])
    assert said.startswith("The passphrase is needed;")
    assert "hunter22" not in said
    assert "\x1b" not in said
