"""Is a page about one's own applications for jobs? Nothing is read where nothing says so.

People wait on loans, visas, courses, patents and bug reports in the same words, and no list of such topics is ever
complete. So a page has to speak for itself: of applying, and of jobs, in the names it gives to itself, its sections,
columns and labels, in what its rows are called, and in how they stand. Words of another topic only take away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.reading.generic_context import Part
from scraper.reading.generic_looks import Found
from scraper.reading.generic_roles import ends_in_work, names_work
from scraper.reading.generic_topics import NOT_JOBS, OTHER_FIELD, OTHER_THING, OTHER_THING_FIRST, OTHER_TOPIC
from scraper.reading.generic_words import OWN_LIST
from scraper.stage_text import plain

ENOUGH = 3
"""Points that make a page one of applications for jobs. Chosen on 379 pages by authors who had not seen the reader: with
three, 4 of 226 lists were lost and 4 of 153 other pages got through; with four, 18 and 2 (CONTRIBUTING.md)."""

LOOKED_AT = 30_000
"""Characters of a page in which a word about jobs is looked for."""

AT_THE_TOP = 12
"""Texts from the top of a page on in which it may say what it lists, where no heading does."""

_APPLYING = re.compile(
    r"\b(?:applica(?:tions?|nts?)|applied|apply|submissions?|submitted|solicitud\w*|aplicaci\w+|inscri\w+|candida\w+|postul\w+|beworben|\w*bewerb\w+)\b"
)
_APPLYING_FOR_WORK = re.compile(
    r"\b(?:candida\w+|postul\w+|beworben|\w*bewerb(?:ung|er)\w*|job applications?)\b"
)
"""Words that are hardly said of anything but work; "application" is said of everything."""

_JOBS = re.compile(
    r"\b(?:jobs?|job\w+|careers?|positions?|vacanc(?:y|ies)|employ(?:er|ers|ment)|recruit\w*|hiring|requisitions?|req|postings?|openings?|roles?|resumes?|cv|hr|human resources|talent|internships?|apprenticeships?|staffing|workday|civil service|eligible list"
    r"|empleos?|puestos?|trabajos?|vacantes?|cargos?|reclutamiento|seleccion de personal|rrhh|plazas?|oposici(?:on|ones)|convocatorias?"
    r"|emplois?|postes?|recrute\w*|carrieres?|metiers?|alternance|offres? d'emploi"
    r"|stellen?\w*|karriere\w*|arbeitgeber\w*|ausschreibung\w*|ausbildung\w*|personal(?:abteilung|gewinnung|auswahl|stelle)|beruf\w*"
    r"|vagas?|empregos?|recrutamento|carreiras?|estagios?|processos? seletivos?)\b"
)
_SURELY_JOBS = re.compile(
    rf"(?!jobs?\b){_JOBS.pattern}|\b(?:my|your|the|applied|recent|all) jobs\b|\bjobs? appl"
)
"""There are print jobs, build jobs and repair jobs."""

_STANDS_LIKE_WORK = re.compile(
    r"\b(?:interview\w*|entrevist\w*|entretien\w*|vorstellungsgesprach\w*|hiring|recruit\w*|hired|requisition|(?:position|job|role|vacancy) (?:is |has been |was )?(?:filled|closed|cancell?ed)|shortlist\w*|take-?home (?:assignment|test|task|exercise)|coding (?:test|challenge)|(?:cv|resume) (?:received|viewed|read|rejected|sent)|sent to client|(?:online |video )assessment|assessment cent(?:re|er)|phone screen|offer|contratad\w*|embauche\w*|eingestellt|vaga|poste|stelle)\b"
)
_LABELS = "th, [role=columnheader], dt, caption, label, legend"


def about_jobs(part: Part, rows: Sequence[Found]) -> bool:
    """Whether this part of a page says that its rows are one's own applications for jobs."""
    naming = _naming(part)
    if any(map(NOT_JOBS.search, part.said)):
        return False
    applying = _applying(part, naming, rows)
    if not applying:
        return False
    points = applying + _of_rows(rows)
    jobs = any(map(_JOBS.search, naming))
    points += 2 * jobs
    if not jobs or points == ENOUGH - 1:
        points += _elsewhere(part, rows)
    if any(map(OTHER_TOPIC.search, part.said)) and not any(map(_SURELY_JOBS.search, part.said)):
        points -= 2 if jobs else 3
    points -= 2 * any(map(OTHER_FIELD.match, naming))
    return points - _of_other_things(rows) >= ENOUGH


def _naming(part: Part) -> list[str]:
    """What the page calls itself, its sections, its columns and its fields; and the words of its address."""
    page = part.page
    sections = [page.text_of(page.index.tags[place])[:150] for place in part.free_headings]
    labels = [page.text_of(tag)[:60] for tag in page.all(_LABELS)]
    address = re.sub(r"[/_.\-#=&?:]+", " ", f"{part.top.url} {page.url}")
    return [*part.names, *map(plain, [*sections, *labels, address])]


def _applying(part: Part, naming: Sequence[str], rows: Sequence[Found]) -> int:
    """Points for words about applying, 0 where there are none: then the page is about something else."""
    if any(map(_APPLYING_FOR_WORK.search, naming)):
        return 2
    sections = (plain(name) for row in rows for name in row.section)
    if (
        part.own
        or any(map(_APPLYING.search, [*naming, *part.lines[:AT_THE_TOP]]))
        or any(map(OWN_LIST.search, sections))
    ):
        return 1
    if any(row.applied and row.labelled for row in rows):
        return 1
    standing = sum(map(_stands_like_work, rows))
    called = sum(names_work(plain(row.title)) for row in rows)
    return int(standing >= 2 or (standing >= 1 and 2 * called >= len(rows)))


def _of_rows(rows: Sequence[Found]) -> int:
    """Points for rows that are called and numbered like jobs, and stand as only applications for work do."""
    titles = [plain(row.title) for row in rows]
    called = sum(map(names_work, titles))
    numbered = sum(bool(row.requisition) for row in rows)
    standing = any(map(_stands_like_work, rows))
    return (2 * called >= len(rows)) + (2 * numbered >= len(rows)) + standing


def _stands_like_work(row: Found) -> bool:
    """Does it stand as only applications for work do? On a board the head of its column says how."""
    said = row.status or (row.section[0] if row.section else "")
    return _STANDS_LIKE_WORK.search(plain(said)) is not None


def _elsewhere(part: Part, rows: Sequence[Found]) -> int:
    """A point for a word about jobs anywhere but in the rows' own titles."""
    page = part.page
    text = plain(page.text[:LOOKED_AT])
    # "Careers" stands at the foot of every company's pages.
    feet = {plain(page.text_of(foot)) for foot in page.all("footer, [role=contentinfo]")}
    for words in (feet | {plain(row.title) for row in rows}) - {""}:
        text = text.replace(words, " ")
    return int(_JOBS.search(text) is not None)


def _of_other_things(rows: Sequence[Found]) -> int:
    """Points taken away where most rows are called by what is rented, granted or certified. There are loan processors
    and grant writers, too: what somebody does stands last in English and first in the Romance languages."""
    titles = [plain(row.title) for row in rows]
    other = sum(
        bool(OTHER_THING_FIRST.search(title) or (OTHER_THING.search(title) and not ends_in_work(title)))
        for title in titles
    )
    return 2 * (2 * other >= len(titles))
