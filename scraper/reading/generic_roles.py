"""Is something called as people at work are called? A hint for telling titles of jobs from names of sections."""

from __future__ import annotations

import re

from scraper.reading.generic_words import JOB_WORD

_DONE_BY_SOMEBODY = re.compile(
    r"\b(\w{3,}(?:er|or|ist|ian|eur|euse|ador|adora|ante))(?: \W*(?:\d+|[ivx]+)?)?$"
)
"""Who does something stands last in English: "course leader", "news presenter 2"."""

_NOBODY = re.compile(
    r"(?:career|center|order|number|letter|newsletter|folder|filter|reminder|offer|other|user|computer|paper|cover|tracker|finder|builder|viewer|provider|browser|counter|server|header|footer|over|under|after|never|transfer|register|error|color|calendar|monitor|banner|poster|voucher|printer|scanner|adapter|router|chapter|semester|quarter|master|helper|summer|winter|water|answer|power|layer|container|player)$"
)
"""Words with such an end that are no people."""

_ANY_GENDER = re.compile(
    r"/(?:in|a|e|frau|r)\b|\((?:m|w|f|h|d|x)[/|*]|\b[mwhfd]/[mwhfd]\b|\b(?:praktikum|trainee|apprentice|ausbildung|werkstudent\w*|stage|alternance)\b"
)
""" "Erzieher/in", "Controller (m/w/d)", "Vendeur H/F"."""


def names_work(words: str) -> bool:
    """`words` as `stage_text.plain` gives them. Wrong for some: it is to be weighed, never to decide alone."""
    if JOB_WORD.search(words) or _ANY_GENDER.search(words):
        return True
    last = _DONE_BY_SOMEBODY.search(words)
    return last is not None and not _NOBODY.match(last[1])


def surely_names_work(words: str) -> bool:
    """Without the guess by the end of the last word: "tout accepter" is no trade."""
    return JOB_WORD.search(words) is not None or _ANY_GENDER.search(words) is not None


def ends_in_work(words: str) -> bool:
    """Whether who does something stands last, as in "loan processor": the loan is not what is applied for."""
    last = _DONE_BY_SOMEBODY.search(words)
    if last is not None and not _NOBODY.match(last[1]):
        return True
    tail = " ".join(words.split()[-2:])
    return JOB_WORD.search(tail) is not None
