"""Working days and public holidays of a place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from server.asking.model import Language, Place

_WEEKEND = frozenset({5, 6})  # Saturday, Sunday; date.weekday()


@lru_cache(maxsize=128)
def _calendar(country: str, region: str, year: int, language: str = "en") -> Any:
    """One year's public holidays, their names in `language` where the library has them, else in English; None where
    it knows no such country.

    Loaded when first needed: the library is large and most answers need one country of it.
    """
    import holidays

    try:
        return holidays.country_holidays(
            country, subdiv=_subdivision(country, region), years=year, language=_names_in(country, language)
        )
    except NotImplementedError:
        return None


def _names_in(country: str, language: str) -> str:
    """The library's code for a language that it has this country's holidays in ("es", "es_MX" …)."""
    import holidays

    known: tuple[str, ...] = getattr(getattr(holidays, country, None), "supported_languages", ())
    return next((code for code in known if code.split("_")[0] == language != "en"), "en_US")


def _subdivision(country: str, region: str) -> str | None:
    """The library's own code for a region's name, None where it has none."""
    import holidays

    known = getattr(holidays, country, None)
    if known is None or not region:
        return None
    aliases: dict[str, str] = getattr(known, "subdivisions_aliases", {})
    if region in aliases:
        return aliases[region]
    return region if region in known.subdivisions else None


def holiday(day: date, place: Place, language: Language = Language.EN) -> str:
    """The public holiday's name on that day at that place, or "". In English where the language has no name for it."""
    if not place.country:
        return ""
    calendar = _calendar(place.country, place.region, day.year, language.value)
    return str(calendar.get(day) or "") if calendar is not None else ""


def is_weekend(day: date, place: Place) -> bool:
    """Whether that day is a weekend there (not Saturday and Sunday everywhere)."""
    calendar = _calendar(place.country, place.region, day.year) if place.country else None
    return day.weekday() in (calendar.weekend if calendar is not None else _WEEKEND)


def is_working(day: date, place: Place) -> bool:
    return not is_weekend(day, place) and not holiday(day, place)


def _from(day: date) -> Iterator[date]:
    while True:
        yield day
        day += timedelta(days=1)


def working_days_until(start: date, end: date, place: Place) -> int:
    """Working days after `start` and before `end`: the time a reader has to answer."""
    span = max(0, (end - start).days - 1)
    return sum(is_working(start + timedelta(days=n + 1), place) for n in range(min(span, 400)))


def add_working_days(start: date, count: int, place: Place) -> date:
    """The day that is `count` working days after `start`."""
    day = start
    for _ in range(count):
        day = next(d for d in _from(day + timedelta(days=1)) if is_working(d, place))
    return day


def day_after_holiday(day: date, place: Place) -> date | None:
    """The holiday when `day` is the first working day after one, else None.

    Inboxes are full on that morning, and a polite question drowns (facts/asking.md, section 2).
    """
    if not is_working(day, place):
        return None
    before = day - timedelta(days=1)
    while not is_working(before, place):
        if holiday(before, place):
            return before
        before -= timedelta(days=1)
    return None
