"""Tables that a grid is cut into: its heads in one that stays while the rest rolls, locked columns in another."""

from __future__ import annotations

from collections.abc import Sequence

from bs4 import Tag

from scraper.reading.generic_lines import TABLES, Line, are_heads, lines_of
from scraper.reading.html import Page

MOST_UP = 3
"""Tags between a table of heads and what holds the whole grid, at most."""


def whole_lines(page: Page) -> tuple[dict[int, list[Line]], list[Tag]]:
    """(for each table, by its id, the lines it has once heads and locked columns are put to it; the tables that have
    become a part of another's lines)."""
    parts: list[Tag] = []
    tables = page.all(TABLES)
    lines = {id(table): lines_of(page, table) for table in tables}
    heads = [table for table in tables if _has_only_heads(lines[id(table)])]
    for grid, its_heads in _grids(page, tables, heads):
        bodies = [table for table in tables if page.contains(grid, table) and _has_no_heads(lines[id(table)])]
        if not bodies or not _fit(lines, its_heads, bodies):
            continue
        first = Line(its_heads[0], [cell for head in its_heads for cell in lines[id(head)][-1].cells])
        rows = zip(*(lines[id(body)] for body in bodies), strict=True)
        whole = [Line(row[0].tag, [cell for part in row for cell in part.cells]) for row in rows]
        for table in (*its_heads, *bodies):
            lines[id(table)] = []
        lines[id(bodies[0])] = [first, *whole]
        parts += [*its_heads, *bodies[1:]]
    return lines, parts


def _has_only_heads(lines: Sequence[Line]) -> bool:
    return bool(lines) and all(map(are_heads, lines))


def _has_no_heads(lines: Sequence[Line]) -> bool:
    return bool(lines) and not any(map(are_heads, lines))


def _grids(page: Page, tables: Sequence[Tag], heads: Sequence[Tag]) -> list[tuple[Tag, list[Tag]]]:
    """(what holds a grid, its tables of heads): as far round the heads as a table stands in it that is none of them."""
    known = {id(head) for head in heads}
    found: dict[int, tuple[Tag, list[Tag]]] = {}
    for head in heads:
        tag = head.parent
        for _ in range(MOST_UP):
            if tag is None or tag.name in ("body", "main", "[document]"):
                break
            if any(id(table) not in known and page.contains(tag, table) for table in tables):
                found.setdefault(id(tag), (tag, []))[1].append(head)
                break
            tag = tag.parent
    return list(found.values())


def _fit(lines: dict[int, list[Line]], heads: Sequence[Tag], bodies: Sequence[Tag]) -> bool:
    """As many columns under each table of heads as it has, and as many rows in each part."""
    if len(heads) != len(bodies):
        return False
    rows = {len(lines[id(body)]) for body in bodies}
    return len(rows) == 1 and all(
        len(lines[id(head)][-1].cells) == len(line.cells)
        for head, body in zip(heads, bodies, strict=True)
        for line in lines[id(body)]
    )
