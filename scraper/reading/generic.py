"""The reader for portals nobody wrote a module for: applications found by meaning, in five languages.

Tables, cards, lists, definition pairs, steppers and embedded data give rows; then each row must prove itself:
a title and a status (or a day of applying), in a list that calls itself one's own applications or under
statuses only applications have. Recommended and saved jobs, searches, alerts, explanations and the like are
refused by their headings. Silence is right where a page lists none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from scraper.model import Application, Open, Stage, Step
from scraper.reading.dates import read_date
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_blocks import block_rows
from scraper.reading.generic_context import Part
from scraper.reading.generic_detail import detail_row
from scraper.reading.generic_heads import called_by_headings, not_inside_others
from scraper.reading.generic_identity import identity, list_of, once, told_apart
from scraper.reading.generic_json import json_rows
from scraper.reading.generic_lines import TABLES
from scraper.reading.generic_looks import Found
from scraper.reading.generic_proof import proven
from scraper.reading.generic_roles import names_work
from scraper.reading.generic_tables import page_of_others, table_rows
from scraper.reading.generic_titles import retitled
from scraper.reading.generic_words import (
    ENDED_SECTION,
    LIVE_SECTION,
)
from scraper.reading.html import Page, attr
from scraper.stage_text import plain
from scraper.stages import stage_of

_MARKS = " ▾▿▼▽▲△⌄⌃⏷▸►▹›»✎⋮"
"""What shows that something opens, or can be changed; no word of a status."""

UNREAD = "A row could not be read: its status was not found."
_OF_SO_MANY = re.compile(
    r"\b(?:of|von|sur|de)\s+(\d{1,5})\b|\b(\d{1,5})\s+(?:applications?|submissions?|candidaturas?|candidatures?|solicitudes|postulaciones|bewerbungen|inscricoes)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class GenericReading:
    """What was understood of a page by meaning. `detail`: the page is about one application only."""

    applications: tuple[Application, ...] = ()
    company: str = ""
    count_shown: int | None = None
    next_step: Step | None = None
    complete: bool = False
    warnings: tuple[str, ...] = ()
    detail: bool = False


def read_generic(page: Page) -> GenericReading:
    """The applications on a page of an unknown portal; none where the page is no list of one's own."""
    kept: GenericReading | None = page.__dict__.get("_generic")
    if kept is None:
        kept = page.__dict__["_generic"] = _read(page)
    return kept


def _read(page: Page) -> GenericReading:
    parts = [Part(part, page) for part in (page, *page.frames)]
    rows = [(part, row) for part in parts for row in _rows(part)]
    if not rows:
        own = any(part.own for part in parts)
        rows = [(parts[0], row) for row in json_rows(page, own)]
    company = parts[0].company
    if any(row.title == company for _, row in rows):
        company = ""  # it was found at the top of the page, but is no firm
    language = _language_of_dates(page, [row.applied for _, row in rows])
    divided = len({(row.group, row.section[:1]) for _, row in rows}) > 1
    read = [
        (_application(part, row, company, language, divided=divided), list_of(part, row))
        for part, row in rows
    ]
    found = told_apart(once(read))
    unread = sum(not application.status_raw for application in found)
    count = _count_shown(page) if found else None
    step = _next_step(page) if found else None
    return GenericReading(
        applications=tuple(found),
        company=company,
        count_shown=count,
        next_step=step,
        complete=bool(found) and step is None and (count is None or count == len(found)),
        warnings=(UNREAD,) if unread and unread < len(found) else (),
        detail=len(found) == 1 and _is_detail(page, found[0]),
    )


def _rows(part: Part) -> list[Found]:
    """All rows of this part that prove themselves to be applications."""
    atoms = Atoms(part.page)
    if not atoms.all:
        return []
    in_tables, refused = table_rows(part.page, atoms)
    tags = part.page.index.tags
    tables = {id(table): table for row in in_tables if (table := part.page.closest(tags[row.place], TABLES))}
    if page_of_others(part.page) and not in_tables:
        return []
    read = refused + list(tables.values())
    found = in_tables + block_rows(part.page, atoms, read)
    if (
        len(found) > 1
    ):  # a menu's word and a note on what statuses mean have nothing but the whole page round them
        found = [row for row in found if tags[row.place].name not in ("body", "main")]
    part.note_lines(atoms)
    part.note_rows(found)
    for row in found:
        row.status = row.status.strip(_MARKS)
        row.section = part.section(row)
    rows = not_inside_others(sorted(found, key=lambda row: row.place), part)
    kept = proven(retitled(part.page, called_by_headings(rows), atoms), part)
    if any(names_work(plain(row.title)) for row in kept):
        return kept
    one = detail_row(part, atoms)
    return proven([one], part) or kept if one is not None else kept


