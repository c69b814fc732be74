"""Tables and grids of roles, with or without heads, grouped or with merged cells -> rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from bs4 import Tag

from scraper.reading.generic_atom import Atom, is_status
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_cells import cell_text, says_a_step, take_status, telling, without_days
from scraper.reading.generic_fields import invites, read_row
from scraper.reading.generic_labels import CELL_LABELS, pair
from scraper.reading.generic_lines import (
    TABLES,
    TITLE_HEAD,
    Line,
    about_heads,
    group_name,
    heads_of,
    is_frame,
    tells_facts,
)
from scraper.reading.generic_looks import Found, title_score
from scraper.reading.generic_split import whole_lines
from scraper.reading.generic_stacks import facts_row, stacked_rows
from scraper.reading.generic_topics import NO_JOB_HEAD
from scraper.reading.generic_values import is_date, is_only_date, is_only_number, requisition_in
from scraper.reading.generic_words import field_named
from scraper.reading.html import Page, attr
from scraper.stage_text import plain

_EXPLAINS = re.compile(
    r"mean|definition|description|explanation|explained|bedeutung|beschreibung|erklarung|significado|descripcion|signification|descricao|definicao"
)
_OTHER_THINGS = re.compile(
    r"\b(?:document|requirements?|checklist|file|filename|task|claim|ticket|case|complaint|policy|appointment|(?<!of )applicants|(?<!of )candidates|opened|date opened|days open|alert|search name|saved search|candidate name|applicant name|applicant(?! (?:status|stage|state))|candidate(?! (?:status|stage|state|step|phase))|assignee|environment|namespace|cluster|repository|branch|deployment|assigned to|reporter|severity|resolution|milestone|component|version|sprint|bug|issue|permissions?|scopes?|last used|quantity|qty|total|price|tracking|course|event|order|invoice|subject|from|sender|message|device|reference name|school|degree|dokument|datei|aufgabe|betreff|documento|archivo|tarea|asunto|fichier|tache|objet|arquivo|tarefa|assunto|salary|posted|date posted|gehalt|salario|salaire)\b"
)
_PEOPLE = re.compile(
    r"(?:bewerber|kandidat|bewerbende)(?:\W?in(?:nen)?)?$|(?:candidat[oae]?s?|postulantes?|aspirantes?|candidato\Wa|candidat\We|applicants?|candidates?)$"
)
"""A column of people: the applications of others, seen from the other side."""

_OF_OTHERS = re.compile(
    r"\b(?:(?<!of )applicants|(?<!of )candidates|(?:candidate|applicant) name|assignee|reporter|severity)\b"
)


def table_rows(page: Page, atoms: Atoms) -> tuple[list[Found], list[Tag]]:
    """(rows of all tables on the page, tables that hold other things). Of nested tables one is layout."""
    found: list[tuple[Tag, list[Found]]] = []
    lines, refused = whole_lines(page)
    for table in page.all(TABLES):
        # A history has become one atom of its own.
        if (inside := atoms.inside(table)) and inside[0].tag is not table:
            rows = _read_table(page, atoms, table, lines[id(table)], refused)
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


def _read_table(
    page: Page, atoms: Atoms, table: Tag, lines: Sequence[Line], refused: list[Tag]
) -> list[Found]:
    if not lines:
        return []
    at, heads = heads_of(page, lines)
    texts = [plain(page.spoken(cell)) for cell in lines[at].cells] if heads else []
    doubted = any(_OTHER_THINGS.search(text) for text in texts)
    doubted = doubted or (any(map(NO_JOB_HEAD.match, texts)) and not any(map(TITLE_HEAD.match, texts)))
    if not heads and _lists_other_things(page, lines[0]):
        refused.append(table)
        return []
    if any(map(_EXPLAINS.search, texts)) or (
        (doubted or any(map(_PEOPLE.match, texts))) and not _calls_jobs_jobs(texts)
    ):
        refused.append(table)
        if any(map(_PEOPLE.match, texts)):
            page.__dict__["_intown_people"] = True
        return []
    if not heads and (single := facts_row(page, atoms, table, lines)):
        return [single]
    if not heads and (stacked := stacked_rows(page, atoms, table, lines)):
        return stacked
    if not heads and tells_facts(page, lines):
        return []  # labels and values of something named elsewhere
    narrow = all(len(line.cells) == 1 for line in lines)
    if not heads and (narrow or any(is_frame(page, cell) for line in lines for cell in line.distinct)):
        return []  # a frame for cards or other tables; what stands inside is read by itself
    body = lines[at + 1 :] if heads else lines
    rows: list[tuple[Line, Found]] = []
    group = ""
    for line in body:
        if name := group_name(page, line, len(heads) or max(len(entry.cells) for entry in lines)):
            group = name
            continue
        if heads and [plain(page.spoken(cell)) for cell in line.cells] == texts:
            continue  # long tables say their heads again
        row = _read_line(page, atoms, line, heads, texts)
        row.group = group
        row.place = page.index.places[id(line.tag)]
        row.made = (id(table), "tr", "")
        row.doubted = doubted
        rows.append((line, row))
    if not heads:
        _vote(page, atoms, rows)
        if not any(row.status for _, row in rows):
            return []  # a menu, a form
    if heads and not rows and {"title", "status"} <= set(heads):
        refused.append(table)  # an empty list: what stands in its place is no row
    return [row for _, row in rows if row.title]


def page_of_others(page: Page) -> bool:
    """Has a table of the page a column of people? Then whoever sees it decides on them. To be asked after the tables."""
    return bool(page.__dict__.get("_intown_people"))


def _lists_other_things(page: Page, line: Line) -> bool:
    """Does the first line name columns, and one of them of other things: "Requirement | "?"""
    if any(cell.name != "th" and attr(cell, "role") != "columnheader" for cell in line.cells):
        return False
    return any(_OTHER_THINGS.search(plain(page.spoken(cell))) for cell in line.cells)


def _calls_jobs_jobs(texts: Sequence[str]) -> bool:
    """Does a table say itself that it lists jobs, each with a status, whatever its other columns hold?"""
    if any(_OF_OTHERS.search(text) or _PEOPLE.match(text) for text in texts):
        return False
    return any(map(TITLE_HEAD.match, texts)) and any(field_named(text) == "status" for text in texts)


def _read_line(
    page: Page, atoms: Atoms, line: Line, heads: Sequence[str], texts: Sequence[str] = ()
) -> Found:
    """One row by its columns; what has no column is read as in a card."""
    named: dict[str, Tag] = {}
    stages: list[Tag] = []
    titles: list[Tag] = []
    rest: list[Atom] = []
    about = about_heads(tuple(texts))
    own = any(field == "status" and whose != "job" for field, whose in zip(heads, about, strict=False))
    for number, cell in enumerate(line.cells):
        if number and cell is line.cells[number - 1]:
            continue
        name = heads[number] if number < len(heads) else ""
        for attribute in CELL_LABELS:
            if not name and attribute in cell.attrs:
                name = field_named(attr(cell, attribute))
        if name == "updated" and says_a_step(text := page.spoken(cell)) and not is_date(page, text):
            name = "status"  # a column "Update" of words
        if name == "status" and not (own and about[number : number + 1] == ["job"]):
            stages.append(cell)
        elif name == "title":
            titles.append(cell)
        elif name and name not in named and name not in ("other", "updated"):
            named[name] = cell
        elif name not in ("other", "updated"):
            rest.extend(atoms.inside(cell))
    if titles and not any(_may_name_a_job(page, cell) for cell in titles):
        named.setdefault("requisition", titles[0])  # "Call 2026/14": the name stands elsewhere
        titles = []
    if titles:
        named["title"] = next((cell for cell in titles if _may_name_a_job(page, cell)), titles[0])
        numbers = [
            cell for cell in titles if cell is not named["title"] and is_only_number(page.spoken(cell))
        ]
        if numbers:
            named.setdefault("requisition", numbers[0])
    title_atoms = atoms.inside(named["title"]) if "title" in named else []
    if len(title_atoms) == 1 and not pair(title_atoms[0])[0]:
        row = read_row(page, rest, line.tag, title=title_atoms[0])
    else:
        row = read_row(page, [*title_atoms, *rest], line.tag)
    if titles and row.title_atom not in title_atoms:
        best = max(
            title_atoms, key=lambda atom: title_score(atom, 0) if atom.may_be_title else -9, default=None
        )
        row.title, row.title_atom = (best.text, best) if best else (page.spoken(named["title"]), None)
        if row.company == row.title:
            row.company = ""
    if "title" in named and row.title_atom is not None:
        whole = next(iter(page.lines(named["title"])), "")
        if whole.startswith(row.title) and len(whole) <= 160:
            row.title = whole  # a part that reads like a status was cut off: "Nurse - Reserve list"
    take_status(page, atoms, row, telling(page, stages))
    for name in ("company", "location", "requisition", "applied"):
        if name in named and (text := cell_text(page, atoms, named[name])):
            setattr(row, name, text)
    row.titled = bool("title" in named and row.title)
    if "applied" in named and row.applied:
        row.labelled = True
    row.apply = invites(
        [
            atom
            for cell in line.distinct
            if not any(cell is stage for stage in stages)
            for atom in atoms.inside(cell)
        ]
    )
    return row


def _may_name_a_job(page: Page, cell: Tag) -> bool:
    text = page.spoken(cell)
    return bool(re.search(r"[^\W\d_]{2}", text)) and not is_only_number(text) and not is_only_date(text)


def _vote(page: Page, atoms: Atoms, rows: Sequence[tuple[Line, Found]]) -> None:
    """Without heads the columns tell themselves: where most rows have their status and title, all have it."""
    status_at, title_at = Counter[int](), Counter[int]()
    for line, _ in rows:
        scores: list[tuple[int, int]] = []
        for number, cell in enumerate(line.cells):
            inside = _values(atoms, cell)
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
            inside = _values(atoms, line.cells[status])
            inside = without_days(page, inside)
            again = len(inside) < len(atoms.inside(line.cells[status]))
            row.status = " ".join(atom.text for atom in inside) if again else page.spoken(line.cells[status])
        if (
            title < len(line.cells)
            and title != status
            and (inside := _values(atoms, line.cells[title]))
            and title_at[title] > 0.5 * len(rows)
        ):
            best = max(enumerate(inside), key=lambda pair: title_score(pair[1], pair[0]))[1]
            if row.company == best.text:
                row.company = ""
            row.title, row.title_atom = best.text, best


def _values(atoms: Atoms, cell: Tag) -> Sequence[Atom]:
    """What stands in a cell, without the head of its column that some tables say again there, for phones."""
    inside = atoms.inside(cell)
    again = len(inside) > 1 and not inside[0].heading and field_named(inside[0].text)
    return inside[1:] if again else inside
