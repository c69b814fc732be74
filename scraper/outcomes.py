"""How a visit to a portal can end, and whose turn it is then. Imports only the model.

Callers branch on the outcome or on its turn, never on a text. The sentence for a person is made here,
once, so that the terminal, the server and the popup say the same thing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from scraper.model import PageKind


class Turn(StrEnum):
    """Whose turn it is."""

    NOBODY = "nobody"
    USER = "user"
    SITE = "site"
    US = "us"


class Retry(StrEnum):
    """When a visit may be tried again."""

    NEXT_NIGHT = "next_night"
    AFTER_EDIT = "after_edit"  # never, until the user changes the account
    AFTER_LOGIN = "after_login"  # after `intown login`, a visible window
    LATER = "later"  # by rule, `not_before` kept over restarts


class Outcome(StrEnum):
    OK = "ok"
    EMPTY = "empty"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of an outcome
    PASSWORD_EXPIRED = "password_expired"  # noqa: S105
    LOCKED = "locked"
    CODE_NEEDED = "code_needed"
    CAPTCHA = "captcha"
    TERMS = "terms"
    SSO = "sso"
    UNKNOWN_LOGIN = "unknown_login"
    UNAVAILABLE = "unavailable"
    RATE_LIMITED = "rate_limited"
    BLOCKED = "blocked"
    PARTIAL = "partial"
    SUSPECT = "suspect"
    PAGE_CHANGED = "page_changed"
    UNKNOWN_PORTAL = "unknown_portal"


@dataclass(frozen=True, slots=True)
class Rule:
    """What an outcome means: whose turn, when again, and the sentence that says so."""

    turn: Turn
    retry: Retry
    sentence: str


RULES: dict[Outcome, Rule] = {
    Outcome.OK: Rule(Turn.NOBODY, Retry.NEXT_NIGHT, "Read."),
    Outcome.EMPTY: Rule(Turn.NOBODY, Retry.NEXT_NIGHT, "The portal says there are no applications."),
    Outcome.WRONG_PASSWORD: Rule(
        Turn.USER,
        Retry.AFTER_EDIT,
        "The portal refused the user name or password; InTown will not try again until you change it.",
    ),
    Outcome.PASSWORD_EXPIRED: Rule(
        Turn.USER, Retry.AFTER_EDIT, "Your password has expired; choose a new one on the site."
    ),
    Outcome.LOCKED: Rule(
        Turn.USER, Retry.AFTER_EDIT, "The portal has locked this account; unlock it on the site first."
    ),
    Outcome.CODE_NEEDED: Rule(Turn.USER, Retry.AFTER_LOGIN, "The site asks for a one-time code."),
    Outcome.CAPTCHA: Rule(Turn.USER, Retry.AFTER_LOGIN, "The site asks for a person (captcha)."),
    Outcome.TERMS: Rule(Turn.USER, Retry.AFTER_LOGIN, "The site asks you to accept its terms."),
    Outcome.SSO: Rule(Turn.USER, Retry.AFTER_LOGIN, "The site signs you in through another company's page."),
    Outcome.UNKNOWN_LOGIN: Rule(
        Turn.USER, Retry.AFTER_LOGIN, "InTown does not know this sign-in page; sign in yourself once."
    ),
    Outcome.UNAVAILABLE: Rule(
        Turn.SITE, Retry.LATER, "The portal cannot be reached right now; nothing changed."
    ),
    Outcome.RATE_LIMITED: Rule(Turn.SITE, Retry.LATER, "The portal asks for a pause; nothing changed."),
    Outcome.BLOCKED: Rule(
        Turn.SITE, Retry.LATER, "The portal refuses automatic visits; read it with the icon."
    ),
    Outcome.PARTIAL: Rule(
        Turn.US,
        Retry.NEXT_NIGHT,
        "Only a part of the list could be read; what was kept before is still there.",
    ),
    Outcome.SUSPECT: Rule(
        Turn.US, Retry.NEXT_NIGHT, "The list looks much shorter than last time; nothing was changed."
    ),
    Outcome.PAGE_CHANGED: Rule(
        Turn.US,
        Retry.NEXT_NIGHT,
        "The portal's page has changed and InTown cannot read it; nothing was changed.",
    ),
    Outcome.UNKNOWN_PORTAL: Rule(
        Turn.US, Retry.NEXT_NIGHT, "InTown does not know this portal; open it and click the icon."
    ),
}

PAGE_OUTCOMES: dict[PageKind, Outcome] = {
    PageKind.APPLICATIONS: Outcome.OK,
    PageKind.EMPTY: Outcome.EMPTY,
    PageKind.WRONG_PASSWORD: Outcome.WRONG_PASSWORD,
    PageKind.LOCKED: Outcome.LOCKED,
    PageKind.PASSWORD_EXPIRED: Outcome.PASSWORD_EXPIRED,
    PageKind.CODE: Outcome.CODE_NEEDED,
    PageKind.CAPTCHA: Outcome.CAPTCHA,
    PageKind.TERMS: Outcome.TERMS,
    PageKind.MAINTENANCE: Outcome.UNAVAILABLE,
    PageKind.BLOCKED: Outcome.BLOCKED,
    # A sign-in or expired page where a list was due: the caller signs in; left over, nobody could.
    PageKind.LOGIN: Outcome.UNKNOWN_LOGIN,
    PageKind.SESSION_EXPIRED: Outcome.UNKNOWN_LOGIN,
    # Pages that are no list at all: a signed-in visit must not end here.
    PageKind.DETAIL: Outcome.PAGE_CHANGED,
    PageKind.JOB_LIST: Outcome.PAGE_CHANGED,
    PageKind.OTHER: Outcome.PAGE_CHANGED,
}
"""Every kind of page has an outcome; a test holds the table complete."""


class InTownError(Exception):
    """The base of our errors. `sentence` is for a person; it never holds a password, cookie or page text."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class PortalError(InTownError):
    """A visit that ended with something other than a list.

    `not_before` is set for rate limits: an aware datetime before which the host must not be visited. `fix` is
    the command that helps where it is not the outcome's usual one; "{}" in it stands for the account.
    """

    def __init__(
        self, outcome: Outcome, detail: str = "", *, not_before: datetime | None = None, fix: str = ""
    ) -> None:
        super().__init__(detail or RULES[outcome].sentence)
        self.outcome = outcome
        self.not_before = not_before
        self.fix = fix
