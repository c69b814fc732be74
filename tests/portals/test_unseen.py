"""Portals' own pages made otherwise than the fakes make them: other words, other ids, things beside the list. Invented."""

from __future__ import annotations

from datetime import UTC, datetime

from scraper.model import PageKind, PageSnapshot, ParsedPage
from scraper.reading.page import parse_page


def _read(url: str, body: str) -> ParsedPage:
    html = f"<html><head><title>x</title></head><body>{body}</body></html>"
    return parse_page(PageSnapshot(url=url, html=html, captured_at=datetime(2026, 6, 1, tzinfo=UTC)))


def test_workday_in_words_nobody_listed() -> None:
    row = (
        "<tr data-automation-id=taskListRow><th><div data-automation-id=applicationTitle>Roofer</div></th><td>R00812</td>"
        "<td><div data-automation-id=applicationStatus>Candidature reçue</div></td></tr>"
    )
    head = "<tr><th>Intitulé</th><th>Demande</th><th>Statut</th></tr>"
    (found,) = _read(
        "https://acme.wd3.myworkdayjobs.com/fr-FR/Jobs/userHome", f"<table>{head}{row}</table>"
    ).applications
    assert (found.external_id, found.stage.value) == ("R00812", "received")


def test_workday_tells_the_place_by_the_address() -> None:
    row = (
        "<tr data-automation-id=taskListRow><td><div data-automation-id=applicationTitle>"
        "<a href='/en-US/Jobs/job/{}/Roofer_JR-7'>Roofer</a></div></td><td><div data-automation-id=applicationStatus>In Process</div></td></tr>"
    )
    for written, place in (("Fort-Collins-CO", "Fort Collins CO"), ("USA---Dover", "USA - Dover")):
        parsed = _read(
            "https://acme.wd3.myworkdayjobs.com/en-US/Jobs/userHome", f"<table>{row.format(written)}</table>"
        )
        assert [found.location for found in parsed.applications] == [place]


def test_icims_job_search_lists_no_applications() -> None:
    jobs = "".join(
        f"<li><a href='/jobs/{n}/x/job'><h3>Roofer</h3></a><span>US-OH-Akron</span></li>" for n in range(3)
    )
    parsed = _read(
        "https://careers-acme.icims.com/jobs/search?in_iframe=1", f"<h1>Job listings</h1><ul>{jobs}</ul>"
    )
    assert parsed.applications == ()
    assert parsed.kind is PageKind.JOB_LIST


def test_smartrecruiters_counts_its_applications() -> None:
    card = "<h1>My applications</h1><div><h3><a href=/application/{}>Roofer</a></h3><p>Acme Group</p><p>Dover, DE</p><p>Status Inactive</p></div>"
    (found,) = _read("https://my.smartrecruiters.com/home", card.format(7)).applications
    assert (found.external_id, found.company, found.location) == ("7", "Acme Group", "Dover, DE")


def test_brassring_tabs_are_no_status() -> None:
    card = (
        "<div class=card><a href='#a={0}'>{1}</a><div>Auto req ID: 8{0}BR</div><button role=tab>Status</button>"
        "<button role=tab>Documents</button><p><span>{2}</span> <span>Date applied: 02-Mar-2026</span></p></div>"
    )
    body = card.format(1, "Roofer", "Applied") + card.format(2, "Glazier", "No Longer Considered")
    url = "https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=1&siteid=2"
    parsed = _read(url, f"<h2>Submitted Applications</h2>{body}")
    assert [found.status_raw for found in parsed.applications] == ["Applied", "No Longer Considered"]


def test_linkedin_recommendations_beside_the_list() -> None:
    body = (
        "<main><ul><li><a href=/jobs/view/41/>Roofer</a><p>Acme</p><p>Application viewed 2d ago</p></li></ul></main>"
        "<aside><h2>Jobs you may be interested in</h2><a href=/jobs/view/52/>Glazier</a></aside>"
    )
    parsed = _read("https://www.linkedin.com/jobs-tracker/?stage=applied", body)
    assert [found.title for found in parsed.applications] == ["Roofer"]


def test_neogov_and_usajobs_name_agency_and_place() -> None:
    card = "<h1>My applications</h1><ul><li><h3><a href=/jobs/{0}>Roofer</a></h3><div class=agency>Dale County</div><div class=loc>Dover, DE</div><p>Status: Application Received</p></li></ul>"
    (found,) = _read("https://www.governmentjobs.com/Applications/Submitted", card.format(4711)).applications
    assert (found.company, found.location) == ("Dale County", "Dover, DE")
    card = "<div><h3><a href=/job/4711>Roofer</a></h3><p class=agency>Navy</p><ul><li class=usajobs-pill--application-status__item>Referred</li></ul></div>"
    (found,) = _read("https://www.usajobs.gov/applicant/dashboard/", card).applications
    assert (found.company, found.requisition, found.external_id) == ("Navy", "", "4711")
