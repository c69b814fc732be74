"""A scrubbed copy of a page that was read wrongly, ready to become a golden page: for `intown record` and the popup."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from scraper.model import Application, PageSnapshot, ParsedPage
from scraper.outcomes import InTownError
from scraper.reading.html import clean_url
from scraper.reading.scrub import Scrubber, leftovers, scrub


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


def write_recording(
    snapshot: PageSnapshot, names: Iterable[str], out: Path, read: Callable[[PageSnapshot], ParsedPage]
) -> None:
    """Write the scrubbed page to `out`, its frames beside it, and what `read` makes of it as JSON.

    `names` are words to take out besides what the scrubber finds by itself. Raises StillPersonal, with nothing
    written, when something personal is left.
    """
    scrubber = Scrubber(names)
    pages = {out: (scrubber.text(clean_url(snapshot.url)), scrub(snapshot, scrubber))}
    for number, frame in enumerate(snapshot.frames, start=1):
        inner = replace(snapshot, url=frame.url, html=frame.html, frames=(), title="")
        name = out.with_name(f"{out.stem}.frame-{number}{out.suffix}")
        pages[name] = (scrubber.text(clean_url(frame.url)), scrub(inner, scrubber))
    left = sorted({kind for _, html in pages.values() for kind in leftovers(html, scrubber)})
    if left:
        raise StillPersonal(f"The page still holds {', '.join(left)}; nothing was written.")
    for path, (shown, html) in pages.items():
        head = f"<!-- url: {shown} | captured: {snapshot.captured_at:%Y-%m-%dT%H:%M:%S+00:00} | known: recorded by its user, scrubbed | invented: names and numbers -->"
        path.write_text(f"{head}\n{html}\n", encoding="utf-8")
    url, html = pages[out]
    parsed = read(replace(snapshot, url=url, html=html, frames=()))
    out.with_suffix(".json").write_text(
        json.dumps(answer_of(parsed), ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
    )
