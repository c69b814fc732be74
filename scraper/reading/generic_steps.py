"""A stepper ("Received > Review > Interview") says one thing only: its current step."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_text import reads_as_status
from scraper.reading.generic_values import is_only_date
from scraper.reading.html import Page, attr
from scraper.stages import stage_of

_STEPPER_NAME = re.compile(
    r"stepper|progress|steps\b|timeline|tracker|pipeline|wizard|stages|phases|milestones|workflow",
    re.IGNORECASE,
)
_NOW = re.compile(
    r"(?:^|[-_ ])(?:current|active|act|on|now|here|in-?progress|selected|ongoing|aktiv|aktuell|activo|activa|actual|actuel|actif|en-cours|en-curso|atual|ativo)(?:$|[-_ ])",
    re.IGNORECASE,
)
_DONE = re.compile(
    r"(?:^|[-_ ])(?:completed?|complet[oa]|done|passed|checked|finished|visited|past|success|ok|hecho|fait|termine|erledigt|fertig|feito|concluid[oa])(?:$|[-_ ])",
    re.IGNORECASE,
)


def steppers(page: Page) -> Iterator[tuple[Tag, str]]:
    """(container, current step) of each list of steps that are statuses; "" where none is marked as current.

    Of several statuses in a row without a mark nobody can say which is the present one.
    """
    places = page.index.places
    tags = {places[id(tag)]: tag for tag in page.all("ol, ul, [role=list]")}
    tags |= {places[id(tag)]: tag for tag in page.named(_STEPPER_NAME, "class")}
    marked = [*page.named(_NOW, "class", "data-state"), *page.named(_DONE, "class", "data-state")]
    for step in (*marked, *page.all("[aria-current=step], [aria-current=true]")):
        if step.parent is not None and step.parent.name != "[document]":
            tags.setdefault(places[id(step.parent)], step.parent)
    lists = [(tag, steps) for _, tag in sorted(tags.items()) if 2 <= len(steps := _steps_in(page, tag)) <= 12]
    told = [tuple(_step_text(page, step) for step in steps) for _, steps in lists]
    again = {texts for texts, times in Counter(told).items() if times > 1}
    for (tag, steps), texts in zip(lists, map(list, told), strict=True):
        if not _are_steps(page, steps, texts, again=tuple(texts) in again):
            continue
        found = _current_step(page, steps, texts)
        if found or _unmarked(page, steps, texts):
            yield tag, found


def _steps_in(page: Page, tag: Tag) -> list[Tag]:
    children = (child for child in tag.children if isinstance(child, Tag) and page.is_visible(child))
    return [child for child in children if child.name not in ("hr", "svg")]


def _are_steps(page: Page, steps: list[Tag], texts: list[str], *, again: bool) -> bool:
    """Two statuses at least, each step short and without a heading of its own: no cards.

    Nobody knows the words of every portal, but the `again` same steps on several cards are stages.
    """
    if sum(bool(text) for text in texts) < 2 or any(len(text) > 80 for text in texts):
        return False
    if len({step.name for step in steps}) > 1:
        return False
    current = any(attr(step, "aria-current") == "step" for step in steps)
    if any(len(page.lines(step)) > 3 for step in steps):
        return False
    if not current and any(page.first("h1, h2, h3, h4, h5, h6", step) for step in steps):
        return False
    if again and current:
        return True
    return sum(stage_of(text).stage is not Stage.UNKNOWN for text in texts if text) >= 2


def _unmarked(page: Page, steps: list[Tag], texts: list[str]) -> bool:
    """Nothing but statuses of different stages, side by side and made alike?"""
    if not all(
        len(page.lines(step)) <= 1 and reads_as_status(text, wholly=True)
        for step, text in zip(steps, texts, strict=True)
    ):
        return False
    stages = [stage_of(text).stage for text in texts]
    alike = len({(step.name, attr(step, "class")) for step in steps}) == 1
    return len(steps) >= 3 and alike and Stage.UNKNOWN not in stages and len(set(stages)) == len(stages)


def _current_step(page: Page, steps: list[Tag], texts: list[str]) -> str:
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
    lines = [
        line
        for line in page.lines(step)
        if re.search(r"[^\W\d_]{2}", line) and not line.endswith(":") and not is_only_date(line)
    ] or [page.spoken(step)]
    known = [line for line in lines if stage_of(line).stage is not Stage.UNKNOWN]
    return re.sub(
        r"\s*\((?:current|completed?|current step)\)\s*$|^(?:step )?\d+[.:)]?\s+",
        "",
        (known or lines)[0],
        flags=re.IGNORECASE,
    )
