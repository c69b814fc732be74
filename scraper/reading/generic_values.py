"""What a single text is by itself: a date, a job's number, a place."""

from __future__ import annotations

import re
from datetime import date

from scraper.reading.dates import read_date
from scraper.reading.generic_words import JOB_WORD, PLACE, REQUISITION
from scraper.reading.html import Page
from scraper.reading.place_words import BRAZIL, CITIES, STATE_PLACE
from scraper.stage_text import plain


def requisition_in(text: str) -> str:
    """The job's number in a text that is one ("Req #4711", "JR-10022"), else ""."""
    if len(text) > 40:
        return ""
    found = REQUISITION.search(text)
    return next((group for group in found.groups() if group), "") if found else ""


def is_date(page: Page | None, text: str) -> bool:
    """Is the text a date, with at most a few words round it?"""
    if len(text) > 60 or not re.search(
        r"\d|ago|yesterday|today|hier|ayer|gestern|heute|hoy|ontem|hoje", text, re.IGNORECASE
    ):
        return False
    today = page.snapshot.captured_at.date() if page is not None else None
    language = page.language if page is not None else "en"
    if read_date(text, language=language, today=today) is not None:
        return True
    return bool(
        re.search(
            r"\b\d{1,3}\s*(?:d|w|mo|y|h|days?|weeks?|months?|hours?)\s+ago\b|\bil y a \d|\bhace \d|\bvor \d+ (?:tag|woch|monat|stund)|\bhá \d",
            text,
            re.IGNORECASE,
        )
    )


_GRADED = re.compile(r"[A-Za-z]{2,4} \d")


def is_only_number(text: str) -> bool:
    """A number or a reference and no word: "PS-77", "2026/114"; "RN 2" is a job and its grade."""
    return (
        bool(text)
        and not _GRADED.fullmatch(text)
        and not re.search(r"[^\W\d_]{4}", text)
        and bool(re.search(r"\d", text))
        and len(text) <= 25
    )


_ANY_DAY = date(2020, 12, 31)  # for texts without a year, where only the form is asked for
_BESIDE_DATE = re.compile(
    r"\b(?:mon|tue|tues|wed|thu|thur|thurs|fri|sat|sun)(?:day|nesday|sday|rsday|urday)?\b|\b(?:at|on|since|am|pm|utc|gmt|est|et|cet|uhr|um|de|del|of|le|el|am|em|a las|ago|st|nd|rd|th|il y a|hace|vor|ha)\b",
    re.IGNORECASE,
)


def is_only_date(text: str) -> bool:
    """A day or an hour and no other word: "Mar 2", "Monday, 3 May 2026, 9:00 AM"."""
    if not is_date(None, text) and read_date(text, today=_ANY_DAY) is None:
        return False
    words = re.findall(r"[^\W\d_]{2,}", _BESIDE_DATE.sub(" ", text))
    return (
        len(text) <= 40
        and len(words) <= 1
        and (not words or read_date(f"1 {words[0]}", today=_ANY_DAY) is not None)
    )


def surely_place(text: str) -> bool:
    """A place beyond doubt, though its name may begin like a status: "New York, NY", "Offerle, KS", "Remote - Open"."""
    return bool(STATE_PLACE.match(text))


def may_be_place(text: str) -> bool:
    """Is the text written like a place ("Cleveland, OH", "Lyon, France", "Hybrid")?"""
    return (
        bool(PLACE.match(text))
        or is_city(text)
        or (bool(BRAZIL.match(text)) and not JOB_WORD.search(plain(text)))
    )


def is_city(text: str) -> bool:
    """One of the large towns that stand in lists without their country ("Berlin", "São Paulo", "Lyon (69)")."""
    return len(text) <= 40 and plain(re.sub(r"\s*\(.*\)$|\s+\d{5}$|^\d{5}\s+", "", text)) in CITIES
