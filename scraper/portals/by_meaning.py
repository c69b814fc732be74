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
from scraper.portals.labels import ACTION, DATE_LABELS, ID_LABELS, PLACE_LABELS, STATUS_LABELS, is_label
from scraper.portals.titles import THE_PLACE, TITLE
from scraper.reading.html import Page, attr
from scraper.stage_text import plain
from scraper.stages import stage_of

_TOO_WIDE = ("[document]", "html", "body", "main", "form", "table", "thead", "tbody", "ul", "ol", "dl")
_WIDE_ROLES = ("list", "main", "tabpanel", "region", "table", "grid", "rowgroup", "feed")
_ROW_LIKE = ("li", "tr", "article", "ui5-card", "ui5-li", "ui5-li-custom", "ui5-table-row")
_ROW_ROLES = ("row", "listitem", "article")
_STATUS_HEAD = re.compile(
    r"status|statut|estado|\betapa\b|\bétat\b|situação|situación|\bstato\b", re.IGNORECASE
)
_TITLE_HEAD = re.compile(
    r"title|position|posting|\bjob\b|opportunity|requisition|intitul|puesto|stelle|\bposte\b|\boffre\b|\bemploi\b|"
    r"\bvaga\b|\bcargo\b|vacante|\bempleo\b|\boferta\b|posizione|offerta|vacature|functie",
    re.IGNORECASE,
)
_AGE = re.compile(
    r"\s*\b(?:il y a\s+)?\d+\s*(?:mo|[smhdwy]|days?|weeks?|months?|years?)\b(?:\s+ago)?$", re.IGNORECASE
)
_COUNTED = re.compile(
    r"^(?:(?P<before>\d{1,4}) (?:job |submitted )?(?:applications?|submissions?)"
    r"|(?:my |your |submitted )?(?:applications|submissions) ?\((?P<after>\d{1,4})\))$",
    re.IGNORECASE,
)
_STATUS_WORD = re.compile(
    r"\b(?:application|applied|candida|submi|receiv|review|consider|interview|select|offer|refer|forward|hir(?:ed|ing)|reject|"
    r"declin|withdr|clos|process|progress|assess|test|screen|shortlist|inactive|active|draft|incomplete|filled|posting|"
    r"position|resume|contact|qualif|evaluat|accept|"
    # The same in the other languages of the portals.
    r"bewerb|(?:nicht )?eingereicht|eingegangen|prüf|vorstellung|gespräch|einladung|eingeladen|angebot|abgelehnt|absage|"
    r"abgesagt|ausgewählt|zurückgezogen|eingestellt|besetzt|geschlossen|bearbeitung|entw[uü]rf|weitergeleitet|"
    r"reçue|envoyée|soumise|étude|examen|entretien|refus|retenu|retirée|embauch|pourvu|clôtur|brouillon|"
    r"solicitud|postula|recibid|enviad|revisión|evaluación|entrevista|seleccion|rechaz|descart|retirad|contratad|cerrad|"
    r"cubiert|borrador|oferta|inscri|recebid|análise|avaliação|recusad|reprovad|encerrad|preenchid|rascunho|"
    r"ricevut|inviat|colloquio|valutazione|rifiutat|ontvangen|behandeling|gesprek|afgewezen|ingetrokken)",
    re.IGNORECASE,
)
_DATE_LIKE = re.compile(r"\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|\b\d{4}\b|\bago\b", re.IGNORECASE)


_RECOMMENDED = re.compile(
    r"recommend|similar|suggest|saved jobs|may (?:also )?(?:like|interest)|matching jobs|recomendad|sugerid|semelhantes|empfohlen|ahnliche|gemerkt|merkliste"
)
_BESIDE = "aside, nav, footer, [role=complementary], [role=navigation]"


