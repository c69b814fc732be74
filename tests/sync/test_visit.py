"""A visit's own decisions on pages that were written for it: is somebody signed in, is there a form, is it bare."""

from __future__ import annotations

import pytest

from scraper.browser import Tab
from scraper.login import SignIn
from scraper.model import PageKind, ParsedPage
from scraper.outcomes import Outcome, PortalError
from scraper.portals import portal_by_kind
from scraper.reading.page import parse_page
from scraper.sync_visit import Visit, is_bare, leads_to_form, must_sign_in, shows_signed_in, visit
from tests.sync.staged import FORM, HOST, LIST, ByHand, Plain, Stage, attempt

pytestmark = pytest.mark.browser

TALEO = portal_by_kind("taleo")
SIGN_OUT = "<a id=topNavInterface.logoutAction href=#>Sign out</a>"
OVER = "<h1>Your session has expired</h1><p>Please sign in again.</p>"
TALEO_FORM = (
    "<form action='login.jsf'><input id='dialogTemplate-dialogForm-login-name1'>"
    "<input id='dialogTemplate-dialogForm-login-password' type=password>"
    "<button id='dialogTemplate-dialogForm-login-defaultCmd'>Sign In</button></form>"
)
ROW = (
    "<div id='mySubmissionsInterface.x.row1'>"
    "<a href='/careersection/2/jobdetail.ftl?job=4201'>Charge Nurse</a>"
    "<p>Job Number: 4201</p><p>Submission Status: Under review</p></div>"
)


async def shown(tab: Tab) -> ParsedPage:
    return parse_page(await tab.snapshot())


@pytest.mark.parametrize(
    ("page", "portal", "leads"),
    [(FORM, Plain(), True), ("<p>No form", Plain(), False), (FORM, ByHand(), False)],
    ids=["a form", "none", "a form for a person"],
)
def test_what_leads_to_a_form(stage: Stage, page: str, portal: Plain, leads: bool) -> None:
    assert stage.shows(page, lambda tab: leads_to_form(attempt(tab, portal))) is leads


@pytest.mark.parametrize(
    ("page", "portal", "signed_in"),
    [(SIGN_OUT, TALEO, True), ("<p>Welcome", TALEO, False), (SIGN_OUT, Plain(), False)],
    ids=["signed in", "signed out", "a portal without a mark"],
)
def test_who_is_signed_in_is_told_by_the_portals_own_mark(
    stage: Stage, page: str, portal: Plain, signed_in: bool
) -> None:
    async def look(tab: Tab) -> bool:
        return await shows_signed_in(attempt(tab, portal), await shown(tab))

    assert stage.shows(page, look) is signed_in


def test_the_mark_on_another_host_proves_nothing(stage: Stage) -> None:
    other = "https://other.taleo.net/careersection/2/mysubmissions.ftl"

    async def look(tab: Tab) -> bool:
        await tab.open(other)
        return await shows_signed_in(attempt(tab, TALEO), await shown(tab))

    assert stage.shows({LIST: "<p>Here", other: SIGN_OUT}, look) is False


def plan(tab: Tab, *known: str) -> Visit:
    """A visit that may sign in and remembers these titles."""
    return Visit(attempt(tab, TALEO), lambda: None, lambda: None, lambda step: None, lambda: frozenset(known))


@pytest.mark.parametrize(
    ("page", "known", "bare"),
    [
        (f"{SIGN_OUT}<p>Welcome back", ("Charge Nurse",), True),
        (f"{SIGN_OUT}<p>You asked to be\n a Charge  NURSE here", ("Charge Nurse",), False),
        (f"{SIGN_OUT}<p>Welcome back", (), False),
        ("<p>Welcome back", ("Charge Nurse",), False),
    ],
    ids=["nothing left", "in a new layout", "never anything", "signed out"],
)
def test_a_list_that_lost_its_rows_names_none_of_the_jobs(
    stage: Stage, page: str, known: tuple[str, ...], bare: bool
) -> None:
    async def look(tab: Tab) -> bool:
        return await is_bare(plan(tab, *known), await shown(tab))

    assert stage.shows(page, look) is bare


def test_an_expired_session_without_a_form_is_forgotten_and_the_list_opened_afresh(stage: Stage) -> None:
    """Some portals show a visitor with an old cookie the same dead end for ever."""

    async def look(tab: Tab) -> tuple[PageKind, bool, list[str], int]:
        await tab._context.add_cookies([{"name": "JSESSIONID", "value": "old", "url": f"{HOST}/"}])
        page = await shown(tab)
        opened: list[str] = []
        tab._page.on("framenavigated", lambda frame: opened.append(frame.url))
        signs_in = await must_sign_in(attempt(tab, TALEO), page)
        return page.kind, signs_in, opened, len(await tab._context.cookies())

    assert stage.shows(OVER, look) == (PageKind.SESSION_EXPIRED, True, [LIST], 0)


def test_an_expired_session_beside_its_form_is_left_as_it_is(stage: Stage) -> None:
    async def look(tab: Tab) -> tuple[bool, int]:
        await tab._context.add_cookies([{"name": "JSESSIONID", "value": "old", "url": f"{HOST}/"}])
        page = ParsedPage(url=LIST, host="lakeshore.taleo.net", kind=PageKind.SESSION_EXPIRED)
        return await must_sign_in(attempt(tab, TALEO), page), len(await tab._context.cookies())

    assert stage.shows(TALEO_FORM, look) == (True, 1)


def test_a_visit_led_to_another_companys_page_is_not_taken_for_signed_out(stage: Stage) -> None:
    elsewhere = "https://login.example.org/start"

    async def look(tab: Tab) -> None:
        await tab.open(elsewhere)
        with pytest.raises(PortalError, match=r"signs you in at login\.example\.org") as told:
            await must_sign_in(attempt(tab, TALEO), await shown(tab))
        assert told.value.outcome is Outcome.SSO

    stage.shows({LIST: "<p>Here", elsewhere: "<p>Welcome to the staff's door"}, look)


def test_a_list_is_proof_enough_where_the_portal_has_no_mark_of_its_own(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password counts as taken once the list stands there, also where nothing else says so."""
    accepted: list[str] = []

    async def signs_in(tried: SignIn) -> ParsedPage:
        await tried.tab._page.set_content(ROW)
        return await shown(tried.tab)

    async def act(tab: Tab) -> tuple[str, int]:
        made = plan(tab)
        made.accepted = lambda: accepted.append("now")
        monkeypatch.setattr(type(TALEO), "signed_in", "")
        monkeypatch.setattr("scraper.sync_visit.sign_in", signs_in)
        walk, how = await visit(tab, made)
        return how, len(walk.applications)

    assert stage.shows(TALEO_FORM, act) == ("signed in", 1)
    assert accepted == ["now"]
