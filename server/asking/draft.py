"""Finished messages: 60 to 120 words, subject of 36 to 50 characters, nothing that is not in the data.

The sentences are data (`words/draft_LANGUAGE.toml`). A body is put together from those whose conditions
hold; while it is too short, optional sentences join; while it is too long, titles are shortened, fewer
half-days named and optional sentences left out. The same facts always give the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache
from itertools import product
from typing import Any

from server.asking import links
from server.asking.cards import Draft, Named, Offer
from server.asking.gazetteer_build import words as word_file
from server.asking.halfdays import part_of
from server.asking.model import Booking, Language, Me, Recruiter, Rules, Tone, Trip
from server.asking.names import Employers, last_name
from server.asking.words_of_dates import half_in_words, in_words, listed, short, stay_in_words

LEAST, MOST = 60, 120
"""Words of a body: at least 60 between greeting and signature, at most 120 with both."""

SUBJECT = (36, 50)

HALF_A_MINUTE = 75
"""Words spoken in thirty seconds, slowly enough to be written down."""


@dataclass(frozen=True)
class Facts:
    """What a message may speak of; nothing else gets in."""

    kind: str  # ask, pass_on, find_out, follow_up, thank_you, was_in_town
    trip: Trip
    employer: str
    me: Me
    rules: Rules
    recruiter: Recruiter | None = None
    named: tuple[Named, ...] = ()
    offers: tuple[Offer, ...] = ()
    booking: Booking | None = None
    short_notice: bool = False
    sent_on: date | None = None
    met_on: date | None = None
    employers: Employers = field(default_factory=Employers)  # none but the own one may appear


@cache
def _texts(language: Language) -> dict[str, Any]:
    return word_file(f"draft_{language.value}")


def shorten(title: str, most: int) -> str:
    """A job title of at most `most` words, cut at a comma, dash or bracket where there is one."""
    title = re.sub(r"\s*\((?:[^()]*)\)\s*$", "", title) or title
    if len(title.split()) <= most:
        return title
    head = re.split(r"\s*[,(|/]\s*|\s[-–—]\s", title)[0]
    chosen = head if head and len(head.split()) <= most else " ".join(title.split()[:most])
    return chosen.rstrip(" ,;:-–—/&")


def _harmless(named: Named, facts: Facts) -> Named:
    """A position without words that speak of another employer; the requisition must then do for the title."""
    title, requisition = links.one_line(named.title), links.one_line(named.requisition)[:24]
    if facts.employers.mentioned(title, facts.employer):
        title = ""
    if facts.employers.mentioned(requisition, facts.employer):
        requisition = ""
    return named.model_copy(update={"title": title, "requisition": requisition})


def _title(named: Named, most: int) -> str:
    """A position in words: its title and requisition."""
    title, requisition = shorten(named.title, most), named.requisition
    if not title:
        return requisition or "…"
    return f"{title} ({requisition})" if requisition and requisition not in title else title


def _quoted(title: str, language: Language) -> str:
    """Titles stand in quotation marks where the sentence round them is in another language."""
    marks = {Language.EN: "{}", Language.ES: "«{}»", Language.FR: "« {} »", Language.DE: "„{}“"}
    name, bracket, rest = title.partition(" (")
    return marks[language].format(name) + bracket + rest


def _positions(named: list[Named], language: Language, most: int) -> str:
    titles = list(dict.fromkeys(_quoted(_title(n, most), language) for n in named))
    return listed(titles, language)


def _booking_title(facts: Facts, most: int) -> str:
    """The booked interview's title without the word "interview", since the sentence says that itself."""
    if facts.booking is None:
        return ""
    bare = re.sub(
        r"\b(?:job\s+)?(?:interview|entrevista|entretien|vorstellungsgespräch)\b\s*(?:for|with|:|-)?\s*",
        " ",
        facts.booking.title,
        flags=re.IGNORECASE,
    )
    title = shorten(links.one_line(bare).strip(" -–:,"), most)
    return "" if not title or facts.employers.mentioned(title, facts.employer) else title


