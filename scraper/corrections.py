"""What the user put right: a stage or an employer's name, for one application or for a whole employer.

Both readers (the sync and the click) use it the same way: `parse_page(…, corrections=stage_rules(view))`, then
`apply(view, page)` before the page is recorded. Each correction is one row of the table "corrections" that
remembers what stood there before, so it can be taken back.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from scraper.model import Application, Confidence, ParsedPage, Stage
from scraper.stage_text import normal
from scraper.stages import Correction, Corrections
from scraper.store import Transaction, View, correct

TABLE = "corrections"
Document = dict[str, Any]


def stage_rules(view: View) -> Corrections:
    """The corrections of stages that hold for a whole employer, as `parse_page` takes them."""
    return Corrections.of(
        Correction(row["portal"], row["employer"], row["text"], Stage(row["stage"]))
        for row in view.all(TABLE).values()
        if row["what"] == "stage" and row["scope"] == "employer"
    )


def apply(view: View, page: ParsedPage) -> ParsedPage:
    """`page` with the user's names of employers, and the stages that were corrected under those names."""
    names = {
        (row["portal"], row["host"], row["was"]): row["employer"]
        for row in view.all(TABLE).values()
        if row["what"] == "employer" and row["scope"] == "employer"
    }
    rules = stage_rules(view)
    if not names and not rules.entries:
        return page
    return replace(page, applications=tuple(_applied(row, names, rules) for row in page.applications))


def _applied(row: Application, names: dict[tuple[str, str, str], str], rules: Corrections) -> Application:
    company = names.get((row.portal, row.host, row.company), row.company)
    stage = rules.stage(row.portal, company, row.status_raw)
    if stage is None:
        return replace(row, company=company)
    return replace(row, company=company, stage=stage, confidence=Confidence.SURE)


def correct_stage(tx: Transaction, key: str, stage: Stage, *, everywhere: bool, at: datetime) -> list[str]:
    """Set the stage of an application, or of all with the same status text at its employer; gives their keys.

    Raises KeyError for an unknown application. It holds until the portal shows another text.
    """
    document = _application(tx, key)
    keys = _alike(tx, document) if everywhere else [key]
    row_id = _stage_row(document, everywhere)
    earlier = (tx.get(TABLE, row_id) or {}).get("was", {})
    was = {}
    for each in keys:
        before = _application(tx, each)
        was[each] = earlier.get(each) or {
            name: before[name] for name in ("stage", "confidence", "status_raw")
        }
        correct(tx, each, stage=stage)
    tx.put(
        TABLE,
        row_id,
        {
            "what": "stage",
            "scope": "employer" if everywhere else "one",
            "key": key,
            "portal": document["portal"],
            "employer": document["company"],
            "text": document["status_raw"],
            "stage": stage.value,
            "was": was,
            "at": at.isoformat(),
        },
    )
    return keys


def undo_stage(tx: Transaction, key: str, *, everywhere: bool) -> list[str]:
    """Take the correction back; gives the keys that changed, none if there was no correction.

    Raises KeyError for an unknown application.
    """
    row_id = _stage_row(_application(tx, key), everywhere)
    row = tx.get(TABLE, row_id)
    if row is None:
        return []
    tx.remove(TABLE, row_id)
    changed = []
    for each, before in row["was"].items():
        document = tx.get("applications", each)
        if document and document["status_raw"] == before["status_raw"]:  # a newer text was read afresh
            document.update(before, stage_corrected=None)
            tx.put("applications", each, document)
            changed.append(each)
    return changed


def correct_employer(tx: Transaction, key: str, name: str, *, everywhere: bool, at: datetime) -> list[str]:
    """Name the employer of an application, or of all that show the same name on its host; gives their keys.

    Raises KeyError for an unknown application.
    """
    document = _application(tx, key)
    found = _employer_rule(tx, document) if everywhere else None
    was = found[1]["was"] if found else _read_company(document)
    keys = _same_employer(tx, document, was, found) if everywhere else [key]
    for each in keys:
        correct(tx, each, company=name)
    row_id = (
        f"employer|{document['portal']}|{document['host']}|{was}" if everywhere else f"employer-one|{key}"
    )
    tx.put(
        TABLE,
        row_id,
        {
            "what": "employer",
            "scope": "employer" if everywhere else "one",
            "key": key,
            "portal": document["portal"],
            "host": document["host"],
            "was": was,
            "employer": name,
            "at": at.isoformat(),
        },
    )
    return keys


def undo_employer(tx: Transaction, key: str, *, everywhere: bool) -> list[str]:
    """Give the employer back the name that the portal shows; gives the keys that changed.

    Raises KeyError for an unknown application.
    """
    document = _application(tx, key)
    one = tx.get(TABLE, f"employer-one|{key}")
    found = _employer_rule(tx, document) if everywhere else (f"employer-one|{key}", one) if one else None
    if found is None:
        return []
    row_id, row = found
    tx.remove(TABLE, row_id)
    keys = _same_employer(tx, document, row["was"], found) if everywhere else [key]
    for each in keys:
        restored = _application(tx, each)
        restored.update(company=row["was"], company_corrected=None)
        tx.put("applications", each, restored)
    return keys


def _application(tx: Transaction, key: str) -> Document:
    document = tx.get("applications", key)
    if document is None:
        raise KeyError(key)
    return document


def _read_company(document: Document) -> str:
    """The employer as the portal itself names it."""
    return str(document.get("company_read", document["company"]))


def _stage_row(document: Document, everywhere: bool) -> str:
    if not everywhere:
        return f"stage-one|{document['key']}"
    return "stage|" + "|".join(
        Correction(document["portal"], document["company"], document["status_raw"], Stage.UNKNOWN).key
    )


def _employer_rule(tx: Transaction, document: Document) -> tuple[str, Document] | None:
    """The correction that named this application's employer, or would name it, for the whole host."""
    for row_id, row in tx.all(TABLE).items():
        if row["what"] != "employer" or row["scope"] != "employer":
            continue
        here = (row["portal"], row["host"]) == (document["portal"], document["host"])
        if here and (row["was"] == _read_company(document) or row["employer"] == document["company"]):
            return row_id, row
    return None


def _alike(tx: Transaction, document: Document) -> list[str]:
    """The applications at the same employer of the same portal that show the same status text."""
    text = normal(document["status_raw"])
    return _keys(
        tx,
        lambda other: (
            other["portal"] == document["portal"]
            and other["company"].casefold() == document["company"].casefold()
            and normal(other["status_raw"]) == text
        ),
    )


def _same_employer(
    tx: Transaction, document: Document, was: str, found: tuple[str, Document] | None
) -> list[str]:
    """The applications on the same host whose employer the portal calls `was`; one that was first seen after the
    correction has only the corrected name."""
    names = {was, found[1]["employer"]} if found else {was}
    return _keys(
        tx,
        lambda other: (
            (other["portal"], other["host"]) == (document["portal"], document["host"])
            and _read_company(other) in names
        ),
    )


def _keys(tx: Transaction, fits: Callable[[Document], bool]) -> list[str]:
    return [key for key, other in tx.all("applications").items() if fits(other)]
