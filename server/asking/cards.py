"""What asking answers with: verdicts, windows, offers, drafts, cards. Frozen, like the model they are made of."""

from __future__ import annotations

import datetime
from datetime import date
from enum import StrEnum
from typing import Literal

from scraper.model import Stage
from server.asking.model import Ask, Frozen, Language, Part, Recruiter, Tone
from server.said import Half, Said


class Answer(StrEnum):
    ASK = "ask"
    WAIT = "wait"
    DONT = "dont"


class Verdict(Frozen):
    """The answer to "Should I ask for the interview?" with its reason and what would change it."""

    answer: Answer
    reason: Said
    would_change: Said | None = None


class WhenState(StrEnum):
    TOO_EARLY = "too_early"
    OPEN = "open"
    BEST = "best"
    SHORT_NOTICE = "short_notice"
    PHONE = "phone"
    CLOSED = "closed"


class When(Frozen):
    """When to ask for a trip: the window, and where today stands in it."""

    state: WhenState
    opens: date
    best_from: date
    best_until: date
    closes: date | None
    text: Said


class Offer(Frozen):
    date: datetime.date
    part: Part
    text: Said

    @classmethod
    def of(cls, day: datetime.date, part: Part) -> Offer:
        """A half-day with its words."""
        return cls(date=day, part=part, text=Said("offer.half", half=Half(day, part)))


class Draft(Frozen):
    """A finished message. `words` counts all of `body`, greeting and signature included."""

    subject: str
    body: str
    words: int
    language: Language
    tone: Tone
    mailto: str = ""
    gmail: str = ""
    outlook: str = ""
    call_script: str = ""
    voicemail: str = ""


class Named(Frozen):
    """An application as a card shows it. `pass_on` marks one that another recruiter handles."""

    key: str
    title: str
    requisition: str
    stage: Stage
    status: str
    pass_on: bool = False


class CardAction(StrEnum):
    ASK = "ask"
    FIND_OUT = "find_out"
    PASS_ON = "pass_on"  # noqa: S105 - the name of an action, not a password


class Card(Frozen):
    """One suggestion: whom to ask for what, why, when, and in what words."""

    id: str
    rank: int
    action: CardAction
    recruiter: Recruiter | None
    employer: str
    applications: tuple[Named, ...]
    reasons: tuple[Said, ...]
    when: When
    offers: tuple[Offer, ...]
    draft: Draft | None = None
    ask: Ask | None = None


class Due(Frozen):
    """Something to do today: a nudge, a missing answer, a closing word."""

    ask_id: str
    kind: Literal["nudge", "send", "close", "was_in_town", "thank_you", "answer"]
    text: Said


class Suggestions(Frozen):
    cards: tuple[Card, ...]
    due: tuple[Due, ...]
    summary: Said
