"""Ways to find a field in a row, by meaning: the vocabulary in which portal modules are written.

A way takes a row and gives the text it finds, or "". Ways are joined with `|`: the first that finds
something wins, so a module can name the best hook first and the wording a person would go by last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from bs4 import Tag

from scraper.portals.labels import (
    ACTION,
    is_label,
)
from scraper.reading.html import Page, attr, tidy

_CELLS = "td, th, [role=cell], [role=gridcell], [role=rowheader]"
_CELL_NAMES = ("data-label", "data-title", "data-th", "data-column", "aria-label")
_NAMED_CELLS = ", ".join(
    f"{cell}[{name}]" for cell in ("td", "[role=cell]", "[role=gridcell]") for name in _CELL_NAMES
)
_HEADS = "th, [role=columnheader]"


@dataclass(slots=True)
class Row:
    """One application on a page: the tag that holds all of it."""

    page: Page
    tag: Tag
    title: str = ""  # once it is read: no other field may take it
    found: dict[Way, str] = field(default_factory=dict, repr=False)  # what ways have found here already
    _lines: list[str] | None = field(default=None, repr=False)
    _under: list[tuple[str, Tag]] | None = field(default=None, repr=False)

    @property
    def lines(self) -> list[str]:
        if self._lines is None:
            self._lines = self.page.lines(self.tag)
        return self._lines

    @property
    def under_heads(self) -> list[tuple[str, Tag]]:
        """Each head of the table with the row's cell under it; empty where there is no table."""
        if self._under is None:
            self._under = _under_heads(self)
        return self._under


@dataclass(frozen=True, slots=True, eq=False)
class Way:
    """A way to find one field. Call it with a row."""

    read: Callable[[Row], str]

    def __call__(self, row: Row) -> str:
        if self not in row.found:
            row.found[self] = self.read(row)
        return row.found[self]

    def __or__(self, other: Way) -> Way:
        return Way(lambda row: self(row) or other(row))


NOTHING = Way(lambda row: "")


def css(selector: str, cut: str = "") -> Way:
    """The text of the first visible match inside the row (or of the row itself, for ":scope").

    Where there is no text, what a screen reader would say. `cut` is a regex removed from it; a match of which
    nothing is left is passed over.
    """

    def read(row: Row) -> str:
        for tag in [row.tag] if selector == ":scope" else row.page.all(selector, row.tag):
            text = row.page.spoken(tag)
            if text := tidy(re.sub(cut, " ", text, flags=re.IGNORECASE)) if cut else text:
                return text
        return ""

    return Way(read)


def _first_group(wanted: re.Pattern[str], texts: Callable[[Row], Iterable[str]]) -> Way:
    """The first group of the pattern, of the first of these texts of a row that has it."""
    return Way(lambda row: next((found[1] for text in texts(row) if (found := wanted.search(text))), ""))


def data(name: str, pattern: str = r"(.+)") -> Way:
    """The value of an attribute, on the row itself or on the first tag inside that has it."""

    def values(row: Row) -> Iterator[str]:
        holders = [row.tag] if name in row.tag.attrs else row.page.all(f"[{name}]", row.tag, hidden=True)
        return (attr(holder, name) for holder in holders)

    return _first_group(re.compile(pattern), values)


def href(pattern: str) -> Way:
    """The first group of `pattern` in the address of a link of the row, hidden links too: it is no text."""

    def addresses(row: Row) -> Iterator[str]:
        own = [row.tag] if row.tag.name == "a" else []
        links = (*own, *row.page.all("a[href]", row.tag, hidden=True))
        return (str(link.attrs.get("href", "")) for link in links)

    return _first_group(re.compile(pattern), addresses)


def link_text(pattern: str) -> Way:
    """The text of the first link of the row whose address matches; links that do something are passed over."""
    wanted = re.compile(pattern)

    def read(row: Row) -> str:
        for link in row.page.all("a[href]", row.tag):
            if wanted.search(str(link.attrs.get("href", ""))):
                text = name_in_link(row.page, link)
                if text and not ACTION.match(text):
                    return text
        return ""

    return Way(read)


_BLOCKS = "div, p, li, dl, section, article, header, h1, h2, h3, h4, h5, h6"
_TITLE_LABEL = re.compile(r"(?:job|position|posting|requisition)?\s*(?:title|name)\s*[:：]?", re.IGNORECASE)


def name_in_link(page: Page, link: Tag) -> str:
    """What a link is called: its text, but where it goes round a whole card, the card's heading or first line.

    A label in front that only screen readers speak ("Job Title") is no part of it.
    """
    if not page.lines(link) and page.first("img", link) is not None:
        return ""  # the employer's logo
    if page.first(_BLOCKS, link) is None:
        lines = page.lines(link)
        labelled = len(lines) > 1 and _TITLE_LABEL.fullmatch(lines[0])
        return " ".join(lines[1:]) if labelled else page.spoken(link)
    named = page.first("h1, h2, h3, h4, h5, h6, [role=heading]", link) or page.first("[class*=title i]", link)
    if named is not None and (text := page.text_of(named)):
        return text
    lines = [line for line in page.lines(link) if not _TITLE_LABEL.fullmatch(line)]
    return lines[0] if lines else page.spoken(link)


