"""Pages that list one's own applications for jobs, where their words could be of something else."""

from __future__ import annotations

from tests.generic.parts import cards, page, table

OWN = {
    "plain": page(
        "Acme",
        "My applications",
        table(
            ["Role", "Date", "Status"],
            ["Welder", "1 May 2026", "Under review"],
            ["Painter", "1 May 2026", "Not selected"],
        ),
    ),
    "school": page(
        "Parma City Schools",
        "My applications",
        table(
            ["Position", "School / Site", "Status"],
            ["Custodian", "Oak", "In review"],
            ["Math Teacher", "Elm", "Not selected"],
        ),
    ),
    "program": page(
        "Bank",
        "My applications",
        table(
            ["Programme", "Submitted", "Status"],
            ["Graduate Trainee - Risk", "1 May", "Online assessment"],
            ["Summer Analyst", "1 May", "Unsuccessful"],
        ),
    ),
    "msg": page(
        "Dashboard",
        "Applications",
        table(
            ["Job", "Application Message", "Status"],
            ["Florist", "Hello", "New"],
            ["Tree Surgeon", "Hi", "Interviewed"],
        ),
    ),
    "dash": page(
        "Dashboard",
        "Welcome, Sam",
        cards(
            ("Nurse Educator", "Applied 3 May 2026", "Under review"),
            ("Charge Nurse", "Applied 3 May 2026", "Interview"),
        ),
    ),
    "uni": page(
        "University of Oak",
        "Your submissions",
        table(
            ["Post", "Faculty", "Closing date", "Stage"],
            ["Lecturer in Law", "Law", "1 May 2026", "Shortlisting"],
            ["Reader in Physics", "Physics", "1 May 2026", "Not shortlisted"],
        ),
    ),
    "loans officer": page(
        "First Bank",
        "My applications",
        cards(
            ("Loan Officer", "submitted 3 May", "Under review"),
            ("Mortgage Advisor", "submitted 3 May", "Interview"),
        ),
    ),
    "grants": page(
        "Charity",
        "My applications",
        cards(
            ("Grants Manager", "submitted 3 May", "Under review"),
            ("Course Leader", "submitted 3 May", "Interview"),
        ),
    ),
    "es": page(
        "Ayuntamiento",
        "Mis solicitudes",
        table(
            ["Plaza", "Fecha", "Estado"],
            ["Auxiliar administrativo", "1/5/2026", "Admitido"],
            ["Policía local", "2/5/2026", "Excluido"],
        ),
    ),
    "fr": page(
        "Mairie",
        "Mes candidatures",
        cards(
            ("Agent technique", "déposée le 1 mai", "En cours"),
            ("Chargé d'études", "déposée le 1 mai", "Refusée"),
        ),
    ),
    "pt": page(
        "Prefeitura",
        "Minhas inscrições",
        table(
            ["Concurso", "Cargo", "Situação"],
            ["01/2026", "Enfermeiro", "Homologada"],
            ["02/2026", "Motorista", "Indeferida"],
        ),
    ),
    "de": page(
        "Klinik",
        "Bewerbungen",
        table(
            ["Ausschreibung", "Eingang", "Stand"],
            ["Pflegefachkraft", "1.5.2026", "In Prüfung"],
            ["MTR", "2.5.2026", "Absage"],
        ),
    ),
    "one": page(
        "Acme",
        "Application status",
        "<h2>Senior Welder</h2><p>Status: Under review</p><p>Applied on 05/06/2026</p>",
    ),
}
