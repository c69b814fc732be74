"""Labels and their values: "Status: Received", `<dt>Status</dt><dd>Received</dd>`, a div beside a div."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bs4 import Tag

from scraper.model import Stage
from scraper.reading.generic_atom import Atom, is_status
from scraper.reading.generic_text import known_status, names_only
from scraper.reading.generic_values import is_date
from scraper.reading.generic_words import JOB_STATUS, field_named
from scraper.reading.html import attr
from scraper.stage_text import plain
from scraper.stages import stage_of

_LABEL_TAGS = frozenset({"dt", "th", "label", "strong", "b", "small", "em"})
_LABEL_NAME = re.compile(r"label|caption|\bkey\b|term|heading|field-?name|\bhead\b|\bhdr\b", re.IGNORECASE)
CELL_LABELS = ("data-label", "data-title", "data-th", "data-column", "data-header")
"""Attributes in which tables that turn into cards on a phone keep the head of a cell's column."""
_THE_APPLICATION = re.compile(
    r"(?:(?:your|my|the|this|ihre|deine|meine|votre|ma|tu|su|mi|sua|minha) )?(?:job )?(?:application|candidacy|submission|bewerbung|candidature|solicitud|candidatura|postulacion|inscricao|inscripcion)"
)
_STEP_OF = re.compile(r"\s+\d+ ?(?:/|of|de|sur|von) ?\d+$")
""" "Step 3/4: Trial shift"."""
_COLON = re.compile(r"^(.{2,45}?)\s*[:：]\s+(.+)$|^(.{2,45}?)[:：](\S.*)$")


def pair(atom: Atom) -> tuple[str, str]:
    """("status", "Received") for "Status: Received"; the name alone for a bare label."""
    found = _COLON.match(atom.text)
    if found:
        name = field_named(_STEP_OF.sub("", found[1] or found[3]))
        if (found[1] or found[3])[-1:].isdigit() and name != "status":
            return "", ""  # "10:00 to 11:00, video call"
        value = (found[2] or found[4]).strip()
        if name == "title" and JOB_STATUS.match(plain(value)):
            return "updated", value  # "Job posting: Closed" beside "Your application: In review"
        if not name and len(value) <= 80 and known_status(value) and _may_lead(found[1] or found[3]):
            name = "status"
        return (name, value) if name else ("", "")
    if atom.step:
        return "", ""
    return field_named(atom.text), ""


def _may_lead(label: str) -> bool:
    """May words that nobody knows, or "Your application", stand before a status and name it?"""
    return bool(_THE_APPLICATION.fullmatch(plain(label))) or stage_of(label).stage is Stage.UNKNOWN


def surely_label(atom: Atom) -> bool:
    """A label by its colon or its tag, whatever follows."""
    return bool(field_named(atom.text)) and (
        atom.text.rstrip().endswith((":", "：")) or atom.tag.name in ("dt", "th")
    )


def is_label(atom: Atom, atoms: Sequence[Atom], at: int) -> bool:
    """Is a text that could be a label used as one? By its colon, its tag, its class, its place beside one value."""
    after = atoms[at + 1] if at + 1 < len(atoms) else None
    if after is not None and len(after.words) > len(atom.words) and after.words.startswith(f"{atom.words} "):
        return False  # "Applied", and below it "Applied on 3 May"
    if surely_label(atom) or (after is not None and after.text.startswith((":", "："))):
        return True
    if atom.heading:  # <h2>Application status</h2><p>Under review</p>
        return after is not None and field_named(atom.text) == "status" and is_status(after)
    beside = after is not None and _pair_of_two(atom.tag, after.tag)
    within = after is not None and after.tag.parent is atom.tag  # <p>Sent <time>Feb 11</time></p>
    if (beside or within) and after and field_named(atom.text) == "applied" and is_date(None, after.text):
        return True
    if atom.link is not None or atom.named_status or is_status(atom):
        return False
    if atom.tag.name in _LABEL_TAGS or _LABEL_NAME.search(atom.hints):
        return True
    return beside and names_only(atom.text)


def _pair_of_two(label: Tag, value: Tag) -> bool:
    """<div><div>Location</div><div>Akron</div></div>: two tags of their own, alone in one."""
    outer = label.parent
    if outer is None or outer is not value.parent or label is value:
        return False
    return sum(1 for child in outer.children if isinstance(child, Tag)) == 2


def without_label(text: str) -> str:
    """A status without "Application status:" in front, which some pages only speak."""
    found = _COLON.match(text)
    return (found[2] or found[4]).strip() if found and field_named(found[1] or found[3]) == "status" else text


def explained(atoms: Sequence[Atom]) -> dict[int, str]:
    """What labels tell of atoms, by id: "label" for a label alone, else the field that an atom is the value of."""
    found: dict[int, str] = {}
    for at, atom in enumerate(atoms):
        name, value = pair(atom)
        if not name or id(atom) in found:
            continue
        if value:
            found[id(atom)] = name
        elif is_label(atom, atoms, at):
            found[id(atom)] = "label"
            if at + 1 < len(atoms) and not surely_label(atoms[at + 1]):
                found[id(atoms[at + 1])] = name
    return found


def cell_label(atom: Atom) -> str:
    """The field that the cell round an atom names in an attribute, as tables do that turn into cards on a phone."""
    tag: Tag | None = atom.tag
    for _ in range(3):
        if tag is None:
            break
        for name in CELL_LABELS:
            if name in tag.attrs and (value := attr(tag, name)):
                return field_named(value)
        tag = tag.parent
    return ""
