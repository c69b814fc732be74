"""Which applications of a page are the same one, and by what each is known from night to night."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from scraper.model import Application
from scraper.reading.generic_context import Part
from scraper.reading.generic_looks import Found
from scraper.reading.html import attr


def identity(row: Found, applied: date | None) -> str:
    """The portal's own id if the row shows one; else one made of what does not change from night to night."""
    if row.external_id and len(row.external_id) <= 80:
        return row.external_id
    if row.requisition:
        return row.requisition
    address = urlsplit(row.url)
    numbers: list[str] = re.findall(r"[\w-]*\d[\w-]*", f"{address.path}?{address.query}")
    return numbers[-1][:80] if numbers else _made_identity(row.title, row.company, row.location, applied)


def _made_identity(title: str, company: str, location: str, applied: date | None) -> str:
    words = "|".join((title, company, location, applied.isoformat() if applied else "")).casefold()
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def told_apart(found: Sequence[Application]) -> list[Application]:
    """No two applications under one id: what several rows share (a page number, a site) is no id of theirs."""
    times = Counter(application.external_id for application in found)
    alike: Counter[str] = Counter()
    apart = []
    for application in found:
        if times[application.external_id] > 1:
            made = _made_identity(
                f"{application.external_id}|{application.title}",
                application.company,
                application.location,
                application.applied_on,
            )
            alike[made] += 1
            # Rows that are alike in everything can only be counted.
            made = made if alike[made] == 1 else f"{made}-{alike[made]}"
            application = replace(application, external_id=made)
        apart.append(application)
    return apart


def list_of(part: Part, row: Found) -> int:
    """Which list a row stands in: rows of one list are never the same application written twice. Parts of one card,
    for phones and for desktops, have names of their own."""
    tag = part.page.index.tags[row.place]
    return hash((id(tag.parent), tag.name, attr(tag, "class")))


def once(found: Sequence[tuple[Application, int]]) -> list[Application]:
    """Rows written twice (for phone and desktop) count once; rows of one list stay apart."""
    kept: list[tuple[Application, int]] = []
    by_title: dict[str, list[int]] = defaultdict(list)
    for application, where in found:
        alike = by_title[application.title.casefold()]
        twin = next((n for n in alike if kept[n][1] != where and _same(kept[n][0], application)), None)
        if twin is None:
            alike.append(len(kept))
            kept.append((application, where))
        elif _richness(application) > _richness(kept[twin][0]):
            kept[twin] = (application, kept[twin][1])
    return [application for application, _ in kept]


def _same(one: Application, other: Application) -> bool:
    pairs = [
        (one.requisition, other.requisition),
        (one.status_raw.casefold(), other.status_raw.casefold()),
        (one.applied_on, other.applied_on),
        (one.company.casefold(), other.company.casefold()),
        (one.location.casefold(), other.location.casefold()),
    ]
    if one.external_id != other.external_id:
        pairs.append((one.url, other.url))
    return all(not a or not b or a == b for a, b in pairs)


def _richness(application: Application) -> int:
    return sum(
        bool(getattr(application, name))
        for name in ("status_raw", "company", "location", "requisition", "url", "applied_on")
    )
