"""MyGreenhouse: one account for all employers, its list a JSON answer. Sign-in is a code by e-mail, no password.

Known: addresses, the JSON envelope of the active group, "Active" and "Inactive" as the only words. The DOM is
not known, so cards are read by meaning. "Inactive" may be a rejection, a withdrawal or a closed job.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scraper.model import Application, Open, PageKind, Step
from scraper.portals.by_meaning import ByMeaning
from scraper.portals.fields import beside_title, css, href, label
from scraper.portals.marks import NO_APPLICATIONS, with_common
from scraper.portals.shapes import Listed, said
from scraper.portals.titles import EMPLOYER_AFTER, PLACE_AFTER
from scraper.reading.addresses import clean_url
from scraper.reading.html import Page


class MyGreenhouse(ByMeaning):
    kind = "greenhouse"
    name = "MyGreenhouse"
    hosts = r"my\.greenhouse\.io|myjobs\.greenhouse\.io"
    samples = {
        "https://my.greenhouse.io/applications": PageKind.APPLICATIONS,
        "https://my.greenhouse.io/users/sign_in": PageKind.LOGIN,
        "http://myjobs.greenhouse.io/users/sign_in?job_board=acme": PageKind.LOGIN,
    }
    signed_in = "a[href$='/users/sign_out'], form[action$='/users/sign_out']"
    marks = with_common(
        {
            PageKind.APPLICATIONS: "main a[href*='/applications/']",
            PageKind.EMPTY: NO_APPLICATIONS,
            PageKind.CODE: "input[name*=code], input[id*=security_code]",
            PageKind.LOGIN: "form[action*='sign_in'] input[type=email], form[action*='/users'] input[type=email]",
        }
    )
    prefers_json = True
    list_page = r"/applications"

    job_links = r"/applications/\d+"
    job_id = href(r"/applications/(\d+)")
    company = label(r"company", r"employer") | css("[class*=company]") | beside_title(-1) | EMPLOYER_AFTER
    location = ByMeaning.location | PLACE_AFTER
    status_of_list = r"^(?:in)?active\b"
    next_page = "a[rel=next], button[aria-label='Next page'], button:has-text(\"show more\")"

    def list_url(self, url: str) -> str:
        return "https://my.greenhouse.io/applications"

    def json_list(self, url: str) -> str | None:
        return "https://my.greenhouse.io/applications.json?page=1"

    def read_json(self, page: Page) -> Listed | None:
        answers = [
            (url, body) for url, body in page.answers(r"/applications\.json") if isinstance(body, dict)
        ]
        groups = [
            (name == "inactive", group)
            for _, body in answers
            for name in ("active", "inactive")
            if isinstance(group := body.get(name), dict) and isinstance(group.get("applications"), list)
        ]
        if not groups:
            return None
        found = [
            self._record(page, record, over)
            for over, group in groups
            for record in group["applications"]
            if isinstance(record, dict)
        ]
        url, body = answers[-1]
        # `total_applications` counts archived ones too, so it says nothing of an answer without that group.
        total = body.get("total_applications") if "inactive" in body else None
        pages = max(
            (group["total_pages"] for _, group in groups if isinstance(group.get("total_pages"), int)),
            default=1,
        )
        return Listed.of(found, total, _next(url, pages))

    def _record(self, page: Page, record: dict[str, Any], over: bool) -> Application | None:
        over = over or record.get("inactive") is True
        places = record.get("locations")
        location = ", ".join(map(str, places)) if isinstance(places, list) else said(record, "locations")
        return self.make(
            page,
            page.host,
            ended=over,
            external_id=said(record, "id"),
            title=said(record, "job_title"),
            company=said(record, "company_name"),
            status=said(record, "currentStage") or ("Inactive" if over else "Active"),
            location=location,
            applied_on=said(record, "applied_at"),
            url=clean_url(said(record, "job_post_url")),
        )


def _next(url: str, pages: int) -> Step | None:
    query = dict(parse_qsl(urlsplit(url).query))
    number = int(query["page"]) if query.get("page", "").isdigit() else 1
    if number >= pages:
        return None
    return Open(urlsplit(url)._replace(query=urlencode(query | {"page": str(number + 1)})).geturl())
