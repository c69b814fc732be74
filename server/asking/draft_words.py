"""The sentences of drafts as data (`words/draft_LANGUAGE.toml`): which of them fit, and their blanks filled."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from server.asking.gazetteer_build import words as word_file
from server.asking.model import Language

_BLANK = re.compile(r"\{(\w+)\}")


@cache
def texts(language: Language) -> dict[str, Any]:
    """The whole file of a language."""
    return word_file(f"draft_{language.value}")


def fill(text: str, values: Mapping[str, str]) -> str:
    """Placeholders replaced by plain substitution: a value is never read as a template itself."""
    return _BLANK.sub(lambda found: values.get(found.group(1), found.group(0)), text)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A line of the file: "offers !stage + | text" has two conditions, and joins only while a body is too short."""

    text: str
    paragraph: str
    optional: str  # "+", "-" or ""
    needed: frozenset[str]  # flags that must hold
    unless: frozenset[str]


@cache
def _parsed(language: Language, kind: str, manner: str) -> tuple[Sentence, ...]:
    part = texts(language)[kind][manner]
    paragraphs = part if isinstance(part, dict) else {"": part}
    return tuple(_sentence(line, name) for name, lines in paragraphs.items() for line in lines)


def _sentence(line: str, paragraph: str) -> Sentence:
    head, bar, text = line.partition("|")
    conditions = head.split() if bar else []
    optional = next((c for c in conditions if c in "+-"), "")
    needed = frozenset(c for c in conditions if c not in "+-" and not c.startswith("!"))
    unless = frozenset(c[1:] for c in conditions if c.startswith("!"))
    return Sentence(text.strip() if bar else line, paragraph, optional, needed, unless)


def sentences_for(language: Language, kind: str, manner: str, flags: frozenset[str]) -> list[Sentence]:
    """The sentences of one kind of message in one manner whose conditions hold, in their order."""
    return [s for s in _parsed(language, kind, manner) if s.needed <= flags and not s.unless & flags]
