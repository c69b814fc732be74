"""The release check itself: each step can fail, and says so in one sentence."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from scraper import __version__
from tests.release import check, notes

GOOD = f"# Changelog\n\n## {__version__} (2027-01-02)\n\n- A line.\n\n## 0.0.9 (2026-12-01)\n\n- Older.\n"


@pytest.fixture
def bench(tmp_path: Path) -> check.Bench:
    """A folder in which nothing was built or installed."""
    return check.Bench(tmp_path)


def test_a_section_is_cut_out_of_the_changelog() -> None:
    first, second = notes.sections(GOOD)
    assert (first.version, first.day, first.text) == (__version__, "2027-01-02", "- A line.")
    assert second.text == "- Older."


@pytest.mark.parametrize(
    ("changelog", "says"),
    [
        (GOOD, ""),
        ("# Changelog\n", "none"),
        (GOOD.replace(__version__, "9.9.9"), "9.9.9"),
        (GOOD.replace("2027-01-02", "unreleased"), "put the day"),
        (GOOD.replace("- A line.", ""), "says nothing"),
    ],
)
def test_a_changelog_fits_a_release_or_not(changelog: str, says: str) -> None:
    told = notes.why_not(changelog, __version__)
    assert says in told
    assert bool(says) == bool(told)


def test_the_notes_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    assert notes.main([]) == 0
    assert f"InTown {__version__}" in capsys.readouterr().out
    assert notes.main(["77.0"]) == 1


def test_uncommitted_files_stop_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bench: check.Bench
) -> None:
    monkeypatch.chdir(tmp_path)
    git = ("git", "-c", "user.name=A", "-c", "user.email=a@example.org")
    subprocess.run([*git, "init", "-q"], check=True)
    (tmp_path / "kept").write_text("x")
    subprocess.run([*git, "add", "kept"], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "x"], check=True)
    monkeypatch.setattr(check, "ROOT", tmp_path)
    assert len(check.clean_tree(bench)) >= 7
    (tmp_path / "new").write_text("y")
    with pytest.raises(check.NotReady, match=r"1 files are not committed, first new"):
        check.clean_tree(bench)


def test_versions_that_differ_stop_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bench: check.Bench
) -> None:
    monkeypatch.setattr(check, "ROOT", tmp_path)
    (tmp_path / "CHANGELOG.md").write_text(GOOD)
    (tmp_path / "extension").mkdir()
    manifest = tmp_path / "extension" / "manifest.json"
    manifest.write_text(f'{{"version": "{__version__}"}}')
    assert __version__ in check.one_version(bench)
    manifest.write_text('{"version": "0.0.1"}')
    with pytest.raises(check.NotReady, match=r"manifest\.json says 0\.0\.1"):
        check.one_version(bench)


def test_what_could_not_be_built_or_installed_is_not_tried(bench: check.Bench) -> None:
    for step in (
        check.described,
        check.installs,
        check.answers,
        check.serves,
        check.tells_the_story,
        check.zips,
    ):
        with pytest.raises(check.NotReady, match="not tried"):
            step(bench)


def test_a_program_that_fails_or_hangs_is_one_sentence() -> None:
    with pytest.raises(check.NotReady, match=r"ended with 3 and said: no luck"):
        check.run(sys.executable, "-c", "print('no luck'); raise SystemExit(3)", limit=60)
    with pytest.raises(check.NotReady, match="was not done after"):
        check.run(sys.executable, "-c", "import time; time.sleep(60)", limit=0.1)


def test_all_steps_are_tried_and_told(bench: check.Bench, capsys: pytest.CaptureFixture[str]) -> None:
    def bad(_: check.Bench) -> str:
        raise check.NotReady("do this first")

    assert check.check({"one": bad, "two": lambda _: "fine"}, bench) == ["one"]
    assert capsys.readouterr().out == "FAILED  one: do this first\nok      two: fine\n"
