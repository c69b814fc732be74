"""`intown import` at the terminal: what it shows, what it refuses, and that it is all or nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scraper.settings import Home
from scraper.store import Store
from server.portable import reading
from tests.commands.conftest import Run, sentence
from tests.portable.homes import EDUCATOR, furnished

LIST = (
    "Job Title,Company Name,Job URL,Applied Date,Status,Status Date,Notes\r\n"
    "Nurse Educator,Lakeshore Health,,8/1/2027,Interviewing,,\"call, then\nwrite\"\r\n"
    "ICU Nurse,North Shore Clinics,https://north.example/1,25/7/2027,Wishlist,,\r\n"
)  # fmt: skip
BAD = LIST + ",Nobody,,soon,,,\r\n"


@pytest.fixture
def store(home: Home) -> Store:
    return furnished(home)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "list.csv"
    path.write_text(LIST, newline="")
    return path


def test_an_export_travels_to_another_home(
    store: Store, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "all.json"
    run("export", str(out))
    monkeypatch.setenv("INTOWN_HOME", str(tmp_path / "another"))
    dry = run("import", str(out), "--dry-run")
    assert "Nothing was changed" in dry.output
    assert not (tmp_path / "another" / "data" / "intown.json").exists()
    done = run("import", str(out))
    assert done.exit_code == 0, done.output
    assert "No password is in an export" in done.output
    assert json.loads(run("export").stdout_bytes)["tables"] == json.loads(out.read_bytes())["tables"]
    again = json.loads(run("import", str(out), "--json").stdout)
    assert {(t["new"], t["updated"], t["kept"]) for t in again["tables"].values()} == {(0, 0, 0)}


def test_what_differs_is_told(store: Store, run: Run, tmp_path: Path) -> None:
    whole = json.loads(run("export").stdout_bytes)
    whole["tables"]["trips"]["cleveland"]["purpose"] = "Another"
    done = run("import", "-", typed=json.dumps(whole))
    assert "--replace" in done.output
    assert store.read().all("trips")["cleveland"]["purpose"] == ""
    assert run("import", "-", "--replace", typed=json.dumps(whole)).exit_code == 0
    assert store.read().all("trips")["cleveland"]["purpose"] == "Another"


def test_an_empty_export(run: Run) -> None:
    done = run("import", "-", typed=run("export").stdout_bytes)
    assert "The file holds nothing." in done.output


def test_a_dry_run_shows_the_matching_and_the_counts(store: Store, run: Run, file: Path) -> None:
    before = store.path.read_bytes()
    done = run("import", str(file), "--dry-run")
    assert done.exit_code == 0, done.output
    assert max(len(line) for line in done.output.splitlines()) <= 80
    for words in (
        "Job Title     position",
        "Not used: Status Date.",
        "the portal's",
        "draft",
        "1 new, 0 imported",
    ):
        assert words in done.output, done.output
    assert store.path.read_bytes() == before


def test_one_bad_row_stops_the_import(store: Store, run: Run, file: Path) -> None:
    file.write_text(BAD, newline="")
    before = store.path.read_bytes()
    done = run("import", str(file))
    assert done.exit_code == 1
    assert "Line 5: It names no position." in done.output
    assert sentence(done).startswith("One row cannot be imported, so nothing was.")
    assert store.path.read_bytes() == before
    done = run("import", str(file), "--skip-bad")
    assert done.exit_code == 0
    assert "1 new" in done.output
    titles = {row["title"] for row in store.read().all("applications").values()}
    assert "ICU Nurse" in titles
    assert store.read().all("applications")[EDUCATOR.key]["notes"] == "call, then\nwrite"


def test_many_problems_are_not_all_listed(run: Run, file: Path) -> None:
    file.write_text("Title,Company\n" + ",x\n" * 30)
    done = run("import", str(file))
    assert "… and 10 more." in done.output
    assert sentence(done).startswith("30 rows")


def test_a_long_list_is_shown_in_part(run: Run, file: Path) -> None:
    file.write_text("Title,Company\n" + "".join(f"Job {n},x\n" for n in range(30)))
    done = run("import", str(file), "--dry-run")
    assert "… and 22 more." in done.output
    assert "Job 8" not in done.output


def test_for_scripts(run: Run, file: Path) -> None:
    said = json.loads(run("import", str(file), "--json").stdout)
    assert said["columns"]["url"] == "Job URL"
    assert said["rows"] == {"new": 2, "known": 0, "portal": 0}
    file.write_text(LIST.replace("Wishlist", "Applied"), newline="")
    assert json.loads(run("import", str(file), "--json").stdout)["changed"] == 1
    assert "1 with another status" in run("import", "-", typed=LIST).output


def test_what_the_person_says_about_the_file(run: Run, home: Home) -> None:
    text = "Wer\tWas\tWann\nFörster KG\tKoch\t03/04/2026\n"
    words = ("--column", "Was=title", "--column", "Wer=company", "--column", "Wann=applied_on")
    done = run(
        "import",
        "-",
        *words,
        "--encoding",
        "cp1252",
        "--delimiter",
        "tab",
        "--dates",
        "day-first",
        typed=text.encode("cp1252"),
    )
    assert done.exit_code == 0, done.output
    (row,) = Store(home.store).read().all("applications").values()
    assert (row["company"], row["applied_on"]) == ("Förster KG", "2026-04-03")


def test_terminals_are_not_driven_by_a_list(run: Run) -> None:
    text = 'Title,Company,\x1b[2JEvil\n"[red]Nurse\x1b]0;x\x07",A,b\n'
    done = run("import", "-", "--dry-run", typed=text)
    assert "\x1b" not in done.output
    assert "\x07" not in done.output
    assert "[red]Nurse" in done.output


def test_what_a_portal_shows_by_now_is_joined(store: Store, run: Run) -> None:
    run("import", "-", typed="Title,Company,Notes\nRN,Other,\n")
    with store.transaction() as tx:
        (key,) = (key for key in tx.all("applications") if key.startswith("imported|"))
        tx.put(
            "applications",
            key,
            {**(tx.get("applications", key) or {}), "title": "Nurse Educator", "company": "Lakeshore Health"},
        )
    dry = run("import", "--join", "--dry-run")
    assert "1 from your list would become one" in dry.output
    assert key in store.read().all("applications")
    assert "Nurse Educator, Lakeshore Health" in run("import", "--join").output
    assert key not in store.read().all("applications")
    assert json.loads(run("import", "--join", "--json").stdout) == {"dry_run": False, "joined": 0}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'{"format":"intown-export","version":9}', "newer InTown"),
        (b'{"deep":' + b"[" * 3000, "not JSON"),
        (b"", "empty"),
        (b"\0\0\0\0", "NUL"),
        (b"Salary,Company\n1,2\n", "--column"),
    ],
)
def test_files_that_are_not_what_they_should_be(run: Run, home: Home, content: bytes, words: str) -> None:
    done = run("import", "-", typed=content)
    assert done.exit_code == 1
    assert words in sentence(done)
    assert not home.store.exists()


def test_large_files_are_not_read_whole(run: Run, tmp_path: Path) -> None:
    large = tmp_path / "large"
    with large.open("wb") as file:
        file.truncate(3_000_000_000)  # a hole: it takes no room
    assert "larger than 64 MB" in sentence(run("import", str(large)))
    large.write_bytes(b"a,b\n" * (reading.LARGEST // 4 + 1))
    assert "larger than 10 MB" in sentence(run("import", str(large)))


def test_a_file_that_is_not_there(run: Run, tmp_path: Path) -> None:
    assert "cannot be read (No such file or directory)" in sentence(run("import", str(tmp_path / "no.csv")))
    assert run("import").exit_code == 2
