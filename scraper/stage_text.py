"""Status texts made comparable: one spelling for what portals write in many ways.

The facts behind each step are in the vocabulary that stages.toml was written from: numeric prefixes
("020-Reviewed", PeopleSoft), grade prefixes ("GS12: Referred", USAJOBS), ages ("Applied 2w ago",
"il y a 23 h"), codes instead of words ("OFFRE_PROPOSEE", "HirerShortlist") and labels in front
("Submission Status: Completed").
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 600
"""Characters of a status text that are looked at; portals print sentences, never pages, as a status."""

CLAUSE = "¦"
"""Stands where one statement ends and another begins."""

WHEN = "daystamp"
"""Stands for a date or an age; no word of a text or a pattern may be part of it."""

ASKED = "askedonly"
"""Stands at the end of a statement that was a question."""

_HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")
_QUOTES = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "–": "-", "—": "-", "‑": "-", "−": "-", "_": " "}
)
_LABEL = re.compile(
    r"^(?:(?:your |my )?(?:current |application |submission |candidate |job |hiring |overall |latest )*"
    r"(?:status|state|stage|phase|step)|(?:application|your application)(?=:)"
    r"|estado(?: actual)?(?: (?:de|da) (?:(?:la|su|tu|sua) )?(?:solicitud|candidatura|postulacion|inscricao))?"
    r"|statut(?: actuel)?(?: de (?:la |votre |ma )?candidature)?|etat(?: de (?:la |votre )?candidature)?"
    r"|(?:bewerbungs|bearbeitungs|aktueller )?status(?: (?:ihrer|der|deiner) bewerbung)?"
    r"|situacao(?: (?:da|de) (?:sua )?(?:candidatura|inscricao))?|etapa(?: actual| atual)?|fase(?: actual| atual)?)"
    r"\s*(?::|\bis\b:?|-(?= ))\s*(?=\w)"
)
_MAY_BE_LABEL = re.compile(r"\bis\b|- ").search
_NUMBER = re.compile(r"^(?:\d{1,3}\s*[-.:)]\s*|\d{3}\s+)(?=[a-z])")
_GRADE = re.compile(r"^(?:[a-z]{2}[- ]?)(?:\d{4}[- ])?\d{1,2}\s*:\s*")
_UNIT = (
    r"(?:seconds?|minutes?|mins?|min|hours?|hrs?|h|days?|d|weeks?|wks?|w|months?|mos?|mths?|m|years?|yrs?|y"
    r"|heures?|jours?|j|semaines?|sem|mois|ans?"
    r"|horas?|dias?|semanas?|meses|mes|anos?"
    r"|stunden?|std|tagen?|tage|wochen?|monaten?|jahren?)"
)
_MONTH = (
    r"(?:jan|feb|fev|mar|mrz|apr|avr|abr|may|mai|jun|juin|jul|juil|aug|aou|ago|sep|set|oct|okt|out|nov|dec|dez|dic|ene)"
    r"[a-z]*\.?"
)
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_WHEN = re.compile(
    r"\b(?:(?:about |over |more than )?(?:\d{1,3}|an?|one)\+? ?" + _UNIT + r" ago\b"
    r"|il y a (?:plus d[e'] ?)?\d{1,3} ?" + _UNIT + r"\b|hace (?:mas de )?\d{1,3} ?" + _UNIT + r"\b"
    r"|vor (?:uber )?\d{1,3} ?" + _UNIT + r"\b|ha (?:mais de )?\d{1,3} ?" + _UNIT + r"\b"
    r"|(?:(?:on|since|as of|am|seit|le|depuis le|el|em|desde|from|vom) +)?(?:"
    r"(?:" + _WEEKDAY + r",? +)?\d{4}-\d{1,2}-\d{1,2}(?:t[\d:.+z-]+)?"
    r"|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th|\.|er|º)? +(?:de +)?" + _MONTH + r"(?:,? +(?:de +)?\d{4})?"
    r"|" + _MONTH + r" +\d{1,2}(?:st|nd|rd|th)?(?:,? +\d{4})?)(?![\w-])"
    r"|(?:on|since) +" + _WEEKDAY + r"\b|\bon indeed\b"
    r"|\b(?:yesterday|today|just now|gestern|heute|hier|aujourd'hui|ayer|hoy|ontem|hoje)\b)"
)
_SPLIT = re.compile(
    r"(?<=[a-z)])[.](?=\s|$)|[;!?\n\r|•·]|\b(?:but|however|although|pero|aber|jedoch|mais|mas|porem)\b"
)
_NEGATED_VERB = re.compile(r"\b(is|are|was|were|has|have|had|does|do|did|would|could|should|must|need)n't\b")
_QUOTED_JOB = re.compile(
    r"\b(for|as|as an?|as the|for the|position|role|job|post|of|als|stelle|zur|fur|puesto|vacante|de|para|poste|pour|vaga|cargo)"
    r"""(?: of)?:? (?:"[^"]{3,80}"|“[^”]{3,80}”|„[^“”]{3,80}[“”]|«[^»]{3,80}»|(?<= )'[a-z][^']{2,60} [^']{2,60}'(?!\w))"""
)
_BOTH_GENDERS = re.compile(
    r"(?<=[a-z]{3})(?:\((?:e|es|s|a|as|o|os|in|innen)\)|[/·.:*](?:e|a|o|in|innen)(?:[·.]s)?)(?![\w])"
)
_SPACES = re.compile(r"[ \t\f\v\u00ad\u200b]+")
_EDGES = " \t\n-:.,;!*#>»|/()[]\"'¦…"


