"""The README's first command, as a newcomer runs it, and its browser."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.async_api import async_playwright

from fixtures.demo_open import launch
from fixtures.portals import serve
from fixtures.portals.story import HARBOR

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the demo puts its temporary files."""
    return tmp_path_factory.mktemp("demo")


@pytest.fixture(scope="module")
def told(folder: Path) -> subprocess.CompletedProcess[str]:
    """The whole demo, once, in a process of its own."""
    environment = {key: value for key, value in os.environ.items() if key != "DISPLAY"}
    return subprocess.run(
        [sys.executable, "-m", "server.cli", "demo"],
        capture_output=True,
        text=True,
        timeout=300,
        env=environment | {"COLUMNS": "110", "TMPDIR": str(folder), "TEMP": str(folder)},
        check=False,
    )


def test_it_ends_by_itself_and_well(told: subprocess.CompletedProcess[str]) -> None:
    assert told.returncode == 0, told.stdout + told.stderr
    assert "Traceback" not in told.stderr


def test_every_portal_is_read_to_its_end(told: subprocess.CompletedProcess[str]) -> None:
    first = told.stdout.split("A night later")[0]
    for employer, count in (("Lakeshore Health", 8), ("Meridian Labs", 10), ("Harbor Biotech", 4)):
        assert re.search(rf"{employer}\s+(Taleo|Workday)\s+ok\s+{count} read\s+{count} new", first), employer


def test_whom_to_ask(told: subprocess.CompletedProcess[str]) -> None:
    cards = told.stdout.split("$ intown suggest")[1].split("A night later")[0]
    for name in ("A. Alvarez", "B. Osei", "C. Lindqvist", "T. Marchetti"):
        assert re.search(rf"^\d  {re.escape(name)} · ", cards, re.M), name
    assert "Clinic Manager" not in cards, "an application that was refused"
    assert "Clinical Research Nurse" not in cards, "a draft"
    assert "San Diego" not in cards, "another city"


def test_the_email_is_whole(told: subprocess.CompletedProcess[str]) -> None:
    email = told.stdout.split("Subject:")[1].split("A night later")[0]
    assert email.index("Dear A. Alvarez,") < email.index("Dana Reyes · (555) 010-0142")
    assert "(48213)" in email
    assert "(48220)" in email
    for other in ("Meridian", "Harbor", "Osei", "Lindqvist"):
        assert other not in email


def test_the_second_night_tells_what_changed(told: subprocess.CompletedProcess[str]) -> None:
    second = told.stdout.split("A night later")[1]
    assert re.search(r"Nurse Educator.*Under review → Referred to hiring manager", second)
    assert re.search(r"Laboratory Quality Manager.*In Process → Interview", second)
    assert " new" not in second


def test_nothing_of_it_stays_on_the_machine(told: subprocess.CompletedProcess[str], folder: Path) -> None:
    assert list(folder.iterdir()) == []


def test_without_a_screen_open_says_so() -> None:
    if not sys.platform.startswith("linux"):
        return  # elsewhere there always is one
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    code = "from fixtures.demo_open import stay_open; stay_open(None, None)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False
    )
    assert "There is no screen here" in done.stderr


def test_the_open_browser_is_paired_and_shows_the_list(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = {"port": 47615, "token": "token", "client": "client"}

    async def look() -> tuple[str, str, object]:
        async with async_playwright() as playwright:
            context = await launch(playwright, str(tmp_path / "profile"), portals, connection, headless=True)
            page = context.pages[0]
            title, body = await page.title(), await page.inner_text("body")
            kept = await context.service_workers[0].evaluate("() => chrome.storage.local.get('connection')")
            await context.close()
            return title, body, kept["connection"]

    with serve() as portals:
        for name, value in portals.environment.items():
            monkeypatch.setenv(name, value)
        title, body, kept = asyncio.run(look())
        assert portals.host(HARBOR).hits.total == 0
    assert title == "My Submissions"
    assert "Charge Nurse, Cardiac ICU" in body
    assert kept == connection
