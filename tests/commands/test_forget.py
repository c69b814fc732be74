"""`intown forget-everything`: nothing of a person is left, and nothing of anybody else is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from scraper import nightly
from scraper.nightly_ways import Job, NightlyError
from scraper.settings import Home
from scraper.store import Store
from scraper.sync import one_at_a_time
from scraper.vault import Mode, Vault
from server.forgetting import steps
from server.forgetting.steps import remove_nights
from server.listen import bind
from server.running import Running, announced, note_file, running
from tests.asking.worlds import NOW
from tests.commands.conftest import Run, sentence
from tests.portable.homes import furnished
from tests.store.keychains import Keyring, Locked, pretend

TRUSTED = ("keyring.backends.SecretService", "Keyring")


@dataclass
class Way:
    """A scheduler of a pretended machine."""

    name: str = "cron"
    there: bool = True
    works: bool = True
    fails: str = ""

    def usable(self) -> bool:
        return self.works

    def install(self, job: Job) -> None:
        self.there = True

    def installed(self) -> bool:
        return self.there

    def remove(self) -> None:
        if self.fails:
            raise NightlyError(self.fails)
        self.there = False


@dataclass
class Machine:
    ways: tuple[Way, ...] = field(default_factory=lambda: (Way(),))


@pytest.fixture(autouse=True)
def machine(monkeypatch: pytest.MonkeyPatch) -> Machine:
    """No test touches the scheduler of the person who runs it."""
    made = Machine()
    monkeypatch.setattr(steps, "schedulers", lambda _: made.ways)
    return made


@pytest.fixture
def keychain(monkeypatch: pytest.MonkeyPatch) -> Keyring:
    keyring: Keyring = pretend(monkeypatch, Keyring, *TRUSTED)
    return keyring


def lived_in(home: Home, mode: Mode = Mode.KEYCHAIN) -> Store:
    """A home with everything InTown ever writes."""
    store = furnished(home)
    vault = Vault.choose(home, mode, "long enough" if mode is Mode.PASSPHRASE else None)
    if mode is not Mode.SESSIONS_ONLY:
        vault.set_password("lakeshore", "secret")
        vault.set_totp("lakeshore", "GEZDGNBV")
    vault.save_session("lakeshore", {"cookies": []})
    nightly.switch_on(home, time(2, 30), NOW, [Way(there=False)])
    with one_at_a_time(home):
        pass
    for name in ("sync.log", "sync.log.1", "server.log", "login.log", "sync-now.log"):
        (home.logs / name).write_text("line\n")
    for folder in ("evidence/20270801-lakeshore", "recordings"):
        (home.logs / folder).mkdir(parents=True)
        (home.logs / folder / "page.html").write_text("<p>")
    for name in ("places.sqlite", "places.sqlite.77.tmp", "session.key"):
        (home.cache / name).write_bytes(b"x")
    (home.data / "intown.json").with_name(".intown.json.abcdef.tmp").write_text("cut off")
    return store


def everything_below(home: Home) -> list[Path]:
    return sorted(home.data.parent.rglob("*")) if home.data.parent.exists() else []


@pytest.mark.parametrize("mode", list(Mode))
def test_nothing_is_left(home: Home, run: Run, keychain: Keyring, machine: Machine, mode: Mode) -> None:
    lived_in(home, mode)
    assert (len(keychain.entries) > 2) is (mode is Mode.KEYCHAIN)
    done = run("forget-everything", "--yes")
    assert done.exit_code == 0, done.output
    assert everything_below(home) == []
    assert not home.data.parent.exists()
    assert keychain.entries == {}
    assert not machine.ways[0].there
    for words in (
        "applications, history",
        "earlier states",
        "the nightly entry (cron)",
        "logs, and pages",
        "⚙, Privacy",
    ):
        assert words in " ".join(done.output.split()), done.output
    assert max(len(line) for line in done.output.splitlines()) <= 80


def test_the_same_again_finds_nothing(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    run("forget-everything", "--yes")
    done = run("forget-everything", "--yes")
    assert (done.exit_code, done.output.splitlines()[0]) == (0, "There is nothing to forget.")
    assert not home.data.parent.exists()


@pytest.mark.parametrize("typed", ["", "yes\n", "forge\n", "\n"])
def test_another_word_forgets_nothing(home: Home, run: Run, keychain: Keyring, typed: str) -> None:
    lived_in(home)
    before = everything_below(home)
    done = run("forget-everything", typed=typed)
    assert done.exit_code == 1
    assert everything_below(home) == before
    assert keychain.entries


def test_the_word_is_enough(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    assert run("forget-everything", typed=" Forget\n").exit_code == 0
    assert everything_below(home) == []


def test_files_of_others_stay_and_are_named(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    strangers = [home.data / "thesis.odt", home.data / "backups" / "photos.zip", home.logs / "diary.log"]
    for path in strangers:
        path.write_text("mine")
    done = run("forget-everything", "--yes")
    assert done.exit_code == 0
    assert [path for path in everything_below(home) if path.is_file()] == sorted(strangers)
    assert "thesis.odt: not made by InTown" in " ".join(done.output.split())
    assert str(home.data / "backups") in done.output


# --- somebody points it elsewhere


@pytest.mark.parametrize("what", ["data", "cache", "logs"])
def test_nothing_is_removed_through_a_link(home: Home, run: Run, tmp_path: Path, what: str) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    for name in ("intown.json", "sync.log", "places.sqlite"):
        (victim / name).write_text("not for you")
    folder: Path = getattr(home, what)
    folder.rmdir()
    folder.symlink_to(victim)
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert f"{folder} is a link to {victim}" in sentence(done)
    assert len(list(victim.iterdir())) == 3


@pytest.mark.parametrize("name", ["backups", "vault"])
def test_links_inside_go_and_what_is_behind_them_stays(
    home: Home, run: Run, tmp_path: Path, name: str
) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    for kept in ("intown-g000000000001.json", "passwords.sealed"):
        (victim / kept).write_text("not for you")
    (home.data / "intown.json").write_text("{}")
    (home.data / name).symlink_to(victim)
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert f"{victim}: {name} was a link to it" in " ".join(done.output.split())
    assert len(list(victim.iterdir())) == 2
    assert everything_below(home) == []


def test_a_store_that_is_a_link_is_told(home: Home, run: Run, tmp_path: Path) -> None:
    real = tmp_path / "disk" / "real.json"
    real.parent.mkdir()
    real.write_text("{}")
    home.store.symlink_to(real)
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert str(real) in done.output
    assert real.exists()
    assert not home.store.is_symlink()


def test_evidence_that_links_elsewhere(home: Home, run: Run, tmp_path: Path) -> None:
    victim = tmp_path / "victim"
    victim.mkdir()
    (victim / "a").write_text("not for you")
    (home.logs / "evidence").mkdir()
    (home.logs / "evidence" / "x").symlink_to(victim)
    assert run("forget-everything", "--yes").exit_code == 0
    assert (victim / "a").exists()


def test_a_folder_that_is_not_intowns(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if somebody's own home folder, with a folder called "data" in it, was taken for InTown's."""
    mine = tmp_path / "mine"
    (mine / "data").mkdir(parents=True)
    (mine / "data" / "thesis.odt").write_text("mine")
    monkeypatch.setenv("HOME", str(mine))
    monkeypatch.setenv("INTOWN_HOME", str(mine))
    done = run("forget-everything", "--yes")
    assert (done.exit_code, (mine / "data" / "thesis.odt").read_text()) == (1, "mine")
    assert "is not InTown's. Look at INTOWN_HOME" in sentence(done)


