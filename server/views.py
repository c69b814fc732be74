"""How a stored application is shown: with its history, what is new about it, and the verdict.

Plain dicts on the way out, one at a time, because 10,000 of them pass; `AppView` describes them in the OpenAPI
document and a test holds both together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal

from pydantic import BaseModel

from scraper.model import Confidence, Stage
from scraper.store import View
from server.asking.model import Language
from server.asking.places import Places
from server.asking.verdict import InWords, Judge
from server.asking.world import World


class VerdictView(BaseModel):
    """ "Should I ask for the interview?", the reason, and what would change it."""

    answer: Literal["ask", "wait", "dont"]
    reason: str
    would_change: str


class Moment(BaseModel):
    """One line of an application's history."""

    status: str
    stage: Stage
    at: datetime


class AppView(BaseModel):
    """One application as the popup shows it. `stage` may be the user's correction; `status` is the portal's text."""

    key: str
    portal: str
    employer: str
    title: str
    status: str
    stage: Stage
    confidence: Confidence
    location: str
    city: str  # the town that `location` names; "" where it names none, or several
    requisition: str
    url: str
    applied_on: date | None
    first_seen: datetime
    last_seen: datetime
    changed_at: datetime | None
    days_in_stage: int
    listed: bool
    is_new: bool
    is_changed: bool
    previous_status: str
    corrected: list[Literal["stage", "employer"]]  # what the user put right
    history: list[Moment]
    verdict: VerdictView


def last_night(now: datetime) -> datetime:
    """Since when a thing counts as new: six in the evening of the day before, on the machine's own clock.

    So the badge shows what the nightly visit found, and also what was read in the same evening by a click.
    """
    local = now.astimezone()
    evening = datetime.combine(local.date() - timedelta(days=1), time(18))
    return evening.astimezone(UTC)


class Views:
    """The AppViews of one commit of the store at one moment; each is made when asked for and kept by nobody."""

    def __init__(self, view: View, places: Places, now: datetime, language: Language = Language.EN) -> None:
        self._documents = view.all("applications")
        self._changes = _changes(view)
        self._since = last_night(now)
        self._began = _began(self._documents.values())
        self._judge = Judge(World.from_tables(view.all, places, now))
        self._in_words = InWords(language)
        self._now = now

    @property
    def keys(self) -> list[str]:
        """The keys of all applications, the newest change (or first sight) first."""
        return sorted(self._documents, key=self._newest, reverse=True)

    def of(self, key: str) -> dict[str, Any] | None:
        """The AppView under `key`, or None."""
        document = self._documents.get(key)
        if document is None:
            return None
        verdict = self._in_words(self._judge.verdict(document))
        shown = _one(document, self._changes.get(key, _NONE), self._since, self._began, self._now)
        city = self._judge.world.place_of(document["company"], document["location"]).city
        return {**shown, "city": city, "verdict": verdict}

    def _newest(self, key: str) -> str:
        changes = self._changes.get(key)
        return str(changes[-1]["seen_at"] if changes else self._documents[key]["first_seen"])


_NONE: list[dict[str, Any]] = []


def app_views(
    view: View, places: Places, now: datetime, keys: Iterable[str], language: Language = Language.EN
) -> list[dict[str, Any]]:
    """The AppViews of the given keys in their order. Unknown keys are left out."""
    views = Views(view, places, now, language)
    found = (views.of(key) for key in keys)
    return [shown for shown in found if shown is not None]


def _changes(view: View) -> Mapping[str, list[dict[str, Any]]]:
    """The status changes of each application, oldest first."""
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in view.all("changes").values():
        found[row["key"]].append(row)
    for rows in found.values():
        rows.sort(key=lambda row: row["seen_at"])
    return found


def _began(documents: Iterable[dict[str, Any]]) -> dict[tuple[str, str], str]:
    """When each portal host was first read: what was there from the start is not news."""
    first: dict[tuple[str, str], str] = {}
    for document in documents:
        place = (document["portal"], document["host"])
        seen = document["first_seen"]
        if place not in first or seen < first[place]:
            first[place] = seen
    return first


def _one(
    document: dict[str, Any],
    changes: list[dict[str, Any]],
    since: datetime,
    began: Mapping[tuple[str, str], str],
    now: datetime,
) -> dict[str, Any]:
    first_seen = document["first_seen"]
    changed_at = changes[-1]["seen_at"] if changes else None
    standing_since = datetime.fromisoformat(changed_at or first_seen)
    return {
        "key": document["key"],
        "portal": document["portal"],
        "employer": document["company"],
        "title": document["title"],
        "status": document["status_raw"],
        "stage": document["stage"],
        "confidence": document["confidence"],
        "location": document["location"],
        "requisition": document["requisition"],
        "url": _link(document["url"]),
        "applied_on": document["applied_on"],
        "first_seen": first_seen,
        "last_seen": document["last_seen"],
        "changed_at": changed_at,
        "days_in_stage": max(0, (now - standing_since).days),
        "listed": document["listed"],
        "is_new": _is_after(first_seen, since) and first_seen > began[document["portal"], document["host"]],
        "is_changed": changed_at is not None and _is_after(changed_at, since),
        "previous_status": changes[-1]["old_status"] if changes else "",
        "corrected": _corrected(document),
        "history": _history(document, changes),
    }


def _link(url: str) -> str:
    """Only an https address is one to click on; a page could have written anything there."""
    return url if url.startswith("https://") and url.isprintable() else ""


def _corrected(document: dict[str, Any]) -> list[str]:
    marks = (("stage", "stage_corrected"), ("employer", "company_corrected"))
    return [what for what, mark in marks if document.get(mark)]


def _is_after(stored: str, since: datetime) -> bool:
    return datetime.fromisoformat(stored) >= since


def _history(document: dict[str, Any], changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Every status the application is known to have had, oldest first, each with the day it was first seen."""
    first = changes[0] if changes else None
    start = {
        "status": first["old_status"] if first else document["status_raw"],
        "stage": first["old_stage"] if first else document["stage"],
        "at": document["first_seen"],
    }
    later = [
        {"status": row["new_status"], "stage": row["new_stage"], "at": row["seen_at"]} for row in changes
    ]
    return [start, *later]
