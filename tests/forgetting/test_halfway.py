"""Forgetting of which a part fails: what is left is told, the rest is gone, and it can be tried again."""

from __future__ import annotations

from datetime import UTC, datetime, time
from pathlib import Path

import pytest

from scraper import nightly
from scraper.settings import Home
from scraper.vault import Mode
from server.forgetting.steps import remove_nights
from tests.commands.conftest import Run
from tests.forgetting.lived import Machine, everything_below, lived_in
from tests.store.keychains import TRUSTED, Keyring, Locked, pretend
from tests.sync.ways import Way


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
