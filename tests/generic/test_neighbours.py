"""Pages on which one thing is only told by another: the cards beside it, the column's head, what stands round a list.

One small page for each cause for which the reader once was wrong on pages it had not been made with. All invented.
"""

from __future__ import annotations

import pytest

from scraper.model import PageKind, ParsedPage
from tests.generic.test_generic import read

Expected = list[tuple[str, str, str]]


def _page(body: str, title: str = "My applications", lang: str = "en") -> str:
    return f"<!doctype html><html lang={lang}><head><title>{title}</title></head><body>{body}</body></html>"


def _cards(*cards: str, lang: str = "en") -> str:
    listed = "".join(f"<div class='k k-row'>{card}</div>" for card in cards)
    return _page(f"<main><h1>My applications</h1><div class=l>{listed}</div></main>", lang=lang)


def _table(heads: str, *rows: str, before: str = "<h1>My applications</h1>") -> str:
    head = "".join(f"<th>{name}</th>" for name in heads.split("|"))
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row.split("|")) + "</tr>" for row in rows)
    return _page(f"{before}<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")


def _steps(*names: str) -> str:
    return "<div class=way>" + "".join(f"<span class='{names}'>{text}</span>" for text, names in zip(names[::2], names[1::2], strict=True)) + "</div>"  # fmt: skip


