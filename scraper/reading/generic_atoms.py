"""A page as a sequence of atoms: every piece of text or spoken label, with where it stands.

Regions that never hold an application are left out: navigation, footers, side columns, filters, dialogs of
choice. A stepper becomes one atom, its current step.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import Tag
from bs4.element import NavigableString

from scraper.model import Confidence, Stage
from scraper.reading.generic_words import ACTION, JOB_WORD, OWN_LIST, PROSE, field_named
from scraper.reading.html import Page, attr, tidy
from scraper.stage_text import plain
from scraper.stages import stage_of, status_stems

LEFT_OUT = frozenset(
    {
        "nav",
        "footer",
        "aside",
        "select",
        "option",
        "datalist",
        "textarea",
        "script",
        "style",
        "noscript",
        "template",
    }
)
_LEFT_OUT_ROLES = frozenset(
    {
        "navigation",
        "search",
        "menu",
        "menubar",
        "tooltip",
        "listbox",
        "complementary",
        "contentinfo",
        "combobox",
        "toolbar",
    }
)
_LEFT_OUT_NAME = re.compile(
    r"(?:^|[-_ ])(?:breadcrumbs?|site-?nav|navbar|sidebar|side-nav|cookie\w*|sr-only-menu|tooltip|pagination|pager)(?:$|[-_ ])"
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"})
_STATUS_NAME = re.compile(
    r"(?:^|[-_ ]|(?<=[a-z])(?=[A-Z]))(?:[\w-]*status[\w-]*|[\w-]*stage[\w-]*|badge|pill|chip|state|phase|estado|statut|etat|lozenge|tag)(?:$|[-_ ])",
    re.IGNORECASE,
)
_TITLE_NAME = re.compile(
    r"title|position|job-?name|jobname|role\b|posting|vacancy|puesto|poste|stelle|vaga|headline",
    re.IGNORECASE,
)
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
_SPLIT = re.compile(r"\s+[|·•⋅∙]\s+")
_DASH = re.compile(r"\s+[–—-]\s+")
_SENTENCE = re.compile(r"[.!?]$")
# "to the hiring manager" says where an application went; it is no name of a job.
_RECEIVER = re.compile(
    r"\b(?:to|with|by|au|aux|ao|an|al|por|pelo|par|del|com|con|beim|bei|de)\b(?: (?:the|our|le|la|el|o|a|den|die|das|dem))?(?: (?:hiring|nurse|line|selecting|department|your))? (?:manager|managers|gestor|gestora|supervisor|director|team|department|responsable|recruiter|gerente|jefe|leader|lead|official|officer)\b"
)
_COUNT = re.compile(r"\(\s*\d+\s*\)|^\d+\s+|\b\d+$|:\s*\d+$")
_SMALL_WORDS = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "your",
        "our",
        "has",
        "been",
        "was",
        "were",
        "are",
        "not",
        "del",
        "los",
        "las",
        "por",
        "para",
        "con",
        "una",
        "des",
        "les",
        "une",
        "est",
        "par",
        "sur",
        "der",
        "die",
        "das",
        "und",
        "den",
        "dem",
        "von",
        "zum",
        "zur",
        "wurde",
        "ist",
        "dos",
        "das",
        "com",
        "foi",
        "uma",
    ]
)
RELIED_ON = (Confidence.SURE, Confidence.LIKELY)


@dataclass(slots=True)
class Atom:
    """One piece of text. `place` is its tag's number in the index; `step` = the current step of a stepper."""

    text: str
    tag: Tag
    place: int
    spoken: bool = False
    step: bool = False
    _hints: str | None = None
    _words: str | None = None
    _status: bool | None = None
    _title: bool | None = None

    @property
    def hints(self) -> str:
        """Names its maker gave the tag and its parent: classes, ids, data attributes, roles."""
        if self._hints is None:
            parent = self.tag.parent
            own = _names(self.tag)
            lone = (
                parent is not None
                and parent.name not in ("body", "[document]")
                and sum(1 for c in parent.children if isinstance(c, Tag)) == 1
            )
            self._hints = f"{own} {_names(parent)}" if lone and parent is not None else own
        return self._hints

    @property
    def words(self) -> str:
        if self._words is None:
            self._words = plain(self.text)
        return self._words

    @property
    def heading(self) -> bool:
        return (
            _up(self.tag, lambda tag: tag.name in HEADINGS or attr(tag, "role") == "heading", 2) is not None
        )

    @property
    def link(self) -> Tag | None:
        return _up(self.tag, lambda tag: tag.name == "a" and "href" in tag.attrs, 3)

    @property
    def button(self) -> bool:
        return (
            _up(
                self.tag,
                lambda tag: tag.name == "button" or attr(tag, "role") in ("button", "tab", "menuitem"),
                3,
            )
            is not None
        )

    @property
    def action(self) -> bool:
        """Something to press rather than to read."""
        if self.button:
            return True
        if len(self.words) >= 60 or not ACTION.match(self.words):
            return False
        return self.link is not None or not reads_as_status(self.text)

    @property
    def named_status(self) -> bool:
        return self.step or (bool(_STATUS_NAME.search(self.hints)) and not _TITLE_NAME.search(self.hints))

    @property
    def named_title(self) -> bool:
        return bool(_TITLE_NAME.search(self.hints)) and not _STATUS_NAME.search(self.hints)


