"""Writes what a visit proved, and turns what ended it into a result. The transaction is the caller's."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from typing import Any

from scraper.accounts import State, account_in, change_in, portal_name
from scraper.browser_session import BrowserGone
from scraper.browser_walk import Walk
from scraper.employers import as_known, rough_names
from scraper.model import Account
from scraper.outcomes import InTownError, Outcome, PortalError
from scraper.store import Recorded, Transaction, record_in
from scraper.sync_result import BLOCKED_FOR, SyncResult, Verdict, fix_for, judge

log = logging.getLogger("intown.sync")


def keep_walk(
    tx: Transaction, account: Account, state: State, walked: Walk, how: str, *, dry: bool = False
) -> SyncResult:
    """Judge a walk and write what it proves, with the account's new state, in one transaction of the caller's.

    `dry` writes the outcome only: no application, and no memory of how long the list was.
    """
    verdict = judge(walked, state)
    now = datetime.now(UTC)
    recorded = Recorded()
    if verdict.record and not dry:
        now_called = account_in(tx, account)  # the name may have been edited during the visit
        known = tuple(as_known(tx, page, now_called) for page in walked.pages)
        recorded = record_in(tx, account.id, known, seen_at=now, complete=verdict.complete)
    changed = _state_after(verdict, state, now, len(walked.applications), dry=dry)
    # A name made from the address alone is a worse guess than what a page's own head once said.
    rough = rough_names(account)
    says = next((page.company for page in walked.pages if page.company not in rough), "")
    employer = change_in(tx, account.id, changed, employer=says)
    return SyncResult(
        account=account.id,
        employer=employer or account.host,
        portal=portal_name(account),
        outcome=verdict.outcome,
        sentence=verdict.sentence,
        fix=fix_for(verdict.outcome, account.id),
        how=how,
        read=len(walked.applications),
        new=len(recorded.new),
        changed=recorded.changed,
    )


def failed(account: Account, error: Exception) -> SyncResult:
    """A visit that ended by an error, as a result."""
    outcome, not_before, fix = Outcome.UNAVAILABLE, None, ""
    if isinstance(error, PortalError):
        outcome, not_before, fix = error.outcome, error.not_before, error.fix
    elif not isinstance(error, BrowserGone):  # a browser that is gone says nothing about the page
        outcome = Outcome.PAGE_CHANGED
    if not isinstance(error, InTownError):
        log.error("The visit to %s failed.", account.id, exc_info=error)
    if outcome is Outcome.BLOCKED and not_before is None:
        not_before = datetime.now(UTC) + BLOCKED_FOR
    ours = f"InTown itself failed on this portal ({type(error).__name__}); nothing was changed."
    return SyncResult(
        account=account.id,
        employer=account.employer or account.host,
        portal=portal_name(account),
        outcome=outcome,
        sentence=error.sentence if isinstance(error, InTownError) else ours,
        fix=fix.format(account.id) or fix_for(outcome, account.id),
        not_before=not_before,
    )


def keep_failure(tx: Transaction, result: SyncResult) -> None:
    """Write how a visit ended; what was read before stays as it is."""
    ended = {
        "outcome": result.outcome,
        "sentence": result.sentence,
        "fix": result.fix,
        "checked_at": datetime.now(UTC),
        "not_before": result.not_before,
    }
    change_in(tx, result.account, ended)


def _state_after(verdict: Verdict, before: State, now: datetime, read: int, *, dry: bool) -> dict[str, Any]:
    """What changes in the account's state when its list was read."""
    changed: dict[str, Any] = {
        "outcome": verdict.outcome,
        "sentence": verdict.sentence,
        "fix": "",
        "checked_at": now,
        "not_before": None,
        "doubts": before.doubts + 1 if verdict.outcome is Outcome.SUSPECT else 0,
    }
    if dry:
        changed["doubts"] = before.doubts
    elif verdict.complete:
        changed |= {"last_good": now, "last_count": read}
    return changed
