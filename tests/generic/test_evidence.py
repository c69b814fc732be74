"""Pages of unknown sites: what lists one's own applications for jobs is read, and nothing else is.

People wait on permits, papers, courses and print jobs in the same words. None of these topics decides by itself:
a page must speak of applying and of jobs (scraper/reading/generic_evidence.py).
"""

from __future__ import annotations

import pytest

from tests.generic.test_generic import read


def _page(title: str, heading: str, body: str) -> str:
    return (
        f"<html lang=en><head><title>{title}</title></head><body><main><h1>{heading}</h1>{body}</main>"
        "<footer>Careers | Privacy | Contact</footer></body></html>"
    )


def _table(heads: list[str], *rows: list[str]) -> str:
    cells = ["".join(f"<td>{cell}</td>" for cell in row) for row in rows]
    return f"<table><tr>{''.join(f'<th>{head}</th>' for head in heads)}</tr>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


def _cards(*cards: tuple[str, str, str]) -> str:
    return "".join(
        f"<div class=card><h3>{t}</h3><p>{when}</p><span class=badge>{s}</span></div>" for t, when, s in cards
    )


SILENT = {
    "print jobs": _page(
        "Print centre",
        "My jobs",
        _table(
            ["Document", "Printer", "Submitted", "Status"],
            ["report.pdf", "HP-3", "4 May 2026", "Completed"],
            ["thesis.docx", "HP-1", "5 May 2026", "In progress"],
            ["slides", "HP-1", "5 May 2026", "Cancelled"],
        ),
    ),
    "ci jobs": _page(
        "Pipelines",
        "Jobs",
        _table(
            ["Job", "Stage", "Status", "Started"],
            ["build-nurse-app", "build", "Passed", "today"],
            ["deploy engineer", "deploy", "Failed", "today"],
            ["lint", "test", "Pending", "today"],
        ),
    ),
    "repair jobs": _page(
        "Workshop",
        "Repair jobs",
        _table(
            ["Job number", "Vehicle", "Status"],
            ["J-1001", "Volvo", "In progress"],
            ["J-1002", "Fiat", "Completed"],
            ["J-1003", "Ford", "On hold"],
        ),
    ),
    "club": _page(
        "Rowing club",
        "Membership applications",
        _cards(
            ("Full member", "applied 3 May", "Under review"), ("Coach member", "applied 4 May", "Approved")
        ),
    ),
    "warranty": _page(
        "My claims",
        "Warranty claims",
        _table(
            ["Item", "Opened", "Status"], ["Drill", "1 May", "Under review"], ["Saw", "2 May", "Rejected"]
        ),
    ),
    "parking": _page(
        "City of Parma",
        "My applications",
        _table(
            ["Permit", "Applied on", "Status"],
            ["Resident parking", "1 May 2026", "Approved"],
            ["Skip on road", "2 May 2026", "Under review"],
        ),
    ),
    "business licence": _page(
        "City of Parma | Employment & Licensing",
        "My applications",
        _table(
            ["Licence", "Submitted", "Status"],
            ["Taxi driver licence", "1 May 2026", "Approved"],
            ["Street trader licence", "2 May 2026", "Under review"],
        ),
    ),
    "school places": _page(
        "Admissions",
        "School applications",
        _table(
            ["School", "Preference", "Status"],
            ["Oak Primary", "1", "Offered"],
            ["Elm Primary", "2", "Waiting list"],
        ),
    ),
    "phd": _page(
        "Graduate school",
        "Your applications",
        _cards(
            ("PhD in Nursing", "submitted 3 May", "Under review"),
            ("MSc Engineering Management", "submitted 3 May", "Offer"),
        ),
    ),
    "clinical": _page(
        "Trials",
        "My study applications",
        _cards(("Asthma study", "applied", "Screening"), ("Sleep study", "applied", "Not eligible")),
    ),
    "beta apps": _page(
        "Developer console",
        "Your applications",
        _table(
            ["Application", "Version", "Status"],
            ["Nurse Planner", "1.2", "In review"],
            ["Chef Timer", "2.0", "Rejected"],
            ["Driver Log", "1.0", "Approved"],
        ),
    ),
    "oauth": _page(
        "Settings",
        "Authorized applications",
        _cards(
            ("Calendar Manager", "last used 3 May", "Active"),
            ("Payroll Assistant", "last used 1 May", "Revoked"),
        ),
    ),
    "tenders": _page(
        "Supplier portal",
        "My bids",
        _table(
            ["Tender", "Submitted", "Status"],
            ["Cleaning services", "1 May", "Under evaluation"],
            ["Security guard services", "1 May", "Not awarded"],
        ),
    ),
    "papers": _page(
        "Journal",
        "My submissions",
        _table(
            ["Manuscript", "Submitted", "Status"],
            ["Nurse staffing", "1 May", "Under review"],
            ["Teacher pay", "1 May", "Rejected"],
        ),
    ),
    "adopt": _page(
        "Shelter",
        "Adoption applications",
        _cards(("Rex", "applied 1 May", "Home visit scheduled"), ("Baker", "applied 1 May", "Not selected")),
    ),
    "rooms": _page(
        "Halls",
        "My housing applications",
        _table(
            ["Hall", "Applied", "Status"],
            ["Nurse Hall", "1 May", "Waitlisted"],
            ["Porter Court", "1 May", "Offer"],
        ),
    ),
    "my team of a recruiter": _page(
        "Hiring",
        "Candidates for Nurse Educator",
        _table(
            ["Candidate", "Applied on", "Stage"],
            ["A. Jones", "1 May", "Interview"],
            ["B. Smith", "1 May", "Rejected"],
            ["C. Brown", "1 May", "Offer"],
        ),
    ),
    "approvals": _page(
        "HR portal",
        "My requests",
        _table(
            ["Request", "Submitted", "Status"],
            ["Annual leave", "1 May", "Approved"],
            ["Remote work", "1 May", "Pending"],
            ["Training: manager basics", "1 May", "Rejected"],
        ),
    ),
    "employee referrals": _page(
        "Acme Careers",
        "My referrals",
        _table(
            ["Candidate", "Job", "Status"],
            ["A. Jones", "Nurse", "Interview"],
            ["B. Smith", "Chef", "Not selected"],
        ),
    ),
    "posted jobs": _page(
        "Employer dashboard",
        "My job postings",
        _table(["Job title", "Applicants", "Status"], ["Nurse", "12", "Open"], ["Chef", "3", "Closed"]),
    ),
    "courses es": _page(
        "Campus",
        "Mis solicitudes",
        _table(
            ["Curso", "Fecha de solicitud", "Estado"],
            ["Auxiliar de enfermería", "1/5/2026", "Admitida"],
            ["Técnico de logística", "2/5/2026", "Lista de espera"],
        ),
    ),
    "visa fr": _page(
        "Préfecture",
        "Mes demandes",
        _table(
            ["Titre", "Déposée le", "Statut"],
            ["Carte de séjour salarié", "1/5/2026", "En cours d'instruction"],
            ["Visa long séjour", "2/5/2026", "Refusée"],
        ),
    ),
    "wohnung": _page(
        "Wohnbau",
        "Meine Bewerbungen",
        _table(
            ["Objekt", "Beworben am", "Status"],
            ["3-Zimmer-Wohnung", "1.5.2026", "In Prüfung"],
            ["Dachgeschoss", "2.5.2026", "Absage"],
        ),
    ),
    "kita": _page(
        "Kita-Portal",
        "Meine Anmeldungen",
        _table(
            ["Einrichtung", "Angemeldet am", "Status"],
            ["Kita Sonne", "1.5.2026", "Warteliste"],
            ["Kita Mond", "2.5.2026", "Abgelehnt"],
        ),
    ),
    "interview calendar": _page(
        "Calendar",
        "Upcoming",
        _table(
            ["Event", "When", "Status"],
            ["Interview with Acme", "1 May", "Confirmed"],
            ["Dentist", "2 May", "Cancelled"],
        ),
    ),
    "cv history": _page(
        "My profile",
        "Work experience",
        _cards(("Nurse", "2019 to 2021", "Completed"), ("Senior Nurse", "2021 to now", "Active")),
    ),
    "payments": _page(
        "Payroll",
        "My payslips",
        _table(
            ["Position", "Period", "Status"], ["Nurse", "May 2026", "Paid"], ["Nurse", "June 2026", "Pending"]
        ),
    ),
    "timesheets": _page(
        "Workforce",
        "My shifts",
        _table(["Shift", "Role", "Status"], ["1 May", "Nurse", "Approved"], ["2 May", "Nurse", "Pending"]),
    ),
    "certs": _page(
        "Board of nursing",
        "My applications",
        _table(
            ["Application", "Submitted", "Status"],
            ["Registered Nurse by endorsement", "1 May 2026", "Under review"],
            ["Nurse practitioner renewal", "1 May 2026", "Withdrawn"],
        ),
    ),
}

