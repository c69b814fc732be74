"""Stretches of a page that do not overlap, asked about thousands of times: each answer takes a search, not a walk."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from bs4 import Tag

from scraper.reading.html import Page


class Spans:
    """Tags of which none holds another."""

    def __init__(self, page: Page, tags: Iterable[Tag] = ()) -> None:
        self._index = page.index
        self._starts: list[int] = []
        self._ends: list[int] = []
        self.tags: list[Tag] = []  # in the order in which they were added
        for tag in tags:
            self.add(tag)

    def add(self, tag: Tag) -> bool:
        """Add a tag, unless it overlaps one that is there; whether it was added."""
        if self.overlaps(tag):
            return False
        start = self._index.places[id(tag)]
        at = bisect_left(self._starts, start)
        self._starts.insert(at, start)
        self._ends.insert(at, self._index.ends[start])
        self.tags.append(tag)
        return True

    def around(self, tag: Tag) -> bool:
        """Is a tag one of these, or inside one of them?"""
        place = self._index.places[id(tag)]
        at = bisect_right(self._starts, place) - 1
        return at >= 0 and place < self._ends[at]

    def inside(self, tag: Tag) -> bool:
        """Does a tag hold one of these, or is it one?"""
        start = self._index.places[id(tag)]
        return bisect_left(self._starts, start) < bisect_left(self._starts, self._index.ends[start])

    def overlaps(self, tag: Tag) -> bool:
        return self.around(tag) or self.inside(tag)
