"""Golden pages: fixtures/pages/<portal>/<case>.html and what must be read from it, <case>.json beside it.

The first line of the HTML is a comment: `<!-- url: … | captured: … | known: … | invented: … -->`. Frames stand
beside it as <case>.frame-1.html …, captured JSON answers as <case>.answers.json. A page without any HTML after
its first line is one that was read without a browser.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from scraper.model import Application, Click, Frame, JsonAnswer, Open, PageSnapshot, ParsedPage

PAGES = Path(__file__).parents[2] / "fixtures" / "pages"
_HEAD = re.compile(
    r"^<!-- url: (?P<url>\S+) \| captured: (?P<captured>\S+) \| known: (?P<known>.+?) \| invented: (?P<invented>.+?) -->$"
)


@dataclass(frozen=True)
class Golden:
    """One golden page on disk."""

    path: Path

    @property
    def name(self) -> str:
        return f"{self.path.parent.name}/{self.path.stem}"

    @property
    def portal(self) -> str:
        return self.path.parent.name

    @property
    def expected(self) -> Path:
        return self.path.with_suffix(".json")

    def snapshot(self) -> PageSnapshot:
        url, captured, html = _read(self.path)
        frames = [_read(path) for path in sorted(self.path.parent.glob(f"{self.path.stem}.frame-*.html"))]
        answers = self.path.with_suffix(".answers.json")
        return PageSnapshot(
            url=url,
            captured_at=captured,
            html=html,
            frames=tuple(Frame(url=frame_url, html=frame_html) for frame_url, _, frame_html in frames),
            answers=tuple(
                JsonAnswer(url=answer["url"], status=answer["status"], body=json.dumps(answer["body"]))
                for answer in (json.loads(answers.read_text("utf-8")) if answers.exists() else ())
            ),
        )


def _read(path: Path) -> tuple[str, datetime, str]:
    first, _, html = path.read_text("utf-8").partition("\n")
    head = _HEAD.match(first)
    assert head, f"{path}: the first line must say url, captured, known and invented"
    return head["url"], datetime.fromisoformat(head["captured"]), html


def goldens() -> list[Golden]:
    """All golden pages, found by folder."""
    return [Golden(path) for path in sorted(PAGES.glob("*/*.html")) if ".frame-" not in path.name]


def as_json(page: ParsedPage) -> dict[str, Any]:
    """What a page said, in the form the golden files keep; what is empty is left out."""
    step = page.next_step
    said = {
        "portal": page.portal,
        "kind": page.kind.value,
        "company": page.company,
        "count_shown": page.count_shown,
        "next_step": {"open": step.url}
        if isinstance(step, Open)
        else {"click": step.selector}
        if isinstance(step, Click)
        else None,
        "complete": page.complete,
        "warnings": list(page.warnings),
        "applications": [_application(application) for application in page.applications],
    }
    return {name: value for name, value in said.items() if value not in ("", None, [])}


def _application(application: Application) -> dict[str, Any]:
    said = {
        "id": application.external_id,
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
    return {name: value for name, value in said.items() if value not in ("", None)}
