"""What a page is about: applications for jobs, or one of the many other things that people apply for or wait on.

Written for `stage_text.plain`: lower case, no accents, straight quotes.
"""

from __future__ import annotations

import re

_TO_BE_HAD = (
    r"loans?|mortgages?|credit(?: cards?)?|permits?|licen[cs]es?|licensing|certificat(?:e|ion)s?|rentals?|leases?|housing|apartments?|tenan(?:t|cy)|visas?|passports?|immigration|citizenship|residency"
    r"|grants?|scholarships?|bursar(?:y|ies)|financial aid|admissions?|course|degree|enrol?lment|insurance|pensions?|patents?|trademarks?|adoption|foster|memberships?|vendors?|supplier|stud(?:y|ies)|trials?|mentoring|mentorship|allotment|kennel"
)
_THINGS = rf"(?:{_TO_BE_HAD}|college|university|school|program(?:me)?s?|benefits?|planning|building|patient|research|parking)"
_COSAS = r"(?:prestamos?|hipotecas?|creditos?|becas?|visados?|visas?|permisos?|licencias?|subvenci(?:on|ones)|ayudas?|admision(?:es)?|matriculas?|alquiler(?:es)?|vivienda|pasaportes?|prets?|bourses?|permis|logements?|subventions?|passeports?|emprestimos?|bolsas?|vistos?|licencas?|alvaras?|moradia|aluguel)"
NOT_JOBS = re.compile(
    rf"\b{_THINGS} applications?\b|\bapplications? for (?:a |an |the |your )?{_THINGS}\b"
    rf"|\b(?:solicitudes|solicitud|demandes?|candidatures?|candidaturas?|inscricoes|solicitac(?:ao|oes)|pedidos?|requerimientos?)\s+(?:de|d'|du|para|pour|a)(?: un| una| la| le| uma?)? ?{_COSAS}\b"
    r"|\b(?:kredit|visum|stipendien|miet|wohnungs|fuhrerschein|bau|forder)antrage?\b"
)
"""Lists of applications for something else than a job."""

OTHER_FIELD = re.compile(
    r"^(?:manuscript|paper|patent|trade ?mark|tender|bid|permit|licen[cs]e|vehicle|registration plate|printer|animal|pet|hall|room|apartment|flat|study|trial|claim|item|product|parcel|shipment|ticket|issue|bug|build|commit|branch|version|grant|scholarship|loan|mortgage|policy|membership|landlord|tenant|co-authors?|journal|editor|invention|inventors?|curso|beca|titulacion|inmueble|vivienda|expediente de visado|bien|logement|formation|titre de sejour|objekt|immobilie|wohnung|kita|einrichtung der kinderbetreuung|studiengang|kurs|imovel|bolsa|disciplina)(?: (?:no\.?|number|type|name|title|id|#))?$"
)
"""Columns and labels that lists of jobs hardly have."""

NO_JOB_HEAD = re.compile(
    rf"^(?:{_TO_BE_HAD}|amount|rent|unit|property|address|award|fund(?:er|ing)?|beca|prestamo|importe|monto|bourse|montant|betrag|wohnung|stipendium|bolsa|valor)(?: (?:no\.?|number|type|name|id|#))?$"
)
"""Column heads of such lists. Schools hire and programmes are staffed: a column of theirs says nothing."""

COOKIES = re.compile(
    r"(?:^|[-_ ])(?:cookie\w*|onetrust\w*|ot-sdk\w*|consent\w*|gdpr\w*|truste\w*|usercentrics\w*|didomi\w*|cc-window|osano-cm\w*|cybot\w*|privacy-banner)(?:$|[-_ ])",
    re.IGNORECASE,
)
"""Names of bars and dialogs that ask about cookies."""

OTHER_TOPIC = re.compile(
    r"\b(?:scholarships?|bursar(?:y|ies)|fellowship (?:portal|applications)|bug list|bugs found|issue tracker|open issues|pull requests?|merge requests?|changelog|release notes|releases|admissions?|enrol?lments?|(?:authori[sz]ed|connected|installed|third[- ]party|registered|oauth) (?:apps?|applications|clients)|applications (?:&|and) (?:permissions|access|sessions)|app (?:permissions|access|store)|software (?:centre|center|catalog\w*)|forums?|thread|discussions?|topics|comments|support (?:requests?|cases?|tickets?)|help ?desk|service requests?|tickets?|complaints?|claims?|orders?|shipments?|deliver(?:y|ies)|bookings?|reservations?|appointments?|library|borrowers?|planning applications|building control|grants? (?:portal|programs?|management)|tenders?|bids?|proposals?|manuscripts?|submission system|call for papers|abstracts|peer review|patent office|trade ?marks?|intellectual property|registry filings?|my filings|crowdfunding|donations?|casting|auditions?|volunteers?|adoptions?|foster|auctions?|elections?|petitions?|patents?|trade ?marks?|courses?|mentoring|study participa\w+|clinical (?:studies|trials)|pipelines|builds|deployments?|print(?:ing|ers?)?|print (?:centre|center|queue)|workshop|repairs?|payroll|pay ?slips?|shifts?|time ?sheets?)\b"
    r"|\b(?:becas?|ayudas?|matriculas?|admision(?:es)?|foros?|incidencias|pedidos|reservas|citas|reclamaciones|subvenciones|licitaciones)\b"
    r"|\b(?:bourses?|admissions?|inscriptions? (?:universitaires?|scolaires?)|forum|commandes|reservations|rendez-vous|sinistres?|adherents?|mutuelle|subventions|reclamations|parcoursup)\b"
    r"|\b(?:stipendi(?:um|en)|zulassung|studienplatz|studienbewerbung|studiengange?|immatrikulation|forum|bestellungen|buchungen|termine|schadensmeldungen|fordermittel|forderantrage|ausschreibungen und vergabe)\b"
    r"|\b(?:bolsas?|matriculas?|vestibular|admissao|forum|pedidos|reservas|consultas|chamados|editais de fomento)\b"
)
"""Names of pages whose rows have stages, too, and are no applications for jobs."""

