"""A CSV file from anywhere as rows of text: its encoding, its delimiter, its header, within limits."""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from scraper.outcomes import InTownError

LARGEST = 10_000_000
MOST_ROWS = 10_000
MOST_COLUMNS = 200
DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 64_000

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


class NoSheet(InTownError):
    """The file is no list that can be read; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """`rows` are (line on which the row begins, cells); every row has as many cells as the header or fewer."""

    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    encoding: str
    delimiter: str


def read_sheet(data: bytes, *, encoding: str = "", delimiter: str = "") -> Sheet:
    """The list in `data`. What is not given is found out. Raises NoSheet."""
    encoding = encoding or encoding_of(data)
    text = _decoded(data, encoding)
    if "\0" in text:
        raise NoSheet("This is no text file: it holds NUL characters.")
    head, rest = text.partition("\n")[::2]
    if head.strip().casefold().startswith("sep=") and len(head.strip()) == 5:  # Excel's own way to say it
        delimiter, text, first = delimiter or head.strip()[4], rest, 2
    else:
        first = 1
    delimiter = delimiter or delimiter_of(text)
    rows = [row for row in _rows(text, delimiter, first) if any(cell.strip() for cell in row[1])]
    if not rows:
        raise NoSheet("This list is empty.")
    header, body = _header(rows)
    if len(header) > MOST_COLUMNS:
        raise NoSheet(f"This list has more than {MOST_COLUMNS} columns.")
    return Sheet(tuple(cell.strip() for cell in header), tuple(body), encoding, delimiter)


def encoding_of(data: bytes) -> str:
    """By its mark, by the NULs of UTF-16 without one, else UTF-8 if it is, else the Windows encoding of the West."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    sample = data[:2000]
    if len(sample) >= 4 and sample[1::2].count(0) > len(sample) // 3:
        return "utf-16-le"
    if len(sample) >= 4 and sample[0::2].count(0) > len(sample) // 3:
        return "utf-16-be"
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except LookupError:
        raise NoSheet(
            f"There is no encoding {encoding!r}; usual ones are utf-8, utf-16 and cp1252."
        ) from None
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise NoSheet(f"This is not {encoding}: see line {line}. --encoding says which it is.") from None


def delimiter_of(text: str) -> str:
    """The sign that divides the first lines into equally many cells, and into most of them."""
    best = (0, 0)
    found = ","
    for sign in DELIMITERS:
        widths: Counter[int] = Counter()
        try:
            for _, row in zip(
                range(50), csv.reader(io.StringIO(text[:SAMPLE], newline=""), delimiter=sign), strict=False
            ):
                widths[len(row)] += 1
        except csv.Error:
            continue
        width, often = max(
            ((w, n) for w, n in widths.items() if w > 1), key=lambda one: one[1], default=(0, 0)
        )
        if (often, width) > best:
            best, found = (often, width), sign
    return found


def _rows(text: str, delimiter: str, first: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The rows with the line each begins on. Raises NoSheet."""
    if len(delimiter) != 1 or delimiter in '"\r\n':
        raise NoSheet("The delimiter is one sign, such as ; or a tab.")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    begins = first
    try:
        for number, row in enumerate(reader):
            if number > MOST_ROWS:
                raise NoSheet(f"This list has more than {MOST_ROWS:,} rows, the most that InTown imports.")
            yield begins, tuple(row)
            begins = first + reader.line_num
    except csv.Error as error:
        raise NoSheet(f"Line {begins} is not as a CSV file must be ({error}).") from None


def _header(
    rows: Sequence[tuple[int, tuple[str, ...]]],
) -> tuple[tuple[str, ...], list[tuple[int, tuple[str, ...]]]]:
    """The first row with two names or more; a title above it is passed over."""
    for number, (_, row) in enumerate(rows[:10]):
        if sum(1 for cell in row if cell.strip()) > 1:
            return row, list(rows[number + 1 :])
    raise NoSheet("This list has one column only. If it is divided by another sign, say --delimiter.")
