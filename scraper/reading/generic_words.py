"""The words by which the generic reader knows fields, sections and actions, in five languages.

Written for `stage_text.plain`: lower case, no accents, straight quotes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from scraper.stage_text import plain

_NUMBER = r"(?: ?(?:id|ids|no|nr|number|num|code|#|nummer|numero))"

FIELDS: dict[str, str] = {
    "requisition": (
        rf"(?:(?:job|req|requisition|posting|position|vacancy|opening|announcement|reference|ref|opportunity|application|submission|candidacy|tracking|profile|control|exam(?:ination)?|recruitment|bulletin|competition){_NUMBER}"
        rf"|#|id|nr|no|req|requisition|reference|ref|job req|job requisition|auto req id|job reference|job ref"
        r"|referencia|codigo|numero|(?:codigo|numero|id|referencia|no) (?:de|del|de la|da|do) (?:oferta|vacante|puesto|vaga|empleo|convocatoria|anuncio|processo)"
        r"|(?:numero|reference|ref|code|no) (?:de l'|d'|de |du )?(?:offre|annonce|poste|emploi)|kennziffer|kennung|referenz|referenznummer|stellen-?(?:id|nummer|nr)|job-?(?:id|nr|nummer)|ausschreibungsnummer|referenzcode)"
    ),
    "updated": (
        r"(?:(?:date )?(?:last )?(?:updated?|modified|activity|changed|action)(?: (?:on|date|at))?|status (?:date|updated|since|changed)|date (?:updated|modified)|(?:ultima|fecha de) actualizacion|actualizado|derniere mise a jour|mise a jour|mis a jour(?: le)?"
        r"|letzte (?:aktualisierung|anderung)|aktualisiert(?: am)?|geandert(?: am)?|ultima atualizacao|atualizad[oa](?: em)?|closing date|close date|closes|deadline|expires|posted(?: on| date)?|date posted|publicad[oa]|veroffentlicht|bewerbungsfrist|date limite|fecha de cierre|prazo)"
    ),
    "applied": (
        r"(?:(?:date |day |you )?(?:applied|submitted|received|sent|completed|filed)(?: (?:on|date|at))?|(?:application|submission|apply|applied|submit|submitted) date|date(?: of)?(?: (?:of )?(?:application|submission|applied|submitted|received|sent))?|applied (?:for )?on|application (?:sent|submitted|received|date)(?: on)?|submission|when"
        r"|fecha(?: de(?: la)? (?:postulacion|solicitud|inscripcion|envio|candidatura|aplicacion|registro|presentacion))?|(?:postulad|enviad|inscrit|aplicad|presentad|recibid)[oa](?: el)?|te (?:postulaste|inscribiste)(?: el)?"
        r"|date(?: de(?: la)? (?:candidature|depot|postulation|soumission)| d'(?:envoi|application))?|(?:depose|postule|envoye|soumis|recu|candidate)e?(?: le)?|candidature (?:du|deposee le|envoyee le)|date de reception"
        r"|datum|bewerbungsdatum|(?:beworben|eingegangen|eingereicht|gesendet|abgeschickt)(?: am)?|eingangsdatum|eingang|bewerbung vom|datum der bewerbung|bewerbungseingang"
        r"|data(?: d[ae] (?:candidatura|inscricao|envio|submissao|aplicacao|registro))?|(?:candidatura|inscricao) (?:em|enviada em|realizada em)|(?:enviad|inscrit|submetid|candidatad)[oa](?: em)?|candidatou-se em)"
    ),
    "status": (
        r"(?:(?:your |my )?(?:(?:current |latest |overall |candidate |applicant |hiring |job |requisition |posting |position |vacancy |opening |recruiting |recruitment )*(?:application|submission|candidacy|candidate|current|overall|hiring|selection|process)? ?(?:status|state|stage|step|progress|phase|outcome|disposition)(?: of (?:your |the |my )?application)?)"
        r"|latest(?: update| news)?|where (?:it|things|your application) stands?|result|decision|(?:current )?standing|status reason|object status|where you are(?: now)?|(?:your |my )?progress|application (?:update|progress)"
        r"|(?:estado|situacion|etapa|fase|estatus)(?: actual)?(?: de(?:l| la| tu| su| mi)? ?(?:candidatura|solicitud|postulacion|inscripcion|proceso|vacante|oferta|convocatoria|puesto|aviso|plaza)?)?|resultado"
        r"|(?:statut|etat|etape|avancement|phase)(?: actuel(?:le)?)?(?: (?:de(?: la| votre| ma)? |du |de l')?(?:candidature|demande|dossier|offre|poste|annonce|inscription))?|(?:etat|statut|avancement|suivi) de (?:votre|mon|ma|la) (?:dossier|candidature|inscription|demande)|etat d'avancement|suivi|suite donnee|ou en est (?:ma|votre|ta) (?:candidature|demande|dossier)|ou en est-on|ou en etes-vous|decision"
        r"|(?:aktueller |ihr |mein )?(?:status|stand|objektstatus|bearbeitungsstand|bewerbungsstatus|bewerbungsstand|verfahrensstand|verfahrensstatus|sachstand|prozessstatus|prozessstand|auswahlstand|bearbeitungsstatus|fortschritt|prozessschritt)(?: (?:der|ihrer|meiner|deiner) (?:bewerbung|stelle|ausschreibung|anzeige))?"
        r"|(?:situacao|estado|etapa|fase|status|andamento)(?: atual)?(?: d[aeo](?: sua| minha)? ?(?:candidatura|inscricao|processo|vaga|anuncio)?)?)"
    ),
    "company": (
        r"(?:(?:hiring |name of )?(?:company|employer|organi[sz]ation|agency|client|institution|hospital|school|university|business)(?: name)?|department/agency|hiring (?:organi[sz]ation|agency)"
        r"|empresa|empleador|organizacion|entidad|compania|institucion|organismo|entreprise|employeur|societe|organisme|etablissement|unternehmen|arbeitgeber|firma|gesellschaft|einrichtung|betrieb|empregador|organizacao|instituicao)"
    ),
    "location": (
        r"(?:(?:job |work |duty |primary |position )?(?:locations?|city|place|site|office|campus|facility|region|country)(?: of work)?|where|city, state"
        r"|ubicacion|lugar(?: de trabajo)?|ciudad|localidad|localizacion|sede|provincia|centro|lieu(?: de travail)?|localisation|ville|region|(?:stand|arbeits|einsatz|dienst)?ort|stadt|region|local(?: de trabalho)?|localizacao|localidade|cidade|unidade)"
    ),
    "other": (
        r"(?:action|actions|options?|tasks?|next steps?|salary|pay|department|team|category|job (?:type|category|family|function)|type|contact|recruiter|hiring manager|notes?|documents?|attachments?|resume|cover letter|shift|schedule|hours|grade|series|view|details?|source|days? in stage|priority|division|business unit|notification(?: sent)?|withdraw|manage|message|messages"
        r"|acciones|accion|departamento|area|salario|contacto|tipo|opciones|notas|action|departement|service|contrat|type de contrat|salaire|aktionen?|abteilung|bereich|vertragsart|gehalt|ansprechpartner(?:in)?|optionen|acoes|acao|contato|detalhes|detalles|opcoes|contrato)"
    ),
    "title": (
        r"(?:(?:working|class|classification|functional|official|payroll|business) title|(?:name|title) of (?:the )?(?:position|job|post|vacancy|role)|(?:job|position|posting|role|vacancy|requisition|opening|opportunity|announcement)(?: ?/ ?position)?(?: (?:title|name|applied for|applied to|posting|opening|description))?|title|titles?|jobs|positions?|applied (?:for|to|position)|application(?: for)?|job applied for|posting title|vacancy title|position applied|job advertisement|classification|exam(?:ination)?(?: title| name)?|civil service title|programme?|graduate programme?|apprenticeship|internship|traineeship"
        r"|(?:nombre|titulo|denominacion)(?: del?(?: la)? (?:puesto|oferta|vacante|empleo|cargo))?|puesto|cargo|vacante|oferta(?: de empleo)?|posicion|empleo|convocatoria|plaza|candidatura|postulacion|solicitud|proceso"
        r"|(?:intitule|titre|nom)(?: (?:du|de l'|de la) ?(?:poste|offre|emploi|annonce))?|poste|offre(?: d'emploi)?|emploi|annonce|candidature|metier|fonction"
        r"|stelle|stellenbezeichnung|stellentitel|stellenangebot|bezeichnung|ausschreibung|jobtitel|position|beworben (?:als|auf|fur)|stellenausschreibung|bewerbung|bewerbung (?:als|fur|auf)|tatigkeit|berufsbezeichnung|titel"
        r"|vaga|funcao|posicao|oportunidade|titulo da vaga|nome da vaga|titulo|cargo pretendido|emprego|processo seletivo|carreira(?: ?/ ?categoria)?|categoria(?: profissional)?)"
    ),
}
"""Labels and column heads, whole; the order decides where one word serves two ("Application date")."""

_COMPILED = {name: re.compile(rf"{words}\Z") for name, words in FIELDS.items()}


@lru_cache(maxsize=4096)
def field_named(text: str) -> str:
    """The field that a label or a column head names ("Date applied" -> "applied"), or ""."""
    words = plain(text).strip(" :#.*?-▲▼↑↓⇅").replace("number:", "number")
    words = re.sub(r"\s*\((?:s|es)\)|\bsort(?:ed|able)?\b.*$|\s*[▲▼↑↓⇅]", "", words).strip()
    if not words or len(words) > 45:
        return ""
    return next((name for name, pattern in _COMPILED.items() if pattern.match(words)), "")


OWN_LIST = re.compile(
    r"\b(?:my|your|active|inactive|submitted|past|previous|current|closed|archived|open|ended|draft|incomplete|job|recent|all|employment) applications?\b|\bapplications? (?:status|history|tracker|dashboard|submitted|overview|list|summary|center|centre|home|details?|progress|and status|& status|in progress|received|sent|you)|\bapplications\b(?! (?:are|open|close|for this|must|will|accepted|welcome|invited|due|from))"
    r"|\b(?:my|your) (?:job )?(?:submissions?|candidac(?:y|ies)|jobpage|job page)|\bsubmissions\b|jobs? (?:you(?:'ve| have)? )?applied|applied (?:jobs|positions|for|to\b)|positions? (?:you(?:'ve| have)? )?applied|job(?:s)? status|application status|track (?:your|my) (?:application|job)|\bapplied\b"
    r"|(?:mis|tus|sus|estado de|historial de|seguimiento de|mi|tu|su) (?:\w+ )?(?:candidaturas?|solicitud(?:es)?|postulaci(?:on|ones)|inscripci(?:on|ones)|aplicaci(?:on|ones)|procesos)|\b(?:candidaturas|postulaciones|solicitudes|inscripciones)\b|solicitudes de empleo|procesos de seleccion en"
    r"|(?:mes|vos|suivi (?:de|des)|historique de|ma|votre|toutes) (?:\w+ )?candidatures?|\bcandidatures\b|offres? (?:auxquelles|ou) (?:vous|j'ai)"
    r"|(?:meine|ihre|deine|laufende|aktuelle|abgeschlossene|aktive) bewerbung(?:en)?|\bbewerbungen\b|bewerbungs(?:status|ubersicht|verlauf|stand|historie|konto)|beworben"
    r"|(?:minhas|suas|as minhas|tuas|minha|sua) (?:\w+ )?(?:candidaturas?|inscric(?:ao|oes)|vagas|processos)|\b(?:inscricoes|candidaturas)\b|vagas (?:em que|que|aplicadas|candidatadas)|processos seletivos em"
)
"""Names of a list of one's own applications, in a title, a heading or a tab."""