class ByMeaning(Portal):
    """A portal read by meaning. Set `job_links` where links to a job or an application can be told by address."""

    job_links: ClassVar[str] = ""  # regex on a link's address
    job_id: ClassVar[Way] = href(r"$^")  # the id in that address

    title = TITLE
    requisition = column(
        r"\breq", r"\bid\b", r"-id$", r"number", r"nummer", r"\bn[uú]m[eé]ro\b", r"código", r"\bno\.?$", r"#"
    ) | label(*ID_LABELS)
    external_id = Way(lambda row: "")  # set per class below
    status = (
        column(
            r"status(?!\s?(?:date|datum))",
            r"(?<!date du )statut",
            r"estado",
            r"\bétat\b",
            r"situação",
            r"situación",
            r"\bstato\b",
        )
        | label(*STATUS_LABELS)
        | Way(lambda row: _status_words(row))
    )
    applied_on = (
        column(r"applied", r"submitted", r"\bdate\b", r"\bdatum\b", r"beworben am", r"\bfecha\b", r"\bdata\b")
        | label(*DATE_LABELS)
        | matching(
            r"(?:applied|submitted|completed|beworben|eingereicht|postulée?|postulad[oa]|enviad[oa])"
            r"(?: (?:on|am|le|el|em))?:?\s+(.*\d.*)"
        )
    )
    location = (
        column(r"location", r"lieu", r"ubicaci", r"standort")
        | label(*PLACE_LABELS)
        | css("[class*=location], [data-testid*=location], [class~=loc]")
        | THE_PLACE
    )

    def __init_subclass__(cls) -> None:
        if cls.external_id is ByMeaning.external_id:
            cls.external_id = cls.job_id | cls.requisition
        if cls.title is ByMeaning.title and cls.job_links:
            cls.title = link_text(cls.job_links) | ByMeaning.title

    def count_shown(self, page: Page) -> int | None:
        """As declared; else the one sentence outside the rows that counts ("8 applications")."""
        shown = super().count_shown(page)
        if shown is not None or self.count:
            return shown
        found = {
            int(match["before"] or match["after"])
            for part in (page, *page.frames)
            for tag in part.all("h1, h2, h3, h4, p, caption, [role=status]")
            if (match := _COUNTED.match(part.text_of(tag)))
            and not any(part.contains(row, tag) for row in self.rows_of(part))
        }
        return found.pop() if len(found) == 1 else None

    def row_tags(self, page: Page) -> list[Tag]:
        return (
            (page.all(self.rows) if self.rows else [])
            or table_rows(page)
            or rows_around(page, self._links(page))
            or rows_around(
                page, _labels(page, STATUS_LABELS), once=(_labels(page, ID_LABELS), _headings(page))
            )
            # Cards that call their status nothing, or in a tab.
            or rows_around(page, _labels(page, ID_LABELS), once=(_headings(page),))
        )

    def _links(self, page: Page) -> list[tuple[Tag, str]]:
        """Links to jobs, each with what tells one job from another."""
        if not self.job_links:
            return []
        found = []
        for link in page.all("a[href]"):
            address = attr(link, "href")
            # What stands beside the list, or under a heading of its own, is recommended, not applied for.
            if (
                re.search(self.job_links, address)
                and not page.closest(link, _BESIDE)
                and not _RECOMMENDED.search(plain(_heading_over(page, link)))
            ):
                found.append((link, self.job_id(Row(page, link)) or address.split("#")[0]))
        return found


def _heading_over(page: Page, tag: Tag) -> str:
    """The last heading before a tag, or ""; one that the tag itself stands in is no heading over it."""
    places = page.index.places
    before = [head for head in _headings_of(page) if page.index.ends[places[id(head)]] <= places[id(tag)]]
    return page.text_of(before[-1]) if before else ""


def _headings_of(page: Page) -> list[Tag]:
    return page.all("h1, h2, h3, h4, [role=heading]")


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


Anchors = list[tuple[Tag, str]]


