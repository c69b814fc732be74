"""Snapshot in, parsed page out: the one entry for the nightly sync and for the click on the icon.

First whose page it is, then what kind of page, then what it says. Portal modules know their own pages; the
generic reader is asked where no module knows the page, or where a module finds nothing on a page that should
hold a list: then the rows are shown but the page is not called complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from scraper.model import ENDED, Application, PageKind, PageSnapshot, ParsedPage, Stage
from scraper.portals import PORTALS, portal_for_url
from scraper.portals.base import NO_WAY_ON, Portal
from scraper.portals.shapes import Listed
from scraper.reading.crossed import rows_crossed
from scraper.reading.generic import read_generic
from scraper.reading.guard import check
from scraper.reading.html import Page
from scraper.reading.kinds import generic_kind
from scraper.stages import NO_CORRECTIONS, Corrections, stage_of

CHANGED = "This looks like a list of applications, but InTown cannot read it as {name} writes it today."
BY_MEANING = "{name} has changed this page; InTown read it by meaning, so check the rows."
DAMAGED = (
    "A piece of this page is missing or broken; statuses that InTown already knew were left as they are."
)
UNREAD_FRAME = "{name} keeps the list in a frame that could not be read."
MAY_HAVE_ROWS = frozenset(
    {PageKind.APPLICATIONS, PageKind.EMPTY, PageKind.OTHER, PageKind.JOB_LIST, PageKind.DETAIL}
)
"""Kinds of page on which rows are looked for; on all others (sign-in, locked ...) nothing is read."""


def parse_page(snapshot: PageSnapshot, *, corrections: Corrections = NO_CORRECTIONS) -> ParsedPage:
    """What a snapshot says. Pure: no clock, no network, no browser.

    Raises guard.Unparsable for pages beyond its limits; broken markup and
    unknown pages are no errors.
    """
    whole = check(snapshot)
    page = Page(snapshot, corrections=corrections)
    portal = portal_of(page)
    parsed = _read_known(portal, page) if portal else _read_unknown(page)
    if parsed.applications and not page.has_only_json and (not whole or page.crossed):
        return replace(parsed, damaged=True, complete=False, warnings=(*parsed.warnings, DAMAGED))
    return parsed


def portal_of(page: Page) -> Portal | None:
    """Whose page is it? The address decides, else the page's own signature."""
    known = portal_for_url(page.url)
    return known or next((portal for portal in PORTALS if portal.recognises(page)), None)


def _read_known(portal: Portal, page: Page) -> ParsedPage:
    if page.has_only_json or portal.prefers_json:
        listed = portal.read_json(page)
        if listed is not None:
            return _result_of_json(portal, page, listed)
    if page.has_only_json:
        return _result(portal, page, _kind_of_other_json(page), (), complete=False)
    kind = portal.kind_of(page) or generic_kind(page)
    if portal.frame and not page.frames and page.first(portal.frame):
        page.warn(UNREAD_FRAME.format(name=portal.name))
        return _result(portal, page, PageKind.OTHER, (), complete=False)
    if kind not in MAY_HAVE_ROWS or not portal.may_list(page, kind):
        return _result(portal, page, kind, ())
    rows = _unique(page, list(portal.applications(page)))
    unread = bool(page.warnings)
    if rows:
        return _result(portal, page, PageKind.APPLICATIONS, rows, complete=not _rows_lost(page))
    certain = portal.list_page_is_certain and bool(re.search(portal.list_page, page.url))
    due = kind is PageKind.APPLICATIONS or (certain and kind is not PageKind.EMPTY)
    at_list = kind is PageKind.OTHER  # wherever a tenant keeps it: the generic reader asks for proof
    if not due and not unread and not (at_list and _by_meaning(portal, page)):
        return _result(portal, page, kind, ())
    # Rows that the module saw and could not read are not left to a reader that knows even less.
    by_meaning = [] if unread else _by_meaning(portal, page)
    if by_meaning:
        page.warn(BY_MEANING.format(name=portal.name))
        return _result(portal, page, PageKind.APPLICATIONS, by_meaning, complete=False)
    page.warn(CHANGED.format(name=portal.name))
    return _result(portal, page, PageKind.OTHER, (), complete=False)


