"""The rows of a list: dates, stages, what is kept and what cannot be."""

from __future__ import annotations

from datetime import date

import pytest

from scraper.model import Confidence, Stage
from server.portable.rows import date_of, day_comes_first, stage_in_list
from tests.portable.lists import read


@pytest.mark.parametrize(
    ("dates", "delimiter", "expected"),
    [(["03/04/2026", "25/04/2026"], ",", True), (["03/04/2026", "04/25/2026"], ";", False),
     (["03/04/2026"], ",", False), (["03/04/2026"], ";", True), ([], ",", False)],
)  # fmt: skip
def test_the_order_of_day_and_month_is_the_columns(dates: list[str], delimiter: str, expected: bool) -> None:
    assert day_comes_first(dates, delimiter) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("03/04/2026", date(2026, 4, 3)), ("2026-04-03", date(2026, 4, 3)), ("3 avril 2026", date(2026, 4, 3)),
     ("April 3, 2026 10:00 AM", date(2026, 4, 3)), ("46115", date(2026, 4, 3)), ("46115.5", date(2026, 4, 3)),
     ("3.4.26", date(2026, 4, 3)), ("soon", None), ("99999", None), ("", None)],
)  # fmt: skip
def test_dates_of_lists(text: str, expected: date | None) -> None:
    assert date_of(text, day_first=True) == expected


def test_month_first() -> None:
    assert date_of("03/04/2026", day_first=False) == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("text", "stage"),
    [("Wishlist", Stage.DRAFT), ("Bookmarked", Stage.DRAFT), ("✅ Applied", Stage.RECEIVED),
     ("Ghosted", Stage.RECEIVED), ("Phone Screen", Stage.SCREEN), ("Interviewing", Stage.INTERVIEWED),
     ("Offer", Stage.OFFER), ("Accepted", Stage.HIRED), ("Rejected", Stage.NOT_SELECTED),
     ("Not selected for an interview", Stage.NOT_SELECTED), ("Archived", Stage.INACTIVE), ("Absage", Stage.NOT_SELECTED),
     ("Refusé", Stage.NOT_SELECTED), ("Rechazado", Stage.NOT_SELECTED), ("Withdrew", Stage.WITHDRAWN),
     ("", Stage.UNKNOWN), ("purple", Stage.UNKNOWN)],
)  # fmt: skip
def test_stages_of_lists_are_never_sure(text: str, stage: Stage) -> None:
    found, confidence = stage_in_list(text)
    assert found is stage
    assert confidence is not Confidence.SURE


def test_bad_rows_are_told_by_their_line_and_others_are_kept() -> None:
    rows, problems = read(
        "Title,Company,Date\n"
        "Nurse,A,2026-01-02\n"
        ",B,\n"
        "Clerk,,\n"
        'Cook,"C\nD",soon\n'
        "Baker,E,n/a,more\n"
        f"Driver,{'x' * 3000},\n"
        "Nurse,A,2026-01-02\n"
    )
    assert [(problem.line, problem.bad) for problem in problems] == [
        (3, True), (4, True), (5, False), (7, True), (8, True), (9, False),
    ]  # fmt: skip
    assert [(row.line, row.application.title, row.application.company) for row in rows] == [
        (2, "Nurse", "A"), (5, "Cook", "C D"),
    ]  # fmt: skip


def test_the_same_job_on_another_day_is_another_application() -> None:
    rows, problems = read("Title,Company,Date\nNurse,A,2026-03-01\nNurse,A,2026-01-01\nNurse,A,2026-03-01\n")
    assert len({row.application.key for row in rows}) == 2
    assert [(problem.line, problem.text) for problem in problems] == [
        (4, "It repeats line 2; it is left out.")
    ]


def test_the_identity_does_not_hang_on_status_or_day() -> None:
    first, _ = read("Title,Company,Date,Status\nNurse,A Inc.,2026-03-01,Applied\n")
    later, _ = read("Company,Position,Status\na,NURSE,Rejected\n")
    assert first[0].application.key == later[0].application.key
    by_url, _ = read("Title,Company,URL\nNurse,A,https://a.example/1\nNurse,A,https://a.example/2\n")
    assert len({row.application.key for row in by_url}) == 2


def test_control_characters_end_at_the_door() -> None:
    rows, _ = read('Title,Company,Status\n"Nurse\n\x1b[31m",A,"Ap\u202eplied"\n')
    assert (rows[0].application.title, rows[0].application.status_raw) == ("Nurse [31m", "Applied")
