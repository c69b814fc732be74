"""Add a portal in 25 lines: copy this file, then say where the portal lives and what its pages look like.

1. Copy to `scraper/portals/<kind>.py`; the first sentence says what the site is, the next its oddities.
2. Declare it (below). Select by meaning: ids, data attributes, roles, labels, addresses; never generated class
   names or positions. Join ways with `|`: the best hook first, a label last. Where the list is a plain table or
   shows links and labels, subclass `by_meaning.ByMeaning` instead of `Portal` and give only what differs.
3. Add an instance to `PORTALS` in `scraper/portals/__init__.py`.
4. Save pages to `fixtures/pages/<kind>/`: applications, empty, login at least, with nobody's data in them
   (`intown record` scrubs); the first line says the URL, when captured, what is known and what is invented.
   `UPDATE_GOLDEN=1 pytest tests/portals/test_golden.py` writes the .json: read it before you keep it.
5. `pytest tests/portals` checks that addresses belong to one portal only, that every page is read as written
   down, and that shuffled, wrapped and shortened pages are read right or not at all.

Required are an id that stays the same from night to night, a title and a status: a row without them is left
out with a warning. Everything else is optional and never fatal.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from scraper.model import PageKind
from scraper.portals.base import Portal
from scraper.portals.fields import column, css, data, label
from scraper.portals.marks import ALERTS, says, with_common
from scraper.portals.shapes import LoginForm


class Template(Portal):
    kind = "template"
    name = "Template"
    hosts = r"[a-z0-9-]+\.portal\.example"
    samples = {"https://acme.portal.example/my/applications": PageKind.APPLICATIONS}
    login_form = LoginForm(user="#user", password="#password", submit="#sign-in", error="[role=alert]")
    signed_in = "a[href$='/sign-out']"
    marks = with_common(
        {
            PageKind.APPLICATIONS: "[data-application-id]",
            PageKind.EMPTY: "[data-empty=applications]",
            PageKind.WRONG_PASSWORD: says(ALERTS, "user name or password is wrong"),
            PageKind.LOGIN: "#password",
        }
    )
    rows = "[data-application-id]"
    external_id = data("data-application-id")
    title = css("h3 a") | column(r"job title")
    status = css("[data-status]") | label(r"status")
    requisition = label(r"requisition")
    applied_on = css("time") | label(r"applied(?: on)?")
    location = label(r"location")
    next_page = "a[rel=next]"

    def list_url(self, url: str) -> str:
        return f"https://{urlsplit(url).netloc}/my/applications"