OWN = {
    "plain": _page(
        "Acme",
        "My applications",
        _table(
            ["Role", "Date", "Status"],
            ["Welder", "1 May 2026", "Under review"],
            ["Painter", "1 May 2026", "Not selected"],
        ),
    ),
    "school": _page(
        "Parma City Schools",
        "My applications",
        _table(
            ["Position", "School / Site", "Status"],
            ["Custodian", "Oak", "In review"],
            ["Math Teacher", "Elm", "Not selected"],
        ),
    ),
    "program": _page(
        "Bank",
        "My applications",
        _table(
            ["Programme", "Submitted", "Status"],
            ["Graduate Trainee - Risk", "1 May", "Online assessment"],
            ["Summer Analyst", "1 May", "Unsuccessful"],
        ),
    ),
    "msg": _page(
        "Dashboard",
        "Applications",
        _table(
            ["Job", "Application Message", "Status"],
            ["Florist", "Hello", "New"],
            ["Tree Surgeon", "Hi", "Interviewed"],
        ),
    ),
    "dash": _page(
        "Dashboard",
        "Welcome, Sam",
        _cards(
            ("Nurse Educator", "Applied 3 May 2026", "Under review"),
            ("Charge Nurse", "Applied 3 May 2026", "Interview"),
        ),
    ),
    "uni": _page(
        "University of Oak",
        "Your submissions",
        _table(
            ["Post", "Faculty", "Closing date", "Stage"],
            ["Lecturer in Law", "Law", "1 May 2026", "Shortlisting"],
            ["Reader in Physics", "Physics", "1 May 2026", "Not shortlisted"],
        ),
    ),
    "loans officer": _page(
        "First Bank",
        "My applications",
        _cards(
            ("Loan Officer", "submitted 3 May", "Under review"),
            ("Mortgage Advisor", "submitted 3 May", "Interview"),
        ),
    ),
    "grants": _page(
        "Charity",
        "My applications",
        _cards(
            ("Grants Manager", "submitted 3 May", "Under review"),
            ("Course Leader", "submitted 3 May", "Interview"),
        ),
    ),
    "es": _page(
        "Ayuntamiento",
        "Mis solicitudes",
        _table(
            ["Plaza", "Fecha", "Estado"],
            ["Auxiliar administrativo", "1/5/2026", "Admitido"],
            ["Policía local", "2/5/2026", "Excluido"],
        ),
    ),
    "fr": _page(
        "Mairie",
        "Mes candidatures",
        _cards(
            ("Agent technique", "déposée le 1 mai", "En cours"),
            ("Chargé d'études", "déposée le 1 mai", "Refusée"),
        ),
    ),
    "pt": _page(
        "Prefeitura",
        "Minhas inscrições",
        _table(
            ["Concurso", "Cargo", "Situação"],
            ["01/2026", "Enfermeiro", "Homologada"],
            ["02/2026", "Motorista", "Indeferida"],
        ),
    ),
    "de": _page(
        "Klinik",
        "Bewerbungen",
        _table(
            ["Ausschreibung", "Eingang", "Stand"],
            ["Pflegefachkraft", "1.5.2026", "In Prüfung"],
            ["MTR", "2.5.2026", "Absage"],
        ),
    ),
    "one": _page(
        "Acme",
        "Application status",
        "<h2>Senior Welder</h2><p>Status: Under review</p><p>Applied on 05/06/2026</p>",
    ),
}


