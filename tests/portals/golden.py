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

from scraper.model import Frame, JsonAnswer, PageSnapshot

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
