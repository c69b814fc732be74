"""What a status text means that no vocabulary holds: patterns of words, in five languages.

stage_patterns.toml is an ordered list of groups; the first group that fits decides. What ended an
application stands before what keeps it alive, so "Not selected for an interview" is never an interview. A
pattern is written in words:

    reject*            a word that starts so
    not [yet] review*  [..] may be missing
    (close|fill)*      one of these
    not ... select*    up to four other words of the same statement between
    <job>              a word list of the table [lists]

Statements are separated at full stops, semicolons and "but". A statement that only tells what would happen
("if you are selected ...") is struck out first.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from scraper.model import ENDED, Confidence, Stage
from scraper.stage_text import CLAUSE, WHEN, statement


@dataclass(frozen=True, slots=True)
class StageReading:
    """What a status text means. `why` is a short sentence for a person, "" where nothing needs saying."""

    stage: Stage
    confidence: Confidence
    why: str = ""

    @property
    def ended(self) -> bool:
        return self.stage in ENDED


_GAP = r"(?:[ ,]+[\w<>]+){0,4}?"
_BETWEEN = r"[^\w¦]+"
GAP = "..."


def _parts(pattern: str, separator: str) -> list[str]:
    """`pattern` split at `separator`, but not inside round or square brackets."""
    parts, depth = [""], 0
    for char in pattern:
        depth += (char in "([") - (char in ")]")
        if char == separator and depth == 0:
            parts.append("")
        else:
            parts[-1] += char
    return [part for part in parts if part]


def _choice(pattern: str, lists: dict[str, str]) -> str:
    return "|".join(_phrase(part, lists) for part in _parts(pattern, "|"))


def _word(token: str, lists: dict[str, str]) -> str:
    """One token of a pattern as a regular expression: a word, a stem, or a choice of them."""
    body, stem = token.removesuffix("*"), r"\w*" if token.endswith("*") else ""
    if body == WHEN:
        return WHEN
    if body.startswith("<"):
        return f"(?:{_choice(lists[body[1:-1]], lists)}){stem}"
    if body.startswith("("):
        return f"(?:{_choice(body[1:-1], lists)}){stem}"
    return re.escape(body) + stem


def _phrase(pattern: str, lists: dict[str, str]) -> str:
    """A whole pattern as a regular expression, without its outer word boundaries."""
    built = ""
    begun = False  # a word that must be there stands in `built`
    for token in _parts(pattern, " "):
        if token == GAP:
            built += _GAP
        elif token.startswith("["):
            inner = _choice(token[1:-1], lists)
            built += f"(?:{_BETWEEN}(?:{inner}))?" if begun else f"(?:(?:{inner}){_BETWEEN})?"
        else:
            built += (_BETWEEN if begun else "") + _word(token, lists)
            begun = True
    return built


def _compiled(patterns: list[str], lists: dict[str, str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(_phrase(p, lists) for p in patterns)})(?!\w)")


class Group:
    """Patterns that mean one stage. Compiled on first use: most texts are decided by the first few groups."""

    def __init__(self, data: dict[str, Any], lists: dict[str, str]) -> None:
        interview = data["stage"] == "interview"  # exact state unknown
        self.stage = Stage.INTERVIEW_SCHEDULED if interview else Stage(data["stage"])
        self.confidence = Confidence(data.get("confidence", "likely"))
        self.why: str = data.get("why", "")
        self.firm: bool = data.get("firm", False)
        self._patterns = [p for language in LANGUAGES for p in data.get(language, ())]
        self._lists = lists

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return _compiled(self._patterns, self._lists)

    def span(self, said: str) -> tuple[int, int] | None:
        """Where a pattern of the group stands in a text, or None."""
        found = self._regex.search(said)
        return found.span() if found else None


SPECIFIC = frozenset(
    {
        Stage.OFFER, Stage.INTERVIEWED, Stage.INTERVIEW_SCHEDULED, Stage.INTERVIEW_REQUESTED, Stage.SCREEN,
        Stage.ASSESSMENT, Stage.REFERRED, Stage.SHORTLISTED, Stage.UNDER_REVIEW, Stage.ON_HOLD,
    }
)  # fmt: skip
"""Live stages whose words beside "closed" make it doubtful what was closed."""

ASKED_EARLY = frozenset(
    {Stage.DRAFT, Stage.RECEIVED, Stage.UNDER_REVIEW, Stage.INTERVIEW_REQUESTED, Stage.ACTIVE}
)
"""Stages whose patterns hold negations of their own ("not yet reviewed"), which are no doubt then."""

_SMALL = """
    a an the your you we our for of to in on at by is are was were has have been be with and this that it as from
    application applications candidate applicant job position role vacancy requisition status currently now when
    el la los las de del un una en por para con tu su se ha le les des du une est votre nous vous dans pour par sur
    der die das den dem ein eine ist wird wurde ihre ihr wir sie von zu zur zum fur mit o os as do da dos das um uma
    foi em no na sua seu candidatura candidature solicitud postulacion bewerbung
