"""Is the markup of a page whole, or was something lost on its way?

A browser's own copy of a page, which the click and the nightly visit read, always closes what it opens. Where
a piece is missing, two rows can run together and one application shows its neighbour's status: of 6,000 pages
broken at random 46 statuses read were false, and 38 of them on pages that this check knows (tests/reading).
Such a page may add what is new and say what was seen; it may not change a status.
"""

from __future__ import annotations

import re
from typing import NamedTuple

VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)  # fmt: skip
RAW = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})
"""Elements whose text may look like tags and holds none."""

DEEPEST = 2_000
"""Open elements beyond which nobody looks further; browsers stop at 512."""

# Each alternative either takes its piece or fails where it stands, so that a page is walked once. The last one
# is a "<" that begins nothing, or a ">" that ends nothing and that a browser writes as "&gt;": the end of the walk.
_PIECE = re.compile(
    r"</([a-z][^\s/>]*+)\s*+>"
    rf"|<({'|'.join(sorted(RAW))})\b[^>]*+>.*?</\2\s*+>"
    r"|<([a-z][^\s/<>]*+)((?:[^'\"<>]++|\"[^\"]*+\"|'[^']*+')*+)>"
    r"|<!--.*?-->|<!doctype[^>]*+>|[<>]",
    re.DOTALL | re.IGNORECASE,
)


class Shape(NamedTuple):
    """What a walk through whole markup has shown."""

    depth: int  # elements open at the same time, at most
    longest: int  # characters of the attributes of one tag, at most


def shape_of(html: str) -> Shape | None:
    """The shape of markup that closes every element it opens, in order, and holds no half tag; else None.

    Stricter than HTML, which lets some end tags be left out: a page sent that way is read again in the
    browser, whose copy has them. Takes time in proportion to the length, whatever the page holds.
    """
    opened: list[str] = []
    deepest = longest = 0
    for piece in _PIECE.finditer(html):
        closed, _, name, rest = piece.groups()
        if name:
            name = name.lower()
            if name in RAW:
                return None  # it never ends
            if len(rest) > longest:
                longest = len(rest)
            if name not in VOID and rest[-1:] != "/":
                opened.append(name)
                if len(opened) > deepest:
                    deepest = len(opened)
                    if deepest > DEEPEST:
                        return None
        elif closed:
            if not opened or opened.pop() != closed.lower():
                return None
        elif piece.end() - piece.start() == 1:
            return None
    return None if opened else Shape(deepest, longest)
