"""What tenants show that differs from the portal's plainest page: other languages, notes in cells, lists behind tabs. Invented."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Literal

import pytest

from scraper.model import PageKind, PageSnapshot, ParsedPage
from scraper.reading.page import parse_page

ORACLE = "https://karriere.werft.example/hcmUI/CandidateExperience/{}/sites/CX_1/{}"


def _read(url: str, body: str, lang: str = "en", source: Literal["sync", "click"] = "sync") -> ParsedPage:
    html = f"<html lang={lang}><head><title>x</title></head><body>{body}</body></html>"
    captured = datetime(2026, 6, 1, tzinfo=UTC)
    return parse_page(PageSnapshot(url=url, html=html, captured_at=captured, source=source))


@pytest.mark.parametrize(
    ("lang", "number", "status", "said", "stage"),
    [
        ("es", "Número de puesto", "Estado de la postulación", "Contratado", "hired"),
        ("fr", "Numéro de l’emploi", "Statut de la candidature", "Candidature non retenue", "not_selected"),
        ("pt", "Número da vaga", "Situação da candidatura", "Em análise", "under_review"),
        ("it", "Numero posizione", "Stato della candidatura", "Rejected", "not_selected"),
        ("cs", "Číslo zaměstnání", "Status", "Rejected", "not_selected"),  # a label nobody listed
    ],
)
def test_taleo_in_the_language_of_the_tenant(
    lang: str, number: str, status: str, said: str, stage: str
) -> None:
    row = (
        "<tr id='mySubmissionsInterface.row{0}'><td><div id='mySubmissionsInterface.ID7.row{0}'><a href='#'>Roofer {0}</a></div>"
        "<span>{1}: 2600{0}4Q</span></td><td><span id='mySubmissionsInterface.ID8.row{0}'>{2}: </span>"
        "<span id='mySubmissionsInterface.ID9.row{0}'>{3}</span></td></tr>"
    )
    body = "".join(row.format(n, number, status, said) for n in (1, 2))
    url = f"https://jobs.werft.example/careersection/2/mysubmissions.ftl?lang={lang}"
    parsed = _read(url, f"<form id=ftlform name=ftlform><table><tbody>{body}</tbody></table></form>", lang)
    assert (parsed.portal, parsed.complete) == ("taleo", True)
    assert [
        (found.title, found.external_id, found.status_raw, found.stage.value) for found in parsed.applications
    ] == [(f"Roofer {n}", f"2600{n}4Q", said, stage) for n in (1, 2)]


def test_taleo_a_place_without_a_label_and_no_day_of_the_last_change() -> None:
    row = (
        "<div id='mySubmissionsInterface.ID1.row1'><h3><a href='#'>Roofer - Akron</a></h3><p><span>Submission Status: </span><span>Draft</span></p>"
        "<p><span>Job Number: 2600411</span><span> - </span><span>Akron, OH</span></p><p>Updated: Feb 27, 2026</p></div>"
    )
    (found,) = _read("https://acme.taleo.net/careersection/2/mysubmissions.ftl", row).applications
    assert (found.title, found.location, found.applied_on) == ("Roofer - Akron", "Akron, OH", None)


@pytest.mark.parametrize(
    ("lang", "heading", "live", "ended", "words", "button"),
    [
        (
            "de",
            "Meine Bewerbungen",
            "Aktive Bewerbungen",
            "Inaktive Bewerbungen",
            "Bewerbung eingereicht",
            "Zurückziehen",
        ),
        (
            "es",
            "Mis solicitudes",
            "Solicitudes activas",
            "Solicitudes inactivas",
            "Solicitud recibida",
            "Retirar",
        ),
    ],
)
def test_oracle_lists_in_other_languages(
    lang: str, heading: str, live: str, ended: str, words: str, button: str
) -> None:
    card = "<div role=listitem><a href='/hcmUI/CandidateExperience/x/sites/CX_1/job/{}/'>Roofer</a><p>{}</p><button>{}</button></div>"
    body = (
        f"<h1>{heading}</h1><h2>{live}</h2><div role=list>{card.format(11, words, button)}{card.format(12, words, button)}</div>"
        f"<h2>{ended}</h2><div role=list>{card.format(13, words, button)}</div>"
    )
    parsed = _read(ORACLE.format(lang, "my-profile"), f"<main>{body}</main>", lang)
    found = {found.external_id: (found.status_raw, found.stage.value) for found in parsed.applications}
    assert found["11"] == found["12"] == (words, "received")
    assert found["13"][1] not in ("received", "active"), "what stands among the inactive ones is not live"


def test_jobs_in_other_languages_are_nobodys_applications() -> None:
    card = "<li><a href='/hcmUI/CandidateExperience/de/sites/CX_1/job/{}/'>Bewerbungsmanager</a><p>Kiel</p><p>Gespräch erwünscht</p></li>"
    cards = f"<h1>Offene Stellen</h1><ul>{''.join(card.format(n) for n in (21, 22, 23))}</ul>"
    assert _read(ORACLE.format("de", "jobs"), cards, "de").applications == ()
    grid = "<ui5-card><ui5-card-header title-text='Koch' subtitle-text='Stellen-ID: 4411'></ui5-card-header><p>Standort</p><p>Kiel</p></ui5-card>"
    assert _read("https://werft.jobs.hr.cloud.sap/search", grid * 2, "de").applications == ()


def test_successfactors_writes_its_dates_as_the_address_says() -> None:
    table = (
        "<h2>Jobs Applied</h2><table><tr><th>Job Title</th><th>Status</th><th>Date Applied</th></tr><tr><td><a href=#>Roofer</a>"
        "<div>Requisition ID 48213</div></td><td>Forwarded</td><td>03/04/2026</td></tr></table>"
    )
    url = "https://career5.successfactors.eu/career?company=acme&career_ns=job_listing_summary{}"
    for locale, day in (("&rcm_site_locale=en_GB", date(2026, 4, 3)), ("", date(2026, 3, 4))):
        (found,) = _read(url.format(locale), table).applications
        assert (found.title, found.external_id, found.applied_on) == ("Roofer", "48213", day)


def test_successfactors_cards_whose_words_stand_in_attributes_only() -> None:
    card = (
        "<ui5-card><ui5-card-header title-text='Koch {0}' subtitle-text='Stellen-ID: 441{0}'></ui5-card-header>"
        "<p><span>Status</span><ui5-tag>{1}</ui5-tag></p><ui5-button>Bewerbung ansehen</ui5-button></ui5-card>"
    )
    body = f"<main><h2>Aufgaben</h2>{card.format(1, 'Abgelehnt')}{card.format(2, 'In Prüfung')}</main>"
    parsed = _read("https://werft.jobs.hr.cloud.sap/myApplications", body, "de")
    assert [(found.title, found.external_id, found.status_raw) for found in parsed.applications] == [
        ("Koch 1", "4411", "Abgelehnt"),
        ("Koch 2", "4412", "In Prüfung"),
    ]


def test_indeed_says_more_to_screen_readers_in_any_language() -> None:
    card = (
        "<{0}><header><div><span>Bewerbung angesehen</span></div><div role=heading><a href='/viewjob?jk=0123456789abcd0{1}'>Dachdecker"
        "<span>Stellenbeschreibung öffnet sich in neuem Fenster</span></a></div><div><span>Werft GmbH</span><span aria-hidden=true>·</span>"
        "<span>Emden, DE</span></div></header><span data-testid=jobStatusDateShort>Beworben am 3. Mai</span></{0}>"
    )
    for tag in ("li", "section"):
        parsed = _read(
            "https://myjobs.indeed.com/applied?hl=de", card.format(tag, 1) + card.format(tag, 2), "de"
        )
        assert [(found.title, found.company, found.location) for found in parsed.applications] == [
            ("Dachdecker", "Werft GmbH", "Emden, DE")
        ] * 2


def test_linkedin_where_only_the_job_is_spoken_of() -> None:
    card = "<ul><li><a href=/jobs/view/{}/>Roofer</a><p>Acme</p><p>Dover, DE</p><p>{}</p></li></ul>"
    url = "https://www.linkedin.com/jobs-tracker/?stage=applied"
    parsed = _read(
        url,
        card.format(41, "No longer accepting applications")
        + card.format(42, "No longer accepting applications · Applied 2w ago"),
    )
    closed, applied = parsed.applications
    assert closed.status_raw == "No longer accepting applications"
    assert closed.confidence.value == "guess", "it is said of the job, not of the application"
    assert applied.stage.value == "received"


WORKDAY = "https://acme.wd3.myworkdayjobs.com/en-US/Jobs/userHome"


def _workday(*panels: str, tabs: int = 2) -> str:
    row = (
        "<tr data-automation-id=taskListRow><th><div data-automation-id=applicationTitle>Roofer</div></th><td>R-{}</td>"
        "<td><div data-automation-id=applicationStatus>{}</div></td></tr>"
    )
    listed = "".join(
        f"<div role=tabpanel {mark}><table><tr><th>Job Title</th><th>Job Req</th><th>Status</th></tr>{row.format(*said)}</table></div>"
        for mark, said in zip(("", *panels), (("100", "In Process"), ("200", "In Process")), strict=False)
    )
    names = (
        "<button role=tab aria-selected=true>Aktiv (1)</button>"
        + "<button role=tab>Inaktiv (1)</button>" * (tabs - 1)
    )
    return f"<div role=tablist>{names}</div>{listed}"


@pytest.mark.parametrize("mark", ["hidden", "style='display:none'", "data-intown-hidden=''"])
def test_workday_of_a_click_gives_the_list_behind_the_other_tab_as_ended(mark: str) -> None:
    live, over = _read(WORKDAY, _workday(mark), source="click").applications
    assert (live.external_id, live.stage.value) == ("R-100", "active")
    assert over.external_id == "R-200"
    assert over.stage.value == "inactive", "the second tab is the one of ended ones, in any language"


def test_workday_of_a_visit_gives_what_is_shown() -> None:
    assert [found.external_id for found in _read(WORKDAY, _workday("hidden")).applications] == ["R-100"]


def test_workday_a_panel_nobody_can_name_is_left_alone() -> None:
    parsed = _read(WORKDAY, _workday("hidden", tabs=3), source="click")
    assert [found.external_id for found in parsed.applications] == ["R-100"]


def test_workday_numbers_of_pages_are_not_the_way_on() -> None:
    pages = "<ul><li><button aria-current=page>1</button></li><li><button>2</button></li></ul>"
    nav = f"<nav data-automation-id=pagination>{pages}<button aria-label=Weiter{{}}></button></nav>"
    assert "Weiter" in str(_read(WORKDAY, _workday() + nav.format("")).next_step)
    assert "Inaktiv" in str(_read(WORKDAY, _workday() + nav.format(" aria-disabled=true")).next_step)


def test_brassring_number_place_and_status_without_their_usual_labels() -> None:
    card = (
        "<li><a href='#'>Manager, Upper Valley</a><p>8{0}BR</p><p>Fargo, North Dakota</p><div><a>Status</a><a>Documents</a><a>Forms</a></div>"
        "<div><span>HR status</span><span>{1}</span></div><div><span>Date of application</span><span>02-Mar-2026</span></div></li>"
    )
    body = (
        f"<h1>Submitted applications</h1><ul>{card.format(1, 'Applied')}{card.format(2, 'Under Review')}</ul>"
    )
    parsed = _read("https://sjobs.brassring.com/TGnewUI/Search/Home/Home?partnerid=1&siteid=2", body)
    assert [(found.external_id, found.status_raw, found.location) for found in parsed.applications] == [
        ("81BR", "Applied", "Fargo, North Dakota"),
        ("82BR", "Under Review", "Fargo, North Dakota"),
    ]


@pytest.mark.parametrize(
    ("url", "card"),
    [
        (
            "https://my.greenhouse.io/applications",
            "<main><ul><li><a href=/applications/9><p>Roofer</p><p>Acme Group</p><p>Graz, Austria</p></a><span>Active</span></li></ul></main>",
        ),
        (
            "https://my.smartrecruiters.com/home",
            "<h1>My applications</h1><div><h3><a href=/application/9>Roofer</a></h3><p>Acme Group</p><p>Graz, Austria</p><p>Status Inactive</p></div>",
        ),
    ],
)
def test_cards_of_title_employer_and_place(url: str, card: str) -> None:
    (found,) = _read(url, card).applications
    assert (found.title, found.company, found.location) == ("Roofer", "Acme Group", "Graz, Austria")


def test_a_status_after_the_employer_is_no_place() -> None:
    card = "<h1>My applications</h1><div><h3><a href=/application/9>Roofer</a></h3><p>Acme Group</p><p>Status Inactive</p></div>"
    (found,) = _read("https://my.smartrecruiters.com/home", card).applications
    assert found.location == ""


def test_an_icims_number_under_the_title() -> None:
    table = (
        "<h2>Job Submittals</h2><table><tr><th>Job Title</th><th>Status</th></tr><tr><td><a href='/jobs/7781/roofer/job'>Roofer</a>"
        "<span>2026-7781</span></td><td>Received</td></tr></table>"
    )
    (found,) = _read("https://careers-acme.icims.com/jobs/dashboard?in_iframe=1", table).applications
    assert (found.title, found.external_id, found.requisition) == ("Roofer", "7781", "2026-7781")


def test_healthcaresource_calls_the_place_a_facility() -> None:
    card = (
        "<h2>Applications</h2><div><h4>Medical Coder</h4><label>Job ID</label><div>21877</div><label>Facility</label><div>East Campus</div>"
        "<label>Application Status</label><div>Received</div></div>"
    )
    (found,) = _read("https://pm.healthcaresource.com/CS/dale/#/profile/applications", card * 2).applications[
        :1
    ]
    assert (found.external_id, found.location) == ("21877", "East Campus")


@pytest.mark.parametrize(
    ("url", "body"),
    [
        (
            "https://www.governmentjobs.com/Applications/Submitted",
            "<div class=no-results>You have not submitted any applications.</div>",
        ),
        (ORACLE.format("de", "my-profile"), "<main><p>Sie haben keine Bewerbungen.</p></main>"),
        (ORACLE.format("es", "my-profile"), "<main><p>No tiene solicitudes.</p></main>"),
    ],
)
def test_an_empty_list_says_so_in_other_words(url: str, body: str) -> None:
    parsed = _read(url, body)
    assert (parsed.kind, parsed.applications) == (PageKind.EMPTY, ())


def test_neogov_cards_that_lead_to_the_application() -> None:
    card = (
        "<div class='application-item'><h4><a href='/Applications/Details/44102{0}'>Roofer {0}</a></h4><div class=agency-name>City of Parma</div>"
        "<div class=status-label>Status:</div><div class=status-value>{1}</div></div>"
    )
    body = (
        "<h2>Submitted applications</h2>"
        + card.format(1, "Placed on eligible list")
        + card.format(2, "Not selected")
    )
    found = _read("https://www.governmentjobs.com/Applications/Submitted", body).applications
    assert [(a.title, a.status_raw, a.external_id) for a in found] == [
        ("Roofer 1", "Placed on eligible list", "441021"),
        ("Roofer 2", "Not selected", "441022"),
    ]
