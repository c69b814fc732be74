"""A home with something in every table, made as the product makes it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from scraper import accounts, corrections
from scraper.model import Application, Confidence, PageKind, ParsedPage, Stage
from scraper.settings import Home
from scraper.store import Store, record_page
from server import pairing, planning
from server.asking.model import AskState, Place
from server.asking.world import fix_key
from tests.asking.worlds import CLEVELAND, NOW, founding_recruiters, founding_trip

LIST_URL = "https://lakeshore.taleo.net/careersection/ext/mysubmissions.ftl"
FIRST = datetime(2027, 7, 1, 2, tzinfo=UTC)


def taleo(number: str, title: str, status: str, stage: Stage, **fields: object) -> Application:
    """One application as Lakeshore's portal shows it."""
    made = Application(
        portal="taleo",
        host="lakeshore.taleo.net",
        external_id=number,
        title=title,
        company="Lakeshore Health",
        status_raw=status,
        stage=stage,
        confidence=Confidence.SURE,
        location="US-OH-Cleveland",
        requisition=number,
        url=f"https://lakeshore.taleo.net/careersection/ext/jobdetail.ftl?job={number}",
    )
    return replace(made, **fields)  # type: ignore[arg-type]  # fields of Application


def shown(*rows: Application) -> ParsedPage:
    return ParsedPage(
        url=LIST_URL,
        host="lakeshore.taleo.net",
        kind=PageKind.APPLICATIONS,
        portal="taleo",
        applications=rows,
    )


EDUCATOR = taleo("48220", "Nurse Educator", "Under review", Stage.UNDER_REVIEW)
CHARGE = taleo("48213", "Charge Nurse, Cardiac ICU", "Referred", Stage.REFERRED)
EVIL = taleo(
    "1", '=HYPERLINK("https://evil.example","x")', "Received\u202e", Stage.RECEIVED, location="+1 Zürich"
)


def furnished(home: Home) -> Store:
    """A store with an account, three applications, a history, corrections, people, a trip, an ask and settings."""
    store = Store(home.store)
    account = accounts.account_from_url(LIST_URL, employer="Lakeshore Health", username="dreyes")
    account = replace(account, id="lakeshore")
    accounts.add(store, account, named=True)
    record_page(store, "lakeshore", shown(EDUCATOR, CHARGE, EVIL), seen_at=FIRST, complete=True)
    later = replace(EDUCATOR, status_raw="Referred to hiring manager", stage=Stage.REFERRED)
    record_page(
        store, "lakeshore", shown(later, CHARGE, EVIL), seen_at=FIRST + timedelta(days=9), complete=True
    )
    with store.transaction() as tx:
        corrections.correct_stage(tx, EVIL.key, Stage.SHORTLISTED, everywhere=False, at=NOW)
        corrections.correct_employer(tx, CHARGE.key, "Lakeshore Heart", everywhere=False, at=NOW)
        for person in founding_recruiters():
            tx.put("recruiters", person.id, person.model_dump(mode="json"))
        trip = founding_trip()
        tx.put("trips", trip.id, trip.model_dump(mode="json"))
        tx.put("asks", f"{trip.id}.alvarez", sent_ask(trip.id))
        fixed = Place.model_validate(CLEVELAND.model_dump() | {"text": "main campus"})
        tx.put("places", fix_key("Lakeshore Health", "main campus"), fixed.model_dump(mode="json"))
    planning.save_settings(store, "me", {"name": "Dana Reyes", "email": "dana@example.org"})
    planning.save_settings(store, "rules", {"radius_km": 60})
    planning.save_template(store, "ask.en", "Hello", "I am in {city}.")
    return store


def sent_ask(trip_id: str) -> dict[str, object]:
    return {
        "id": f"{trip_id}.alvarez",
        "trip_id": trip_id,
        "card_id": f"{trip_id}.alvarez",
        "recruiter_id": "alvarez",
        "employer": "Lakeshore Health",
        "application_keys": [EDUCATOR.key],
        "offers": [{"date": "2027-08-27", "part": "afternoon"}],
        "channel": "email",
        "subject": "In Cleveland",
        "body": "Dear …",
        "steps": [{"state": AskState.SENT.value, "at": "2027-08-13T15:00:00Z"}],
        "booking_id": "",
    }


def with_secrets(store: Store) -> list[str]:
    """Put what must never leave the store into it; gives the words to look for."""
    issued = pairing.issue(store, "Dana's Chromium", NOW)
    hashed = store.read().all("tokens")[issued.client]["hash"]
    with store.transaction() as tx:
        account = dict(tx.get("accounts", "lakeshore") or {})
        account |= {
            "secret": "command",
            "password_command": ["pass", "show", "hidden-entry"],
            "submitted_version": 7,
        }
        tx.put("accounts", "lakeshore", account)
    return [issued.token, hashed, "hidden-entry", "submitted_version", "tokens", "Dana's Chromium"]


def other_home(folder: Path) -> Home:
    return Home(folder / "data", folder / "cache", folder / "logs").make()
