"""What a text by itself could be: a status, a label and nothing else, the name of a list or of a part of a page."""

from __future__ import annotations

import re

from scraper.model import Confidence, Stage
from scraper.reading.generic_topics import EMPLOYMENT
from scraper.reading.generic_values import requisition_in, surely_place
from scraper.reading.generic_words import (
    JOB_WORD,
    OWN_SENTENCE,
    field_named,
)
from scraper.reading.kind_words import EMPTY
from scraper.stage_text import plain
from scraper.stages import stage_of, status_stems

_EXPLAINS = re.compile(
    r"\b(?:if|when|once|means|how|whether|can|could|may|might|would|should|must|need to|click|below|wenn|falls|sobald|si|cuando|quand|lorsque|se|quando|caso)\b|\bwill (?:be|show|appear|let|contact|notify)\b"
)


_MEASURED = re.compile(r"\d\s*%")
_LEADS_ON = re.compile(
    r"\b(?:on|el|le|am|em|at|by|vom|du|date|datum|data|fecha|when)\b(?! \w+ed\b)[ :]*$|^(?:date|fecha|data|datum)\b"
)


# "to the hiring manager" says where an application went; it is no name of a job.
_RECEIVER = re.compile(
    r"\b(?:to|with|by|au|aux|ao|an|al|por|pelo|par|del|com|con|beim|bei|de)\b(?: (?:the|our|le|la|el|o|a|den|die|das|dem))?(?: (?:hiring|nurse|line|selecting|department|your))? (?:manager|managers|gestor|gestora|supervisor|director|team|department|responsable|recruiter|gerente|jefe|leader|lead|official|officer)\b"
)


# "Recruiter review", "Under manager review": whoever does it is no name of a job.
_DOES = r"(?:review|reviewing|screen|screening|interview|evaluation|assessment|decision|approval|consideration|vetting|revision|evaluacion|entrevista|pruefung|prufung|entretien|analise)"
_BY_WHOM = re.compile(
    rf"\b(?:(?:hiring|line|nurse|department(?:al)?|hr|senior|panel|program) )?(?:recruiter|recruiting|manager|managers?|supervisor|director|team|leader|employer|agency|client|committee|specialist|hr|human resources|staff|faculty|coordinator)s?'?s? (?P<does>{_DOES})\b"
)


# The name of a page in a menu, not the state of an application.
LIST_NAME = re.compile(
    r"(?:(?:my|your|all|view|see|submitted|job|past|previous) )*(?:applications?|submissions?) (?:history|status(?:es)?|list|tracker|dashboard|overview|summary|centre|center|home|portal|process|tips|form|materials|questions|faqs?)"
    r"|(?:main|side|user|quick) (?:menu|links|navigation)|(?:my|your) (?:applications?|submissions?|account|profile|jobs)|(?:mis|mes|meine|minhas|tus|vos|ihre|suas) \w+|(?:historial|historique|historico) (?:de|des) \w+|bewerbungs(?:ubersicht|verlauf|historie|portal|status)"
)


# "Updated Nov 12": a day, and not that of applying.
OTHER_DAY = re.compile(
    r"(?:(?:last|date|status) )*(?:updated?|modified|changed|posted|published|viewed|saved|closes|closing|expires|deadline|actualizad[oa]|modificad[oa]|publicad[oa]|mis(?:e)? a jour|modifiee?|publiee?|derniere (?:modification|mise a jour)|ultima (?:actualizacion|modificacion|atualizacao)|letzte (?:anderung|aktualisierung)|aktualisiert|geandert|veroffentlicht|atualizad[oa])(?: (?:on|at|el|le|am|em|le|in))?[ :]*(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mai|okt|dez|set|out|fev|avr|today|yesterday|mon|tue|wed|thu|fri|sat|sun|hoy|ayer|hier|gestern|heute|hoje|ontem)"
)


# The name of a part of a card or a page: "History", "Status history", "Documents (2)".
PART_NAME = re.compile(
    r"(?:(?:your|my|the|application|candidate|status|job|key|additional|supporting|required|contact|personal|recent|full) )*(?:history|timeline|activity|activities|details|documents|attachments|notes|messages|next steps?|progress|updates?|overview|summary|information|contacts?|questions|answers|requirements|description|benefits|legend|key|definitions?|explanations?|changes|log|events|menu|navigation|actions|options|links|tools)(?: \(?\d+\)?)?"
    r"|(?:el |la |su |tu )?(?:historial|historico|cronologia|detalles?|documentos|documentacion|notas|mensajes|proximos pasos|resumen|leyenda|informacion|actividad|seguimiento)(?: .{0,30})?|(?:l')?(?:historique|chronologie|details?|documents|pieces jointes|notes|messages|prochaines etapes|resume|legende|informations?|suivi|activite)(?: .{0,30})?"
    r"|(?:verlauf|historie|chronik|details|dokumente|unterlagen|anlagen|notizen|nachrichten|nachste schritte|zusammenfassung|legende|informationen|statusverlauf|ubersicht)|(?:detalhes|anexos|mensagens|proximos passos|resumo|legenda|informacoes|linha do tempo|andamento)(?: .{0,30})?"
)