OWN_SENTENCE = re.compile(
    r"\b(?:positions?|jobs?|vacanc(?:y|ies)|postings?|requisitions?|roles?|openings?)\b[^.]{0,40}\b(?:to|for) which you (?:have |'ve )?(?:applied|submitted)|\b(?:jobs?|posts?|positions?|roles?|openings?|vacancies|opportunities) (?:that |which )?(?:you|i)(?:'ve|'re| have| are| am)? (?:already |been |being )*(?:applied (?:to|for)|put forward for|submitted (?:to|for)|considered for)\b|applications? (?:that )?you(?:'ve| have)? (?:already )?(?:sent|submitted|made)\b|\beverything (?:that )?you(?:'ve| have)? applied (?:to|for)\b"
    r"|(?:ofertas|puestos|plazas|vacantes|procesos)[^.]{0,30}(?:a las? que|a los que|en los que|en las que) (?:te has|se ha|has|ha)|(?:offres|postes)[^.]{0,20}auxquel(?:le)?s vous avez|(?:stellen|positionen)[^.]{0,20}auf die (?:sie|du) sich|vagas[^.]{0,20}(?:para as quais|em que|as quais) (?:voce )?se"
)
"""Sentences over such a list."""

NOT_OWN = re.compile(
    r"recommend|suggest|similar|related|saved|bookmark|favou?rite|wish ?list|job alert|alerts?\b|recently viewed|viewed jobs|you may (?:also )?(?:like|be interested)|jobs? for you|more jobs|featured|latest jobs|new jobs|hot jobs|matching jobs|job match|explore|search (?:jobs|results|criteria)|saved search|open (?:positions|jobs|roles|vacancies)|current (?:openings|vacancies|opportunities)|vacancies|job openings|career opportunit|people also|popular|trending|top picks|based on your (?:profile|resume|search)"
    r"|\bforums?\b|\bthreads?\b|discussion|communit(?:y|ies)|\bwiki|reddit|q&a|what (?:do|does|the|your|each)|mean(?:s|ing|ings)?\b|explained|explanation|definition|glossary|legend|\bfaqs?\b|frequently asked|help\b|guide|how (?:it works|to|we|our)|understanding|hiring process|our process|what (?:happens|to expect)|tips|news|blog|stories|articles?|press|events?|webinars?|messages?|inbox|notifications?|announcements|document|attachment|resumes?\b|cover letters|my profile|requisitions\b|personal information|education|work experience|work history|skills|languages|references\b|tasks?\b|to-?do|orders?|invoice|payment|subscription|courses?|training|certificat|recruiter(?:s|'s)? (?:dashboard|view)|candidates\b|applicants\b|talent pool search|preferences|settings|filters?\b|refine|sort by|people you|referrals\b|letter requests?|(?:interview )?calendar\b|upcoming (?:interviews|events)|job offers for you|companies (?:you|to)|invitations\b|interviews? (?:tips|prep)"
    r"|recomendad|recomendac|sugerid|sugerenc|similares|guardad|favorit|alertas?\b|te (?:puede|pueden|podria) interesar|visto recientemente|ofertas (?:de empleo|para ti|destacadas|nuevas|similares|relacionadas)|buscar|resultados de|significa|significado|preguntas frecuentes|ayuda\b|noticias|mensajes|notificaciones|documentos|glosario|como funciona|consejos|leyenda|experiencia (?:laboral|profesional)|formacion academica|^propuestas\b|vacantes disponibles|empleos (?:para ti|similares|disponibles)"
    r"|recommande|suggere|similaires|enregistre|sauvegarde|favoris|alertes?\b|pourrai(?:t|ent) vous interesser|offres (?:similaires|recommandees|pour vous|d'emploi|recentes|a la une)|rechercher|resultats|signifi|questions frequentes|foire aux|\baide\b|actualites|messagerie|notifications|comprendre|glossaire|conseils|legende|comment (?:ca|cela)|postes ouverts|nos offres|^propositions\b|offres proposees|parcours professionnel|experiences? professionnelles?"
    r"|empfohlen|empfehlung|vorgeschlagen|vorschlage|ahnliche|gemerkt|merkliste|merkzettel|gespeicherte|favoriten|job-?abos?\b|suchprofil|jobalarm|job-?alert|suchagent|suchauftr|konnte(?:n)? (?:sie|dich|dir|ihnen)|passende (?:jobs|stellen)|offene stellen|stellenangebote|suchergebnis|bedeut|haufig(?:e)? (?:gestellte )?fragen|hilfe\b|neuigkeiten|nachrichten|mitteilungen|dokumente|glossar|erklar|legende|so funktioniert|tipps|lebenslauf|berufserfahrung|werdegang|zuletzt (?:angesehen|besucht)"
    r"|sugest|semelhantes|salv[ao]s\b|pode(?:m)? (?:te |lhe )?interessar|vagas (?:recomendadas|para voce|semelhantes|similares|abertas|salvas|em destaque|disponiveis)|pesquisar|o que significa|perguntas frequentes|ajuda\b|noticias|mensagens|notificacoes|entenda|dicas|legenda|vistos recentemente|oportunidades abertas|experiencias? profissiona(?:l|is)|^propostas\b"
)
"""Names of sections whose rows are not applications, whatever they look like."""


