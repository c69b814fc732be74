"""What looks and order tell of a row where no label does: its title, status, employer, place."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from scraper.model import Stage
from scraper.reading.dates import read_date
from scraper.reading.generic_atom import Atom, is_status, may_be_title
from scraper.reading.generic_endings import take_ending
from scraper.reading.generic_text import names_only
from scraper.reading.generic_topics import DEPARTMENT, EMPLOYMENT
from scraper.reading.generic_values import (
    is_city,
    is_date,
    may_be_place,
    requisition_in,
    surely_place,
)
from scraper.reading.generic_words import (
    ACTION,
    APPLY,
    COMPANY_WORD,
    JOB_STATUS,
    JOB_WORD,
    PROSE,
)
from scraper.reading.html import Page
from scraper.stage_text import plain
from scraper.stages import stage_of

APPLIED = re.compile(
    r"^(?:date )?(?:you )?(?:applied|submitted|application (?:sent|submitted|received|date)|sent|received|completed)\b|^(?:te )?(?:postul|inscri|enviad|solicitad|aplicad|presentad|recibid)|^(?:candidature )?(?:postul|depos|envoy|soumis|candidat|recu)|^(?:beworben|eingereicht|eingegangen|bewerbung vom|gesendet)|^(?:candidatura|inscri|enviad|submetid|candidat)"
)


_ANY_DAY = date(2020, 12, 31)
_OTHER_DATE = re.compile(
    r"posted|updated|modified|clos(?:es|ing)|deadline|expires|interview|actualizad|publi|mis(?:e)? a jour|aktualisiert|veroffentlicht|atualizad|cierre|frist|limite|due|by\b"
)


_PLACE_NAME = re.compile(
    r"location|city|place|ubica|ciudad|cidade|lieu|ville|ort\b|\bloc\b|\blug(?:ar)?\b", re.IGNORECASE
)


_COMPANY_NAME = re.compile(
    r"company|employer|organi[sz]ation|empresa|entreprise|firma|arbeitgeber|agency|\bemp\b", re.IGNORECASE
)


_NO_TITLE_NAME = re.compile(
    r"company|employer|location|date|meta|organi[sz]ation|empresa|entreprise|subtitle|(?:^|[-_ ])(?:emp|org|firm|firma|ort)(?:$|[-_ ])",
    re.IGNORECASE,
)


@dataclass(slots=True)
class Found:
    """What was found of one application, as texts; `evidence` tells how much speaks for its being one."""

    title: str = ""
    status: str = ""
    company: str = ""
    location: str = ""
    applied: str = ""
    requisition: str = ""
    url: str = ""
    external_id: str = ""
    section: tuple[str, ...] = ()
    made: tuple[int, str, str] | None = None  # shared by the rows of one list that are made alike
    group: str = ""  # a head over some rows of the same table or list
    labelled: bool = False  # the page itself calls the status a status, or the date that of an application
    titled: bool = False  # the page itself calls the title one
    other: bool = False  # it can be revoked, bought, replied to: no application for a job
    apply: bool = False  # it invites to apply: not applied for yet
    of_own: bool = False  # the status is called that of one's application
    of_opening: bool = (
        False  # the status is the opening's own ("Job status: Closed"): for want of a better one
    )
    doubted: bool = False  # it stands under columns that lists of other things have
    place: int = 0
    title_atom: Atom | None = field(default=None, repr=False)
    status_atom: Atom | None = field(default=None, repr=False)


def read_unlabelled(page: Page, row: Found, rest: list[Atom]) -> None:
    """What looks and order tell: title, status, date, number, place, employer."""
    used: set[int] = set()
    if not row.title:
        _take_title(row, rest, used)
    if not row.status:
        _take_status(row, rest, used)
    if row.status_atom is not None and row.status_atom.step:
        row.labelled = True  # a bar of steps shows nothing else
    take_ending(row, rest)
    used |= {id(atom) for atom in rest if EMPLOYMENT.fullmatch(atom.words)}
    for atom in rest:
        if id(atom) in used or atom.step:
            continue
        if not row.applied and tells_day_of_applying(atom.text):
            row.applied = atom.text
            row.labelled = True
            used.add(id(atom))
        elif not row.applied and is_date(page, atom.text) and not _OTHER_DATE.search(atom.words):
            row.applied = atom.text
            row.labelled = row.labelled or bool(APPLIED.search(atom.words))
            used.add(id(atom))
        elif not row.requisition and (number := requisition_in(atom.text)) and not is_date(page, atom.text):
            row.requisition = number
            used.add(id(atom))
        elif (
            not row.location
            and (may_be_place(atom.text) or _PLACE_NAME.search(atom.hints))
            and not atom.action
        ):
            row.location = atom.text
            used.add(id(atom))
        elif not row.company and _COMPANY_NAME.search(atom.hints) and not atom.action:
            row.company, place = _company_and_place(atom.text)
            row.location = row.location or place
            used.add(id(atom))
    _take_place_beside_title(row)
    _take_company(row, rest, used)


def _take_title(row: Found, rest: list[Atom], used: set[int]) -> None:
    best, best_score = None, 0
    for order, atom in enumerate(rest):
        if may_be_title(atom) and (score := title_score(atom, order)) > best_score:
            best, best_score = atom, score
    if best is not None:
        used.add(id(best))
        row.title, row.title_atom = best.text, best


def title_score(atom: Atom, order: int) -> int:
    """How much an atom looks like the name of a job, among the atoms of its row."""
    score = 1 + 2 * (order == 0) - 2 * (order > 3)
    score += 6 * atom.heading + 5 * atom.named_title + 3 * bool(JOB_WORD.search(atom.words))
    if atom.link is not None:
        score += 4
    score += 2 * (atom.tag.name in ("strong", "b"))
    score -= (
        4 * bool(may_be_place(atom.text))
        + 3 * bool(COMPANY_WORD.search(atom.words))
        + 6 * bool(requisition_in(atom.text) == atom.text)
    )
    score -= 5 * bool(_NO_TITLE_NAME.search(atom.hints) and not atom.named_title)
    return score - 8 * bool(is_date(None, atom.text))


def _take_status(row: Found, rest: list[Atom], used: set[int]) -> None:
    best, best_score = None, 0
    for atom in rest:
        if id(atom) in used:
            continue
        score = status_score(atom)
        if score > best_score:
            best, best_score = atom, score
    if best is not None:
        used.add(id(best))
        row.status, row.status_atom = best.text, best


def status_score(atom: Atom) -> int:
    """How much an atom looks like a status; 0 = not at all."""
    if atom.step:
        return 12
    if (
        (atom.action and not atom.named_status)
        or APPLY.match(atom.words)
        or (ACTION.match(atom.words) and not _known(atom))
    ):
        return 0
    if is_date(None, atom.text):
        return 0
    if (
        atom.named_status
        and not names_only(atom.text)
        and len(atom.text) <= 300
        and not requisition_in(atom.text)
    ):
        return 10 if _known(atom) else 5
    if not is_status(atom):
        return 0
    if tells_day_of_applying(atom.text):
        return 1  # "Sent Oct 27": the day of applying, and all that is said only where nothing else is
    # A word or two beside a sentence is the status: "You applied to …", "Not selected".
    return 7 - 2 * bool(JOB_STATUS.match(atom.words)) - 3 * bool(PROSE.search(atom.words))


def tells_day_of_applying(text: str) -> bool:
    """ "Sent Oct 27", "Applied 2w ago": nothing but when one applied."""
    return bool(APPLIED.search(plain(text).lstrip("( ")) and re.search(r"\d", text)) and (
        is_date(None, text) or read_date(text, today=_ANY_DAY) is not None
    )


def _known(atom: Atom) -> bool:
    return stage_of(atom.text).stage is not Stage.UNKNOWN


def _take_place_beside_title(row: Found) -> None:
    """ "Store Manager - Akron, OH": the title keeps it, the place is told by it."""
    _, dash, place = re.sub(r"\s+[–—-]\s+", " - ", row.title).rpartition(" - ")
    if not row.location and dash and surely_place(place):
        row.location = place


def _take_company(row: Found, rest: list[Atom], used: set[int]) -> None:
    """The employer, and after it a town without label: "Clinique Sainte-Anne", "Rennes"."""
    if row.title_atom is None:
        return
    for atom in rest:
        if not row.location and id(atom) not in used and is_city(atom.text):
            row.location = atom.text
            used.add(id(atom))
    if row.company:
        return
    for atom in rest:
        if (
            id(atom) in used
            or not may_be_title(atom)
            or (DEPARTMENT.search(atom.words) and not COMPANY_WORD.search(atom.words))
            or not atom.text[:1].isupper()
            or atom.text.endswith(("…", "..."))
            or (atom.link is not None and not COMPANY_WORD.search(atom.words))
        ):
            continue
        after = atom.place >= row.title_atom.place
        if COMPANY_WORD.search(atom.words) or (
            after
            and not JOB_WORD.search(atom.words)
            and len(atom.text) <= 60
            and not may_be_place(atom.text)
            and not any(c.isdigit() for c in atom.text)
        ):
            row.company, place = _company_and_place(atom.text)
            row.location = row.location or place
            used.add(id(atom))
            break
    if row.company and not row.location:
        _take_town(row, rest, used)


_PARTS = re.compile(r"\s+[—–|·•-]\s+|\s*[·•|]\s*")


def _company_and_place(text: str) -> tuple[str, str]:
    """ "Delta Re, Hartford, CT" -> ("Delta Re", "Hartford, CT"); "Delta Re — Nantes — CDI" likewise."""
    parts = [part for part in _PARTS.split(text) if part and not EMPLOYMENT.fullmatch(plain(part))]
    if 2 <= len(parts) <= 3 and parts[0] and all(len(part) <= 50 for part in parts):
        return parts[0], parts[1]
    text = parts[0] if len(parts) == 1 else text
    found = re.fullmatch(r"(.{2,50}?),\s+([A-Z][\w.' -]+,\s*[A-Z]{2})", text)
    return (found[1], found[2]) if found and surely_place(found[2]) else (text, "")


def _take_town(row: Found, rest: list[Atom], used: set[int]) -> None:
    """The one short name that is left after title, status, date, number and employer."""
    left = [
        atom
        for atom in rest
        if id(atom) not in used
        and not atom.action
        and atom.link is None
        and row.title_atom is not None
        and atom.place > row.title_atom.place
        and not atom.step
        and re.search(r"[^\W\d_]{2}", atom.text)
    ]
    if len(left) == 1 and _may_be_town(left[0]):
        row.location = left[0].text


def _may_be_town(atom: Atom) -> bool:
    words = atom.text.split()
    return (
        len(words) <= 3
        and may_be_title(atom)
        and words[0][0].isupper()
        and not any(c.isdigit() for c in atom.text)
        and not JOB_WORD.search(atom.words)
        and not COMPANY_WORD.search(atom.words)
        and stage_of(atom.text).stage is Stage.UNKNOWN
    )
