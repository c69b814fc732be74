"""Which text of a row is its title, where links, buttons, numbers and made-up class names say otherwise."""

from __future__ import annotations

import pytest

from tests.generic.test_generic import read

JOBS = [("Roofer", "Under review"), ("Glazier", "Not selected"), ("Night Porter", "Interview scheduled")]


def _page(body: str, heading: str = "My applications") -> str:
    return f"<html lang=en><head><title>Jobs</title></head><body><main><h1>{heading}</h1>{body}</main></body></html>"


def _rows(row: str) -> str:
    return "".join(
        row.format(
            job=job, status=status, number=f"AB-{at}07", hashed=f"q{at}z7k{at}", css=f"css-{at}h2c{at}l"
        )
        for at, (job, status) in enumerate(JOBS, 1)
    )


SHAPES = {
    "every row ends in the same link": "<table><tr><th>Procedure<th>Grade<th>State<th></tr>"
    + _rows("<tr><td>{number}</td><td>{job}</td><td>{status}</td><td><a href=#>Receipt</a></td></tr>")
    + "</table>",
    "the link stands on the number": "<table><tr><th>Application #</th><th>Job Position</th><th>Stage</th></tr>"
    + _rows("<tr><td><a href='/{number}'>{number}</a></td><td>{job}</td><td>{status}</td></tr>")
    + "</table>",
    "number and name in one cell": "<table><tr><th>Competition</th><th>Status of the application</th></tr>"
    + _rows("<tr><td>{number}<br><strong>{job}</strong></td><td>{status}</td></tr>")
    + "</table>",
    "the name in bold, the number labelled": _rows(
        "<span><b>{job}</b><br>Job #: {number}<br>Current status: {status}<br></span><br><br>"
    ),
    "a button opens the job": _rows(
        "<div class={css}><div><span>{number}</span><button class={hashed}>{job}</button></div><div>{status}</div></div>"
    ),
    "a link made to look like a button": _rows(
        "<div class='_{hashed}'><span><a href='/j/{number}' role=button>{job}</a></span><div><span>{status}</span></div></div>"
    ),
    "another class for every card": _rows(
        "<article class='sc-{hashed}'><h3 class='sc-{hashed}x'><a href='/j/{number}'>{job}</a></h3>"
        "<div class='jobsList__{hashed}'><span>{status}</span><time>3 days ago</time></div></article>"
    ),
    "how long ago it was stands beside the status": "<ul>"
    + _rows(
        "<li><h3><strong>{job}</strong></h3><footer><small>2 weeks ago</small><span>{status}</span></footer></li>"
    )
    + "</ul>",
    "a mark shows that the status opens": "<table><tr><th>Job</th><th>Status</th></tr>"
    + _rows("<tr><td>{job}</td><td>{status} ▾</td></tr>")
    + "</table>",
    "long tables say their heads again": "<table><tr><th>Job</th><th>Status</th></tr>"
    + _rows("<tr><td>{job}</td><td>{status}</td></tr><tr><td>Job</td><td>Status</td></tr>")
    + "</table>",
    "applied, and below it when": _rows(
        "<div class=card><a href='/j/{number}'>{job}</a><div><span>{status}</span><span>Applied on Acme 3d ago</span></div></div>"
    ),
    "numbers of all over the list": "<div class=kpi><b>4</b> Profile views <b>3</b> Active applications</div>"
    + _rows("<div class=card><h3>{job}</h3><p>{status}</p></div>"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_job_is_the_title(shape: str) -> None:
    assert [(a.title, a.status_raw) for a in read(_page(SHAPES[shape])).applications] == JOBS


def test_the_other_side_of_the_desk_is_not_read() -> None:
    """A column of people: whoever sees it decides on them."""
    rows = "<tr><td>A. Roth</td><td>Glazier</td><td>Interview</td></tr><tr><td>B. Feld</td><td>Roofer</td><td>Rejected</td></tr>"
    for person in ("Applicant", "Bewerber:in", "Candidat", "Candidate", "Postulante"):
        head = f"<tr><th>{person}</th><th>Position</th><th>Stage</th></tr>"
        assert read(_page(f"<table>{head}{rows}</table>", "Applications")).applications == ()


def test_a_bar_of_progress_tells_its_step() -> None:
    bar = "<li><h3>{}</h3><div role=progressbar aria-valuenow=2 aria-valuetext='{}'></div></li>"
    html = _page(
        f"<ul>{bar.format('Barista', 'Interview scheduled')}{bar.format('Shift Leader', 'Not selected')}</ul>"
    )
    found = [(a.title, a.status_raw) for a in read(html).applications]
    assert found == [("Barista", "Interview scheduled"), ("Shift Leader", "Not selected")]


def test_an_ending_on_a_chip_is_not_hidden_by_the_step_once_reached() -> None:
    card = "<div class=card><h3>{}</h3><span class=chip>{}</span><p>Etapa final: Entrevista</p></div>"
    html = _page(card.format("Analista", "Não selecionado") + card.format("Programador", "Encerrada"))
    assert [(a.title, a.stage.value) for a in read(html).applications] == [
        ("Analista", "not_selected"),
        ("Programador", "closed"),
    ]


def test_questions_that_unfold_silence_nothing_below_them() -> None:
    asked = "<details><summary>What do the statuses mean?</summary><p>Submitted: we have it.</p></details>"
    facts = "<dl><dt>Job title</dt><dd>{}</dd><dt>Status</dt><dd>{}</dd></dl>"
    html = _page(asked + "".join(facts.format(*job) for job in JOBS), "Your applications")
    assert [(a.title, a.status_raw) for a in read(html).applications] == JOBS


def test_buttons_about_cookies_are_no_job() -> None:
    bar = "<div class=bar><p>Nous utilisons des cookies.</p><button>Tout accepter</button><button>Tout refuser</button></div>"
    assert (
        read(
            f"<html lang=fr><body>{bar}<h1>Mes candidatures</h1><p>Aucune candidature.</p></body></html>"
        ).applications
        == ()
    )


def test_a_row_with_unknown_words_stands_beside_its_neighbours_whatever_their_classes() -> None:
    card = "<div role=listitem class='_c0{}'><div><span><a href='/job/{}'>{}</a></span></div><div><span>{}</span></div></div>"
    said = [*JOBS, ("Painter", "Somewhere in the drawer")]
    html = _page(
        "<div role=list>" + "".join(card.format(n, n, *job) for n, job in enumerate(said)) + "</div>"
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_a_row_called_by_a_number_takes_its_title_from_where_its_neighbours_have_theirs() -> None:
    said = [("Roofer", "Under review"), ("Glazier", "Not selected"), ("Secretário de Direção", "Withdrawn")]
    rows = "".join(
        f"<tr><td>PC/{n}/2026</td><td>{job}</td><td>{status}</td></tr>"
        for n, (job, status) in enumerate(said, 1)
    )
    html = _page(f"<table><tr><th>Procedure</th><th>Offer of work</th><th>Status</th></tr>{rows}</table>")
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_what_one_presses_is_never_a_status() -> None:
    card = "<tm-card><h2>{}</h2><p>{}</p>{}</tm-card>"
    for pressed in (
        "<tm-button>Open</tm-button>",
        "<a>Open application →</a>",
        "<button>Continue application</button>",
    ):
        html = _page("".join(card.format(job, status, pressed) for job, status in JOBS))
        assert [(a.title, a.status_raw) for a in read(html).applications] == JOBS
