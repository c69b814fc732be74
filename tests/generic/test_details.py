"""Pages about one application, boards whose columns have names of their own, and tables that need two looks."""

from __future__ import annotations

import pytest

from tests.generic.parts import page, table
from tests.generic.test_generic import read

JOB = "Cardiac Sonographer"
BACK = "<p><a href='/applications'>All my applications</a></p>"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (
            "<dl><div><dt>Requisition</dt><dd>CV-20881</dd></div><div><dt>Where you are now</dt><dd>Health screening</dd></div></dl>",
            "Health screening",
        ),
        (
            "<table><tr><th>Sent on</th><td>8 May 2026</td></tr><tr><th>Current status</th><td>Shortlisted</td></tr>"
            "<tr><th>Contact</th><td>HR, Annecy</td></tr></table>",
            "Shortlisted",
        ),
        (
            "<div><h2>Status of your application</h2><p>On the list of those who qualified</p><p>It holds until June.</p></div>",
            "On the list of those who qualified",
        ),
        (
            "<ol class=progress><li class=done><span>Completed: </span><b>Application</b></li><li class=now aria-current=step>"
            "<span>Current: </span><b>Panel interview</b></li><li><b>Offer</b></li></ol>",
            "Panel interview",
        ),
        (
            "<p class=stand>Interview scheduled</p><h2>What happened</h2><ul><li>Received</li></ul>",
            "Interview scheduled",
        ),
    ],
)
def test_a_page_about_one_application(body: str, status: str) -> None:
    found = read(page("Hospital", JOB, BACK + body), "https://careers.example.org/application/20881")
    assert [(a.title, a.status_raw) for a in found.applications] == [(JOB, status)]


@pytest.mark.parametrize(
    "body",
    [
        "<dl><dt>Status</dt><dd>Open</dd><dt>Posted</dt><dd>3 May 2026</dd></dl><button>Apply now</button>",
        "<p>Status: accepting applications until filled</p>",
        "<p>Your application takes ten minutes.</p><dl><dt>Status</dt><dd>Full time, nights</dd></dl>",
        "<h2>What happens next</h2><p>We review every candidate.</p>",
    ],
)
def test_an_opening_that_anybody_may_read_is_no_application(body: str) -> None:
    assert read(page("Hospital", JOB, body), "https://careers.example.org/job/20881").applications == ()


def test_columns_beside_known_ones_are_stages_whatever_they_are_called() -> None:
    column = "<section class=col><h2>{} <span class=n>1</span></h2><div class=list><article class=card><h3>{}</h3><p>Applied 2 Mar 2026</p></article></div></section>"
    said = [
        ("First Officer", "Applied"),
        ("Flight Dispatcher", "Simulator week"),
        ("Cabin Steward", "Interview"),
    ]
    html = page("Crew", "My applications", "".join(column.format(status, job) for job, status in said))
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_lists_under_their_own_names_are_no_board() -> None:
    section = (
        "<section class=panel><h2>{}</h2><ul><li class=row><a href=#>{}</a><i>{}</i></li></ul></section>"
    )
    html = page(
        "Jobs",
        "Home",
        section.format("Current applications", "Welder", "Interview scheduled")
        + section.format("Past applications", "Roofer", "Not selected")
        + section.format("Recommended jobs", "Glazier", "New"),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Welder", "Interview scheduled"),
        ("Roofer", "Not selected"),
    ]


def test_heads_of_two_lines() -> None:
    rows = "".join(
        f"<tr><td>0{n}/2026</td><td>{job}</td><td>{status}</td></tr>"
        for n, (job, status) in enumerate([("Driver", "Shortlisted"), ("Clerk", "Not selected")])
    )
    html = page(
        "Ministry",
        "My applications",
        "<table><tr><th colspan=2>Call</th><th rowspan=2>Status</th></tr><tr><th>Number</th><th>Position</th></tr>"
        f"{rows}</table>",
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Driver", "Shortlisted"),
        ("Clerk", "Not selected"),
    ]


