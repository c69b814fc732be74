"""Cards, boards and stacked tables as sites build them: each was once read wrongly by a page nobody had seen."""

from __future__ import annotations

import pytest

from tests.generic.parts import page, table
from tests.generic.test_generic import read

JOBS = [("Dental Nurse", "Under review"), ("Welder", "Not selected"), ("Night Porter", "Interview scheduled")]


def _each(shape: str, between: str = "") -> str:
    return between.join(
        shape.format(job=job, status=status, n=n, day=f"{n} May 2026")
        for n, (job, status) in enumerate(JOBS, 1)
    )


_TEAM = (
    "<article><div><h2>{job}</h2><span>X-{n}</span></div><div><span>{status}</span></div><aside></aside>"
    "<div><h4>People you will meet</h4><p>Olu, Engineering Manager</p><h4>Messages</h4><p>Hi! See you soon.</p></div></article>"
)
_PAPERS = (
    "<div class=app><h3>{job} <small>(J-{n})</small></h3><div>Topeka</div><div><label>Status</label> {status}</div>"
    "<ul><li>Resume <b>Received</b></li><li>Transcripts <b>Received</b></li><li>Reference <b>Pending</b></li></ul></div>"
)
_FACTS = (
    "<table><tr bgcolor=#eee><td colspan=2><b>County of Ash</b></td></tr><tr><td>Number:</td><td>00{n}88-1</td></tr>"
    "<tr><td>Position:</td><td>{job}</td></tr><tr><td>Status:</td><td><b>{status}</b></td></tr>"
    "<tr><td colspan=2><a href=r>Receipt</a> | <a href=m>Map</a></td></tr></table><br>"
)
_STACK = (
    "<tr><td colspan=2><b>{job}</b> JobID: 44{n}7</td></tr><tr><td><b>Position Type:</b> Staff</td>"
    "<td><b>Date applied:</b> 10/0{n}/2026</td></tr><tr><td><b>Location:</b> Oak</td><td><b>Status:</b> {status}</td></tr>"
    "<tr><td colspan=2><hr></td></tr>"
)
_PICTURE = (
    "<tr><td rowspan=2><img src=j.gif></td><td colspan=2><a href='j?id=J-11{n}'>{job}</a> (J-11{n})</td></tr>"
    "<tr><td>Applied: 10/0{n}/2026</td><td>Status: <b>{status}</b></td></tr>"
)
_UNFOLDS = (
    "<div class=panel><div role=tab><h4><a role=button href='#c{n}' aria-expanded=false>{job}<span class=label>{status}</span></a></h4></div>"
    "<div role=tabpanel><dl><dt>Reference</dt><dd>PC/{n}471</dd></dl><p>Please choose a slot before 27/11/2026.</p></div></div>"
)
_PARTS = (
    "<article><div><a href='/jobs/51{n}'>{job}</a><span>{status}</span></div>"
    "<p><span>Front Office</span><span>Leeds</span><span>Applied {n} days ago</span></p></article>"
)
_SAP = (
    "<li role=option><div><div><span>{day}</span></div><div><span>{job}</span></div></div>"
    "<div><span>Leeds</span><span>{status}</span></div></li>"
)
_CHANGED = "<li><a href='/v/{n}'><span>{job}</span></a><div>Ash Ltd, Leeds</div><button type=button aria-haspopup=listbox>{status}</button></li>"