# --- somebody is at work


def test_not_while_a_sync_runs(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    before = everything_below(home)
    with one_at_a_time(home):
        done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert "A sync is running" in sentence(done)
    assert everything_below(home) == before
    assert keychain.entries


@pytest.fixture
def server_process(home: Home) -> Iterator[subprocess.Popen[str]]:
    with bind(0) as place:
        port = place.getsockname()[1]
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as running_one:
        assert running_one.stdout is not None
        running_one.stdout.readline()
        yield running_one
        running_one.kill()


def test_not_while_the_server_runs(
    home: Home, run: Run, keychain: Keyring, server_process: subprocess.Popen[str]
) -> None:
    lived_in(home)
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert f"kill {server_process.pid}" in sentence(done)
    assert home.store.exists()
    server_process.kill()  # without a chance to say goodbye
    server_process.wait()
    assert running(home) is None
    assert run("forget-everything", "--yes").exit_code == 0
    assert everything_below(home) == []


def test_the_note_of_a_server(home: Home) -> None:
    assert running(home) is None
    assert not list(home.data.iterdir()), "looking makes no file"
    with announced(home, 4711, NOW):
        assert running(home) == Running(4711, os.getpid(), running(home).version)  # type: ignore[union-attr]
        with announced(home, 4712, NOW):  # a second one, on another port
            assert running(home).port == 4711  # type: ignore[union-attr]
        assert running(home) is not None
        note_file(home).write_text("[]")
        assert running(home) == Running()
        note_file(home).unlink()
        assert running(home) == Running()
    assert running(home) is None


# --- half of it fails


def test_a_locked_keychain_is_told_and_can_be_tried_again(
    home: Home, run: Run, keychain: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived_in(home)
    with monkeypatch.context() as locked:
        pretend(locked, Locked, *TRUSTED)
        done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert "Left: the passwords in the system's keychain" in done.output
    assert not home.store.exists(), "the rest is gone all the same"
    assert keychain.entries
    assert run("forget-everything", "--yes").exit_code == 0
    assert keychain.entries == {}
    assert everything_below(home) == []


def test_a_damaged_list_of_accounts(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    (home.data / "vault" / "accounts.json").write_text("{")
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert "the list of the accounts cannot be read" in " ".join(done.output.split())
    assert (home.data / "vault" / "vault.json").exists()


def test_a_damaged_vault_is_removed_and_the_keychain_told_of(home: Home, run: Run, keychain: Keyring) -> None:
    lived_in(home)
    (home.data / "vault" / "vault.json").write_text("{")
    done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert "remove the entries called InTown" in " ".join(done.output.split())
    assert everything_below(home) == []


def test_a_damaged_vault_of_files_leaves_nothing(home: Home, run: Run) -> None:
    lived_in(home, Mode.PASSPHRASE)
    (home.data / "vault" / "vault.json").unlink()
    done = run("forget-everything", "--yes")
    assert done.exit_code == 0, done.output
    assert everything_below(home) == []


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"\0" * 100, b'{"format":"intown-store","schema_version":99}\n{}\n']
)
def test_a_damaged_or_newer_store_is_no_hindrance(
    home: Home, run: Run, keychain: Keyring, content: bytes
) -> None:
    lived_in(home)
    home.store.write_bytes(content)
    assert run("forget-everything", "--yes").exit_code == 0
    assert everything_below(home) == []


def test_one_file_that_cannot_be_removed_stops_no_other(
    home: Home, run: Run, keychain: Keyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    lived_in(home)
    unlink = Path.unlink

    def stubborn(path: Path, missing_ok: bool = False) -> None:
        if path.name == "intown.json":
            raise PermissionError(13, "Permission denied", str(path))
        unlink(path, missing_ok=missing_ok)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "unlink", stubborn)
        done = run("forget-everything", "--yes")
    assert done.exit_code == 1
    assert f"Left: {home.store} (Permission denied)." in " ".join(done.output.split())
    assert "applications, history" not in done.output
    assert [path.name for path in everything_below(home) if path.is_file()] == ["intown.json"]
    assert run("forget-everything", "--yes").exit_code == 0


def test_nights_that_cannot_be_removed(home: Home, machine: Machine) -> None:
    lived_in_nights(home)
    machine.ways = (
        Way("systemd", works=False),
        Way("launchd", there=False, works=False),
        Way("task scheduler", works=False),
        Way("cron", fails="crontab said: no."),
    )
    done = remove_nights(home)
    assert not done.well
    assert "the entry of systemd (it cannot be reached from here" in done.text
    assert "the entry of cron (crontab said: no.)" in done.text
    assert "task scheduler" not in done.text


def test_the_nights_of_another_home_go_on(home: Home, machine: Machine) -> None:
    assert remove_nights(home).well
    assert machine.ways[0].there


def test_nights_whose_entry_is_gone_already(home: Home, machine: Machine) -> None:
    lived_in_nights(home)
    machine.ways = (Way(there=False),)
    done = remove_nights(home)
    assert (done.well, done.text) == (True, "")


def lived_in_nights(home: Home) -> None:
    nightly.switch_on(home, time(2, 30), datetime.now(UTC), [Way(there=False)])
