"""The people who can be asked: added by hand, completed when they are the same, linked to applications."""

from __future__ import annotations

from typing import Annotated

from apiflask import APIBlueprint
from flask import Response
from pydantic import BaseModel, Field

from server import planning
from server.asking import contacts
from server.asking.model import Language, Recruiter
from server.planning import answers
from server.planning.fields import Key, LongText
from server.planning.shapes import RecruitersOut
from server.state import send, state

blueprint = APIBlueprint("recruiters", __name__, url_prefix="/api", tag="Recruiters")
answers.register(blueprint)

Text = Annotated[str, Field(max_length=200)]
Keys = Annotated[list[Key], Field(max_length=500)]


class RecruiterIn(BaseModel):
    """A person. `whole_employer`: handles every application there that nobody else handles."""

    name: Text = ""
    email: Text = ""
    phone: Text = ""
    employer: Text = ""
    salutation: Annotated[str, Field(max_length=20)] = ""
    role: Text = ""
    application_keys: Keys = Field(default_factory=list)
    whole_employer: bool = False
    language: Language | None = None
    notes: LongText = ""


class RecruiterChange(BaseModel):
    """What to change; what is left out stays."""

    name: Text | None = None
    email: Text | None = None
    phone: Text | None = None
    employer: Text | None = None
    salutation: Annotated[str, Field(max_length=20)] | None = None
    role: Text | None = None
    application_keys: Keys | None = None
    whole_employer: bool | None = None
    language: Language | None = None
    notes: LongText | None = None


class TextIn(BaseModel):
    text: Annotated[str, Field(min_length=1, max_length=contacts.LARGEST)]


class ContactsOut(BaseModel):
    contacts: list[contacts.Contact]


@blueprint.get("/recruiters")
@blueprint.output(RecruitersOut)
def list_recruiters() -> Response:
    """List everybody, by employer and name."""
    people = [Recruiter.model_validate(doc) for doc in state().store.read().all("recruiters").values()]
    people.sort(key=lambda r: (r.employer.casefold(), r.name.casefold(), r.id))
    return send({"recruiters": [person.model_dump(mode="json") for person in people]})


@blueprint.post("/recruiters")
@blueprint.input(RecruiterIn)
@blueprint.output(Recruiter)
def add_recruiter(json_data: RecruiterIn) -> Response:
    """Add a person; one who is known already is completed instead."""
    fields = json_data.model_dump(mode="json", exclude_none=True)
    return send(planning.add_recruiter(state().store, fields).model_dump(mode="json"))


@blueprint.post("/recruiters/read")
@blueprint.input(TextIn)
@blueprint.output(ContactsOut)
def read_contacts(json_data: TextIn) -> Response:
    """Find the people in a pasted signature, a .vcf file or a page's text; nothing is stored."""
    employers = {doc["company"] for doc in state().store.read().all("applications").values()} - {""}
    found = contacts.read(json_data.text, sorted(employers))
    return send({"contacts": [contact.model_dump() for contact in found]})


@blueprint.patch("/recruiters/<recruiter_id>")
@blueprint.input(RecruiterChange)
@blueprint.output(Recruiter)
def edit_recruiter(recruiter_id: str, json_data: RecruiterChange) -> Response:
    """Change a person's record, or the applications they handle."""
    fields = json_data.model_dump(mode="json", exclude_none=True)
    return send(planning.edit_recruiter(state().store, recruiter_id, fields).model_dump(mode="json"))


@blueprint.delete("/recruiters/<recruiter_id>")
@blueprint.output({}, status_code=204)
def remove_recruiter(recruiter_id: str) -> str:
    """Forget a person."""
    planning.remove_recruiter(state().store, recruiter_id)
    return ""
