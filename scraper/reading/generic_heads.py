"""Rows and the headings over them: a fact is no title where a heading names the job, a part of a row is no row."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Sequence

from scraper.reading.generic_context import Part
from scraper.reading.generic_looks import Found
from scraper.reading.generic_roles import names_work
from scraper.reading.generic_text import known_status, reads_as_status
from scraper.reading.generic_words import COMPANY_WORD, ENDED_SECTION, LIVE_SECTION, NOT_OWN, OWN_LIST
from scraper.stage_text import plain


def not_inside_others(rows: list[Found], part: Part) -> list[Found]:
    """The rows, which stand in the order of the page, without those that are but a part of another row.

    A row that holds several rows of different titles is a frame round a list, and stays out of this.
    """
    ends = part.page.index.ends
    places = [row.place for row in rows]
    inside: dict[int, list[Found]] = defaultdict(list)
    for outer in rows:
        if not outer.status or reads_as_status(outer.title, wholly=True):
            continue
        inner = rows[bisect_right(places, outer.place) : bisect_left(places, ends[outer.place])]
        titles = {row.title for row in inner}
        if len(titles) == 1 or outer.title in titles:
            inside[id(outer)] = inner
    parts = {id(row) for inner in inside.values() for row in inner}
    return [row for row in rows if id(row) not in parts]


def called_by_headings(rows: list[Found]) -> list[Found]:
    """Give each row the heading over it as its title, where the rows are lists of facts, each under a heading of its
    own: then what was taken for titles is the name of a fact, the same in every row or nothing that work is called."""
    groups: dict[tuple[str, str], list[Found]] = defaultdict(list)
    for row in rows:
        if row.made and row.made[1] in ("table", "dl", "div") and row.section and not row.titled:
            groups[row.made[1:]].append(row)
    for group in groups.values():
        heads = [row.section[0] for row in group]
        if len(set(heads)) < len(heads) or not all(_may_be_title(head) for head in heads):
            continue
        titles = Counter(plain(row.title) for row in group)
        same = len(group) > 1 and len(titles) == 1 and not _working([row.title for row in group])
        if same or (_working(heads) and not _working([row.title for row in group])):
            for row, head in zip(group, heads, strict=True):
                row.title, row.section = head, row.section[1:]
    return rows


def _may_be_title(head: str) -> bool:
    words = plain(head)
    named = any(
        pattern.search(words) for pattern in (OWN_LIST, ENDED_SECTION, LIVE_SECTION, NOT_OWN, COMPANY_WORD)
    )
    return 3 <= len(head) <= 160 and (not named or names_work(words)) and not known_status(head)


def _working(names: Sequence[str]) -> bool:
    """Are more than half of them called as people at work are?"""
    return 2 * sum(names_work(plain(name)) for name in names) > len(names)
