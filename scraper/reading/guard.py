"""Limits for pages before they are parsed: size, depth, attributes. One cheap pass, no tree.

A page is untrusted. Parsers and readers take quadratic time on a million open tags or on one tag with a
million attributes; such a page is refused here with a sentence, and nothing stored is changed.
"""

from __future__ import annotations

import re

from scraper.model import PageSnapshot
from scraper.outcomes import InTownError
from scraper.reading.whole import VOID, shape_of

MAX_CHARACTERS = 4 * 1024 * 1024
MAX_DEPTH = 512
MAX_ATTRIBUTES = 5_000

# Parsers end these by themselves when the next one begins, so unclosed ones make no depth.
_SELF_ENDING = frozenset(
    {"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "optgroup", "colgroup", "rt", "rp"}
)  # fmt: skip
_NO_DEPTH = VOID | _SELF_ENDING
_RAW = frozenset({"script", "style", "textarea", "title", "noscript"})

_TAG = re.compile(r"<(?:(?P<comment>!--)|(?P<close>/?)(?P<name>[A-Za-z][\w:-]*)(?P<rest>[^<>]*))")
_EDGE = re.compile(r"[<>]")
_MOST_LOOKED_AT = 20 * MAX_CHARACTERS  # quotes that never end make every tag reach to the end of the page
_WHOLE_TAG = re.compile(r"""(?:[^'"<>]++|"[^"]*+"|'[^']*+')*+>""")
_ATTRIBUTE = re.compile(r"[^\s=\"'/>]+\s*(?:=\s*(?:\"[^\"]*+\"|'[^']*+'|[^\s>]*))?")


class Unparsable(InTownError):
    """The page is beyond what InTown reads; nothing was changed."""

    code = "unparsable"


def check(snapshot: PageSnapshot) -> bool:
    """Raise Unparsable if the page, one of its frames or its JSON answers is beyond the limits.

    True where the markup is whole (scraper.reading.whole): nothing was lost on its way.
    """
    pages = [check_html(html) for html in (snapshot.html, *(frame.html for frame in snapshot.frames))]
    if sum(len(answer.body) for answer in snapshot.answers) > MAX_CHARACTERS:
        raise Unparsable("The page's data are larger than 4 MB; InTown does not read them.")
    return all(pages)


def check_html(html: str) -> bool:
    """Raise Unparsable if the HTML is larger than 4 MB, nested deeper than 512 or has a tag of 5,000 attributes.

    True where it is whole.
    """
    if len(html) > MAX_CHARACTERS:
        raise Unparsable("The page is larger than 4 MB; InTown does not read it.")
    shape = shape_of(html)
    # An attribute takes two characters at least.
    if shape is None or shape.depth > MAX_DEPTH or shape.longest > 2 * MAX_ATTRIBUTES:
        _check_broken(html)
    return shape is not None


def _check_broken(html: str) -> None:
    """The same for markup of any kind: tags that never end, quotes that never end, end tags left out."""
    depth, skip, spent = 0, 0, 0
    for found in _TAG.finditer(html):
        start = found.start()
        if start < skip:
            continue
        comment, close, name, rest = found.groups()
        if comment:
            end = html.find("-->", found.end())
            if end < 0:
                return
            skip = end
            continue
        name = name.lower()
        if close:
            if name not in _NO_DEPTH:
                depth = max(0, depth - 1)
            continue
        if len(rest) > 2 * MAX_ATTRIBUTES or rest.count('"') % 2 or rest.count("'") % 2:
            spent += _check_attributes(html, found.start("rest"))
            if spent > _MOST_LOOKED_AT:
                raise Unparsable("The page's markup is too broken to read.")
        if name in _RAW:
            skip = _end_of_raw(html, name, found.end())
        elif name not in _NO_DEPTH and not _closes_itself(rest):
            depth += 1
            if depth > MAX_DEPTH:
                raise Unparsable("The page is nested deeper than 512 levels; InTown does not read it.")


def _check_attributes(html: str, start: int) -> int:
    """Count the attributes of a long tag, or of one with ">" or "<" inside its quotes; returns characters read."""
    whole = _WHOLE_TAG.match(html, start)
    if whole is None:
        edge = _EDGE.search(html, start)
        end = edge.start() if edge else len(html)
        read = len(html) - start  # as far as the match may have looked
    else:
        end = whole.end()
        read = end - start
    if end - start > 2 * MAX_ATTRIBUTES:
        for number, _ in enumerate(_ATTRIBUTE.finditer(html, start, end)):
            if number >= MAX_ATTRIBUTES:
                raise Unparsable("A tag of the page has more than 5,000 attributes; InTown does not read it.")
    return read


def _end_of_raw(html: str, name: str, start: int) -> int:
    """Where the text of a script and the like ends: what looks like tags in it is none."""
    end = re.compile(rf"</{name}", re.IGNORECASE).search(html, start)
    return end.start() if end else len(html)


def _closes_itself(rest: str) -> bool:
    """`<path d="…"/>` or `<path />`, but not `<a href=/>`, where the slash belongs to the value."""
    return rest.endswith("/") and (len(rest) == 1 or rest[-2] in "\"' \t\n\r")
