"""The report for a bug: what helps is in it, and nothing of the person, in no spelling."""

from __future__ import annotations

import base64
import getpass
import io
import json
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from scraper.model import Stage
from scraper.settings import Home
from scraper.store import Store, record_page
from server.health import bundle
from server.health.bundle import history, last_lines, make_bundle
from server.health.findings import Finding, Patient, State
from server.health.scrubbing import leftovers, our_words, personal_texts, personal_words, safe_line
from server.recording import StillPersonal
from tests.portable.homes import furnished, shown, taleo
from tests.proof.canaries import Canaries, forms

NOW = datetime(2027, 8, 13, 15, 0, tzinfo=UTC)
FINDINGS = [
    Finding("browser", State.OK, "Chromium at /home/dana/chrome", facts={"found": True, "version": "Chromium 156.0"}),
    Finding("account", State.ATTENTION, "lakeshore: sign in", "intown login lakeshore", {"portal": "taleo", "outcome": "captcha"}),
    Finding("store", State.OK, "x", facts={"bytes": 1234567}),
]  # fmt: skip


@pytest.fixture
def patient(home: Home) -> Patient:
    furnished(home)
    return Patient(home, 47615, NOW)


def unpacked(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist()}


def logged(home: Home, *lines: str, name: str = "sync.log") -> None:
    (home.logs / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def run_at(home: Home, *accounts: dict[str, object]) -> None:
    with Store(home.store).transaction() as tx:
        tx.put(
            "runs",
            "2027-08-13T02:31:10+00:00",
            {"began": "2027-08-13T02:31:10+00:00", "accounts": list(accounts)},
        )


LINE = {
    "account": "lakeshore",
    "outcome": "captcha",
    "read": 3,
    "new": 1,
    "changed": 0,
    "seconds": 1.5,
    "how": "warm",
}


def test_what_helps_is_in_it(patient: Patient) -> None:
    run_at(patient.home, LINE)
    logged(
        patient.home,
        "2027-08-13 02:31:12,345 ERROR intown.sync The visit to lakeshore failed.",
        '  File "/home/dana/.venv/scraper/sync.py", line 142, in _bounded',
        "    raise PortalError(Outcome.UNAVAILABLE)",
    )
    files = unpacked(make_bundle(patient, FINDINGS))
    report = json.loads(files["report.json"])
    assert report["state"] == "attention"
    assert report["checks"][1] == {
        "name": "account", "state": "attention", "facts": {"portal": "taleo", "outcome": "captcha"},
    }  # fmt: skip
    assert json.loads(files["outcomes.json"]) == [
        {"began": "2027-08-13T02:31", "accounts": [{**LINE, "account": 1, "portal": "taleo"}]}
    ]
    lines = files["log.txt"].splitlines()
    assert lines[1] == "2027-08-13 02:31:12 ERROR intown.sync The visit to … failed."
    assert 'scraper/sync.py", line 142, in _bounded' in lines[2]
    assert lines[3] == "    raise PortalError(Outcome.UNAVAILABLE)"


def test_texts_and_fixes_stay_out(patient: Patient) -> None:
    whole = "".join(unpacked(make_bundle(patient, FINDINGS)).values())
    assert "dana" not in whole
    assert "lakeshore" not in whole


WAYS = (
    "{}",
    "ERROR intown.sync user {} refused",
    "https://user:{}@portal.example/a?b={}",
    "password={} token={}",
    "<p>{}</p>",
    "Traceback {}Error: {!r}",
)


def test_no_canary_in_any_spelling(home: Home) -> None:
    """Fifty of them: in every field that is stored, and in the logs as they are and encoded."""
    canaries = Canaries()
    names = {
        name: canaries.new(name)
        for name in ("title", "company", "location", "requisition", "status", "host", "mail", "me")
    }
    store = furnished(home)
    row = taleo("9", names["title"], names["status"], Stage.ACTIVE)
    row = replace(row, company=names["company"], location=names["location"], requisition=names["requisition"])
    record_page(store, None, shown(row), seen_at=NOW, complete=False)
    with store.transaction() as tx:
        tx.put("settings", "me", {"name": names["me"], "email": f"{names['mail']}@example.org"})
        tx.put("accounts", "x", {**(tx.get("accounts", "lakeshore") or {}), "id": "x", "host": names["host"]})
    run_at(
        home, {**LINE, "account": names["company"]}, {**LINE, "outcome": names["title"], "how": names["me"]}
    )
    for number in range(7):
        for way in WAYS:
            secret = canaries.new(f"log {number} {way}")
            known = list(names.values())[number]
            with (home.logs / f"sync{number}.log").open("a", encoding="utf-8") as file:
                file.write(way.format(secret, known) + "\n")
                file.write(way.format(quote(secret), base64.b64encode(secret.encode()).decode()) + "\n")
    assert len(canaries.planted) >= 50
    data = make_bundle(Patient(home, 47615, NOW), FINDINGS)
    whole = "\0".join(f"{name}\0{text}" for name, text in unpacked(data).items()).encode()
    assert canaries.found_in(whole) == []
    for secret in canaries.planted:
        assert not any(form in whole for form in forms(secret))
    assert canaries.found_in((home.logs / "sync0.log").read_bytes()), "the canaries were there"


@pytest.mark.parametrize(
    "word",
    ["Dana", "Reyes", "Lakeshore", "dreyes", "48220", "Alvarez", "dana@example.org", "+1 216 555 0101"],
)
def test_known_words_go_even_where_our_source_has_them(patient: Patient, word: str) -> None:
    logged(patient.home, f"2027-08-13 02:31:12,345 INFO intown.sync The store of {word} is open")
    log = unpacked(make_bundle(patient, FINDINGS))["log.txt"]
    assert word.casefold() not in log.casefold()
    assert "The store of" in log


def test_unknown_words_go_as_well(patient: Patient) -> None:
    logged(
        patient.home,
        "Zaphod Beeblebrox ゼイフォード zaphod@heart.gold 123456 +49 170 1234567 eyJhbGciOiJIUzI1NiJ9",
    )
    log = unpacked(make_bundle(patient, FINDINGS))["log.txt"]
    assert not set("Zaphodゼイフォード") & set(log.splitlines()[1].replace("…", ""))
    assert not any(character.isdigit() and log.count(character) > 6 for character in log)


@pytest.mark.parametrize(
    ("line", "safe"),
    [
        ("2027-01-02 03:04:05,678 INFO intown.server ready", "2027-01-02 03:04:05 INFO intown.server ready"),
        ("2027-01-02 03:04:05,678 INFO evil.example ready", "2027-01-02 03:04:05 INFO ready"),
        ("line 142, port 47615", "line 142, port …"),
        ("\x1b[31m the\tstore", "… the…store"),
        ("…Zaphod… the store", "… the store"),
    ],
)
def test_lines(line: str, safe: str) -> None:
    assert safe_line(line, set()) == safe


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("write to zaphod@heart.example", "an e-mail address"),
        ("call +1 216 555 0101", "a telephone number"),
        ("eyJhbGciOiJIUzI1NiJ9", "a token"),
        ("at LAKESHORE", "a word of yours"),
        (quote("Dana Reyes & Co", safe=""), "something of yours in another spelling"),
        (base64.b64encode(b"...Lakeshore Health...").decode(), "something of yours in another spelling"),
    ],
)
def test_the_last_look_finds(text: str, what: str) -> None:
    texts = {"Lakeshore Health", "Dana Reyes & Co"}
    assert what in leftovers(text, texts, personal_words(texts, ()), ())


