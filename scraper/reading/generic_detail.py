"""A page about one application: the job in its first heading, somewhere below it how the application stands.

Asked only where the page lists nothing: a list says more, and a public page about an opening has no status of one's own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.model import Stage
from scraper.reading.generic_atom import Atom, heading_level, is_heading, may_be_title, up
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_context import Part
from scraper.reading.generic_labels import is_label, pair
from scraper.reading.generic_lines import about_heads
from scraper.reading.generic_looks import Found
from scraper.reading.generic_roles import names_work
from scraper.reading.generic_text import known_status, names_only
from scraper.reading.generic_topics import EMPLOYMENT
from scraper.reading.generic_values import is_only_date, requisition_in
from scraper.reading.generic_words import JOB_STATUS, calls_own, field_named
from scraper.reading.html import attr
from scraper.stage_text import plain
from scraper.stages import stage_of

LOOKED_AT = 120
"""Texts below the heading among which the status is looked for."""

_MINE = re.compile(
    r"\b(?:your|my|withdraw|ihre|deine|votre|retirer (?:ma|votre)|retirar|(?:tu|su|sua|a sua)) (?:\w+ )?(?:application|candidacy|bewerbung|candidature|candidatura|postulacion|solicitud|inscricao|perfil ya)\b|\bbewerbung zuruckziehen\b|\bvolver a mis\b"
)
"""One's own application, spoken of: what one may take back is one's own."""

_STATUS_PLACE = re.compile(r"(?:^|[-_ ])(?:status|stand|state|stage|estado|statut|etat|situacao)(?:$|[-_ ])")


def detail_row(part: Part, atoms: Atoms) -> Found | None:
    """The one application that a page is about, or None."""
    head = _job_in_heading(atoms)
    if head is None or not _of_own(part, atoms):
        return None
    at = next(number for number, atom in enumerate(atoms.all) if atom is head)
    below = atoms.all[at + 1 : at + 1 + LOOKED_AT]
    status, own = _status_in(below)
    if not status:
        return None
    row = Found(
        title=head.text,
        status=status,
        title_atom=head,
        titled=True,
        labelled=True,
        of_own=own,
        place=head.place,
    )
    row.requisition = next((number for atom in below[:20] if (number := requisition_in(atom.text))), "")
    return row


def _job_in_heading(atoms: Atoms) -> Atom | None:
    """The only heading of the first level, where that may be a job."""
    heads = [
        atom
        for atom in atoms.all
        if atom.heading and (tag := up(atom.tag, is_heading, 2)) is not None and heading_level(tag) == 1
    ]
    if len(heads) != 1 or not may_be_title(heads[0]) or not names_work(heads[0].words):
        return None
    return heads[0]


def _of_own(part: Part, atoms: Atoms) -> bool:
    """Does the page lead back to a list of one's own, or speak of one's application where it stands?"""
    if any(map(calls_own, part.names)):
        return True
    said = (atom for atom in atoms.all[:LOOKED_AT] if len(atom.text) <= 80)
    return any(
        _MINE.search(atom.words) or ((atom.link is not None or atom.heading) and calls_own(atom.words))
        for atom in said
    )


def _status_in(below: Sequence[Atom]) -> tuple[str, bool]:
    """What the page calls a status, or shows where one stands, below the heading; and whether it says that it is that
    of one's application: then it is believed whatever it says."""
    for at, atom in enumerate(below):
        name, value = pair(atom)
        own = about_heads((plain(atom.text.partition(":")[0]),))[0] == "own"
        if name == "status" and value and _may_be(value):
            return value, own
        after = below[at + 1] if at + 1 < len(below) else None
        calls = name == "status" and not value and (atom.heading or names_only(atom.text))
        if (calls or (name == "status" and is_label(atom, below, at))) and after and _may_be(after.text):
            return after.text, own
    for atom in below:
        if atom.step or (_STATUS_PLACE.search(_around(atom)) and known_status(atom.text)):
            return atom.text, False
    return "", False


def _around(atom: Atom) -> str:
    parent = atom.tag.parent
    outer = f"{attr(parent, 'class')} {attr(parent, 'role')}" if parent is not None else ""
    return f"{atom.hints} {attr(atom.tag, 'role')} {outer}".lower()


def _may_be(text: str) -> bool:
    """Open and closed are openings; days and labels tell nothing."""
    words = plain(text)
    if (
        not 3 <= len(text) <= 160
        or is_only_date(text)
        or field_named(text)
        or EMPLOYMENT.match(words)
        or not re.search(r"[^\W\d_]", text)
    ):
        return False
    return not JOB_STATUS.match(words) or stage_of(text).stage not in (
        Stage.UNKNOWN,
        Stage.CLOSED,
        Stage.ACTIVE,
    )
