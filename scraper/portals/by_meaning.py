"""For portals whose list nobody has described in public: rows found by what they mean, not by how they are made.

A row is a line of a table that has a status column; or what surrounds a link to a job; or what surrounds a
"Status:" label. The fields are found by heads, labels and addresses. A module sets the words and patterns of
its portal; where none of this holds, the page is called changed rather than half understood.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import ClassVar

from bs4 import Tag

from scraper.model import Confidence, Stage
from scraper.portals.base import Portal
from scraper.portals.fields import Row, Way, column, css, href, label, link_text, matching
from scraper.reading.html import Page, attr
from scraper.stages import stage_of

_TOO_WIDE = ("[document]", "html", "body", "main", "form", "table", "thead", "tbody", "ul", "ol", "dl")
_WIDE_ROLES = ("list", "main", "tabpanel", "region", "table", "grid", "rowgroup", "feed")
_ROW_LIKE = ("li", "tr", "article")
_ROW_ROLES = ("row", "listitem", "article")
_STATUS_HEAD = re.compile(r"status|statut|estado|\betapa\b", re.IGNORECASE)
_TITLE_HEAD = re.compile(
    r"title|position|posting|\bjob\b|opportunity|requisition|intitul|puesto|stelle", re.IGNORECASE
)
_ACTION = re.compile(
    r"^(?:withdraw|view|edit|continue|finish|complete (?:my )?application|track|print|delete|remove|apply|show|more|save|"
    r"share|manage|open|actions?|details?|schedule|upload|download|reactivate|retirer|ver|editar|bearbeiten)\b",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\s*\b(?:il y a\s+)?\d+\s*(?:mo|[smhdwy]|days?|weeks?|months?|years?)\b(?:\s+ago)?$", re.IGNORECASE
)
_DATE_LIKE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b\d{4}\b|\bago\b", re.IGNORECASE)

STATUS_LABELS = (
    r"(?:my |current )?(?:application|submission|candidate|candidacy)?\s*(?:/\s*job\s+)?status(?: of (?:the|your) application)?",
    r"ansøgningsstatus",
    r"statut(?: de (?:la|votre) candidature)?",
    r"bewerbungsstatus",
    r"estado(?: de (?:la|su) (?:solicitud|candidatura))?",
)
ID_LABELS = (
    r"(?:auto )?req(?:uisition)?\.?(?:\s*(?:id|number|no\.?|#))?",
    r"job(?: posting| opening)?\s*(?:id|number|no\.?|#)",
    r"(?:posting|position|opening|announcement|control|vacancy)\s*(?:id|number|no\.?|#)",
    r"stillings-id",
    r"jobnr\.?",
    r"n[°º]\s*(?:de )?(?:poste|offre)",
)
DATE_LABELS = (
    r"(?:date\s+)?(?:applied|submitted)(?:\s+(?:on|date))?",
    r"(?:application|submission|applied|submitted)\s+date",
    r"completed on",
    r"date of application",
    r"date de candidature",
    r"fecha de solicitud",
    r"beworben am",
)
PLACE_LABELS = (r"(?:primary |job |work )?locations?", r"lieu", r"ubicación", r"standort")


class ByMeaning(Portal):
    """A portal read by meaning. Set `job_links` where links to a job or an application can be told by address."""

    job_links: ClassVar[str] = ""  # regex on a link's address
    job_id: ClassVar[Way] = href(r"$^")  # the id in that address

    title = Way(lambda row: _title(row))
    requisition = column(r"\breq", r"\bid\b", r"number", r"\bno\.?$", r"#") | label(*ID_LABELS)
    external_id = Way(lambda row: "")  # set per class below
    status = (
        column(r"status", r"statut", r"estado") | label(*STATUS_LABELS) | Way(lambda row: _status_words(row))
    )
    applied_on = (
        column(r"applied", r"submitted", r"\bdate\b")
        | label(*DATE_LABELS)
        | matching(r"(?:applied|submitted|completed)(?: on)?:?\s+(.*\d.*)")
    )
    location = column(r"location", r"lieu", r"ubicaci", r"standort") | label(*PLACE_LABELS)

    def __init_subclass__(cls) -> None:
        if cls.external_id is ByMeaning.external_id:
            cls.external_id = cls.job_id | cls.requisition
        if cls.title is ByMeaning.title and cls.job_links:
            cls.title = link_text(cls.job_links) | ByMeaning.title

    def row_tags(self, page: Page) -> list[Tag]:
        return (
            (page.all(self.rows) if self.rows else [])
            or table_rows(page)
            or rows_around(page, self._links(page))
            or rows_around(page, _labels(page))
        )

    def _links(self, page: Page) -> list[tuple[Tag, str]]:
        """Links to jobs, each with what tells one job from another."""
        if not self.job_links:
            return []
        found = []
        for link in page.all("a[href]"):
            address = attr(link, "href")
            if re.search(self.job_links, address):
                found.append((link, self.job_id(Row(page, link)) or address.split("#")[0]))
        return found


def table_rows(page: Page) -> list[Tag]:
    """The lines of tables (or grids of roles) that have a head for the status and one for the title."""
    rows = []
    for table in page.all("table, [role=table], [role=grid], [role=treegrid]"):
        lines = page.all("tr, [role=row]", table)
        heads = [page.text_of(head) for head in page.all("th, [role=columnheader]", table)]
        if any(map(_STATUS_HEAD.search, heads)) and any(map(_TITLE_HEAD.search, heads)):
            rows += [
                line for line in lines if page.first("td, [role=cell], [role=gridcell]", line) is not None
            ]
    return rows


def rows_around(page: Page, anchors: list[tuple[Tag, str]]) -> list[Tag]:
    """For each anchor (a link, a label) the tag around it that holds nothing of another.

    Anchors with the same second part are of the same row. An element made to be a row (`li`, `article`, a role)
    is taken before wider ones.
    """
    places = [page.index.places[id(tag)] for tag, _ in anchors]
    rows: list[Tag] = []
    end = -1
    for place, (tag, name) in zip(places, anchors, strict=True):
        if place < end:
            continue
        row = _widest(page, tag, name, anchors, places)
        if row is not tag:
            rows.append(row)
            end = page.index.ends[page.index.places[id(row)]]
    return rows


def _widest(page: Page, tag: Tag, name: str, anchors: list[tuple[Tag, str]], places: list[int]) -> Tag:
    widest, node = tag, tag.parent
    while node is not None and node.name not in _TOO_WIDE and attr(node, "role") not in _WIDE_ROLES:
        start = page.index.places[id(node)]
        inside = anchors[bisect_left(places, start) : bisect_left(places, page.index.ends[start])]
        if any(other != name for _, other in inside):
            break
        widest = node
        if node.name in _ROW_LIKE or attr(node, "role") in _ROW_ROLES:
            break
        node = node.parent
    return widest


def _labels(page: Page) -> list[tuple[Tag, str]]:
    """Elements whose own words begin with a label for the status; every one is a row of its own."""
    wanted = re.compile(rf"^(?:{'|'.join(STATUS_LABELS)})\s*(?:[:：]|$)", re.IGNORECASE)
    found = []
    for tag in page.all("span, div, p, dt, td, li, label, strong, b, small"):
        own = "".join(child for child in tag.children if isinstance(child, str)).strip()
        if own and len(own) < 120 and wanted.match(own):
            found.append((tag, str(id(tag))))
    return found


def _title(row: Row) -> str:
    """The title: its column; the link to the job; the first heading; the first link that is no action."""
    title = _TITLE(row)
    if title:
        return title
    for link in row.page.all("a[href], a[id], button", row.tag):
        text = row.page.spoken(link)
        if text and not _ACTION.match(text):
            return text
    return ""


_TITLE = (
    column(
        r"(?:job|posting|position|requisition|opportunity)\s+title",
        r"^title$",
        r"^position$",
        r"^job$",
        r"posting",
    )
    | css("h2 a, h3 a, h4 a, h5 a, [role=heading] a")
    | css("h2, h3, h4, h5, h6, [role=heading]")
    | label(r"(?:job |position )?title", r"position")
)


def _status_words(row: Row) -> str:
    """The first line of a row that is a status by its words, sure ones first; "" rather than a guess."""
    titles = {_title(row), *(row.page.text_of(link) for link in row.page.all("a[href]", row.tag))}
    left: list[str] = []
    for line in row.lines:
        if line in titles or len(line) > 80 or _ACTION.match(line) or line.endswith(":"):
            continue
        # "Applied 2w ago" says something else every week and means the same.
        left.append(_AGE.sub("", line))
    readings = [(stage_of(line), line) for line in left if not _DATE_LIKE.search(line)]
    known = [(reading, line) for reading, line in readings if reading.stage is not Stage.UNKNOWN]
    for confidence in (Confidence.SURE, Confidence.LIKELY):
        for reading, line in known:
            if reading.confidence is confidence:
                return line
    return ""


def step(row: Row) -> str:
    """The current step of a stepper ("aria-current")."""
    for tag in row.page.all("[aria-current=step], [aria-current=true], [aria-selected=true]", row.tag):
        if text := row.page.spoken(tag):
            return text
    return ""


CURRENT_STEP = Way(step)
