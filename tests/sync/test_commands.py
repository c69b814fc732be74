"""`intown account`, `sync`, `login` and `nightly` as a person types them."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from fixtures.portals import FakePortals
from scraper import accounts
from scraper.outcomes import InTownError, Outcome
from scraper.settings import Home
from scraper.store import Store
from scraper.sync import Options, one_at_a_time
from scraper.sync_result import SyncResult
from scraper.vault import Vault
from server.cli import intown
from server.commands.sync import exit_code, run_sync, show_results
from tests.sync.conftest import PASSPHRASE, Person

TALEO = "https://lakeshore.taleo.net/careersection/lakeshore_ext/jobdetail.ftl?job=48213&lang=en"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INTOWN_PASSPHRASE", PASSPHRASE)


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(intown, arguments, input=given)


def said(result: Result) -> str:
    """What the person reads in the end: the output, or our own error's sentence."""
    return result.exception.sentence if isinstance(result.exception, InTownError) else result.output


def test_any_address_of_a_portal_will_do(home: Home) -> None:
    result = run("account", "add", TALEO, "--username", "dreyes", "--password-stdin", given="a secret\n")
    assert result.exit_code == 0, result.output
    assert "Added lakeshore" in result.output
    assert "a secret" not in result.output
    (row,) = json.loads(run("account", "list", "--json").output)
    assert row["url"] == "https://lakeshore.taleo.net/careersection/lakeshore_ext/mysubmissions.ftl"
    assert (row["id"], row["host"], row["portal"], row["outcome"]) == (
        "lakeshore",
        "lakeshore.taleo.net",
        "taleo",
        None,
    )
    assert Vault.open(home).password("lakeshore") == "a secret"
    for path in home.data.rglob("*"):
        assert path.is_dir() or b"a secret" not in path.read_bytes()


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ("https://example.org/jobs", "does not know the portal at example.org"),
        ("http://lakeshore.taleo.net/careersection/2/mysubmissions.ftl", "starts with https://"),
        ("https://me@lakeshore.taleo.net/careersection/2/mysubmissions.ftl", "no user name"),
        ("https://www.linkedin.com/jobs-tracker/", "click on the icon only"),
        ("not an address at all", "portal"),
    ],
)
def test_what_cannot_be_added_is_said_in_a_sentence(url: str, sentence: str) -> None:
    result = run("account", "add", url, "--username", "me", "--no-password")
    assert result.exit_code != 0
    assert sentence in said(result)


def test_a_look_alike_is_another_host() -> None:
    made = accounts.account_from_url("https://l\u0430keshore.taleo.net/careersection/2/mysubmissions.ftl")
    assert made.host.startswith("xn--")


def test_the_same_login_twice_and_two_of_a_kind(home: Home) -> None:
    add = ("account", "add", TALEO, "--no-password")
    assert run(*add, "--username", "one").exit_code == 0
    again = run(*add, "--username", "one")
    assert "there already" in said(again)
    assert run(*add, "--username", "two").exit_code == 0
    rows = json.loads(run("account", "list", "--json").output)
    assert [row["id"] for row in rows] == ["lakeshore", "lakeshore-2"]
    assert "could be any of" in said(run("account", "remove", "taleo.net", "--yes"))


def test_edit_makes_a_refused_password_new(home: Home) -> None:
    run("account", "add", TALEO, "--username", "dreyes", "--password-stdin", given="old\n")
    store = Store(home.store)
    accounts.save_state(
        store, "lakeshore", outcome=Outcome.WRONG_PASSWORD, sentence="Refused.", submitted_version=1
    )
    assert run("account", "edit", "lake", "--employer", "Lakeshore Health").exit_code == 0
    account, state = accounts.find(store.read(), "lakeshore")
    assert (account.employer, state.outcome) == ("Lakeshore Health", Outcome.WRONG_PASSWORD)
    assert run("account", "edit", "lake", "--password-stdin", given="new\n").exit_code == 0
    account, state = accounts.find(store.read(), "lakeshore")
    assert (account.password_version, state.outcome) == (2, None)
    assert Vault.open(home).password("lakeshore") == "new"
    assert run("account", "edit", "lake", "--try-again").exit_code == 0
    assert accounts.find(store.read(), "lakeshore")[0].password_version == 3
    assert run("account", "edit", "lake").exit_code == 2
    assert run("account", "edit", "lake", "--password-stdin", "--no-password").exit_code == 2


def test_a_password_manager_can_be_named(home: Home) -> None:
    made = run("account", "add", TALEO, "--username", "me", "--password-command", "pass show 'my taleo'")
    assert made.exit_code == 0
    account, _ = accounts.find(Store(home.store).read(), "lakeshore")
    assert (account.secret, account.password_command) == ("command", ("pass", "show", "my taleo"))
    bad = run("account", "edit", "lake", "--password-command", "pass 'unclosed")
    assert "cannot be read" in said(bad)


def test_remove_forgets_the_secrets_and_keeps_the_rest(home: Home) -> None:
    run("account", "add", TALEO, "--username", "dreyes", "--password-stdin", given="old\n")
    Vault.open(home).save_session("lakeshore", {"storage": {}})
    assert run("account", "remove", "lakeshore", given="n\n").exit_code == 1
    assert run("account", "remove", "lakeshore", "--yes").exit_code == 0
    vault = Vault.open(home)
    assert vault.password("lakeshore") is None
    assert vault.session("lakeshore") is None
    assert "No portal yet" in run("account", "list").output


