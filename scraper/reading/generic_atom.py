"""One piece of a page's text, and how it looks: like a status, like the name of a job, like a button.

Names of jobs, firms and places often hold a status's words ("Offer Manager", "New York, NY"), so a text
without label or class must read as a status through and through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import islice
from typing import Any

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_roles import names_work, surely_names_work
from scraper.reading.generic_text import (
    LIST_NAME,
    OTHER_DAY,
    PART_NAME,
    names_only,
    reads_as_status,
    says_what_became,
    tells_number,
)
from scraper.reading.generic_topics import EMPLOYMENT
from scraper.reading.generic_values import is_only_date, requisition_in
from scraper.reading.generic_words import (
    ACTION,
    JOB_WORD,
    NOT_OWN,
    OWN_LIST,
    PROSE,
    field_named,
)
from scraper.reading.html import attr, is_icon, tidy
from scraper.stage_text import plain
from scraper.stages import stage_of

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"})
_STATUS_NAME = re.compile(
    r"(?:^|[-_ ]|(?<=[a-z])(?=[A-Z]))(?:[\w-]*status[\w-]*|[\w-]*stage[\w-]*|badge|pill|chip|state|phase|estado|statut|etat|lozenge|tag)(?:$|[-_ ])",
    re.IGNORECASE,
)
_TITLE_NAME = re.compile(
    r"(?<!sub)(?<!sub[-_])title|position|job-?name|jobname|role\b|posting|vacancy|puesto|poste|stelle|vaga|headline|(?:^|[-_ ])tit(?:$|[-_ ])",
    re.IGNORECASE,
)
_TIME_AGO = re.compile(
    r"(?:about |over |posted |updated )?(?:an?|\d+\+?|few|several) ?\w+ ago|(?:vor|hace|il y a|ha) (?:\w+ )?(?:\d+|einem|einer|un|una|une|um|uma) \w+(?: atras)?|yesterday|today|just now|gestern|heute|hier|ayer|hoy|ontem|hoje"
)
_SENTENCE = re.compile(r"[.!?]$")


@dataclass(eq=False)
class Atom:
    """One piece of text. `place` is its tag's number in the index; `step` = the current step of a stepper."""

    text: str
    tag: Tag
    place: int
    spoken: bool = False
    step: bool = False
    nth: int = 0  # texts of the same tag before it, between line breaks

    @cached_property
    def hints(self) -> str:
        """Names its maker gave the tag and its parent: classes, ids, data attributes, roles."""
        parent = self.tag.parent
        own = _names(self.tag)
        lone = (
            parent is not None
            and parent.name not in ("body", "[document]")
            and sum(1 for c in parent.children if isinstance(c, Tag)) == 1
        )
        return f"{own} {_names(parent)}" if lone and parent is not None else own

    @cached_property
    def words(self) -> str:
        return plain(self.text)

    @cached_property
    def heading(self) -> bool:
        heading = up(self.tag, is_heading, 2)
        return heading is not None and (heading is self.tag or _is_first_in(heading, self.tag))

    @cached_property
    def link(self) -> Tag | None:
        return up(self.tag, lambda tag: tag.name == "a" and "href" in tag.attrs, 3)

    @cached_property
    def button(self) -> bool:
        return (
            up(
                self.tag,
                lambda tag: (
                    (tag.name in ("button", "summary") or attr(tag, "role") in ("button", "tab", "menuitem"))
                    and not _unfolds_a_row(tag)
                    and not _shows_status(tag)
                    and not _opens_a_job(tag)
                ),
                3,
            )
            is not None
        )

    @cached_property
    def action(self) -> bool:
        """Something to press rather than to read."""
        if self.button:
            return True
        if len(self.words) >= 60 or not ACTION.match(self.words):
            return False
        pressed = up(self.tag, lambda tag: tag.name == "a" or "button" in tag.name, 3)  # <my-button>, too
        return pressed is not None or not reads_as_status(self.text)

    @cached_property
    def named_status(self) -> bool:
        return self.step or _calls_it_status(self.hints)

    @cached_property
    def named_title(self) -> bool:
        return _calls_it_title(self.hints)

    @cached_property
    def status(self) -> bool:
        """Could a person take it for the status of an application? Labels and titles are not asked here."""
        return _looks_like_status(self)

    @cached_property
    def may_be_title(self) -> bool:
        """Could it be the name of a job? Not a status, a label, a sentence, a date, a number or a button."""
        return _looks_like_title(self)


def _opens_a_job(button: Tag) -> bool:
    """Is a button called as people at work are, or a link made to look like one? Then it opens what was applied for."""
    words = plain(button.get_text(" "))
    if ACTION.match(words) or attr(button, "role") in ("tab", "menuitem"):
        return False
    return (button.name == "a" and "href" in button.attrs) or (
        button.name == "button" and surely_names_work(words)
    )


@lru_cache(maxsize=2048)
def _calls_it_status(hints: str) -> bool:
    return bool(_STATUS_NAME.search(hints)) and not _TITLE_NAME.search(hints)


@lru_cache(maxsize=2048)
def _calls_it_title(hints: str) -> bool:
    return bool(_TITLE_NAME.search(hints)) and not _STATUS_NAME.search(hints)