def test_the_line_over_each_row_is_its_title() -> None:
    row = "<tr><td colspan=4><strong>{}</strong></td></tr><tr><td>Notice no. 14{}20/2026</td><td>Sent 0{}-10-2026</td><td>{}</td><td><a href=#>See the minutes</a></td></tr>"
    html = page(
        "Town",
        "My applications",
        "<table>"
        + row.format("Clerk", 1, 1, "Shortlisted")
        + row.format("Cleaner", 2, 2, "Not selected")
        + "</table>",
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == [
        ("Clerk", "Shortlisted"),
        ("Cleaner", "Not selected"),
    ]


def test_the_second_line_of_a_paragraph_is_the_status_where_its_neighbours_have_theirs() -> None:
    card = "<li class=item><span class=title>{}</span><p>Ref. HSF/{}/2026 <br>{}</p></li>"
    said = [
        ("Nurse", "Interview scheduled"),
        ("Pharmacist", "With the good people upstairs"),
        ("Clerk", "Not selected"),
    ]
    html = page(
        "Hospital",
        "My applications",
        "<ul>" + "".join(card.format(job, n, status) for n, (job, status) in enumerate(said)) + "</ul>",
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_what_changes_the_list_ends_nothing() -> None:
    """A switch over the list is no heading of it: no live application may be called over."""
    html = page(
        "Jobs",
        "My applications",
        "<fieldset><legend>Show closed</legend></fieldset>"
        + table(["Position", "Status"], ["Operator", "Under evaluation"], ["Finisher", "Not chosen"]),
    )
    assert [a.stage.value for a in read(html).applications] == ["under_review", "not_selected"]


def test_a_column_of_people_silences_the_page() -> None:
    html = page(
        "Hiring",
        "Universal Banker",
        "<div><a href=/hm>Tidewell Hire</a> <p>Requisition 7731 · Open 24 days</p></div>"
        + table(["Candidate", "Application status"], ["I. Cast", "Interview"], ["R. Falk", "Rejected"]),
    )
    assert read(html).applications == ()


def test_phones_and_desktops_see_one_row() -> None:
    card = (
        "<li class=app><div class='body desktop'><h2><a href='/o/{0}'>{1}</a></h2><p><b>{2}</b></p></div>"
        "<div class='body mobile'><span class=tag>{2}</span><h2><a href='/o/{0}'>{1}</a></h2></div></li>"
    )
    said = [("Waiter", "Received"), ("Cook", "Interview scheduled")]
    html = page(
        "Jobs",
        "My applications",
        "<ul>" + "".join(card.format(n, *one) for n, one in enumerate(said)) + "</ul>",
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


@pytest.mark.parametrize(
    "body",
    [
        "<p>Consultations</p><p>Not selected</p>",
        "<ol class=steps><li class=done>Applied</li><li class=now aria-current=step>In review</li><li>Offer</li></ol>"
        "<p>We have decided to move forward with other candidates for this role.</p>",
    ],
)
def test_what_ended_is_not_hidden_by_what_reads_like_a_step(body: str) -> None:
    """Whoever is told "in review" asks in vain."""
    html = page(
        "Jobs",
        "My applications",
        f"<div class=card><h3>Welder</h3>{body}</div><div class=card><h3>Roofer</h3><p>Under review</p></div>",
    )
    assert [a.stage.value for a in read(html).applications] == ["not_selected", "under_review"]


def test_a_title_stands_over_a_table_of_facts_in_pairs() -> None:
    facts = (
        "<div class=facts><div class=head><div class=title>{}</div><button>Receipt</button></div><table><tbody><tr><th>Notice</th>"
        "<td>Notice {}/2026</td><th>Date</th><td>10/08/2026</td></tr><tr><th>Status of the application</th><td colspan=3>"
        "<span>{}</span></td></tr></tbody></table></div>"
    )
    said = [("Substitute Lecturer", "Under review"), ("Laboratory Technician", "Not selected")]
    html = page(
        "Selections",
        "My applications",
        "".join(facts.format(job, n, status) for n, (job, status) in enumerate(said)),
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_a_table_of_steps_lists_no_applications() -> None:
    steps = "".join(
        f"<tr><td>{step}</td><td>Completed</td></tr>" for step in ("Online test", "Interview", "Offer")
    )
    html = page(
        "Shops",
        "Shop Manager",
        f"{BACK}<p>Application status: Offer sent</p><h2>Steps</h2><table>{steps}</table>",
    )
    found = read(html, "https://careers.example.org/applications/33018").applications
    assert [(a.title, a.status_raw) for a in found] == [("Shop Manager", "Offer sent")]


def test_a_title_in_its_own_column_stays_whole() -> None:
    html = page(
        "Hospital",
        "My applications",
        table(["Call", "Position", "Status"], ["2026/7", "Nurse - Reserve list", "Under review"]),
    )
    assert [a.title for a in read(html).applications] == ["Nurse - Reserve list"]


def test_how_many_applied_is_no_status() -> None:
    row = "<li><a href='/o/{}'>{}</a><p>Ash Ltd</p><p>Applicants: {}42</p><div><strong>{}</strong><em>3 days ago</em></div></li>"
    said = [("Analyst", "CV read"), ("Welder", "Process closed"), ("Clerk", "Not selected")]
    html = page(
        "Jobs",
        "My applications",
        "<ol>" + "".join(row.format(n, job, n + 1, status) for n, (job, status) in enumerate(said)) + "</ol>",
    )
    assert [(a.title, a.status_raw) for a in read(html).applications] == said


def test_a_grid_cut_into_tables_is_one() -> None:
    """Heads that stay while the rest rolls, and a locked first column."""
    said = [("Line Worker", "Test scheduled"), ("Meter Technician", "Not selected")]

    def part(head: str, rows: list[str]) -> tuple[str, str]:
        lines = "".join(f"<tr role=row>{row}</tr>" for row in rows)
        return (
            f"<div><table><thead><tr>{head}</tr></thead></table></div>",
            f"<div><table><tbody>{lines}</tbody></table></div>",
        )

    jobs = part("<th>Job</th>", [f"<td><a href='/{n}'>{job}</a></td>" for n, (job, _) in enumerate(said)])
    rest = part(
        "<th>Applied</th><th>Status</th><th>City</th>",
        [f"<td>0{n}/05/2026</td><td>{status}</td><td>Ripon</td>" for n, (_, status) in enumerate(said, 1)],
    )
    grid = f"<div class=grid><div>{jobs[0]}{rest[0]}</div><div>{jobs[1]}{rest[1]}</div></div>"
    html = page("Power", "My applications", grid)
    assert [(a.title, a.status_raw) for a in read(html).applications] == said
