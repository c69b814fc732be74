"""Places: suggestions while typing, what a location text means, and putting one right."""

from __future__ import annotations

from typing import Annotated

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from server import planning
from server.planning import answers
from server.planning.shapes import PlacesOut, PlaceView
from server.planning.views import place_view
from server.state import send, state

blueprint = APIBlueprint("places", __name__, url_prefix="/api", tag="Places")
answers.register(blueprint)


class PlacesQuery(BaseModel):
    q: Annotated[str, Field(max_length=200)] = ""


class PlaceFix(BaseModel):
    """`right` is what `text` means at `employer`, in words ("Cleveland, OH"); "" takes a correction back."""

    employer: Annotated[str, Field(max_length=200)]
    text: Annotated[str, Field(max_length=400)]
    right: Annotated[str, Field(max_length=200)]


@blueprint.get("/places")
@blueprint.input(PlacesQuery, location="query")
@blueprint.output(PlacesOut)
def find_places(query_data: PlacesQuery) -> Response:
    """Cities for a text that is being typed, best first, eight at most."""
    typed = query_data.q.strip()
    found = state().places.suggest(typed) if typed else ()
    return send({"places": [place_view(place) for place in found]})


@blueprint.patch("/places")
@blueprint.input(PlaceFix)
@blueprint.output(PlaceView)
def correct_place(json_data: PlaceFix) -> Response:
    """Say what a location text means; it is remembered for that employer."""
    fix = json_data
    return send(
        place_view(planning.correct_place(state().store, state().places, fix.employer, fix.text, fix.right))
    )
