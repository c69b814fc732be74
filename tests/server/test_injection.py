"""Text from pages in everything the server and the commands put out: inert everywhere (security.md F14).

The popup has its own test in a real browser (tests/browser/test_injection.py).
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import escape
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import icalendar
import pytest
from apiflask import APIFlask
from click.testing import CliRunner

from scraper.logs import printable
from scraper.store import Store
from server import utc_now
from server.cli import intown
from tests.server.conftest import Caller, Clock
from tests.server.payloads import HEADERS, MARK, PAYLOADS, SCRIPTS, TERMINAL, poison


@pytest.fixture
def clock() -> Clock:
    """The commands have no clock but the machine's, so the server must not have another."""
    return Clock(utc_now())


@pytest.fixture
def trip(caller: Caller, store: Store, clock: Clock) -> str:
    """A trip to where every payload is the title, the employer, the status and the recruiter of an application."""
    poison(store, clock())
    arrive = datetime.now() + timedelta(days=12)
    body = {
        "destination": "Cleveland, Ohio",
        "arrive": f"{arrive:%Y-%m-%d}T08:00",
        "depart": f"{arrive + timedelta(days=3):%Y-%m-%d}T18:00",
    }
    answer = caller.post("/api/trips", body)
    assert answer.status_code < 300, answer.text
    return str(answer.get_json()["id"])


def test_the_api_answers_json_that_no_browser_takes_for_a_page(caller: Caller, trip: str) -> None:
    for path in (
        "/api/applications",
        f"/api/trips/{trip}/suggestions",
        "/api/recruiters",
        "/api/openapi.json",
    ):
        answer = caller.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"] == "application/json"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    titles = " ".join(row["title"] for row in caller.get("/api/applications").get_json()["applications"])
    assert titles.count(MARK) >= len(PAYLOADS)


def test_every_mail_link_has_the_fields_that_it_was_given(caller: Caller, trip: str) -> None:
    fields = {
        "mailto": ("mailto", "", {"subject", "body"}),
        "gmail": ("https", "mail.google.com", {"view", "fs", "to", "su", "body"}),
        "outlook": ("https", "outlook.office.com", {"to", "subject", "body"}),
    }
    addresses = {f"r{number}@example.org" for number in range(len(PAYLOADS))} | {""}
    drafts = [card["draft"] for card in cards(caller, trip) if card["draft"]]
    assert len(drafts) >= 20
    for draft in drafts:
        for name, (scheme, host, allowed) in fields.items():
            if not draft[name]:
                continue
            parts = urlsplit(draft[name])
            found = parse_qsl(parts.query, keep_blank_values=True)
            assert (parts.scheme, parts.netloc, parts.fragment) == (scheme, host, "")
            assert {key for key, _ in found} <= allowed, draft[name]
            assert len({key for key, _ in found}) == len(found), draft[name]
            to = unquote(parts.path) if name == "mailto" else dict(found)["to"]
            assert to in addresses
            subject = dict(found)["su" if name == "gmail" else "subject"]
            assert subject.isprintable(), subject


def test_a_draft_is_plain_text(caller: Caller, trip: str) -> None:
    for card in cards(caller, trip):
        draft = card["draft"]
        if draft:
            for text in (draft["subject"], draft["body"], draft["call_script"], draft["voicemail"]):
                assert all(line.isprintable() for line in text.split("\n")), text
            assert len(draft["subject"].splitlines()) == 1


@pytest.mark.parametrize(
    "command",
    [
        ["trip", "list"],
        ["trip", "show"],
        ["suggest"],
        ["suggest", "--drafts"],
        ["asks"],
        ["recruiters", "list"],
        ["pair", "--list"],
        ["account", "list"],
    ],
    ids=" ".join,
)
def test_nothing_that_is_printed_drives_the_terminal(
    caller: Caller, trip: str, command: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("COLUMNS", "200")
    shown = CliRunner().invoke(intown, command)
    assert shown.exception is None or isinstance(shown.exception, SystemExit), shown.output
    assert inert(shown.output)
    if command[0] in ("suggest", "recruiters"):
        assert MARK in shown.output


@pytest.mark.parametrize("command", ["read", "stage", "place"])
def test_what_the_reading_commands_print(command: str) -> None:
    page = "".join(
        f'<div id="mySubmissionsInterface.ID1.row{n}"><h3><a id="mySubmissionsInterface.ID2.row{n}" '
        f'href="/careersection/2/jobdetail.ftl?job={n}">{escape(text)}</a></h3>'
        f'<span id="mySubmissionsInterface.ID3.row{n}">Job Number: {n}</span>'
        f'<span id="mySubmissionsInterface.ID4.row{n}">Submission Status: {escape(text)}</span></div>'
        for n, text in enumerate(PAYLOADS, 1)
    )
    given = f"<form id=ftlform name=ftlform>{page}</form>" if command == "read" else "\n".join(PAYLOADS)
    options = ["--url", "https://h.taleo.net/careersection/2/mysubmissions.ftl"] if command == "read" else []
    shown = CliRunner().invoke(intown, [command, *options, "-"], input=given.encode("utf-8", "replace"))
    assert shown.exit_code == 0, shown.output
    assert inert(shown.output)


def inert(output: str) -> bool:
    """Whether every line is as `printable` would leave it."""
    active = [line for line in output.split("\n") if line != printable(line)]
    assert active == []
    return True


def cards(caller: Caller, trip: str) -> list[dict[str, Any]]:
    body = caller.get(f"/api/trips/{trip}/suggestions").get_json()
    return list(json.loads(json.dumps(body["cards"])))


def test_a_link_of_a_page_is_shown_only_if_it_is_https(caller: Caller, trip: str, app: APIFlask) -> None:
    for row in caller.get("/api/applications").get_json()["applications"]:
        assert row["url"] == "" or row["url"].startswith("https://")


def test_a_calendar_has_the_entries_that_it_was_given(caller: Caller, trip: str) -> None:
    """Titles with line ends, ATTENDEE and VALARM in them: one event each, no other property."""
    plan = caller.get(f"/api/trips/{trip}").get_json()
    first = datetime.fromisoformat(plan["arrive"]) + timedelta(hours=3)
    texts = [*HEADERS, *SCRIPTS[:15], *TERMINAL]
    for number, text in enumerate(texts):
        start = first + timedelta(minutes=30 * number)
        booking = {
            "title": text,
            "employer": text,
            "address": text,
            "notes": text,
            "start": start.isoformat(),
            "end": (start + timedelta(minutes=20)).isoformat(),
        }
        answer = caller.post(f"/api/trips/{trip}/bookings", booking)
        assert answer.status_code < 300, answer.text
    written = caller.get(f"/api/trips/{trip}/calendar").get_json()["ics"]
    events = icalendar.Calendar.from_ical(written).walk("VEVENT")
    assert len([event for event in events if str(event["UID"]).startswith("booking-")]) == len(texts)
    allowed = {"UID", "DTSTAMP", "SUMMARY", "DTSTART", "DTEND", "TRANSP", "STATUS", "LOCATION"}
    assert set().union(*(set(event.keys()) for event in events)) <= allowed
    unfolded = written.replace("\r\n ", "").split("\r\n")
    names = {line.partition(":")[0].partition(";")[0] for line in unfolded if line}
    assert names <= allowed | {"BEGIN", "END", "PRODID", "VERSION"}
    assert {line for line in unfolded if line.startswith("BEGIN")} == {"BEGIN:VCALENDAR", "BEGIN:VEVENT"}
    assert all(line == printable(line) for line in unfolded)
