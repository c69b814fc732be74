"""One piece of a page's text, and how it looks: like a status, like the name of a job, like a button.

Names of jobs, firms and places often hold a status's words ("Offer Manager", "New York, NY"), so a text
without label or class must read as a status through and through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from bs4 import Tag

from scraper.model import Confidence, Stage
from scraper.reading.generic_topics import EMPLOYMENT
from scraper.reading.generic_values import is_only_date, requisition_in, surely_place
from scraper.reading.generic_words import (
    ACTION,
    JOB_WORD,
    NOT_OWN,
    OWN_LIST,
    OWN_SENTENCE,
    PROSE,
    field_named,
)
from scraper.reading.html import attr
from scraper.reading.kind_words import EMPTY
from scraper.stage_text import plain
from scraper.stages import stage_of, status_stems

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "legend", "caption"})
_STATUS_NAME = re.compile(
    r"(?:^|[-_ ]|(?<=[a-z])(?=[A-Z]))(?:[\w-]*status[\w-]*|[\w-]*stage[\w-]*|badge|pill|chip|state|phase|estado|statut|etat|lozenge|tag)(?:$|[-_ ])",
    re.IGNORECASE,
)
_TITLE_NAME = re.compile(
    r"title|position|job-?name|jobname|role\b|posting|vacancy|puesto|poste|stelle|vaga|headline",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[.!?]$")
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
_LIST_NAME = re.compile(
    r"(?:(?:my|your|all|view|see|submitted|job|past|previous) )*(?:applications?|submissions?) (?:history|status(?:es)?|list|tracker|dashboard|overview|summary|centre|center|home|portal|process|tips|form|materials|questions|faqs?)"
    r"|(?:main|side|user|quick) (?:menu|links|navigation)|(?:my|your) (?:applications?|submissions?|account|profile|jobs)|(?:mis|mes|meine|minhas|tus|vos|ihre|suas) \w+|(?:historial|historique|historico) (?:de|des) \w+|bewerbungs(?:ubersicht|verlauf|historie|portal|status)"
)
# "Updated Nov 12": a day, and not that of applying.
_OTHER_DAY = re.compile(
    r"(?:(?:last|date|status) )*(?:updated?|modified|changed|posted|published|viewed|saved|closes|closing|expires|deadline|actualizad[oa]|modificad[oa]|publicad[oa]|mis(?:e)? a jour|modifiee?|publiee?|derniere (?:modification|mise a jour)|ultima (?:actualizacion|modificacion|atualizacao)|letzte (?:anderung|aktualisierung)|aktualisiert|geandert|veroffentlicht|atualizad[oa])(?: (?:on|at|el|le|am|em|le|in))?[ :]*(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|ene|abr|ago|dic|mai|okt|dez|set|out|fev|avr|today|yesterday|mon|tue|wed|thu|fri|sat|sun|hoy|ayer|hier|gestern|heute|hoje|ontem)"
)
# The name of a part of a card or a page: "History", "Status history", "Documents (2)".
_PART_NAME = re.compile(
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
        "das",
        "com",
        "foi",
        "uma",
    ]
)
RELIED_ON = (Confidence.SURE, Confidence.LIKELY)


@dataclass(eq=False)
class Atom:
    """One piece of text. `place` is its tag's number in the index; `step` = the current step of a stepper."""

    text: str
    tag: Tag
    place: int
    spoken: bool = False
    step: bool = False

    @cached_property
    def hints(self) -> str:
        """Names its maker gave the tag and its parent: classes, ids, data attributes, roles."""
        parent = self.tag.parent
        own = _names(self.tag)
        lone = (
            parent is not None
            and parent.name not in ("body", "[document]")
            and sum(1 for c in parent.children if isinstance(c, Tag)) == 1
        )
        return f"{own} {_names(parent)}" if lone and parent is not None else own

    @cached_property
    def words(self) -> str:
        return plain(self.text)

    @cached_property
    def heading(self) -> bool:
        return up(self.tag, lambda tag: tag.name in HEADINGS or attr(tag, "role") == "heading", 2) is not None

    @cached_property
    def link(self) -> Tag | None:
        return up(self.tag, lambda tag: tag.name == "a" and "href" in tag.attrs, 3)

    @cached_property
    def button(self) -> bool:
        return (
            up(
                self.tag,
                lambda tag: (
                    (tag.name in ("button", "summary") or attr(tag, "role") in ("button", "tab", "menuitem"))
                    and not _unfolds_a_row(tag)
                ),
                3,
            )
            is not None
        )

    @cached_property
    def action(self) -> bool:
        """Something to press rather than to read."""
        if self.button:
            return True
        if len(self.words) >= 60 or not ACTION.match(self.words):
            return False
        return self.link is not None or not reads_as_status(self.text)

    @cached_property
    def named_status(self) -> bool:
        return self.step or (bool(_STATUS_NAME.search(self.hints)) and not _TITLE_NAME.search(self.hints))

    @cached_property
    def named_title(self) -> bool:
        return bool(_TITLE_NAME.search(self.hints)) and not _STATUS_NAME.search(self.hints)

    @cached_property
    def status(self) -> bool:
        """Could a person take it for the status of an application? Labels and titles are not asked here."""
        return _looks_like_status(self)

    @cached_property
    def may_be_title(self) -> bool:
        """Could it be the name of a job? Not a status, a label, a sentence, a date, a number or a button."""
        return _looks_like_title(self)


