"""HTML text -> a BeautifulSoup tree with an index, quickly.

BeautifulSoup's own builder takes about 10 ms for a page of 50 rows, because every tag passes through several
Python calls. lxml has the finished tree in half a millisecond; this builder, plugged in where BeautifulSoup
expects one, copies that tree and is three to four times as fast (tests/bench/bench_reading.py). The result
is an ordinary BeautifulSoup tree: a test compares it with the one BeautifulSoup builds itself.

While copying it notes for each tag its place in the document, whether a person could see it, and which tags
carry which attribute, so that finding a row's status does not walk the whole page.
"""

from __future__ import annotations

import gc
import itertools
import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any, cast

from bs4 import BeautifulSoup, Tag
from bs4.builder import HTMLTreeBuilder
from bs4.element import Comment, NavigableString
from lxml import etree

from scraper.reading.guard import MAX_ATTRIBUTES, MAX_DEPTH, Unparsable

HIDDEN_MARK = "data-intown-hidden"
"""Stamped by the capture on the topmost element of what the browser did not render."""

NEVER_SHOWN = frozenset({"script", "style", "noscript", "template", "head", "title"})
_IN_HEAD = frozenset({"title", "meta", "link", "script", "style", "base", "noscript", "template", "object"})
_CLASSED_AWAY = re.compile(r"(?:^|\s)(?:ng-hide|slds-hide|ui-helper-hidden)(?:\s|$)")
"""Classes that AngularJS, Salesforce and jQuery UI hide with, always; a saved page comes without its style sheets."""
_STYLED_AWAY = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACES = " \n\t\f\r"
_PICTURES = frozenset({"svg", "math", "canvas"})


@dataclass(slots=True)
class Index:
    """Where things are in one tree. Tags are numbered in document order; a tag's inside is a number range."""

    tags: list[Tag] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)  # number of the first tag after this one's inside
    places: dict[int, int] = field(default_factory=dict)  # id(tag) -> number
    shown: list[bool] = field(default_factory=list)
    by_name: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    by_attribute: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    any_hidden: bool = False
    strings: list[NavigableString] = field(default_factory=list)  # all texts but comments, in document order
    owners: list[int] = field(default_factory=list)  # number of the tag that each of them stands in
    begins: list[int] = field(default_factory=list)  # per tag: its texts are strings[begins:stops]
    stops: list[int] = field(default_factory=list)
    selected: dict[str, list[int]] = field(default_factory=dict)  # what selectors found here (css.find)
    texts: dict[int, tuple[str, ...]] = field(default_factory=dict)  # lines per tag, once asked for
    _by_value: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def values(self, name: str) -> dict[str, list[int]]:
        """Each value of an attribute with the numbers of the tags that have it; looked up once per attribute."""
        if name not in self._by_value:
            values: dict[str, list[int]] = defaultdict(list)
            for number in self.by_attribute.get(name, ()):
                held = self.tags[number].attrs[name]
                values[" ".join(held) if isinstance(held, list) else str(held)].append(number)
            self._by_value[name] = dict(values)
        return self._by_value[name]


def parse(html: str) -> tuple[BeautifulSoup, Index]:
    """The tree of `html` and its index. Never raises for broken markup: lxml repairs it."""
    builder = _CopyingBuilder()
    collecting = gc.isenabled()
    gc.disable()  # thousands of objects that all live: looking for dead ones among them takes a fifth of the time
    try:
        soup = BeautifulSoup(html if html.strip() else "<html></html>", builder=builder)
    finally:
        if collecting:
            gc.enable()
    return soup, builder.index


class _CopyingBuilder(HTMLTreeBuilder):
    """Copies lxml's finished tree into BeautifulSoup's objects."""

    NAME = "intown-lxml"
    features = [NAME]  # noqa: RUF012 - BeautifulSoup reads it from the class
    is_xml = False
    processing_instruction_class = None

    def __init__(self) -> None:
        super().__init__()
        self.index = Index()

    def test_fragment_to_document(self, fragment: str) -> str:
        return f"<html><body>{fragment}</body></html>"

    def prepare_markup(self, markup: Any, *_: Any, **__: Any) -> Any:
        yield markup, None, None, False

    def feed(self, markup: Any) -> None:
        parser = etree.HTMLParser(encoding="utf-8", recover=True, huge_tree=True)
        # Bytes, because lxml refuses text that declares an encoding of its own; NUL would end the text.
        root = etree.fromstring(markup.replace("\x00", " ").encode("utf-8", "replace"), parser)
        if root is not None:
            _out_of_head(root)
            _Copy(cast(BeautifulSoup, self.soup), self, self.index).run(root)


def _out_of_head(root: etree._Element) -> None:
    """Move what no head may hold into the body.

    A page may leave out `<body>` (HTML, "optional tags"). lxml's parser is older than `<main>`, `<nav>` and their
    like: it takes them for parts of the head, with all that follows, and nobody would see it.
    """
    head = root.find("head")
    if head is None:
        return
    strays = list(
        itertools.dropwhile(lambda child: not isinstance(child.tag, str) or child.tag in _IN_HEAD, head)
    )
    if not strays:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    elif body.text:
        strays[-1].tail = (strays[-1].tail or "") + body.text
        body.text = None
    for number, child in enumerate(strays):
        body.insert(number, child)


