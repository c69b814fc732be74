"""The names of keys under which data hold an application's title, status and so on, in five languages."""

from __future__ import annotations

import re

KEYS: dict[str, re.Pattern[str]] = {
    "title": re.compile(
        r"^(?:(?:job|position|posting|requisition|vacancy|opening|role|display|req|jobposting|opportunity|offer|external)_?(?:title|name|label)|title|jobtitle|position|job|role|vacancy|posting|requisition|puesto|titulo|cargo|vacante|oferta|poste|intitule|titre|offre|stelle|stellentitel|stellenbezeichnung|vaga|titulo_?vaga|name|opportunity)$"
    ),
    "status": re.compile(
        r"^(?:(?:(?:candidate|current|application|submission|app|display|external|public|workflow|hiring|job_?application|latest|recruiting)_?)*(?:status|stage|state|step|phase|disposition)(?:_?(?:label|text|name|display|description|title|display_?name|display_?text|desc|value))?|(?:estado|situacao|situacion|statut|etat|etapa|etape|fase|bewerbungsstatus|status)(?:_?(?:atual|actual|actuel|descricao|descripcion|nome|nombre|nom|texto|libelle|label|name|text|desc|bezeichnung))?)$"
    ),
    "company": re.compile(
        r"^(?:(?:hiring_?)?(?:company|employer|organi[sz]ation|agency|client|empresa|entreprise|employeur|unternehmen|arbeitgeber|firma|empregador)(?:_?name)?|tenant_?name)$"
    ),
    "location": re.compile(
        r"^(?:(?:job|primary|work|posting|display)_?)?(?:locations?|city|place|ubicacion|ciudad|lieu|ville|standort|ort|local|cidade|localizacao)(?:_?(?:name|text|display|label|description))?$"
    ),
    "applied": re.compile(
        r"^(?:(?:date_?)?(?:applied|submitted)(?:_?(?:at|on|date|time|timestamp))?|(?:application|submission|apply|submit|applied|candidacy)_?(?:date|time|datetime|submitted_?at|submitted_?date)|date_?(?:of_?application|applied|submitted)|submitted_?date|fecha(?:_?(?:postulacion|solicitud|inscripcion|envio))?|date_?candidature|bewerbungsdatum|beworben_?am|data_?(?:candidatura|inscricao|envio)|created_?(?:at|on|date)?|date)$"
    ),
    "requisition": re.compile(
        r"^(?:(?:job|req|requisition|posting|position|vacancy)_?(?:req(?:uisition)?_?)?(?:id|number|no|code|ref|reference)|requisition|req|reference|ref|display_?job_?id|job_?reference|referencia|kennziffer)$"
    ),
    "external_id": re.compile(
        r"^(?:application_?id|candidacy_?id|submission_?id|id|uuid|application_?number|_id)$"
    ),
    "url": re.compile(
        r"^(?:(?:job|posting|application|detail|details|external|apply|public)_?)?(?:url|link|href|uri|permalink)$"
    ),
}


TEXT_KEYS = (
    "label",
    "displayName",
    "display_name",
    "displayText",
    "display",
    "text",
    "name",
    "title",
    "description",
    "value",
    "descriptor",
    "status",
    "code",
)


OWN_KEY = re.compile(
    r"application|applied|submission|candidatur|candidac|bewerbung|postulaci|solicitud|inscri|mysubmissions|jobs_?applied",
    re.IGNORECASE,
)


OTHER_KEY = re.compile(
    r"recommend|similar|saved|suggest|search|alert|related|facet|filter|featured|openings|history|timeline|events?$|steps?$|stages?$|workflow|statuses|options|documents|tasks|messages|candidates$|applicants$|i18n|translations|labels",
    re.IGNORECASE,
)