_OVER = re.compile(
    r"\b(?:filled|closed|past|previous|inactive|archived|expired)(?: (?:or|and) \w+)? (?:vacancies|positions|jobs|openings|opportunities)\b"
)
"""What became of vacancies one applied for; nobody else is shown those."""


def calls_own(words: str) -> bool:
    """Is something called a list of one's own applications?"""
    return OWN_LIST.search(words) is not None or OWN_SENTENCE.search(words) is not None


def calls_other(words: str) -> bool:
    """Is something called a list of other things? "Vacancies you have applied for" are no vacancies."""
    return NOT_OWN.search(_OVER.sub(" ", OWN_SENTENCE.sub(" ", words))) is not None


ENDED_SECTION = re.compile(
    r"\b(?:inactive|closed|archived?|past|previous|ended|withdrawn|no longer|not selected|unsuccessful|expired|finished|inactiv[ao]s|cerrad[ao]s|finalizad[ao]s|archivad[ao]s|anteriores|pasad[ao]s|inactives?|inactifs|cloturee?s|terminee?s|archivee?s|passees?|anciennes|inaktive?|abgeschlossene?|beendete?|archivierte?|fruhere|vergangene|inativ[ao]s|encerrad[ao]s|arquivad[ao]s)\b"
)
LIVE_SECTION = re.compile(
    r"\b(?:active|open|current|in progress|ongoing|activ[ao]s|en curso|abiert[ao]s|vigentes|actives|en cours|ouvertes|aktive|laufende|offene bewerbungen|aktuelle|ativ[ao]s|em andamento|em curso|abertas)\b"
)

