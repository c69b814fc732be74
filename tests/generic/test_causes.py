"""One small page for each cause for which the reader once was wrong on pages it had not been made with. All invented."""

from __future__ import annotations

import pytest

from scraper.model import PageKind, ParsedPage
from tests.generic.test_generic import read


def _page(body: str, title: str = "My applications", lang: str = "en") -> str:
    return f"<!doctype html><html lang={lang}><head><title>{title}</title></head><body>{body}</body></html>"


def _rows(parsed: ParsedPage) -> list[tuple[str, str, str]]:
    return [(found.title, found.status_raw, found.stage.value) for found in parsed.applications]


def _list(*cards: str) -> str:
    return _page(
        "<main><h1>My applications</h1>" + "".join(f"<div class=q>{card}</div>" for card in cards) + "</main>"
    )


LABELS = (
    "<div>{}</div><div><div>{}</div><div>{}</div></div><div><div>Applied on</div><div>2026-03-04</div></div>"
)
READ = {
    "label-in-a-div": (
        _list(
            LABELS.format("Glazier", "Application status", "Unsuccessful"),
            LABELS.format("Roofer", "Progress", "Offer made"),
        ),
        [("Glazier", "Unsuccessful", "not_selected"), ("Roofer", "Offer made", "offer")],
    ),
    "sentence-against-a-date": (
        _list("<h3>Glazier</h3><p>Applied Mar 4, 2026</p><em>You withdrew</em>", "<h3>Roofer</h3><p>Applied Mar 5, 2026</p><em>You were not chosen</em>"),
        [("Glazier", "You withdrew", "withdrawn"), ("Roofer", "You were not chosen", "not_selected")],
    ),
    "place-like-a-status": (
        _list("<h3>Glazier</h3><p>New Haven, CT</p><i>Requirements not met</i>", "<h3>Roofer</h3><p>Offerle, KS</p><i>Withdrawn</i>"),
        [("Glazier", "Requirements not met", "not_qualified"), ("Roofer", "Withdrawn", "withdrawn")],
    ),
    "definition-pairs-in-a-card": (
        _list(
            "<h3>Glazier</h3><dl><dt>Status</dt><dd>Under review</dd><dt>Location</dt><dd>Dover, DE</dd></dl>",
            "<h3>Roofer</h3><dl><div><dt>Employer</dt><dd>Acme Roofs</dd></div><div><dt>Status</dt><dd>Rejected</dd></div></dl>",
        ),
        [("Glazier", "Under review", "under_review"), ("Roofer", "Rejected", "not_selected")],
    ),
    "cards-in-a-layout-table": (
        _page(
            "<table><tr><td><a href=/h>Home</a><td><h1>My applications</h1>"
            "<div class=c><b>Glazier</b><p>Under review</p></div><div class=c><b>Roofer</b><p>Rejected</p></div></table>"
        ),
        [("Glazier", "Under review", "under_review"), ("Roofer", "Rejected", "not_selected")],
    ),
    "counted-columns": (
        _page(
            "<h1>Application tracker</h1><div><div><div><b>Applied</b> <i>2</i></div><div class=k><p>Glazier</p></div><div class=k><p>Roofer</p></div></div>"
            "<div><div><b>Offer</b> <i>0</i></div></div></div>"
        ),
        [("Glazier", "Applied", "received"), ("Roofer", "Applied", "received")],
    ),
    "button-that-unfolds": (
        _list(
            "<button aria-expanded=true><span>Glazier</span> <span>Hiring manager review</span></button><div><span>Location</span><span>Dover, DE</span></div>",
            "<button aria-expanded=false><span>Roofer</span> <span>Withdrawn</span></button>",
        ),
        [("Glazier", "Hiring manager review", "referred"), ("Roofer", "Withdrawn", "withdrawn")],
    ),
    "status-under-its-heading": (
        _page("<h1>Glazier</h1><h2>Application status</h2><p>Under review</p>", "Acme"),
        [("Glazier", "Under review", "under_review")],
    ),
    "data-in-an-attribute": (
        _page('<h1>My applications</h1><div data-props="{&quot;applications&quot;:[{&quot;title&quot;:&quot;Glazier&quot;,&quot;status&quot;:&quot;Rejected&quot;,&quot;applied_at&quot;:&quot;2026-03-04&quot;}]}"></div>'),
        [("Glazier", "Rejected", "not_selected")],
    ),
    "title-column-like-a-status": (
        _page("<h1>My applications</h1><table><tr><th>Position<th>Status<tr><td>Offers Clerk II<td>Withdrawn<tr><td>Archivist<td>Under review</table>"),
        [("Offers Clerk II", "Withdrawn", "withdrawn"), ("Archivist", "Under review", "under_review")],
    ),
    "profile-card-beside": (
        _page(
            "<h1>My applications</h1><ul><li><h3>Glazier</h3><span>Under review</span></li></ul><div class=card><h5>Profile 70% complete</h5></div>"
            "<div class=card><div class=card-header>Jobs you may like</div><a href=/job/3>Roofer</a></div>"
        ),
        [("Glazier", "Under review", "under_review")],
    ),
    "spoken-label-in-a-cell": (
        _page("<h1>My applications</h1><table><tr><th>Job<th>Progress<tr><td>Glazier<td><span class=sr-only>Application status:</span> Withdrawn</table>"),
        [("Glazier", "Withdrawn", "withdrawn")],
    ),
    "ending-below-a-chip": (
        _list("<h3>Glazier</h3><span class=chip>Completed</span><p>You were not selected for this position.</p>", "<h3>Roofer</h3><span class=chip>Completed</span><p>We will be in touch.</p>"),
        [("Glazier", "You were not selected for this position.", "not_selected"), ("Roofer", "Completed", "received")],
    ),
    "ending-after-a-phrase": (
        _list("<p>You applied to <a href=/j/1>Glazier</a> at Acme</p><p>Latest: <b>Not selected</b></p>", "<p>You applied to <a href=/j/2>Roofer</a> at Acme</p><p>Latest: <b>Interview scheduled</b></p>"),
        [("Glazier", "Not selected", "not_selected"), ("Roofer", "Interview scheduled", "interview_scheduled")],
    ),
    "unknown-term-before-the-status": (
        _page("<h1>Application details</h1><dl><dt>Position applied for</dt><dd>Glazier</dd><dt>Current position in process</dt><dd>Assessment centre</dd></dl>"),
        [("Glazier", "Assessment centre", "assessment")],
    ),
    "group-says-it-all": (
        _page("<h1>My applications</h1><table><tr><th>Job title<th>Req ID<th>Submitted<tr><td colspan=3>Closed applications<tr><td>Glazier<td>G-77<td>03/04/2026</table>"),
        [("Glazier", "Closed applications", "closed")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", READ)
def test_rows_are_read(name: str) -> None:
    html, expected = READ[name]
    assert _rows(read(html)) == expected


SILENT = {
    "loans": (_page("<h1>My loan applications</h1><ul><li><h3>Car loan</h3><p>Status: Under review</p></li></ul>", "Bank"), PageKind.OTHER),
    "grants-es": (_page("<h1>Mis solicitudes de beca</h1><ul><li><h3>Beca de movilidad</h3><p>Estado: En revisión</p></li></ul>", "Universidad", "es"), PageKind.OTHER),
    "requisitions": (_page("<h1>Requisitions</h1><table><tr><th>Req ID<th>Job title<th>Opened<th>Applicants<th>Status<tr><td>R-1<td>Glazier<td>03/04/2026<td>7<td>On hold</table>", "ATS"), PageKind.OTHER),
    "blocked": (_page("<h1>Access Denied</h1><p>Reference #21.99ab</p>", "Access Denied"), PageKind.BLOCKED),
    "empty-with-cookies": (_page("<h1>Mis postulaciones</h1><table><tr><th>Puesto<th>Estado<tr><td colspan=2>Aún no tienes postulaciones.</table><div id=cookie-bar role=dialog><h2>Su privacidad</h2><button>Aceptar</button></div>", "Mis postulaciones", "es"), PageKind.EMPTY),
    "favourites": (_page("<h1>Favourite jobs</h1><ul><li>Glazier <em>You have not applied yet</em><li>Roofer <em>You have not applied yet</em></ul>", "Favourite jobs"), PageKind.OTHER),
    "menu-names-jobs": (_page("<header><a href=/s>Search jobs</a></header><main><h1>Meet our new director</h1><p>She was hired last week.</p></main>", "News"), PageKind.OTHER),
    "help-names-sign-in": (_page("<main><h1>Frequently asked questions</h1><p>Sign in and open My Applications.</p></main>", "FAQ"), PageKind.OTHER),
    "security-guard": (_page("<h1>Job listings</h1><ul><li>Position Type Full-Time<li>Security Guard</ul>", "Jobs"), PageKind.JOB_LIST),
}  # fmt: skip


@pytest.mark.parametrize("name", SILENT)
def test_pages_that_list_none(name: str) -> None:
    html, kind = SILENT[name]
    parsed = read(html)
    assert parsed.applications == ()
    assert parsed.kind is kind


@pytest.mark.parametrize(
    ("body", "name", "expected"),
    [
        ("<h3>Glazier</h3><p>Rejected</p><p>Berlin · Applied 4 Mar 2026</p>", "location", "Berlin"),
        ("<h3>Glazier</h3><p>Clinique Bel-Air</p><p>Angoulême</p><i>Rejected</i>", "location", "Angoulême"),
        ("<h3>Glazier</h3><p>Lojas Sol</p><p>Santos - SP</p><i>Rejected</i>", "location", "Santos - SP"),
        ("<h3>Glazier - Dover, DE</h3><i>Rejected</i>", "location", "Dover, DE"),
        ("<h3>Glazier</h3><small>#GL-7</small><i>Rejected</i>", "requisition", "GL-7"),
        ("<a href=/v/G-7>Glazier</a><b>G-7</b><i>Rejected</i>", "requisition", "G-7"),
        (
            "<h3>Glazier</h3><i>Rejected</i><div><span>Req GL7100</span><span>Dover, DE</span></div>",
            "requisition",
            "GL7100",
        ),
    ],
)
def test_fields(body: str, name: str, expected: str) -> None:
    (found,) = read(_list(body)).applications
    assert found.title.startswith("Glazier")
    assert getattr(found, name) == expected


def test_employers_over_tables() -> None:
    table = "<table><tr><th>Job title<th>Status<tr><td>{}<td>Under review</table>"
    parsed = read(
        _page(
            f"<h1>My applications</h1><h2>Mercy Clinic</h2>{table.format('Glazier')}<h2>Dale Hospital</h2>{table.format('Roofer')}"
        )
    )
    assert [found.company for found in parsed.applications] == ["Mercy Clinic", "Dale Hospital"]


def test_the_column_tells_day_from_month() -> None:
    table = "<table><tr><th>Job title<th>Applied<th>Status<tr><td>Glazier<td>05/10/2026<td>Rejected<tr><td>Roofer<td>31/08/2026<td>Rejected</table>"
    parsed = read(_page(f"<h1>My applications</h1>{table}"))
    assert [str(found.applied_on) for found in parsed.applications] == ["2026-10-05", "2026-08-31"]
