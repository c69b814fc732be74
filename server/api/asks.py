"""The ledger of asks: drafted, sent, nudged, answered; undo; and what is due today."""

from __future__ import annotations

from typing import Annotated, Literal

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from server import planning
from server.asking.afterwards import Kind, NothingToSay, message
from server.asking.cards import Draft
from server.asking.ledger import due
from server.asking.model import AskState, Language, Tone
from server.known import known
from server.language import asked
from server.planning import answers
from server.planning.fields import Id, Moment
from server.planning.shapes import AsksOut, AskView
from server.planning.views import ask_view, plain
from server.state import send, state

blueprint = APIBlueprint("asks", __name__, url_prefix="/api", tag="Asks")
answers.register(blueprint)


class AskIn(BaseModel):
    """A card's message was drafted or, as the user says, sent. Without texts, the card's draft is kept."""

    trip_id: Id
    card_id: Id
    state: Literal[AskState.DRAFTED, AskState.SENT]
    channel: Literal["email", "gmail", "outlook", "phone", "portal", "other"] = "email"
    subject: Annotated[str, Field(max_length=300)] = ""
    body: Annotated[str, Field(max_length=8000)] = ""


class AskChange(BaseModel):
    """The next step. `start` and `end` (wall clock at the destination) go with `answered_yes`."""

    state: AskState
    start: Moment | None = None
    end: Moment | None = None


class MessageQuery(BaseModel):
    """Which message after the first one, and how; the user's settings where left out."""

    kind: Kind
    language: Language | None = None
    tone: Tone | None = None


class AsksQuery(BaseModel):
    trip: Id = ""


@blueprint.get("/asks")
@blueprint.input(AsksQuery, location="query")
@blueprint.output(AsksOut)
def list_asks(query_data: AsksQuery) -> Response:
    """List the asks, of one trip or of all, and what is due today."""
    world = known()
    trip = world.trips.get(query_data.trip)
    asks = [ask for ask in world.asks if not query_data.trip or ask.trip_id == query_data.trip]
    return send(
        {
            "asks": [ask_view(ask) for ask in asks],
            "due": [] if query_data.trip and trip is None else [plain(d, asked()) for d in due(world, trip)],
        }
    )


@blueprint.get("/asks/<ask_id>/draft")
@blueprint.input(MessageQuery, location="query")
@blueprint.output(Draft)
def later_message(ask_id: str, query_data: MessageQuery) -> Response:
    """The reminder, the thanks or the "was in town" for an ask."""
    world = known()
    ask = next((a for a in world.asks if a.id == ask_id), None)
    if ask is None or ask.trip_id not in world.trips:
        raise planning.PlanError("unknown_ask", missing=True)
    try:
        made = message(world, ask, query_data.kind, query_data.language, query_data.tone)
    except NothingToSay as error:
        raise planning.PlanError("not_allowed", error.said) from error
    return send(made.model_dump(mode="json"))


@blueprint.post("/asks")
@blueprint.input(AskIn)
@blueprint.output(AskView)
def add_ask(json_data: AskIn) -> Response:
    """Note that a message was drafted or sent; its half-days are held from then on."""
    ask = planning.record_ask(state().store, state().places, state().clock(), **json_data.model_dump())
    return send(ask_view(ask))


@blueprint.patch("/asks/<ask_id>")
@blueprint.input(AskChange)
@blueprint.output(AskView)
def move_ask(ask_id: str, json_data: AskChange) -> Response:
    """Note an answer, a nudge, or take the last step back. A yes with a time becomes a booking of the trip."""
    ask = planning.move_ask(
        state().store, ask_id, json_data.state, state().clock(), start=json_data.start, end=json_data.end
    )
    return send(ask_view(ask))
