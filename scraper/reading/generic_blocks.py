"""Cards, lists, definition pairs and plain lines -> rows, found round what reads like a status."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bs4 import Tag

from scraper.reading.generic_atom import Atom, is_status, may_be_title
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_boards import ROW_TAGS, marked_rows, under_counted_heads, under_status_heads
from scraper.reading.generic_cards import headed_cards
from scraper.reading.generic_fields import read_row
from scraper.reading.generic_flat import MOST_ATOMS, flat_heads, flat_rows
from scraper.reading.generic_labels import explained, pair
from scraper.reading.generic_looks import Found, tells_day_of_applying, title_score
from scraper.reading.generic_slots import Card, even_out, made_like
from scraper.reading.generic_spans import Spans
from scraper.reading.generic_text import names_only, reads_as_status, without_count
from scraper.reading.generic_values import is_date, surely_place
from scraper.reading.generic_words import APPLY, JOB_WORD, OWN_SENTENCE, PROSE, field_named
from scraper.reading.html import Page, attr
from scraper.stage_text import plain

_ROW_ROLES = frozenset({"listitem", "article", "row", "group"})
_EDGE = frozenset({"body", "main", "html", "ul", "ol", "table", "tbody", "[document]"})


@dataclass(slots=True)
class _Told:
    """Cards that the page tells otherwise than by a status in them, and what stands over them."""

    cards: Spans
    headed: Spans
    on_a_board: dict[int, str]  # by the id of a card's tag: the head of its column
    under_a_count: dict[int, str]  # the same for "Applied 3" over three cards
    heads: set[int]  # ids of those atoms over cards


def block_rows(page: Page, atoms: Atoms, taken: Sequence[Tag]) -> list[Found]:
    """Rows outside the tables already read."""
    free = atoms.outside(taken)
    if not free:
        return []
    by_label = explained(free)
    titles = {id(atom) for atom in free if _may_name_a_row(atom, by_label)}
    if not titles:
        return []
    told = _told(page, atoms, free, taken)
    anchors = [
        atom
        for number, atom in enumerate(free)
        if not atom.heading
        and id(atom) not in told.heads
        and by_label.get(id(atom), "status") in ("status", "applied")
        and not told.cards.around(atom.tag)
        and _is_anchor(page, free, number)
    ]
    cores = [core for core in _cores(page, atoms, anchors, titles) if not told.headed.inside(core[0])]
    rows, extents = _flat_and_extents(page, atoms, cores)
    extents = _with_siblings(page, atoms, extents, taken)
    seen = Spans(page, extents)
    extents += [tag for tag in told.cards.tags if not seen.overlaps(tag)]
    unread = {id(atom) for atom in free}
    cards: list[Card] = []
    for tag in extents:
        inside = [atom for atom in atoms.inside(tag) if id(atom) in unread]
        if inside and len(inside) <= MOST_ATOMS:
            cards.append(Card(_read_card(page, inside, tag, told), tag, inside))
    even_out([card for card in cards if id(card.tag) not in told.on_a_board])
    rows += [card.row for card in cards]
    return [row for row in rows if row.title]


def _may_name_a_row(atom: Atom, by_label: Mapping[int, str]) -> bool:
    return may_be_title(atom) and by_label.get(id(atom), "title") == "title" and not surely_place(atom.text)


def _told(page: Page, atoms: Atoms, free: Sequence[Atom], taken: Sequence[Tag]) -> _Told:
    """Of cards that are told in several ways the first counts: a board, a heading, a number over them, a mark."""
    boards = under_status_heads(page, atoms, free)
    counts = under_counted_heads(page, atoms, free)
    headed = headed_cards(page, atoms, free, MOST_ATOMS)
    cards = Spans(page, (tag for _, its in boards for tag in its))
    for tag in (*headed, *(tag for _, its in counts for tag in its), *marked_rows(page, atoms, taken)):
        cards.add(tag)
    return _Told(
        cards=cards,
        headed=Spans(page, headed),
        on_a_board={id(tag): without_count(head.text) for head, its in boards for tag in its},
        under_a_count={id(tag): head.text for head, its in counts for tag in its},
        heads={id(head) for head, _ in counts},
    )


def _flat_and_extents(
    page: Page, atoms: Atoms, cores: Sequence[tuple[Tag, list[Atom]]]
) -> tuple[list[Found], list[Tag]]:
    """(rows that stand side by side in one tag, the tags that are a row each)."""
    places = [page.index.places[id(core)] for core, _ in cores]
    rows: list[Found] = []
    extents: list[Tag] = []
    for core, its in cores:
        heads = flat_heads(atoms.inside(core), its)
        if heads:
            rows.extend(flat_rows(page, atoms.inside(core), heads))
        else:
            extents.append(_extent(page, atoms, core, places))
    return rows, extents


def _read_card(page: Page, inside: Sequence[Atom], tag: Tag, told: _Told) -> Found:
    row = read_row(page, inside, tag)
    row.place = page.index.places[id(tag)]
    row.group = told.under_a_count.get(id(tag), "")
    row.made = made_like(tag)
    if id(tag) in told.on_a_board:
        if not _stands_by_itself(row):
            row.status, row.status_atom = told.on_a_board[id(tag)], None  # its column says how it stands
        row.labelled = row.labelled or JOB_WORD.search(plain(row.title)) is not None
    return row


def _stands_by_itself(row: Found) -> bool:
    """Does a card on a board say more of its status than the day of applying, which its column does not know?"""
    if tells_day_of_applying(row.status):
        return False
    return (row.labelled and row.status_atom is not None) or reads_as_status(row.status, wholly=True)


def _is_anchor(page: Page, atoms: Sequence[Atom], number: int) -> bool:
    """Does an application stand round this atom? A status, what a label calls one, or the day of applying."""
    atom = atoms[number]
    if is_status(atom):
        return True
    if OWN_SENTENCE.search(atom.words):
        return False
    if ":" in atom.text.strip(" :"):
        name, value = pair(atom)
        return name == "status" or (name == "applied" and is_date(page, value))
    if number == 0 or atom.button or names_only(atom.text):
        return False
    before = atoms[number - 1]
    return field_named(before.text) == "status" and (
        before.text.rstrip().endswith(":")
        or before.tag.name in ("dt", "th", "strong", "b")
        or "label" in before.hints
    )


def _cores(
    page: Page, atoms: Atoms, anchors: Sequence[Atom], titles: set[int]
) -> list[tuple[Tag, list[Atom]]]:
    """The smallest tag round each anchor that also holds something that may be a title."""
    by_place: dict[int, list[Atom]] = defaultdict(list)
    for anchor in anchors:
        tag: Tag | None = anchor.tag
        told = not anchor.named_status and PROSE.search(anchor.words) is not None
        while tag is not None and tag.name not in ("html", "[document]"):
            # A sentence is about what stands before it; "Your application was sent" over similar jobs is not of them.
            if any(
                id(atom) in titles and atom is not anchor and not (told and atom.place > anchor.place)
                for atom in atoms.inside(tag)
            ):
                by_place[page.index.places[id(tag)]].append(anchor)
                break
            tag = tag.parent
    places = sorted(by_place)
    ends = page.index.ends
    inner = {place: bisect_left(places, ends[place]) - bisect_right(places, place) for place in places}
    kept: list[tuple[Tag, list[Atom]]] = []
    round_it: list[int] = []  # cores that hold the one looked at, the nearest last
    for place in places:
        if inner[place] == 1 and _is_much_wider(
            atoms, page.index.tags[place], page.index.tags[_next(places, place)]
        ):
            continue  # a note somewhere else on the page, and a row
        while round_it and ends[round_it[-1]] <= place:
            round_it.pop()
        # A core with one other inside is the same row, seen whole; with several it is a list's own head.
        if inner[place] < 2 and not (round_it and inner[round_it[-1]] == 1):
            kept.append((page.index.tags[place], by_place[place]))
        round_it.append(place)
    return _with_status(page, kept)


MUCH = 12
"""Texts by which a tag round a row may be more than the row."""


def _next(places: Sequence[int], place: int) -> int:
    return places[bisect_right(places, place)]


def _is_much_wider(atoms: Atoms, outer: Tag, core: Tag) -> bool:
    """Does a tag hold much more than the row in it, which is one of several made alike?"""
    if len(atoms.inside(outer)) <= len(atoms.inside(core)) + MUCH:
        return False
    return any(_in_list(atoms, tag) for tag in (core, core.parent) if tag is not None and tag is not outer)


def _with_status(page: Page, cores: list[tuple[Tag, list[Atom]]]) -> list[tuple[Tag, list[Atom]]]:
    """Without what tells only the day of applying, where the tag beside it, made otherwise, holds a status: both are
    parts of one row ("Front office · Edinburgh · Applied 3 days ago" below a title and its status)."""
    only_day = [all(tells_day_of_applying(atom.text) for atom in its) for _, its in cores]
    told = defaultdict(set)
    for (core, _), day in zip(cores, only_day, strict=True):
        if not day:
            told[id(core.parent)].add((core.name, attr(core, "class")))
    return [
        pair
        for pair, day in zip(cores, only_day, strict=True)
        if not (day and told[id(pair[0].parent)] - {(pair[0].name, attr(pair[0], "class"))})
        or (pair[0].name, attr(pair[0], "class")) in told[id(pair[0].parent)]
    ]


def _extent(page: Page, atoms: Atoms, core: Tag, cores: Sequence[int]) -> Tag:
    """The whole row: as far round the core as no other row and no heading over the list is taken in."""
    tag = core
    while True:
        if tag.name in ROW_TAGS or attr(tag, "role") in _ROW_ROLES:
            return tag
        outer = tag.parent
        if tag.name == "tbody" and outer is not None:  # of a table of facts; others were read before
            tag = outer
            continue
        if outer is None or outer.name in _EDGE or attr(outer, "role") in ("main", "list", "grid", "table"):
            return tag
        start = page.index.places[id(outer)]
        if bisect_left(cores, page.index.ends[start]) - bisect_left(cores, start) > 1:
            return tag
        if len(cores) == 1 and _in_list(atoms, tag):
            return tag
        inside, own = atoms.inside(outer), {id(atom) for atom in atoms.inside(tag)}
        if len(inside) > MOST_ATOMS or any(atom.heading and id(atom) not in own for atom in inside):
            return tag
        tag = outer


def _in_list(atoms: Atoms, tag: Tag) -> bool:
    """Do cards made like this one stand beside it, whose statuses nobody knows?"""
    if tag.parent is None or not attr(tag, "class"):
        return False
    size = len(atoms.inside(tag))
    beside = (
        child
        for child in tag.parent.children
        if isinstance(child, Tag) and made_like(child) == made_like(tag)
    )
    return sum(abs(len(atoms.inside(child)) - size) <= 1 for child in beside) > 1


def _with_siblings(page: Page, atoms: Atoms, extents: list[Tag], taken: Sequence[Tag]) -> list[Tag]:
    """Rows made like those found, whose status nobody knows yet: next to them, same tag, same class."""
    found = {id(tag) for tag in (*extents, *taken)}
    out = list(extents)
    likes = Counter(made_like(tag) for tag in extents if tag.parent is not None)
    parents = {id(tag.parent): tag.parent for tag in extents if tag.parent is not None}
    for (parent, name, names), count in likes.items():
        if not names and count < 2 and name not in ROW_TAGS and "-" not in name:
            continue
        for child in parents[parent].children:
            if not isinstance(child, Tag) or id(child) in found or made_like(child) != (parent, name, names):
                continue
            inside = atoms.inside(child)
            if (
                2 <= len(inside) <= MOST_ATOMS
                and any(
                    may_be_title(atom)
                    and (
                        atom.heading
                        or atom.link is not None
                        or JOB_WORD.search(atom.words)
                        or title_score(atom, 0) > 3
                    )
                    for atom in inside
                )
                and not any(APPLY.match(atom.words) for atom in inside)
            ):
                out.append(child)
    return sorted(out, key=lambda tag: page.index.places[id(tag)])
