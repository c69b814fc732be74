"""Captured pages: private files of their own, oldest dropped when the budget is used up."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path

import pytest

from scraper.store import StoreError
from scraper.store_pages import CapturedPages
from tests.store.pages import START


def test_a_page_is_private_and_its_name_harmless(tmp_path: Path) -> None:
    pages = CapturedPages(tmp_path / "pages")
    path = pages.save("../../etc/pass wd\n", b"<p>", at=START)
    assert path.parent == pages.folder
    assert path.name == "20260302T023000000000-etc-pass-wd.html"
    assert path.read_bytes() == b"<p>"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600 or os.name == "nt"
    assert pages.save("", b"", at=START).name.endswith("-page.html")


def test_the_oldest_go_first(tmp_path: Path) -> None:
    pages = CapturedPages(tmp_path, budget=100)
    for number in range(7):
        pages.save(f"p{number}", b"x" * 30, at=START + timedelta(minutes=number))
        assert pages.size() <= 100
    assert [path.name[-7:] for path in pages.files()] == ["p4.html", "p5.html", "p6.html"]
    with pytest.raises(ValueError, match="budget"):
        pages.save("large", b"x" * 101, at=START)
    assert len(pages.files()) == 3
    pages.clear()
    assert pages.files() == []


def test_a_full_disk_is_a_sentence_and_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", refuse)
    pages = CapturedPages(tmp_path / "pages")
    with pytest.raises(StoreError, match="disk is full"):
        pages.save("p", b"x", at=START)
    assert list(pages.folder.iterdir()) == []
