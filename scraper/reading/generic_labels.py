"""Labels and their values: "Status: Received", `<dt>Status</dt><dd>Received</dd>`, a div beside a div."""

from __future__ import annotations

import re
from collections.abc import Sequence

from scraper.reading.generic_atom import Atom, is_status
from scraper.reading.generic_words import field_named

_LABEL_TAGS = frozenset({"dt", "th", "label", "strong", "b", "small"})
_LABEL_NAME = re.compile(r"label|caption|\bkey\b|term|heading|field-?name|\bhead\b|\bhdr\b", re.IGNORECASE)
_COLON = re.compile(r"^(.{2,45}?)\s*[:：]\s+(.+)$|^(.{2,45}?)[:：](\S.*)$")


def pair(atom: Atom) -> tuple[str, str]:
    """("status", "Received") for "Status: Received"; the name alone for a bare label."""
    found = _COLON.match(atom.text)
    if found:
        name = field_named(found[1] or found[3])
        if name:
            return name, (found[2] or found[4]).strip()
        return "", ""
    if atom.step:
        return "", ""
    return field_named(atom.text), ""


def surely_label(atom: Atom) -> bool:
    """A label by its colon or its tag, whatever follows."""
    return bool(field_named(atom.text)) and (
        atom.text.rstrip().endswith((":", "：")) or atom.tag.name in ("dt", "th")
    )


def is_label(atom: Atom, atoms: Sequence[Atom], at: int) -> bool:
    """Is a text that could be a label used as one? By its colon, its tag, its class or the next text's colon."""
    if surely_label(atom) or (at + 1 < len(atoms) and atoms[at + 1].text.startswith((":", "："))):
        return True
    if atom.link is not None or atom.heading or atom.named_status or is_status(atom):
        return False
    return atom.tag.name in _LABEL_TAGS or bool(_LABEL_NAME.search(atom.hints))
