"""Hand-written pages that list no application of one's own, though they look as if they did. Invented."""

from __future__ import annotations

from scraper.model import PageKind

JOBS = [("Registered Nurse - ICU", "Toledo, OH"), ("Data Engineer", "Remote"), ("Line Cook", "Akron, OH"), ("Offer Manager", "Boise, ID"), ("Interview Scheduler", "Remote")]  # fmt: skip


def _page(title: str, body: str, lang: str = "en") -> str:
    nav = '<nav><a href="/">Home</a><a href="/jobs">Jobs</a><a href="/applications">My Applications</a><a href="/logout">Sign out</a></nav>'
    return f'<!doctype html><html lang="{lang}"><head><title>{title}</title></head><body><header>{nav}</header><main>{body}</main></body></html>'


def _jobs(extra: str, press: str = "Apply now") -> str:
    return "".join(
        f'<li class="job"><h3><a href="/job/{n}">{title}</a></h3><span>{place}</span>{extra}<a href="/apply/{n}">{press}</a></li>'
        for n, (title, place) in enumerate(JOBS)
    )


def _table(heads: list[str], rows: list[list[str]]) -> str:
    head = "".join(f"<th>{h}</th>" for h in heads)
    return (
        f"<table><thead><tr>{head}</tr></thead>"
        + "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
        + "</table>"
    )


