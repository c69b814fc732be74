"""What a status text means that no vocabulary holds: patterns of words, in five languages.

stage_patterns.toml is an ordered list of groups; the first group that fits decides. What ended an
application stands before what keeps it alive, so "Not selected for an interview" is never an interview. How
a pattern is written: scraper/stage_language.py.

Statements are separated at full stops, semicolons and "but". A statement that only tells what would happen
("if you are selected ...") is struck out first.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Any

from scraper.model import ENDED, Confidence, Stage
from scraper.stage_language import WORD, Lexicon, Triggers, compiled
from scraper.stage_text import ASKED, CLAUSE, WHEN, statement


@dataclass(frozen=True, slots=True)
class StageReading:
    """What a status text means. `why` is a short sentence for a person, "" where nothing needs saying."""

    stage: Stage
    confidence: Confidence
    why: str = ""

    @property
    def ended(self) -> bool:
        return self.stage in ENDED


class Group:
    """Patterns that mean one stage. Compiled on first use: most texts are decided by the first few groups."""

    def __init__(self, data: dict[str, Any], lists: dict[str, str]) -> None:
        interview = data["stage"] == "interview"  # exact state unknown
        self.stage = Stage.INTERVIEW_SCHEDULED if interview else Stage(data["stage"])
        self.confidence = Confidence(data.get("confidence", "likely"))
        self.why: str = data.get("why", "")
        self.firm: bool = data.get("firm", False)
        self.bare: bool = data.get("bare", False)
        self.mild: bool = data.get("mild", False)
        self.patterns = [p for language in LANGUAGES for p in data.get(language, ())]
        self._lists = lists

    @cached_property
    def _regex(self) -> re.Pattern[str]:
        return compiled(self.patterns, self._lists)

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

DENIABLE = SPECIFIC - {Stage.ON_HOLD, Stage.UNDER_REVIEW, Stage.ASSESSMENT}
"""Live stages that are a refusal when a negation stands before their words."""

ASKED_EARLY = frozenset(
    {Stage.DRAFT, Stage.RECEIVED, Stage.UNDER_REVIEW, Stage.INTERVIEW_REQUESTED, Stage.ACTIVE}
)
"""Stages whose patterns hold negations of their own ("not yet reviewed"), which are no doubt then."""

_SMALL = """
    a an the your you we our for of to in on at by is are was were has have been be with and this that it as from
    application applications candidate applicant job position role vacancy requisition status currently now when
    el la los las de del un una en por para con tu su se ha le les des du une est votre nous vous dans pour par sur
    der die das den dem ein eine ist wird wurde ihre ihr wir sie von zu zur zum fur mit o os as do da dos das um uma
    foi em no na sua seu candidatura candidature solicitud postulacion bewerbung inscripcion inscricao submission my
    meine mi ma minha online id number nr no ref n details