def _unfolds_a_row(button: Tag) -> bool:
    """Is a button the head of a card that unfolds, with the title and the status in it?"""
    if button.name == "summary":
        return sum(1 for _ in zip(button.stripped_strings, range(2), strict=False)) == 2
    if "aria-expanded" not in button.attrs and "accordion" not in attr(button, "class"):
        return False
    if "aria-haspopup" in button.attrs:
        return False
    return sum(1 for _ in zip(button.stripped_strings, range(2), strict=False)) == 2


_NAMING = frozenset(
    {"class", "id", "data-testid", "data-test", "data-field", "data-automation-id", "itemprop", "headers", "data-qa",
     "data-cy", "data-label", "data-title", "data-ui", "data-role", "data-name", "data-bind", "part", "slot"}
)  # fmt: skip


def _names(tag: Tag | None) -> str:
    return " ".join([attr(tag, name) for name in tag.attrs if name in _NAMING]) if tag is not None else ""


def up(tag: Tag | None, test: Any, levels: int) -> Tag | None:
    while tag is not None and levels >= 0 and tag.name != "[document]":
        if test(tag):
            return tag
        tag, levels = tag.parent, levels - 1
    return None


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
    if EMPLOYMENT.fullmatch(words) or _LIST_NAME.fullmatch(words):
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


def _is_number(text: str) -> bool:
    """A job's number with no more than a word round it: "Req ST7000"."""
    number = requisition_in(text)
    return bool(number) and len(re.findall(r"[^\W\d_]{2,}", text.replace(number, " "))) <= 2


def says_what_became(text: str) -> bool:
    """Is a sentence to the reader a status ("You withdrew")? Explanations and invitations tell no stage for sure."""
    if (
        len(text) > 200
        or text.rstrip().endswith(("?", ":", " to", " for", " at", " by"))
        or _EXPLAINS.search(plain(text))
        or EMPTY.search(plain(text))
        or OWN_SENTENCE.search(plain(text))
    ):
        return False
    return known_status(text)


def names_only(text: str) -> bool:
    """A label and nothing else? "Received" is both the head of a column of dates and a status; "Applied on" is not."""
    field = field_named(text)
    return bool(field) and (field != "applied" or bool(_LEADS_ON.search(plain(text))))


def without_count(text: str) -> str:
    """A heading without the number of things under it: "Interview (2)" -> "Interview"."""
    return _COUNT.sub("", text).strip(" -:·|")


def is_status(atom: Atom) -> bool:
    return atom.status


def _looks_like_status(atom: Atom) -> bool:
    if atom.step:
        return True
    if atom.tag.name in ("dt", "label"):  # what it names stands behind it
        return False
    if atom.action or len(atom.text) > 300 or not re.search(r"[^\W\d_]", atom.text):
        return False
    if _OTHER_DAY.match(atom.words):
        return False
    if atom.named_status:
        return stage_of(atom.text).stage is not Stage.UNKNOWN and not names_only(atom.text)
    if atom.named_title or atom.heading:
        return False
    if PROSE.search(atom.words):
        return says_what_became(atom.text)
    if len(atom.text) > 70:
        return False
    return reads_as_status(atom.text, wholly=atom.link is not None)


def may_be_title(atom: Atom) -> bool:
    return atom.may_be_title


def _looks_like_title(atom: Atom) -> bool:
    text = atom.text
    if atom.step or (atom.action and not atom.heading) or not 3 <= len(text) <= 160 or len(text.split()) > 20:
        return False
    if not re.search(r"[^\W\d_]{2}", text) or (_SENTENCE.search(text) and len(text.split()) > 5):
        return False
    if text.endswith(":") or PROSE.search(atom.words) or _is_number(text) or is_only_date(text):
        return False
    if any(name.fullmatch(atom.words) for name in (EMPLOYMENT, _LIST_NAME, _PART_NAME)):
        return False
    if OWN_LIST.search(atom.words) and not JOB_WORD.search(atom.words):
        return False
    if text.endswith("?") or (
        atom.heading and NOT_OWN.search(atom.words) and not names_work(atom.words)
    ):
        return False
    return not field_named(text) and not (is_status(atom) and not atom.heading)