class _Copy:
    """One walk over the lxml tree. No recursion: depth is limited by the guard, not by Python's stack."""

    def __init__(self, soup: BeautifulSoup, builder: HTMLTreeBuilder, index: Index) -> None:
        self.soup = soup
        self.builder = builder
        self.index = index
        self.last: Any = soup
        self.models: dict[str, dict[str, Any]] = {}
        self.text_model = dict(NavigableString("").__dict__)
        self.lists = builder.cdata_list_attributes or {}
        self.everywhere = self.lists.get("*", set())

    def run(self, root: etree._Element) -> None:
        # An element to enter with its parent tag, whether that is shown, and its depth; or, with None in the
        # element's place, the text behind an element that is done.
        stack: list[tuple[Any, Any, Any, int]] = [(root, self.soup, True, 0)]
        begun: list[tuple[int, int]] = []  # depth and number of the tags that are not ended yet
        while stack:
            element, parent, shown, depth = stack.pop()
            if element is None:
                self.end(begun, depth)
                self.add_text(shown, parent)
                continue
            if element.tail and depth:
                stack.append((None, parent, element.tail, depth))
            name = element.tag
            if name.__class__ is not str:  # a comment or processing instruction
                if name is etree.Comment:
                    self.link(Comment(element.text or ""), parent)
                continue
            attributes = dict(element.items())
            if len(attributes) > MAX_ATTRIBUTES or depth > 2 * MAX_DEPTH:
                # The guard has looked before; what slipped past its quick look stops here.
                raise Unparsable("The page is beyond what InTown reads.")
            if begun and begun[-1][0] >= depth:
                self.end(begun, depth)
            begun.append((depth, len(self.index.tags)))
            tag, inside_shown = self.open(attributes, name, parent, shown)
            if element.text:
                self.add_text(element.text, tag)
            picture = name in _PICTURES
            for child in element.iterchildren(reversed=True):
                if not picture or child.tag == "title":
                    stack.append((child, tag, inside_shown, depth + 1))
        self.end(begun, 0)

    def end(self, begun: list[tuple[int, int]], depth: int) -> None:
        """A tag begins at this depth: all that began as deep or deeper end here."""
        index = self.index
        here, texts = len(index.tags), len(index.strings)
        while begun and begun[-1][0] >= depth:
            number = begun.pop()[1]
            index.ends[number] = here
            index.stops[number] = texts

    def open(self, attributes: dict[str, Any], name: str, parent: Any, shown: bool) -> tuple[Tag, bool]:
        """Make the tag, link it to its neighbours and note it in the index."""
        tag: Tag = Tag.__new__(Tag)
        tag.__dict__ = {**(self.models.get(name) or self.model(name)), "attrs": attributes, "contents": []}
        index = self.index
        if shown and (
            name in NEVER_SHOWN
            or (attributes and _is_hidden(attributes))
            or (name == "dialog" and "open" not in attributes)
        ):
            # <title> inside an svg is its spoken name, and so is text.
            shown = name == "title" and parent.name == "svg"
            index.any_hidden = index.any_hidden or not shown
        number = len(index.tags)
        if attributes:
            own, by_attribute = self.lists.get(name, ()), index.by_attribute
            for key in attributes:
                by_attribute[key].append(number)
                if key in self.everywhere or key in own:
                    attributes[key] = attributes[key].split()
        self.link(tag, parent)
        index.places[id(tag)] = number
        index.tags.append(tag)
        index.ends.append(number + 1)
        index.begins.append(len(index.strings))
        index.stops.append(0)
        index.shown.append(shown)
        index.by_name[name].append(number)
        return tag, shown

    def model(self, name: str) -> dict[str, Any]:
        """What every tag of this name has in common, as BeautifulSoup itself makes it."""
        inside = dict(Tag(self.soup, self.builder, name).__dict__)
        self.models[name] = inside
        return inside

    def add_text(self, text: str, parent: Any) -> None:
        made = self.builder.string_containers.get(parent.name)
        if made is not None:
            self.link(made(text), parent)
            return
        if not text.strip(_SPACES):  # as BeautifulSoup does
            text = "\n" if "\n" in text else " "
        string = str.__new__(NavigableString, text)
        string.__dict__ = self.text_model.copy()
        self.index.strings.append(string)
        self.index.owners.append(self.index.places[id(parent)])
        self.link(string, parent)

    def link(self, node: Any, parent: Any) -> None:
        node.parent = parent
        node.previous_element = self.last
        self.last.next_element = node
        self.last = node
        siblings = parent.contents
        if siblings:
            before = siblings[-1]
            node.previous_sibling = before
            before.next_sibling = node
        siblings.append(node)


def _is_hidden(attributes: dict[str, Any]) -> bool:
    if "hidden" in attributes or HIDDEN_MARK in attributes:
        return True
    if "class" in attributes and _CLASSED_AWAY.search(attributes["class"]):
        return True
    return "style" in attributes and bool(_STYLED_AWAY.search(attributes["style"]))
