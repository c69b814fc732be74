"""Cards that begin with a heading: all that stands in one of them is of one application."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from bs4 import Tag

from scraper.reading.generic_atom import Atom, heading_level, is_heading, up
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_roles import surely_names_work
from scraper.reading.generic_slots import made_like
from scraper.reading.generic_spans import Spans
from scraper.reading.html import Page

MOST_UP = 7
"""Tags between a heading and the card that it begins, at most."""


def headed_cards(page: Page, atoms: Atoms, free: Sequence[Atom], most: int) -> list[Tag]:
    """Tags made alike that begin with a heading of their own, most of them called as people at work are: whatever
    else stands in them, also under lesser headings, is of one application. `free`: the atoms outside the tables already
    read. `most`: atoms that a card may hold."""
    heads = [
        (atom, tag) for atom in free if atom.heading and (tag := up(atom.tag, is_heading, 2)) is not None
    ]
    places = [page.index.places[id(tag)] for _, tag in heads]
    groups: dict[tuple[int, int, str, str], list[tuple[Tag, Atom]]] = defaultdict(list)
    for head, heading in heads:
        tag, level = heading.parent, heading_level(heading)
        for _ in range(MOST_UP):
            if tag is None or tag.name in ("body", "main", "[document]"):
                break
            start = page.index.places[id(tag)]
            others = heads[bisect_left(places, start) : bisect_left(places, page.index.ends[start])]
            if any(other is not heading and heading_level(other) <= level for _, other in others):
                break
            groups[(level, *made_like(tag))].append((tag, head))
            tag = tag.parent
    found = Spans(page)
    # The most cards first, and of as many the widest.
    for group in sorted(groups.values(), key=lambda group: (-len(group), page.index.places[id(group[0][0])])):
        if _are_cards(atoms, group, most):
            for tag, _ in group:
                found.add(tag)
    return found.tags


def _are_cards(atoms: Atoms, group: Sequence[tuple[Tag, Atom]], most: int) -> bool:
    works = [surely_names_work(head.words) for _, head in group]
    if len(group) < 2 or 2 * sum(works) <= len(group):
        return False
    return all(head.may_be_title and _is_one(atoms.inside(tag), head, most) for tag, head in group)


def _is_one(inside: Sequence[Atom], head: Atom, most: int) -> bool:
    """Is all this of one application: the heading first, and no other job in it that one could open?"""
    if not 2 <= len(inside) <= most or head not in inside[:3]:
        return False
    others = [atom for atom in inside if atom is not head and surely_names_work(atom.words)]
    return sum(atom.link is not None or atom.tag.name in ("strong", "b") for atom in others) < 2
