from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.dates import read_date

TODAY = date(2026, 11, 20)  # a Friday


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("2026-11-10T14:03:00Z", "en", date(2026, 11, 10)),
        ("Nov 7, 2026", "en", date(2026, 11, 7)),
        ("November 7, 2026", "en-US", date(2026, 11, 7)),
        ("Created on November 18th, 2026", "en", date(2026, 11, 18)),
        ("7 Nov 2026", "en-GB", date(2026, 11, 7)),
        ("02-Nov-2026", "en", date(2026, 11, 2)),
        ("11/02/2026", "en-US", date(2026, 11, 2)),
        ("11/02/2026 02:10 PM", "en", date(2026, 11, 2)),
        ("11/02/2026", "en-GB", date(2026, 2, 11)),
        ("17/11/2026", "fr-FR", date(2026, 11, 17)),
        ("25/12/2026", "en-US", date(2026, 12, 25)),
        ("07.11.2026", "de", date(2026, 11, 7)),
        ("07.11.26", "en", date(2026, 11, 7)),
        ("7. November 2026", "de", date(2026, 11, 7)),
        ("7 de noviembre de 2026", "es", date(2026, 11, 7)),
        ("1er août 2026", "fr", date(2026, 8, 1)),
        ("3 de março de 2026", "pt", date(2026, 3, 3)),
        ("2026年11月7日", "ja", date(2026, 11, 7)),
        ("1793606400000", "en", date(2026, 11, 2)),
        ("Applied on Indeed on Sep 16", "en", date(2026, 9, 16)),
        ("Applied Dec 24", "en", date(2025, 12, 24)),
        ("Applied today on Indeed", "en", TODAY),
        ("yesterday", "en", date(2026, 11, 19)),
        ("3 days ago", "en", date(2026, 11, 17)),
        ("Applied on Monday", "en", date(2026, 11, 16)),
        ("Applied on Friday", "en", date(2026, 11, 13)),
        ("Applied 2w ago", "en", None),
        ("3 months ago", "en", None),
        ("", "en", None),
        ("31/02/2026", "fr", None),
        ("Interview 4711", "en", None),
        ("R-10412", "en", None),
        ("May be considered", "en", None),
        ("12345678901234567890", "en", None),
    ],
)
def test_dates_as_portals_print_them(text: str, language: str, expected: date | None) -> None:
    assert read_date(text, language=language, today=TODAY) == expected


def test_relative_words_need_a_day_to_count_from() -> None:
    assert read_date("yesterday") is None
    assert read_date("Sep 16") is None


@given(st.text(max_size=80))
def test_never_fails(text: str) -> None:
    found = read_date(text, today=TODAY)
    assert found is None or 1990 <= found.year <= 2100


@given(st.dates(date(1995, 1, 1), date(2099, 12, 31)))
def test_what_is_written_out_is_read_back(day: date) -> None:
    for text in (
        f"{day:%B} {day.day}, {day.year}",
        f"{day.day} {day:%b} {day.year}",
        day.isoformat(),
        f"{day:%m/%d/%Y}",
    ):
        assert read_date(text) == day
