"""One row, as a run of atoms -> the fields of an application. Labels decide first, then looks, then order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_atom import Atom
from scraper.reading.generic_labels import cell_label, is_label, pair, surely_label
from scraper.reading.generic_lines import about_heads
from scraper.reading.generic_looks import (
    APPLIED,
    Found,
    read_unlabelled,
)
from scraper.reading.generic_topics import REVOKE
from scraper.reading.generic_values import (
    is_only_number,
)
from scraper.reading.generic_words import (
    ACTION,
    APPLY,
    OWN_SENTENCE,
    POSTED,
)
from scraper.reading.html import Page, attr
from scraper.stage_text import plain
from scraper.stages import stage_of

_TO_CHOOSE = re.compile(
    r"(?:please )?(?:select|choose)\b|(?:all|any|every|todos|todas|alle|tous|toutes)(?: \w+)?$|(?:seleccion|selecion|bitte (?:aus)?wahl|choisi)"
)
"""What a list to choose from shows before one has chosen."""

_ID_NAMES = {
    # A short number in an "id" counts rows; it is another row's tomorrow.
    name: re.compile(r"\d{4}" if name in ("id", "data-key") else r"\d")
    for name in (
        "data-application-id",
        "data-applicationid",
        "data-id",
        "data-job-id",
        "data-jobid",
        "data-req-id",
        "data-key",
        "id",
    )
}


def read_row(
    page: Page, atoms: Sequence[Atom], tag: Tag | None = None, *, title: Atom | None = None
) -> Found:
    """The fields of one row. Its title or status may be missing; the caller decides what that means.

    `title`: its title where a column names it, so that nobody need look for one.
    """
    row = Found(place=atoms[0].place if atoms else 0)
    if title is not None:
        row.title, row.title_atom = title.text, title
    rest = _labelled(page, row, atoms)
    read_unlabelled(page, row, rest)
    _from_attributes(page, row, atoms, tag)
    row.apply = invites(atoms)
    row.other = any(REVOKE.match(atom.words) for atom in atoms)
    return row


def invites(atoms: Sequence[Atom]) -> bool:
    """Does a row invite to apply, or say when the job was posted? Then it is not applied for yet."""
    return any(APPLY.match(atom.words) or POSTED.search(atom.words) for atom in atoms)


def _labelled(page: Page, row: Found, atoms: Sequence[Atom]) -> list[Atom]:
    """Take what stands behind labels; give back the atoms that no label explains."""
    rest: list[Atom] = []
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        name, value = pair(atom)
        if name and value:
            _put(row, name, value, atom, re.split("[:：]", atom.text)[0])
        elif not name and (cell := cell_label(atom)) in ("requisition", "company", "location", "applied"):
            _put(row, cell, atom.text, atom)
        elif name and is_label(atom, atoms, at):
            label = atom.text
            at += 1
            while at < len(atoms) and not atoms[at].text.strip(" :：-"):
                at += 1
            if at < len(atoms) and not surely_label(atoms[at]):
                _put(row, name, atoms[at].text.lstrip(" :："), atoms[at], label)
            else:
                continue
        else:
            rest.append(atom)
        at += 1
    return rest


def _put(row: Found, name: str, value: str, atom: Atom, label: str = "") -> None:
    if name == "status" and (OWN_SENTENCE.search(plain(value)) or _TO_CHOOSE.match(plain(value))):
        return
    if name == "status":
        of_opening = about_heads((plain(label),))[0] == "job"
        if not row.status or not row.labelled or (row.of_opening and not of_opening):
            row.of_opening = of_opening
            row.of_own = about_heads((plain(label),))[0] == "own"
            row.status, row.status_atom, row.labelled = value, atom, True
    elif name == "applied":
        row.applied = row.applied or value
        row.labelled = row.labelled or bool(APPLIED.search(plain(value))) or bool(value)
    elif name == "requisition":
        row.requisition = row.requisition or value.lstrip("# ")
    elif name == "title":
        if is_only_number(row.title):  # "Process: PS-77" before "Position: Nurse"
            row.requisition = row.requisition or row.title
            row.title = ""
        if not row.title:
            row.title, row.title_atom = value, atom
    elif name in ("company", "location") and not getattr(row, name):
        setattr(row, name, value)


def _from_attributes(page: Page, row: Found, atoms: Sequence[Atom], tag: Tag | None) -> None:
    """What only attributes tell: the link, an id, a status written on the row itself."""
    link = row.title_atom.link if row.title_atom is not None else None
    if link is None and tag is not None:
        links = [tag] if tag.name == "a" else page.all("a[href]", tag)
        link = next(
            (a for a in links if not ACTION.match(plain(page.text_of(a)))), links[0] if links else None
        )
    row.url = page.link(link) if link is not None else ""
    if not row.requisition:
        # "E-12" alone is a number where the link of the row holds it, too.
        row.requisition = next(
            (
                atom.text
                for atom in atoms
                if re.fullmatch(r"[A-Z]{1,5}[-/_]?\d{1,6}", atom.text)
                and f"/{atom.text}".lower() in row.url.lower()
            ),
            "",
        )
    if tag is None:
        return
    for name, number in _ID_NAMES.items():
        if not row.external_id and name in tag.attrs and number.search(attr(tag, name)):
            row.external_id = attr(tag, name)
    if not row.status:
        for holder in (
            tag,
            *page.all("[data-status], [data-state], [data-stage], [data-application-status]", tag),
        ):
            for name in ("data-application-status", "data-status", "data-stage", "data-state"):
                if (value := attr(holder, name)) and stage_of(value).stage is not Stage.UNKNOWN:
                    row.status = value
                    return
