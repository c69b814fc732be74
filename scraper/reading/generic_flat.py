"""Rows that stand side by side in one tag, without a tag of their own round each: where each begins."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from scraper.reading.generic_atom import Atom, may_be_title
from scraper.reading.generic_fields import read_row
from scraper.reading.generic_labels import surely_label
from scraper.reading.generic_looks import Found
from scraper.reading.generic_words import field_named
from scraper.reading.html import Page, attr

MOST_ATOMS = 60
"""More text than this is no single application's."""


def flat_heads(inside: Sequence[Atom], anchors: Sequence[Atom]) -> list[int]:
    """Where rows begin if several of them stand side by side without a tag of their own round each; else none."""
    if len(anchors) < 2:
        return []
    marks = {id(atom) for atom in anchors}
    before: list[Atom] = []
    best: Counter[tuple[str, str]] = Counter()
    for atom in inside:
        if id(atom) in marks:
            signatures = {_signature(inside, other) for other in before}
            best.update(signatures)
            before = []
        elif may_be_title(atom):
            before.append(atom)
    if not best:
        return []
    most = max(best.values())
    if most < 2:
        return []
    for atom in inside:  # the first signature that precedes most anchors begins the rows
        if best.get(_signature(inside, atom), 0) == most and may_be_title(atom):
            signature = _signature(inside, atom)
            heads = [
                n
                for n, other in enumerate(inside)
                if _signature(inside, other) == signature and may_be_title(other)
            ]
            return heads if 2 <= len(heads) <= len(anchors) + 2 else []
    return []


def _signature(inside: Sequence[Atom], atom: Atom) -> tuple[str, str]:
    """How an atom looks: its tag, its class, and the label in or before it."""
    label = field_named(atom.text.partition(":")[0]) if ":" in atom.text else ""
    if not label:
        at = next(number for number, other in enumerate(inside) if other is atom)
        label = field_named(inside[at - 1].text) if at and surely_label(inside[at - 1]) else ""
    return atom.tag.name, f"{attr(atom.tag, 'class')} {label}"


def flat_rows(page: Page, inside: Sequence[Atom], heads: Sequence[int]) -> list[Found]:
    rows = []
    for number, start in enumerate(heads):
        end = heads[number + 1] if number + 1 < len(heads) else len(inside)
        # A label in front of the title ("Position:") belongs to it.
        begin = start - 1 if start and field_named(inside[start - 1].text) == "title" else start
        if end < len(inside) and field_named(inside[end - 1].text) == "title":
            end -= 1
        run = inside[begin:end]
        if len(run) <= MOST_ATOMS:
            row = read_row(page, run)
            row.place = inside[start].place
            if row.status:
                rows.append(row)
    return rows