_COUNT = re.compile(r"\(\s*\d+\s*\)|^\d+\s+|\b\d+$|:\s*\d+$")
_SMALL_WORDS = frozenset(
    [
        "the",
        "and",
        "for",
        "with",
        "your",
        "our",
        "has",
        "been",
        "was",
        "were",
        "are",
        "not",
        "del",
        "los",
        "las",
        "por",
        "para",
        "con",
        "una",
        "des",
        "les",
        "une",
        "est",
        "par",
        "sur",
        "der",
        "die",
        "das",
        "und",
        "den",
        "dem",
        "von",
        "zum",
        "zur",
        "wurde",
        "ist",
        "dos",
        "com",
        "foi",
        "uma",
    ]
)


_NUMBER = re.compile(
    r"\b(?:nr|no|n|num(?:ber|mer|ero)?|id|ref\w*|code|codigo|kennziffer|\w+(?:nummer|number))\b[ .:#°ºª]*[\w/-]*\d[\w/.-]*$|[#°º] ?[\w/-]*\d[\w/.-]*$"
)
"""A number with its name: "Bewerbung Nr. 20418" and "Referenznummer 10000-S" tell no stage."""


_PROFILE = re.compile(r"\b(?:profile?|perfil)\b.*\d ?%")
""" "Your profile is 80 % complete": nothing of an application."""
_COUNTED = re.compile(r"^[^\d:]{3,40}: ?\d+$")


RELIED_ON = (Confidence.SURE, Confidence.LIKELY)


_NUMBER_NAME = re.compile(
    r"\b(?:id|ids|no|nr|number|numero|nummer|ref|reference|code|date|datum|fecha|data)[.:#]?$"
)
"""What a label ends with that stands before a number or a day: "Submission ID" says nothing of a submission."""


def known_status(text: str) -> bool:
    """Does the text, as it stands, mean a stage that can be relied on?"""
    reading = stage_of(text)
    return reading.stage is not Stage.UNKNOWN and reading.confidence in RELIED_ON


def reads_as_status(text: str, *, wholly: bool = False) -> bool:
    """Is a text without label or looks a status and nothing else? Names of jobs and firms often hold one's words.

    `wholly`: every word must be one of a status; for texts that stand where a title would.
    """
    if names_only(text) or surely_place(text) or _MEASURED.search(text):
        return False
    if requisition_in(text) and not re.search(r"[^\W\d_]{3,}.*[^\W\d_]{3,}", text):
        return False  # "Reference #18": a number, not a check of references
    words = plain(text)
    if tells_number(words):
        return False
    if EMPLOYMENT.fullmatch(words) or LIST_NAME.fullmatch(words):
        return False
    reading = stage_of(text)
    if reading.stage is Stage.UNKNOWN or reading.confidence is Confidence.GUESS:
        return False
    if reading.confidence is Confidence.SURE:
        return True
    words = _BY_WHOM.sub(r"\g<does>", _RECEIVER.sub(" ", words))
    if JOB_WORD.search(words) or len(words.split()) > 9:
        return False
    told = [word for word in re.findall(r"[^\W\d_]{3,}", words) if word not in _SMALL_WORDS]
    known = sum(word[:5] in status_stems() for word in told)
    # "New Haven", "Offer Falls": one word of a status before a name.
    wholly = wholly or (len(told) == 2 and text.istitle() and told[0] == "new")
    return known == len(told) if wholly else known * 2 >= len(told)


def tells_number(words: str) -> bool:
    """Is it the name of a number, alone or with the number: "Bewerbung Nr. 20418", "Applicants: 142"?"""
    if len(words) > 200:
        return False  # no name is so long, and nobody shall make the search take its time
    return any(name.search(words) for name in (_NUMBER_NAME, _NUMBER, _COUNTED))


def says_what_became(text: str) -> bool:
    """Is a sentence to the reader a status ("You withdrew")? Explanations and invitations tell no stage for sure."""
    if len(text) > 200 or text.rstrip().endswith(("?", ":", " to", " for", " at", " by")):
        return False
    words = plain(text)
    if any(tells_nothing.search(words) for tells_nothing in (_EXPLAINS, EMPTY, OWN_SENTENCE, _PROFILE)):
        return False
    return not LIST_NAME.fullmatch(words) and not tells_number(words) and known_status(text)


def names_only(text: str) -> bool:
    """A label and nothing else? "Received" is both the head of a column of dates and a status; "Applied on" is not."""
    field = field_named(text)
    return bool(field) and (field != "applied" or bool(_LEADS_ON.search(plain(text))))


def without_count(text: str) -> str:
    """A heading without the number of things under it: "Interview (2)" -> "Interview"."""
    return _COUNT.sub("", text).strip(" -:·|")
