"""What a cell of a table says: which of several columns tells the status, and what of a cell is the status."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_atom import Atom
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_labels import without_label
from scraper.reading.generic_looks import Found
from scraper.reading.generic_text import OTHER_DAY
from scraper.reading.generic_values import is_date, is_only_date
from scraper.reading.generic_words import ACTION, JOB_STATUS, field_named
from scraper.reading.html import Page
from scraper.stage_text import plain
from scraper.stages import stage_of


def telling(page: Page, cells: Sequence[Tag]) -> Tag | None:
    """Of several columns of a kind ("Stage", "Status") the one that says more: an ending, then a step, then the first."""
    if len(cells) < 2:
        return cells[0] if cells else None
    texts = [page.spoken(cell) for cell in cells]
    for said in (_says_over, says_a_step):
        for text, cell in zip(texts, cells, strict=True):
            if text and said(text):
                return cell
    return cells[0]


def _says_over(text: str) -> bool:
    return stage_of(text).ended


def says_a_step(text: str) -> bool:
    words = plain(text)
    return not (JOB_STATUS.match(words) or ACTION.match(words)) and stage_of(text).stage is not Stage.UNKNOWN


def take_status(page: Page, atoms: Atoms, row: Found, cell: Tag | None) -> None:
    if cell is None:
        return
    inside = without_days(page, atoms.inside(cell))
    known = [
        atom
        for atom in inside
        if atom.step or (stage_of(atom.text).stage is not Stage.UNKNOWN and not atom.action)
    ]
    whole = without_label(page.spoken(cell))
    if inside and len(inside) < len(atoms.inside(cell)):
        whole = without_label(" ".join(atom.text for atom in inside))
    if len(inside) > 1 and field_named(inside[0].text) == "status" and inside[0].text != whole:
        whole = " ".join(atom.text for atom in inside[1:])  # the head of the column again, for phones
        inside = inside[1:]
    if (
        len(inside) > 1
        and known
        and (
            any(atom.step for atom in known)
            or stage_of(whole).stage is Stage.UNKNOWN
            or any(atom.action or is_date(page, atom.text) for atom in inside)
        )
    ) or (known and len(inside) > 1 and known[0] is inside[0] and len(whole) > 60):
        row.status = without_label(known[0].text)
    else:
        row.status = whole
    row.labelled = bool(row.status)


def without_days(page: Page, inside: Sequence[Atom]) -> Sequence[Atom]:
    """What a cell says first, without the days that stand below it: "Updated Nov 20", "12 May 2026"."""
    if len({id(atom.tag) for atom in inside}) < 2:
        return inside
    kept = [
        atom
        for number, atom in enumerate(inside)
        if not number or not (OTHER_DAY.match(atom.words) or is_only_date(atom.text))
    ]
    return kept or inside


def cell_text(page: Page, atoms: Atoms, cell: Tag) -> str:
    inside = atoms.inside(cell)
    if len(inside) > 1 and field_named(inside[0].text) and not inside[0].heading:
        return inside[1].text
    text = page.spoken(cell)
    return text if len(text) <= 160 else next((atom.text for atom in atoms.inside(cell)), "")
