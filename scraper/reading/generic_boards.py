"""Cards whose status stands outside their text: in an attribute, or as the head of a board's column."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_atom import HEADINGS, Atom, may_be_title
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_text import reads_as_status, without_count
from scraper.reading.html import Page, attr
from scraper.stage_text import plain
from scraper.stages import stage_of

_OF_A_LIST = re.compile(
    r"\b(?:applications|submissions|interviews|jobs|offers|candidatures|candidaturas|bewerbungen|postulaciones|solicitudes|inscripciones|inscricoes|entretiens|entrevistas|gesprache)\b"
)
"""What a heading over a list says, which is no column of a board: "Current applications", "Upcoming interviews"."""

ROW_TAGS = frozenset({"li", "article", "tr", "details"})


def _names_list(text: str) -> bool:
    return " " in text and _OF_A_LIST.search(plain(text)) is not None


def marked_rows(page: Page, atoms: Atoms, taken: Sequence[Tag]) -> list[Tag]:
    """Rows whose status stands in an attribute of the row itself."""
    found = []
    for tag in page.all("[data-status], [data-state], [data-stage], [data-application-status]"):
        if any(page.contains(other, tag) for other in taken) or not any(map(may_be_title, atoms.inside(tag))):
            continue
        values = (
            attr(tag, name) for name in ("data-application-status", "data-status", "data-stage", "data-state")
        )
        if any(stage_of(value).stage is not Stage.UNKNOWN for value in values if value):
            found.append(tag)
    return [
        tag for tag in found if not any(other is not tag and page.contains(tag, other) for other in found)
    ]


def under_status_heads(page: Page, atoms: Atoms, free: Sequence[Atom]) -> list[tuple[Atom, list[Tag]]]:
    """(head, cards) of cards under headings which are statuses, as on a board with a column for each. Where two are
    known, the headings of the columns made like theirs are statuses, too, whatever they say."""
    heads = [
        atom
        for atom in free
        if atom.heading
        and not _names_list(without_count(atom.text))
        and reads_as_status(without_count(atom.text))
    ]
    if len(heads) < 2:
        return []
    columns = [(head, column) for head in heads if (column := _column(page, head, heads)) is not None]
    columns += _columns_beside(page, free, columns)
    alike = [(head, _like_cards(page, atoms, column, head)) for head, column in columns]
    # Where a column holds one card, its frame looks like a card as well: cards are made alike in all columns.
    made = next((_made(its[0]) for _, groups in alike for its in groups if len(its) > 1), None)
    found: list[tuple[Atom, list[Tag]]] = []
    for head, groups in alike:
        one = next((its for its in groups if _made(its[0]) == made), groups[0] if groups else [])
        # "Nothing here yet" stands alone in an empty column.
        found.append((head, [tag for tag in one if len(atoms.inside(tag)) > 1]))
    return found


def _columns_beside(
    page: Page, free: Sequence[Atom], columns: Sequence[tuple[Atom, Tag]]
) -> list[tuple[Atom, Tag]]:
    """The other children, made like the columns known, of the tag that holds them, each with its heading."""
    known = {id(column) for _, column in columns}
    looks = Counter((id(column.parent), _made(column)) for _, column in columns)
    parents = {id(column.parent): column.parent for _, column in columns if column.parent is not None}
    beside: list[tuple[Atom, Tag]] = []
    for (parent, made), times in looks.items():
        if times < 2 or not made[1]:
            continue
        for child in parents[parent].children:
            if isinstance(child, Tag) and id(child) not in known and _made(child) == made:
                heads = [atom for atom in free if atom.heading and page.contains(child, atom.tag)]
                if heads and heads[0].tag.name == columns[0][0].tag.name:
                    beside.append((heads[0], child))
    return beside


def _column(page: Page, head: Atom, heads: Sequence[Atom]) -> Tag | None:
    """The widest tag that holds this head and no other."""
    column = head.tag.parent
    while (
        column is not None
        and column.parent is not None
        and sum(page.contains(column.parent, other.tag) for other in heads) == 1
    ):
        column = column.parent
    if column is None or sum(page.contains(column, other.tag) for other in heads) != 1:
        return None
    return column


def _like_cards(page: Page, atoms: Atoms, column: Tag, head: Atom) -> list[list[Tag]]:
    """What may be the cards of a column, the outermost first: tags made alike, with a name or of a kind that rows have."""
    groups: dict[tuple[int, str, str], list[Tag]] = defaultdict(list)
    for tag in page.all("*", column):
        if page.index.places[id(tag)] != head.place and any(map(may_be_title, atoms.inside(tag))):
            groups[(id(tag.parent), tag.name, attr(tag, "class"))].append(tag)
    return [
        its
        for (_, name, names), its in groups.items()
        if (names or name in ROW_TAGS)
        and name not in HEADINGS
        and not any(page.contains(tag, head.tag) for tag in its)
    ]


def _made(tag: Tag) -> tuple[str, str]:
    return tag.name, attr(tag, "class")


def under_counted_heads(page: Page, atoms: Atoms, free: Sequence[Atom]) -> list[tuple[Atom, list[Tag]]]:
    """(head, cards) of cards under a status with their number beside it: "Applied 3" over three cards alike."""
    found: list[tuple[Atom, list[Tag]]] = []
    for atom, after in pairwise(free):
        count = re.fullmatch(r"\(?(\d{1,3})\)?", after.text)
        if (
            not count
            or atom.tag.parent is not after.tag.parent
            or not reads_as_status(atom.text, wholly=True)
        ):
            continue
        column = atom.tag.parent
        for _ in range(3):
            column = column.parent if column is not None else None
            if column is None or column.name in ("body", "[document]") or count[1] == "0":
                if count[1] == "0":
                    found.append((atom, []))
                break
            groups: dict[tuple[int, str, str], list[Tag]] = defaultdict(list)
            for tag in page.all("*", column):
                if page.index.places[id(tag)] > after.place and any(map(may_be_title, atoms.inside(tag))):
                    groups[(id(tag.parent), tag.name, attr(tag, "class"))].append(tag)
            cards = next((its for its in groups.values() if len(its) == int(count[1])), [])
            if cards:
                found.append((atom, cards))
                break
            if groups:
                break
    return found
