"""Do rows prove themselves to be one's own applications? By their own words, their neighbours', the page's name.

Recommended and saved jobs, searches, alerts, explanations and applications for other things than jobs are
refused. Silence is right where a page lists none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from scraper.reading.generic_context import Part
from scraper.reading.generic_evidence import about_jobs
from scraper.reading.generic_looks import Found
from scraper.reading.generic_roles import names_work, surely_names_work
from scraper.reading.generic_text import known_status, reads_as_status, without_count
from scraper.reading.generic_topics import NOT_JOBS
from scraper.reading.generic_values import is_date
from scraper.reading.generic_words import (
    COMPANY_WORD,
    ENDED_SECTION,
    JOB_STATUS,
    LIVE_SECTION,
    OWN_LIST,
    calls_other,
    calls_own,
    field_named,
)
from scraper.reading.kind_words import BLOCKED
from scraper.stage_text import plain

_MENU = re.compile(
    r"(?:my |your |all )?(?:job alerts?|(?:saved|recommended|similar|suggested) (?:jobs|searches)|messages|documents|notifications|settings|profile|application pages|example|beispiel|ejemplo|exemple|exemplo|filtrar|filters?|filtern|filtrer|applicant home|careers home|(?:my |mon |mi |meu |mein )(?:cv|curriculo|lebenslauf)|personal (?:info|information|data|details)|personliche daten|datos personales|dados pessoais|mes informations|tasks|preferences|resumes?|help|faqs?|inbox|referrals|applications?|total|saved|alerts?|home|dashboard|(?:main |user )?menu|log ?(?:in|out|off)|sign ?(?:in|out|off)|abmelden|cerrar sesion|se deconnecter|deconnexion|sair|salir|search(?: jobs)?|job (?:search|cart)|account|contact(?: us)?|inicio|accueil|startseite)$"
)
_COUNTED = re.compile(
    r"references|\d+ (?:to review|new|in review|active|applicants?|candidates?|bewerber\w*|candidats?|candidat[oa]s?)|(?:(?:active|open|total|my|your|all|job|recent|submitted|new|upcoming) )*(?:applications|offers|interviews|submissions|assessments|candidaturas|candidatures|bewerbungen|postulaciones|entrevistas|entretiens|gesprache)"
)
"""Under a number at the top of a page: how many there are, never how one stands."""

_GREETING = re.compile(
    r"(?:good (?:morning|afternoon|evening|day)|hello|hi|hey|welcome(?: back)?|hola|buen(?:os|as) \w+|bonjour|bonsoir|bienvenue|hallo|guten \w+|willkommen|ola|bo[am] \w+|bem[- ]vind[oa])\b[ ,!]"
)
_OTHER_NAME = re.compile(
    r"\b(?:scholarship|bursary|grant|loan|mortgage|award|visa|permit|licen[cs]e|beta|release|v?\d+\.\d+(?:\.\d+)*(?: \w+)?|beca|bourse|stipendium|bolsa|form|questionnaire|survey|checklist)$"
)


_LIST = re.compile(
    r"applications?|submissions?|candidatur[ae]s?|bewerbung(?:en)?|postulaciones|solicitudes|inscripciones|inscricoes"
)
_COUNTS = re.compile(r"\(\d+\)$")
_OF_A_LIST = re.compile(
    r"\d+ (?:actions?|items?|results?|tasks?|new)\b|(?:rows|entries|zeilen|lignes|filas|linhas|registros) .{0,20}\d|(?:showing|displaying|viewing|mostrando|affichage|resultats|exibindo|anzeige|seite|page|pagina) .{0,20}\d"
)
_APPLYING = re.compile(
    r"(?:apply|applying|application) (?:for|to)\b|bewerben (?:als|auf)\b|postuler (?:a|au|pour)\b"
)
_STEP_STANDS = re.compile(
    r"abgeschlossen|aktuell|offen|concluid[ao]|completad[ao]|terminee?|complete|completed|done|current|atual|actual|actuelle?|pending|pendente|pendiente|a venir|not started|in progress"
)
"""How a step stands, in a table of the steps of one application."""
_FILE = re.compile(r"\.(?:pdf|docx?|odt|rtf|txt|jpe?g|png|zip)$", re.IGNORECASE)


def proven(rows: list[Found], part: Part) -> list[Found]:
    """The rows that are applications beyond doubt, with what their group's head tells filled in."""
    if not rows or not about_jobs(part, rows):
        return []
    own_page = part.own
    refused_page = not own_page and any(map(calls_other, part.names))
    told = Counter[tuple[str, ...]](row.section for row in rows if _specific(row))
    kept: list[Found] = []
    unsure: list[Found] = []
    for row in rows:
        names = [plain(name) for name in row.section]
        own = own_page or any(
            calls_own(name) and not calls_other(name) and without_count(name) != "applied"
            for name in names  # "Applied (2)" heads a column of anybody's board
        )
        if _in_other_list(names) or (refused_page and not own) or (row.doubted and not own):
            continue
        _fill_from_group(row)
        if (
            not row.status
            and row.applied
            and re.search(r"[^\W\d_]{5}", row.applied)
            and known_status(row.applied)
        ):
            row.status = _said_by_section(row) or row.applied  # "Applied 2w ago" is all that some portals say
        if not row.labelled and _COUNTED.fullmatch(plain(row.status)):
            continue
        if not _is_title(row) or row.other or (row.apply and not (own and _specific(row))):
            continue
        if own:
            by_itself = bool(row.status or (row.applied and row.labelled))
        else:
            by_itself = _specific(row) and (row.labelled or told[row.section] >= 2)
            by_itself = by_itself or bool(row.of_own and row.titled and row.status)
        (kept if by_itself else unsure).append(row)
    alike = Counter(row.made for row in kept if row.made)
    kept += [
        row for row in unsure if row.made and alike[row.made] >= (1 if own_page else 2) and _says_more(row)
    ]
    _employers_over_lists(kept)
    if any(row.status for row in kept):
        kept = [row for row in kept if row.status or _may_lack_status(row)]
    return sorted(kept, key=lambda row: row.place)


