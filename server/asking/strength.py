"""How strong a reason to ask each application is: its stage first, then everything that weakens it."""

from __future__ import annotations

from datetime import date

from scraper.model import Confidence, Stage
from server.asking.model import Position, Rules
from server.asking.near import Near, Nearness

STRENGTH: dict[Stage, int] = {
    Stage.INTERVIEW_REQUESTED: 0,
    Stage.REFERRED: 1,
    Stage.SHORTLISTED: 2,
    Stage.SCREEN: 3,
    Stage.ASSESSMENT: 3,
    Stage.UNDER_REVIEW: 4,
    Stage.INTERVIEWED: 5,
    Stage.ACTIVE: 6,
    Stage.RECEIVED: 7,
    Stage.ON_HOLD: 8,
}
"""Stages one may ask in, strongest first (lower is stronger). Any other stage is never suggested."""

Score = tuple[float, int, str]

_GUESSED_STAGE = 1.5  # a guessed "referred" ranks below a sure "short list"
_GUESSED_PLACE = 1.0
_FRESH = 0.5
_REMOTE = 20.0  # remote jobs rank last, whatever their stage


def score(position: Position, near: Nearness, rules: Rules, today: date) -> Score:
    """The order among positions, strongest first: weakness, then the freshest change, then the key."""
    weakness = float(STRENGTH[position.stage])
    if position.confidence is Confidence.GUESS:
        weakness += _GUESSED_STAGE
    if near.guessed:
        weakness += _GUESSED_PLACE
    if near.near is Near.REMOTE:
        weakness += _REMOTE
    if is_fresh(position, rules, today):
        weakness += _FRESH
    changed = position.changed_on.toordinal() if position.changed_on else 0
    return (weakness, -changed, position.key)


def is_fresh(position: Position, rules: Rules, today: date) -> bool:
    """Applied to so lately that nobody may have read it."""
    return position.applied_on is not None and (today - position.applied_on).days < rules.fresh_days
