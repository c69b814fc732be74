"""The lines of a table, whatever they are made of: cells that span several columns or lines, heads, heads over groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice

from bs4 import Tag

from scraper.reading.generic_words import field_named
from scraper.reading.html import Page, attr

TABLES = "table, [role=table], [role=grid], [role=treegrid]"
_ROWS = "tr, [role=row]"


_CELLS = frozenset({"td", "th"})
_CELL_ROLES = frozenset({"cell", "gridcell", "rowheader", "columnheader"})


MOST_COLUMNS = 40


@dataclass(slots=True)
class Line:
    """One row of a table: its cells, one entry a column; a cell that spans several stands in each."""

    tag: Tag
    cells: list[Tag] = field(default_factory=list)

    @property
    def distinct(self) -> list[Tag]:
        return list({id(cell): cell for cell in self.cells}.values())


def lines_of(page: Page, table: Tag) -> list[Line]:
    """The table's own rows, merged cells repeated where they reach."""
    lines: list[Line] = []
    below: dict[int, tuple[Tag, int]] = {}  # column -> (cell, rows it still reaches)
    for tag in page.all(_ROWS, table):
        if page.closest(tag.parent, TABLES) is not table if tag.parent is not None else True:
            continue
        line = Line(tag)
        own = [child for child in _own_cells(tag) if page.is_visible(child)]
        while own or len(line.cells) in below:
            column = len(line.cells)
            if column in below:
                cell, left = below.pop(column)
                line.cells.append(cell)
                if left > 1:
                    below[column] = (cell, left - 1)
                continue
            cell = own.pop(0)
            for _ in range(_span(cell, "colspan")):
                if _span(cell, "rowspan") > 1:
                    below[len(line.cells)] = (cell, _span(cell, "rowspan") - 1)
                line.cells.append(cell)
        if line.cells:
            lines.append(line)
    return lines


def _own_cells(row: Tag) -> list[Tag]:
    """The cells of a row, also inside wrappers (forms, custom elements)."""
    cells: list[Tag] = []
    stack = [child for child in reversed(list(row.children)) if isinstance(child, Tag)]
    while stack:
        tag = stack.pop()
        if tag.name in _CELLS or attr(tag, "role") in _CELL_ROLES:
            cells.append(tag)
        else:
            stack.extend(child for child in reversed(list(tag.children)) if isinstance(child, Tag))
    return cells


def _span(cell: Tag, name: str) -> int:
    if name not in cell.attrs and f"aria-{name}" not in cell.attrs:
        return 1
    value = attr(cell, name) or attr(cell, f"aria-{name}")
    return max(1, min(int(value), MOST_COLUMNS)) if value.isdigit() else 1


def heads_of(page: Page, lines: Sequence[Line]) -> tuple[int, list[str]]:
    """(number of the head's row, field per column); no fields where the table has no head."""
    for at, line in enumerate(lines[:4]):
        if line.cells[0].name == "th" and line.cells[-1].name == "td" and len(line.distinct) == 2:
            continue  # a label and its value
        fields = [field_named(page.spoken(cell)) for cell in line.cells]
        named = [name for name in fields if name]
        heads = are_heads(line)
        if heads and at + 1 < len(lines) and are_heads(lines[at + 1]):
            below = [field_named(page.spoken(cell)) for cell in lines[at + 1].cells]
            if len(below) == len(fields) and any(below):
                return at + 1, [low or high for low, high in zip(below, fields, strict=True)]
        if len(set(named)) >= 2 and (heads or len(named) >= 0.6 * len(fields)) and len(line.distinct) > 1:
            return at, fields
        if heads and len(line.distinct) > 1 and named:
            return at, fields
    return 0, []


def are_heads(line: Line) -> bool:
    return all(cell.name == "th" or attr(cell, "role") == "columnheader" for cell in line.cells)


def group_name(page: Page, line: Line, columns: int) -> str:
    """The text of a row that is one cell over the whole width: a head over the rows below it."""
    distinct = line.distinct
    filled = list(islice((cell for cell in distinct if page.spoken(cell)), 2))
    if len(filled) != 1 or columns < 2:
        return ""
    if len(distinct) > 1 and filled[0] is not distinct[0]:
        return ""
    text = page.spoken(filled[0])
    return text if len(text) <= 100 and not page.all("table, [role=grid]", filled[0]) else ""


TITLE_HEAD = re.compile(
    r"(?:job|position|vacancy|role|post|posting|requisition)(?: (?:title|name|applied for))?$|(?:puesto|vacante|cargo|poste|emploi|stelle|stellenbezeichnung|vaga)$"
)

OWN_HEAD = re.compile(
    r"\b(?:my|your|applica\w+|candida\w+|submission|mi|tu|su|mein\w*|ihr\w*|bewerb\w+|ma|mon|votre|minha|sua|solicitud|postulaci\w+|inscri\w+)\b"
)


JOB_HEAD = re.compile(
    r"\b(?:job|requisition|req|posting|position|vacancy|opening|opportunity|stellen?\w*|ausschreibung\w*|oferta|vacante|puesto|convocatoria|offre|poste|annonce|vaga|cargo|anuncio|aviso|plaza|anzeige)\b"
)


@lru_cache(maxsize=256)
def about_heads(texts: tuple[str, ...]) -> list[str]:
    """Whether each head speaks of one's own application ("own"), of the opening ("job") or does not say ("")."""
    return ["own" if OWN_HEAD.search(text) else "job" if JOB_HEAD.search(text) else "" for text in texts]


def tells_facts(page: Page, lines: Sequence[Line]) -> bool:
    """Two columns, labels on the left, without a title: facts of the card round it."""
    if all(_in_pairs(line) for line in lines):
        return True
    if any(len(line.distinct) != 2 for line in lines):
        return False
    labels = [page.spoken(line.cells[0]) for line in lines]
    return sum(bool(field_named(label)) or label.endswith(":") for label in labels) >= 0.5 * len(lines)


def _in_pairs(line: Line) -> bool:
    """Label, value, label, value: each label in a head's cell."""
    names = [cell.name for cell in line.distinct]
    return names == ["th", "td"] * (len(names) // 2) and bool(names)


def is_frame(page: Page, cell: Tag) -> bool:
    """Does a cell hold a part of the page rather than a value: its heading, other tables, blocks alike?"""
    if (
        page.first("table, [role=table], [role=grid], [role=treegrid], h1, h2, hr, dl, article", cell)
        is not None
    ):
        return True
    inner = [cell, *page.all("div, section, form, center, font", cell)]
    for tag in inner:
        blocks = [
            child
            for child in tag.children
            if isinstance(child, Tag) and child.name in ("div", "li", "p", "section")
        ]
        if (
            sum(page.first("h3, h4, h5, a, b, strong, p, div, span", block) is not None for block in blocks)
            >= 3
        ):
            return True
    return False
