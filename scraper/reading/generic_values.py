"""What a single text is by itself: a date, a job's number, a place."""

from __future__ import annotations

import re

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
