"""When a password may be typed: never twice for one version of it, and not often at one host.

Portals lock accounts after a handful of sign-ins in a row, and some count them by address and not by account.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from scraper.accounts import SIGN_INS_KEPT, State, all_accounts
from scraper.model import Account
from scraper.outcomes import RULES, Outcome, PortalError, Turn
from scraper.store import View

A_HOST = 2
"""New sign-ins that one host gets within `AN_HOUR`, whoever asks."""

AN_HOUR = timedelta(hours=1)
A_NIGHT = timedelta(hours=12)
"""Two sign-ins of one account closer together than this are in one night."""

assert A_NIGHT <= SIGN_INS_KEPT

CUT_OFF = (
    "The last sign-in was cut off before the portal answered; to be safe the password is not sent again "
    "until you say so."
)


def raise_unless_allowed(view: View, account: Account, now: datetime, *, asked: bool) -> None:
    """Raise PortalError where no password may be typed now.

    `asked` is true when the user named this account: a second time in one night is then theirs to decide; a
    password that was refused or never answered is not, nor is a third sign-in at one host within the hour.
    """
    states = [(other, state) for other, state in all_accounts(view) if other.host == account.host]
    mine = next((state for other, state in states if other.id == account.id), State())
    if mine.submitted_version == account.password_version:
        if mine.outcome is not None and RULES[mine.outcome].turn is Turn.USER:
            raise PortalError(mine.outcome, mine.sentence, fix=mine.fix)
        raise PortalError(Outcome.UNKNOWN_LOGIN, CUT_OFF, fix="intown account edit {} --try-again")
    if account.secret == "session":  # noqa: S105 - the kind of account
        raise PortalError(Outcome.UNKNOWN_LOGIN, "The saved session is over; sign in yourself once more.")
    # `submitted_at` is empty again once the user touched the account: that is asking, too.
    last = mine.submitted_at
    if not asked and last is not None and timedelta(0) <= now - last < A_NIGHT:
        raise PortalError(
            Outcome.UNAVAILABLE,
            "InTown has signed in here once tonight and does it a second time only when you ask.",
            fix="intown sync {}",
        )
    recent = sorted(at for _, state in states for at in state.sign_ins if timedelta(0) <= now - at < AN_HOUR)
    if len(recent) >= A_HOST:
        free = recent[-A_HOST] + AN_HOUR
        raise PortalError(
            Outcome.RATE_LIMITED,
            f"InTown has signed in at {account.host} {A_HOST} times within an hour, and waits until about "
            f"{free.astimezone():%H:%M} so that the portal locks nobody out.",
            not_before=free,
        )
