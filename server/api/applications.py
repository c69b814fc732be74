"""Every application with its verdict, each account's last good night, and putting a reading right."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, Literal

import orjson
from apiflask import APIBlueprint
from flask import Response, current_app
from pydantic import BaseModel, Field

from scraper import corrections
from scraper.accounts import all_accounts
from scraper.model import Stage
from scraper.store import Transaction, View
from server.errors import ApiError
from server.language import asked, words
from server.memory import give_back
from server.said import Said
from server.state import send, state
from server.views import AppView, Views, app_views

blueprint = APIBlueprint("applications", __name__, url_prefix="/api", tag="Applications")

Scope = Literal["one", "employer"]


class AccountView(BaseModel):
    """One account: when it was last read well, how the last visit ended, and what to do about it."""

    id: str
    employer: str
    portal: str
    last_good: str | None
    outcome: str
    sentence: str
    fix: str


class NoticeView(BaseModel):
    """What the person must know about their data: a damaged file that was restored or set aside."""

    id: str
    at: str
    kind: str
    text: str


class ApplicationsOut(BaseModel):
    applications: list[AppView]
    accounts: list[AccountView]
    new_since_last_night: int
    notices: list[NoticeView]


class FixIn(BaseModel):
    """A correction. `stage` or `employer` set to null takes an earlier correction back.

    `scope` "employer": for every application with the same status text (or employer's name) there, now and
    in future.
    """

    key: str = Field(max_length=1000)
    stage: Stage | None = None
    employer: str | None = Field(None, min_length=1, max_length=200)
    scope: Scope = "one"


class FixOut(BaseModel):
    """The applications as they are now, after the correction."""

    applications: list[AppView]


@blueprint.get("/applications")
@blueprint.output(ApplicationsOut)
def list_applications() -> Response:
    """List every application, newest change first, and the accounts they come from."""
    now = state().clock()
    mark = (state().store.generation, now.replace(second=0, microsecond=0), asked())
    kept = current_app.extensions.get(_KEPT)
    if kept is None or kept[0] != mark:
        kept = current_app.extensions[_KEPT] = (mark, _everything(now))
        give_back()
    answer = Response(_pieces(kept[1]), mimetype="application/json")
    answer.content_length = len(kept[1])
    return answer


_KEPT = "intown.applications"
"""The last answer with its mark (commit of the store, minute, language): opening the popup again costs nothing."""


def _pieces(answer: bytearray) -> Iterator[bytes]:
    """The answer bit by bit: sent whole, every thread of the server would keep room for all of it."""
    size = 64 * 1024
    for start in range(0, len(answer), size):
        yield bytes(answer[start : start + size])


def _everything(now: datetime) -> bytearray:
    """The whole answer. Encoded one by one: 10,000 views at once would cost more memory than the store."""
    view = state().store.read()
    views = Views(view, state().places, now, asked())
    news = 0
    answer = bytearray(b'{"applications":[')
    for key in views.keys:
        shown = views.of(key)
        assert shown is not None  # of this very commit
        news += shown["is_new"] or shown["is_changed"]
        answer += orjson.dumps(shown)
        answer += b","
    if answer.endswith(b","):
        answer.pop()
    rest = orjson.dumps(
        {"accounts": account_views(view), "new_since_last_night": news, "notices": notice_views(view)}
    )
    answer += b"]," + rest[1:]
    return answer


def notice_views(view: View) -> list[dict[str, str]]:
    rows = view.all("notices")
    return [
        {"id": key, "at": rows[key]["at"], "kind": rows[key]["kind"], "text": words(rows[key]["text"])}
        for key in sorted(rows)
    ]


@blueprint.delete("/notices/<notice>")
@blueprint.output({}, status_code=204)
def dismiss(notice: str) -> str:
    """The person has seen the notice."""
    if state().store.read().get("notices", notice) is None:
        raise ApiError(404, "unknown_notice", Said("error.notice_gone"))
    state().store.dismiss_notice(notice)
    return ""


@blueprint.patch("/applications")
@blueprint.input(FixIn)
@blueprint.output(FixOut)
def correct_application(json_data: FixIn) -> Response:
    """Put a stage or an employer's name right, or take the correction back."""
    given = json_data.model_fields_set & {"stage", "employer"}
    if not given:
        raise ApiError(422, "not_valid", Said("error.nothing_to_correct"))
    try:
        with state().store.transaction() as tx:
            keys = [key for what in sorted(given) for key in _corrected(tx, what, json_data)]
    except KeyError:
        raise ApiError(404, "unknown_application", Said("error.unknown_application")) from None
    wanted = dict.fromkeys([json_data.key, *keys])
    shown = app_views(state().store.read(), state().places, state().clock(), wanted, asked())
    return send({"applications": shown})


def _corrected(tx: Transaction, what: str, fix: FixIn) -> list[str]:
    everywhere = fix.scope == "employer"
    at = state().clock()
    if what == "stage":
        if fix.stage is None:
            return corrections.undo_stage(tx, fix.key, everywhere=everywhere)
        return corrections.correct_stage(tx, fix.key, fix.stage, everywhere=everywhere, at=at)
    if fix.employer is None:
        return corrections.undo_employer(tx, fix.key, everywhere=everywhere)
    return corrections.correct_employer(tx, fix.key, fix.employer, everywhere=everywhere, at=at)


def account_views(view: View) -> list[dict[str, Any]]:
    """Each account as the popup shows it; no user name, no address."""
    return [
        {
            "id": account.id,
            "employer": account.employer or account.host,
            "portal": account.portal,
            "last_good": visits.last_good.isoformat() if visits.last_good else None,
            "outcome": visits.outcome.value if visits.outcome else "",
            "sentence": words(visits.sentence),
            "fix": visits.fix,
        }
        for account, visits in all_accounts(view)
    ]
