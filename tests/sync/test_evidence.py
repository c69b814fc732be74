"""What is kept of visits that went wrong stays within its number and its size."""

from __future__ import annotations

from pathlib import Path

import pytest

from scraper import evidence


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
