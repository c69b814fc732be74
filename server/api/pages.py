"""POST /api/pages: read the page under the icon, keep what it says, answer with verdicts."""

from __future__ import annotations

import atexit
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from apiflask import APIBlueprint
from flask import Response
from pydantic import AwareDatetime, BaseModel, Field

from scraper import corrections
from scraper.accounts import account_at
from scraper.employers import as_known
from scraper.model import Frame, PageKind, PageSnapshot, ParsedPage
from scraper.outcomes import InTownError, Turn
from scraper.portals import portal_for_url
from scraper.reading.page_worker import PageReader
from scraper.store import Recorded, View, record_page
from server import sentences
from server.errors import ApiError
from server.language import asked, words
from server.portable.adopt import join_shown
from server.said import Said
from server.state import send, state
from server.views import AppView, app_views

blueprint = APIBlueprint("pages", __name__, url_prefix="/api", tag="Pages")

HTML_LIMIT = 4 * 1024 * 1024
FRAMES_LIMIT = 20
CONFIRMED = "confirmed_hosts"


class FrameIn(BaseModel):
    """A frame inside the page, cleaned like it."""

    url: str = Field(max_length=4096)
    html: str = Field(max_length=HTML_LIMIT)


class PageIn(BaseModel):
    """A page as the extension captured and cleaned it. `confirm` is the second click for an unknown host."""

    url: str = Field(max_length=4096)
    html: str = Field(max_length=HTML_LIMIT)
    title: str = Field("", max_length=1000)
    frames: list[FrameIn] = Field(default_factory=list, max_length=FRAMES_LIMIT)
    captured_at: AwareDatetime | None = None
    confirm: bool = False


class PortalView(BaseModel):
    kind: str
    name: str


class PageOut(BaseModel):
    """What the page is, what was read from it, and what has changed."""

    portal: PortalView | None
    page_kind: PageKind
    employer: str
    host: str
    applications: list[AppView]
    new: int
    changed: int
    complete: bool
    count_shown: int | None
    message: str
    warnings: list[str]


@cache
def reader() -> PageReader:
    """Reads pages in a process of its own, one for the whole server: no page can hold up another request."""
    made = PageReader()
    atexit.register(made.close)
    return made


@blueprint.post("/pages")
@blueprint.input(PageIn)
@blueprint.output(PageOut)
def read_page(json_data: PageIn) -> Response:
    """Read a captured page and record its applications.

    The URL names the host; it is never fetched. A host that no portal knows is refused with 409
    `unknown_host` until the person confirms it.
    """
    host = host_of(json_data.url)
    view = state().store.read()
    if not json_data.confirm and not _known(json_data, host, view):
        raise ApiError(
            409,
            "unknown_host",
            Said("error.unknown_host", host=host),
            fix=Said("fix.confirm_host"),
            extra={"host": host},
        )
    page = _parse(json_data, view)
    if not page.applications:
        return send(_told(page, Recorded()))
    # One page never proves the whole list, so a click adds and updates but lets nothing go missing.
    account = _account(view, page)
    recorded = record_page(state().store, account, page, seen_at=state().clock(), complete=False)
    join_shown(state().store, recorded.seen)
    if json_data.confirm:
        _remember(host)
    return send(_told(page, recorded))


def _told(page: ParsedPage, recorded: Recorded) -> dict[str, Any]:
    new, changed = len(recorded.new), len(recorded.changed)
    return {
        "portal": {"kind": page.portal, "name": page.portal_name} if page.portal else None,
        "page_kind": page.kind,
        "employer": page.company,
        "host": page.host,
        "applications": app_views(
            state().store.read(), state().places, state().clock(), recorded.seen, asked()
        ),
        "new": new,
        "changed": changed,
        "complete": sentences.whole_list(page),
        "count_shown": page.count_shown,
        "message": words(sentences.message(page, new, changed)),
        "warnings": [words(warning) for warning in page.warnings],
    }


def host_of(url: str) -> str:
    """The host of a web page's address. Raises ApiError for anything else: files, the browser's own pages, and
    plain http, whose content anybody on the way could have written."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:  # "http://[": no address at all
        host = None
    if host is None or parts.scheme != "https":
        raise ApiError(422, "not_a_web_page", Said("error.not_a_web_page"))
    return host


def _known(page: PageIn, host: str, view: View) -> bool:
    """Whether a portal knows the page's address, or that of a frame in it (employers embed their portal), or the
    person has confirmed the host before."""
    if host in (view.get("settings", CONFIRMED) or {}):
        return True
    return any(portal_for_url(url) is not None for url in (page.url, *(frame.url for frame in page.frames)))


def _remember(host: str) -> None:
    """The person confirmed this host and applications were found there: no second click next time."""
    with state().store.transaction() as tx:
        tx.put(
            "settings",
            CONFIRMED,
            {**(tx.get("settings", CONFIRMED) or {}), host: state().clock().isoformat()},
        )


def snapshot_of(page: PageIn) -> PageSnapshot:
    """The page as the reading takes it."""
    return PageSnapshot(
        url=page.url,
        html=page.html,
        title=page.title,
        frames=tuple(Frame(url=frame.url, html=frame.html) for frame in page.frames),
        captured_at=_seen(page.captured_at),
        source="click",
    )


def _parse(page: PageIn, view: View) -> ParsedPage:
    """What the page says, with the user's corrections. Raises ApiError for one beyond the limits of reading."""
    rules = corrections.stage_rules(view)
    try:
        read = reader().parse_page(snapshot_of(page), corrections=rules)
        return as_known(view, read, account_at(view, read.portal, read.host))
    except InTownError as error:  # too large, too deep: the page, not InTown, is the matter
        raise ApiError(422, "unparsable", error.sentence, turn=Turn.US) from error


def _seen(captured_at: datetime | None) -> datetime:
    """When the page was captured; a clock that is far off ours is not believed."""
    now = state().clock()
    if captured_at is None or abs(captured_at - now) > timedelta(minutes=10):
        return now
    return captured_at.astimezone(UTC)


def _account(view: View, page: ParsedPage) -> str | None:
    """The account this page belongs to, where exactly one of the user's accounts is at its portal and host."""
    fitting = [
        key
        for key, account in view.all("accounts").items()
        if (account["portal"], account["host"]) == (page.portal, page.host)
    ]
    return fitting[0] if len(fitting) == 1 else None