@pytest.mark.parametrize("topic", SILENT)
def test_nothing_is_read_of_other_things(topic: str) -> None:
    assert [(a.title, a.status_raw) for a in read(SILENT[topic]).applications] == []


@pytest.mark.parametrize("topic", OWN)
def test_applications_for_jobs_are_read(topic: str) -> None:
    rows = 1 if topic == "one" else 2
    assert len(read(OWN[topic]).applications) == rows


def test_a_job_is_told_from_what_it_is_about() -> None:
    """A "course leader" is no course: rows whose titles hold a word of other lists stay whole."""
    html = _page(
        "Charity",
        "My applications",
        _cards(
            ("Course Leader", "submitted 3 May", "Interview"),
            ("Grants Manager", "submitted 3 May", "Under review"),
        ),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Course Leader", "Interview"),
        ("Grants Manager", "Under review"),
    ]


def test_a_title_keeps_its_row_whatever_stands_below_it() -> None:
    rows = [
        "<a href='/1'>Juriste</a><br><small>Lieu: Lyon</small><br><small>Date : 21.04.2026</small>",
        "Reçue",
    ]
    html = _page("Suivi", "Mes candidatures", _table(["Offre", "Statut"], rows, ["Ingénieur", "Refusée"]))
    assert [a.title for a in read(html).applications] == ["Juriste", "Ingénieur"]