def matching(pattern: str) -> Way:
    """The first group of `pattern` (any letter case) in a line of the row's text."""
    line = _first_group(re.compile(pattern, re.IGNORECASE), lambda row: row.lines)
    return Way(lambda row: tidy(line.read(row)))


def label(*labels: str) -> Way:
    """What stands behind a label: "Status: Received", or the label alone and its value in the next line.

    Labels are regexes matched from the start of a line, any letter case. Without a colon the value must
    begin with a digit ("Requisition 48213"), so that prose is not taken for a field.
    """
    names = "|".join(labels)
    wanted = re.compile(
        rf"^(?:{names})\s*(?:[:：]\s*(?P<after>.+)|#?\s*(?P<number>\d.*)|[:：#]?)$", re.IGNORECASE
    )

    def read(row: Row) -> str:
        bare: list[str] = []
        certain: list[str] = []  # "Status" may be a tab's name, "Status:" never is
        for line, after in zip(row.lines, [*row.lines[1:], ""], strict=False):
            if found := wanted.match(line):
                if value := found["after"] or found["number"]:
                    return value
                (certain if line.endswith((":", "：")) else bare).append(after.lstrip(":： "))
        # A tab called "Status" is no label, so those with their value beside them come first.
        tabs = {row.page.text_of(tab) for tab in row.page.all("[role=tab]", row.tag)} if bare else set()
        values = (v for v in (*certain, *bare) if v and v not in tabs and not is_label(v))
        return next((v for v in values if not v.endswith(":") and not _is_button(row, v)), "")

    return Way(read)


def _is_button(row: Row, words: str) -> bool:
    """Are these the words on a button of the row? Where a value is missing, they would stand in its place."""
    return bool(ACTION.match(words)) and any(
        row.page.text_of(tag) == words for tag in row.page.all("a, button, [role=button]", row.tag)
    )


def beside_title(distance: int) -> Way:
    """The line so many lines after the title (before it, if negative): for cards without any labels."""

    def read(row: Row) -> str:
        lines = row.lines
        if row.title not in lines:
            return ""
        place = lines.index(row.title) + distance
        line = lines[place] if 0 <= place < len(lines) else ""
        return "" if is_label(line) or ACTION.match(line) or re.search(r"\d", line) else line

    return Way(read)


def column(*heads: str) -> Way:
    """The cell under the head that matches (regex, any letter case), in a table or a grid of roles.

    Tables that turn into cards on a phone name the column on the cell; that counts too.
    """

    def read(row: Row) -> str:
        cell = cell_under(row, *heads)
        if cell is None:
            return ""
        # A cell that bears its head's name would say that name where it is empty.
        named = any(attr(cell, name) for name in _CELL_NAMES) and not row.under_heads
        return row.page.text_of(cell) if named else row.page.spoken(cell)

    return Way(read)


def cell_under(row: Row, *heads: str) -> Tag | None:
    """The cell itself, for who asks more of it than its text; None where no head matches."""
    wanted = re.compile("|".join(heads), re.IGNORECASE)
    for head, cell in row.under_heads:
        if wanted.search(head):
            return cell
    for cell in row.page.all(_NAMED_CELLS, row.tag):
        if any(wanted.search(attr(cell, name)) for name in _CELL_NAMES):
            return cell
    return None


def _under_heads(row: Row) -> list[tuple[str, Tag]]:
    """Each head with its cell; nothing where they are not as many, since a shifted column is a wrong answer.

    One cell more is understood where it holds the buttons of the row and no head was meant for it.
    """
    heads = _heads(row)
    cells = cells_of(row) if heads else []
    if heads and cells and heads[-1] and not ACTION.match(heads[-1]):
        last = row.page.text_of(cells[-1])
        if not last or ACTION.match(last):
            cells = cells[:-1]
    return list(zip(heads, cells, strict=True)) if heads and len(heads) == len(cells) else []


def cells_of(row: Row) -> list[Tag]:
    """The cells of a row in their order, one entry per column they span. Cells of inner tables do not count."""
    cells: list[Tag] = []
    for cell in row.page.all(_CELLS, row.tag):
        if not cells or not row.page.contains(cells[-1], cell):
            span = attr(cell, "colspan")
            cells.extend([cell] * (min(int(span), 50) if span.isdigit() else 1))
    return cells


def _heads(row: Row) -> list[str]:
    """The heads of the table or grid that the row stands in; read once per table."""
    page = row.page
    table = page.closest(row.tag, "table, [role=table], [role=grid], [role=treegrid]")
    if table is None:
        return []
    place = page.index.places[id(table)]
    if place not in page.columns:
        page.columns[place] = _read_heads(page, table)
    return page.columns[place]


def _read_heads(page: Page, table: Tag) -> list[str]:
    for line in page.all("tr, [role=row]", table):
        heads = page.all(_HEADS, line)
        if heads and not page.all("td, [role=cell], [role=gridcell]", line):
            texts: list[str] = []
            for head in heads:
                span = attr(head, "colspan")
                texts.extend([page.spoken(head)] * (min(int(span), 50) if span.isdigit() else 1))
            return texts
    return []
