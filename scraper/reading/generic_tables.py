"""Tables and grids of roles, with or without heads, grouped or with merged cells -> rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_atom import Atom, is_status
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_fields import Found, invites, read_row, title_score
from scraper.reading.generic_labels import CELL_LABELS, without_label
from scraper.reading.generic_topics import NO_JOB_HEAD
from scraper.reading.generic_values import is_date, is_only_number, requisition_in
from scraper.reading.generic_words import JOB_STATUS, field_named
from scraper.reading.html import Page, attr
from scraper.stage_text import plain
from scraper.stages import stage_of

TABLES = "table, [role=table], [role=grid], [role=treegrid]"
_ROWS = "tr, [role=row]"
_CELLS = frozenset({"td", "th"})
_CELL_ROLES = frozenset({"cell", "gridcell", "rowheader", "columnheader"})
_EXPLAINS = re.compile(
    r"mean|definition|description|explanation|explained|bedeutung|beschreibung|erklarung|significado|descripcion|signification|descricao|definicao"
)
_OTHER_THINGS = re.compile(
    r"\b(?:document|file|filename|task|claim|ticket|case|complaint|policy|appointment|applicants|candidates|opened|date opened|days open|alert|search name|saved search|candidate name|applicant name|applicant(?! (?:status|stage|state))|candidate(?! (?:status|stage|state|step|phase))|assignee|assigned to|reporter|severity|resolution|milestone|component|version|sprint|bug|issue|permissions?|scopes?|last used|quantity|qty|total|price|tracking|course|event|order|invoice|subject|from|sender|message|device|reference name|school|degree|dokument|datei|aufgabe|betreff|documento|archivo|tarea|asunto|fichier|tache|objet|arquivo|tarefa|assunto|salary|posted|date posted|gehalt|salario|salaire)\b"
)
MOST_COLUMNS = 40


@dataclass(slots=True)
class Line:
    """One row of a table: its cells, one entry a column; a cell that spans several stands in each."""

    tag: Tag
    cells: list[Tag] = field(default_factory=list)

    @property
    def distinct(self) -> list[Tag]:
        return list({id(cell): cell for cell in self.cells}.values())


def table_rows(page: Page, atoms: Atoms) -> tuple[list[Found], list[Tag]]:
    """(rows of all tables on the page, tables that hold other things). Of nested tables one is layout."""
    refused: list[Tag] = []
    found: list[tuple[Tag, list[Found]]] = []
    for table in page.all(TABLES):
        # A history has become one atom of its own.
        if (inside := atoms.inside(table)) and inside[0].tag is not table:
            rows = _read_table(page, atoms, table, refused)
            if rows:
                found.append((table, rows))
    kept: list[Found] = []
    for table, rows in found:
        inner = [other for other, its in found if other is not table and page.contains(table, other)]
        outer = [
            other
            for other, its in found
            if other is not table and page.contains(other, table) and len(its) >= len(rows)
        ]
        if not (inner and sum(len(its) for other, its in found if other in inner) > len(rows)) and not outer:
            kept.extend(rows)
    return kept, refused


def _read_table(page: Page, atoms: Atoms, table: Tag, refused: list[Tag]) -> list[Found]:
    lines = _lines(page, table)
    if not lines:
        return []
    at, heads = _heads(page, lines)
    texts = [plain(page.spoken(cell)) for cell in lines[at].cells] if heads else []
    if heads and (
        any(_EXPLAINS.search(text) for text in texts)
        or any(_OTHER_THINGS.search(text) for text in texts)
        or any(NO_JOB_HEAD.match(text) for text in texts)
    ):
        refused.append(table)
        return []
    if not heads and (single := _vertical(page, atoms, table, lines)):
        return [single]
    if not heads and _tells_facts(page, lines):
        return []  # labels and values of something named elsewhere
    narrow = all(len(line.cells) == 1 for line in lines)
    if not heads and (narrow or any(_is_frame(page, cell) for line in lines for cell in line.distinct)):
        return []  # a frame for cards or other tables; what stands inside is read by itself
    body = lines[at + 1 :] if heads else lines
    rows: list[tuple[Line, Found]] = []
    group = ""
    for line in body:
        if name := _group_name(page, line, len(heads) or max(len(entry.cells) for entry in lines)):
            group = name
            continue
        row = _read_line(page, atoms, line, heads, texts)
        row.group = group
        row.place = page.index.places[id(line.tag)]
        row.made = (id(table), "tr", "")
        rows.append((line, row))
    if not heads:
        _vote(page, atoms, rows)
        if not any(row.status for _, row in rows):
            return []  # a menu, a form
    return [row for _, row in rows if row.title]


def _is_frame(page: Page, cell: Tag) -> bool:
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


def _lines(page: Page, table: Tag) -> list[Line]:
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
    if not cell.attrs:
        return 1
    value = attr(cell, name) or attr(cell, f"aria-{name}")
    return max(1, min(int(value), MOST_COLUMNS)) if value.isdigit() else 1


def _heads(page: Page, lines: Sequence[Line]) -> tuple[int, list[str]]:
    """(number of the head's row, field per column); no fields where the table has no head."""
    for at, line in enumerate(lines[:4]):
        if line.cells[0].name == "th" and line.cells[-1].name == "td" and len(line.distinct) == 2:
            continue  # a label and its value
        fields = [field_named(page.spoken(cell)) for cell in line.cells]
        named = [name for name in fields if name]
        heads = all(cell.name == "th" or attr(cell, "role") == "columnheader" for cell in line.cells)
        if len(set(named)) >= 2 and (heads or len(named) >= 0.6 * len(fields)) and len(line.distinct) > 1:
            return at, fields
        if heads and len(line.distinct) > 1 and named:
            return at, fields
    return 0, []


def _group_name(page: Page, line: Line, columns: int) -> str:
    """The text of a row that is one cell over the whole width: a head over the rows below it."""
    distinct = line.distinct
    filled = [cell for cell in distinct if page.spoken(cell)]
    if len(filled) != 1 or columns < 2:
        return ""
    if len(distinct) > 1 and filled[0] is not distinct[0]:
        return ""
    text = page.spoken(filled[0])
    return text if len(text) <= 100 and not page.all("table, [role=grid]", filled[0]) else ""


def _read_line(
    page: Page, atoms: Atoms, line: Line, heads: Sequence[str], texts: Sequence[str] = ()
) -> Found:
    """One row by its columns; what has no column is read as in a card."""
    named: dict[str, Tag] = {}
    stages: list[Tag] = []
    titles: list[Tag] = []
    rest: list[Atom] = []
    about = _about(texts)
    own = any(field == "status" and whose != "job" for field, whose in zip(heads, about, strict=False))
    for number, cell in enumerate(line.cells):
        if number and cell is line.cells[number - 1]:
            continue
        name = heads[number] if number < len(heads) else ""
        for attribute in CELL_LABELS:
            if not name and attribute in cell.attrs:
                name = field_named(attr(cell, attribute))
        if name == "updated" and _says_a_step(text := page.spoken(cell)) and not is_date(page, text):
            name = "status"  # a column "Update" of words
        if name == "status" and not (own and about[number : number + 1] == ["job"]):
            stages.append(cell)
        elif name == "title":
            titles.append(cell)
        elif name and name not in named and name not in ("other", "updated"):
            named[name] = cell
        elif name not in ("other", "updated"):
            rest.extend(atoms.inside(cell))
    if titles:
        named["title"] = next((cell for cell in titles if _may_name_a_job(page, cell)), titles[0])
        numbers = [
            cell for cell in titles if cell is not named["title"] and is_only_number(page.spoken(cell))
        ]
        if numbers:
            named.setdefault("requisition", numbers[0])
    title_atoms = atoms.inside(named["title"]) if "title" in named else []
    row = read_row(page, [*title_atoms, *rest], line.tag)
    if titles and row.title_atom not in title_atoms:
        best = max(
            title_atoms, key=lambda atom: title_score(atom, 0) if atom.may_be_title else -9, default=None
        )
        row.title, row.title_atom = (best.text, best) if best else (page.spoken(named["title"]), None)
        if row.company == row.title:
            row.company = ""
    _take_status(page, atoms, row, _telling(page, stages))
    for name in ("company", "location", "requisition", "applied"):
        if name in named and (text := _cell_text(page, atoms, named[name])):
            setattr(row, name, text)
    row.titled = bool("title" in named and row.title)
    if "applied" in named and row.applied:
        row.labelled = True
    row.apply = invites([atom for cell in line.distinct for atom in atoms.inside(cell)])
    return row


def _may_name_a_job(page: Page, cell: Tag) -> bool:
    text = page.spoken(cell)
    return bool(re.search(r"[^\W\d_]{2}", text)) and not is_only_number(text) and not is_date(None, text)


_OWN_HEAD = re.compile(
    r"\b(?:my|your|applica\w+|candida\w+|submission|mi|tu|su|mein\w*|ihr\w*|bewerb\w+|ma|mon|votre|minha|sua|solicitud|postulaci\w+|inscri\w+)\b"
)
_JOB_HEAD = re.compile(
    r"\b(?:job|requisition|req|posting|position|vacancy|opening|opportunity|stellen\w*|ausschreibung\w*|oferta|vacante|puesto|convocatoria|offre|poste|annonce|vaga|cargo)\b"
)


def _about(texts: Sequence[str]) -> list[str]:
    """Whether each head speaks of one's own application ("own"), of the opening ("job") or does not say ("")."""
    return ["own" if _OWN_HEAD.search(text) else "job" if _JOB_HEAD.search(text) else "" for text in texts]


def _telling(page: Page, cells: Sequence[Tag]) -> Tag | None:
    """Of several columns of a kind ("Stage", "Status") the one that says more: an ending, then a step, then the first."""
    if len(cells) < 2:
        return cells[0] if cells else None
    texts = [page.spoken(cell) for cell in cells]
    for said in (_says_over, _says_a_step):
        for text, cell in zip(texts, cells, strict=True):
            if text and said(text):
                return cell
    return cells[0]


def _says_over(text: str) -> bool:
    return stage_of(text).ended


def _says_a_step(text: str) -> bool:
    return not JOB_STATUS.match(plain(text)) and stage_of(text).stage is not Stage.UNKNOWN


def _take_status(page: Page, atoms: Atoms, row: Found, cell: Tag | None) -> None:
    if cell is None:
        return
    inside = atoms.inside(cell)
    known = [
        atom
        for atom in inside
        if atom.step or (stage_of(atom.text).stage is not Stage.UNKNOWN and not atom.action)
    ]
    whole = without_label(page.spoken(cell))
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


def _cell_text(page: Page, atoms: Atoms, cell: Tag) -> str:
    inside = atoms.inside(cell)
    if len(inside) > 1 and field_named(inside[0].text) and not inside[0].heading:
        return inside[1].text
    text = page.spoken(cell)
    return text if len(text) <= 160 else next((atom.text for atom in atoms.inside(cell)), "")


def _vote(page: Page, atoms: Atoms, rows: Sequence[tuple[Line, Found]]) -> None:
    """Without heads the columns tell themselves: where most rows have their status and title, all have it."""
    status_at, title_at = Counter[int](), Counter[int]()
    for line, _ in rows:
        scores: list[tuple[int, int]] = []
        for number, cell in enumerate(line.cells):
            inside = atoms.inside(cell)
            if inside and any(is_status(atom) and not is_date(page, atom.text) for atom in inside[:2]):
                status_at[number] += 1
            if inside and not is_date(page, inside[0].text) and not requisition_in(inside[0].text):
                scores.append((title_score(inside[0], number), -number))
        if scores:
            title_at[-max(scores)[1]] += 1
    if not status_at or not title_at:
        return
    status, title = status_at.most_common(1)[0][0], title_at.most_common(1)[0][0]
    for line, row in rows:
        if status < len(line.cells) and status_at[status] >= 0.5 * len(rows):
            row.status = page.spoken(line.cells[status])
        if (
            title < len(line.cells)
            and title != status
            and (inside := atoms.inside(line.cells[title]))
            and title_at[title] > 0.5 * len(rows)
        ):
            best = max(enumerate(inside), key=lambda pair: title_score(pair[1], pair[0]))[1]
            if row.company == best.text:
                row.company = ""
            row.title, row.title_atom = best.text, best


def _tells_facts(page: Page, lines: Sequence[Line]) -> bool:
    """Two columns, labels on the left, without a title: facts of the card round it."""
    if any(len(line.distinct) != 2 for line in lines):
        return False
    return sum(bool(field_named(page.spoken(line.cells[0]))) for line in lines) >= 0.5 * len(lines)


def _vertical(page: Page, atoms: Atoms, table: Tag, lines: Sequence[Line]) -> Found | None:
    """A table of two columns, labels on the left: one application."""
    if not 2 <= len(lines) <= 30 or any(len(line.distinct) != 2 for line in lines):
        return None
    names = [field_named(page.spoken(line.cells[0])) for line in lines]
    if not {"title", "status"} <= set(names) or sum(map(bool, names)) < 0.5 * len(lines):
        return None
    row = Found(place=page.index.places[id(table)], labelled=True)
    for name, line in zip(names, lines, strict=True):
        cell = line.distinct[1]
        if name == "status":
            _take_status(page, atoms, row, cell)
        elif name == "title" and is_only_number(row.title):
            row.requisition, row.title = row.requisition or row.title, page.spoken(cell)
        elif name in ("title", "company", "location", "requisition", "applied") and not getattr(row, name):
            setattr(row, name, page.spoken(cell))
        if name == "title" and (link := page.first("a[href]", cell)):
            row.url = page.link(link)
    return row
