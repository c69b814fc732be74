"""The user's settings: who they are in drafts, the rules of asking, their own templates."""

from __future__ import annotations

from typing import Annotated, Any

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from scraper.store import View
from server import planning
from server.asking.model import Me, Rules
from server.planning import answers
from server.planning.fields import LongText, Text
from server.state import send, state

blueprint = APIBlueprint("settings", __name__, url_prefix="/api", tag="Settings")
answers.register(blueprint)


class Template(BaseModel):
    """The user's own message of one kind in one language; an empty text leaves InTown's own.

    Placeholders: {greeting} {city} {stay} {employer} {positions} {passed} {offers} {minutes} {me} {phone}
    {signature}; anything else in braces stays as it is.
    """

    subject: Text = ""
    body: LongText = ""


class SettingsOut(BaseModel):
    """The settings as they are in force, defaults included."""

    me: Me
    rules: Rules
    templates: dict[str, Template]


class MeIn(BaseModel):
    name: Text | None = None
    phone: Text | None = None
    email: Text | None = None


class SettingsIn(BaseModel):
    """What to change. A rule set to null goes back to its default."""

    me: MeIn | None = None
    rules: Annotated[dict[str, Any], Field(max_length=40)] | None = None


def _shown(view: View) -> dict[str, Any]:
    me, rules = (view.get("settings", name) or {} for name in ("me", "rules"))
    return {
        "me": Me.model_validate(me).model_dump(mode="json"),
        "rules": Rules.model_validate(rules).model_dump(mode="json"),
        "templates": view.get("settings", "templates") or {},
    }


@blueprint.get("/settings")
@blueprint.output(SettingsOut)
def show_settings() -> Response:
    """Everything that can be set, as it is now."""
    return send(_shown(state().store.read()))


@blueprint.patch("/settings")
@blueprint.input(SettingsIn)
@blueprint.output(SettingsOut)
def change_settings(json_data: SettingsIn) -> Response:
    """Change who you are, or the rules."""
    if json_data.me is not None:
        planning.save_settings(state().store, "me", json_data.me.model_dump(exclude_unset=True))
    if json_data.rules is not None:
        planning.save_settings(state().store, "rules", json_data.rules)
    return send(_shown(state().store.read()))


@blueprint.patch("/settings/templates/<name>")
@blueprint.input(Template)
@blueprint.output(SettingsOut)
def save_template(name: str, json_data: Template) -> Response:
    """Keep an own template; `name` is kind.language, as in "ask.en". Both texts empty: back to InTown's."""
    planning.save_template(state().store, name, json_data.subject, json_data.body)
    return send(_shown(state().store.read()))