def test_a_removed_account_is_not_brought_back_by_a_late_visit(home: Home) -> None:
    run("account", "add", TALEO, "--username", "dreyes", "--no-password")
    store = Store(home.store)
    accounts.remove(store, "lakeshore")
    accounts.save_state(store, "lakeshore", outcome=Outcome.OK)
    assert accounts.all_accounts(store.read()) == []


def test_sync_without_accounts_is_wrong_usage(home: Home) -> None:
    result = run("sync")
    assert result.exit_code == 2
    assert "intown account add" in result.output


def test_a_person_presses_and_the_timer_does_not(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    run("account", "add", TALEO, "--username", "dreyes", "--no-password")
    pressed = []

    async def noted(*_: Any, options: Options, **__: Any) -> list[SyncResult]:
        pressed.append(options.pressed)
        return []

    monkeypatch.setattr("scraper.sync.sync_all", noted)
    assert run("sync").exit_code == 0
    assert run_sync(home) == 0  # what `intown nightly run` does
    assert pressed == [True, False]


def test_sync_of_an_unknown_account_names_those_there_are(home: Home) -> None:
    run("account", "add", TALEO, "--username", "dreyes", "--no-password")
    assert "There are: lakeshore." in said(run("sync", "nowhere"))


def test_a_second_sync_says_that_one_is_running(home: Home) -> None:
    run("account", "add", TALEO, "--username", "dreyes", "--no-password")
    with one_at_a_time(home):
        assert said(run("sync")) == "A sync is already running."


def result(outcome: Outcome, **more: Any) -> SyncResult:
    sentence = more.pop("sentence", "A sentence.")
    return SyncResult(
        account="a", employer="Employer", portal="Taleo", outcome=outcome, sentence=sentence, **more
    )


@pytest.mark.parametrize(
    ("outcomes", "code"),
    [
        ((Outcome.OK, Outcome.EMPTY), 0),
        ((Outcome.OK, Outcome.UNAVAILABLE), 1),
        ((Outcome.PARTIAL,), 1),
        ((Outcome.UNAVAILABLE, Outcome.CODE_NEEDED), 3),
        ((Outcome.OK, Outcome.WRONG_PASSWORD), 3),
    ],
)
def test_exit_codes(outcomes: tuple[Outcome, ...], code: int) -> None:
    assert exit_code([result(outcome) for outcome in outcomes]) == code


def test_text_of_a_portal_cannot_drive_the_terminal() -> None:
    from rich.console import Console

    console = Console(width=120, record=True, file=open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
    nasty = "[bold]x[/bold]\x1b[31m\x07\u202e"
    show_results([result(Outcome.UNAVAILABLE, sentence=nasty)], console)
    console.file.close()
    text = console.export_text(styles=False)
    assert "[bold]x[/bold]" in text
    assert not {"\x1b", "\x07", "\u202e"} & set(text)


@pytest.mark.browser
def test_a_whole_night_on_the_command_line(
    portals: FakePortals, person: Person, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in portals.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("INTOWN_HOME", str(person.home.data.parent))
    person.add(portals.host("lakeshore.taleo.net"))
    broken = person.add(portals.host("meridian.wd5.myworkdayjobs.com"))
    portals.host("meridian.wd5.myworkdayjobs.com").behave("code_needed")
    first = run("sync")
    assert first.exit_code == 3, first.output
    assert "8 read" in first.output
    assert "needs you: The site asks for a one-time code." in " ".join(first.output.split())
    assert f"intown login {broken.id}" in " ".join(first.output.split())
    portals.advance_day()
    second = run("sync", "lakeshore")
    assert second.exit_code == 0
    assert "Under review → Referred to hiring manager" in " ".join(second.output.split())
    third = json.loads(run("sync", "--json", "lakeshore").output)
    assert [a["outcome"] for a in third["accounts"]] == ["ok"]
    nights = json.loads(run("nightly", "status", "--json").output)
    assert (nights["on"], nights["last_run"] is not None) == (False, True)


@pytest.mark.browser
def test_testing_an_account_writes_how_it_went_and_nothing_else(
    portals: FakePortals, person: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in portals.environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("INTOWN_HOME", str(person.home.data.parent))
    host = portals.host("lakeshore.taleo.net")
    account = person.add(host)
    tried = run("account", "test", "lakeshore", "--json")
    assert tried.exit_code == 0, tried.output
    (told,) = json.loads(tried.output)["accounts"]
    assert (told["outcome"], told["read"], told["new"]) == ("ok", len(host.listed()), 0)
    assert person.applications() == {}
    state = person.state(account)
    assert (state.outcome, state.last_good, state.last_count) == (Outcome.OK, None, None)
    assert json.loads(run("sync", "--json").output)["accounts"][0]["how"] == "session"
    assert host.hits.login_submits == 1
    assert len(person.applications()) == len(host.listed())
    before = person.applications()
    portals.advance_day()
    assert json.loads(run("account", "test", "lakeshore", "--json").output)["accounts"][0]["how"] == "warm"
    assert person.applications() == before
    host.behave("maintenance")
    assert run("account", "test", "lakeshore").exit_code == 1
    assert person.state(account).outcome is Outcome.UNAVAILABLE
    assert "no account 'nowhere'" in said(run("account", "test", "nowhere"))
