"""A stepper ("Received > Review > Interview") says one thing only: its current step."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.html import Page, attr
from scraper.stages import stage_of

_STEPPER_NAME = re.compile(
    r"stepper|progress|steps\b|timeline|tracker|pipeline|wizard|stages|phases|milestones|workflow",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"(?:^|[-_ ])(?:current|active|now|here|in-?progress|selected|ongoing|aktiv|actual|actuel|atual)(?:$|[-_ ])",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:^|[-_ ])(?:completed?|done|passed|checked|finished|visited|past|success)(?:$|[-_ ])", re.IGNORECASE
)


def steppers(page: Page) -> Iterator[tuple[Tag, str]]:
    """(container, current step) of each list of steps that are statuses, one of them marked as current."""
    places = page.index.places
    tags = {places[id(tag)]: tag for tag in page.all("ol, ul, [role=list]")}
    tags |= {places[id(tag)]: tag for tag in page.named(_STEPPER_NAME, "class")}
    for _, tag in sorted(tags.items()):
        steps = [child for child in tag.children if isinstance(child, Tag) and page.is_visible(child)]
        if 2 <= len(steps) <= 12 and (found := _current_step(page, steps)):
            yield tag, found


def _current_step(page: Page, steps: list[Tag]) -> str:
    texts = [_step_text(page, step) for step in steps]
    if sum(bool(text) for text in texts) < 2 or any(len(text) > 80 for text in texts):
        return ""
    if sum(stage_of(text).stage is not Stage.UNKNOWN for text in texts if text) < 2:
        return ""
    for step, text in zip(steps, texts, strict=True):
        marked = [step, *page.all("[aria-current]", step)]
        if any(attr(tag, "aria-current") not in ("", "false") for tag in marked) and text:
            return text
    inner = [
        " ".join(
            [
                attr(step, "class"),
                attr(step, "data-state"),
                attr(step, "data-status"),
                *(attr(t, "class") for t in page.all("[class]", step)[:3]),
            ]
        )
        for step in steps
    ]
    now = [text for text, names in zip(texts, inner, strict=True) if _NOW.search(names) and text]
    if len(now) == 1:
        return now[0]
    done = [text for text, names in zip(texts, inner, strict=True) if _DONE.search(names) and text]
    return done[-1] if (done and len(done) < len(steps)) or (done and not now) else ""


def _step_text(page: Page, step: Tag) -> str:
    lines = [line for line in page.lines(step) if re.search(r"[^\W\d_]{2}", line)] or [page.spoken(step)]
    known = [line for line in lines if stage_of(line).stage is not Stage.UNKNOWN]
    return re.sub(
        r"\s*\((?:current|completed?|current step)\)\s*$|^(?:step )?\d+[.:)]?\s+",
        "",
        (known or lines)[0],
        flags=re.IGNORECASE,
    )