SILENT: dict[str, str] = {
    "search": _page("Search jobs | Acme", f"<h1>Open positions</h1><p>128 jobs found</p><ul>{_jobs('<span>Posted 3 days ago</span>')}</ul>"),
    "search-table": _page("Current openings", "<h1>Current openings</h1>" + _table(["Position", "Location", "Status", "Closing date"], [[t, p, s, "10/10/2026"] for (t, p), s in zip(JOBS, ["Open", "Open until filled", "Closing soon", "Closed", "Filled"], strict=True)])),
    "search-no-heading": _page("Acme Careers", _table(["Job Title", "Department", "Location", "Status", "Posted"], [[t, "Care", p, "Open", "09/01/2026"] for t, p in JOBS])),
    "recommended": _page("Jobs for you", f"<h1>Recommended jobs</h1><p>Based on your applications</p><ul>{_jobs('<em>New</em>')}</ul>"),
    "saved": _page("Saved jobs", f"<h1>Saved jobs</h1><ul>{_jobs('<b>Saved</b> <i>Not applied</i>', 'Remove')}</ul>"),
    "saved-expired": _page("My saved jobs", "<h1>My saved jobs</h1>" + _table(["Job title", "Company", "Status", "Date saved"], [[t, "Acme", s, "08/01/2026"] for (t, _), s in zip(JOBS, ["Active", "Expired", "Closed", "Applied", "Active"], strict=True)])),
    "alerts": _page("Job alerts", "<h1>Job alerts</h1>" + _table(["Alert", "Frequency", "Status"], [["Nurse in Ohio", "Daily", "Active"], ["Engineer", "Weekly", "Paused"]])),
    "alerts-cards": _page("My alerts", "<h2>Your job alerts</h2>" + "".join(f'<div class="card"><h3>{t}</h3><span class="badge">Active</span><p>Created 05/05/2026</p></div>' for t, _ in JOBS)),
    "faq": _page("What does my application status mean?", "<h1>What does my application status mean?</h1><dl><dt>Under Review</dt><dd>A recruiter is reading your application.</dd><dt>Interview</dt><dd>The team would like to meet you.</dd><dt>Not Selected</dt><dd>We went ahead with another person.</dd></dl>"),
    "legend-table": _page("Application status definitions", "<h1>Application statuses</h1>" + _table(["Status", "Meaning"], [["Received", "We have it"], ["Referred", "The hiring manager has it"], ["Not Selected", "Another candidate was chosen"]])),
    "legend-list": _page("Our hiring process", "<h1>Our hiring process</h1><ol><li><h3>Application received</h3><p>We let you know by mail.</p></li><li><h3>Under review</h3><p>A recruiter reads it.</p></li><li><h3>Interview</h3><p>You meet the team.</p></li><li><h3>Offer</h3><p>Welcome!</p></li></ol>"),
    "news": _page("News", "<h1>News</h1><article><h2>Acme opens a new lab</h2><p>Offer extended to 40 nurses</p></article><article><h2>Interview: our chief nurse</h2><p>Under review since May</p></article>"),
    "documents": _page("My documents", "<h1>My documents</h1>" + _table(["Document", "Type", "Status"], [["resume.pdf", "Resume", "Submitted"], ["licence.pdf", "License", "Under review"], ["letter.docx", "Cover letter", "Rejected"]])),
    "tasks": _page("My tasks", "<h1>Tasks</h1><ul><li><strong>Complete your profile</strong> <span class=badge>Pending</span></li><li><strong>Background check form</strong> <span class=badge>Completed</span></li><li><strong>Upload transcript</strong> <span class=badge>In progress</span></li></ul>"),
    "orders": _page("Your orders", "<h1>Your orders</h1>" + _table(["Item", "Status", "Date"], [["Nurse uniform", "Received", "05/05/2026"], ["Stethoscope", "Cancelled", "06/05/2026"]])),
    "recruiter": _page("Candidates - Charge Nurse", "<h1>Candidates</h1>" + _table(["Candidate", "Stage", "Applied"], [["A. Person", "Interview", "05/05/2026"], ["B. Person", "Rejected", "06/05/2026"]])),
    "courses": _page("My training", "<h1>My training</h1>" + _table(["Course", "Status", "Date"], [["Fire safety", "Completed", "05/05/2026"], ["Privacy", "In progress", "06/06/2026"]])),
    "messages": _page("Messages", "<h1>Messages</h1><ul><li><b>Acme Recruiting</b> <span>Your application was received</span> <time>05/05/2026</time></li><li><b>Nordwind</b> <span>Interview invitation</span> <time>06/05/2026</time></li></ul>"),
    "login": _page("Sign in", "<h1>Sign in to see your applications</h1><form><label for=u>E-mail</label><input id=u type=email><label for=p>Password</label><input id=p type=password><button>Sign in</button></form>"),
    "empty": _page("My applications", "<h1>My applications</h1><p>You have not applied for any jobs yet.</p><a href=/jobs>Search jobs</a>"),
    "empty-with-recommended": _page("My applications", f"<h1>My applications</h1><p>You have no active applications.</p><section><h2>Recommended for you</h2><ul>{_jobs('<span>Posted today</span>')}</ul></section>"),
    "empty-filters": _page("My applications", "<h1>My applications (0)</h1><form><label>Status</label><select><option>All<option>Under review<option>Interview</select></form><p>0 applications</p>"),
    "job-detail": _page("Charge Nurse - Acme", "<h1>Charge Nurse</h1><p>Cleveland, OH · Full-time</p><p>Posted 5 days ago</p><h2>About the role</h2><p>You will lead a team and interview patients. Background check required. References required.</p><button>Apply now</button>"),
    "job-detail-steps": _page("Charge Nurse - Acme", "<h1>Charge Nurse</h1><h2>How we hire</h2><ol><li>Application</li><li>Phone screen</li><li>Interview</li><li>Offer</li></ol><a href=/apply>Apply</a>"),
    "apply-form": _page("Apply: Charge Nurse", '<h1>Apply for Charge Nurse</h1><ol class="stepper"><li class="done">Personal information</li><li class="active" aria-current="step">Work experience</li><li>Questions</li><li>Review</li><li>Submit</li></ol><form><label for=a>First name</label><input id=a><button>Next</button></form>'),
    "profile": _page("My profile", "<h1>My profile</h1><h2>Work experience</h2><ul><li><strong>Registered Nurse</strong><br>Acme Hospital<br>Status: Active</li><li><strong>Charge Nurse</strong><br>Nordwind<br>Status: Completed</li></ul>"),
    "references": _page("References", "<h1>My references</h1>" + _table(["Name", "Position", "Status"], [["A. Person", "Nurse Manager", "Received"], ["B. Person", "Director", "Pending"]])),
    "home": _page("Acme Careers", "<h1>Find work that matters</h1><form><input name=q><button>Search</button></form><section><h2>Why Acme</h2><p>Offer, interview, hired: we keep you posted.</p></section>"),
    "dashboard-links": _page("Candidate dashboard", "<h1>Welcome back</h1><ul><li><a href=/applications>My applications</a> <span>3</span></li><li><a href=/saved>Saved jobs</a> <span>2</span></li><li><a href=/alerts>Job alerts</a> <span class=badge>Active</span></li></ul>"),
    "similar": _page("Application submitted", f"<h1>Thank you for applying!</h1><p>Your application was submitted.</p><h2>Similar jobs</h2><ul>{_jobs('')}</ul>"),
    "es-search": _page("Ofertas de empleo", f"<h1>Ofertas de empleo</h1><ul>{_jobs('<span>Publicado hace 3 días</span><span>Abierta</span>', 'Inscribirme')}</ul>", "es"),
    "es-faq": _page("¿Qué significa el estado de mi candidatura?", "<h1>¿Qué significa el estado de mi candidatura?</h1><ul><li><b>En revisión</b>: la empresa está leyendo tu candidatura.</li><li><b>Descartado</b>: la empresa eligió a otra persona.</li></ul>", "es"),
    "es-empty": _page("Mis candidaturas", "<h1>Mis candidaturas</h1><p>Todavía no te has inscrito en ninguna oferta.</p>", "es"),
    "fr-search": _page("Nos offres d'emploi", f"<h1>Nos offres d'emploi</h1><ul>{_jobs('<span>Publiée le 3 mai 2026</span>', 'Postuler')}</ul>", "fr"),
    "fr-alerts": _page("Mes alertes", "<h1>Mes alertes</h1><ul><li><h3>Infirmier Lyon</h3><span class=badge>Active</span></li><li><h3>Comptable</h3><span class=badge>Inactive</span></li></ul>", "fr"),
    "fr-empty": _page("Mes candidatures", "<h1>Mes candidatures</h1><p>Vous n'avez pas encore postulé à une offre.</p>", "fr"),
    "de-search": _page("Offene Stellen", f"<h1>Offene Stellen</h1><ul>{_jobs('<span>Veröffentlicht am 03.05.2026</span><span>Offen</span>', 'Jetzt bewerben')}</ul>", "de"),
    "de-saved": _page("Merkliste", f"<h1>Meine gemerkten Stellen</h1><ul>{_jobs('<span>Aktiv</span>', 'Entfernen')}</ul>", "de"),
    "de-empty": _page("Meine Bewerbungen", "<h1>Meine Bewerbungen</h1><p>Sie haben noch keine Bewerbungen.</p>", "de"),
    "pt-search": _page("Vagas abertas", f"<h1>Vagas abertas</h1><ul>{_jobs('<span>Publicada em 03/05/2026</span><span>Aberta</span>', 'Candidatar-se')}</ul>", "pt"),
    "pt-faq": _page("Entenda o status", "<h1>Entenda o status da sua candidatura</h1><dl><dt>Em análise</dt><dd>A empresa está lendo seu currículo.</dd><dt>Não selecionado</dt><dd>A empresa escolheu outra pessoa.</dd></dl>", "pt"),
    "pt-empty": _page("Minhas candidaturas", "<h1>Minhas candidaturas</h1><p>Você ainda não se candidatou a nenhuma vaga.</p>", "pt"),
    "json-jobs": _page("Careers", '<div id=root></div><script type="application/json">{"jobs":[{"title":"Nurse","status":"Open","location":"Akron"},{"title":"Cook","status":"Closed"}],"facets":[{"name":"Full-time","status":"active"}]}</script>'),
    "json-statuses": _page("My applications", '<div id=root></div><script>window.__STATE__={"i18n":{"statuses":[{"name":"Under review","status":"UNDER_REVIEW"},{"name":"Offer","status":"OFFER"}]},"applications":[]}</script>'),
    "json-recommended": _page("Home", '<div id=r></div><script id="d" type="application/json">{"recommendedJobs":[{"jobTitle":"Nurse","status":"New","postedDate":"2026-05-05"}],"savedJobs":[{"jobTitle":"Cook","status":"Expired","appliedOn":null}]}</script>'),
    "json-ld": _page("Nurse", '<h1>Nurse</h1><script type="application/ld+json">[{"@type":"JobPosting","title":"Nurse","status":"Under review","datePosted":"2026-05-05"}]</script>'),
}  # fmt: skip

KINDS: dict[str, PageKind] = {
    "search": PageKind.JOB_LIST, "search-table": PageKind.JOB_LIST, "login": PageKind.LOGIN, "empty": PageKind.EMPTY,
    "empty-with-recommended": PageKind.EMPTY, "empty-filters": PageKind.EMPTY, "es-search": PageKind.JOB_LIST, "es-empty": PageKind.EMPTY,
    "fr-search": PageKind.JOB_LIST, "fr-empty": PageKind.EMPTY, "de-search": PageKind.JOB_LIST, "de-empty": PageKind.EMPTY,
    "pt-search": PageKind.JOB_LIST, "pt-empty": PageKind.EMPTY,
}  # fmt: skip
