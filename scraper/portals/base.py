"""What every portal module has in common. A module declares; the acting is done here and by the sync.

A module says where the portal lives, how its pages are told apart, and how one row is read, in about 25
lines (`_template.py` shows all of it). Everything is pure: a page in, objects out; no clock, no network, no
browser.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, ClassVar, Literal

from bs4 import Tag

from scraper.model import Application, Click, Open, PageKind, Stage, Step
from scraper.portals.fields import NOTHING, Row, Way
from scraper.portals.lists import ENDED_LIST, LIVE_LIST, enabled, heading_of, is_chosen
from scraper.portals.shapes import Listed, LoginForm
from scraper.reading.addresses import split_url
from scraper.reading.css import split_alternatives
from scraper.reading.dates import read_date
from scraper.reading.generic_labels import without_label
from scraper.reading.html import Page, attr
from scraper.reading.pointing import selector_for
from scraper.stages import stage_of

NO_WAY_ON = "There is more of this list than InTown can reach."
_OF_SO_MANY = re.compile(r"\b(?:of|von|sur|de)\s+(\d{1,5})\b", re.IGNORECASE)


class Portal:
    """One kind of portal. Subclasses declare the attributes below and override methods only where they must."""

    kind: ClassVar[str]
    name: ClassVar[str]
    hosts: ClassVar[str]  # regex, full match on the exact host
    white_label: ClassVar[str] = ""  # regex searched in "/path?query" of URLs on other hosts
    samples: ClassVar[Mapping[str, PageKind]]  # real addresses, and what is found there when signed in
    automation: ClassVar[Literal["sync", "capture_only"]] = "sync"

    login_form: ClassVar[LoginForm | None] = None  # None: only a person can sign in
    login_hosts: ClassVar[tuple[str, ...]] = ()  # exact hosts, beside the account's own, where it stands
    marks: ClassVar[Mapping[PageKind, str]]  # ordered; the first with a visible match names the page
    signed_in: ClassVar[str] = ""  # CSS: a person is signed in
    signature: ClassVar[str] = ""  # CSS, hidden parts too: a page on any host that is this portal's
    dismiss: ClassVar[tuple[str, ...]] = ()  # buttons of dialogs that stand in the way; never a decision
    page_size: ClassVar[tuple[str, str]] = ("", "")  # a select and the value that shows most rows

    # How one application is read.
    rows: ClassVar[str] = ""
    title: ClassVar[Way] = NOTHING
    status: ClassVar[Way] = NOTHING
    external_id: ClassVar[Way] = NOTHING
    requisition: ClassVar[Way] = NOTHING
    company: ClassVar[Way] = NOTHING  # for portals with many employers in one list
    location: ClassVar[Way] = NOTHING
    applied_on: ClassVar[Way] = NOTHING
    detail: ClassVar[str] = "a[href]"  # the link of a row that leads to the application or the job
    status_may_be_missing: ClassVar[bool] = False
    prefers_json: ClassVar[bool] = False  # captured JSON is read even where there is HTML
    frame: ClassVar[str] = ""  # CSS: the frame that holds the list
    list_page: ClassVar[str] = ""  # regex on the address: rows are looked for there only (and where marked)
    list_page_is_certain: ClassVar[bool] = False  # there is nothing but the list at these addresses
    status_of_list: ClassVar[str] = (
        ""  # regex on the list's name; its match is the status of rows without one
    )
    ended_list: ClassVar[str] = ENDED_LIST  # regexes on the name of the tab or section a row stands in
    live_list: ClassVar[str] = LIVE_LIST

    # How the rest of the list is reached.
    next_page: ClassVar[str] = ""  # CSS: "next" or "show more", a link or a button
    tabs: ClassVar[str] = ""  # CSS: the tabs of the list, read from left to right
    count: ClassVar[str] = ""  # CSS: an element whose text holds the number of applications

    # -- where ----------------------------------------------------------------------------------------------

    def knows(self, url: str) -> bool:
        """Does this address belong to the portal? By host, or by path on a customer's own host."""
        parts = split_url(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            return False
        if re.fullmatch(self.hosts, parts.hostname):
            return True
        return bool(self.white_label) and bool(re.search(self.white_label, f"{parts.path}?{parts.query}"))

    def recognises(self, page: Page) -> bool:
        """Is this page the portal's, whatever its host? Known by its signature."""
        return bool(self.signature) and page.first(self.signature, hidden=True) is not None

    def list_url(self, url: str) -> str:
        """The page that lists the applications, from any address of the same portal that the user pasted."""
        return url

    def employer(self, url: str, page: Page | None = None) -> str:
        """The employer's name as far as the portal says it; "" where one account serves many employers."""
        return ""

    def json_list(self, url: str) -> str | None:
        """Address of the JSON list that the portal's own page reads, for reading without a browser."""
        return None

    def read_json(self, page: Page) -> Listed | None:
        """The list as a captured JSON answer of the portal gives it; None where there is no such answer."""
        return None

    # -- what -----------------------------------------------------------------------------------------------

    def kind_of(self, page: Page) -> PageKind | None:
        """The kind of page by the portal's own marks, looked for in the page and then in its frames."""
        for kind, css in self.marks.items():
            if any(part.first(css) is not None for part in (page, *page.frames)):
                return kind
        return None

    def may_list(self, page: Page, kind: PageKind) -> bool:
        """Can there be applications on this page? Job searches of the same site have similar rows."""
        return (
            kind is PageKind.APPLICATIONS or not self.list_page or bool(re.search(self.list_page, page.url))
        )

    def applications(self, page: Page) -> Iterable[Application]:
        """The applications on this page. A row that misses a required field is left out, with a warning."""
        for part in (page, *page.frames):
            for tag in self.rows_of(part):
                found = self.read_row(Row(part, tag), page)
                if found:
                    yield found

    def rows_of(self, page: Page) -> list[Tag]:
        """`row_tags`, looked for once."""
        if page.rows is None:
            page.rows = self.row_tags(page)
        return page.rows

    def row_tags(self, page: Page) -> list[Tag]:
        """The tags that each hold one application."""
        return page.all(self.rows) if self.rows else []

    def read_row(self, row: Row, page: Page) -> Application | None:
        """One row as an application, or None (with a warning) where a required field is missing."""
        row.title = self.title(row)
        return self.make(
            page,
            row.page.host if row.page is page or re.fullmatch(self.hosts, row.page.host) else page.host,
            ended=self.ended(row),
            external_id=self.external_id(row) or self.requisition(row),
            title=row.title,
            status=self.status(row) or self.status_by_list(row),
            requisition=self.requisition(row),
            company=self.company(row),
            location=self.location(row),
            applied_on=self.applied_on(row),
            url=row.page.link(row.page.first(self.detail, row.tag)) if self.detail else "",
        )

    def make(self, page: Page, host: str, *, ended: bool | None = None, **found: Any) -> Application | None:
        """An application from texts; None with a warning where id, title or status is missing.

        `ended` says what the list it stood in means: over, live, or None for unknown.
        """
        missing = [name for name in ("external_id", "title") if not found.get(name)]
        if not missing and not re.search(r"\d", found["external_id"]):
            missing.append("external_id")  # ids have digits; words in its place are another column's
        status = without_label(found.get("status", ""))
        if status and not re.search(r"[^\W\d_]{2}", status):
            status = ""  # a date or a number is another column's
        if not status and not self.status_may_be_missing:
            missing.append("status")
        if missing:
            page.warn(
                f"A row could not be read: its {' and '.join(missing).replace('_', ' ')} was not found."
            )
            return None
        company = found.get("company") or self.employer(page.url, page)
        reading = stage_of(status, self.kind, company, ended=ended, corrections=page.corrections)
        if reading.stage is Stage.UNKNOWN and status:
            page.warn(f"InTown does not know the status “{status[:80]}” yet.")
        return Application(
            portal=self.kind,
            host=host,
            external_id=found["external_id"][:200],
            title=found["title"][:300],
            company=company,
            status_raw=status[:300],
            stage=reading.stage,
            confidence=reading.confidence,
            location=found.get("location", "")[:300],
            # A draft carries the day it was begun; nobody has applied yet.
            applied_on=None
            if reading.stage is Stage.DRAFT
            else self.read_date(page, found.get("applied_on", "")),
            requisition=found.get("requisition", "")[:100],
            url=found.get("url", ""),
        )

    def status_by_list(self, row: Row) -> str:
        """What the name of the list says of rows that show no status: "Draft", "Inactive"."""
        if self.status_of_list:
            for name in self.list_names(row):
                if found := re.search(self.status_of_list, name, re.IGNORECASE):
                    return found[0]
        return ""

    def read_date(self, page: Page, text: str) -> date | None:
        return read_date(text, language=page.language, today=page.snapshot.captured_at.date())

    def ended(self, row: Row) -> bool | None:
        """What the tab or section that a row stands in says: over (True), live (False) or nothing (None)."""
        for name in self.list_names(row):
            if re.search(self.ended_list, name, re.IGNORECASE):
                return True
            if re.search(self.live_list, name, re.IGNORECASE):
                return False
        return None

    def list_names(self, row: Row) -> Iterator[str]:
        """Names of the list a row stands in, nearest first: its heading, its panel's tab, the chosen tab."""
        page = row.page
        if heading := heading_of(row, self.rows_of(page)):
            yield page.text_of(heading)
        panel = page.closest(row.tag, "[role=tabpanel]")
        if panel is not None and (owner := attr(panel, "aria-labelledby")):
            for tab in page.all(f'[id="{owner}"]'):
                yield page.text_of(tab)
        for tab in page.all("[role=tab][aria-selected=true]"):
            yield page.text_of(tab)

    # -- and then -------------------------------------------------------------------------------------------

    def next_step(self, page: Page) -> Step | None:
        """What leads to more of the list: the next page, then the next tab; None at the very end."""
        step = self._further(page) or self._next_tab(page)
        if step:
            return step
        # A selector speaks of the top page; in a frame only a link can be followed.
        further = (self._further(frame) for frame in page.frames)
        return next((step for step in further if isinstance(step, Open)), None)

    def _further(self, page: Page) -> Step | None:
        tags = [tag for tag in page.all(self.next_page) if enabled(tag)] if self.next_page else []
        for tag in tags:
            if tag.name == "a" and (address := page.address(tag)):
                return Open(address)
            if selector := selector_for(page, tag) or self._declared_for(page, tag):
                return Click(selector)
        if tags:
            page.warn(NO_WAY_ON)
        return None

    def _declared_for(self, page: Page, tag: Tag) -> str:
        """The module's own selector, where it finds this one tag and nothing else."""
        for css in split_alternatives(self.next_page):
            found = page.all(css)
            if len(found) == 1 and found[0] is tag:
                return css
        return ""

    def _next_tab(self, page: Page) -> Step | None:
        tabs = page.all(self.tabs) if self.tabs else []
        chosen = [place for place, tab in enumerate(tabs) if is_chosen(tab)]
        if len(chosen) != 1:
            return None
        for tab in tabs[chosen[0] + 1 :]:
            if enabled(tab) and (selector := selector_for(page, tab)):
                return Click(selector)
        return None

    def count_shown(self, page: Page) -> int | None:
        """The number of applications that the page itself claims for the tab or list shown."""
        for part in (page, *page.frames):
            for tag in part.all(self.count) if self.count else []:
                found = _OF_SO_MANY.search(text := part.text_of(tag)) or re.search(r"(\d{1,5})", text)
                if found:
                    return int(found[1])
        return None
