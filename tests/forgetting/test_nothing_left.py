"""`intown forget-everything`: nothing of a person is left, and nothing of anybody else is touched."""

from __future__ import annotations

import pytest

from scraper.settings import Home
from scraper.vault import Mode
from tests.commands.conftest import Run
from tests.forgetting.lived import Machine, everything_below, lived_in
from tests.store.keychains import Keyring


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