OTHER_THING = re.compile(
    r"\b(?:visas?|visum|patents?|trademarks?|loans?|mortgages?|credit (?:card|line)|unit \d\w*|apt\.? ?\d\w*|apartment|studio|bedroom|\dbr|scholarships?|bursary|grants?|permits?|licen[cs]es?|wohnung\w*|\w*zimmer\w*|kindergeld|elterngeld|wohngeld|stipendium|course|master(?:'s)?|bachelor(?:'s)?|diploma|m?ba|ma|b\.?sc|m\.?sc|phd (?:in )?\w+$|transcript|endorsement|renewal|summit|meetup|fair|webinar|conference)\b"
)
"""What a row is called that stands for something else than a job. A hint: there are grant writers and loan officers."""

OTHER_THING_FIRST = re.compile(
    r"^(?:visad?os?|vistos?|residencia|patentes?|brevets?|becas?|bourses?|subvention|aides? (?:au|a la|aux|del?)|prime|pret|prestamo|bolsas?|emprestimo|formation|habilitation|curso|cours|permis[o]?|licen[cs][ei]a?|ayudas? (?:al|a la|del?)|logement|piso|vivienda)\b"
)
"""The same in the Romance languages, where it stands first: a nurse's bursary is "bourse d'infirmier"."""

REVOKE = re.compile(
    r"^(?:revoke(?: access)?|uninstall|install|disconnect|deauthori[sz]e|subscribe|unsubscribe|add to (?:cart|basket|bag)|buy(?: now)?|reorder|track (?:package|parcel|order)|pay now|reply|quote|upvote|assign(?: to me)?|close (?:ticket|issue)|reopen|merge|fork|revocar|instalar|comprar|responder|revoquer|installer|acheter|repondre|widerrufen|installieren|kaufen|antworten|revogar)$"
)
"""What one presses at things that are no application for a job."""

EMPLOYMENT = re.compile(
    r"(?:(?:regular|permanent|temporary|fixed[- ]term|seasonal|casual|contract|direct hire|exempt|non-?exempt|salaried|hourly|union|student|remote|hybrid|flexible)?[ ,/·-]*)?"
    r"(?:full[- ]?time|part[- ]?time|full time equivalent|fte|contract(?:or|ual)?|permanent|temporary|temp|temp to (?:hire|perm)|seasonal|casual|intern(?:ship)?|apprenticeship|trainee(?:ship)?|per diem|prn|freelance|fixed[- ]term|regular|exempt|non-?exempt|salaried|hourly|volunteer|zero hours|(?:day|night|evening|weekend|rotating|swing|graveyard|first|second|third|1st|2nd|3rd) shifts?|days|nights|evenings|weekends|(?:entry|mid|senior|executive|associate)[- ]level"
    r"|cdi|cdd|interim|alternance|apprentissage|stage|vacation|contractuel(?:le)?|titulaire|fonctionnaire|temps (?:plein|partiel|complet)|mi-temps|saisonnier|independant"
    r"|vollzeit|teilzeit|voll-? ?(?:oder|und|/) ?teilzeit|unbefristet|befristet|festanstellung|minijob|werkstudent|praktikum|ausbildung|geringfugig|freiberuflich|schichtdienst|aushilfe|zeitarbeit"
    r"|(?:jornada|tiempo) (?:completa?o?|parcial)|media jornada|medio tiempo|indefinido|temporal|practicas|becario|eventual|fijo|contrato (?:indefinido|temporal|fijo|laboral)|por obra|autonomo|turno (?:de )?(?:manana|tarde|noche)|rotativo"
    r"|(?:tempo|periodo|jornada) (?:integral|parcial|inteiro)|meio periodo|clt|pj|efetivo|estagio|temporari[oa]|aprendiz|autonom[oa]|contrato (?:sem|a) termo|a termo certo|sem termo)"
    r"(?:[ ,/·-]+(?:regular|permanent|temporary|day|night|days|nights|shift|position|employee|hourly|exempt|remote|hybrid|unbefristet|befristet|vollzeit|teilzeit|full[- ]?time|part[- ]?time|cdi|cdd|\d{1,3} ?%|m|f|d|w|h)[)]?)*"
)
"""Whole texts that say how one is employed: never a status, a title, an employer or a place."""

DEPARTMENT = re.compile(
    r"^(?:front|back|head) (?:of house|office)$|^(?:kitchen|housekeeping|finance|marketing|sales|operations|engineering|product|design|legal|logistics|nursing|human resources|people|hr|it|information technology|customer (?:service|care|support)|public works|warehouse|maintenance|administration|facilities|production|retail|stores?|research|security)$"
    r"|\b(?:department|dept|division|directorate|unit|office of|school of|college of|faculty of|team)\b|\w*(?:direktion|abteilung|dezernat|referat|amt)$|^(?:fachbereich|bereich|institut fur|direccion|departamento|area|servicio|unidad|facultad|direction|service|pole|departement|ufr|faculte|direcao|secretaria|setor|unidade|faculdade)\b"
)
"""Parts of an employer, which stand where lists of several firms have the firm."""
