"""What is kept of visits that went wrong stays within its number and its size."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

import pytest

from scraper import evidence
from scraper.accounts import account_from_url
from scraper.browser_session import BrowserGone
from scraper.model import PageSnapshot
from scraper.settings import Home
from tests.sync.staged import LIST


def kept(folder: Path, sizes: list[int]) -> list[str]:
    """The names that stay of so many, made one after the other."""
    for number, size in enumerate(sizes):
        one = folder / f"20270801-02{number:02}00-lakeshore"
        one.mkdir(parents=True)
        (one / "page.html").write_bytes(b"x" * (size // 2))
        (one / "page.png").write_bytes(b"x" * (size - size // 2))
    evidence.let_go(folder)
    return sorted(path.name[11:13] for path in folder.iterdir())


def test_the_newest_thirty_stay(tmp_path: Path) -> None:
    assert kept(tmp_path, [10] * 33) == [f"{number:02}" for number in range(3, 33)]


def test_the_oldest_go_when_the_budget_is_used_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence, "BUDGET", 100)
    assert kept(tmp_path / "many", [30] * 7) == ["04", "05", "06"]
    assert kept(tmp_path / "one too large", [30, 101]) == ["01"]  # it is what the person is told to look at


class Broken:
    """A tab of which the page, or only its picture, cannot be had any more."""

    gate = document = None

    def __init__(self, *, page: bool) -> None:
        self.page = page

    async def snapshot(self) -> PageSnapshot:
        if not self.page:
            raise BrowserGone("The browser was closed.")
        return PageSnapshot(
            url=LIST, captured_at=datetime.now(UTC), html="<p>Dana Reyes, dreyes@x.example, DREYES"
        )

    async def picture(self, path: Path) -> None:
        raise BrowserGone("The browser was closed.")


@pytest.mark.parametrize("page", [True, False], ids=["no picture", "nothing"])
def test_what_could_be_saved_stays_and_a_failure_is_only_logged(
    home: Home, caplog: pytest.LogCaptureFixture, page: bool
) -> None:
    account, tab = account_from_url(LIST, username="dreyes"), cast(Any, Broken(page=page))
    folder = asyncio.run(evidence.keep_evidence(tab, home, account, "reading", "It went wrong."))
    assert (folder is not None) is page
    if folder is not None:
        assert {path.name for path in folder.iterdir()} == {"page.html", "step.txt"}
        assert (folder / "page.html").read_text() == "<p>Dana Reyes, user@example.org, user"
    (record,) = caplog.records
    assert "BrowserGone" in record.getMessage()


@pytest.mark.parametrize(
    ("name", "left"), [("dr", "a drawing by dr"), ("dra", "a userwing by dr"), ("", "a drawing by dr")]
)
def test_a_name_of_two_letters_is_in_every_other_word(name: str, left: str) -> None:
    assert evidence.scrub("a drawing by dr", account_from_url(LIST, username=name)) == left
