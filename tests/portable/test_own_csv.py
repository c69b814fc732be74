"""The CSV that InTown writes: it comes back whole, and no cell of it is a formula."""

from __future__ import annotations

import csv
import io
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper.settings import Home
from scraper.store import Store, record_page
from server.portable import sheet
from server.portable.adopt import Fate, carry_out, plan
from server.portable.columns import match
from server.portable.reading import read_sheet
from server.portable.rows import applications_of
from tests.asking.worlds import NOW
from tests.portable.homes import EDUCATOR, shown
from tests.portable.lists import read, rows_of, take


def test_our_own_csv_comes_back(store: Store) -> None:
    take(store, 'Title,Company,Status,Notes\n@Baker,-Bread,Applied,"=1+1\nsecond"\n')
    found = read_sheet(sheet.written(store.read(), bom=True))
    assert found.encoding == "utf-8-sig"
    rows, problems = applications_of(found, match(found.header).columns)
    assert problems == []
    stored = rows_of(store)
    assert {row.application.key for row in rows} == set(stored)
    for row in rows:
        kept = stored[row.application.key]
        made = row.application
        assert (made.title, made.company, made.location) == (kept["title"], kept["company"], kept["location"])
        assert row.notes == kept.get("notes", "")
    before = dict(stored)
    with store.transaction() as tx:
        steps = plan(tx, rows)
        carry_out(tx, steps, NOW)
    assert {step.fate for step in steps} == {Fate.KNOWN, Fate.PORTAL}
    assert {key: {**row, "last_seen": ""} for key, row in rows_of(store).items()} == {
        key: {**row, "last_seen": ""} for key, row in before.items()
    }


def test_our_own_csv_in_an_empty_home_is_met_by_the_portal(home: Home) -> None:
    store = Store(home.store)
    assert take(
        store, f"key,title,employer,status\n{EDUCATOR.key},Nurse Educator,Lakeshore Health,Applied\n"
    ) == [(Fate.NEW, EDUCATOR.key)]
    recorded = record_page(
        store, "lakeshore", shown(EDUCATOR), seen_at=NOW + timedelta(days=1), complete=True
    )
    assert (recorded.new, len(recorded.changed)) == ((), 1)


def test_a_made_up_key_is_no_identity() -> None:
    rows, _ = read("key,title,employer\nevil|x|1,Baker,A\n")
    assert rows[0].application.key.startswith("imported|list|")


FORMULAS = ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "\n=1", " =1", "\u00a0=1", "＝1", "＋1", "－1", "＠1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_is_a_formula(text: str) -> None:
    assert sheet.guarded(text) == f"'{text}"
    assert sheet.unguarded(f"'{text}") == text


@given(st.text())
def test_every_cell_comes_back(text: str) -> None:
    guarded = sheet.guarded(text)
    assert guarded.lstrip(" \u00a0")[:1] not in sheet.FORMULA
    if not text.startswith("'"):
        assert sheet.unguarded(guarded) == text


@pytest.mark.parametrize("text", ["", "'", "'quoted'", "it's", "O'Neill", "1-2", "a=b"])
def test_plain_cells_stay(text: str) -> None:
    assert sheet.guarded(text) == sheet.unguarded(text) == text


def test_the_csv_is_as_the_standard_says(store: Store) -> None:
    written = sheet.written(store.read())
    lines = written.split(b"\r\n")
    assert len(lines) == 1 + 3 + 1  # header, rows, the end of the last line
    assert lines[0].decode().split(",") == list(sheet.COLUMNS)
    assert b'"\'=HYPERLINK(""https://evil.example"",""x"")"' in written
    assert not written.startswith(sheet.BOM)
    by_key = {row["key"]: row for row in csv.DictReader(io.StringIO(written.decode(), newline=""))}
    assert by_key[EDUCATOR.key]["recruiter"] == "A. Alvarez"
    assert by_key[EDUCATOR.key]["listed"] == "yes"
