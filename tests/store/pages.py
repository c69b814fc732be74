"""Pages and applications for the store's tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from scraper.model import Application, Confidence, PageKind, ParsedPage, Stage

START = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)


def hours(count: float) -> datetime:
    """The moment that many hours after the start."""
    return START + timedelta(hours=count)


def job(
    number: int | str = 1,
    status: str = "Under Review",
    stage: Stage = Stage.UNDER_REVIEW,
    **more: object,
) -> Application:
    """An application as a page shows it."""
    fields: dict[str, object] = {
        "portal": "taleo",
        "host": "lakeshore.taleo.net",
        "external_id": str(number),
        "title": f"Nurse {number}",
        "company": "Lakeshore Health",
        "status_raw": status,
        "stage": stage,
        "confidence": Confidence.SURE,
        "location": "US-OH-Cleveland",
        "requisition": f"48{number}",
        "url": f"https://lakeshore.taleo.net/job/{number}",
    }
    return Application(**{**fields, **more})  # type: ignore[arg-type]  # the tests name the fields


def page(*rows: Application, **more: object) -> ParsedPage:
    """A page with these rows; the kind follows from there being any."""
    fields: dict[str, object] = {
        "url": "https://lakeshore.taleo.net/mysubmissions",
        "host": "lakeshore.taleo.net",
        "portal": "taleo",
        "kind": PageKind.APPLICATIONS if rows else PageKind.EMPTY,
        "applications": rows,
    }
    return ParsedPage(**{**fields, **more})  # type: ignore[arg-type]  # as above
