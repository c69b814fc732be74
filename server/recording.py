"""A scrubbed copy of a page that was read wrongly, ready to become a golden page: for `intown record` and the popup."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from scraper.model import Application, Click, Frame, Open, PageSnapshot, ParsedPage
from scraper.outcomes import InTownError
from scraper.reading.addresses import clean_url, split_url
from scraper.reading.scrub import Scrubber, leftovers, scrub

WHICH_LIST = frozenset({"cardtype", "stage", "page"})
"""Parameters of a list's own address by which LinkedIn and PeopleSoft tell it from their others; a word each."""


class StillPersonal(InTownError):
    """Something of the person is left in the scrubbed page; nothing was written."""


def row_of(application: Application) -> dict[str, str | None]:
    """One application as `intown read --json` prints it."""
    return {
        "title": application.title,
        "company": application.company,
        "status": application.status_raw,
        "stage": application.stage.value,
        "confidence": application.confidence.value,
        "location": application.location,
        "applied_on": application.applied_on.isoformat() if application.applied_on else None,
        "requisition": application.requisition,
        "url": application.url,
    }


def answer_of(parsed: ParsedPage) -> dict[str, Any]:
    """A parsed page as `intown read --json` prints it."""
    return {
        "portal": parsed.portal or None,
        "page_kind": parsed.kind.value,
        "applications": [row_of(found) for found in parsed.applications],
    }


def golden_of(parsed: ParsedPage) -> dict[str, Any]:
    """A parsed page as the golden pages (fixtures/pages) keep it; what is empty is left out."""
    step = parsed.next_step
    next_step = {"open": step.url} if isinstance(step, Open) else None
    said = {
        "portal": parsed.portal,
        "kind": parsed.kind.value,
        "company": parsed.company,
        "count_shown": parsed.count_shown,
        "next_step": {"click": step.selector} if isinstance(step, Click) else next_step,
        "complete": parsed.complete,
        "warnings": list(parsed.warnings),
        "applications": [
            _filled({"id": found.external_id, **row_of(found)}) for found in parsed.applications
        ],
    }
    return _filled(said)


def _filled(said: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def write_recording(
    snapshot: PageSnapshot, names: Iterable[str], out: Path, read: Callable[[PageSnapshot], ParsedPage]
) -> None:
    """Write the scrubbed page to `out`, its frames beside it, and what `read` makes of it: a golden page as it is.

    `names` are words to take out besides what the scrubber finds by itself. Raises StillPersonal, with nothing
    written, when something personal is left.
    """
    scrubber = Scrubber(names)
    inner = [replace(snapshot, url=one.url, html=one.html, frames=(), title="") for one in snapshot.frames]
    pages = [Frame(url=_address(one.url, scrubber), html=scrub(one, scrubber)) for one in (snapshot, *inner)]
    left = sorted({kind for page in pages for kind in leftovers(page.html, scrubber)})
    if left:
        raise StillPersonal(f"The page still holds {', '.join(left)}; nothing was written.")
    for number, page in enumerate(pages):
        path = out.with_name(f"{out.stem}.frame-{number}{out.suffix}") if number else out
        path.write_text(f"{_head(page.url, snapshot.captured_at)}\n{page.html}\n", encoding="utf-8")
    # Read from what was written: the answers that came with the page were not scrubbed.
    whole, *frames = pages
    kept = PageSnapshot(
        url=whole.url, captured_at=snapshot.captured_at, html=whole.html, frames=tuple(frames)
    )
    out.with_suffix(".json").write_text(golden_text(read(kept)), encoding="utf-8")


def _address(url: str, scrubber: Scrubber) -> str:
    """The page's address without what is somebody's, and with what says which list it is."""
    cleaned = urlsplit(scrubber.address(clean_url(url)))
    words = [
        (name, value)
        for name, value in parse_qsl(split_url(url).query)
        if name.lower() in WHICH_LIST and re.fullmatch(r"[A-Za-z_]{1,40}", value)
    ]
    return cleaned._replace(query="&".join(filter(None, (cleaned.query, urlencode(words))))).geturl()


def golden_text(parsed: ParsedPage) -> str:
    """What stands in the .json beside a golden page."""
    return f"{json.dumps(golden_of(parsed), ensure_ascii=False, indent=1)}\n"


def _head(url: str, captured: datetime) -> str:
    """The first line of a golden page."""
    return f"<!-- url: {url} | captured: {captured:%Y-%m-%dT%H:%M:%S+00:00} | known: recorded by its user, scrubbed | invented: names and numbers -->"
