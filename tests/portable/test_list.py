"""Lists of other trackers: the file, its columns, its rows, and what becomes of them beside what portals show."""

from __future__ import annotations

import codecs
import contextlib
import csv
import io
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraper import corrections
from scraper.model import Confidence, Stage
from scraper.settings import Home
from scraper.store import Store, record_page
from server.portable import sheet
from server.portable.adopt import Fate, address, carry_out, join_all, joinable, plan
from server.portable.columns import NoColumns, match
from server.portable.reading import MOST_COLUMNS, MOST_ROWS, NoSheet, Sheet, delimiter_of, read_sheet
from server.portable.rows import Problem, Row, applications_of, date_of, day_comes_first, stage_in_list
from tests.asking.worlds import NOW
from tests.portable.homes import CHARGE, EDUCATOR, EVIL, furnished, shown, taleo

# --- columns

HEADERS = {
    "Simplify": ("Job Title,Company Name,Job URL,Applied Date,Status,Status Date,Archived,Date Archived,Notes",
                 {"title": "Job Title", "company": "Company Name", "url": "Job URL", "applied_on": "Applied Date",
                  "status": "Status", "notes": "Notes"}),
    "Teal": ("Job Position,Company,Max. Salary,Location,Status,Date Saved,Deadline,Date Applied,Follow up,Excitement",
             {"title": "Job Position", "company": "Company", "location": "Location", "status": "Status",
              "applied_on": "Date Applied"}),
    "Huntr": ("Title,Company,List,Location,Post URL,Date Added,Date Applied,Job Description",
              {"title": "Title", "company": "Company", "status": "List", "location": "Location", "url": "Post URL",
               "applied_on": "Date Applied"}),
    "Notion": ("Name,Company,Stage,Date Applied,Link,Comments",
               {"title": "Name", "company": "Company", "status": "Stage", "applied_on": "Date Applied", "url": "Link",
                "notes": "Comments"}),
    "Name is the employer": ("Name,Position,Status", {"company": "Name", "title": "Position", "status": "Status"}),
    "Sheets": ("Employer,Role,Status,Date of application,City,Req ID,Remarks",
               {"company": "Employer", "title": "Role", "status": "Status", "applied_on": "Date of application",
                "location": "City", "requisition": "Req ID", "notes": "Remarks"}),
    "with words round it": ("Company Name (full),Job Title *,Status",
                            {"company": "Company Name (full)", "title": "Job Title *", "status": "Status"}),
    "Spanish": ("Empresa;Puesto;Estado;Fecha de postulación;Ubicación;Enlace;Notas",
                {"company": "Empresa", "title": "Puesto", "status": "Estado", "applied_on": "Fecha de postulación",
                 "location": "Ubicación", "url": "Enlace", "notes": "Notas"}),
    "French": ("Entreprise;Intitulé du poste;Statut;Date de candidature;Ville;Lien de l'offre;Commentaires",
               {"company": "Entreprise", "title": "Intitulé du poste", "status": "Statut",
                "applied_on": "Date de candidature", "location": "Ville", "url": "Lien de l'offre",
                "notes": "Commentaires"}),
    "German": ("Firma;Stelle;Status;Beworben am;Arbeitsort;Stellenanzeige;Kennziffer;Bemerkungen",
               {"company": "Firma", "title": "Stelle", "status": "Status", "applied_on": "Beworben am",
                "location": "Arbeitsort", "url": "Stellenanzeige", "requisition": "Kennziffer",
                "notes": "Bemerkungen"}),
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_columns_by_their_meaning(name: str) -> None:
    line, expected = HEADERS[name]
    header = line.split(";" if ";" in line else ",")
    assert {field: header[column] for field, column in match(header).columns.items()} == expected


def test_what_is_not_used_is_said() -> None:
    assert match(["Title", "Company", "Salary", ""]).unused == ("Salary",)


def test_the_person_has_the_last_word() -> None:
    header = ["Title", "Company", "Status", "Where I stand"]
    assert match(header, ["where i stand=status"]).columns["status"] == 3
    assert "status" not in match(header, ["Status=-"]).columns
    assert match(["A=B", "x"], ["A=B=title"]).columns == {"title": 0}


@pytest.mark.parametrize(
    ("header", "wishes", "words"),
    [
        (["Salary", "Company"], [], "--column 'NAME=title'"),
        (["Title"], ["Title"], "write NAME=FIELD"),
        (["Title"], ["Title=colour"], "write NAME=FIELD"),
        (["Title"], ["Titel=title"], "There is no column 'Titel'"),
    ],
)
def test_columns_that_cannot_be_understood(header: list[str], wishes: list[str], words: str) -> None:
    with pytest.raises(NoColumns, match=words):
        match(header, wishes)


# --- the file

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


# --- dates and stages


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


# --- rows


def read(text: str, **options: bool) -> tuple[list[Row], list[Problem]]:
    found = read_sheet(text.encode())
    return applications_of(found, match(found.header).columns, **options)


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


# --- beside what portals show


@pytest.fixture
def store(home: Home) -> Store:
    return furnished(home)


def take(store: Store, text: str) -> list[tuple[Fate, str]]:
    rows, problems = read(text)
    assert [problem for problem in problems if problem.bad] == []
    with store.transaction() as tx:
        steps = plan(tx, rows)
        carry_out(tx, steps, NOW)
    return [(step.fate, step.key) for step in steps]


def rows_of(store: Store) -> dict[str, dict[str, object]]:
    return store.read().all("applications")


def test_the_portals_reading_counts_and_the_lists_notes_are_kept(store: Store) -> None:
    before = dict(rows_of(store)[EDUCATOR.key])
    text = (
        "Title,Company,Status,Date,Notes\nnurse educator,LAKESHORE HEALTH Inc,Rejected,2027-06-20,call Ann\n"
    )
    assert take(store, text) == [(Fate.PORTAL, EDUCATOR.key)]
    after = rows_of(store)[EDUCATOR.key]
    assert after == {**before, "applied_on": "2027-06-20", "notes": "call Ann"}
    take(store, text)
    assert rows_of(store)[EDUCATOR.key] == after
    assert len(rows_of(store)) == 3


@pytest.mark.parametrize(
    ("row", "fate"),
    [
        ("Something else,Lakeshore Health,48220,", Fate.PORTAL),  # the employer's own number
        (f"Anything,Nobody,,{EDUCATOR.url}&utm_source=mail", Fate.PORTAL),  # the address
        ("Nurse Educator,Lakeshore Health,99999,", Fate.NEW),  # another number
        ("Nurse Educator,North Shore Clinics,48220,", Fate.NEW),  # another employer's number
        (
            "Nurse Educator,Lakeshore Health,,https://lakeshore.taleo.net/",
            Fate.PORTAL,
        ),  # an address of no job
    ],
)
def test_when_two_are_the_same(store: Store, row: str, fate: Fate) -> None:
    assert [found for found, _ in take(store, f"Title,Company,Req ID,URL\n{row}\n")] == [fate]


def test_two_of_one_name_are_not_guessed_at(store: Store) -> None:
    two = "Title,Company,Date\nNurse Educator,Lakeshore Health,2027-01-01\nNurse Educator,Lakeshore Health,2027-05-01\n"
    assert [fate for fate, _ in take(store, two)] == [Fate.NEW, Fate.NEW]


def test_an_imported_application_is_never_given_up_as_gone(store: Store) -> None:
    take(store, "Title,Company,Status\nBaker,Bread & Co,Applied\n")
    for night in range(10):
        at = NOW + timedelta(days=night)
        record_page(store, "lakeshore", shown(EDUCATOR), seen_at=at, complete=True)
    listed = {row["title"]: row["listed"] for row in rows_of(store).values()}
    assert listed == {"Nurse Educator": True, CHARGE.title: False, EVIL.title: False, "Baker": True}


def test_the_list_again_with_another_status_is_a_change_with_its_day(store: Store) -> None:
    (_, key), *_ = take(store, "Title,Company,Status\nBaker,Bread & Co,Applied\n")
    take(store, "Title,Company,Status\nBaker,Bread & Co,Applied\n")
    assert rows_of(store)[key]["change_count"] == 0
    assert take(store, "Title,Company,Status\nBaker,Bread & Co,Rejected\n") == [(Fate.KNOWN, key)]
    change = store.read().all("changes")[f"{key}#1"]
    assert (change["old_status"], change["new_stage"]) == ("Applied", "not_selected")


def test_what_was_corrected_stays(store: Store) -> None:
    (_, key), *_ = take(store, "Title,Company,Status\nBaker,Bread & Co,purple\n")
    with store.transaction() as tx:
        corrections.correct_stage(tx, key, Stage.OFFER, everywhere=False, at=NOW)
    take(store, "Title,Company,Status\nBaker,Bread & Co,purple\n")
    assert rows_of(store)[key]["stage"] == "offer"


def test_what_a_portal_shows_later_becomes_one_with_it(store: Store) -> None:
    (_, key), (_, other) = take(
        store,
        "Title,Company,Status,Notes,Date\nCath Lab RN,Lakeshore Health,Applied,ask for Ann,2027-06-01\n"
        "Cook,Lakeshore Health,Applied,,\n",
    )
    take(store, "Title,Company,Status\nCath Lab RN,Lakeshore Health,Interviewing\n")
    assert joinable(store.read()) == []
    with store.transaction() as tx:
        osei = tx.get("recruiters", "osei") or {}
        tx.put("recruiters", "osei", {**osei, "application_keys": [key, other]})
        trip = tx.get("trips", "cleveland") or {}
        trip["bookings"][0]["application_key"] = key
        tx.put("trips", "cleveland", trip)
        corrections.correct_stage(tx, key, Stage.OFFER, everywhere=False, at=NOW)
    portals = taleo("48001", "Cath Lab RN", "Under review", Stage.UNDER_REVIEW)
    record_page(store, "lakeshore", shown(portals), seen_at=NOW, complete=False)
    assert join_all(store) == [(key, portals.key)]
    row = rows_of(store)[portals.key]
    assert (row["stage"], row["applied_on"]) == ("under_review", "2027-06-01")
    assert row["notes"] == "ask for Ann\nYour list said: Interviewing (2027-08-13)."
    assert key not in rows_of(store)
    assert not [name for name in store.read().all("changes") if name.startswith(key)]
    assert not [name for name in store.read().all("corrections") if key in name]
    assert store.read().all("recruiters")["osei"]["application_keys"] == [portals.key, other]
    assert store.read().all("trips")["cleveland"]["bookings"][0]["application_key"] == portals.key
    before = store.generation
    assert join_all(store) == []
    assert store.generation == before


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.example/job/1?utm_source=x&id=7", "http://A.example/job/1/?id=7", True),
        ("https://a.example/job?id=1", "https://a.example/job?id=2", False),
    ],
)
def test_addresses(one: str, other: str, same: bool) -> None:
    assert (address(one) == address(other)) is same


@pytest.mark.parametrize(
    "text", ["", "no address", "https://a.example/", "mailto:x@y", "http://[", "javascript:1"]
)
def test_addresses_of_no_job(text: str) -> None:
    assert address(text) == ""


# --- our own CSV


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