APPLY = re.compile(
    r"^(?:apply(?: now| today| here| for (?:this )?(?:job|position))?|quick apply|easy apply|save(?: job| this job)?|saved|unsave|share|refer a friend|view (?:job|jobs|similar jobs)|learn more|read more|postular(?:me|se|te)?(?: ahora)?|postula(?:te)?(?: ahora)?|inscribirme|inscribirse|aplicar(?: ahora)?|guardar|postuler(?: maintenant)?|je postule|enregistrer|sauvegarder|jetzt bewerben|bewerben|merken|speichern|candidatar-?(?:se|me)?|candidate-se(?: agora)?|salvar)$"
)
"""What one presses at a job one has not applied for."""

POSTED = re.compile(
    r"^(?:job )?(?:posted|published|new today|closing soon|publicad[oa]|publie|publiee|veroffentlicht|online seit|publicad[oa]|anunciad[oa])\b"
)

ACTION = re.compile(
    r"^(?:(?:view|see|show|hide|open|edit|update|manage|withdraw|delete|remove|cancel|continue|resume|finish|complete|print|download|upload|accept|decline|schedule|reschedule|start|take|send|contact|reply|check|go to|add|more|less|expand|collapse|select|choose|sort|filter|search|next|previous|prev|back|close|dismiss|sign|log|help|share|message|confirm|reactivate|archive|review (?:and|your|application|submission))\b.*"
    r"|(?:details?|actions?|options?|menu|more|delete|edit|remove|print|yes|no|ok|submit|withdraw(?: application)?|application details|job details|job description|more (?:details|info|information|actions|options))"
    r"|(?:ver|mostrar|editar|cambiar|contactar|retirar|eliminar|continuar|cancelar|descargar|completar|abrir|mas|detalles?|detalhes|acciones|siguiente|anterior|gestionar|desistir|excluir|cerrar)\b.*"
    r"|(?:voir|revoir|afficher|modifier|changer|contacter|retirer|supprimer|continuer|annuler|telecharger|completer|consulter|gerer|suivant|precedent|plus|details|detail|actions|fermer)\b.*"
    r"|(?:ansehen|anzeigen|bearbeiten|zuruckziehen|loschen|fortsetzen|herunterladen|drucken|weiter|mehr|details|offnen|aktionen|stornieren|schliessen|zuruck)\b.*|(?:termin|unterlagen|einladung|angebot|gesprach|dokument|nachweise?|zeugnisse?) (?:bestatigen|nachreichen|hochladen|absagen|ablehnen|annehmen|verschieben|vereinbaren|wahlen|einreichen)|(?:bewerbung|stelle|details|mehr|profil|dokumente) (?:ansehen|anzeigen|bearbeiten|zuruckziehen|loschen|fortsetzen|offnen|hochladen|einsehen)"
    r"|(?:visualizar|acompanhar|alterar|consultar|baixar|proximo|fechar|gerenciar|acoes|mais)\b.*)$"
)
"""What buttons and small links say; never a status, never a title."""

