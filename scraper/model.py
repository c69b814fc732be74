"""The words of the scraper as types. Imports nothing of ours.

Everything here is immutable: a snapshot goes in, a parsed page comes out, and nobody changes either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Literal


class Stage(StrEnum):
    """Where an application stands, in our words; the portal's own text is always kept beside it."""

    DRAFT = "draft"
    RECEIVED = "received"
    ACTIVE = "active"  # open, nothing more known
    UNDER_REVIEW = "under_review"
    SHORTLISTED = "shortlisted"
    REFERRED = "referred"  # with the hiring manager
    ASSESSMENT = "assessment"
    SCREEN = "screen"
    INTERVIEW_REQUESTED = "interview_requested"
    INTERVIEW_SCHEDULED = "interview_scheduled"
    INTERVIEWED = "interviewed"
    OFFER = "offer"
    HIRED = "hired"
    ON_HOLD = "on_hold"
    NOT_QUALIFIED = "not_qualified"
    NOT_SELECTED = "not_selected"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    INACTIVE = "inactive"  # over, reason unknown
    UNKNOWN = "unknown"


ENDED = frozenset(
    {Stage.HIRED, Stage.NOT_QUALIFIED, Stage.NOT_SELECTED, Stage.WITHDRAWN, Stage.CLOSED, Stage.INACTIVE}
)
"""Stages after which asking for an interview would be wrong."""


class Confidence(StrEnum):
    """How far a stage can be relied on; a guess is shown as one."""

    SURE = "sure"
    LIKELY = "likely"
    GUESS = "guess"


class PageKind(StrEnum):
    """What a page is, named before anything is read from it."""

    APPLICATIONS = "applications"
    DETAIL = "application_detail"
    EMPTY = "empty"
    LOGIN = "login"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105 - the name of a page, not a password
    LOCKED = "locked"
    PASSWORD_EXPIRED = "password_expired"  # noqa: S105
    CODE = "one_time_code"
    CAPTCHA = "captcha"
    TERMS = "terms"
    SESSION_EXPIRED = "session_expired"
    MAINTENANCE = "maintenance"
    BLOCKED = "blocked"
    JOB_LIST = "job_list"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A frame inside a page (iCIMS keeps everything in one)."""

    url: str
    html: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonAnswer:
    """A JSON answer that the page itself asked for; `body` is its text, unparsed."""

    url: str
    body: str
    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSnapshot:
    """One page as seen, by the nightly visit or by a click on the icon. Untrusted: parsed, never fetched from.

    `captured_at` is an aware datetime. `html` may have been cleaned in the browser: no scripts, no form
    values, and `data-intown-hidden` on elements that were not visible.
    """

    url: str
    captured_at: datetime
    html: str = ""
    title: str = ""
    frames: tuple[Frame, ...] = ()
    answers: tuple[JsonAnswer, ...] = ()
    source: Literal["sync", "click"] = "sync"


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """One job applied for, as one page shows it.

    Its identity is `key`: portal kind, exact host and the portal's own id, never the title or the
    place in a list. `applied_on` is a date in the portal's own reckoning, or None.
    """

    portal: str
    host: str
    external_id: str
    title: str
    company: str = ""
    status_raw: str = ""
    stage: Stage = Stage.UNKNOWN
    confidence: Confidence = Confidence.GUESS
    location: str = ""
    applied_on: date | None = None
    requisition: str = ""
    url: str = ""

    @property
    def key(self) -> str:
        return f"{self.portal}|{self.host}|{self.external_id}"


@dataclass(frozen=True, slots=True)
class Open:
    """Go to this address to see more of the list."""

    url: str


@dataclass(frozen=True, slots=True)
class Click:
    """Press this (CSS selector, exactly one visible element) to see more of the list."""

    selector: str


Step = Open | Click


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """What `parse_page` understood of a snapshot.

    `portal` is the kind ("taleo"), or "" where no module knows the page. `count_shown` is the number of
    applications that the page itself claims, for the tab or list shown. `next_step` leads to more rows,
    None on the last page. `warnings` are sentences about what was not understood; a page with rows that
    could not be read is not `complete`. A `damaged` page lacks a piece of its markup: it changes no status.
    """

    url: str
    host: str
    kind: PageKind
    portal: str = ""
    portal_name: str = ""
    company: str = ""
    applications: tuple[Application, ...] = ()
    count_shown: int | None = None
    next_step: Step | None = None
    complete: bool = True
    warnings: tuple[str, ...] = field(default=())
    damaged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The user's login at one portal of one employer (or one global login). Holds no password.

    `password_version` counts the user's changes of the password; a version is typed at most once.
    """

    id: str  # a short slug the user types: "lakeshore"
    portal: str
    host: str
    start_url: str  # the page that lists the applications
    employer: str = ""
    username: str = ""
    secret: Literal["vault", "session", "command"] = "vault"  # noqa: S105 - where the password is kept
    password_command: tuple[str, ...] = ()
    password_version: int = 1
    totp: bool = False  # the secret of an authenticator is in the vault


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusChange:
    """One change of one application's status, with the date it was first seen."""

    key: str
    title: str
    company: str
    requisition: str
    old_status: str
    old_stage: Stage
    new_status: str
    new_stage: Stage
    seen_at: datetime