def plain(text: str) -> str:
    """Lower case, no accents, straight quotes, single spaces; codes become words. At most `LONGEST` long."""
    return _plain(text[:LONGEST])


@lru_cache(maxsize=8192)
def _plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", text).strip()
    if " " not in text:  # OFFRE_PROPOSEE, HirerShortlist: a code, not a sentence
        text = _HUMPS.sub(" ", text)
    if text.isascii() and text.isprintable():  # most texts; nothing to fold but case
        return _SPACES.sub(" ", text.translate(_QUOTES).lower()).strip()
    folded = unicodedata.normalize("NFKD", text.translate(_QUOTES).casefold())
    kept = "".join(c for c in folded if not unicodedata.combining(c) and (c.isprintable() or c in "\n\r\t"))
    return _SPACES.sub(" ", kept).strip()


def _one_gender(text: str) -> str:
    """ "retenu(e)", "admitido/a", "retenu·e·s" -> "retenu", "admitido": one spelling is enough."""
    return _BOTH_GENDERS.sub("", text)


def without_prefixes(text: str) -> str:
    """A plain text without "Submission Status:", "020-" and "GS12:" in front, in whatever order they come."""
    while ":" in text or text[:1].isdigit() or _MAY_BE_LABEL(text):
        shorter = _GRADE.sub("", _NUMBER.sub("", _LABEL.sub("", text, count=1), count=1), count=1).strip()
        if shorter == text:
            break
        text = shorter
    return text


def normal(text: str) -> str:
    """The form in which two status texts are compared: prefixes, dates, ages and edge marks are gone."""
    bare = _WHEN.sub(" ", _one_gender(without_prefixes(plain(text))))
    bare = re.sub(r"[^\w¦]+", " ", bare.strip(_EDGES))
    return bare.strip(_EDGES)


def statement(text: str) -> str:
    """The form that the patterns read: words, `WHEN` for dates, `CLAUSE` between statements, no "n't".

    A question ends with `ASKED`, and the quoted title of a job is left out.
    """
    bare = _QUOTED_JOB.sub(r"\1 ", _one_gender(without_prefixes(plain(text))))
    bare = _NEGATED_VERB.sub(r"\1 not", bare)
    bare = bare.replace("won't", "will not").replace("can't", "can not").replace("cannot", "can not")
    bare = _WHEN.sub(f" {WHEN} ", bare)
    bare = _SPLIT.sub(f" {CLAUSE} ", bare.replace("?", f" {ASKED} ? ")).replace("'", " ")
    return re.sub(r"\s+", " ", bare).strip(_EDGES)