def _names(tag: Tag | None) -> str:
    if tag is None:
        return ""
    return " ".join(
        attr(tag, name)
        for name in (
            "class",
            "id",
            "data-testid",
            "data-test",
            "data-field",
            "data-automation-id",
            "itemprop",
            "headers",
            "data-qa",
            "data-cy",
            "data-label",
            "data-title",
        )
    )


def _up(tag: Tag | None, test: Any, levels: int) -> Tag | None:
    while tag is not None and levels >= 0 and tag.name != "[document]":
        if test(tag):
            return tag
        tag, levels = tag.parent, levels - 1
    return None


def known_status(text: str) -> bool:
    """Does the text, as it stands, mean a stage that can be relied on?"""
    reading = stage_of(text)
    return reading.stage is not Stage.UNKNOWN and reading.confidence in RELIED_ON


def reads_as_status(text: str, *, wholly: bool = False) -> bool:
    """Is a text without label or looks a status and nothing else? Names of jobs and firms often hold one's words.

    `wholly`: every word must be one of a status; for texts that stand where a title would.
    """
    reading = stage_of(text)
    if reading.stage is Stage.UNKNOWN or reading.confidence is Confidence.GUESS:
        return False
    if reading.confidence is Confidence.SURE:
        return True
    words = _RECEIVER.sub(" ", plain(text))
    if JOB_WORD.search(words) or len(words.split()) > 9:
        return False
    told = [word for word in re.findall(r"[^\W\d_]{3,}", words) if word not in _SMALL_WORDS]
    known = sum(word[:5] in status_stems() for word in told)
    return known == len(told) if wholly else known * 2 >= len(told)


def names_only(text: str) -> bool:
    """A label and nothing else? "Received" is both the head of a column of dates and a status."""
    return field_named(text) not in ("", "applied")


def without_count(text: str) -> str:
    """A heading without the number of things under it: "Interview (2)" -> "Interview"."""
    return _COUNT.sub("", text).strip(" -:·|")


def is_status(atom: Atom) -> bool:
    """Could a person take this atom for the status of an application? Labels and titles are not asked here."""
    if atom._status is None:
        atom._status = _looks_like_status(atom)
    return atom._status


def _looks_like_status(atom: Atom) -> bool:
    if atom.step:
        return True
    if atom.action or len(atom.text) > 300 or not re.search(r"[^\W\d_]", atom.text):
        return False
    if atom.named_status:
        return stage_of(atom.text).stage is not Stage.UNKNOWN and not names_only(atom.text)
    if len(atom.text) > 70 or atom.named_title or atom.heading or PROSE.search(atom.words):
        return False
    return reads_as_status(atom.text, wholly=atom.link is not None)


def may_be_title(atom: Atom) -> bool:
    """Could this atom be the name of a job? Not a status, a label, a sentence, a date, a number or a button."""
    if atom._title is None:
        atom._title = _looks_like_title(atom)
    return atom._title


def _looks_like_title(atom: Atom) -> bool:
    text = atom.text
    if atom.step or (atom.action and not atom.heading) or not 3 <= len(text) <= 160 or len(text.split()) > 20:
        return False
    if not re.search(r"[^\W\d_]{2}", text) or (_SENTENCE.search(text) and len(text.split()) > 5):
        return False
    if text.endswith(":") or PROSE.search(atom.words):
        return False
    if OWN_LIST.search(atom.words) and not JOB_WORD.search(atom.words):
        return False
    return not field_named(text) and not (is_status(atom) and not atom.heading)


