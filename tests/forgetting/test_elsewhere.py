"""Forgetting where somebody points it elsewhere: nothing is removed through a link or in a folder of others."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper.settings import Home
from tests.commands.conftest import Run, sentence
from tests.forgetting.lived import everything_below


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
