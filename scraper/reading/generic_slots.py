"""Cards made alike hold alike things at the same place: what most of them tell, the others are read by.

A portal writes "Sorry, not this time" where it wrote "Under review" on the card above. Nobody knows the words
before they are met, but everybody sees where the status stands.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_atom import Atom
from scraper.reading.generic_labels import pair
from scraper.reading.generic_looks import Found, tells_day_of_applying
from scraper.reading.generic_text import known_status
from scraper.reading.generic_values import is_only_date, is_only_number
from scraper.reading.generic_words import PROSE
from scraper.stages import stage_of

Slot = tuple[str, ...]


@dataclass(slots=True)
class Card:
    """One row with its tag and the atoms it was read from."""

    row: Found
    tag: Tag
    atoms: Sequence[Atom]

    def at(self, slot: Slot) -> list[Atom]:
        return [atom for atom in self.atoms if slot_of(atom, self.tag) == slot]


LEAST_APART = 3
"""Cards with a class each from which on these are taken for names of the cards, not of their kind."""


def made_like(tag: Tag) -> tuple[int, str, str]:
    """What rows of one list share: the tag round them, their own tag's name, and the first of its classes."""
    name = _first_class(tag)
    if name and tag.parent is not None and _each_its_own(tag.parent, tag.name):
        name = ""
    return id(tag.parent), tag.name, name


def _each_its_own(parent: Tag, name: str) -> bool:
    """Has each of a tag's children of one name a class of its own, which tells nothing then? Looked at once."""
    known: dict[str, bool] = parent.__dict__.setdefault("_intown_apart", {})
    if name not in known:
        first = [
            _first_class(child) for child in parent.contents if isinstance(child, Tag) and child.name == name
        ]
        known[name] = len(first) >= LEAST_APART and len(set(first)) == len(first)
    return known[name]


_MADE_BY_MACHINE = re.compile(
    r"^(?:css|sc|jss|emotion|styled|chakra|makeStyles|tw|svelte|ng-tns)-[\w-]+$|^_+[a-z0-9]{5,12}$|[-_]{1,2}(?=[a-zA-Z]*\d)[a-zA-Z0-9]{4,8}$|__[a-zA-Z0-9]{5,8}$|^(?=[a-z]*\d)[a-z0-9]{5,8}$"
)
"""Names that tools for styles make up, often another one for each card: "css-1h2cpl", "jobsList__8a12p"."""


def _first_class(tag: Tag) -> str:
    """The first class that a person gave; what stands before a made-up part counts."""
    classes = tag.attrs.get("class")
    if not classes:
        return ""
    return _MADE_BY_MACHINE.sub("", classes[0])


def slot_of(atom: Atom, card: Tag) -> Slot:
    """Where an atom stands in its card: the tags from it up to the card, each with its first class and number.

    Later classes are left out: they are often the colour of the status.
    """
    steps: list[str] = []
    node: Tag | None = atom.tag
    while node is not None and node is not card:
        name, first = node.name, _first_class(node)
        before = sum(
            1
            for other in node.previous_siblings
            if isinstance(other, Tag) and other.name == name and _first_class(other) == first
        )
        steps.append(f"{name}.{first}:{before}")
        node = node.parent
    return (*steps, str(atom.nth))


def even_out(cards: Sequence[Card]) -> None:
    """Fill and correct statuses and titles by where the other cards of the same list have theirs."""
    lists: dict[tuple[int, str, str], list[Card]] = defaultdict(list)
    for card in cards:
        lists[made_like(card.tag)].append(card)
    for alike in lists.values():
        if len(alike) >= 2:
            _titles(alike)
            _statuses(alike)


def _usual(slots: Sequence[Slot]) -> tuple[Slot, int]:
    counted = Counter(slots).most_common(1)
    return counted[0] if counted else ((), 0)


def _statuses(cards: Sequence[Card]) -> None:
    told = [card for card in cards if card.row.status_atom is not None and not card.row.status_atom.step]
    sure = [card for card in told if card.row.labelled or known_status(card.row.status)]
    # A picture's label and the text beside it may say the same.
    slot, times = _usual(
        [slot_of(atom, card.tag) for card in sure for atom in card.atoms if atom.text == card.row.status]
    )
    if not times or not slot or 3 * times < len(cards) - 1:
        return
    for card in cards:
        row = card.row
        found = card.at(slot)
        if len(found) != 1 or found[0] is row.status_atom or (_stands(row.status) and not _chatter(row)):
            continue
        text = pair(found[0])[1] or found[0].text
        if found[0] is row.title_atom or is_only_date(text) or is_only_number(text) or found[0].action:
            continue
        row.status, row.status_atom = text, found[0]
        for name in ("company", "location", "applied"):
            if getattr(row, name) == text:
                setattr(row, name, "")


def _chatter(row: Found) -> bool:
    """Is what was taken for the status a sentence to the reader ("Please confirm the slot."), with no label to it?"""
    atom = row.status_atom
    return not row.labelled and atom is not None and not atom.named_status and bool(PROSE.search(atom.words))


def _stands(status: str) -> bool:
    """Is a text understood as a status, and more than the day of applying?"""
    return stage_of(status).stage is not Stage.UNKNOWN and not tells_day_of_applying(status)


def _titles(cards: Sequence[Card]) -> None:
    slots = [slot_of(card.row.title_atom, card.tag) for card in cards if card.row.title_atom is not None]
    slot, times = _usual(slots)
    if 2 * times <= len(cards):
        return
    for card in cards:
        row = card.row
        if row.title_atom is not None and slot_of(row.title_atom, card.tag) == slot:
            continue
        found = card.at(slot)
        if found and len(found[0].text) >= 2 and found[0] is not row.status_atom:
            row.title, row.title_atom = found[0].text, found[0]
            if row.company == row.title:
                row.company = ""
