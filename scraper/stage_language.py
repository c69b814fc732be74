"""The language that the patterns of stage_patterns.toml are written in, made into regular expressions.

A pattern is written in words:

    reject*            a word that starts so
    not [yet] review*  [..] may be missing
    (close|fill)*      one of these
    not ... select*    up to four other words of the same statement between
    pass* !(to|it)     and none of these follows
    <job>              a word list of the table [lists]; <when> is a date, <number> a number

Every pattern holds words without which it cannot fit. A text is asked for these first (`Triggers`), so that
of some hundred expressions only the few are tried that may fit.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from scraper.stage_text import WHEN

WORD = re.compile(r"\w+")
GAP = "..."
_GAP = r"(?:[ ,]+[\w<>]+){0,4}?"
_BETWEEN = r"[^\w¦]+"
_NUMBER = r"\d[\d.,/%]*"

Atom = tuple[str, bool]
"""A word, and whether longer words that begin with it count as well."""

_COMMON = """
    a an the you your we our to of in on for is are was be been has have not no and with by it this that
    de la el le les en que se un una ne pas der die das nicht kein fur mit o os as do da nao com para por
    application applications job position role candidate applicant employer
"""
_EVERYWHERE = frozenset(_COMMON.split())
"""Words too common to choose by."""


def parts(pattern: str, separator: str) -> list[str]:
    """`pattern` split at `separator`, but not inside round or square brackets."""
    found, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == separator and depth == 0:
            found.append("")
        else:
            found[-1] += char
    return [part for part in found if part]


def _choice(pattern: str, lists: Mapping[str, str]) -> str:
    return "|".join(_phrase(part, lists) for part in parts(pattern, "|"))


def _word(token: str, lists: Mapping[str, str]) -> str:
    """One token of a pattern as a regular expression: a word, a stem, or a choice of them."""
    body, stem = token.removesuffix("*"), r"\w*" if token.endswith("*") else ""
    if body == "<when>":
        return WHEN
    if body == "<number>":
        return _NUMBER
    if body.startswith("<"):
        return f"(?:{_choice(lists[body[1:-1]], lists)}){stem}"
    if body.startswith("("):
        return f"(?:{_choice(body[1:-1], lists)}){stem}"
    return re.escape(body) + stem


def _phrase(pattern: str, lists: Mapping[str, str]) -> str:
    """A whole pattern as a regular expression, without its outer word boundaries."""
    built = ""
    begun = False  # a word that must be there stands in `built`
    for token in parts(pattern, " "):
        if token == GAP:
            built += _GAP
        elif token.startswith("!"):
            built += rf"(?!{_BETWEEN}(?:{_choice(token[2:-1], lists)})(?!\w))"
        elif token.startswith("["):
            inner = _choice(token[1:-1], lists)
            built += f"(?:{_BETWEEN}(?:{inner}))?" if begun else f"(?:(?:{inner}){_BETWEEN})?"
        else:
            built += (_BETWEEN if begun else "") + _word(token, lists)
            begun = True
    return built


def compiled(patterns: Iterable[str], lists: Mapping[str, str]) -> re.Pattern[str]:
    """One expression that fits where any of the patterns does, at the edges of words."""
    return re.compile(rf"(?<!\w)(?:{'|'.join(_phrase(p, lists) for p in patterns)})(?!\w)")


def _atoms(token: str, lists: Mapping[str, str], starred: bool = False) -> list[Atom]:
    """Words of which a text must hold one, or the token does not fit."""
    body, starred = token.removesuffix("*"), starred or token.endswith("*")
    if body == "<number>":
        return [(digit, True) for digit in "0123456789"]
    if body == "<when>":
        return [(WHEN, False)]
    if body.startswith("<"):
        return _atoms(f"({lists[body[1:-1]]})", lists, starred)
    if body.startswith("("):
        choices = parts(body[1:-1], "|")
        return [atom for choice in choices for atom in needed(choice, lists, starred)]
    word = WORD.match(body)
    return [(word.group(), starred)] if word else []


def needed(pattern: str, lists: Mapping[str, str], starred: bool = False) -> list[Atom]:
    """The rarest words of a pattern of which a text must hold one. [] where it holds no word at all."""
    must = [token for token in parts(pattern, " ") if token != GAP and token[0] not in "!["]
    found = [atoms for token in must if (atoms := _atoms(token, lists, starred))]
    return min(found, key=lambda a: (any(w in _EVERYWHERE for w, _ in a), len(a)), default=[])


class Triggers:
    """Which of several expressions may fit a text, by its words: bit n of a mask stands for the nth."""

    def __init__(self, patterns: Sequence[Sequence[str]], lists: Mapping[str, str]) -> None:
        self._whole: dict[str, int] = {}
        self._stems: dict[str, int] = {}
        self._always = 0
        self._seen: dict[str, int] = {}
        for number, several in enumerate(patterns):
            for pattern in several:
                self._add(needed(pattern, lists), 1 << number)

    def _add(self, atoms: list[Atom], bit: int) -> None:
        if not atoms:
            self._always |= bit
        for word, starred in atoms:
            table = self._stems if starred else self._whole
            table[word] = table.get(word, 0) | bit

    def _of(self, word: str) -> int:
        mask = self._whole.get(word, 0)
        for length in range(1, len(word) + 1):
            mask |= self._stems.get(word[:length], 0)
        return mask

    def mask(self, text: str) -> int:
        """The expressions that may fit `text`; the others cannot."""
        mask = self._always
        for word in WORD.findall(text):
            known = self._seen.get(word)
            if known is None:
                if len(self._seen) > _MOST_WORDS:
                    self._seen.clear()  # pages are written by others: what is kept of them has an end
                known = self._seen[word] = self._of(word)
            mask |= known
        return mask


_MOST_WORDS = 20_000


class Lexicon:
    """The words that patterns are made of: what is not among them was not thought of."""

    def __init__(self, patterns: Iterable[str], more: Iterable[str]) -> None:
        self._whole, self._stems = set(more), set[str]()
        for pattern in patterns:
            for word, star in _TOKEN.findall(pattern):
                self._whole.add(word)
                if (star or ")*" in pattern) and len(word) >= _SHORTEST_STEM:
                    self._stems.add(word)

    def __contains__(self, word: str) -> bool:
        return (
            word in self._whole
            or not word.isalpha()
            or any(word[:length] in self._stems for length in range(_SHORTEST_STEM, len(word) + 1))
        )


_TOKEN = re.compile(r"([a-z]+)(\*?)")
_SHORTEST_STEM = 4
