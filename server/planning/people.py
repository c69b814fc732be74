"""Recruiters in the store: completed when they are the same, each application with one of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from scraper.store import Store, Transaction, View
from server.asking.folding import fold
from server.asking.model import (
    Recruiter,
)
from server.asking.names import employer_key
from server.planning.base import PlanError, new_id, stated
from server.said import Said


def recruiter_of(view: View, recruiter_id: str) -> Recruiter:
    doc = view.get("recruiters", recruiter_id)
    if doc is None:
        raise PlanError("unknown_recruiter", missing=True)
    return Recruiter.model_validate(doc)


def _same(a: Recruiter, b: Recruiter) -> bool:
    """Whether two records are one person: the same e-mail, or the same name at the same employer."""
    if a.email and b.email:
        return a.email.casefold() == b.email.casefold()
    return (
        bool(fold(a.name))
        and fold(a.name) == fold(b.name)
        and employer_key(a.employer) == employer_key(b.employer)
    )


def _merged(old: Recruiter, new: Recruiter) -> Recruiter:
    """One record of two: what is known already stays unless the new one says something else."""
    filled = {name: value for name, value in new.model_dump().items() if value not in ("", (), [], False)}
    keys = tuple(dict.fromkeys((*old.application_keys, *new.application_keys)))
    return old.model_copy(update={**filled, "id": old.id, "application_keys": keys})


def add_recruiter(store: Store, fields: Mapping[str, Any]) -> Recruiter:
    """Add a person, or complete the record of the same person. Application keys move to this recruiter."""
    with store.transaction() as tx:
        known = [Recruiter.model_validate(doc) for doc in tx.all("recruiters").values()]
        made = Recruiter(**{**stated(fields), "id": new_id(str(fields["name"]), tx.all("recruiters"))})
        if not made.name.strip() and not made.email.strip():
            raise PlanError("no_name")
        twin = next((r for r in known if _same(r, made)), None)
        return _put_recruiter(tx, _merged(twin, made) if twin else made)


def _put_recruiter(tx: Transaction, recruiter: Recruiter) -> Recruiter:
    """Store a recruiter; an application belongs to one person only."""
    for key, doc in list(tx.all("recruiters").items()):
        if key != recruiter.id and set(doc["application_keys"]) & set(recruiter.application_keys):
            kept = [k for k in doc["application_keys"] if k not in recruiter.application_keys]
            tx.put("recruiters", key, {**doc, "application_keys": kept})
    tx.put("recruiters", recruiter.id, recruiter.model_dump(mode="json"))
    return recruiter


def edit_recruiter(store: Store, recruiter_id: str, fields: Mapping[str, Any]) -> Recruiter:
    """Change a recruiter's fields."""
    with store.transaction() as tx:
        recruiter = recruiter_of(tx, recruiter_id)
        return _put_recruiter(
            tx, Recruiter.model_validate(recruiter.model_dump() | dict(fields) | {"id": recruiter_id})
        )


def link(store: Store, recruiter_id: str, applications: Iterable[str]) -> Recruiter:
    """Let a recruiter handle more applications, named by key or by requisition number."""
    with store.transaction() as tx:
        recruiter = recruiter_of(tx, recruiter_id)
        docs = tx.all("applications")
        keys = list(recruiter.application_keys)
        for wanted in applications:
            found = [wanted] if wanted in docs else [k for k, d in docs.items() if d["requisition"] == wanted]
            if len(found) != 1:
                what = "several_applications_known" if found else "no_application_known"
                raise PlanError(
                    "unknown_application", Said(f"error.{what}", wanted=wanted), fix=Said("fix.use_key")
                )
            keys += found
        return _put_recruiter(
            tx, recruiter.model_copy(update={"application_keys": tuple(dict.fromkeys(keys))})
        )


def remove_recruiter(store: Store, recruiter_id: str) -> None:
    with store.transaction() as tx:
        recruiter_of(tx, recruiter_id)
        tx.remove("recruiters", recruiter_id)
