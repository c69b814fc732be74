"""Invented applications and the words of invented portals in five languages, for the generated pages."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from scraper.model import Stage


@dataclass(frozen=True, slots=True)
class Row:
    """One application as a page should be read."""

    title: str
    company: str
    status: str
    stage: Stage
    location: str
    applied: date
    requisition: str


TITLES = {
    "en": ["Registered Nurse, Cardiac ICU", "Charge Nurse", "Data Engineer II", "Grants Accountant", "Lab Technician (Nights)", "Assistant Professor of Botany", "Interview Coordinator", "Offer Management Analyst", "Bus Operator", "Senior UX Researcher", "Payroll Clerk", "Director, Clinical Education", "Screening Nurse", "Pharmacist - PRN", "Backend Engineer, Payments", "Zoo Keeper", "Barista"],
    "es": ["Enfermera de urgencias", "Analista de datos", "Jefe de almacén", "Técnico de laboratorio", "Profesora de inglés", "Contador general", "Ingeniero de procesos", "Recepcionista de noche", "Chofer"],
    "fr": ["Infirmier de bloc (H/F)", "Développeuse Python", "Chargé de clientèle", "Technicien de maintenance", "Conseiller de vente H/F", "Aide-soignante de nuit", "Ingénieure qualité", "Boulanger"],
    "de": ["Pflegefachkraft Intensivstation (m/w/d)", "Sachbearbeiter Einkauf", "Softwareentwicklerin Java", "Referent Personal (w/m/d)", "Elektroniker für Betriebstechnik", "Projektleiterin Bau", "Werkstudent Marketing", "Gärtner"],
    "pt": ["Enfermeira assistencial", "Analista financeiro pleno", "Desenvolvedor back-end", "Assistente administrativo", "Engenheira de produção", "Motorista entregador", "Professor de química", "Padeiro"],
}  # fmt: skip
STATUSES: dict[str, list[tuple[str, Stage]]] = {
    "en": [
        ("Under Review", Stage.UNDER_REVIEW), ("Application Received", Stage.RECEIVED), ("Not Selected", Stage.NOT_SELECTED),
        ("Referred to Hiring Manager", Stage.REFERRED), ("Interview Scheduled", Stage.INTERVIEW_SCHEDULED), ("Offer Extended", Stage.OFFER),
        ("Withdrawn", Stage.WITHDRAWN), ("Position Filled", Stage.CLOSED), ("Phone Screen", Stage.SCREEN), ("In Process", Stage.ACTIVE),
        ("No Longer Under Consideration", Stage.NOT_SELECTED), ("Invited to interview", Stage.INTERVIEW_REQUESTED), ("On Hold", Stage.ON_HOLD),
        ("Resume forwarded to the hiring manager", Stage.REFERRED), ("Shortlisted", Stage.SHORTLISTED), ("Did not meet minimum qualifications", Stage.NOT_QUALIFIED),
        ("Assessment sent", Stage.ASSESSMENT), ("Interviewed", Stage.INTERVIEWED), ("Draft", Stage.DRAFT), ("Background check in progress", Stage.OFFER),
    ],
    "es": [
        ("En revisión", Stage.UNDER_REVIEW), ("Candidatura recibida", Stage.RECEIVED), ("No seleccionado", Stage.NOT_SELECTED), ("Descartado", Stage.NOT_SELECTED),
        ("Entrevista programada", Stage.INTERVIEW_SCHEDULED), ("Oferta enviada", Stage.OFFER), ("Proceso cerrado", Stage.CLOSED), ("Preseleccionado", Stage.SHORTLISTED), ("Retirada", Stage.WITHDRAWN),
    ],
    "fr": [
        ("Candidature en cours d'examen", Stage.UNDER_REVIEW), ("Candidature reçue", Stage.RECEIVED), ("Non retenue", Stage.NOT_SELECTED), ("Entretien planifié", Stage.INTERVIEW_SCHEDULED),
        ("Poste pourvu", Stage.CLOSED), ("Transmise au manager", Stage.REFERRED), ("Candidature retirée", Stage.WITHDRAWN), ("Présélectionnée", Stage.SHORTLISTED),
    ],
    "de": [
        ("In Prüfung", Stage.UNDER_REVIEW), ("Eingegangen", Stage.RECEIVED), ("Abgelehnt", Stage.NOT_SELECTED), ("Einladung zum Vorstellungsgespräch", Stage.INTERVIEW_REQUESTED),
        ("An den Fachbereich weitergeleitet", Stage.REFERRED), ("Stelle besetzt", Stage.CLOSED), ("Zurückgezogen", Stage.WITHDRAWN), ("Vertragsangebot", Stage.OFFER),
    ],
    "pt": [
        ("Em análise", Stage.UNDER_REVIEW), ("Candidatura recebida", Stage.RECEIVED), ("Não selecionado", Stage.NOT_SELECTED), ("Entrevista agendada", Stage.INTERVIEW_SCHEDULED),
        ("Vaga encerrada", Stage.CLOSED), ("Encaminhado ao gestor", Stage.REFERRED), ("Proposta enviada", Stage.OFFER), ("Candidatura retirada", Stage.WITHDRAWN),
    ],
}  # fmt: skip
COMPANIES = ["Lakeshore Health", "Meridian Labs", "Tidewater Transit", "City of Elmfield", "Nordhaus GmbH", "Aurora Robotics", "Quill & Finch", "Grupo Almendro", "Maison Vautrin", "Universidade do Vale"]  # fmt: skip
PLACES = ["Cleveland, OH", "US-OH-Cleveland", "Remote", "Portland, ME", "Lyon, France", "Hamburg, Germany", "Hybrid - Austin, TX", "Valencia, España", "Porto, Portugal"]  # fmt: skip
LABELS = {
    "en": {"title": "Job Title", "company": "Company", "status": "Status", "location": "Location", "applied": "Date Applied", "requisition": "Requisition #"},
    "es": {"title": "Puesto", "company": "Empresa", "status": "Estado", "location": "Ubicación", "applied": "Fecha de postulación", "requisition": "Referencia"},
    "fr": {"title": "Poste", "company": "Entreprise", "status": "Statut", "location": "Lieu", "applied": "Date de candidature", "requisition": "Référence"},
    "de": {"title": "Stelle", "company": "Unternehmen", "status": "Status", "location": "Standort", "applied": "Bewerbungsdatum", "requisition": "Kennziffer"},
    "pt": {"title": "Vaga", "company": "Empresa", "status": "Situação", "location": "Local", "applied": "Data da candidatura", "requisition": "Código da vaga"},
}  # fmt: skip
HEADS = {
    "en": ["My Applications", "Application Status", "Jobs you applied for", "Submitted applications"],
    "es": ["Mis candidaturas", "Mis postulaciones", "Estado de tus solicitudes"],
    "fr": ["Mes candidatures", "Suivi de mes candidatures"],
    "de": ["Meine Bewerbungen", "Bewerbungsübersicht"],
    "pt": ["Minhas candidaturas", "Minhas inscrições"],
}
APPLIED_ON = {"en": "Applied on {}", "es": "Enviada el {}", "fr": "Déposée le {}", "de": "Beworben am {}", "pt": "Enviada em {}"}  # fmt: skip
BUTTONS = {"en": ["View", "Withdraw"], "es": ["Ver", "Retirar"], "fr": ["Voir", "Retirer"], "de": ["Ansehen", "Zurückziehen"], "pt": ["Ver", "Desistir"]}  # fmt: skip
MORE = {
    "en": ("Recommended jobs", "Apply now"),
    "es": ("Empleos recomendados", "Postularme"),
    "fr": ("Offres recommandées", "Postuler"),
    "de": ("Empfohlene Stellen", "Jetzt bewerben"),
    "pt": ("Vagas recomendadas", "Candidatar-se"),
}


def date_text(day: date, lang: str) -> str:
    """As an invented portal of that language prints it; English month first or ISO."""
    return day.strftime({"en": "%m/%d/%Y", "de": "%d.%m.%Y"}.get(lang, "%d/%m/%Y"))


def make_rows(rng: random.Random, lang: str, count: int, *, company: str = "") -> list[Row]:
    """`count` invented applications, no two the same."""
    rows: list[Row] = []
    for number in range(count):
        status, stage = rng.choice(STATUSES[lang])
        rows.append(
            Row(
                title=rng.choice(TITLES[lang]),
                company=company or rng.choice(COMPANIES),
                status=status,
                stage=stage,
                location=rng.choice(PLACES),
                applied=date(2026, 2, 3) + timedelta(days=rng.randrange(200)),
                requisition=f"{rng.choice(['R-', 'JR', 'REQ', ''])}{rng.randrange(10, 99)}{number:03d}",
            )
        )
    return rows
