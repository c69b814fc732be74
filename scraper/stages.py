"""Status text -> Stage, with how sure it is and why. The words are data: stages.toml, stage_patterns.toml.

Order of evidence: what the user corrected; the portal's own dialect; the exact words of the vocabulary;
then patterns, in which what ended an application is asked before what keeps it alive. The one mistake that
must not happen is an ended application answered as a live one, or the reverse: whatever is thin or
contradicts itself is answered as a guess.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import resources

from scraper import stage_patterns
from scraper.model import Confidence, Stage
from scraper.stage_patterns import StageReading
from scraper.stage_text import normal


@dataclass(frozen=True, slots=True)
class Correction:
    """The user's own word on what a text means, at one employer of a portal or (employer "") at all."""

    portal: str
    employer: str
    text: str
    stage: Stage

    @property
    def key(self) -> tuple[str, str, str]:
        """What makes two corrections the same one; a later one replaces an earlier."""
        return self.portal, " ".join(self.employer.casefold().split()), normal(self.text)


@dataclass(frozen=True, slots=True)
class Corrections:
    """All corrections of the user. Immutable: `with_` and `without` give a new one, so undo is keeping the old."""

    entries: Mapping[tuple[str, str, str], Correction] = field(default_factory=dict)

    @classmethod
    def of(cls, corrections: Iterable[Correction]) -> Corrections:
        """Of several for the same text the later counts."""
        return cls({correction.key: correction for correction in corrections})

    def stage(self, portal: str, employer: str, text: str) -> Stage | None:
        """The corrected stage: the employer's own first, then the portal's for every employer."""
        if not self.entries:
            return None
        place = " ".join(employer.casefold().split())
        words = normal(text)
        for scope in dict.fromkeys((place, "")):
            found = self.entries.get((portal, scope, words))
            if found is not None:
                return found.stage
        return None


NO_CORRECTIONS = Corrections()


@dataclass(frozen=True, slots=True)
class _Vocabulary:
    """stages.toml, ready for look-up: portal kind (or "") -> normal text -> reading."""

    words: dict[str, dict[str, StageReading]]
    names: dict[str, str]
    two_statuses: frozenset[str]


INTERVIEW = StageReading(
    Stage.INTERVIEW_SCHEDULED, Confidence.LIKELY, "It says interview, not whether the time is fixed."
)
"""The vocabulary's `interview`: the exact state is unknown."""


@lru_cache(maxsize=1)
def _vocabulary() -> _Vocabulary:
    data = tomllib.loads((resources.files("scraper") / "stages.toml").read_text("utf-8"))
    words: dict[str, dict[str, StageReading]] = {}
    common = words.setdefault("", {})
    for stage, texts in data["common"].items():
        common.update((normal(text), StageReading(Stage(stage), Confidence.LIKELY)) for text in texts)
    for portal, stages in data["words"].items():
        table = words.setdefault("" if portal == "general" else portal, {})
        for stage, texts in stages.items():
            reading = INTERVIEW if stage == "interview" else StageReading(Stage(stage), Confidence.SURE)
            table.update((normal(text), reading) for text in texts)
    for caveat in data["caveat"]:
        reading = StageReading(Stage(caveat["stage"]), Confidence(caveat["confidence"]), caveat["why"])
        table = words.setdefault(caveat.get("portal", ""), {})
        table.update((normal(text), reading) for text in caveat["texts"])
    return _Vocabulary(words, data["names"], frozenset(data["two_statuses"]))


@lru_cache(maxsize=1)
def status_stems() -> frozenset[str]:
    """The first five letters of every longer word that the general vocabulary's texts are made of."""
    words = {word for text in _vocabulary().words[""] for word in text.split()}
    return frozenset(word[:5] for word in words if len(word) > 2)


def portal_kind(name: str) -> str:
    """The kind behind a portal's name as people and lists write it: "SAP SuccessFactors" -> "successfactors".

    A name that nobody declared is its own kind, in lower case and without what stands in brackets.
    """
    bare = " ".join(name.casefold().split("(")[0].replace("_", " ").split())
    names = _vocabulary().names
    if bare in names.values():
        return bare
    return next((kind for part, kind in names.items() if part in bare), bare)


@lru_cache(maxsize=4096)
def _read(text: str, portal: str) -> StageReading:
    """What the words alone say, before corrections and the list they stood in."""
    words = normal(text)
    if not words:
        return StageReading(Stage.UNKNOWN, Confidence.GUESS, "The portal shows no status.")
    vocabulary = _vocabulary()
    for table in (vocabulary.words.get(portal, {}), vocabulary.words[""]):
        if words in table:
            return table[words]
    if portal in vocabulary.two_statuses and "/" in text:
        return _two_statuses(text, portal)
    head, dash, label = text.replace("–", "-").replace("—", "-").partition(" - ")
    if dash and normal(head) in ("completed", "complete") and normal(label):
        return _read(label, portal)  # Taleo: "Completed - <what the employer calls this step>"
    return stage_patterns.read(text)


def _two_statuses(text: str, portal: str) -> StageReading:
    """PeopleSoft prints the application's and the opening's status in one cell: "Applied / Open"."""
    first, _, rest = text.partition("/")
    own, opening = _read(first.strip(), portal), _read(rest.strip(), portal)
    if not own.ended and opening.stage in (Stage.CLOSED, Stage.INACTIVE):
        return StageReading(Stage.CLOSED, Confidence.LIKELY, "The opening itself is closed.")
    return own


def stage_of(
    text: str,
    portal: str = "",
    employer: str = "",
    *,
    ended: bool | None = None,
    corrections: Corrections = NO_CORRECTIONS,
) -> StageReading:
    """The stage that a portal's status text stands for.

    `portal` is a kind ("taleo") or "" where unknown. `ended` tells what the list it stood in says: over
    (True), live (False) or nothing (None). The words decide first; the list decides where they are silent,
    and a live word in a list of what is over is over.
    """
    corrected = corrections.stage(portal, employer, text)
    if corrected is not None:
        return StageReading(corrected, Confidence.SURE, "You corrected this.")
    reading = _read(text, portal)
    return reading if ended is None else _in_list(reading, ended)


def _in_list(reading: StageReading, ended: bool) -> StageReading:
    """The same reading, seen in the list it stood in."""
    if ended:
        if reading.ended:
            return reading
        return StageReading(Stage.INACTIVE, Confidence.LIKELY, "It stands in the list of what is over.")
    if reading.stage is Stage.UNKNOWN:
        return StageReading(Stage.ACTIVE, Confidence.LIKELY, "It stands in the list of what is open.")
    if reading.ended and reading.confidence is not Confidence.SURE:
        return StageReading(
            reading.stage, Confidence.GUESS, "Its words say it is over, its list that it is not."
        )
    return reading
