"""Tables without heads that use several lines for one application: labels on the left, or a title over labels."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_cells import take_status
from scraper.reading.generic_fields import read_row
from scraper.reading.generic_labels import pair
from scraper.reading.generic_lines import Line
from scraper.reading.generic_looks import Found, tells_day_of_applying
from scraper.reading.generic_values import is_only_number
from scraper.reading.generic_words import field_named
from scraper.reading.html import Page

MOST_LABELS = 30
"""Lines with a label and a value that one application has, at most."""


def facts_row(page: Page, atoms: Atoms, table: Tag, lines: Sequence[Line]) -> Found | None:
    """A table of two columns, labels on the left: one application. A line over its whole width may stand over the
    labels, with the employer or the title, and below them, with links."""
    wide = [len(line.distinct) == 1 for line in lines]
    first = next((at for at, one in enumerate(wide) if not one), len(lines))
    last = len(lines) - next((at for at, one in enumerate(reversed(wide)) if not one), len(lines))
    body = lines[first:last]
    if not 2 <= len(body) <= MOST_LABELS or first > 1 or any(len(line.distinct) != 2 for line in body):
        return None
    head = page.spoken(lines[0].cells[0]) if first else ""
    names = [field_named(page.spoken(line.cells[0])) for line in body]
    if "status" not in names or not ("title" in names or head) or sum(map(bool, names)) < 0.5 * len(body):
        return None
    row = Found(place=page.index.places[id(table)], labelled=True)
    for name, line in zip(names, body, strict=True):
        cell = line.distinct[1]
        if name == "status":
            take_status(page, atoms, row, cell)
        elif name == "title" and is_only_number(row.title):
            row.requisition, row.title = row.requisition or row.title, page.spoken(cell)
        elif name in ("title", "company", "location", "requisition", "applied") and not getattr(row, name):
            setattr(row, name, page.spoken(cell))
        if name == "title" and (link := page.first("a[href]", cell)):
            row.url = page.link(link)
    if not row.title:
        row.title = head
    elif not row.company and len(head) <= 80:
        row.company = head
    return row if row.title else None


def stacked_rows(page: Page, atoms: Atoms, table: Tag, lines: Sequence[Line]) -> list[Found]:
    """Each application a line with its title, and below it lines of nothing but labels with their values, one of
    them the status's; none where the table is made otherwise."""
    stacks: list[list[Line]] = []
    for line in lines:
        before = {id(cell) for over in stacks[-1] for cell in over.cells} if stacks else set()
        filled = [cell for cell in line.distinct if page.spoken(cell) and id(cell) not in before]
        if not filled:
            continue
        if all(_begins_with_label(atoms, cell) for cell in filled) or (
            stacks and all(tells_day_of_applying(page.spoken(cell)) for cell in filled)
        ):
            if not stacks:
                return []  # each line says its labels itself
            if line.cells != stacks[-1][-1].cells:
                stacks[-1].append(line)
        else:
            stacks.append([line])
    rows = [read for stack in stacks if len(stack) > 1 and (read := _read(page, atoms, table, stack))]
    return rows if rows and len(rows) >= len(stacks) - 1 else []


def _begins_with_label(atoms: Atoms, cell: Tag) -> bool:
    inside = atoms.inside(cell)
    if not inside:
        return True  # a picture that reaches down from the line above
    return bool(pair(inside[0])[0]) or inside[0].text.endswith(":")


def _read(page: Page, atoms: Atoms, table: Tag, stack: Sequence[Line]) -> Found | None:
    cells = {id(cell): cell for line in stack for cell in line.distinct}
    run = [atom for cell in cells.values() for atom in atoms.inside(cell)]
    names = [field_named(atom.text.partition(":")[0]) for atom in run]
    row = read_row(page, run, stack[0].tag)
    if names.count("status") != 1 or not (row.title and row.status and row.labelled):
        return None
    row.place = page.index.places[id(stack[0].tag)]
    row.made = (id(table), "tr", "")
    return row
