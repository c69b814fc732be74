"""POST /api/pair exchanges the code on the person's screen for a token; DELETE ends the own pairing."""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from flask import g, request
from pydantic import BaseModel, Field

from server import pairing
from server.errors import ApiError
from server.state import state

blueprint = APIBlueprint("pair", __name__, url_prefix="/api", tag="Server")


class PairIn(BaseModel):
    """`label` names the browser in `intown pair --list`."""

    code: str = Field(pattern=r"^[0-9]{8}$")
    label: str = Field("A browser", max_length=pairing.LABEL_LENGTH)


class PairOut(BaseModel):
    """The token, shown this once, and the id to name the pairing by."""

    token: str
    client: str


@blueprint.post("/pair")
@blueprint.input(PairIn)
@blueprint.output(PairOut)
def pair(json_data: PairIn) -> dict[str, Any]:
    """Pair a browser. A wrong, old, used and never opened code get the same answer."""
    origin = request.headers.get("Origin", "")  # the guard has looked at it
    issued = pairing.redeem(state().store, json_data.code, json_data.label, state().clock(), origin)
    if issued is None:
        raise ApiError(
            403,
            "wrong_code",
            "This code is not valid, or no longer.",
            fix="Run `intown pair` and type the new code within a minute.",
        )
    return {"token": issued.token, "client": issued.client}


@blueprint.delete("/pair")
@blueprint.output({}, status_code=204)
def unpair() -> str:
    """Revoke the token that this request carries."""
    pairing.revoke(state().store, g.client)
    return ""