def _by_meaning(portal: Portal, page: Page) -> list[Application]:
    """What the generic reader finds, under the portal's name and dialect.

    Only rows with the portal's own number and a status that is understood: others would get another key than
    the module gives them, and stand twice in the store. Where no row at all shows a number the module could give
    them none either, so they keep the key made of their words.
    """
    rows = []
    applications = read_generic(page).applications
    unnumbered = not any(any(map(str.isdigit, found.requisition)) for found in applications)
    for found in applications:
        company = found.company or portal.employer(page.url, page)
        reading = stage_of(found.status_raw, portal.kind, company, corrections=page.corrections)
        if (unnumbered or any(map(str.isdigit, found.requisition))) and reading.stage is not Stage.UNKNOWN:
            rows.append(
                replace(
                    found,
                    portal=portal.kind,
                    external_id=found.requisition or found.external_id,
                    company=company,
                    stage=reading.stage,
                    confidence=reading.confidence,
                )
            )
    return _unique(page, rows)


def _unique(page: Page, rows: list[Application]) -> list[Application]:
    page.crossed = rows_crossed(page, rows)
    return unique_applications(rows)


def _result_of_json(portal: Portal, page: Page, listed: Listed) -> ParsedPage:
    rows = unique_applications(listed.applications)
    found = _result(portal, page, PageKind.OTHER, rows, complete=not _rows_lost(page))
    if not rows and not page.warnings:
        return replace(found, kind=PageKind.EMPTY, count_shown=listed.count_shown, next_step=listed.next_step)
    kind = PageKind.APPLICATIONS if rows else PageKind.OTHER
    return replace(found, kind=kind, count_shown=listed.count_shown, next_step=listed.next_step)


def _kind_of_other_json(page: Page) -> PageKind:
    """An answer that is no list: signed out, or changed."""
    refused = any(answer.status in (401, 403) for answer in page.snapshot.answers)
    expired = any("sessionExpired" in body for body in page.json(r".") if isinstance(body, dict))
    if refused or expired:
        return PageKind.SESSION_EXPIRED
    return PageKind.OTHER


def _rows_lost(page: Page) -> bool:
    return any(warning.startswith(("A row could not be read", NO_WAY_ON)) for warning in page.warnings)


def _result(
    portal: Portal, page: Page, kind: PageKind, rows: Iterable[Application], *, complete: bool = True
) -> ParsedPage:
    listing = kind in (PageKind.APPLICATIONS, PageKind.EMPTY)
    step = portal.next_step(page) if listing else None
    return ParsedPage(
        url=page.url,
        host=page.host,
        kind=kind,
        portal=portal.kind,
        portal_name=portal.name,
        company=portal.employer(page.url, page),
        applications=tuple(rows),
        count_shown=portal.count_shown(page) if listing else None,
        next_step=step,
        complete=complete and NO_WAY_ON not in page.warnings,
        warnings=tuple(page.warnings),
    )


def _read_unknown(page: Page) -> ParsedPage:
    kind = generic_kind(page)
    if kind not in MAY_HAVE_ROWS:
        return ParsedPage(url=page.url, host=page.host, kind=kind)
    found = read_generic(page)
    rows = _unique(page, list(found.applications))
    return ParsedPage(
        url=page.url,
        host=page.host,
        kind=PageKind.APPLICATIONS if rows and kind is not PageKind.DETAIL else kind,
        company=getattr(found, "company", ""),
        applications=tuple(rows),
        count_shown=getattr(found, "count_shown", None),
        next_step=getattr(found, "next_step", None),
        complete=getattr(found, "complete", True),
        warnings=tuple(getattr(found, "warnings", ())),
    )


def unique_applications(applications: Iterable[Application]) -> list[Application]:
    """Each key once. Someone who withdrew and applied again for the same job is listed twice: the newer counts.

    Without dates to tell, a submitted one counts before a draft, and a live one before an ended one, because the
    portal itself shows it as live now.
    """
    kept: dict[str, Application] = {}
    for found in applications:
        before = kept.get(found.key)
        if before is None or _rank(found) > _rank(before):
            kept[found.key] = found
    return list(kept.values())


def _rank(application: Application) -> tuple[bool, str, bool]:
    applied = application.applied_on.isoformat() if application.applied_on else ""
    return application.stage is not Stage.DRAFT, applied, application.stage not in ENDED
