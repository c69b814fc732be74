"""Finished messages: 60 to 120 words, subject of 36 to 50 characters, nothing that is not in the data.

The sentences are data (`words/draft_LANGUAGE.toml`). A body is put together from those whose conditions
hold; while it is too short, optional sentences join; while it is too long, titles are shortened, fewer
half-days named and optional sentences left out. The same facts always give the same words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import product

from server.asking import links
from server.asking.cards import Draft
from server.asking.draft_facts import (
    Facts,
    flags_of,
    greeting_of,
    harmless,
    signature_of,
    values_of,
)
from server.asking.draft_words import Sentence, fill, sentences_for, texts
from server.asking.model import Language, Tone

LEAST, MOST = 60, 120
"""Words of a body: at least 60 between greeting and signature, at most 120 with both."""

SUBJECT = (36, 50)

HALF_A_MINUTE = 75
"""Words spoken in thirty seconds, slowly enough to be written down."""


def _compose(sentences: list[Sentence], values: Mapping[str, str], taken: set[int]) -> str:
    paragraphs: dict[str, list[str]] = {}
    for index, sentence in enumerate(sentences):
        if index in taken:
            paragraphs.setdefault(sentence.paragraph, []).append(fill(sentence.text, values))
    return "\n\n".join(" ".join(lines) for lines in paragraphs.values())


_ROOMY = ((7, 3), (6, 3), (6, 2), (5, 2), (4, 2))
_TIGHT = ((4, 1), (3, 1), (2, 1))
"""Most words of a title, and most half-days named; one half-day alone only where nothing else can go."""

_WAYS = (*product((False, True), _ROOMY), *product((False, True), _TIGHT))
"""Whether sentences may be left out, and the size, from the fullest text to the shortest."""


def _body(facts: Facts, language: Language, tone: Tone) -> tuple[str, str, dict[str, str]]:
    """The text within its limits, how it ends, and the values used.

    What is too long gets shorter titles first, then fewer sentences, then one half-day only, then the brief tone;
    the closing words go last, where names alone fill the page.
    """
    phrases = texts(language)["phrases"]
    endings = dict.fromkeys((phrases.get("closing", ""), ""))
    for closing, manner, way in product(endings, dict.fromkeys((tone, Tone.BRIEF)), _WAYS):
        may_drop, size = way
        values = values_of(facts, language, size)
        flags = flags_of(facts, values, manner)
        sentences = sentences_for(language, facts.kind, manner.value, flags)
        ending = "\n".join(part for part in (closing, signature_of(values)) if part)
        around = len(f"{greeting_of(facts, phrases)} {ending}".split())
        text = _fitted(sentences, values, MOST - around, may_drop=may_drop)
        if len(text.split()) + around <= MOST:
            break
    return text, ending, values


def _fitted(sentences: list[Sentence], values: Mapping[str, str], most: int, *, may_drop: bool) -> str:
    """The sentences with as many optional ones as are needed, and as few as fit."""
    counts = [len(fill(sentence.text, values).split()) for sentence in sentences]
    taken = {i for i, s in enumerate(sentences) if s.optional != "+"}
    for index, sentence in enumerate(sentences):
        if sentence.optional == "+" and sum(counts[i] for i in taken) < LEAST:
            taken.add(index)
    for index, sentence in enumerate(sentences):
        if may_drop and sentence.optional == "-" and sum(counts[i] for i in taken) > most:
            taken.discard(index)
    return _compose(sentences, values, taken)


def subject_of(kind: str, values: Mapping[str, str], language: Language) -> str:
    """The first subject line that is neither too short nor too long."""
    candidates = [fill(line, values) for line in texts(language)["subjects"][kind]]
    fitting = [line for line in candidates if SUBJECT[0] <= len(line) <= SUBJECT[1]]
    return fitting[0] if fitting else candidates[-1]


def make(facts: Facts, language: Language, tone: Tone, own: Mapping[str, str] | None = None) -> Draft:
    """The message for these facts; `own` is the user's own template ("subject" and "body")."""
    named = tuple(harmless(one, facts) for one in facts.named)
    clean = replace(facts, employer=links.one_line(facts.employer), named=named)
    phrases = texts(language)["phrases"]
    text, ending, values = _body(clean, language, tone)
    if phrases.get("first_letter") == "small":
        text = text[:1].lower() + text[1:]
    subject = subject_of(facts.kind, values, language)
    greeting, signature = greeting_of(clean, phrases), signature_of(values)
    body = f"{greeting}\n\n{text}\n\n{ending}"
    if own:
        values |= {"greeting": greeting, "signature": signature, "name": greeting}
        subject = links.one_line(fill(own.get("subject") or subject, values))
        body = fill(own["body"], values) if own.get("body") else body
    to = facts.recruiter.email if facts.recruiter else ""
    return Draft(
        subject=subject,
        body=body,
        words=len(body.split()),
        language=language,
        tone=tone,
        **links.compose(to, subject, body),
        call_script=spoken("call", clean, language, tone),
        voicemail=spoken("voicemail", clean, language, tone),
    )


def spoken(which: str, facts: Facts, language: Language, tone: Tone) -> str:
    """The call script (a line for each turn of the talk) or the voicemail (half a minute)."""
    text = ""
    for may_drop, size in _WAYS:
        values = values_of(facts, language, size)
        values["phone_part"] = (
            fill(texts(language)["spoken"]["phone_part"], values) if values["phone"] else ""
        )
        lines = sentences_for(language, "spoken", which, flags_of(facts, values, tone))
        kept = [line for line in lines if not (may_drop and line.optional == "-")]
        filled = [fill(line.text, values) for line in kept if "{offer}" not in line.text or values["offer"]]
        text = ("\n" if which == "call" else " ").join(filled)
        if which == "call" or len(text.split()) <= HALF_A_MINUTE:
            break
    return text
