"""A captured page, ready to be asked: what is where, what is visible, what does it say.

`Page` is what portal modules and the generic reader are given. It is built from a snapshot and nothing
else: no clock, no network, no browser. `page.soup` is an ordinary BeautifulSoup tree; `page.all` and
`page.first` find by CSS through the index, which is many times faster than `soup.select`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup, Tag

from scraper.model import PageSnapshot
from scraper.reading import css as selectors
from scraper.reading.addresses import clean_url, split_url
from scraper.reading.soup import Index, parse
from scraper.stages import NO_CORRECTIONS, Corrections

# Text inside these belongs to the word it stands in: "<b>Sta</b>tus" is one word.
_FORMATTING = frozenset({"b", "strong", "i", "em", "mark", "u", "sub", "sup", "font", "wbr"})

_ICON_NAME = re.compile(
    r"(?:^|[-_ ])(?:icons?|glyphicons?|mdi|material-(?:icons|symbols)[\w-]*|mat-icon|q-icon|anticon|fa[srlbd]?|pi|bi|ri|ti)(?:$|[-_ ])",
    re.IGNORECASE,
)
_ICON_TAGS = frozenset({"mat-icon", "ion-icon", "md-icon", "i-icon", "fa-icon", "v-icon"})
_LIGATURE = re.compile(r"[a-z][a-z0-9]*(?:_[a-z0-9]+)*")


class Page:
    """One page as captured. `url` and `host` are the top document's, or the frame's for a frame."""

    def __init__(self, snapshot: PageSnapshot, *, corrections: Corrections = NO_CORRECTIONS) -> None:
        self.snapshot = snapshot
        self.corrections = corrections
        parts = split_url(snapshot.url)
        self.url = (
            snapshot.url if parts.scheme else ""
        )  # a broken address must not trip whoever takes it apart
        self.host = (parts.hostname or "").lower()
        self.path = parts.path
        self.columns: dict[int, list[str]] = {}  # heads of tables already read, by the table's place
        self.rows: list[Tag] | None = None  # the tags that each hold one application, once asked for
        self.headings: list[int] | None = None  # places of headings outside rows, once asked for

        self.crossed = False  # have rows run into each other? (scraper.reading.crossed)
        self._all_text: str | None = None
        self.warnings: list[str] = []  # sentences about what was not understood, for the person

    def warn(self, sentence: str) -> None:
        """Note once what could not be understood; a page with warnings about rows is not complete."""
        if sentence not in self.warnings:
            self.warnings.append(sentence)

    @cached_property
    def _parsed(self) -> tuple[BeautifulSoup, Index]:
        return parse(self.snapshot.html)

    @cached_property
    def soup(self) -> BeautifulSoup:
        return self._parsed[0]

    @cached_property
    def index(self) -> Index:
        return self._parsed[1]

    @cached_property
    def frames(self) -> list[Page]:
        """The frames that could be read, as pages of their own."""
        made = [
            PageSnapshot(
                url=frame.url,
                captured_at=self.snapshot.captured_at,
                html=frame.html,
                source=self.snapshot.source,
            )
            for frame in self.snapshot.frames
        ]
        return [Page(snapshot, corrections=self.corrections) for snapshot in made]

    @cached_property
    def title(self) -> str:
        if self.snapshot.title:
            return tidy(self.snapshot.title)
        named = self.index.by_name.get("title")
        return tidy(self.index.tags[named[0]].get_text()) if named else ""

    @cached_property
    def root(self) -> Tag | None:
        """The outermost tag; None where there is nothing at all."""
        return self.index.tags[0] if self.index.tags else None

    @cached_property
    def body(self) -> Tag | None:
        """`<body>`, else the outermost tag."""
        named = self.index.by_name.get("body")
        return self.index.tags[named[0]] if named else self.root

    @cached_property
    def language(self) -> str:
        """As in `<html lang>`; "en" where the page does not say."""
        return (attr(self.root, "lang") if self.root is not None else "") or "en"

    @cached_property
    def text(self) -> str:
        """Everything a person could read on the page, spaces collapsed. Frames are not included."""
        return self.text_of(self.root) if self.root is not None else ""

    def _folded(self) -> str:
        if self._all_text is None:
            self._all_text = self.text.casefold()
        return self._all_text

    def answers(self, url_pattern: str) -> list[tuple[str, Any]]:
        """(URL, parsed body) of the captured JSON answers whose URL matches (regex search); broken ones left out.

        A snapshot whose "HTML" is itself JSON counts as an answer of its own URL (a list read without a
        browser).
        """
        found = [(answer.url, answer.body) for answer in self.snapshot.answers if 200 <= answer.status < 300]
        if self.has_only_json and self.snapshot.html:
            found.append((self.url, self.snapshot.html))
        parsed = []
        for url, body in found:
            if re.search(url_pattern, url):
                try:
                    parsed.append((url, json.loads(body)))
                except (ValueError, RecursionError):
                    continue
        return parsed

    def json(self, url_pattern: str) -> list[Any]:
        """Parsed bodies of the captured JSON answers whose URL matches."""
        return [body for _, body in self.answers(url_pattern)]

    @property
    def has_only_json(self) -> bool:
        """Was this read without a browser, as JSON?"""
        return self.snapshot.html.lstrip()[:1] in ("", "{", "[")

    # -- finding ------------------------------------------------------------------------------------------

    def all(self, css: str, within: Tag | None = None, *, hidden: bool = False) -> list[Tag]:
        """Visible tags that `css` selects, in document order; `hidden=True` includes the others."""
        index = self.index
        tags, shown = index.tags, index.shown
        found = selectors.find(index, css, within, self.text_of, self._folded)
        return [tags[number] for number in found if hidden or shown[number]]

    def first(self, css: str, within: Tag | None = None, *, hidden: bool = False) -> Tag | None:
        """The first visible tag that `css` selects, or None."""
        index = self.index
        for number in selectors.find(index, css, within, self.text_of, self._folded):
            if hidden or index.shown[number]:
                return index.tags[number]
        return None

    def named(self, pattern: re.Pattern[str], *attributes: str) -> list[Tag]:
        """Visible tags one of whose attributes holds the pattern, in document order; each value is looked at once."""
        index = self.index
        found = {
            number
            for name in attributes
            for value, numbers in index.values(name).items()
            if pattern.search(tidy(value))
            for number in numbers
            if index.shown[number]
        }
        return [index.tags[number] for number in sorted(found)]

    def is_visible(self, tag: Tag) -> bool:
        """Could a person see it? Inside `[hidden]`, `data-intown-hidden` or `display:none`, no."""
        return self.index.shown[self.index.places[id(tag)]]

    def closest(self, tag: Tag, css: str) -> Tag | None:
        """The nearest ancestor of `tag` (or itself) that `css` selects."""
        wanted = selectors.compile_css(css)
        node: Tag | None = tag
        while node is not None and node.name != "[document]":
            if any(alternative.fits(node) for alternative in wanted):
                return node
            node = node.parent
        return None

    def contains(self, outer: Tag, inner: Tag) -> bool:
        """Is `inner` inside `outer` (or the same)?"""
        places = self.index.places
        start = places[id(outer)]
        return start <= places[id(inner)] < self.index.ends[start]

    # -- reading ------------------------------------------------------------------------------------------

    def text_of(self, tag: Tag) -> str:
        """The visible text of a tag in one line."""
        return " ".join(self.lines(tag))

    def lines(self, tag: Tag) -> list[str]:
        """The visible pieces of text of a tag, one per element, each in one line; emphasis does not split."""
        index = self.index
        number = index.places.get(id(tag))
        if number is None:  # the document round the root
            return self.lines(self.root) if self.root is not None else []
        if number not in index.texts:
            index.texts[number] = tuple(self._read_lines(number))
        return list(index.texts[number])

    def _read_lines(self, number: int) -> Iterator[str]:
        index = self.index
        joined, last_parent = "", None
        for at in range(index.begins[number], index.stops[number]):
            string, owner = index.strings[at], index.owners[at]
            if not index.shown[owner]:
                continue
            parent = index.tags[owner]
            emphasised = parent.name in _FORMATTING
            if not emphasised and string.isspace():
                continue
            if string.islower() and is_icon(parent, string.strip()):
                continue
            if (
                last_parent is not None
                and (emphasised or last_parent.name in _FORMATTING)
                and _same_block(parent) is _same_block(last_parent)
            ):
                joined += string
            else:
                if line := tidy(joined):
                    yield line
                joined = string
            last_parent = parent
        if line := tidy(joined):
            yield line

    def spoken(self, tag: Tag) -> str:
        """The text of a tag, else what a screen reader would say of it or of the picture inside it."""
        text = self.text_of(tag)
        if text:
            return text
        for named in (tag, *self.all("[aria-label], img[alt], [title]", tag)):
            for name in ("aria-label", "alt", "title"):
                if value := attr(named, name):
                    return value
        return ""

    def link(self, tag: Tag | None) -> str:
        """The address a link leads to: absolute, https or http only, secrets cut; "" where there is none."""
        target = attr(tag, "href") if tag is not None else ""
        if not target or re.fullmatch(r"#[\w-]*", target):
            return ""
        try:
            return clean_url(urljoin(self.url, target))
        except ValueError:  # "http://[broken"
            return ""

    def address(self, tag: Tag) -> str:
        """Where a link leads, with its parameters, for going there now; "" for "#" and scripts."""
        target = attr(tag, "href")
        if not target or target.startswith("#") or target.lower().startswith("javascript:"):
            return ""
        try:
            url = urljoin(self.url, target)
            return url if urlsplit(url).scheme in ("http", "https") else ""
        except ValueError:
            return ""


def is_icon(tag: Tag, text: str) -> bool:
    """Does a font draw a picture in the place of this text ("close", "check_circle")? Nobody reads it."""
    if not _LIGATURE.fullmatch(text):
        return False
    return tag.name in _ICON_TAGS or bool(_ICON_NAME.search(attr(tag, "class")))


def _same_block(tag: Any) -> Any:
    while tag is not None and tag.name in _FORMATTING:
        tag = tag.parent
    return tag


def tidy(text: str) -> str:
    """Spaces of every kind collapsed into single ones, ends trimmed."""
    return " ".join(text.split())


def attr(tag: Tag, name: str) -> str:
    """The value of an attribute as text, tidied; "" where there is none."""
    value = tag.attrs.get(name)
    if value is None:
        return ""
    return " ".join(value) if value.__class__ is list else " ".join(str(value).split())
