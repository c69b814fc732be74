"""What a message may speak of, and the words for it in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from server.asking import links
from server.asking.cards import Named, Offer
from server.asking.draft_words import fill, texts
from server.asking.halfdays import part_of
from server.asking.model import Booking, Language, Me, Recruiter, Rules, Tone, Trip
from server.asking.names import Employers, last_name
from server.asking.words_of_dates import bare_in_words, half_in_words, in_words, listed, short, stay_in_words
from server.asking.words_of_places import at_town


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


def shorten(title: str, most: int) -> str:
    """A job title of at most `most` words, cut at a comma, dash or bracket where there is one."""
    title = re.sub(r"\s*\((?:[^()]*)\)\s*$", "", title) or title
    if len(title.split()) <= most:
        return title
    head = re.split(r"\s*[,(|/]\s*|\s[-–—]\s", title)[0]
    chosen = head if head and len(head.split()) <= most else " ".join(title.split()[:most])
    return chosen.rstrip(" ,;:-–—/&")


def harmless(named: Named, facts: Facts) -> Named:
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
    shown = ((_title(n, most), n.title) for n in named)  # a number alone needs no quotation marks
    titles = list(dict.fromkeys(_quoted(text, language) if title else text for text, title in shown))
    return listed(titles, language)


def _in_cases(name: str, named: list[Named], language: Language, most: int) -> dict[str, str]:
    """Positions with the article that a language needs: {positions}, {to_positions}, {of_positions}."""
    phrases: dict[str, str] = texts(language)["phrases"]
    number = "one" if len(named) == 1 else "many"
    titles = {"titles": _positions(named, language, most)}
    cases = {"the": name, "to": f"to_{name}", "of": f"of_{name}"}
    return {key: fill(phrases.get(f"{case}_{number}", "{titles}"), titles) for case, key in cases.items()}


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


def values_of(facts: Facts, language: Language, size: tuple[int, int]) -> dict[str, str]:
    """The words for every placeholder. `size`: most words of a title, most half-days named."""
    title_words, offers_named = size
    phrases: dict[str, str] = texts(language)["phrases"]
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
        "at_city": at_town(city, language),
        "at_city_start": at_town(city, language, start=True),
        "day": short(day, language),
        "stay": stay_in_words(facts.trip.arrive.date(), facts.trip.depart.date(), language),
        "employer": links.one_line(facts.employer),
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
        "met_day": bare_in_words(facts.met_on, language) if facts.met_on else "",
        "met_on": _on(facts.met_on, language, phrases),
    }
    for name, which in {"positions": own, "passed": passed, "position": own[:1]}.items():
        values |= _in_cases(name, which, language, title_words)
    values["sent_on_start"] = values["sent_on"][:1].upper() + values["sent_on"][1:]
    if facts.booking is not None:
        half = half_in_words(facts.booking.start.date(), part_of(facts.booking.start, facts.rules), language)
        values["booking_when"] = phrases["on"].format(half=half)
    return values


def _on(day: date | None, language: Language, phrases: Mapping[str, str]) -> str:
    return phrases["on"].format(half=in_words(day, language)) if day else ""


def flags_of(facts: Facts, values: Mapping[str, str], tone: Tone) -> frozenset[str]:
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


def greeting_of(facts: Facts, phrases: Mapping[str, str]) -> str:
    recruiter = facts.recruiter
    if recruiter is None or not recruiter.name.strip():
        return phrases["greeting_team"]
    name = links.one_line(recruiter.name)
    if recruiter.salutation:
        name = f"{links.one_line(recruiter.salutation)} {last_name(name)}"
    return phrases["greeting"].format(name=name)


def signature_of(values: Mapping[str, str]) -> str:
    return " · ".join(part for part in (values["me"], values["phone"]) if part)
