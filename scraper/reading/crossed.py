"""Have two rows run into each other on a page whose markup is whole?

A neat cut from the middle of one row to the same place in the next leaves markup that closes all it opens, and
a row with the title of one application and the status of another. What gives it away is what a row says twice:
its number and its link, its number in the text and in the link, as many cells as the table has heads; or that
rows stand on the page twice and do not say the same. Rows are compared with their neighbours only, since every
portal has ways of its own.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from urllib.parse import urlsplit

from bs4 import Tag

from scraper.model import Application
from scraper.reading.generic_words import ACTION, field_named
from scraper.reading.html import Page, attr
from scraper.stage_text import plain

_TABLES = "table, [role=table], [role=grid], [role=treegrid]"


def rows_crossed(page: Page, found: Sequence[Application]) -> bool:
    """Does a row hold what belongs to another? `found` are all rows as read, those that stand twice included."""
    return (
        _disagree(found)
        or _contradict(found)
        or any(_has_long_row(part, table) for part in (page, *page.frames) for table in part.all(_TABLES))
        or any(map(_names_twice, (page, *page.frames)))
    )


def _disagree(found: Sequence[Application]) -> bool:
    """The number in the text, that in the link: where they agree in most rows, they do in all."""
    in_text = [
        application.requisition.endswith(application.external_id)
        for application in found
        if application.requisition
        and application.external_id.isdigit()
        and application.requisition[-1:].isdigit()
    ]
    shapes: dict[str, list[bool]] = defaultdict(list)
    for application in found:
        address = urlsplit(application.url)
        if application.external_id and re.search(r"\d", address.path + address.query):
            where = f"{address.path}?{address.query}"
            shape = re.sub(r"[^/?&=]*\d[^/?&=]*", "#", where)
            shapes[shape].append(application.external_id in where)
    return any(_mostly(agree) for agree in (in_text, *shapes.values()))


def _mostly(agree: Sequence[bool]) -> bool:
    """True in most rows, but not in all."""
    return not all(agree) and 2 * sum(agree) >= len(agree)


def _contradict(found: Sequence[Application]) -> bool:
    """Rows that stand twice: once as they were, once with another's status.

    A person who applied again for the same job has one such pair and no other row twice; days tell it apart.
    """
    told: dict[str, set[tuple[str, str]]] = defaultdict(set)
    times = Counter(application.key for application in found)
    for application in found:
        day = application.applied_on.isoformat() if application.applied_on else ""
        told[application.key].add((day, application.status_raw))
    twice = [key for key, count in times.items() if count > 1]
    differ = [key for key in twice if len({status for _, status in told[key]}) > 1]
    same_day = [key for key in differ if len({day for day, _ in told[key]}) == 1]
    return bool(same_day) and len(twice) > 1


def _has_long_row(page: Page, table: Tag) -> bool:
    """Does a row tell more things than the table has heads? Buttons and empty cells tell nothing."""
    heads, counts = 0, Counter[int]()
    for line in page.all("tr, [role=row]", table):
        if line.parent is None or page.closest(line.parent, _TABLES) is not table:
            continue
        cells = [child for child in line.children if isinstance(child, Tag) and _is_cell(child)]
        if any("rowspan" in cell.attrs for cell in cells):
            return False
        if cells and all(cell.name == "th" or attr(cell, "role") == "columnheader" for cell in cells):
            heads = heads or sum(map(_span, cells))
        elif cells:
            # A cell more than heads is the one with the buttons; one that tells something came from another row.
            may_tell = len(cells) if len(cells) <= heads else sum(_tells(page.spoken(cell)) for cell in cells)
            counts[may_tell] += 1
    # Where many rows are as long, it is how this portal writes.
    return bool(heads) and any(
        told > heads and 2 * times <= max(2, counts.total()) for told, times in counts.items()
    )


def _names_twice(page: Page) -> bool:
    """Does a list of labels and values name a thing twice, which its neighbours name once?"""
    twice = []
    for facts in page.all("dl"):
        labels = Counter(plain(page.text_of(label)) for label in page.all("dt", facts))
        twice.append(any(times > 1 and field_named(label) for label, times in labels.items()))
    # Where all do, it is how this portal writes.
    return any(twice) and not all(twice)


def _is_cell(tag: Tag) -> bool:
    return tag.name in ("td", "th") or attr(tag, "role") in ("cell", "gridcell", "rowheader", "columnheader")


def _tells(text: str) -> bool:
    return bool(text) and not ACTION.match(plain(text))


def _span(cell: Tag) -> int:
    value = attr(cell, "colspan")
    return max(1, min(int(value), 50)) if value.isdigit() else 1
