"""The reader for portals nobody wrote a module for: applications found by meaning, in five languages.

Tables, cards, lists, definition pairs, steppers and embedded data give rows; then each row must prove itself:
a title and a status (or a day of applying), in a list that calls itself one's own applications or under
statuses only applications have. Recommended and saved jobs, searches, alerts, explanations and the like are
refused by their headings. Silence is right where a page lists none.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlsplit

from scraper.model import Application, Open, Stage, Step
from scraper.reading.dates import read_date
from scraper.reading.generic_atom import known_status, reads_as_status, without_count
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_blocks import block_rows
from scraper.reading.generic_context import Part
from scraper.reading.generic_fields import Found
from scraper.reading.generic_json import json_rows
from scraper.reading.generic_tables import TABLES, table_rows
from scraper.reading.generic_values import is_date
from scraper.reading.generic_words import (
    COMPANY_WORD,
    ENDED_SECTION,
    JOB_STATUS,
    LIVE_SECTION,
    NOT_JOBS,
    NOT_OWN,
    OWN_LIST,
    field_named,
)
from scraper.reading.html import Page, attr
from scraper.reading.kind_words import BLOCKED
from scraper.stage_text import plain
from scraper.stages import stage_of

UNREAD = "A row could not be read: its status was not found."
_OF_SO_MANY = re.compile(
    r"\b(?:of|von|sur|de)\s+(\d{1,5})\b|\b(\d{1,5})\s+(?:applications?|submissions?|candidaturas?|candidatures?|solicitudes|postulaciones|bewerbungen|inscricoes)\b",
    re.IGNORECASE,
)
_MENU = re.compile(
    r"(?:my |your |all )?(?:job alerts?|(?:saved|recommended|similar|suggested) (?:jobs|searches)|messages|documents|notifications|settings|profile|tasks|preferences|resumes?|help|faqs?|inbox|referrals|applications?|saved|alerts?|home|dashboard)$"
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
    language = _language_of_dates(page, [row.applied for _, row in rows])
    read = [(_application(part, row, company, language), _list_of(part, row)) for part, row in rows]
    found = _told_apart(_once(read))
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
    read = refused + list(tables.values())
    found = in_tables + block_rows(part.page, atoms, read)
    part.note_rows(found)
    for row in found:
        row.section = part.section(row)
    return _proven(sorted(found, key=lambda row: row.place), part)


def _proven(rows: list[Found], part: Part) -> list[Found]:
    """The rows that are applications beyond doubt, with what their group's head tells filled in."""
    kept: list[Found] = []
    if any(NOT_JOBS.search(name) for name in part.said):
        return []
    own_page = part.own
    refused_page = not own_page and any(NOT_OWN.search(name) for name in part.names)
    told = Counter[tuple[str, ...]](row.section for row in rows if _specific(row))
    for row in rows:
        names = [plain(name) for name in row.section]
        own = own_page or any(OWN_LIST.search(name) and not NOT_OWN.search(name) for name in names)
        if (names and NOT_OWN.search(names[0])) or "recommended" in names or any(map(NOT_JOBS.search, names)):
            continue
        if not (names and OWN_LIST.search(names[0])) and any(
            NOT_OWN.search(name) and not OWN_LIST.search(name) for name in names[1:]
        ):
            continue
        if refused_page and not own:
            continue
        _fill_from_group(row)
        if (
            not row.status
            and row.applied
            and re.search(r"[^\W\d_]{5}", row.applied)
            and known_status(row.applied)
        ):
            row.status = row.applied  # "Applied 2w ago" is all that some portals say
        if not _is_title(row):
            continue
        if row.apply and not (own and _specific(row)):
            continue
        if own:
            if row.status or (row.applied and row.labelled):
                kept.append(row)
        elif _specific(row) and (row.labelled or told[row.section] >= 2):
            kept.append(row)
    _employers_over_lists(kept)
    return kept


def _employers_over_lists(rows: Sequence[Found]) -> None:
    """Where each list stands under an employer's name ("Mercy General" over a table), that is its rows' employer."""
    heads = {row.section[0] for row in rows if row.section and not row.company}
    names = [plain(head) for head in heads]
    if (
        any(len(row.section) < 2 for row in rows)
        or not any(map(COMPANY_WORD.search, names))
        or any(len(name) > 60 or re.search(r"\d", name) or OWN_LIST.search(name) for name in names)
        or any(
            ENDED_SECTION.search(name) or LIVE_SECTION.search(name) or known_status(name) for name in names
        )
    ):
        return
    for row in rows:
        row.company = row.company or row.section[0]


def _is_title(row: Found) -> bool:
    title = row.title
    if not 2 <= len(title) <= 200 or _MENU.match(plain(title)):
        return False
    if BLOCKED.search(plain(title)):
        return False
    if row.titled:
        return True
    return not reads_as_status(title, wholly=True) and not field_named(title)


