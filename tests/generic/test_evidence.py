"""Pages of unknown sites: what lists one's own applications for jobs is read, and nothing else is.

People wait on permits, papers, courses and print jobs in the same words. None of these topics decides by itself:
a page must speak of applying and of jobs (scraper/reading/generic_evidence.py).
"""

from __future__ import annotations

import pytest

from tests.generic.other_topics import SILENT
from tests.generic.own_topics import OWN
from tests.generic.parts import cards, page, table
from tests.generic.test_generic import read


@pytest.mark.parametrize("topic", SILENT)
def test_nothing_is_read_of_other_things(topic: str) -> None:
    assert [(a.title, a.status_raw) for a in read(SILENT[topic]).applications] == []


@pytest.mark.parametrize("topic", OWN)
def test_applications_for_jobs_are_read(topic: str) -> None:
    rows = 1 if topic == "one" else 2
    assert len(read(OWN[topic]).applications) == rows


def test_a_job_is_told_from_what_it_is_about() -> None:
    """A "course leader" is no course: rows whose titles hold a word of other lists stay whole."""
    html = page(
        "Charity",
        "My applications",
        cards(
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
    html = page("Suivi", "Mes candidatures", table(["Offre", "Statut"], rows, ["Ingénieur", "Refusée"]))
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
    html = page(
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
    html = page(
        "Jobs", heading, table(["Job", "Status"], ["Welder", "Under review"], ["Painter", "Under review"])
    )
    assert {a.stage.value for a in read(html).applications} == {stage}


def test_past_beside_current_ends() -> None:
    one = table(["Job", "Status"], ["Welder", "Under review"])
    html = page(
        "Jobs",
        "My applications",
        f"<h2>Current applications</h2>{one}<h2>Past applications</h2>{one.replace('Welder', 'Painter')}",
    )
    assert [a.stage.value for a in read(html).applications] == ["under_review", "inactive"]


def test_a_heading_over_facts_is_the_title() -> None:
    facts = "<h2>{}</h2><table><tr><th>Dienstort</th><td>Kassel</td></tr><tr><th>Entgeltgruppe</th><td>EG 11</td></tr><tr><th>Bearbeitungsstand</th><td>{}</td></tr></table>"
    html = page(
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
    html = page("Klinik", "Meine Bewerbungen", f"<table><tbody>{''.join(lines)}</tbody></table>")
    assert [(a.title, a.status_raw) for a in read(html).applications] == rows


TWICE = [("Cabin Crew", "Under review"), ("Cabin Crew", "Not selected")]
"""The same job at two employers, or on two sites: both rows keep what the job is called."""


def test_the_same_job_at_two_employers_keeps_its_name() -> None:
    rows = [[job, firm, status] for (job, status), firm in zip(TWICE, ("Blue Air", "Red Air"), strict=True)]
    html = page("Crew jobs", "My applications", table(["Job", "Company", "Status"], *rows))
    assert [(a.title, a.status_raw) for a in read(html).applications] == TWICE


def test_the_same_job_under_two_places_keeps_its_name() -> None:
    card = "<section><h2>{}</h2><div class=card><h3>Registered Nurse</h3><p>Status: {}</p></div></section>"
    html = page(
        "Care jobs",
        "My applications",
        card.format("Riverside", "Under review") + card.format("Lakeside", "Not selected"),
    )
    assert [a.title for a in read(html).applications] == ["Registered Nurse"] * 2


def test_a_grade_does_not_make_a_job_a_number() -> None:
    said = [("Analyst 3", "Under review"), ("Clerk 2", "Not selected"), ("RN 2", "Interview")]
    rows = [[job, place, status] for (job, status), place in zip(said, ("Oak", "Elm", "Ash"), strict=True)]
    html = page("City", "My applications", table(["Position", "Site", "Status"], *rows))
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_a_foot_without_words_takes_none_away() -> None:
    html = OWN["plain"].replace("Careers | Privacy | Contact", "")
    assert len(read(html).applications) == 2


def test_that_the_opening_is_closed_does_not_end_an_application() -> None:
    card = "<div class=card><h3>{}</h3><span class=chip>{}</span><p>Application status: {}</p></div>"
    html = page(
        "Jobs",
        "My applications",
        card.format("Welder", "Closed", "Under review")
        + card.format("Painter", "Open", "Interview scheduled"),
    )
    assert [(a.title, a.stage.value) for a in read(html).applications] == [
        ("Welder", "under_review"),
        ("Painter", "interview_scheduled"),
    ]


def test_thousands_of_cards_with_classes_and_numbers_of_their_own_are_all_read() -> None:
    card = "<div class='card-{0}x{0}q'><h3>Welder {0}</h3><p>Status: Under review</p></div>"
    html = page("Jobs", "My applications", "".join(card.format(n) for n in range(2000)))
    assert len(read(html).applications) == 2000
