"""The sentences of each language (`locales/LANGUAGE.toml`), ready to be filled, and found again by their English.

A text is `"Asked on {day:short}; no answer yet."`, or a table of plural forms that the value `count` chooses from:
`{ one = "…", other = "…", zero = "…" }`. What a blank's ending means (`:short`) is said in `said.py`.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from string import Formatter

from server.asking.model import Language

Blank = tuple[str, str]
"""A value's name, and how it is written ("" for as it is)."""

ANSWERED = ("error", "fix", "portal", "stored", "warning")
"""The tables whose English is made elsewhere too (by the scraper, in the store's older records)."""

LONGEST_KNOWN = 1_000
"""Characters of a text that is looked for among the sentences."""


@dataclass(frozen=True, slots=True)
class Template:
    """A text cut into words and blanks, in their order."""

    pieces: tuple[str | Blank, ...]

    @classmethod
    def of(cls, text: str) -> Template:
        pieces: list[str | Blank] = []
        for literal, name, ending, _ in Formatter().parse(text):
            if literal:
                pieces.append(literal)
            if name is not None:
                pieces.append((name, ending or ""))
        return cls(tuple(pieces))

    @property
    def blanks(self) -> frozenset[str]:
        return frozenset(piece[0] for piece in self.pieces if isinstance(piece, tuple))

    @property
    def pattern(self) -> re.Pattern[str]:
        """What a text looks like that this template made; each blank is a group."""
        parts = (
            re.escape(piece) if isinstance(piece, str) else f"(?P<{piece[0]}>.*?)" for piece in self.pieces
        )
        return re.compile("".join(parts), re.DOTALL)


Forms = Mapping[str, Template]
"""Plural forms: "other", and where a number is spoken of "one" and perhaps "zero"."""


@cache
def catalogue(language: Language) -> dict[str, Forms]:
    """Every sentence of a language by its code."""
    text = resources.files("server").joinpath("locales", f"{language.value}.toml").read_text("utf-8")
    return {
        f"{table}.{name}": {form: Template.of(words) for form, words in _forms(entry).items()}
        for table, entries in tomllib.loads(text).items()
        for name, entry in entries.items()
    }


def _forms(entry: str | dict[str, str]) -> dict[str, str]:
    return {"other": entry} if isinstance(entry, str) else entry


def template(code: str, language: Language, count: int | None) -> Template:
    """The text of a code, in the plural form for `count`. Raises KeyError for an unknown code."""
    forms = catalogue(language)[code]
    if count is None:
        return forms["other"]
    if count <= 0 and "zero" in forms:
        return forms["zero"]
    # One is one everywhere; French counts nought as one too (Unicode CLDR, plural rules).
    single = count == 1 or (language is Language.FR and count == 0)
    return forms["one"] if single and "one" in forms else forms["other"]


@lru_cache(maxsize=256)
def recognised(text: str) -> tuple[str, tuple[tuple[str, str], ...]] | None:
    """The code and the values of an English sentence of the tables in `ANSWERED`; None for any other text."""
    if len(text) > LONGEST_KNOWN:
        return None
    for code, pattern in _patterns():
        if found := pattern.fullmatch(text):
            return code, tuple(found.groupdict().items())
    return None


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The patterns of these tables, those with the most words of their own first: "…{gap} What was kept…" fits all."""
    found = list(_answered())
    found.sort(key=lambda entry: -sum(len(piece) for piece in entry[1].pieces if isinstance(piece, str)))
    return tuple((code, form.pattern) for code, form in found)


def _answered() -> Iterator[tuple[str, Template]]:
    for code, forms in catalogue(Language.EN).items():
        if code.partition(".")[0] in ANSWERED:
            yield from ((code, form) for form in forms.values())
