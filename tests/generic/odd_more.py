"""More pages, written after the reader and without looking at it; what should be read from them. All invented."""

from __future__ import annotations


def _page(title: str, body: str, lang: str = "en") -> str:
    return f"<!doctype html><html lang={lang}><head><title>{title}</title></head><body>{body}</body></html>"


MORE: dict[str, tuple[str, list[tuple[str, str]]]] = {}  # name -> (HTML, [(title, status text)])
MORE["hashed"] = (
    _page(
        "Acme Careers",
        '<div id=root><div class="sc-a1"><div class="sc-b2"><h1 class="sc-c3">My Applications</h1></div><div class="sc-d4">'
        + "".join(
            f'<div class="sc-e5"><div class="sc-f6"><div><a class="sc-g7" href="/o/{i}">{t}</a></div><div class="sc-h8">{c}</div></div><div class="sc-i9"><span><svg><title>icon</title></svg><span>{s}</span></span><span>Applied Jun {i + 1}, 2026</span></div><button>...</button></div>'
            for i, (t, c, s) in enumerate(
                [
                    ("Sous Chef", "Hotel Mar", "Under consideration"),
                    ("Waiter", "Hotel Mar", "Not moving forward"),
                    ("Night Porter", "Quill Inn", "Interview scheduled"),
                ]
            )
        )
        + "</div></div></div>",
    ),
    [
        ("Sous Chef", "Under consideration"),
        ("Waiter", "Not moving forward"),
        ("Night Porter", "Interview scheduled"),
    ],
)
MORE["disposition"] = (
    _page(
        "Application History",
        "<h1>Application History</h1><table><tr><th>Announcement #</th><th>Position Title</th><th>Grade</th><th>Date Submitted</th><th>Disposition</th></tr><tr><td>DE-1234567</td><td>Park Ranger</td><td>GS-05</td><td>01/02/2026</td><td>Referred</td></tr><tr><td>DE-7654321</td><td>Biologist</td><td>GS-09</td><td>02/02/2026</td><td>Not Referred</td></tr></table>",
    ),
    [("Park Ranger", "Referred"), ("Biologist", "Not Referred")],
)
MORE["dashes"] = (
    _page(
        "My applications",
        "<h1>My applications</h1><ul><li>Park Ranger – Under Review – Applied 05/05/2026</li><li>Biologist – Not Selected – Applied 05/06/2026</li></ul>",
    ),
    [("Park Ranger", "Under Review"), ("Biologist", "Not Selected")],
)
MORE["paragraph"] = (
    _page(
        "Your applications",
        "<h1>Your applications</h1><div class=x><h3>Park Ranger</h3><span class=status-badge>Interview</span><p>Hi there, thanks for applying. We will review your application and let you know. If you are not selected, you will get a mail.</p></div><div class=x><h3>Biologist</h3><span class=status-badge>Closed</span><p>Hi there, thanks for applying to this role.</p></div>",
    ),
    [("Park Ranger", "Interview"), ("Biologist", "Closed")],
)
MORE["two-heads"] = (
    _page(
        "My Submissions",
        "<h1>My Submissions</h1><table><tr><th colspan=4>Submissions</th></tr><tr><th>Job</th><th>Site</th><th>Submitted</th><th>Status</th></tr><tr><td>Welder</td><td>Boise</td><td>05/05/2026</td><td>Offer</td></tr><tr><td>Painter</td><td>Reno</td><td>05/05/2026</td><td>Hold</td></tr></table>",
    ),
    [("Welder", "Offer"), ("Painter", "Hold")],
)
MORE["list-group"] = (
    _page(
        "Dashboard",
        '<h2>Your applications</h2><div class="list-group"><a class="list-group-item" href="/a/1"><h5>Welder</h5><small>3 days ago</small><p>Acme</p><span class="badge bg-info">Screening</span></a><a class="list-group-item" href="/a/2"><h5>Painter</h5><small>5 days ago</small><p>Nord</p><span class="badge bg-danger">Rejected</span></a></div>',
    ),
    [("Welder", "Screening"), ("Painter", "Rejected")],
)
MORE["label-value"] = (
    _page(
        "My applications",
        "<h1>My applications</h1>"
        + "".join(
            f'<div class="panel"><div class="panel-title">{t}</div><div><span class="label">Status</span> <span class="value">{s}</span></div><div><span class="label">Location</span> <span class="value">Boise, ID</span></div><div><span class="label">Applied</span> <span class="value">May 5, 2026</span></div></div>'
            for t, s in [("Welder", "In review"), ("Painter", "Withdrawn")]
        ),
    ),
    [("Welder", "In review"), ("Painter", "Withdrawn")],
)
MORE["custom"] = (
    _page(
        "Applications",
        "<app-root><h1>My Applications</h1><app-list><app-card><app-title>Welder</app-title><app-status>Under review</app-status></app-card><app-card><app-title>Painter</app-title><app-status>Application not successful</app-status></app-card></app-list></app-root>",
    ),
    [("Welder", "Under review"), ("Painter", "Application not successful")],
)
MORE["tabs"] = (
    _page(
        "Candidate Home",
        "<h1>Candidate Home</h1><div role=tablist><button role=tab aria-selected=true>Active (2)</button><button role=tab aria-selected=false>Inactive (1)</button></div><div role=tabpanel><table><thead><tr><th>Job Title</th><th>Job Req</th><th>My Application Status</th><th>Date Submitted</th></tr></thead><tr><td>Welder</td><td>JR1</td><td>In Process</td><td>May 5, 2026</td></tr><tr><td>Painter</td><td>JR2</td><td>Interview</td><td>May 6, 2026</td></tr></table></div><div role=tabpanel hidden><table><tr><td>Glazier</td><td>Not Selected</td></tr></table></div>",
    ),
    [("Welder", "In Process"), ("Painter", "Interview")],
)
MORE["dot"] = (
    _page(
        "My applications",
        '<h1>My applications</h1><div class=row><span class=dot title="Under review"></span><div>Welder</div><div>Acme</div></div><div class=row><span class=dot title="Position filled"></span><div>Painter</div><div>Nord</div></div>',
    ),
    [("Welder", "Under review"), ("Painter", "Position filled")],
)
MORE["per-employer"] = (
    _page(
        "My applications",
        "<h1>My applications</h1><h2>Lakeshore Health</h2><table><tr><th>Job</th><th>Status</th></tr><tr><td>Nurse</td><td>Referred to hiring manager</td></tr></table><h2>Meridian Labs</h2><table><tr><th>Job</th><th>Status</th></tr><tr><td>Chemist</td><td>Under review</td></tr></table>",
    ),
    [("Nurse", "Referred to hiring manager"), ("Chemist", "Under review")],
)
MORE["stepper-done"] = (
    _page(
        "My applications",
        "<h1>My applications</h1>"
        + "".join(
            f"<div class=app-card><h3>{t}</h3><div class=stepper>"
            + "".join(
                f'<div class="step{" completed" if i < n else ""}"><span>{s}</span></div>'
                for i, s in enumerate(["Applied", "Screening", "Interview", "Offer"])
            )
            + "</div></div>"
            for t, n in [("Welder", 2), ("Painter", 1)]
        ),
    ),
    [("Welder", "Screening"), ("Painter", "Applied")],
)
MORE["two"] = (
    _page(
        "My applications",
        "<h1>My applications</h1><table><tr><th>Job</th><th>Stage</th><th>Status</th></tr><tr><td>Welder</td><td>Interview</td><td>Active</td></tr><tr><td>Painter</td><td>Review</td><td>Rejected</td></tr></table>",
    ),
    [("Welder", "Interview"), ("Painter", "Rejected")],
)
MORE["wordy-titles"] = (
    _page(
        "My applications",
        "<h1>My applications</h1><ul><li><a href=/1>Offer Letter Specialist</a><span>Under review</span></li><li><a href=/2>Interview Coach</a><span>Not selected</span></li><li><a href=/3>Assessment Center Lead</a><span>Received</span></li></ul>",
    ),
    [
        ("Offer Letter Specialist", "Under review"),
        ("Interview Coach", "Not selected"),
        ("Assessment Center Lead", "Received"),
    ],
)
MORE["single-div"] = (
    _page(
        "Application status",
        "<h1>Application status</h1><p>Position: Park Ranger</p><p>Employer: City of Elmfield</p><p>Status: Eligible list</p>",
    ),
    [("Park Ranger", "Eligible list")],
)
MORE["comma"] = (
    _page(
        "Bewerbungen",
        '<h1>Meine Bewerbungen</h1><div class="bewerbung"><b>Gärtner (m/w/d)</b>, Nordhaus GmbH, Hamburg<br>Status: Vorstellungsgespräch am 12.05.2026<br>Eingereicht: 01.04.2026</div><div class="bewerbung"><b>Koch (m/w/d)</b>, Nordhaus GmbH, Kiel<br>Status: Absage<br>Eingereicht: 02.04.2026</div>',
        "de",
    ),
    [("Gärtner (m/w/d)", "Vorstellungsgespräch am 12.05.2026"), ("Koch (m/w/d)", "Absage")],
)
MORE["actions-only-draft"] = (
    _page(
        "My applications",
        "<h1>My applications</h1><table><tr><th>Title<th>Last updated<th>Application status<th>Actions<tr><td>Welder<td>05/05/2026<td>Incomplete<td><a>Continue application</a><tr><td>Painter<td>05/05/2026<td>Submitted<td><a>Withdraw</a></table>",
    ),
    [("Welder", "Incomplete"), ("Painter", "Submitted")],
)
MORE["grid-divs"] = (
    _page(
        "My Jobs",
        '<h1>Jobs I applied to</h1><div class=tbl><div class="tr head"><div>Job</div><div>Company</div><div>Status</div></div><div class=tr><div>Welder</div><div>Acme</div><div>Viewed</div></div><div class=tr><div>Painter</div><div>Nord</div><div>Rejected</div></div></div>',
    ),
    [("Welder", "Viewed"), ("Painter", "Rejected")],
)
MORE["no-context-table"] = (
    _page(
        "Acme",
        "<table><tr><th>Position</th><th>Date applied</th><th>Status</th></tr><tr><td>Welder</td><td>05/05/2026</td><td>Under review</td></tr></table>",
    ),
    [("Welder", "Under review")],
)
MORE["fr-table"] = (
    _page(
        "Espace candidat",
        "<h1>Bonjour Dana</h1><h2>Vos candidatures en cours</h2><table><tr><th>Intitulé du poste</th><th>Réf.</th><th>Déposée le</th><th>Avancement</th></tr><tr><td>Boulanger H/F</td><td>B-12</td><td>03/05/2026</td><td>Entretien RH planifié</td></tr></table><h2>Candidatures terminées</h2><table><tr><th>Intitulé du poste</th><th>Réf.</th><th>Déposée le</th><th>Avancement</th></tr><tr><td>Pâtissier H/F</td><td>B-13</td><td>03/04/2026</td><td>Refusée</td></tr></table>",
        "fr",
    ),
    [("Boulanger H/F", "Entretien RH planifié"), ("Pâtissier H/F", "Refusée")],
)
MORE["long-list"] = (
    _page(
        "My applications",
        "<h1>My applications</h1><p>Showing 1-20 of 43</p><ul>"
        + "".join(
            f"<li class=i><div><h4>Job number {i}</h4></div><div>Under review</div></li>" for i in range(20)
        )
        + "</ul><a rel=next href=?page=2>Next</a>",
    ),
    [(f"Job number {i}", "Under review") for i in range(20)],
)
