"""A page as a sequence of atoms: every piece of text or spoken label, with where it stands.

Regions that never hold an application are left out: navigation, footers, side columns, filters, dialogs of
choice. A stepper becomes one atom, its current step.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import islice

from bs4 import Tag
from bs4.element import NavigableString

from scraper.reading.generic_asides import asides
from scraper.reading.generic_atom import Atom, up
from scraper.reading.generic_steps import steppers
from scraper.reading.generic_text import reads_as_status
from scraper.reading.generic_topics import COOKIES
from scraper.reading.html import Page, attr, is_icon, tidy

LEFT_OUT = frozenset(
    {
        "nav",
        "aside",
        "select",
        "option",
        "datalist",
        "textarea",
        "script",
        "style",
        "noscript",
        "template",
    }
)
_LEFT_OUT_ROLES = frozenset(
    {
        "navigation",
        "search",
        "menu",
        "menubar",
        "tooltip",
        "listbox",
        "complementary",
        "contentinfo",
        "combobox",
        "toolbar",
    }
)
_LEFT_OUT_NAME = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|site-?nav|navbar|sidebar|side-nav|cookie\w*|sr-only-menu|tooltip|pagination|pager|migas(?:-de-pan)?|fil-d?-?ariane|ariane|brotkrumen?|skip-?link|visually-hidden-focusable)(?:$|[-_ ])"
)
_TRAIL = re.compile(r"^\s*[>»›]\s*\S|^\s*[>»›/]\s*$|\s[>»›]\s*$")
_SPLIT = re.compile(r"\s+[|·•⋅∙]\s+")
_EDGE_DASH = re.compile(r"^[–—-]\s+|\s+[–—-]$")
_DASH = re.compile(r"\s+[–—-]\s+")


_LOGO = re.compile(r"\blogo(?:tipo|type)?\b", re.IGNORECASE)


class Atoms:
    """The atoms of one page, in reading order, with look-up by place."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.all = list(_collect(page))
        self.places = [atom.place for atom in self.all]

    def inside(self, tag: Tag) -> list[Atom]:
        """The atoms inside a tag."""
        index = self.page.index
        start = index.places[id(tag)]
        end = index.ends[start]
        first = last = self._first(start)
        while last < len(self.all) and start <= self.places[last] < end:
            last += 1
        return self.all[first:last]

    def outside(self, tags: Sequence[Tag]) -> list[Atom]:
        """The atoms outside all of these tags."""
        index = self.page.index
        starts = [index.places[id(tag)] for tag in tags]
        spans = [(start, index.ends[start]) for start in starts]
        if not spans:
            return self.all
        return [atom for atom in self.all if not any(start <= atom.place < end for start, end in spans)]

    def _first(self, place: int) -> int:
        """Where the inside of the tag at `place` begins; it is one run of atoms."""
        return bisect_left(self._running_maximum, place)

    @cached_property
    def _running_maximum(self) -> list[int]:
        highest, out = -1, []
        for place in self.places:
            highest = max(highest, place)
            out.append(highest)
        return out


def left_out(tag: Tag) -> bool:
    """Does a tag hold only what is no application: navigation, footers, filters, the site's own head?"""
    if tag.name in _MAY_BE_TRAIL and _is_trail(tag):
        return True
    if not tag.attrs and tag.name not in LEFT_OUT and tag.name not in ("label", "header", "footer"):
        return False
    if tag.name == "label" and ("for" in tag.attrs or tag.find(("select", "input")) is not None):
        return True
    role = attr(tag, "role") if "role" in tag.attrs else ""
    if tag.name in LEFT_OUT or (role in _LEFT_OUT_ROLES and not (role == "listbox" and _lists_cards(tag))):
        return True
    if tag.name in ("header", "footer") or (
        "role" in tag.attrs and attr(tag, "role") in ("banner", "contentinfo")
    ):
        return (
            up(
                tag.parent,
                lambda t: (
                    t.name in ("article", "section", "main", "li", "td")
                    or attr(t, "role") in ("listitem", "article", "row")
                ),
                50,
            )
            is None
        )
    if "class" not in tag.attrs and "id" not in tag.attrs:
        return False
    names = f"{attr(tag, 'class')} {attr(tag, 'id')}"
    return bool(_LEFT_OUT_NAME.search(names) or COOKIES.search(names)) and tag.name not in (
        "body",
        "html",
        "main",
    )


