"""The fake of each portal, read in a real browser to the end of its list: every row true, sync and click alike.

The fakes were written from the same facts by other hands than the modules, so they stand for pages that the
modules have not seen.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from fixtures.portals import FakeHost, FakePortals, greenhouse, icims, indeed, serve, taleo, workday
from fixtures.portals.every_kind import everything
from scraper.model import Application, Click, Frame, PageKind, PageSnapshot, ParsedPage
from scraper.portals import portal_for_url
from scraper.reading.page import parse_page

pytestmark = pytest.mark.browser

CAPTURE = (Path(__file__).parents[2] / "extension" / "capture.js").read_text("utf-8")
CAPTURED = f"() => {{ {CAPTURE}\nreturn captureDocument().html; }}"
HOSTS = [tenant.host for tenant in everything()]
MOST_PAGES = 12
COOKIES = {
    "brassring": "tg_session",
    "greenhouse": greenhouse.COOKIE,
    "healthcaresource": "CSSession",
    "icims": icims.COOKIE,
    "indeed": indeed.COOKIE,
    "linkedin": "li_at",
    "neogov": "ASP.NET_SessionId",
    "oracle": "ORA_CX_SESSION",
    "peoplesoft": "EVPRD-PSJSESSIONID",
    "smartrecruiters": "cp_session",
    "successfactors": "JSESSIONID",
    "taleo": taleo.COOKIE,
    "ukg": "ultirec",
    "usajobs": "USAJOBSAuth",
    "workday": workday.COOKIE,
}


@pytest.fixture(scope="module")
def running() -> Iterator[FakePortals]:
    with serve(tenants=everything()) as portals:
        yield portals


def signed_in(chromium: Browser, fake: FakeHost) -> Page:
    """A tab whose web session is open already: signing in has tests of its own."""
    portal = portal_for_url(fake.list_url)
    assert portal is not None
    assert portal.kind == fake.tenant.kind
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    token = fake.open_session(fake.user, stage="in").token
    context.add_cookies(
        [
            {
                "name": COOKIES[fake.tenant.kind],
                "value": token,
                "domain": fake.name,
                "path": "/",
                "secure": True,
            }
        ]
    )
    return context.new_page()


def snapshot(tab: Page, *, cleaned: bool) -> PageSnapshot:
    """The page as it is now: as the browser writes it out, or as the capture cleans it."""
    frames = [frame for frame in tab.frames[1:] if frame.url.startswith("https://")]
    return PageSnapshot(
        url=tab.url,
        captured_at=datetime.now(UTC),
        title=tab.title(),
        html=tab.evaluate(CAPTURED) if cleaned else tab.content(),
        frames=tuple(
            Frame(url=frame.url, html=frame.evaluate(CAPTURED) if cleaned else frame.content())
            for frame in frames
        ),
    )


def settled(tab: Page, before: ParsedPage | None) -> ParsedPage:
    """The page once it lists something, and something else than before."""
    for _ in range(100):
        page = parse_page(snapshot(tab, cleaned=True))
        listed = page.kind is PageKind.APPLICATIONS
        if listed and (before is None or page.applications != before.applications):
            return page
        tab.wait_for_timeout(50)
    raise AssertionError(f"{tab.url} stays {page.kind}: {page.warnings}")


@pytest.mark.parametrize("host", HOSTS)
def test_reads_the_whole_list_and_nothing_else(chromium: Browser, portals: FakePortals, host: str) -> None:
    fake = portals.host(host)
    tab = signed_in(chromium, fake)
    tab.goto(fake.list_url)
    expect(tab.locator("[data-automation-id=loading]")).to_have_count(0)
    rows: dict[str, Application] = {}
    page: ParsedPage | None = None
    for _ in range(MOST_PAGES):
        page = settled(tab, page)
        assert page.complete
        assert page.warnings == ()
        written_out = parse_page(snapshot(tab, cleaned=False))
        assert written_out.applications == page.applications
        assert written_out.next_step == page.next_step
        rows |= {application.key: application for application in page.applications}
        if page.next_step is None:
            break
        if isinstance(page.next_step, Click):
            button = tab.locator(page.next_step.selector).locator("visible=true")
            expect(button).to_have_count(1)
            button.click()
        else:
            tab.goto(page.next_step.url)
    else:
        raise AssertionError("the list does not end")
    tab.context.close()
    truth = {(row.title, row.requisition) for row in fake.listed()}
    read = {(row.title, row.requisition) for row in rows.values()}
    assert {title for title, _ in read} == {title for title, _ in truth}
    assert len(rows) == len(fake.listed())
    said = {row.title: row.status for row in fake.listed()}
    for row in rows.values():
        assert said[row.title] in row.status_raw or row.status_raw in said[row.title]
    assert fake.hits.touched.total() == 0