def _unfolds_a_row(button: Tag) -> bool:
    """Is a button the head of a card that unfolds, with the title and the status in it?"""
    if attr(button, "role") == "tab" and button.find(sorted(HEADINGS)) is not None:
        return True  # the head of an accordion's card; what one presses is the link in its heading
    if button.name == "summary":
        return sum(1 for _ in zip(button.stripped_strings, range(2), strict=False)) == 2
    if button.name not in ("a", "button") and len(list(islice(button.stripped_strings, 3))) == 3:
        return True  # a whole card that one presses
    if "aria-expanded" not in button.attrs and "accordion" not in attr(button, "class"):
        return False
    if "aria-haspopup" in button.attrs:
        return False
    return sum(1 for _ in zip(button.stripped_strings, range(2), strict=False)) == 2


_NAMING = frozenset(
    {"class", "id", "data-testid", "data-test", "data-field", "data-automation", "data-automation-id", "data-test-id", "itemprop", "headers", "data-qa",
     "data-cy", "data-label", "data-title", "data-ui", "data-role", "data-name", "data-bind", "part", "slot"}
)  # fmt: skip


def _names(tag: Tag | None) -> str:
    return " ".join([attr(tag, name) for name in tag.attrs if name in _NAMING]) if tag is not None else ""


def up(tag: Tag | None, test: Any, levels: int) -> Tag | None:
    while tag is not None and levels >= 0 and tag.name != "[document]":
        if test(tag):
            return tag
        tag, levels = tag.parent, levels - 1
    return None


def _shows_status(button: Tag) -> bool:
    """Does a button show the status that one may change in a list behind it, as in lists that people keep themselves?"""
    return attr(button, "aria-haspopup") == "listbox" and reads_as_status(
        tidy(button.get_text(" ")), wholly=True
    )


def _is_first_in(heading: Tag, tag: Tag) -> bool:
    """Is a tag what a heading begins with, not the status that some hang behind the title in the same heading?"""
    for string in heading.strings:
        owner = string.parent
        if string.strip() and owner is not None and not is_icon(owner, string.strip()):
            return tag is owner or any(tag is outer for outer in owner.parents)
    return True


def is_heading(tag: Tag) -> bool:
    return tag.name in HEADINGS or attr(tag, "role") == "heading"


def heading_level(heading: Tag) -> int:
    """1 to 6 as the page says it; what names a part without being a heading counts as 5, an unknown one as 4."""
    if heading.name in ("legend", "caption", "summary"):
        return 5
    level = attr(heading, "aria-level")
    return (
        int(level)
        if level.isdigit()
        else int(heading.name[1])
        if re.fullmatch(r"h[1-6]", heading.name)
        else 4
    )


def _is_number(text: str) -> bool:
    """A job's number with no more than a word round it: "Req ST7000"."""
    number = requisition_in(text)
    return bool(number) and len(re.findall(r"[^\W\d_]{2,}", text.replace(number, " "))) <= 2


def is_status(atom: Atom) -> bool:
    return atom.status


def _looks_like_status(atom: Atom) -> bool:
    if atom.step:
        return True
    if atom.tag.name in ("dt", "label"):  # what it names stands behind it
        return False
    if atom.action or len(atom.text) > 300 or not re.search(r"[^\W\d_]", atom.text):
        return False
    if OTHER_DAY.match(atom.words) or tells_number(atom.words) or _in_menu(atom):
        return False
    if atom.named_status:
        return stage_of(atom.text).stage is not Stage.UNKNOWN and not names_only(atom.text)
    if atom.named_title or atom.heading:
        return False
    if PROSE.search(atom.words):
        return says_what_became(atom.text)
    if len(atom.text) > 70:
        return False
    return reads_as_status(atom.text, wholly=atom.link is not None)


MENU = 3
"""Links side by side from which on they are the entries of a menu."""


def _in_menu(atom: Atom) -> bool:
    """Is a link one of several that stand side by side: "Open positions | My applications | Profile"?"""
    if atom.link is None or atom.link.parent is None or len(list(atom.link.stripped_strings)) > 1:
        return False  # a whole card may be one link
    beside = [child for child in atom.link.parent.children if isinstance(child, Tag)]
    if sum(child.name == "a" for child in beside) >= MENU:
        return True
    item = atom.link.parent
    if item.name != "li" or len(beside) != 1 or item.parent is None:
        return False
    items = [child for child in item.parent.children if isinstance(child, Tag)]
    return len(items) >= MENU and all(len(list(islice(child.stripped_strings, 2))) < 2 for child in items)


def may_be_title(atom: Atom) -> bool:
    return atom.may_be_title


def _looks_like_title(atom: Atom) -> bool:
    text = atom.text
    if atom.step or (atom.action and not atom.heading) or not 3 <= len(text) <= 160 or len(text.split()) > 20:
        return False
    if not re.search(r"[^\W\d_]{2}", text) or (_SENTENCE.search(text) and len(text.split()) > 5):
        return False
    if text.endswith(":") or PROSE.search(atom.words) or _is_number(text) or is_only_date(text):
        return False
    if tells_number(atom.words) and not (atom.heading or names_work(atom.words)):
        return False
    if any(name.fullmatch(atom.words) for name in (EMPLOYMENT, LIST_NAME, _TIME_AGO)):
        return False
    if PART_NAME.fullmatch(atom.words) and not surely_names_work(atom.words):
        return False  # "Information", but not "Information security analyst"
    if OWN_LIST.search(atom.words) and not JOB_WORD.search(atom.words):
        return False
    if text.endswith("?") or (atom.heading and NOT_OWN.search(atom.words) and not names_work(atom.words)):
        return False
    return not field_named(text) and not (is_status(atom) and not atom.heading)