SHAPES = {
    "team and messages under lesser headings": _each(_TEAM),
    "a list of papers in each card": _each(_PAPERS),
    "a table of facts under the employer's name": _each(_FACTS),
    "a title over lines of labels": f"<table>{_each(_STACK)}</table>",
    "a picture beside two lines": f"<table>{_each(_PICTURE)}</table>",
    "the status in the heading that unfolds": _each(_UNFOLDS),
    "the day of applying in a part of its own": _each(_PARTS),
    "a list of SAP's": f"<ul role=listbox>{_each(_SAP)}</ul>",
    "a status that one may change": f"<ul>{_each(_CHANGED)}</ul>",
    "when it changed below the status": "<table>"
    + _each("<tr><td><a href='/{n}'>{job}</a></td><td>{status}<div>Updated {day}</div></td><td></td></tr>")
    + "</table>",
    "a label of an information system": table(
        ["Application Number", "Position", "Status Reason"],
        *([f"APP-19{n}", job, status] for n, (job, status) in enumerate(JOBS)),
    ),
    "a number with its name above the status": _each(
        "<div class=c><h2>{job}</h2><p>Reference number 10000-{n}199-S</p><p>{status}</p></div>"
    ),
    "tabs with their counts": "<div><a class=on>All (3)</a><a>Live (2)</a><a>Archived (1)</a></div>"
    + table(["Post", "Status"], *([job, status] for job, status in JOBS)),
    "a menu of links": "<div><a href=1>Open positions</a><a href=2>My applications</a><a href=3>Personal data</a></div>"
    + _each("<div class=r><b>{job}</b> <i>{status}</i></div>"),
    "a dialog that is not open": _each("<div class=r><b>{job}</b> <i>{status}</i></div>")
    + "<dialog><h2>Withdraw application</h2><p>Yes, withdraw my application</p></dialog>",
    "other lists below": _each("<div class=r><h3>{job}</h3><i>{status}</i></div>")
    + "<h2>Recent letter requests</h2><p>Prof. H. Aldous - Received Oct 12, 2026</p>"
    "<h2>Upcoming interviews</h2><ul><li><strong>Night Porter</strong><time>24 Nov, 14:00</time></li></ul>"
    "<h2>Documents</h2><p>Cover letter.pdf <b>Received</b></p>",
    "what the statuses mean": _each("<div class=r><h3>{job}</h3><i>{status}</i></div>")
    + "<p><b>In progress:</b> the company is considering you.</p><p><b>Shortlisted:</b> you are among the last.</p>",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_each_row_is_read_once_with_its_own_status(shape: str) -> None:
    found = [
        (a.title, a.status_raw) for a in read(page("Jobs", "My applications", SHAPES[shape])).applications
    ]
    assert found == JOBS


_BOARD = "<section class=column><h3>{}</h3><span class=n>{}</span><div class=body>{}</div></section>"


def test_a_board_has_no_card_twice_and_none_in_an_empty_column() -> None:
    def card(job: str, firm: str) -> str:
        return f"<div class=card><p class=t>{job}</p><p>{firm}</p></div>"

    html = page(
        "Jobs",
        "My applications",
        _BOARD.format("Applied", 2, card("Welder", "Open Hands") + card("Roofer", "Riverside Trust"))
        + _BOARD.format("Interview", 1, card("Night Porter", "Ash Ltd"))
        + _BOARD.format("Offer", 0, "<p>Nothing here yet</p>"),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Welder", "Applied"),
        ("Roofer", "Applied"),
        ("Night Porter", "Interview"),
    ]


def test_the_same_steps_on_several_cards_are_stages_whatever_they_are_called() -> None:
    step = "<div class='step {}' {}><div>{}</div></div><hr>"
    card = "<div class=card><div class=name>{}</div><div class=stepper>{}</div></div>"

    def steps(now: str) -> str:
        names = ("Application in", "Background and MVR", "Orientation invite", "On the road")
        return "".join(step.format("", "aria-current=step" if name == now else "", name) for name in names)

    html = page(
        "Drivers",
        "My applications",
        card.format("Dry Van Driver", steps("Orientation invite"))
        + card.format("Yard Driver", steps("On the road")),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Dry Van Driver", "Orientation invite"),
        ("Yard Driver", "On the road"),
    ]


def test_the_only_status_that_is_known_does_not_make_one_row_of_the_list() -> None:
    card = "<div class=card><p class=a>{}</p><p class=b>Leeds</p><p class=c>{}</p></div>"
    said = [("Welder", "In the long drawer"), ("Roofer", "Not selected"), ("Porter", "Off to the client now")]
    html = page("Jobs", "My applications", "<div>" + "".join(card.format(*one) for one in said) + "</div>")
    found = {a.title: a.status_raw for a in read(html).applications}
    assert found["Roofer"] == "Not selected"
    assert "Not selected" not in (found.get("Welder"), found.get("Porter"))


@pytest.mark.parametrize(
    ("title", "body"),
    [
        (
            "Interview calendar",
            "<div role=grid><div role=row><div role=gridcell><b>9:00 Network Engineer</b><span>Candidate: M. Falk</span>"
            "<span>Interview scheduled</span></div></div></div>",
        ),
        (
            "Lebenslauf",
            "<h2>Berufserfahrung</h2><div class=x><h3>Lagerleiter</h3><p>Kontor GmbH</p><span class=xp-status>Beendet</span></div>"
            "<div class=x><h3>Fachkraft Lager</h3><p>Kontor GmbH</p><span class=xp-status>Abgeschlossen</span></div>",
        ),
        (
            "My applications",
            "<table><tr><th>Number</th><th>Position</th><th>Status</th></tr>"
            "<tr><td colspan=3>No data available in table</td></tr></table>",
        ),
        (
            "Interviews at Quarrel",
            "<div class=r><h3>Software Engineer Interview</h3><p>Accepted offer</p></div>"
            "<div class=r><h3>Data Analyst Interview</h3><p>No offer</p></div>",
        ),
    ],
)
def test_nothing_is_read_of_what_is_no_list_of_ones_own(title: str, body: str) -> None:
    assert read(page("Careers", title, body)).applications == ()
