"""The words before a value in a row ("Status:", "Req ID"), and those on its buttons, in the languages of the portals."""

from __future__ import annotations

import re

STATUS_LABELS = (
    r"(?:my |current )?(?:application|submission|candidate|candidacy|hr)?\s*(?:/\s*job\s+)?status(?: of (?:the|your) application)?",
    r"(?:ansøgnings|søknads|ansöknings|sollicitatie|bewerbungs)status",
    r"(?:aktueller )?status (?:der|ihrer|deiner) bewerbung",
    r"(?:statut|état)(?: (?:de (?:la|votre|ma|ta) (?:candidature|soumission)|du dossier))?",
    r"estado(?: actual)?(?: (?:de (?:la|su|tu|mi)|del) (?:solicitud|candidatura|postulación|inscripción|envío|proceso))?",
    r"(?:status|situação|estado)(?: (?:d[ao] (?:(?:sua|minha) )?(?:candidatura|inscrição|processo)))?",
    r"stato(?: (?:della (?:(?:tua|sua|mia) )?)?candidatura)?",
    r"status van (?:de|uw|je|mijn) sollicitatie",
    r"status (?:aplikacji|zgłoszenia)",
)


ID_LABELS = (
    r"(?:auto )?req(?:uisition)?\.?(?:\s*(?:id|number|no\.?|#))?",
    r"job(?: posting| opening)?\s*(?:id|number|no\.?|#)",
    r"(?:posting|position|opening|announcement|control|vacancy|exam(?:ination)?)\s*(?:id|number|no\.?|#)",
    r"stillings-id",
    r"jobnr\.?",
    r"(?:stellen|job|ausschreibungs|anforderungs|referenz|kenn)-?\s?(?:id|nummer|nr\.?|kennung|kennziffer|code|ziffer)",
    r"n[°º]\s*(?:de )?(?:poste|offre)",
    r"(?:numéro|n[°ºo]\.?|code|id(?:entifiant)?|référence)\s*(?:de (?:la |l['’])?|du |d['’])(?:emploi|poste|offre|demande|réquisition|annonce)",
    r"(?:número|n[°º.]|código|id|identificador|referencia)\s*(?:de (?:la )?|del )?"
    r"(?:puesto|empleo|oferta|vacante|requisición|plaza|solicitud de personal|trabajo)",
    r"(?:número|n[°º.]|código|id|identificador|referência)\s*(?:d[aeo] )?(?:vaga|cargo|emprego|requisição|posição)",
    r"(?:numero|codice|id)\s*(?:del(?:la|l['’])?\s?|di )?(?:posizione|offerta|annuncio|lavoro|richiesta)",
    r"(?:vacature|functie)-?\s?(?:nummer|id|nr\.?)",
    r"id",
)


DATE_LABELS = (
    r"(?:date\s+)?(?:applied|submitted)(?:\s+(?:on|date))?",
    r"(?:application|submission|applied|submitted)\s+date",
    r"completed on",
    r"(?:candidatura|postulación|solicitud|inscripción|inscrição|candidature|bewerbung) (?:enviada|presentada|realizada|registrada|envoyée|déposée|eingegangen|gesendet|eingereicht) (?:em|el|le|am)",
    r"date of application",
    r"(?:date de (?:la )?(?:candidature|soumission)|postulée? le|soumise? le)",
    r"fecha de (?:la )?(?:solicitud|postulación|candidatura|envío|inscripción)",
    r"(?:postulad[oa]|enviad[oa]|presentad[oa]) el",
    r"(?:beworben|eingereicht) am|bewerbungsdatum",
    r"data (?:da|de|di|della) (?:candidatura|inscrição|envio|invio)|inviata il|enviad[oa] em",
    r"sollicitatiedatum|gesolliciteerd op",
)


PLACE_LABELS = (
    r"(?:primary |job |work )?locations?",
    r"lieu(?: (?:principal|de travail))?|(?:emplacement|localisation)(?: principale?)?",
    r"(?:ubicación|localización)(?: principal| del puesto)?|lugar(?: de trabajo)?",
    r"(?:haupt|arbeits|einsatz)?(?:stand)?ort(?:e)?",
    r"(?:localização|localidade|local)(?: principal| de trabalho)?",
    r"(?:sede|luogo)(?: principale| di lavoro)?",
    r"(?:stand|werk)plaats|locatie",
)
ACTION = re.compile(
    r"^(?:withdraw|view|edit|continue|finish|complete (?:my )?application|track|print|delete|remove|apply|show|more|save|"
    r"share|manage|update|open|actions?|details?|schedule|upload|download|reactivate|retirer|ver|editar|bearbeiten|"
    r"consulter|modifier|voir|afficher|supprimer|retirar|acceder|consultar|eliminar|modificar|mostrar|acessar|visualizar|excluir|"
    r"zurückziehen|ansehen|anzeigen|fortsetzen|löschen|bewerbung (?:zurückziehen|ansehen|anzeigen|fortsetzen|bearbeiten|löschen)|"
    r"mehr anzeigen|ritira|visualizza|modifica|elimina|intrekken|bekijken|bewerken)\b",
    re.IGNORECASE,
)
"""What buttons and links of a row say that are no part of what it is about."""


_BARE_LABEL = re.compile(
    rf"(?:{'|'.join((*STATUS_LABELS, *ID_LABELS, *DATE_LABELS, *PLACE_LABELS))})", re.IGNORECASE
)


_LABELLED = re.compile(r"[^\d:：]{2,40}[:：]\s*\S")


def is_label(line: str) -> bool:
    """Does this line name a field instead of holding a value? ("Date applied", "Updated: Nov 7")"""
    return bool(_BARE_LABEL.fullmatch(line) or _LABELLED.match(line))
