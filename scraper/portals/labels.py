"""The words before a value in a row ("Status:", "Req ID"), and those on its buttons, in the languages of the portals."""

from __future__ import annotations

import re

STATUS_LABELS = (
    r"(?:my |current )?(?:application|submission|candidate|candidacy)?\s*(?:/\s*job\s+)?status(?: of (?:the|your) application)?",
    r"ansøgningsstatus",
    r"statut(?: de (?:la|votre) candidature)?",
    r"bewerbungsstatus",
    r"estado(?: de (?:la|su) (?:solicitud|candidatura))?",
)


ID_LABELS = (
    r"(?:auto )?req(?:uisition)?\.?(?:\s*(?:id|number|no\.?|#))?",
    r"job(?: posting| opening)?\s*(?:id|number|no\.?|#)",
    r"(?:posting|position|opening|announcement|control|vacancy|exam(?:ination)?)\s*(?:id|number|no\.?|#)",
    r"stillings-id",
    r"jobnr\.?",
    r"n[°º]\s*(?:de )?(?:poste|offre)",
    r"id",
)


DATE_LABELS = (
    r"(?:date\s+)?(?:applied|submitted)(?:\s+(?:on|date))?",
    r"(?:application|submission|applied|submitted)\s+date",
    r"completed on",
    r"date of application",
    r"date de candidature",
    r"fecha de solicitud",
    r"beworben am",
)


PLACE_LABELS = (r"(?:primary |job |work )?locations?", r"lieu", r"ubicación", r"standort")
ACTION = re.compile(
    r"^(?:withdraw|view|edit|continue|finish|complete (?:my )?application|track|print|delete|remove|apply|show|more|save|"
    r"share|manage|update|open|actions?|details?|schedule|upload|download|reactivate|retirer|ver|editar|bearbeiten)\b",
    re.IGNORECASE,
)
"""What buttons and links of a row say that are no part of what it is about."""


_BARE_LABEL = re.compile(
    rf"(?:{'|'.join((*STATUS_LABELS, *ID_LABELS, *DATE_LABELS, *PLACE_LABELS))})", re.IGNORECASE
)


_LABELLED = re.compile(r"[^\d:：]{2,40}[:：]\s*\S")


def is_label(line: str) -> bool:
    """Does this line name a field instead of holding a value? ("Date applied", "Updated: Nov 7")"""
    return bool(_BARE_LABEL.fullmatch(line) or _LABELLED.match(line))