def _specific(row: Found) -> bool:
    """A status that only applications have."""
    return bool(row.status) and known_status(row.status) and not JOB_STATUS.match(plain(row.status))


def _fill_from_group(row: Found) -> None:
    """A head over some rows names their employer or their status."""
    heads = [row.group] if row.group else list(row.section[:1])
    for head in heads:
        name = without_count(head)
        if not name or is_date(None, name):
            continue
        if (
            not row.status
            and reads_as_status(name, wholly=True)
            and (" " not in name or not OWN_LIST.search(plain(name)))
        ):
            row.status = name
        elif (
            not row.status
            and row.group
            and (ENDED_SECTION.search(plain(name)) or LIVE_SECTION.search(plain(name)))
        ):
            row.status = name  # "Active applications": all that is said of the rows below
        elif (
            row.group
            and not row.company
            and not known_status(name)
            and not OWN_LIST.search(plain(name))
            and not ENDED_SECTION.search(plain(name))
            and not LIVE_SECTION.search(plain(name))
        ):
            row.company = name


def _ended(row: Found) -> bool | None:
    """What the section says: over, live, or nothing."""
    for name in map(plain, (row.group, *row.section)):
        if ENDED_SECTION.search(name):
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


def _application(part: Part, row: Found, company: str, language: str) -> Application:
    page = part.page
    employer = row.company or company
    reading = stage_of(row.status, "", employer, ended=_ended(row), corrections=page.corrections)
    applied = None
    if row.applied and reading.stage is not Stage.DRAFT:
        applied = read_date(row.applied, language=language, today=page.snapshot.captured_at.date())
    return Application(
        portal="",
        host=page.host,
        external_id=_identity(row, applied),
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


def _identity(row: Found, applied: date | None) -> str:
    """The portal's own id if the row shows one; else one made of what does not change from night to night."""
    if row.external_id and len(row.external_id) <= 80:
        return row.external_id
    if row.requisition:
        return row.requisition
    address = urlsplit(row.url)
    numbers: list[str] = re.findall(r"[\w-]*\d[\w-]*", f"{address.path}?{address.query}")
    return numbers[-1][:80] if numbers else _made_identity(row.title, row.company, row.location, applied)


def _made_identity(title: str, company: str, location: str, applied: date | None) -> str:
    words = "|".join((title, company, location, applied.isoformat() if applied else "")).casefold()
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def _told_apart(found: Sequence[Application]) -> list[Application]:
    """No two applications under one id: what several rows share (a page number, a site) is no id of theirs."""
    times = Counter(application.external_id for application in found)
    alike: Counter[str] = Counter()
    apart = []
    for application in found:
        if times[application.external_id] > 1:
            made = _made_identity(
                f"{application.external_id}|{application.title}",
                application.company,
                application.location,
                application.applied_on,
            )
            alike[made] += 1
            # Rows that are alike in everything can only be counted.
            made = made if alike[made] == 1 else f"{made}-{alike[made]}"
            application = replace(application, external_id=made)
        apart.append(application)
    return apart


def _list_of(part: Part, row: Found) -> int:
    """Which list a row stands in: rows of one list are never the same application written twice."""
    tag = part.page.index.tags[row.place]
    return id(tag.parent)


def _once(found: Sequence[tuple[Application, int]]) -> list[Application]:
    """Rows written twice (for phone and desktop) count once; rows of one list stay apart."""
    kept: list[tuple[Application, int]] = []
    by_title: dict[str, list[int]] = defaultdict(list)
    for application, where in found:
        alike = by_title[application.title.casefold()]
        twin = next((n for n in alike if kept[n][1] != where and _same(kept[n][0], application)), None)
        if twin is None:
            alike.append(len(kept))
            kept.append((application, where))
        elif _richness(application) > _richness(kept[twin][0]):
            kept[twin] = (application, kept[twin][1])
    return [application for application, _ in kept]


def _same(one: Application, other: Application) -> bool:
    pairs = [
        (one.requisition, other.requisition),
        (one.status_raw.casefold(), other.status_raw.casefold()),
        (one.applied_on, other.applied_on),
        (one.company.casefold(), other.company.casefold()),
        (one.location.casefold(), other.location.casefold()),
    ]
    if one.external_id != other.external_id:
        pairs.append((one.url, other.url))
    return all(not a or not b or a == b for a, b in pairs)


def _richness(application: Application) -> int:
    return sum(
        bool(getattr(application, name))
        for name in ("status_raw", "company", "location", "requisition", "url", "applied_on")
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
            r"(?:next(?: page)?|siguiente|suivant|nachste(?: seite)?|weiter|proxima?|seguinte|›|»|>)$", words
        )
        if leads and attr(tag, "aria-disabled") != "true" and (address := page.address(tag)):
            return Open(address)
    return None