JOB_STATUS = re.compile(
    r"^(?:open|closed|new|active|filled|expired|(?:now |still )?accepting applications(?: until .+)?|open until .+|closing soon|posted|featured|urgent(?:ly hiring)?|actively hiring|hiring|inactive|paused|saved|applied|viewed|not applied|full[ -]time|part[ -]time|abierta?|cerrada?|nueva?|activa?|guardada|ouverte?|fermee?|nouvelle|nouveau|active|offen|geschlossen|neu|aktiv|aberta|fechada|nova|ativa|continuous|enabled|disabled|on|off|daily|weekly|in progress|completed|complete|pending|draft|submitted|read|unread|sent|uploaded|done)$"
)
"""Words that jobs, alerts, files and tasks carry as well; they prove no application by themselves."""

PROSE = re.compile(
    r"\b(?:you|your|we|our|us|please|they|this page|tu|tus|usted|nosotros|nuestr[oa]|su solicitud|vous|votre|vos|nous|notre|sie|ihre|ihnen|wir|unser[e]?|du (?:hast|bist|wirst|wurdest|kannst|musst)|deine|voce|sua|nos|nosso|nossa)\b"
)
JOB_WORD = re.compile(
    r"\b(?:nurse|postdoc|postdoctoral|aid|spotter|roofer|porter|processor|underwriter|trader|dealer|drafter|installer|dispatcher|scheduler|presenter|leader|rn|lpn|cna|manager|engineer|developer|analyst|assistant|associate|specialist|coordinator|director|technician|teacher|professor|scientist|consultant|administrator|clerk|driver|designer|architect|accountant|officer|supervisor|intern|lead|head|therapist|physician|pharmacist|representative|operator|mechanic|electrician|chef|cook|cashier|writer|editor|planner|buyer|advisor|counselor|librarian|lecturer|researcher|fellow|executive|agent|worker|aide|attendant|inspector|programmer|tester|recruiter|paralegal|attorney|secretary|receptionist|educator|practitioner|surgeon|dentist|hygienist|welder|machinist|janitor|custodian|guard|producer|strategist|controller|auditor|actuary|economist|chemist|biologist|geologist|surveyor|statistician|scholar|trainer|instructor|tutor|principal|dean|coach|ranger|pilot|artist|animator|keeper|baker|barista|waiter|waitress|server|host|bartender|plumber|painter|carpenter|glazier|photographer|journalist|translator|interpreter|lawyer|counsel|chaplain|midwife|paramedic|firefighter|veterinarian|phlebotomist|dietitian|sonographer|radiographer|curator|broker|underwriter|teller|stylist|caregiver|nanny|merchandiser|strategist|storekeeper|packer|picker|loader|sales|marketing|support|staff|senior|junior"
    r"|stocker|steward|stewardess|apprentice|trainee|banker|biologist|cleaner|courier|carer|clinician|coder|collector|commis|concierge|crew member|cutter|deputy|doctor|estimator|examiner|expert|facilitator|forester|gardener|groundskeeper|handler|helper|housekeeper|interpreter|investigator|labou?rer|lifeguard|linguist|lineman|line worker|logistician|member of staff|optician|orderly|organi[sz]er|partner|physiotherapist|producer|psychologist|registrar|repairer|roaster|runner|sergeant|shopper|stagehand|team member|tailor|technologist|tiler|trucker|typist|usher|valet|warden|officer"
    r"|ayudante|secretari[ao]|maestr[ao]|obrer[ao]|mozo|camarer[ao]|dependient[ea]|repartidor(?:a)?|cajer[ao]|peon|albanil|soldador(?:a)?|electricista|fontaner[ao]|mecanic[ao]|limpiador(?:a)?|celador(?:a)?|educador(?:a)?|psicolog[ao]|abogad[ao]|arquitect[ao]|economista|practicante|becari[ao]|aprendiz|chofer|inspector(?:a)?|instrumentador(?:a)?|carretiller[ao]|reponedor(?:a)?|teleoperador(?:a)?|matron[ao]?|fisioterapeuta|trabajador(?:a)?"
    r"|commis|barman|serveur|serveuse|receptionniste|macon|manoeuvre|peintre|plombier|electricien(?:ne)?|menuisier|soudeur|magasinier|magasiniere|cariste|caissier|caissiere|hote(?:sse)?|agente?|attache(?:e)?|adjoint(?:e)?|animateur|animatrice|educateur|educatrice|formateur|formatrice|professeur(?:e)?|sage-femme|kinesitherapeute|psychologue|secretaire|standardiste|second de rang|conducteur|conductrice|chauffeur|mecanicien(?:ne)?|operateur|operatrice|preparatrice|regulateur|mediateur|mediatrice|veilleur|veilleuse|auxiliaire|boulanger|boulangere|coiffeur|coiffeuse|gouvernante"
    r"|\w*(?:fachkraft|meister|techniker|helfer|pfleger|fahrer|arbeiter|schlosser|monteur|mechaniker|elektriker|laborant|disponent|hausmeister|gartner|sekretar|fachangestellte[rn]?|assistent|referendar|sanitater|hebamme|therapeut|psychologe|padagoge|architekt|kaufleute|dozent|volontar|auszubildende[rn]?|lehrling|schweisser|dreher|fraser|maler|tischler|backer|metzger|friseur|spezialist|planer|prufer|trainee)(?:in|innen|/in)?|sachbearbeitung|\w*leitung"
    r"|secretari[ao]|auxiliar|rececionista|empregad[ao]|barman|tradutor(?:a)?|pedreiro|eletricista|soldador(?:a)?|mecanic[ao]|psicolog[ao]|nutricionista|fisioterapeuta|advogad[ao]|arquitet[ao]|repositor(?:a)?|caixa|porteiro|faxineir[ao]|operari[ao]|lider de|estoquista|balconista|copeir[ao]|fiscal|escriturari[ao]"
    r"|enfermer[ao]|medic[ao]|ingenier[ao]|desarrollador(?:a)?|analista|asistente|gerente|jef[ea]|tecnic[ao]|profesor(?:a)?|docente|contador(?:a)?|auxiliar|operari[ao]|conductor(?:a)?|cociner[ao]|vendedor(?:a)?|responsable|director(?:a)?|coordinador(?:a)?|especialista|consultor(?:a)?|administrativ[ao]|encargad[ao]|disenador(?:a)?"
    r"|infirmi(?:er|ere)|ingenieur(?:e)?|developpeur|developpeuse|charge(?:e)?|chef|cheffe|technicien(?:ne)?|enseignant(?:e)?|assistant(?:e)?|conseiller|conseillere|vendeur|vendeuse|comptable|directeur|directrice|gestionnaire|aide-soignant(?:e)?|cadre|redacteur|juriste|acheteur|ouvrier|stagiaire|alternant|medecin|preparateur|coordinateur|coordinatrice"
    r"|entwickler(?:in)?|krankenpfleger(?:in)?|pflegefachkraft|pflegefachfrau|sachbearbeiter(?:in)?|mitarbeiter(?:in)?|leiter(?:in)?|referent(?:in)?|techniker(?:in)?|lehrer(?:in)?|arzt|arztin|assistenz|berater(?:in)?|kaufmann|kauffrau|fachkraft|werkstudent(?:in)?|praktikant(?:in)?|projektleiter(?:in)?|ingenieurin|buchhalter(?:in)?|verkaufer(?:in)?|kellner|koch|mechatroniker|elektroniker|erzieher(?:in)?|betreuer(?:in)?|\w{3,}(?:ologist|apist|iatrist|vist|cist|nist|rist|tist|hist)|m/w/d|w/m/d|m/f/d|h/f|f/h"
    r"|enfermeir[ao]|engenheir[ao]|desenvolvedor(?:a)?|assistente|coordenador(?:a)?|professor(?:a)?|motorista|vendedor(?:a)?|estagiari[ao]|programador(?:a)?|gestor(?:a)?|operador(?:a)?|atendente|recepcionista|supervisor(?:a)?|cozinheir[ao]|farmaceutic[ao])\b"
)
"""Words of which titles of jobs are made; a hint, never a condition."""

