"""Which text of a row is its title, told by its neighbours: the same words in every row, or numbers, name no job."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from scraper.reading.generic_atom import Atom
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_looks import Found, title_score
from scraper.reading.generic_roles import names_work
from scraper.reading.generic_text import known_status
from scraper.reading.generic_values import is_date, is_only_number, requisition_in, surely_place
from scraper.reading.generic_words import ACTION, COMPANY_WORD, field_named
from scraper.reading.html import Page
from scraper.stage_text import plain

_REFERENCE = re.compile(r"[A-Z]{1,8}(?:[-/.][A-Z]{1,8}){0,3}[-/. ]?\d+(?:[-/.][A-Z0-9]{1,8}){0,4}")
LEAST = 2
"""Rows that must agree before a title is taken for no title."""


def retitled(page: Page, rows: list[Found], atoms: Atoms) -> list[Found]:
    """The rows, with other titles where a list's titles are one and the same text or nothing but references."""
    lists: dict[object, list[Found]] = defaultdict(list)
    for row in rows:
        lists[row.made[1:] if row.made and row.made[1] != "tr" else row.made].append(row)
    for group in lists.values():
        if len(group) < LEAST:
            continue
        numbers, same = all(is_reference(row.title) for row in group), _all_the_same(group)
        heads = [row.group for row in group]
        if (numbers or same) and all(heads) and len(set(heads)) == len(heads):
            for row in group:
                row.title, row.title_atom, row.titled, row.group = row.group, None, True, ""
        elif numbers:
            _choose_again(page, group, atoms)
        elif same:
            _choose_again(page, group, atoms, same=True)
        else:
            _as_their_neighbours(page, group, atoms)
    return rows


def _as_their_neighbours(page: Page, group: Sequence[Found], atoms: Atoms) -> None:
    """Take the title of a row that is called by a number from where most of its neighbours have theirs."""
    numbers = [row for row in group if is_reference(row.title)]
    where = Counter(
        row.title_atom.place - row.place
        for row in group
        if row.title_atom is not None and not is_reference(row.title)
    )
    if not numbers or not where:
        return
    offset = where.most_common(1)[0][0]
    for row in numbers:
        for atom in atoms.inside(page.index.tags[row.place]):
            if atom.place - row.place == offset and not is_reference(atom.text):
                _take(row, atom)
                break


def _all_the_same(group: Sequence[Found]) -> bool:
    """Do all rows say the same where their titles are, and nothing that work is called?"""
    titles = {row.title for row in group}
    return len(titles) == 1 and not names_work(plain(next(iter(titles))))


def is_reference(text: str) -> bool:
    """Is a whole text a number of an opening or of an application: "EG-4410", "EPSO/AD/425/26", "27811"?"""
    text = text.strip(" #[]()")
    if is_only_number(text) or requisition_in(text) == text:
        return True
    return _REFERENCE.fullmatch(text) is not None and not names_work(plain(text))  # "RN 2" is a job


def _choose_again(page: Page, group: Sequence[Found], atoms: Atoms, *, same: bool = False) -> None:
    """`same`: all say the same where their titles are. Of two rows only texts that name work will do then: somebody may
    apply to two firms for the same job."""
    index = page.index
    inside = {id(row): atoms.inside(index.tags[row.place]) for row in group}
    said: dict[str, int] = defaultdict(int)
    for row in group:
        for text in {atom.text for atom in inside[id(row)]}:
            said[text] += 1
    scores: dict[int, float] = defaultdict(float)
    at: dict[int, dict[int, Atom]] = {}
    for row in group:
        at[id(row)] = {}
        for order, atom in enumerate(inside[id(row)]):
            if (
                said[atom.text] < len(group)
                and _may_be(page, atom, row)
                and not (same and atom.text == row.company)
            ):
                where = atom.place - row.place
                score = (
                    title_score(atom, order)
                    + 4 * names_work(atom.words)
                    - 3 * bool(COMPANY_WORD.search(atom.words))
                )
                scores[where] += score
                at[id(row)].setdefault(where, atom)
    if not scores:
        return
    best = max(scores, key=lambda where: (scores[where], -where))
    there = [found for row in group if (found := at[id(row)].get(best)) is not None]
    if same and len(group) <= LEAST and 2 * sum(names_work(atom.words) for atom in there) <= len(group):
        return
    for row in group:
        found = at[id(row)].get(best) or next(iter(at[id(row)].values()), None)
        if found is not None:
            _take(row, found)


def _may_be(page: Page, atom: Atom, row: Found) -> bool:
    text = atom.text.strip(" ,;·-")
    return (
        3 <= len(text) <= 160
        and text not in (row.status, row.location)
        and not atom.button
        and not ACTION.match(atom.words)
        and not field_named(text)
        and ":" not in text
        and not is_reference(text)
        and not is_date(page, text)
        and not surely_place(text)
        and not known_status(text)
    )


def _take(row: Found, atom: Atom) -> None:
    if is_reference(row.title) and not row.requisition:
        row.requisition = row.title
    row.title, row.title_atom, row.titled = atom.text.strip(" ,;·-"), atom, True
    if row.company == row.title:
        row.company = ""