def test_the_last_look_lets_our_own_words_pass() -> None:
    texts = {"Store Manager", "Oracle", "State of Sync"}
    personal = personal_words(texts, ["oracle"])
    assert "oracle" not in personal
    assert leftovers('{"store": 123456, "state": "ok"}', texts, personal, ("store", "state")) == []


def test_nothing_is_made_where_something_is_left(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the rewriting had a hole."""
    logged(patient.home, "Nurse Educator")
    monkeypatch.setattr(bundle, "safe_line", lambda line, _: line)
    with pytest.raises(StillPersonal, match="a word of yours"):
        make_bundle(patient, FINDINGS)


def test_a_fact_that_is_somebodys_is_noticed(patient: Patient) -> None:
    leak = Finding("store", State.OK, "", facts={"path": "/srv/Lakeshore Health"})
    with pytest.raises(StillPersonal):
        make_bundle(patient, [*FINDINGS, leak])


def test_people_called_as_our_words_get_their_report(home: Home) -> None:
    store = furnished(home)
    row = replace(
        taleo("9", "Store Manager", "Browser state unknown", Stage.ACTIVE), company="Checks & Facts"
    )
    record_page(store, None, shown(row), seen_at=NOW, complete=False)
    assert unpacked(make_bundle(Patient(home, 47615, NOW), FINDINGS))["report.json"]


def test_a_store_that_cannot_be_read_needs_its_report_most(home: Home) -> None:
    home.store.mkdir()
    logged(home, "2027-01-02 03:04:05,678 ERROR intown.store it is cut off")
    files = unpacked(make_bundle(Patient(home, 47615, NOW), FINDINGS))
    assert files["outcomes.json"] == "[]"
    assert "it is cut off" in files["log.txt"]


def test_only_the_end_of_a_long_log(home: Home) -> None:
    logged(home, *(f"line {number}" for number in range(100_000)))
    lines = list(last_lines(home))
    assert len(lines) == 1 + bundle.LAST_LINES
    assert lines[-1] == "line 99999"


def test_without_logs(tmp_path: Path) -> None:
    assert list(last_lines(Home(tmp_path, tmp_path, tmp_path / "none"))) == []


def test_history_of_an_account_that_is_gone(home: Home) -> None:
    furnished(home)
    run_at(home, {**LINE, "account": "removed"})
    (run,) = history(Store(home.store).read())
    assert run["accounts"][0]["account"] == 0
    assert run["accounts"][0]["portal"] == ""


def test_what_is_personal(patient: Patient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "zaphod")
    texts = personal_texts(patient.view, patient.home)
    assert {
        "Nurse Educator",
        "Lakeshore Health",
        "dreyes",
        "A. Alvarez",
        "zaphod",
        "I am in {city}.",
    } <= texts
    assert {"nurse", "zaphod", "48220"} <= personal_words(texts, ())
    assert not {"2027", "https", "of"} & personal_words(texts, ())


def test_our_words_come_from_our_source() -> None:
    assert {"_bounded", "portalerror", "valueerror", "unavailable"} <= our_words()
    assert "beeblebrox" not in our_words()