COMPANY_WORD = re.compile(
    r"\b(?:inc|llc|ltd|corp|corporation|company|co|gmbh|ag|kg|se|s\.?a\.?|s\.?l\.?|sarl|sas|plc|group|holdings|hospital|health|healthcare|clinic|clinics|university|college|school district|schools|county|city of|state of|department of|bank|labs?|laboratories|technologies|systems|solutions|partners|foundation|institute|ministry|agency|services|industries|universitat|universite|universidad|universidade|klinikum|krankenhaus|hopital|clinique|grupo|groupe|gruppe|werke|stadt|stiftung|banco|banque|ltda|s/a)\b"
)
PLACE = re.compile(
    r"^(?:[A-Z][\w.'’-]+(?: [A-Z(][\w.'’)-]+){0,3},\s*[A-Z]{2}(?:\s+\d{5})?(?:,?\s*(?:USA|US|United States))?|[A-Z]{2}-[A-Z]{2}-[\w .-]+|[A-Z]{2} - [A-Z][\w .-]+|(?:fully )?remote(?:\b.{0,30})?|hybrid\b.{0,30}|on-?site|multiple locations|\d+ locations|[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2},\s*[A-Z][\w'’.-]+(?: [A-Z][\w'’.-]+){0,2}|teletrabajo|remoto|a distance|teletravail|homeoffice|home office|híbrido|hybride?)$",
    re.IGNORECASE,
)
REQUISITION = re.compile(
    r"(?:\b(?:req(?:uisition)?|job|ref(?:erence|erenz|erencia)?|posting|id|position|vacancy|kennziffer|código|codigo|référence|stellen-?id|job-?id)\b[ .]*(?:id|no|number|nr|#|n°)?[ .:#]*)([A-Z]{0,6}[-_]?\d[\w./-]{2,})|^#?\s*((?-i:[A-Z]{1,6} )\d{3,}[\w-]*|[A-Z]{1,6}[-_]?\d{3,}[\w-]*|\d{4,}(?:[-_]\w+)*)$|^#\s*([A-Z]{0,6}[-_/]?\d[\w/.-]*)$",
    re.IGNORECASE,
)
