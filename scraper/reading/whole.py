"""Is the markup of a page whole, or was something lost on its way?

A browser's own copy of a page, which the click and the nightly visit read, always closes what it opens. Where
a piece is missing, two rows can run together and one application shows its neighbour's status: of 6,000 pages
broken at random 46 statuses read were false, and 38 of them on pages that this check knows (tests/reading).
Such a page may add what is new and say what was seen; it may not change a status.
"""

from __future__ import annotations

import re

from scraper.model import PageSnapshot

_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "param",
        "source",
        "track",
        "wbr",
    ]
)
_RAW = re.compile(r"<(script|style|textarea|title|xmp|iframe|noembed|noframes)\b.*?</\1\s*>", re.S | re.I)
_TAG = re.compile(
    r"<(?:!--.*?-->|!doctype[^>]*>|(/?)([a-z][^\s/>]*)((?:\"[^\"]*\"|'[^']*'|[^'\">])*)>)|<", re.S | re.I
)


def is_whole(snapshot: PageSnapshot) -> bool:
    """Whether page and frames close every element they open, in order, and hold no half tag.

    Stricter than HTML, which lets some end tags be left out: a page sent that way is read again in the
    browser, whose copy has them.
    """
    return all(_closes_all(html) for html in (snapshot.html, *(frame.html for frame in snapshot.frames)))


def _closes_all(html: str) -> bool:
    opened: list[str] = []
    for tag in _TAG.finditer(_RAW.sub("", html)):
        if tag[0] == "<":
            return False
        name = (tag[2] or "").lower()
        if not name:
            continue  # a comment or the doctype
        if tag[1]:
            if not opened or opened.pop() != name:
                return False
        elif name not in _VOID and not tag[3].endswith("/"):
            opened.append(name)
    return not opened