"""
NEUTRAL = frozenset(_SMALL.split())
"""Words that tell nothing of a stage."""

_WORD = re.compile(r"\w+")
LANGUAGES = ("en", "es", "fr", "de", "pt")


@dataclass(frozen=True, slots=True)
class _Grammar:
    groups: tuple[Group, ...]
    ignored: re.Pattern[str]
    undone: re.Pattern[str]
    hypothetical: re.Pattern[str]
    still: re.Pattern[str]
    doubtful: re.Pattern[str]
    pending: re.Pattern[str]


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = tomllib.loads((resources.files("scraper") / "stage_patterns.toml").read_text("utf-8"))
    lists: dict[str, str] = data["lists"]
    words = {name: _compiled(patterns, lists) for name, patterns in data["words"].items()}
    groups = tuple(Group(entry, lists) for entry in data["group"])
    return _Grammar(groups, **words)


def _told(text: str, grammar: _Grammar) -> list[str]:
    """The statements of a text, without the polite and the hypothetical ones."""
    told = []
    for part in statement(text).split(CLAUSE):
        part = grammar.undone.sub(" stillopen ", grammar.ignored.sub(" , ", part))
        condition = grammar.hypothetical.search(part)
        if condition:
            part = part[: condition.start()]  # what follows, up to the end, only holds if
        if part.strip(" ,"):
            told.append(part.strip(" ,"))
    return told


def read(text: str) -> StageReading:
    """The stage that the patterns find in a text, UNKNOWN (a guess) where none fits."""
    grammar = _grammar()
    told = _told(text, grammar)
    said = f" {CLAUSE} ".join(told)
    for group in grammar.groups:
        span = group.span(said)
        if span is not None:
            return _weighed(group, said, span, grammar)
    return StageReading(Stage.UNKNOWN, Confidence.GUESS, "InTown does not know these words.")


def _weighed(winner: Group, said: str, span: tuple[int, int], grammar: _Grammar) -> StageReading:
    """The winner's stage, as a guess where other words of the text speak against it."""
    if winner.confidence is Confidence.GUESS:
        return StageReading(winner.stage, Confidence.GUESS, winner.why)
    rest = f"{said[: span[0]]} , {said[span[1] :]}"
    if winner.stage not in ENDED:
        doubt = grammar.doubtful.search(rest if winner.stage in ASKED_EARLY else said) is not None
    elif winner.firm:
        doubt = grammar.still.search(said) is not None
    else:
        beside = next(
            (group for group in grammar.groups if group.stage in SPECIFIC and group.span(rest)), None
        )
        if beside is not None and winner.stage is Stage.CLOSED and beside.stage is Stage.UNDER_REVIEW:
            # The advertisement is closed, which is when applications are read.
            return StageReading(beside.stage, Confidence.GUESS, "It says that something is closed, too.")
        doubt = beside is not None or grammar.pending.search(rest) is not None
    if doubt or _says_little(said[span[0] : span[1]], said):
        return StageReading(winner.stage, Confidence.GUESS, "Its words can be read in two ways.")
    return StageReading(winner.stage, winner.confidence, winner.why)


def _says_little(matched: str, said: str) -> bool:
    """Is the winner one word among many that nobody knows?"""
    words = [word for word in _WORD.findall(said) if word not in NEUTRAL]
    return len(words) >= 4 and len(_WORD.findall(matched)) * 4 < len(words)
