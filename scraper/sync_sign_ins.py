"""When a password may be typed: never twice for one refused version of it, and not often at one host.

Portals lock accounts after a handful of sign-ins in a row, and some count them by address and not by account.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum

from scraper.accounts import SIGN_INS_KEPT, State, all_accounts
from scraper.model import Account
from scraper.outcomes import RULES, Outcome, PortalError, Turn
from scraper.store import View

A_HOST = 2
"""New sign-ins that one host gets within `AN_HOUR`, whoever asks."""

AN_HOUR = timedelta(hours=1)
A_NIGHT = timedelta(hours=12)
"""Two sign-ins of one account closer together than this are in one night."""

FOR_PRESSES = 4
"""Sign-ins of one account within `A_NIGHT` for which "sync now" is word enough. A portal that ends its sessions early
and a script that presses every quarter of an hour would else be a sign-in an hour, day and night."""

assert A_NIGHT <= SIGN_INS_KEPT


class Asked(Enum):
    """Who wants this run: the timer, a person who wants all portals read now, or one who named this portal."""

    BY_NOBODY = "the night"
    FOR_ALL = "sync now"
    BY_NAME = "by name"


CUT_OFF = (
    "The last sign-in was cut off before the portal answered; to be safe the password is not sent again "
    "until you say so."
)


def raise_unless_allowed(view: View, account: Account, now: datetime, *, asked: Asked) -> None:
    """Raise PortalError where no password may be typed now; its sentence says why, for a person.

    Whoever asks, a password that was refused or never answered is not sent again, and no host gets a third
    sign-in within the hour. Within that, the night signs in once, "sync now" an hour later again, and a person who
    names the portal decides alone.
    """
    states = [(other, state) for other, state in all_accounts(view) if other.host == account.host]
    mine = next((state for other, state in states if other.id == account.id), State())
    if mine.submitted_version == account.password_version:
        if mine.outcome is not None and RULES[mine.outcome].turn is Turn.USER:
            raise PortalError(mine.outcome, mine.sentence, fix=mine.fix)
        raise PortalError(Outcome.UNKNOWN_LOGIN, CUT_OFF, fix="intown account edit {} --try-again")
    if account.secret == "session":  # noqa: S105 - the kind of account
        raise PortalError(Outcome.UNKNOWN_LOGIN, "The saved session is over; sign in yourself once more.")
    why_not = _too_soon(mine, now, asked)
    if why_not:
        # No `not_before`: a session that is good again (by `intown login`) is to be read at any time.
        raise PortalError(Outcome.UNAVAILABLE, why_not, fix="intown sync {}")
    recent = sorted(at for _, state in states for at in _within(AN_HOUR, state, now))
    if len(recent) >= A_HOST:
        free = recent[-A_HOST] + AN_HOUR
        raise PortalError(
            Outcome.RATE_LIMITED,
            f"InTown has signed in at {account.host} {A_HOST} times within an hour, and waits until about "
            f"{_clock(free)} so that the portal locks nobody out.",
            not_before=free,
        )


def _too_soon(mine: State, now: datetime, asked: Asked) -> str:
    """Why this account is not signed in to a second time now, "" where it may be."""
    # `submitted_at` is empty again once the user touched the account: that is asking for it by name, too.
    last = mine.submitted_at
    if asked is Asked.BY_NAME or last is None or not timedelta(0) <= now - last < A_NIGHT:
        return ""
    if asked is Asked.BY_NOBODY:
        return "InTown has signed in here once tonight and does it a second time only when you ask."
    if now - last < AN_HOUR:
        return (
            f"The saved session is over, and InTown signed in here at {_clock(last)}; it signs in again from "
            f"{_clock(last + AN_HOUR)}, or at once when you ask for this portal alone."
        )
    times = len(_within(A_NIGHT, mine, now))
    if times >= FOR_PRESSES:
        return (
            f"The saved session is over, and InTown signed in here {times} times in the last "
            f"{A_NIGHT // AN_HOUR} hours; it signs in once more when you ask for this portal alone."
        )
    return ""


def _within(span: timedelta, state: State, now: datetime) -> list[datetime]:
    """The sign-ins of the last `span`; those of a clock that was ahead then do not count."""
    return [at for at in state.sign_ins if timedelta(0) <= now - at < span]


def _clock(at: datetime) -> str:
    return f"{at.astimezone():%H:%M}"
