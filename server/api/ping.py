"""GET /api/ping: is this InTown, which version, and can it prove that it is the one paired with?"""

from __future__ import annotations

from typing import Any

from apiflask import APIBlueprint
from pydantic import BaseModel, Field

from server import pairing
from server.state import state, version

blueprint = APIBlueprint("ping", __name__, url_prefix="/api", tag="Server")


class PingQuery(BaseModel):
    """`nonce`: random hex by the caller; `client`: the id got when pairing. Both or neither."""

    nonce: str | None = Field(None, pattern=r"^[0-9a-fA-F]{16,128}$")
    client: str | None = Field(None, pattern=r"^[0-9a-f]{8}$")


class Pong(BaseModel):
    """`proof` is HMAC-SHA256(sha256(token), nonce) in hex, or null without a nonce and a known client."""

    app: str
    version: str
    api: int
    proof: str | None


@blueprint.get("/ping")
@blueprint.input(PingQuery, location="query")
@blueprint.output(Pong)
def ping(query_data: PingQuery) -> dict[str, Any]:
    """Say who answers here. Open to callers without a token; tells nothing about the person."""
    proof = None
    if query_data.nonce and query_data.client:
        proof = pairing.proof(state().store, query_data.client, query_data.nonce)
    return {"app": "intown", "version": version(), "api": 1, "proof": proof}