def _stage(facts: Facts, phrases: Mapping[str, str]) -> str:
    """The stage in words when all positions named share one that is worth saying."""
    own = [named for named in facts.named if not named.pass_on]
    stages = {named.stage for named in own}
    stage = stages.pop().value if len(stages) == 1 else ""
    several = f"{stage}_many" if len(own) > 1 else stage
    return phrases.get(several) or phrases.get(stage, "")


def _values(facts: Facts, language: Language, size: tuple[int, int]) -> dict[str, str]:
    """The words for every placeholder. `size`: most words of a title, most half-days named."""
    title_words, offers_named = size
    phrases: dict[str, str] = _texts(language)["phrases"]
    own = [n for n in facts.named if not n.pass_on] or list(facts.named)
    passed = [n for n in facts.named if n.pass_on] or own
    halves = [
        phrases["on"].format(half=half_in_words(o.date, o.part, language))
        for o in facts.offers[:offers_named]
    ]
    destination = facts.trip.destination
    city = links.one_line(destination.city or destination.region or destination.text)
    day = facts.offers[0].date if facts.offers else facts.trip.arrive.date()
    least, most = facts.rules.meeting_minutes
    minutes = phrases["minutes"].format(least=least, most=most)
    values = {
        "city": city,
        "day": short(day, language),
        "stay": stay_in_words(facts.trip.arrive.date(), facts.trip.depart.date(), language),
        "employer": links.one_line(facts.employer),
        "positions": _positions(own, language, title_words),
        "passed": _positions(passed, language, title_words),
        "position": _positions(own[:1], language, title_words),
        "offers": listed(halves, language, last="or"),
        "offer": halves[0] if halves else "",
        "minutes": minutes,
        "minutes_start": minutes[:1].upper() + minutes[1:],
        "stage": _stage(facts, phrases),
        "booking_title": _booking_title(facts, title_words),
        "booking_when": "",
        "me": links.one_line(facts.me.name) or phrases["no_name"],
        "phone": links.one_line(facts.me.phone),
        "sent_on": _on(facts.sent_on, language, phrases),
        "met_on": _on(facts.met_on, language, phrases),
    }
    values["sent_on_start"] = values["sent_on"][:1].upper() + values["sent_on"][1:]
    if facts.booking is not None:
        half = half_in_words(facts.booking.start.date(), part_of(facts.booking.start, facts.rules), language)
        values["booking_when"] = phrases["on"].format(half=half)
    return values


def _on(day: date | None, language: Language, phrases: Mapping[str, str]) -> str:
    return phrases["on"].format(half=in_words(day, language)) if day else ""


def _flags(facts: Facts, values: Mapping[str, str], tone: Tone) -> frozenset[str]:
    own = [n for n in facts.named if not n.pass_on] or facts.named
    passed = [n for n in facts.named if n.pass_on]
    counted = passed if facts.kind == "pass_on" else own
    return frozenset(
        name
        for name, holds in {
            "booking": bool(facts.booking and values["booking_title"]),
            "own": facts.trip.own_cost,
            "offers": bool(facts.offers),
            "one": len(counted) == 1,
            "many": len(counted) > 1,
            "stage": bool(values["stage"]),
            "pass": bool(passed),
            "short": facts.short_notice,
            "phone": bool(values["phone"]),
            tone.value: True,
        }.items()
        if holds
    )


def _fill(text: str, values: Mapping[str, str]) -> str:
    """Placeholders replaced by plain substitution: a value is never read as a template itself."""
    return re.sub(r"\{(\w+)\}", lambda found: values.get(found.group(1), found.group(0)), text)


@dataclass(frozen=True)
class _Sentence:
    text: str
    paragraph: str
    optional: str  # "+", "-" or ""


def _sentences(kind: Mapping[str, list[str]], flags: frozenset[str]) -> Iterator[_Sentence]:
    for paragraph, lines in kind.items():
        for line in lines:
            head, bar, text = line.partition("|")
            conditions = head.split() if bar else []
            text = text.strip() if bar else line
            optional = next((c for c in conditions if c in "+-"), "")
            needed = [c for c in conditions if c not in "+-"]
            if all((c[1:] not in flags) if c.startswith("!") else (c in flags) for c in needed):
                yield _Sentence(text, paragraph, optional)


