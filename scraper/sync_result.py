"""What a visit to one account came to, and what may be written after it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.accounts import State, portal_name
from scraper.browser_walk import Walk
from scraper.model import Account, PageKind, StatusChange
from scraper.outcomes import RULES, Outcome, Retry, Turn

FEWER = 0.5
"""A list under half of what it was at the last good visit is doubted, not believed."""

DOUBTS_BELIEVED = 3
"""After so many visits in a row that all say the same, a short list is believed after all."""

BLOCKED_FOR = timedelta(hours=24)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyncResult:
    """One account's visit. `how` is "warm" (no browser), "session", "signed in", or "" (not reached).

    `read` counts applications, `changed` are the status changes seen first now, `new` applications never
    seen before. `fix` is the one command that helps, "" if none does; `evidence` the folder with what was
    on the screen when it went wrong.
    """

    account: str
    employer: str
    portal: str
    outcome: Outcome
    sentence: str
    fix: str = ""
    how: str = ""
    read: int = 0
    new: int = 0
    changed: tuple[StatusChange, ...] = ()
    seconds: float = 0.0
    evidence: Path | None = None
    not_before: datetime | None = None

    @property
    def turn(self) -> Turn:
        return RULES[self.outcome].turn

    @property
    def good(self) -> bool:
        return self.outcome in (Outcome.OK, Outcome.EMPTY)

    def to_json(self) -> dict[str, Any]:
        """For scripts: plain values only."""
        return {
            "account": self.account,
            "employer": self.employer,
            "portal": self.portal,
            "outcome": self.outcome.value,
            "whose_turn": self.turn.value,
            "sentence": self.sentence,
            "fix": self.fix,
            "how": self.how,
            "read": self.read,
            "new": self.new,
            "changed": [
                {
                    "key": change.key,
                    "title": change.title,
                    "company": change.company,
                    "requisition": change.requisition,
                    "old_status": change.old_status,
                    "old_stage": change.old_stage.value,
                    "new_status": change.new_status,
                    "new_stage": change.new_stage.value,
                    "seen_at": change.seen_at.isoformat(),
                }
                for change in self.changed
            ],
            "seconds": round(self.seconds, 2),
            "evidence": str(self.evidence) if self.evidence else None,
            "not_before": self.not_before.isoformat() if self.not_before else None,
        }


@dataclass(frozen=True, slots=True)
class Progress:
    """One step of one account's visit, for whoever watches. `result` is set with the last step."""

    account: str
    employer: str
    step: str
    result: SyncResult | None = None


Watcher = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a walk proves. `record` whether its rows may be written, `complete` whether absent ones count."""

    outcome: Outcome
    sentence: str
    record: bool
    complete: bool


def judge(walk: Walk, state: State) -> Verdict:
    """What may be written after a walk: the rules of DESIGN section 6 in one place.

    A list with a gap is partial: its valid rows are written, nothing is missed. A complete list under half
    the size of the last good one is suspect: nothing is written, until three visits in a row agree.
    """
    if not walk.complete:
        sentence = f"{walk.gap} What was kept before is still there."
        return Verdict(Outcome.PARTIAL, sentence, record=True, complete=False)
    read = len(walk.applications)
    if not read:
        if all(page.kind is PageKind.EMPTY for page in walk.pages):
            return Verdict(Outcome.EMPTY, RULES[Outcome.EMPTY].sentence, record=True, complete=True)
        sentence = "The list has no rows, and nothing on it says that it is empty; nothing was changed."
        return Verdict(Outcome.SUSPECT, sentence, record=False, complete=False)
    if state.last_count and read < state.last_count * FEWER and state.doubts + 1 < DOUBTS_BELIEVED:
        sentence = (
            f"The list shows {read} applications where there were {state.last_count}; nothing was changed."
        )
        return Verdict(Outcome.SUSPECT, sentence, record=False, complete=False)
    return Verdict(Outcome.OK, RULES[Outcome.OK].sentence, record=True, complete=True)


def fix_for(outcome: Outcome, account_id: str) -> str:
    """The one command that helps, "" where only time or we can."""
    if outcome is Outcome.LOCKED:
        return f"intown account edit {account_id} --try-again"
    match RULES[outcome].retry:
        case Retry.AFTER_EDIT:
            return f"intown account edit {account_id} --password"
        case Retry.AFTER_LOGIN:
            return f"intown login {account_id}"
    return ""


def held_back(account: Account, state: State, now: datetime, *, by_name: bool) -> SyncResult | None:
    """The result of an account that must not be visited now, or None.

    Not before the user did their part, and not before the time that the site asked for. `by_name` is true
    when the user named this account: then what waits only for a sign-in by hand is tried again, but a
    refused password never is.
    """
    if state.outcome is None:
        return None
    rule = RULES[state.outcome]
    waits = (
        rule.retry is Retry.AFTER_EDIT
        or (rule.retry is Retry.AFTER_LOGIN and not by_name)
        or (rule.retry is Retry.LATER and state.not_before is not None and now < state.not_before)
    )
    if not waits:
        return None
    return SyncResult(
        account=account.id,
        employer=account.employer or account.host,
        portal=portal_name(account),
        outcome=state.outcome,
        sentence=state.sentence or rule.sentence,
        fix=state.fix,
        not_before=state.not_before,
    )