class Atoms:
    """The atoms of one page, in reading order, with look-up by place."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.all = list(_collect(page))
        self.places = [atom.place for atom in self.all]

    def inside(self, tag: Tag) -> list[Atom]:
        """The atoms inside a tag."""
        index = self.page.index
        start = index.places[id(tag)]
        end = index.ends[start]
        first = last = self._first(start)
        while last < len(self.all) and start <= self.places[last] < end:
            last += 1
        return self.all[first:last]

    def _first(self, place: int) -> int:
        """Where the inside of the tag at `place` begins; it is one run of atoms."""
        return bisect_left(self._running_maximum, place)

    @cached_property
    def _running_maximum(self) -> list[int]:
        highest, out = -1, []
        for place in self.places:
            highest = max(highest, place)
            out.append(highest)
        return out


def left_out(tag: Tag) -> bool:
    """Does a tag hold only what is no application: navigation, footers, filters, the site's own head?"""
    if tag.name == "label" and ("for" in tag.attrs or tag.find(("select", "input")) is not None):
        return True
    if tag.name in LEFT_OUT or attr(tag, "role") in _LEFT_OUT_ROLES:
        return True
    if tag.name == "header" or attr(tag, "role") == "banner":
        return (
            _up(
                tag.parent,
                lambda t: (
                    t.name in ("article", "section", "main", "li", "td")
                    or attr(t, "role") in ("listitem", "article", "row")
                ),
                50,
            )
            is None
        )
    return bool(_LEFT_OUT_NAME.search(" ".join((attr(tag, "class"), attr(tag, "id"))))) and tag.name not in (
        "body",
        "html",
        "main",
    )


def _collect(page: Page) -> Iterator[Atom]:
    root = page.soup.body or page.soup.html
    if root is None:
        return
    index = page.index
    steppers = {id(tag): text for tag, text in _steppers(page)}
    spoken = {id(tag) for tag in _spoken(page)}
    skip = -1  # atoms before this place stand in a region that is left out
    for node in root.descendants:
        if isinstance(node, Tag):
            place = index.places[id(node)]
            if place < skip:
                continue
            if not index.shown[place] or left_out(node):
                skip = index.ends[place]
            elif id(node) in steppers:
                yield Atom(steppers[id(node)], node, place, step=True)
                skip = index.ends[place]
            elif id(node) in spoken:
                text = next(
                    (value for name in ("aria-label", "alt", "title") if (value := attr(node, name))), ""
                )
                if text:  # a label may hold nothing but spaces
                    yield Atom(text, node, place, spoken=True)
        elif node.__class__ is NavigableString and not node.isspace():
            parent = node.parent
            if parent is None:
                continue
            place = index.places[id(parent)]
            if place < skip or not index.shown[place]:
                continue
            for piece in _pieces(tidy(str(node))):
                if piece := piece.strip(" |·•\u200b"):
                    yield Atom(piece, parent, place)


def _pieces(text: str) -> list[str]:
    """A text cut at bars and dots; at dashes only where that sets a status free ("Welder – Under review")."""
    pieces: list[str] = []
    for piece in _SPLIT.split(text):
        parts = _DASH.split(piece)
        cut = (
            len(parts) > 1
            and len(piece) <= 160
            and any(map(reads_as_status, parts[1:]))
            and not reads_as_status(piece)
        )
        pieces.extend(parts if cut else [piece])
    return pieces


def _spoken(page: Page) -> Iterable[Tag]:
    """Visible tags without text whose meaning is only in a label: icons, pictures, coloured dots."""
    index = page.index
    places = sorted({p for name in ("aria-label", "alt", "title") for p in index.by_attribute.get(name, ())})
    for place in places:
        tag = index.tags[place]
        if (
            index.shown[place]
            and tag.name
            not in (
                "a",
                "button",
                "input",
                "select",
                "table",
                "ul",
                "ol",
                "section",
                "iframe",
                "html",
                "abbr",
            )
            and not page.text_of(tag)
        ):
            yield tag


def _steppers(page: Page) -> Iterator[tuple[Tag, str]]:
    """(container, current step) of each list of steps that are statuses, one of them marked as current."""
    for tag in page.all("ol, ul, [role=list], [class]"):
        if (
            tag.name not in ("ol", "ul")
            and attr(tag, "role") != "list"
            and not _STEPPER_NAME.search(attr(tag, "class"))
        ):
            continue
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
