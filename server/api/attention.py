"""GET /api/attention: what the person must know wherever they are, small enough to be asked with every view."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel

from scraper.outcomes import RULES, Outcome, Turn
from server.api.applications import AccountView, NoticeView, account_views, notice_views
from server.state import send, state

blueprint = APIBlueprint("attention", __name__, url_prefix="/api", tag="Applications")


class AttentionOut(BaseModel):
    """What happened to the data itself, and the accounts whose next step is the person's."""

    notices: list[NoticeView]
    accounts: list[AccountView]


@blueprint.get("/attention")
@blueprint.output(AttentionOut)
def attention() -> Response:
    """Tell what waits for the person."""
    view = state().store.read()
    waiting = [account for account in account_views(view) if _is_theirs(account)]
    return send({"notices": notice_views(view), "accounts": waiting})


def _is_theirs(account: dict[str, Any]) -> bool:
    """Whether the last visit ended so that only the person can go on."""
    return bool(account["outcome"]) and RULES[Outcome(account["outcome"])].turn is Turn.USER