def _lists_cards(box: Tag) -> bool:
    """Is a list from which one chooses made of cards (SAP's lists are), not of words to choose from?"""
    options = box.find_all(True, attrs={"role": "option"})
    return bool(options) and all(len(list(islice(option.stripped_strings, 3))) == 3 for option in options)


_MAY_BE_TRAIL = frozenset({"p", "div", "ul", "ol", "span", "small", "td"})


def _is_trail(tag: Tag) -> bool:
    """The way to this page, as links with marks between: "Home > My area > Applications"."""
    children = tag.contents
    if len(children) > 15 or not any(
        child.__class__ is NavigableString and _TRAIL.search(str(child)) for child in children
    ):
        return False
    return any(isinstance(child, Tag) and child.name == "a" for child in children)


SPOKEN = ("aria-valuetext", "aria-label", "alt", "title")
"""Attributes that say what something without text means; a bar of progress says where it stands first."""


def _collect(page: Page) -> Iterator[Atom]:
    root = page.body
    if root is None:
        return
    index = page.index
    steps = {id(tag): text for tag, text in steppers(page)}
    spoken = {id(tag) for tag in _spoken(page)}
    aside = {id(tag): text for tag, text in asides(page)}
    seen: dict[int, int] = {}
    skip = -1  # atoms before this place stand in a region that is left out
    for node in root.descendants:
        if isinstance(node, Tag):
            place = index.places[id(node)]
            if place < skip:
                continue
            if not index.shown[place] or left_out(node):
                skip = index.ends[place]
            elif id(node) in steps:
                if steps[id(node)]:
                    yield Atom(steps[id(node)], node, place, step=True)
                skip = index.ends[place]
            elif id(node) in aside:
                if aside[id(node)]:
                    yield Atom(aside[id(node)], node, place)
                skip = index.ends[place]
            elif id(node) in spoken:
                text = next((value for name in SPOKEN if (value := attr(node, name))), "")
                if text and not _LOGO.search(text):  # a label may hold nothing but spaces
                    yield Atom(text, node, place, spoken=True)
        elif node.__class__ is NavigableString and not node.isspace():
            parent = node.parent
            if parent is None:
                continue
            place = index.places[id(parent)]
            if place < skip or not index.shown[place]:
                continue
            text = tidy(str(node))
            if is_icon(parent, text):
                continue
            before = seen.get(place, 0)
            seen[place] = before + 1
            for piece in _pieces(text):
                if piece := _EDGE_DASH.sub("", piece.strip(" |·•\u200b")):
                    yield Atom(piece, parent, place, nth=before)


def _pieces(text: str) -> list[str]:
    """A text cut at bars and dots; at dashes only where that sets a status free ("Welder – Under review")."""
    pieces: list[str] = []
    for piece in _SPLIT.split(text):
        parts = _DASH.split(piece)
        cut = (
            len(parts) > 1
            and len(piece) <= 160
            and any(map(reads_as_status, parts[1:]))
            and not reads_as_status(piece)
        )
        pieces.extend(parts if cut else [piece])
    return pieces


def _spoken(page: Page) -> Iterable[Tag]:
    """Visible tags without text whose meaning is only in a label: icons, pictures, coloured dots."""
    index = page.index
    places = sorted({p for name in SPOKEN for p in index.by_attribute.get(name, ())})
    for place in places:
        tag = index.tags[place]
        if (
            index.shown[place]
            and tag.name
            not in (
                "a",
                "button",
                "input",
                "select",
                "table",
                "ul",
                "ol",
                "section",
                "iframe",
                "html",
                "abbr",
            )
            and not page.text_of(tag)
        ):
            yield tag