def rows_around(page: Page, anchors: Anchors, once: tuple[Anchors, ...] = ()) -> list[Tag]:
    """For each anchor (a link, a label) the tag around it that holds nothing of another.

    Anchors with the same second part are of the same row. A row also holds at most one of each list in `once`.
    An element made to be a row (`li`, `article`, a role) is taken before wider ones.
    """
    limits = [(_places(page, anchors), anchors)] + [(_places(page, others), others) for others in once]
    rows: list[Tag] = []
    end = -1
    for place, (tag, _) in zip(limits[0][0], anchors, strict=True):
        if place >= end:
            row = _widest(page, tag, limits)
            if row is not tag:
                rows.append(row)
                end = page.index.ends[page.index.places[id(row)]]
    return rows


def _places(page: Page, anchors: Anchors) -> list[int]:
    return [page.index.places[id(tag)] for tag, _ in anchors]


def _widest(page: Page, tag: Tag, limits: list[tuple[list[int], Anchors]]) -> Tag:
    widest, node = tag, tag.parent
    while node is not None and node.name not in _TOO_WIDE and attr(node, "role") not in _WIDE_ROLES:
        start = page.index.places[id(node)]
        end = page.index.ends[start]
        if any(
            len({name for _, name in anchors[bisect_left(places, start) : bisect_left(places, end)]}) > 1
            for places, anchors in limits
        ):
            break
        widest = node
        if node.name in _ROW_LIKE or attr(node, "role") in _ROW_ROLES:
            break
        node = node.parent
    return widest


def _labels(page: Page, labels: tuple[str, ...]) -> Anchors:
    """Elements whose own words begin with one of the labels; every one is of another row."""
    wanted = re.compile(rf"^(?:{'|'.join(labels)})\s*(?:[:：#\d]|$)", re.IGNORECASE)
    found = []
    for tag in page.all("span, div, p, dt, td, li, label, strong, b, small"):
        own = "".join(child for child in tag.children if isinstance(child, str)).strip()
        if own and len(own) < 120 and wanted.match(own):
            found.append((tag, str(id(tag))))
    return found


def _headings(page: Page) -> Anchors:
    return [(tag, str(id(tag))) for tag in page.all("h1, h2, h3, h4, h5, h6, [role=heading]")]


def _status_words(row: Row) -> str:
    """The one line of a row that is a status by its words; "" where there is none, or several that disagree."""
    titles = {row.title, TITLE(row), *(row.page.text_of(link) for link in row.page.all("a[href]", row.tag))}
    lines = row.lines
    found: dict[Confidence, dict[Stage, str]] = {
        Confidence.SURE: {},
        Confidence.LIKELY: {},
        Confidence.GUESS: {},
    }
    for line, after in zip(lines, [*lines[1:], ""], strict=False):
        # A word before a date is its label: "Submitted", "11/02/2026".
        if (
            line in titles
            or len(line) > 80
            or ACTION.match(line)
            or (is_label(line) and _DATE_LIKE.search(after) and not is_label(after))
        ):
            continue
        words = _AGE.sub("", line)  # "Applied 2w ago" says something else every week and means the same
        if ":" in words or _DATE_LIKE.search(words):
            continue
        reading = stage_of(words)
        if reading.stage is not Stage.UNKNOWN:
            found[reading.confidence].setdefault(reading.stage, words)
    sure, likely = found[Confidence.SURE], found[Confidence.LIKELY]
    # Names of employers and places can look likely ("Review Group"), so sure words come first.
    chosen = sure or {stage: words for stage, words in likely.items() if _STATUS_WORD.search(words)}
    return next(iter(chosen.values())) if len(chosen) == 1 else ""


def step(row: Row) -> str:
    """The current step of a stepper ("aria-current")."""
    for tag in row.page.all("[aria-current=step], [aria-current=true], [aria-selected=true]", row.tag):
        if text := row.page.spoken(tag):
            return text
    return ""


CURRENT_STEP = Way(step)