READ: dict[str, tuple[str, Expected]] = {
    "job's status beside one's own": (
        _table("Job|Opening status|My status", "Glazier|Closed|Under review", "Roofer|Open|Not selected"),
        [("Glazier", "Under review", "under_review"), ("Roofer", "Not selected", "not_selected")],
    ),
    "requisition's status beside the candidate's": (
        _table("Title|Requisition status|Candidate status", "Glazier|Filled|Interview scheduled", "Roofer|Open|Withdrawn"),
        [("Glazier", "Interview scheduled", "interview_scheduled"), ("Roofer", "Withdrawn", "withdrawn")],
    ),
    "only the job has a status": (
        _table("Job|Job status|Submitted on", "Glazier|Closed|03/04/2026"),
        [("Glazier", "Closed", "closed")],
    ),
    "kind of employment": (
        _cards("<a href=/j/1>Glazier</a><p><span>Dover, DE</span> · <span>Contract</span></p><b>Not moving forward</b>",
               "<a href=/j/2>Roofer</a><p><span>Dover, DE</span> · <span>Full-time</span></p><b>Under review</b>"),
        [("Glazier", "Not moving forward", "not_selected"), ("Roofer", "Under review", "under_review")],
    ),
    "withdrawing in a summary": (
        _cards("<h3>Glazier</h3><p>We are reviewing your application</p><details><summary>Withdraw my application</summary><p>Sure?</p></details>"),
        [("Glazier", "We are reviewing your application", "under_review")],
    ),
    "pictures drawn by a font": (
        _cards("<h3>Glazier</h3><i class=material-icons>close</i><span>Interview scheduled</span>",
               "<h3>Roofer</h3><i class=material-icons>cancel</i><span>Offer made</span>"),
        [("Glazier", "Interview scheduled", "interview_scheduled"), ("Roofer", "Offer made", "offer")],
    ),
    "history under a card": (
        _cards("<h3>Glazier</h3><b>Withdrawn</b><h4>History</h4><table><tr><td>Mar 2</td><td>Application received</td></tr><tr><td>Apr 9</td><td>Withdrawn</td></tr></table>",
               "<h3>Roofer</h3><b>Under review</b><h4>History</h4><table><tr><td>May 3</td><td>Application received</td></tr><tr><td>May 8</td><td>Under review</td></tr></table>"),
        [("Glazier", "Withdrawn", "withdrawn"), ("Roofer", "Under review", "under_review")],
    ),
    "history alone": (
        _page("<h1>Glazier</h1><h2>Application progress</h2><ul><li><time>2 March 2026</time> Application received</li><li><time>9 April 2026</time> Interview scheduled</li></ul>", "Your application"),
        [("Glazier", "Interview scheduled", "interview_scheduled")],
    ),
    "way to the page": (
        _page("<p><a href=/>Home</a> &gt; My area &gt; My applications</p><h1>My applications</h1><ul><li><h3>Glazier</h3><b>Rejected</b></li></ul>"),
        [("Glazier", "Rejected", "not_selected")],
    ),
    "a link in another column": (
        _table("Call|Name of the position|Status|Papers", "2026/14|Glazier|Under review|<a href=/1.pdf>Receipt (PDF)</a>", "2026/15|Roofer|Rejected|<a href=/2.pdf>Receipt (PDF)</a>").replace("<th>Call", "<th>Convocatoria"),
        [("Glazier", "Under review", "under_review"), ("Roofer", "Rejected", "not_selected")],
    ),
    "number before the name": (
        _page("<h1>My applications</h1>" + "".join(f"<table><tr><th>Proceso</th><td>{number}</td></tr><tr><th>Puesto</th><td>{name}</td></tr><tr><th>Estado</th><td>{status}</td></tr></table>" for number, name, status in (("PS-7", "Vidriero", "En revisión"), ("PS-8", "Techador", "Descartado"))), lang="es"),
        [("Vidriero", "En revisión", "under_review"), ("Techador", "Descartado", "not_selected")],
    ),
    "meanings below a list": (
        _page("<h1>My applications</h1><table><tr><th>Job<th>Status<tr><td>Glazier<td>Referred</table><div class=panel-heading>Status definitions</div><table><tr><td>Referred</td><td>The department has your papers.</td></tr><tr><td>Not selected</td><td>Somebody else was taken on.</td></tr></table>"),
        [("Glazier", "Referred", "referred")],
    ),
    "steps told by a class": (
        _cards("<h3>Glazier</h3>" + _steps("Applied", "p ok", "Interview", "p ok act", "Offer", "p"),
               "<h3>Roofer</h3>" + _steps("Applied", "p ok act", "Interview", "p", "Offer", "p")),
        [("Glazier", "Interview", "interview_scheduled"), ("Roofer", "Applied", "received")],
    ),
    "a list without a heading": (
        _page("<table><tr><td><b>Menu</b><br><a href=/s>Find work</a></td><td><font size=3><b>Application Status</b></font><p>Below are the positions to which you have applied.</p>"
              "<table><tr><td><b>Posting Number</b></td><td><b>Working Title</b></td><td><b>Status</b></td></tr><tr><td>S0119P</td><td>Glazier</td><td>Position Filled - Not Hired</td></tr><tr><td>S0120P</td><td>Roofer</td><td>Under review</td></tr></table></td></tr></table>", "Midstate"),
        [("Glazier", "Position Filled - Not Hired", "not_selected"), ("Roofer", "Under review", "under_review")],
    ),
    "who reviews it": (
        _cards("<h3>Glazier</h3><em>Recruiter review</em>", "<h3>Roofer</h3><em>Manager review</em>"),
        [("Glazier", "Recruiter review", "under_review"), ("Roofer", "Manager review", "referred")],
    ),
    "words nobody knows beside words all know": (
        _cards("<em>Under review</em><h3>Glazier</h3><p>Dover, DE</p>", "<em>Blue phase</em><h3>Roofer</h3><p>Akron, OH</p>", "<em>Rejected</em><h3>Tiler</h3><p>Akron, OH</p>"),
        [("Glazier", "Under review", "under_review"), ("Roofer", "Blue phase", "unknown"), ("Tiler", "Rejected", "not_selected")],
    ),
    "the day of applying beside the status": (
        _cards("<h3>Glazier</h3><p>Sent Oct 27</p><p>Application reviewed, awaiting decision</p>", "<h3>Roofer</h3><p>Sent Jun 2</p><p>Not selected</p>"),
        [("Glazier", "Application reviewed, awaiting decision", "under_review"), ("Roofer", "Not selected", "not_selected")],
    ),
    "nothing but the day under a named list": (
        _page("<h1>Hello</h1><h2>Active applications</h2><div class=q><a href=/p/1>Glazier</a><i>Applied 11/03/2026</i></div><h2>Inactive applications</h2><div class=q><a href=/p/2>Roofer</a><i>Applied 05/09/2026</i></div>", "Dashboard"),
        [("Glazier", "Active", "active"), ("Roofer", "Inactive", "inactive")],
    ),
    "the column's head again in every cell": (
        _table("Number|Job title|Status", "<span>Number</span>12/26|<span>Job title</span>Glazier|<span>Status</span>Rejected", "<span>Number</span>13/26|<span>Job title</span>Roofer|<span>Status</span>Under review"),
        [("Glazier", "Rejected", "not_selected"), ("Roofer", "Under review", "under_review")],
    ),
    "a label nobody knows": (
        _cards("<h3>Glazier</h3><p>Lage der Dinge: Abgelehnt</p>", "<h3>Dachdecker</h3><p>Lage der Dinge: In Prüfung</p>", lang="de"),
        [("Glazier", "Abgelehnt", "not_selected"), ("Dachdecker", "In Prüfung", "under_review")],
    ),
    "a number's name is no status": (
        _cards(*(f"<span>Position</span><span>{name}</span><span>Submission ID</span><span>{number}</span><span>State</span><span>{status}</span>" for name, number, status in (("Glazier", 771, "Routed to panel"), ("Roofer", 772, "Unsuccessful at interview")))),
        [("Glazier", "Routed to panel", "referred"), ("Roofer", "Unsuccessful at interview", "not_selected")],
    ),
    "the foot of a card": (
        _page("<h1>My applications</h1>" + "".join(f"<article><header><h2>{name}</h2></header><footer><em>{status}</em></footer></article>" for name, status in (("Glazier", "Under review"), ("Roofer", "Rejected"))) + "<footer>Careers</footer>"),
        [("Glazier", "Under review", "under_review"), ("Roofer", "Rejected", "not_selected")],
    ),
    "the opening's status in a label": (
        _cards("<h3>Glazier</h3><p>Job posting: Closed</p><p>Your application: In review</p>", "<h3>Roofer</h3><p>Job posting: Open</p><p>Your application: Not selected</p>"),
        [("Glazier", "In review", "under_review"), ("Roofer", "Not selected", "not_selected")],
    ),
    "another day than that of applying": (
        _cards("<h3>Glazier</h3><i>Updated Nov 12</i><b>Rejected</b>", "<h3>Roofer</h3><i>Updated Nov 14</i><b>Offer made</b>"),
        [("Glazier", "Rejected", "not_selected"), ("Roofer", "Offer made", "offer")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_rows_are_read(name: str) -> None:
    html, expected = READ[name]
    found = [(row.title, row.status_raw, row.stage.value) for row in read(html).applications]
    assert sorted(found) == sorted(expected)


def _list(heading: str, *rows: str) -> str:
    return _page(
        f"<h1>{heading}</h1><ul>" + "".join(f"<li>{row}</li>" for row in rows) + "</ul>", title=heading
    )


SILENT = {
    "programs allowed in": _list("Authorized applications", "<b>Timeline Manager</b><i>Active</i><button>Revoke</button>", "<b>Build Analyst</b><i>Inactive</i><button>Revoke</button>"),
    "programs to install": _list("My applications", "<b>Photo Editor</b><i>Update available</i><button>Install</button>", "<b>Tax Assistant</b><i>Rated</i><button>Uninstall</button>"),
    "releases": _page("<h1>Releases</h1><section><h2>Application Manager 5.0</h2><p>Status: Under review</p></section><section><h2>Application Manager 4.0</h2><p>Status: Closed</p></section>", "Releases"),
    "scholarships": _list("My scholarships", "<h3>Community Nurse Grant</h3><p>Award: $500</p><b>Not selected</b>", "<h3>Future Engineers Scholarship</h3><b>Under review</b>"),
    "bugs": _table("ID|Product|Assignee|Status", "7|Widget|anna|UNDER REVIEW", "8|Widget|bo|CLOSED", before="<h1>Bug list</h1>").replace("My applications", "Bug list"),
    "admissions": _page("<h1>Application status</h1><ul><li>Transcript – Received</li><li>Test score – Awaiting</li></ul>", "Graduate admissions"),
    "a recruiter's board": _page("<h1>Pipeline</h1><div><div class=col><h3>Applied (2)</h3><div class=card>Ana Diaz</div><div class=card>Bo Chen</div></div><div class=col><h3>Interview (1)</h3><div class=card>Cy Young</div></div></div>", "Recruiting - Nurse Manager"),
    "programs that run": _table("Application|Environment|Status", "billing-manager|prod|Active", "auth-agent|dev|Inactive", before="<h1>Applications</h1>").replace("My applications", "Console"),
    "a thread": _page("<h1>In Process or Under Consideration?</h1><div class=post><b>anna</b><p>Status: Not Selected after two days.</p></div><div class=post><b>bo</b><p>Mine says In Process.</p></div>", "Job seekers - Forum"),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_pages_that_list_none(name: str) -> None:
    parsed = read(SILENT[name])
    assert parsed.applications == ()
    assert parsed.kind is not PageKind.APPLICATIONS


def _only(parsed: ParsedPage) -> tuple[str, str]:
    (found, _) = parsed.applications
    return found.company, found.location


@pytest.mark.parametrize(
    ("line", "company", "location"),
    [
        ("Solstice Works — Nantes — CDI", "Solstice Works", "Nantes"),
        ("Delta Re, Hartford, CT", "Delta Re", "Hartford, CT"),
        ("Full-time · Solstice Works · Nantes", "Solstice Works", "Nantes"),
    ],
)
def test_employer_place_and_kind_of_employment_in_one_line(line: str, company: str, location: str) -> None:
    card = "<h3>{}</h3><p>" + line + "</p><b>Rejected</b>"
    assert _only(read(_cards(card.format("Glazier"), card.format("Roofer")))) == (company, location)
