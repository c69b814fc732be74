"""Hand-written pages, each odd in its own way, with what should be read from them. All invented."""

from __future__ import annotations

Expected = list[tuple[str, str, str]]  # title, status text, stage


def _page(title: str, body: str, lang: str = "en") -> str:
    return f'<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body>{body}</body></html>'


ODD: dict[str, tuple[str, Expected]] = {
    "stepper-cards": (
        _page("My applications", '<h1>My applications</h1>' + "".join(
            f'<div class="app"><h2>{t}</h2><ol class="progress-tracker"><li class="step done">Received</li><li class="step{a}">Under review</li><li class="step{b}">Interview</li><li class="step">Offer</li></ol></div>'
            for t, a, b in (("Charge Nurse", " is-current", ""), ("Unit Clerk", " done", " is-current")))),
        [("Charge Nurse", "Under review", "under_review"), ("Unit Clerk", "Interview", "interview_scheduled")],
    ),
    "stepper-aria": (
        _page("Your application - Acme", '<main><h1>Backend Engineer</h1><p>Application 4711</p><nav aria-label="x"></nav><ul role="list"><li><span>Applied</span></li><li aria-current="step"><span>Phone screen</span></li><li><span>Interview</span></li><li><span>Decision</span></li></ul></main>'),
        [("Backend Engineer", "Phone screen", "screen")],
    ),
    "unknown-words-in-column": (
        _page("Application status", "<h1>Application status</h1><table><tr><th>Position<th>Where it stands</tr><tr><td>Nurse<td>Zeta</tr><tr><td>Cook<td>Not selected</tr></table>"),
        [("Nurse", "Zeta", "unknown"), ("Cook", "Not selected", "not_selected")],
    ),
    "unknown-words-in-cards": (
        _page("My applications", '<h1>My applications</h1><div class=l><div class=c><h3>Nurse</h3><span class=status>Blue phase</span></div><div class=c><h3>Cook</h3><span class=status>Under review</span></div></div>'),
        [("Nurse", "Blue phase", "unknown"), ("Cook", "Under review", "under_review")],
    ),
    "status-with-prefix": (
        _page("My applications", "<h1>My applications</h1><ul><li><a href=/a/1>Welder</a> <p>Application status: Referred to department</p></li><li><a href=/a/2>Painter</a> <p>Application status: Withdrawn</p></li></ul>"),
        [("Welder", "Referred to department", "referred"), ("Painter", "Withdrawn", "withdrawn")],
    ),
    "recommended-beside": (
        _page("Dashboard", '<h1>Dashboard</h1><section><h2>My applications</h2><div class=card><h3>Welder</h3><span>Acme</span><span>Interview scheduled</span></div></section><section><h2>Recommended for you</h2><div class=card><h3>Painter</h3><span>Acme</span><span>New</span><a>Apply</a></div><div class=card><h3>Plumber</h3><span>Acme</span><span>Under review soon</span></div></section>'),
        [("Welder", "Interview scheduled", "interview_scheduled")],
    ),
    "active-and-inactive": (
        _page("Applications", "<h1>Applications</h1><h2>Active applications (1)</h2><table><tr><th>Job<th>Status<tr><td>Welder<td>In process</table><h2>Inactive applications (2)</h2><table><tr><th>Job<th>Status<tr><td>Painter<td>Not selected<tr><td>Glazier<td>In process</table>"),
        [("Welder", "In process", "active"), ("Painter", "Not selected", "not_selected"), ("Glazier", "In process", "inactive")],
    ),
    "legend-below": (
        _page("My applications", "<h1>My applications</h1><table><tr><th>Job title<th>Status<tr><td>Welder<td>Offer extended</table><h2>What the statuses mean</h2><dl><dt>Under review<dd>Somebody reads it<dt>Not selected<dd>Somebody else was chosen</dl>"),
        [("Welder", "Offer extended", "offer")],
    ),
    "one-card-no-context": (
        _page("Acme", '<div><div class="x"><h3>Senior Welder</h3><p>Status: Under review</p><p>Applied on 05/06/2026</p><button>Withdraw application</button></div></div>'),
        [("Senior Welder", "Under review", "under_review")],
    ),
    "no-status-column": (
        _page("My applications", "<h1>My applications</h1><table><tr><th>Vacancy<th>Applied on<th>Reference</tr><tr><td>Welder<td>5 June 2026<td>V-100</tr><tr><td>Painter<td>6 June 2026<td>V-101</tr></table>"),
        [("Welder", "", "unknown"), ("Painter", "", "unknown")],
    ),
    "broken-markup": (
        "<title>My applications</title><h1>My applications<table><tr><th>Job title<th>Status<th>Date applied<tr><td><a href='/j/1'>Welder<td>Under review<td>05/05/2026<tr><td><b>Painter</i><td>Not selected</span><td>05/06/2026<div>",
        [("Welder", "Under review", "under_review"), ("Painter", "Not selected", "not_selected")],
    ),
    "upper-case-codes": (
        _page("My jobs", '<h1>My applications</h1><div class=row data-state="PHONE_SCREENED"><a href=/1>Welder</a><span>Acme Inc</span></div><div class=row data-state="NOT_SELECTED"><a href=/2>Painter</a><span>Acme Inc</span></div>'),
        [("Welder", "PHONE_SCREENED", "screen"), ("Painter", "NOT_SELECTED", "not_selected")],
    ),
    "picture-alt": (
        _page("My applications", '<h1>My applications</h1><table><tr><th>Position</th><th>Status</th></tr><tr><td>Welder</td><td><img src=x.png alt="Interview"></td></tr><tr><td>Painter</td><td><img src=y.png alt="Rejected"></td></tr></table>'),
        [("Welder", "Interview", "interview_scheduled"), ("Painter", "Rejected", "not_selected")],
    ),
    "data-labels": (
        _page("My applications", '<h1>My applications</h1><table class=responsive><tbody><tr><td data-label="Job">Welder</td><td data-label="Status">Shortlisted</td></tr><tr><td data-label="Job">Painter</td><td data-label="Status">Position filled</td></tr></tbody></table>'),
        [("Welder", "Shortlisted", "shortlisted"), ("Painter", "Position filled", "closed")],
    ),
    "kanban": (
        _page("Application tracker", '<h1>My applications</h1><div class=board><div class=col><h2>Applied</h2><div class=card><b>Welder</b><p>Acme</p></div><div class=card><b>Painter</b><p>Nord</p></div></div><div class=col><h2>Interview</h2><div class=card><b>Glazier</b><p>Acme</p></div></div><div class=col><h2>Rejected</h2></div></div>'),
        [("Welder", "Applied", "received"), ("Painter", "Applied", "received"), ("Glazier", "Interview", "interview_scheduled")],
    ),
    "sentence-status": (
        _page("Applications", '<h1>Your applications</h1><div class=a><h3>Welder</h3><p class="status-text">We have received your application and will be in touch soon.</p></div><div class=a><h3>Painter</h3><p class="status-text">Unfortunately, we have decided to move forward with other candidates.</p></div>'),
        [("Welder", "We have received your application and will be in touch soon.", "received"), ("Painter", "Unfortunately, we have decided to move forward with other candidates.", "not_selected")],
    ),
    "same-title-twice": (
        _page("My applications", "<h1>My applications</h1><table><tr><th>Job<th>Req ID<th>Status<tr><td>Nurse<td>R-1<td>Under review<tr><td>Nurse<td>R-2<td>Under review</table>"),
        [("Nurse", "Under review", "under_review"), ("Nurse", "Under review", "under_review")],
    ),
    "title-at-company": (
        _page("Applied jobs", '<h1>Applied jobs</h1><ul><li><a href=/v/1><h3>Welder</h3></a><h4>Acme Corp</h4><p>Boise, ID (On-site)</p><p>Application viewed 2d ago</p></li><li><a href=/v/2><h3>Painter</h3></a><h4>Nord LLC</h4><p>Remote</p><p>No longer accepting applications</p><p>Applied 3w ago</p></li></ul>'),
        [("Welder", "Application viewed 2d ago", "under_review"), ("Painter", "Applied 3w ago", "received")],
    ),
    "de-definition": (
        _page("Bewerberportal", "<h1>Meine Bewerbungen</h1><div><dl><dt>Stellenbezeichnung</dt><dd>Gärtner (m/w/d)</dd><dt>Bewerbung vom</dt><dd>3. Mai 2026</dd><dt>Stand</dt><dd>Ihre Unterlagen werden geprüft</dd></dl></div>", "de"),
        [("Gärtner (m/w/d)", "Ihre Unterlagen werden geprüft", "under_review")],
    ),
    "fr-cards": (
        _page("Espace candidat", '<h1>Suivi de vos candidatures</h1><article><h2>Boulanger H/F</h2><p>Maison Vautrin - Lyon</p><p class="etat">Votre candidature n\'a pas été retenue</p></article><article><h2>Pâtissière H/F</h2><p>Maison Vautrin - Lyon</p><p class="etat">Entretien prévu le 12/10/2026</p></article>', "fr"),
        [("Boulanger H/F", "Votre candidature n'a pas été retenue", "not_selected"), ("Pâtissière H/F", "Entretien prévu le 12/10/2026", "interview_scheduled")],
    ),
    "pt-list": (
        _page("Minhas candidaturas", "<h1>Minhas candidaturas</h1><ul><li><a href=/v/1>Padeiro</a><span>Status: Em análise</span><span>Enviada em 03/05/2026</span></li><li><a href=/v/2>Motorista</a><span>Status: Processo seletivo encerrado</span><span>Enviada em 01/05/2026</span></li></ul>", "pt"),
        [("Padeiro", "Em análise", "under_review"), ("Motorista", "Processo seletivo encerrado", "closed")],
    ),
    "es-status-list": (
        _page("Mis postulaciones", "<h1>Mis postulaciones</h1><div class=item><div class=titulo>Panadero</div><div>Panificadora Sol</div><div class=estado>CV visto</div></div><div class=item><div class=titulo>Cocinera</div><div>Hotel Mar</div><div class=estado>Finalista</div></div>", "es"),
        [("Panadero", "CV visto", "under_review"), ("Cocinera", "Finalista", "shortlisted")],
    ),
    "json-array-root": (
        _page("My applications", '<div id=x></div><script type="application/json">[{"applicationId":9,"position":"Welder","applicationStatus":"UNDER_REVIEW","dateApplied":1777939200000},{"applicationId":10,"position":"Painter","applicationStatus":"NOT_SELECTED","dateApplied":1777939200000}]</script>'),
        [("Welder", "UNDER_REVIEW", "under_review"), ("Painter", "NOT_SELECTED", "not_selected")],
    ),
    "json-graphql": (
        _page("Acme careers", '<div id=x></div><script>window.__APOLLO_STATE__ = {"data":{"viewer":{"jobApplications":{"edges":[{"node":{"job":{"name":"Welder","location":{"city":"Boise"}},"stage":{"name":"Phone screen"},"submittedAt":"2026-05-05T10:00:00Z"}}]}}}};</script>'),
        [("Welder", "Phone screen", "screen")],
    ),
    "definition-table-per-row": (
        _page("Submissions", "<h1>My submissions</h1><div><b>Welder</b> - Job Number: W-1<br>Submission Status: Completed<br>Submitted: Jun 3, 2026<hr><b>Painter</b> - Job Number: P-2<br>Submission Status: No longer considered<br>Submitted: Jun 4, 2026</div>"),
        [("Welder", "Completed", "received"), ("Painter", "No longer considered", "not_selected")],
    ),
    "expandable-rows": (
        _page("Application history", "<h1>Application history</h1><table><thead><tr><th></th><th>Requisition #</th><th>Job Title</th><th>Date Applied</th><th>Status</th><th>Notification Sent</th></tr></thead><tbody><tr><td>+</td><td>881</td><td>Bus Aide</td><td>05/05/2026</td><td>Need To Test</td><td>Yes</td></tr><tr class=detail><td></td><td colspan=5><table><tr><td>Applied</td><td>05/05/2026</td></tr></table></td></tr><tr><td>+</td><td>882</td><td>Cook</td><td>05/06/2026</td><td>Position Filled</td><td>No</td></tr></tbody></table>"),
        [("Bus Aide", "Need To Test", "assessment"), ("Cook", "Position Filled", "closed")],
    ),
    "hidden-copy": (
        _page("My applications", '<h1>My applications</h1><div hidden><div class=t><h3>Template title</h3><span class=status>Under review</span></div></div><div class=t><h3>Welder</h3><span class=status>Referred</span></div>'),
        [("Welder", "Referred", "referred")],
    ),
}  # fmt: skip