@pytest.mark.parametrize(
    ("job", "mine", "status"),
    [
        ("Estado de la vacante: Abierta", "Estado de mi postulación: Descartada", "Descartada"),
        ("Situação da vaga: Aberta", "Etapa atual: Não selecionado", "Não selecionado"),
        ("Status der Stelle: Offen", "Status meiner Bewerbung: Absage", "Absage"),
        ("Statut de l'offre : Ouverte", "Statut de ma candidature : Refusée", "Refusée"),
        ("Job status: Open", "Application status: Not selected", "Not selected"),
    ],
)
def test_ones_own_status_counts_before_the_openings(job: str, mine: str, status: str) -> None:
    card = "<div class=card><h3>Welder</h3><p>{}</p><p>{}</p></div>"
    html = _page(
        "Careers",
        "My applications",
        card.format(job, mine) + card.format(mine, job).replace("Welder", "Painter"),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Welder", status),
        ("Painter", status),
    ]


@pytest.mark.parametrize(
    ("heading", "stage"), [("Past applications", "under_review"), ("Closed applications", "inactive")]
)
def test_past_alone_ends_nothing(heading: str, stage: str) -> None:
    html = _page(
        "Jobs", heading, _table(["Job", "Status"], ["Welder", "Under review"], ["Painter", "Under review"])
    )
    assert {a.stage.value for a in read(html).applications} == {stage}


def test_past_beside_current_ends() -> None:
    table = _table(["Job", "Status"], ["Welder", "Under review"])
    html = _page(
        "Jobs",
        "My applications",
        f"<h2>Current applications</h2>{table}<h2>Past applications</h2>{table.replace('Welder', 'Painter')}",
    )
    assert [a.stage.value for a in read(html).applications] == ["under_review", "inactive"]


def test_a_heading_over_facts_is_the_title() -> None:
    facts = "<h2>{}</h2><table><tr><th>Dienstort</th><td>Kassel</td></tr><tr><th>Entgeltgruppe</th><td>EG 11</td></tr><tr><th>Bearbeitungsstand</th><td>{}</td></tr></table>"
    html = _page(
        "Stadt",
        "Meine Bewerbungen",
        facts.format("Bauingenieur", "Absage") + facts.format("Sachbearbeiter", "In Prüfung"),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Bauingenieur", "Absage"),
        ("Sachbearbeiter", "In Prüfung"),
    ]


def test_heads_said_again_in_each_cell_are_no_values() -> None:
    """As tables of Vuetify are on a phone; the words of the status are not known."""
    cell = "<td><div>{}</div><div>{}</div></td>"
    rows = [("Pflegefachkraft", "Unterlagen werden gesichtet"), ("Praxisanleiter", "Hospitation vereinbart")]
    lines = [f"<tr>{cell.format('Stelle', job)}{cell.format('Status', stands)}</tr>" for job, stands in rows]
    html = _page("Klinik", "Meine Bewerbungen", f"<table><tbody>{''.join(lines)}</tbody></table>")
    assert [(a.title, a.status_raw) for a in read(html).applications] == rows
