"""What the user decided: settings, own templates, corrected places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from scraper.model import Confidence
from scraper.store import Store
from server.asking.model import (
    Language,
    Me,
    Place,
    PlaceKind,
    Rules,
)
from server.asking.names import Employers
from server.asking.places import Places
from server.asking.world import fix_key
from server.planning.base import PlanError
from server.said import Said


def save_settings(store: Store, which: str, fields: Mapping[str, Any]) -> dict[str, Any]:
    """Change "me" or "rules"; a field set to None goes back to its default. Raises PlanError when not valid."""
    shape: type[BaseModel] = Me if which == "me" else Rules
    with store.transaction() as tx:
        merged = {**(tx.get("settings", which) or {}), **fields}
        kept = {name: value for name, value in merged.items() if value is not None}
        try:
            checked = shape.model_validate(kept).model_dump(mode="json", include=set(kept))
        except ValidationError as error:
            names = ", ".join(str(e["loc"][0]) for e in error.errors() if e["loc"])
            raise PlanError("not_valid", Said("error.setting", names=names)) from error
        tx.put("settings", which, checked)
        return checked


TEMPLATE_KINDS = ("ask", "pass_on", "find_out", "follow_up", "thank_you", "was_in_town")


def save_template(store: Store, name: str, subject: str, body: str) -> None:
    """Keep the user's own template under "kind.language"; with both texts empty, forget it.

    Raises PlanError for an unknown name, or when a text names an employer: a template goes to all of them.
    """
    kind, _, language = name.partition(".")
    if kind not in TEMPLATE_KINDS or language not in {known.value for known in Language}:
        raise PlanError("unknown_template", missing=True)
    with store.transaction() as tx:
        employers = Employers.of(doc["company"] for doc in tx.all("applications").values())
        if named := employers.mentioned(f"{subject} {body}", ""):
            raise PlanError(
                "names_employer",
                Said("error.names_employer", employer=named),
                fix=Said("fix.write_employer"),
            )
        kept = dict(tx.get("settings", "templates") or {})
        kept.pop(name, None)
        if subject.strip() or body.strip():
            kept[name] = {"subject": subject, "body": body}
        tx.put("settings", "templates", kept)


def correct_place(store: Store, places: Places, employer: str, text: str, right: str) -> Place:
    """Remember what a location text means at an employer; an empty `right` takes the correction back."""
    key = fix_key(employer, text)
    with store.transaction() as tx:
        if not right.strip():
            tx.remove("places", key)
            return places.resolve(text)
        meant = places.resolve(right)
        if meant.kind is PlaceKind.UNKNOWN:
            raise PlanError("unknown_place", fix=Said("fix.write_place"))
        fixed = meant.model_copy(update={"text": text, "candidates": (), "confidence": Confidence.SURE})
        tx.put("places", key, fixed.model_dump(mode="json"))
        return fixed
