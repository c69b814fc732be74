"""How soon the popup shows something after a true click on the icon, with 2,000 applications in the store.

First paint is Chromium's own figure (`first-contentful-paint`), counted from the start of loading the popup;
"list" is when the first rows of all applications stand in it, after the server's answer. The rival is a bare
page of the same browser that holds one line of text: what nobody can beat.
"""

from __future__ import annotations

import statistics
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, sync_playwright

from scraper.browsers import find_browser
from scraper.model import Application, Confidence, PageKind, ParsedPage, Stage
from scraper.settings import Home
from scraper.store import Store, record_page
from server import pairing, utc_now
from server.asking.gazetteer import ensure_index
from server.listen import serving
from tests.browser.icon import click_icon

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
APPLICATIONS = 2_000
ROUNDS = 10
STAGES = (Stage.RECEIVED, Stage.UNDER_REVIEW, Stage.REFERRED, Stage.NOT_SELECTED)

PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
ROWS = """new Promise((done) => {
    const look = () => document.querySelector('.row') ? done(performance.now()) : requestAnimationFrame(look);
    look();
})"""


def fill(store: Store) -> None:
    """Two thousand applications at forty employers."""
    for number in range(40):
        host = f"tenant{number}.wd5.myworkdayjobs.com"
        rows = tuple(
            Application(
                portal="workday",
                host=host,
                external_id=f"R-{number}-{row}",
                title=f"Registered Nurse {number}-{row}",
                company=f"Clinic {number}",
                status_raw="Under Consideration",
                stage=STAGES[row % 4],
                confidence=Confidence.LIKELY,
                location="US-OH-Cleveland",
                requisition=f"R-{number}{row:03d}",
            )
            for row in range(APPLICATIONS // 40)
        )
        page = ParsedPage(url=f"https://{host}/", host=host, kind=PageKind.APPLICATIONS, applications=rows)
        record_page(store, None, page, seen_at=datetime.now(UTC), complete=True)


def open_context(folder: str) -> BrowserContext:
    """Chromium with the extension, started by hand: benchmarks run without pytest."""
    playwright = sync_playwright().start()
    return playwright.chromium.launch_persistent_context(
        folder,
        executable_path=find_browser(),
        headless=False,
        args=[
            "--headless=new",
            "--no-sandbox",
            f"--load-extension={EXTENSION}",
            f"--disable-extensions-except={EXTENSION}",
        ],
    )


def one_round(context: BrowserContext, page: Page) -> tuple[float, float]:
    """First paint and first rows of one click, in milliseconds."""
    popup = click_icon(context, page)
    rows = float(popup.evaluate(ROWS))
    paint = float(popup.wait(PAINT))
    popup.close()
    return paint, rows


def bare_page(context: BrowserContext) -> float:
    """First paint of a page with one line of text."""
    page = context.new_page()
    page.goto("data:text/html,<p>InTown")
    page.wait_for_function(f"() => {PAINT}")
    paint = float(page.evaluate(PAINT))
    page.close()
    return paint


def run() -> list[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(*(Path(folder) / name for name in ("data", "cache", "logs"))).make()
        store = Store(home.store)
        fill(store)
        ensure_index(home.cache)  # else the first answer waits some seconds for it
        with serving(home) as port:
            context = open_context(f"{folder}/profile")
            try:
                figures = measure(context, store, port)
            finally:
                context.close()
    return figures


def measure(context: BrowserContext, store: Store, port: int) -> list[dict[str, Any]]:
    """The figures, after one click that nobody counts."""
    worker = (
        context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
    )
    issued = pairing.issue(store, "Benchmark", utc_now())
    connection = {"port": port, "token": issued.token, "client": issued.client}
    worker.evaluate(
        "(connection) => chrome.storage.local.set({connection, 'kept:view': 'all', "
        "'kept:filter': {text: '', filter: 'every'}})",
        connection,
    )
    page = context.pages[0]
    one_round(context, page)
    rounds = [one_round(context, page) for _ in range(ROUNDS)]
    bare = statistics.median(bare_page(context) for _ in range(ROUNDS))
    paint = statistics.median(paint for paint, _ in rounds)
    rows = statistics.median(rows for _, rows in rounds)
    what = f"popup, {APPLICATIONS:,} applications"
    return [
        {
            "what": f"{what}: first paint",
            "ours": paint,
            "unit": "ms",
            "rival": "a bare page",
            "theirs": bare,
            "ratio": paint / bare,
            "promise": "≤ 150 ms",
        },
        {"what": f"{what}: first rows of the list", "ours": rows, "unit": "ms"},
    ]