"""
NEUTRAL = frozenset(_SMALL.split())
"""Words that tell nothing of a stage."""

LANGUAGES = ("en", "es", "fr", "de", "pt")


class Words:
    """An expression of the table [words], tried only on texts that hold a word of it."""

    def __init__(self, patterns: list[str], lists: dict[str, str]) -> None:
        self._regex = compiled(patterns, lists)
        self._triggers = Triggers([patterns], lists)

    def search(self, text: str) -> re.Match[str] | None:
        return self._regex.search(text) if self._triggers.mask(text) else None

    def sub(self, by: str, text: str) -> str:
        return self._regex.sub(by, text) if self._triggers.mask(text) else text


@dataclass(frozen=True, slots=True)
class _Grammar:
    """stage_patterns.toml, compiled. What each of the words is for stands there."""

    groups: tuple[Group, ...]
    triggers: Triggers
    lexicon: Lexicon
    ignored: Words
    undone: Words
    hypothetical: Words
    still: Words
    doubtful: Words
    pending: Words
    unripe: Words
    denied_before: Words

    def candidates(self, said: str) -> Iterator[Group]:
        """The groups that may fit, in their order."""
        mask = self.triggers.mask(said)
        return (group for number, group in enumerate(self.groups) if mask >> number & 1)


@lru_cache(maxsize=1)
def _grammar() -> _Grammar:
    data = tomllib.loads((resources.files("scraper") / "stage_patterns.toml").read_text("utf-8"))
    lists: dict[str, str] = data["lists"]
    words = {name: Words(patterns, lists) for name, patterns in data["words"].items()}
    groups = tuple(Group(entry, lists) for entry in data["group"])
    triggers = Triggers([group.patterns for group in groups], lists)
    all_patterns = [p for group in groups for p in group.patterns]
    all_patterns += [p for listed in data["words"].values() for p in listed]
    return _Grammar(groups, triggers, Lexicon([*all_patterns, *lists.values()], NEUTRAL), **words)


def _told(text: str, grammar: _Grammar) -> list[str]:
    """The statements of a text, without the polite and the hypothetical ones; questions only if alone."""
    told: list[str] = []
    asked: list[str] = []
    for part in statement(text).split(CLAUSE):
        part = grammar.undone.sub(" stillopen ", grammar.ignored.sub(" , ", part))
        condition = grammar.hypothetical.search(part)
        if condition:
            part = part[: condition.start()]  # what follows, up to the end, only holds if
        if part.strip(" ,"):
            (asked if part.rstrip(" ,").endswith(ASKED) else told).append(part.strip(" ,"))
    return told or asked


def read(text: str) -> StageReading:
    """The stage that the patterns find in a text, UNKNOWN (a guess) where none fits."""
    grammar = _grammar()
    said = f" {CLAUSE} ".join(_told(text, grammar))
    for group in grammar.candidates(said):
        span = group.span(said)
        if span is not None and not (group.bare and _says_more(said, span)):
            return _weighed(group, said, span, grammar)
    return StageReading(Stage.UNKNOWN, Confidence.GUESS, "InTown does not know these words.")


def _says_more(said: str, span: tuple[int, int]) -> bool:
    """Does the text say anything beside the words at `span`? Then it is not understood by them."""
    rest = f"{said[: span[0]]} {said[span[1] :]}".replace(WHEN, " ")
    return any(word.isalpha() and word not in NEUTRAL for word in WORD.findall(rest))


def _weighed(winner: Group, said: str, span: tuple[int, int], grammar: _Grammar) -> StageReading:
    """The winner's stage, as a guess where other words of the text speak against it."""
    if winner.confidence is Confidence.GUESS:
        return StageReading(winner.stage, Confidence.GUESS, winner.why)
    rest = f"{said[: span[0]]} , {said[span[1] :]}"
    if winner.stage not in ENDED:
        early = winner.stage in ASKED_EARLY
        doubt = grammar.doubtful.search(rest if early else said) is not None
        doubt = doubt or _strange(said, span, grammar) or (early and _has_ended(rest, grammar))
    elif winner.firm:
        doubt = (grammar.still.search(said) or grammar.unripe.search(said)) is not None
        doubt = doubt or _a_title(said, span, grammar)
    else:
        beside = next(
            (
                group
                for group in grammar.candidates(rest)
                if (group.stage in SPECIFIC or (winner.mild and group.stage not in ENDED))
                and group.span(rest)
            ),
            None,
        )
        if beside is not None and winner.stage is Stage.CLOSED and beside.stage is Stage.UNDER_REVIEW:
            # The advertisement is closed, which is when applications are read.
            return StageReading(beside.stage, Confidence.GUESS, "It says that something is closed, too.")
        doubt = (
            beside is not None or (grammar.pending.search(rest) or grammar.unripe.search(said)) is not None
        )
    if doubt and winner.stage in DENIABLE and _denied(said, span, grammar):
        return StageReading(Stage.NOT_SELECTED, Confidence.GUESS, "It says that a step was not reached.")
    if doubt or said.endswith(ASKED) or _says_little(said[span[0] : span[1]], said):
        return StageReading(winner.stage, Confidence.GUESS, "Its words can be read in two ways.")
    return StageReading(winner.stage, winner.confidence, winner.why)


_PAUSE = re.compile(rf"[{CLAUSE},:;()]| - ")
_NEAR = 3
"""Words between a negation and what it denies, itself among them."""


def _denied(said: str, span: tuple[int, int], grammar: _Grammar) -> bool:
    """Does a negation stand before the winner, in the same statement? "Not reachable on certificate"."""
    before = " ".join(_PAUSE.split(said[: span[0]])[-1].split()[-_NEAR:])
    return grammar.denied_before.search(before) is not None and grammar.unripe.search(said) is None


def _has_ended(rest: str, grammar: _Grammar) -> bool:
    """Does what the winner left over tell of an ending? "Not yet reviewed - rejected"."""
    return any(group.stage in ENDED and group.span(rest) for group in grammar.candidates(rest))


def _strange(said: str, span: tuple[int, int], grammar: _Grammar) -> bool:
    """May words that no pattern knows turn what the words at `span` say?

    One word alone is easily turned ("application spoiled"); several that fit together are not.
    """
    matched = [word for word in WORD.findall(said[span[0] : span[1]]) if word not in NEUTRAL]
    unknown = [word for word in WORD.findall(said.replace(WHEN, " ")) if word not in grammar.lexicon]
    return len(unknown) >= max(1, len(matched))


def _a_title(said: str, span: tuple[int, int], grammar: _Grammar) -> bool:
    """May one ending word be part of a job's name, the status standing elsewhere?

    "Rejected Goods Inspector: application received", "Under review (Declined Payments Analyst)".
    """
    after = WORD.findall(said[span[1] :])[:2]
    alone = len(WORD.findall(said[span[0] : span[1]])) == 1
    if not (alone and len(after) == len([w for w in after if w not in grammar.lexicon]) > 0):
        return False
    rest = f"{said[: span[0]]} , {said[span[1] :]}"
    return any(group.stage not in ENDED and group.span(rest) for group in grammar.candidates(rest))


def _says_little(matched: str, said: str) -> bool:
    """Is the winner one word among many that nobody knows?"""
    words = [word for word in WORD.findall(said) if word not in NEUTRAL]
    return len(words) >= 4 and len(WORD.findall(matched)) * 4 < len(words)