_OF_ANY_TIME = re.compile(r"(?:past|previous|anteriores|pasad[ao]s|passees?|anciennes|fruhere|vergangene)\b")
"""Words over ended applications where live ones stand elsewhere; alone over a list they only say "until now"."""


def _ended(row: Found, *, divided: bool) -> bool | None:
    """What the section says: over, live, or nothing. `divided`: other rows of the page stand under another name."""
    for name in map(plain, (row.group, *row.section)):
        over = ENDED_SECTION.search(name)
        if over and (divided or not _OF_ANY_TIME.match(over[0])):
            return None if LIVE_SECTION.search(name) else True
        if LIVE_SECTION.search(name):
            return False
    return None


_OTHER_LANGUAGE = re.compile(
    r"\b(?:mes|vos|poste|offre|statut|candidatures?|le|du|mis|sus|tus|puesto|estado|fecha|postulad[oa]|oferta|el|meine|ihre|stelle|bewerbung(?:en)?|am|und|minhas|vaga|situacao|inscricoes|enviada|em|das)\b"
)


def _language_of_dates(page: Page, texts: Sequence[str]) -> str:
    """The language to read "05/10/2026" in. A column with "31/08/2026" writes the day first in every row."""
    numbers = [found for text in texts if (found := re.search(r"\b(\d{1,2})([/-])(\d{1,2})\2\d{2,4}", text))]
    if any(int(found[1]) > 12 for found in numbers) and not any(int(found[3]) > 12 for found in numbers):
        return "en-gb"
    if page.root is not None and attr(page.root, "lang"):
        return page.language
    said = set(_OTHER_LANGUAGE.findall(plain(f"{page.title} {page.text[:500]}")))
    return "en-gb" if len(said) >= 3 else page.language


def _application(part: Part, row: Found, company: str, language: str, *, divided: bool) -> Application:
    page = part.page
    employer = row.company or company
    reading = stage_of(
        row.status, "", employer, ended=_ended(row, divided=divided), corrections=page.corrections
    )
    applied = None
    if row.applied and reading.stage is not Stage.DRAFT:
        applied = read_date(row.applied, language=language, today=page.snapshot.captured_at.date())
    return Application(
        portal="",
        host=page.host,
        external_id=identity(row, applied),
        title=row.title[:300],
        company=employer[:200],
        status_raw=row.status[:300],
        stage=reading.stage,
        confidence=reading.confidence,
        location=row.location[:300],
        applied_on=applied,
        requisition=row.requisition[:100],
        url=row.url,
    )


def _is_detail(page: Page, application: Application) -> bool:
    """Is the page about this one application: titled by the job, or called a detail by itself?"""
    heads = [plain(page.text_of(tag)) for tag in page.all("h1")]
    title = plain(application.title)
    if any(title == head or head.startswith(title) for head in heads):
        return True
    names = plain(f"{page.title} {' '.join(heads)}")
    return bool(
        re.search(
            r"application (?:details?|summary|for\b)|detalle|detail de|details de|bewerbungsdetails|detalhes",
            names,
        )
    )


def _count_shown(page: Page) -> int | None:
    for line in page.lines(page.body) if page.body is not None else []:
        if (
            len(line) <= 80
            and (found := _OF_SO_MANY.search(line))
            and re.search(
                r"applic|submis|candidat|solicit|postul|bewerb|inscri|showing|results|mostrando|anzeige|affich|exibindo|^\d+\s*[-–]",
                line,
                re.IGNORECASE,
            )
        ):
            return int(found[1] or found[2])
    return None


def _next_step(page: Page) -> Step | None:
    for tag in page.all("a[rel=next], [class*=pagination] a, [class*=pager] a, nav a, a[aria-label*=next i]"):
        words = plain(page.spoken(tag))
        leads = "next" in attr(tag, "rel") or re.match(
            r"(?:(?:page |pagina )?(?:next|siguiente|suivante?|nachste|weiter|proxim[ao]|seguinte)(?: page| seite| pagina)?(?: [›»>])?|›|»|>)$",
            words,
        )
        if leads and attr(tag, "aria-disabled") != "true" and (address := page.address(tag)):
            return Open(address)
    return None
