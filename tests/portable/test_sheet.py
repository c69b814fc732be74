"""The file of a list: its encoding, its delimiter, and a sentence for what is none."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.portable.reading import MOST_COLUMNS, MOST_ROWS, NoSheet, Sheet, delimiter_of, read_sheet
from server.portable.rows import applications_of

TEXT = "Title,Company,Notes\r\nKöchin,Café Zürich,“quoted”\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
    ],
)
def test_encodings(data: bytes, encoding: str) -> None:
    read = read_sheet(data)
    assert read == Sheet(
        ("Title", "Company", "Notes"), ((2, ("Köchin", "Café Zürich", "“quoted”")),), encoding, ","
    )


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_delimiters(sign: str) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=sign)
    writer.writerows([["Title", "Company"], ["Nurse, ICU; nights", "A|B"], ["Clerk", "C\tD"]])
    read = read_sheet(out.getvalue().encode())
    assert (read.delimiter, [row for _, row in read.rows]) == (
        sign,
        [("Nurse, ICU; nights", "A|B"), ("Clerk", "C\tD")],
    )


def test_excel_says_its_delimiter_and_lines_are_counted_from_the_first() -> None:
    read = read_sheet(b'sep=;\r\nMy list\r\n\r\nTitle;Company;Notes\r\nA;B;"two\r\nlines"\r\n\r\nC;D;\r\n')
    assert read.header == ("Title", "Company", "Notes")
    assert [line for line, _ in read.rows] == [5, 8]


def test_what_is_said_counts() -> None:
    assert read_sheet("a:b\n1:2\n".encode("utf-16-le"), encoding="utf-16-le", delimiter=":").rows[0][1] == (
        "1",
        "2",
    )


NO_LISTS = {
    "empty": (b"", "empty"),
    "blank": (b" \r\n ,\r\n", "empty"),
    "one column": (b"Title\nA\nB\n", "one column only"),
    "NUL": (b"Title,Company\nA\0,B\n", "NUL"),
    "an open quote": (b'Title,Company\n"A,B\n', "Line 2 is not as a CSV file"),
    "text after a quote": (b'Title,Company\nA,B\n"C"d,E\n', "Line 3 is not as a CSV file"),
    "a cell without end": (b"Title,Company\n" + b"x" * 200_000 + b",B\n", "Line 2"),
    "too many rows": (b"a,b\n" * (MOST_ROWS + 2), f"more than {MOST_ROWS:,} rows"),
    "too many columns": (b"a," * (MOST_COLUMNS + 1) + b"\n", "columns"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", ""),
}


@pytest.mark.parametrize("name", NO_LISTS)
def test_what_is_no_list(name: str) -> None:
    data, words = NO_LISTS[name]
    with pytest.raises(NoSheet) as refused:
        read_sheet(data)
    assert words in refused.value.sentence


@pytest.mark.parametrize(
    ("said", "words"),
    [({"encoding": "klingon"}, "no encoding 'klingon'"), ({"encoding": "ascii"}, "see line 2"),
     ({"delimiter": "::"}, "one sign"), ({"delimiter": '"'}, "one sign")],
)  # fmt: skip
def test_what_is_said_wrongly(said: dict[str, str], words: str) -> None:
    with pytest.raises(NoSheet, match=words):
        read_sheet("Title,Company\nKöchin,B\n".encode(), **said)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_list_or_a_sentence(data: bytes) -> None:
    with contextlib.suppress(NoSheet):  # anything else would be a traceback for a person
        found = read_sheet(data)
        applications_of(found, {"title": 0, "company": 1, "applied_on": 0, "status": 1, "url": 1, "key": 0})


def test_a_list_without_any_delimiter_has_commas() -> None:
    assert delimiter_of("Title\nA\n") == ","
