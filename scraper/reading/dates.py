"""Dates as portals print them -> `datetime.date`. Own code because a general parser takes a millisecond a date.

Never fatal: what is not understood is None. Nothing here looks at the clock; relative words ("yesterday") are
reckoned from the day the page was captured, and vague ones ("3mo ago") are left out because they would change
from night to night.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan janvier janv enero ene januar jaenner jänner janeiro",
            "february feb février fevrier févr fevr febrero februar fevereiro fev",
            "march mar mars marzo märz maerz mrz março marco",
            "april apr avril avr abril abr",
            "may mai mayo maio",
            "june jun juin junio juni junho",
            "july jul juillet juil julio juli julho",
            "august aug août aout agosto ago",
            "september sep sept septembre septiembre setembro set",
            "october oct octobre octubre oktober okt outubro out",
            "november nov novembre noviembre novembro",
            "december dec décembre decembre déc diciembre dic dezember dez dezembro",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "monday mon",
            "tuesday tue",
            "wednesday wed",
            "thursday thu",
            "friday fri",
            "saturday sat",
            "sunday sun",
        )
    )
    for name in names.split()
}

_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_NUMERIC = re.compile(r"\b(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d{2})\b")
_YEAR_FIRST = re.compile(r"\b(\d{4})[./年](\d{1,2})[./月](\d{1,2})")
_DAY_MONTH = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th|er|\.|º)?[\s-]+(?:de\s+)?([^\W\d_]{3,10})\.?(?:,?[\s-]+(?:de\s+)?(\d{4}))?"
)
_MONTH_DAY = re.compile(r"\b([^\W\d_]{3,10})\.?\s+(\d{1,2})(?:st|nd|rd|th)?\b(?:,?\s+(\d{4}))?")
_DAYS_AGO = re.compile(r"\b(\d{1,2})\s*(?:d|days?)\s+ago\b")
_MILLISECONDS = re.compile(r"^\d{13}$")


def read_date(text: str, *, language: str = "en", today: date | None = None) -> date | None:
    """The first date in `text`, or None.

    `language` is the page's (as in `<html lang>`): only US English and unmarked English write the month
    first in "08/12/2026". `today` is the day of the capture; without it relative dates are None.
    """
    return _read(" ".join(text.split()).casefold()[:200], language.casefold(), today)


@lru_cache(maxsize=4096)
def _read(text: str, language: str, today: date | None) -> date | None:
    if _MILLISECONDS.match(text):
        return datetime.fromtimestamp(int(text) / 1000, UTC).date()
    if found := _ISO.search(text) or _YEAR_FIRST.search(text):
        return _date(int(found[1]), int(found[2]), int(found[3]))
    if found := _NUMERIC.search(text):
        return _numeric(int(found[1]), found[2], int(found[3]), int(found[4]), language)
    for found in _MONTH_DAY.finditer(text):
        if found[1] in _MONTHS:
            return _written(found[3], _MONTHS[found[1]], int(found[2]), today)
    for found in _DAY_MONTH.finditer(text):
        if found[2] in _MONTHS:
            return _written(found[3], _MONTHS[found[2]], int(found[1]), today)
    return _relative(text, today) if today else None


def _numeric(first: int, separator: str, second: int, year: int, language: str) -> date | None:
    year += 2000 if year < 100 else 0
    month_first = separator != "." and language in ("", "en", "en-us")
    if first > 12 or (not month_first and second <= 12):
        first, second = second, first
    return _date(year, first, second)


def _written(year: str | None, month: int, day: int, today: date | None) -> date | None:
    if year:
        return _date(int(year), month, day)
    if today is None:
        return None
    # No year: nobody applied in the future, so it is the last such day.
    this_year = _date(today.year, month, day)
    return this_year if this_year and this_year <= today else _date(today.year - 1, month, day)


def _relative(text: str, today: date) -> date | None:
    words = set(re.findall(r"[^\W\d_]+", text))
    if words & {"today", "aujourd", "hoy", "heute", "hoje"}:
        return today
    if words & {"yesterday", "hier", "ayer", "gestern", "ontem"}:
        return today - timedelta(days=1)
    if found := _DAYS_AGO.search(text):
        return today - timedelta(days=int(found[1]))
    for word in words & _WEEKDAYS.keys():
        return today - timedelta(days=(today.weekday() - _WEEKDAYS[word]) % 7 or 7)
    return None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if 1990 <= year <= 2100 else None