def _may_lack_status(row: Found) -> bool:
    """Beside rows with a status, is one without it a row at all? A stretch of the page with a day in it is none."""
    return bool(row.titled or row.url or row.requisition or names_work(plain(row.title)))


def _said_by_section(row: Found) -> str:
    """ "Inactive" of rows under "Inactive applications" that say nothing but when one applied."""
    for name in row.section[:2]:
        words = plain(name)
        found = ENDED_SECTION.search(words) or LIVE_SECTION.search(words)
        if found and OWN_LIST.search(words) and len(plain(name)) == len(name):
            return name[found.start() : found.end()]
    return ""


def _in_other_list(names: list[str]) -> bool:
    """Do the names of what a row stands in, nearest first, speak of saved jobs, alerts, other things?"""
    if "search results" in names[:1] and len(names) > 1 and OWN_LIST.search(names[1]):
        names = names[1:]  # some call the boxes of every list like this
    if (names and calls_other(names[0])) or "recommended" in names or any(map(NOT_JOBS.search, names)):
        return True
    return not (names and calls_own(names[0])) and any(
        calls_other(name) and not calls_own(name) for name in names[1:]
    )


def _says_more(row: Found) -> bool:
    """Does a row that looks like its neighbours hold more than a name? Then it is one of them."""
    return bool(row.status or row.applied or row.requisition or row.url)


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
    words = plain(title)
    if not 2 <= len(title) <= 200 or _MENU.match(words):
        return False
    if _OTHER_NAME.search(words) and not surely_names_work(words):
        return False
    if _STEP_STANDS.fullmatch(words) and not row.titled:
        return False
    if title.endswith(".") and len(title.split()) > 8:
        return False
    if _APPLYING.match(words) or words.endswith(" interview"):
        return False  # a form one fills in; an appointment, or what somebody tells of one
    step = row.status_atom is not None and row.status_atom.step
    if _COUNTS.search(row.status) and (step or not row.labelled):
        return False  # "All (6)", "Archived (2)": the tabs over a list
    if row.status.endswith(":") and not row.labelled:
        return False  # a word that is explained
    if _OF_A_LIST.match(words) or _FILE.search(title) or (title[:1].islower() and title.endswith(".")):
        return False
    if BLOCKED.search(words) or _GREETING.match(words):
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
            and not _LIST.fullmatch(plain(name))
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
