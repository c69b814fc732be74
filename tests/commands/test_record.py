"""`intown record` where the page is opened in a window; `intown read` for people."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import pytest

from scraper import browser
from scraper.model import PageSnapshot
from tests.commands.conftest import Run, sentence

URL = "https://lakeshore.taleo.net/careersection/ext/mysubmissions.ftl"
PAGE = """<!doctype html><html lang="en"><head><link rel="canonical" href="https://careers.lakeshore.example/my"></head>
<body><h1>My applications</h1><table><tr><th>Position</th><th>Status</th><th>Date applied</th></tr>
<tr><td>Nurse Educator</td><td>Under review</td><td>2027-06-01</td></tr>
<tr><td>Charge Nurse</td><td>Not selected</td><td>2027-06-02</td></tr>
<tr><td>Clinic Manager</td><td>Received</td><td>2027-06-03</td></tr></table></body></html>"""


class Window:
    """A browser that a person uses; gives the page they went to."""

    opened: list[str]

    def __init__(self, network: object, *, headless: bool) -> None:
        assert not headless, "the person must see it"
        Window.opened = []

    async def __aenter__(self) -> Window:
        return self

    async def __aexit__(self, *_: object) -> None:
        pass

    @asynccontextmanager
    async def tab(self) -> AsyncIterator[Window]:
        yield self

    async def open(self, url: str) -> None:
        Window.opened.append(url)

    async def snapshot(self) -> PageSnapshot:
        return PageSnapshot(url=URL, html=PAGE, captured_at=datetime(2027, 8, 1, tzinfo=UTC))


def test_a_page_opened_in_a_window_is_kept_scrubbed(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(browser, "Browsers", Window)
    asked: list[Any] = []
    monkeypatch.setattr(click, "prompt", lambda text, **_: asked.append(text))
    out = tmp_path / "page.html"
    done = run("record", "--url", URL, "--name", "Nurse", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert Window.opened == [URL]
    assert len(asked) == 1
    assert "Look through both" in done.output
    assert "Nurse" not in out.read_text()
    assert out.with_suffix(".json").exists()


def test_what_is_left_stops_the_recording(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from server import recording

    monkeypatch.setattr(recording, "leftovers", lambda *_: ["a name"])
    page = tmp_path / "saved.html"
    page.write_text(PAGE)
    done = run("record", str(page), "--out", str(tmp_path / "out.html"))
    assert sentence(done) == "The page still holds a name; nothing was written. Try --name for names."
    assert not (tmp_path / "out.html").exists()


def test_a_page_read_for_a_person(run: Run, tmp_path: Path) -> None:
    page = tmp_path / "saved.html"
    page.write_text(PAGE)
    done = run("read", str(page))
    assert done.exit_code == 0, done.output
    lines = done.stdout.splitlines()
    assert lines[0] == "Unknown portal: applications"
    assert any("Nurse Educator" in line and "under_review" in line for line in lines), done.output


def test_a_status_and_its_reason(run: Run) -> None:
    done = run("stage", "-", typed="Interview\n\nNot selected for an interview\tTaleo\n")
    first, second = done.output.splitlines()
    assert first.startswith("Interview: interview_scheduled (likely)  It says interview")
    assert second.startswith("Not selected for an interview: not_selected (")


def test_the_portals_for_a_person(run: Run) -> None:
    lines = run("portals").output.splitlines()
    assert any("LinkedIn" in line and "read when you click" in line for line in lines)
    assert any("Taleo" in line and "read every night" in line for line in lines)