def _compose(sentences: list[_Sentence], values: Mapping[str, str], taken: set[int]) -> str:
    paragraphs: dict[str, list[str]] = {}
    for index, sentence in enumerate(sentences):
        if index in taken:
            paragraphs.setdefault(sentence.paragraph, []).append(_fill(sentence.text, values))
    return "\n\n".join(" ".join(lines) for lines in paragraphs.values())


def _greeting(facts: Facts, phrases: Mapping[str, str]) -> str:
    recruiter = facts.recruiter
    if recruiter is None or not recruiter.name.strip():
        return phrases["greeting_team"]
    name = links.one_line(recruiter.name)
    if recruiter.salutation:
        name = f"{links.one_line(recruiter.salutation)} {last_name(name)}"
    return phrases["greeting"].format(name=name)


def _signature(values: Mapping[str, str], facts: Facts) -> str:
    return " · ".join(part for part in (values["me"], values["phone"]) if part)


_SIZES = ((7, 3), (6, 3), (6, 2), (5, 2), (4, 2), (4, 1), (3, 1), (2, 1))


def _body(facts: Facts, language: Language, tone: Tone) -> tuple[str, dict[str, str]]:
    """The text within its limits, and the values used.

    What is too long gets shorter titles first, then fewer sentences, then the brief tone.
    """
    texts = _texts(language)
    for manner, may_drop, size in product(dict.fromkeys((tone, Tone.BRIEF)), (False, True), _SIZES):
        values = _values(facts, language, size)
        sentences = list(_sentences(texts[facts.kind][manner.value], _flags(facts, values, manner)))
        around = len(f"{_greeting(facts, texts['phrases'])} {_signature(values, facts)}".split())
        text = _fitted(sentences, values, MOST - around, may_drop=may_drop)
        if len(text.split()) + around <= MOST:
            break
    return text, values


def _fitted(sentences: list[_Sentence], values: Mapping[str, str], most: int, *, may_drop: bool) -> str:
    """The sentences with as many optional ones as are needed, and as few as fit."""
    counts = [len(_fill(sentence.text, values).split()) for sentence in sentences]
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
    candidates = [_fill(line, values) for line in _texts(language)["subjects"][kind]]
    fitting = [line for line in candidates if SUBJECT[0] <= len(line) <= SUBJECT[1]]
    return fitting[0] if fitting else candidates[-1]


def make(facts: Facts, language: Language, tone: Tone, own: Mapping[str, str] | None = None) -> Draft:
    """The message for these facts; `own` is the user's own template ("subject" and "body")."""
    harmless = tuple(_harmless(named, facts) for named in facts.named)
    clean = replace(facts, employer=links.one_line(facts.employer), named=harmless)
    phrases = _texts(language)["phrases"]
    text, values = _body(clean, language, tone)
    if phrases.get("first_letter") == "small":
        text = text[:1].lower() + text[1:]
    subject = subject_of(facts.kind, values, language)
    greeting, signature = _greeting(clean, phrases), _signature(values, clean)
    if own:
        values |= {"greeting": greeting, "signature": signature, "name": greeting}
        subject = links.one_line(_fill(own.get("subject") or subject, values))
        body = _fill(own["body"], values) if own.get("body") else f"{greeting}\n\n{text}\n\n{signature}"
    else:
        body = f"{greeting}\n\n{text}\n\n{signature}"
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
    texts = _texts(language)["spoken"]
    text = ""
    for may_drop, size in product((False, True), _SIZES):
        values = _values(facts, language, size)
        values["phone_part"] = _fill(texts["phone_part"], values) if values["phone"] else ""
        lines = list(_sentences({"spoken": texts[which]}, _flags(facts, values, tone)))
        kept = [line for line in lines if not (may_drop and line.optional == "-")]
        filled = [_fill(line.text, values) for line in kept if "{offer}" not in line.text or values["offer"]]
        text = ("\n" if which == "call" else " ").join(filled)
        if which == "call" or len(text.split()) <= HALF_A_MINUTE:
            break
    return text
