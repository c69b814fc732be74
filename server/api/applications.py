"""Every application with its verdict, each account's last good night, and putting a reading right."""

from __future__ import annotations

from typing import Any, Literal

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from scraper import corrections
from scraper.accounts import all_accounts
from scraper.model import Stage
from scraper.store import Transaction, View
from server.errors import ApiError
from server.state import send, state
from server.views import AppView, app_views

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


class ApplicationsOut(BaseModel):
    applications: list[AppView]
    accounts: list[AccountView]
    new_since_last_night: int


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
    view = state().store.read()
    applications = app_views(view, state().places, state().clock())
    applications.sort(key=lambda row: row["changed_at"] or row["first_seen"], reverse=True)
    news = sum(row["is_new"] or row["is_changed"] for row in applications)
    return send({"applications": applications, "accounts": account_views(view), "new_since_last_night": news})


@blueprint.patch("/applications")
@blueprint.input(FixIn)
@blueprint.output(FixOut)
def correct_application(json_data: FixIn) -> Response:
    """Put a stage or an employer's name right, or take the correction back."""
    given = json_data.model_fields_set & {"stage", "employer"}
    if not given:
        raise ApiError(422, "not_valid", "Say which stage or which employer is right.")
    try:
        with state().store.transaction() as tx:
            keys = [key for what in sorted(given) for key in _corrected(tx, what, json_data)]
    except KeyError:
        raise ApiError(404, "unknown_application", "This application is not stored.") from None
    view = state().store.read()
    return send(
        {
            "applications": app_views(
                view, state().places, state().clock(), dict.fromkeys([json_data.key, *keys])
            )
        }
    )


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
            "sentence": visits.sentence,
            "fix": visits.fix,
        }
        for account, visits in all_accounts(view)
    ]
