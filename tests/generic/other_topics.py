"""Pages that use the words of applying for something else than jobs."""

from __future__ import annotations

from tests.generic.parts import cards, page, table

SILENT = {
    "print jobs": page(
        "Print centre",
        "My jobs",
        table(
            ["Document", "Printer", "Submitted", "Status"],
            ["report.pdf", "HP-3", "4 May 2026", "Completed"],
            ["thesis.docx", "HP-1", "5 May 2026", "In progress"],
            ["slides", "HP-1", "5 May 2026", "Cancelled"],
        ),
    ),
    "ci jobs": page(
        "Pipelines",
        "Jobs",
        table(
            ["Job", "Stage", "Status", "Started"],
            ["build-nurse-app", "build", "Passed", "today"],
            ["deploy engineer", "deploy", "Failed", "today"],
            ["lint", "test", "Pending", "today"],
        ),
    ),
    "repair jobs": page(
        "Workshop",
        "Repair jobs",
        table(
            ["Job number", "Vehicle", "Status"],
            ["J-1001", "Volvo", "In progress"],
            ["J-1002", "Fiat", "Completed"],
            ["J-1003", "Ford", "On hold"],
        ),
    ),
    "club": page(
        "Rowing club",
        "Membership applications",
        cards(
            ("Full member", "applied 3 May", "Under review"), ("Coach member", "applied 4 May", "Approved")
        ),
    ),
    "warranty": page(
        "My claims",
        "Warranty claims",
        table(["Item", "Opened", "Status"], ["Drill", "1 May", "Under review"], ["Saw", "2 May", "Rejected"]),
    ),
    "parking": page(
        "City of Parma",
        "My applications",
        table(
            ["Permit", "Applied on", "Status"],
            ["Resident parking", "1 May 2026", "Approved"],
            ["Skip on road", "2 May 2026", "Under review"],
        ),
    ),
    "business licence": page(
        "City of Parma | Employment & Licensing",
        "My applications",
        table(
            ["Licence", "Submitted", "Status"],
            ["Taxi driver licence", "1 May 2026", "Approved"],
            ["Street trader licence", "2 May 2026", "Under review"],
        ),
    ),
    "school places": page(
        "Admissions",
        "School applications",
        table(
            ["School", "Preference", "Status"],
            ["Oak Primary", "1", "Offered"],
            ["Elm Primary", "2", "Waiting list"],
        ),
    ),
    "phd": page(
        "Graduate school",
        "Your applications",
        cards(
            ("PhD in Nursing", "submitted 3 May", "Under review"),
            ("MSc Engineering Management", "submitted 3 May", "Offer"),
        ),
    ),
    "clinical": page(
        "Trials",
        "My study applications",
        cards(("Asthma study", "applied", "Screening"), ("Sleep study", "applied", "Not eligible")),
    ),
    "beta apps": page(
        "Developer console",
        "Your applications",
        table(
            ["Application", "Version", "Status"],
            ["Nurse Planner", "1.2", "In review"],
            ["Chef Timer", "2.0", "Rejected"],
            ["Driver Log", "1.0", "Approved"],
        ),
    ),
    "oauth": page(
        "Settings",
        "Authorized applications",
        cards(
            ("Calendar Manager", "last used 3 May", "Active"),
            ("Payroll Assistant", "last used 1 May", "Revoked"),
        ),
    ),
    "tenders": page(
        "Supplier portal",
        "My bids",
        table(
            ["Tender", "Submitted", "Status"],
            ["Cleaning services", "1 May", "Under evaluation"],
            ["Security guard services", "1 May", "Not awarded"],
        ),
    ),
    "papers": page(
        "Journal",
        "My submissions",
        table(
            ["Manuscript", "Submitted", "Status"],
            ["Nurse staffing", "1 May", "Under review"],
            ["Teacher pay", "1 May", "Rejected"],
        ),
    ),
    "adopt": page(
        "Shelter",
        "Adoption applications",
        cards(("Rex", "applied 1 May", "Home visit scheduled"), ("Baker", "applied 1 May", "Not selected")),
    ),
    "rooms": page(
        "Halls",
        "My housing applications",
        table(
            ["Hall", "Applied", "Status"],
            ["Nurse Hall", "1 May", "Waitlisted"],
            ["Porter Court", "1 May", "Offer"],
        ),
    ),
    "my team of a recruiter": page(
        "Hiring",
        "Candidates for Nurse Educator",
        table(
            ["Candidate", "Applied on", "Stage"],
            ["A. Jones", "1 May", "Interview"],
            ["B. Smith", "1 May", "Rejected"],
            ["C. Brown", "1 May", "Offer"],
        ),
    ),
    "approvals": page(
        "HR portal",
        "My requests",
        table(
            ["Request", "Submitted", "Status"],
            ["Annual leave", "1 May", "Approved"],
            ["Remote work", "1 May", "Pending"],
            ["Training: manager basics", "1 May", "Rejected"],
        ),
    ),
    "employee referrals": page(
        "Acme Careers",
        "My referrals",
        table(
            ["Candidate", "Job", "Status"],
            ["A. Jones", "Nurse", "Interview"],
            ["B. Smith", "Chef", "Not selected"],
        ),
    ),
    "posted jobs": page(
        "Employer dashboard",
        "My job postings",
        table(["Job title", "Applicants", "Status"], ["Nurse", "12", "Open"], ["Chef", "3", "Closed"]),
    ),
    "courses es": page(
        "Campus",
        "Mis solicitudes",
        table(
            ["Curso", "Fecha de solicitud", "Estado"],
            ["Auxiliar de enfermería", "1/5/2026", "Admitida"],
            ["Técnico de logística", "2/5/2026", "Lista de espera"],
        ),
    ),
    "visa fr": page(
        "Préfecture",
        "Mes demandes",
        table(
            ["Titre", "Déposée le", "Statut"],
            ["Carte de séjour salarié", "1/5/2026", "En cours d'instruction"],
            ["Visa long séjour", "2/5/2026", "Refusée"],
        ),
    ),
    "wohnung": page(
        "Wohnbau",
        "Meine Bewerbungen",
        table(
            ["Objekt", "Beworben am", "Status"],
            ["3-Zimmer-Wohnung", "1.5.2026", "In Prüfung"],
            ["Dachgeschoss", "2.5.2026", "Absage"],
        ),
    ),
    "kita": page(
        "Kita-Portal",
        "Meine Anmeldungen",
        table(
            ["Einrichtung", "Angemeldet am", "Status"],
            ["Kita Sonne", "1.5.2026", "Warteliste"],
            ["Kita Mond", "2.5.2026", "Abgelehnt"],
        ),
    ),
    "interview calendar": page(
        "Calendar",
        "Upcoming",
        table(
            ["Event", "When", "Status"],
            ["Interview with Acme", "1 May", "Confirmed"],
            ["Dentist", "2 May", "Cancelled"],
        ),
    ),
    "cv history": page(
        "My profile",
        "Work experience",
        cards(("Nurse", "2019 to 2021", "Completed"), ("Senior Nurse", "2021 to now", "Active")),
    ),
    "payments": page(
        "Payroll",
        "My payslips",
        table(
            ["Position", "Period", "Status"], ["Nurse", "May 2026", "Paid"], ["Nurse", "June 2026", "Pending"]
        ),
    ),
    "timesheets": page(
        "Workforce",
        "My shifts",
        table(["Shift", "Role", "Status"], ["1 May", "Nurse", "Approved"], ["2 May", "Nurse", "Pending"]),
    ),
    "certs": page(
        "Board of nursing",
        "My applications",
        table(
            ["Application", "Submitted", "Status"],
            ["Registered Nurse by endorsement", "1 May 2026", "Under review"],
            ["Nurse practitioner renewal", "1 May 2026", "Withdrawn"],
        ),
    ),
}
