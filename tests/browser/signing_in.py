"""Signs in at the fake portals as a person does, so that the icon finds a list under it."""

from __future__ import annotations

from playwright.sync_api import Page

from fixtures.portals import FakePortals
from fixtures.portals.story import EMAIL


def _auto(name: str) -> str:
    """A visible element by its automation id; the hidden form has the same ids."""
    return f'[data-automation-id="{name}"]:visible'


def open_workday(page: Page, portals: FakePortals, host: str) -> None:
    """Candidate Home, signed in, with its list of active applications."""
    fake = portals.host(host)
    page.goto(fake.list_url)
    chooser = page.locator(_auto("SignInWithEmailButton"))
    page.locator(f"{_auto('email')}, {_auto('SignInWithEmailButton')}").first.wait_for()
    if chooser.count():
        chooser.click()
    page.locator(_auto("email")).fill(EMAIL)
    page.locator(_auto("password")).fill(fake.user.password)
    page.locator(_auto("click_filter")).click()
    page.locator(_auto("applicationTitle")).first.wait_for()


def open_taleo(page: Page, portals: FakePortals, host: str) -> None:
    """My Submissions, signed in, all on one page."""
    fake = portals.host(host)
    page.goto(fake.list_url)
    page.locator('[id$="ContinueButton"]').click()
    page.locator('[id$="login-name1"]').fill(fake.user.name)
    page.locator('[id$="login-password"]').fill(fake.user.password)
    page.locator('[id$="login-defaultCmd"]').click()
    page.wait_for_url("**/mysubmissions.ftl*", wait_until="load")  # its script answers to the choice
    page.locator('[id="mySubmissionsInterface.myAppDropListSize"]').select_option("25")
    page.locator('[id="mySubmissionsInterface.reqTitleLinkAction.row6"]').wait_for()
