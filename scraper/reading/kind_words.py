"""The words by which pages that are no list name themselves, in English, Spanish, French, German, Portuguese.

Written for `stage_text.plain`: lower case, no accents, straight quotes. The order of `NOTICES` matters: a
page that says "wrong password, your account is now locked" is locked.
"""

from __future__ import annotations

import re

from scraper.model import PageKind


def _any(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


_WORD = (
    r"(?:password|passwort|kennwort|contrasena|clave|mot de passe|senha|palavra-passe|pass ?code|passcode)"
)
_NAME = (
    r"(?:user ?name|user id|e-?mail(?: address)?|login|log-in|sign-in|account|credentials?|benutzername|benutzerdaten"
    r"|zugangsdaten|anmeldedaten|usuario|correo(?: electronico)?|credenciales|identifiants?|adresse e-?mail|courriel"
    r"|usuario|utilizador|credenciais|combination|dados de acesso)"
)

NOTICES: dict[PageKind, re.Pattern[str]] = {
    PageKind.LOCKED: _any(
        r"\b(?:account|profile|access|user|login)\b[^¦.]{0,40}\b(?<!before your account )(?:is|was|has been|have been|been|temporarily|now) (?:temporarily )?(?:locked|suspended|disabled|blocked|deactivated)",
        r"\block(?:ed)? out of your account|\byou (?:are|have been) locked out|account (?:lockout|locked)|locked your account",
        r"too many (?:failed|unsuccessful|invalid|incorrect|login|log-in|sign-?in|attempts|wrong)",
        r"maximum number of (?:failed |login |sign-?in |unsuccessful )*attempts",
        r"cuenta (?:(?:ha sido|esta|fue|se encuentra) )?(?:temporalmente )?(?:bloquead|suspendid|deshabilitad|inhabilitad)|demasiados intentos",
        r"compte (?:(?:a ete|est|utilisateur) )*(?:temporairement )?(?:verrouille|bloque|suspendu|desactive)|trop de tentatives",
        r"(?:konto|zugang|account|benutzerkonto)[^¦.]{0,30} (?:gesperrt|blockiert|deaktiviert)|zu viele (?:fehlgeschlagene |fehlversuche|versuche|anmeldeversuche|ungultige )",
        r"conta (?:(?:foi|esta|se encontra) )?(?:temporariamente )?(?:bloquead|suspens|desativad)|muitas tentativas|demasiadas tentativas|numero maximo de tentativas",
    ),
    PageKind.PASSWORD_EXPIRED: _any(
        r"password (?:has |is |was )?(?:now )?expired|expired password|password (?:has )?(?:to|must|needs? to) be (?:changed|reset|updated)|(?:must|need to|have to|required to|please) (?:change|reset|update|renew) your (?:current |old |expired )?password",
        r"your password is (?:too old|no longer valid|out of date)|time to (?:change|update) your password|choose a new password to continue",
        r"(?:contrasena|clave) (?:ha |esta |se encuentra )?(?:caducad|expirad|vencid|expiro|caduco|vencio)|(?:debe|debes|tiene que|es necesario) (?:cambiar|actualizar|renovar|restablecer) (?:su|tu|la) (?:contrasena|clave)",
        r"mot de passe (?:a |est |arrive a )?(?:expire|perime|expiration)|(?:devez|veuillez|vous faut) (?:changer|modifier|renouveler|reinitialiser|mettre a jour) (?:de|votre) mot de passe",
        r"(?:passwort|kennwort)[^¦.]{0,30} (?:abgelaufen|nicht mehr gultig)|(?:passwort|kennwort) (?:muss|mussen)[^¦.]{0,30} (?:geandert|erneuert|zuruckgesetzt)|(?:mussen|bitte)[^¦.]{0,20} (?:ihr|das|dein) (?:passwort|kennwort) (?:andern|erneuern|zurucksetzen)",
        r"(?:senha|palavra-passe) (?:expirou|expirada|esta expirada|venceu|vencida|caducou)|(?:deve|precisa|necessario) (?:alterar|trocar|atualizar|redefinir) (?:a )?(?:sua )?(?:senha|palavra-passe)",
    ),
    PageKind.WRONG_PASSWORD: _any(
        rf"(?:incorrect|invalid|wrong|bad) {_NAME}?[^¦.]{{0,30}}{_WORD}|(?:incorrect|invalid|wrong|bad) (?:{_NAME})\b(?! (?:address )?format)",
        rf"{_WORD}[^¦.]{{0,40}}(?:is |was |are |were |you entered |that you entered |entered )*(?:incorrect|invalid|wrong|not (?:correct|valid|right|recogni[sz]ed)|did(?: not|n't) match|do(?:es)?(?: not|n't) match)",
        rf"{_NAME}[^¦.]{{0,40}}(?:is |was |are |were )(?:incorrect|invalid|wrong|not (?:correct|valid|recogni[sz]ed))",
        r"(?:could not|couldn't|can't|cannot|unable to|were unable to) (?:sign|log) you in|(?:do not|don't|did not|didn't|does not|doesn't) (?:recogni[sz]e|match our records|match any)|no account (?:was )?found|login (?:has )?failed|sign-?in failed|log-?in unsuccessful|authentication failed|logon failed",
        r"(?:contrasena|clave|usuario|credenciales|correo)[^¦.]{0,50}(?:incorrect|invalid|erronea|errone|no (?:son|es) (?:valid|correct)|no coincide|equivocad)|(?:inicio de sesion|autenticacion) (?:fallid|incorrect)|no (?:hemos podido|pudimos|se pudo) iniciar",
        r"(?:mot de passe|identifiant|e-?mail|nom d'utilisateur|informations de connexion)[^¦.]{0,50}(?:incorrect|invalide|errone|ne correspond)|(?:identifiants? |mot de passe )(?:et/ou |ou )?[^¦.]{0,20}(?:incorrect|invalide|errone)|echec (?:de (?:la |l')?)?(?:connexion|authentification)",
        r"(?:passwort|kennwort|benutzername|zugangsdaten|anmeldedaten|e-mail)[^¦.]{0,50}(?:falsch|ungultig|inkorrekt|nicht korrekt|stimmt nicht|nicht gultig|fehlerhaft|nicht richtig)|(?:falsche[srn]?|ungultige[srn]?) (?:passwort|kennwort|benutzername|zugangsdaten|anmeldedaten|e-mail)|anmeldung (?:ist )?(?:fehlgeschlagen|nicht erfolgreich)|login fehlgeschlagen",
        r"(?:senha|palavra-passe|usuario|utilizador|credenciais|e-?mail)[^¦.]{0,50}(?:incorret|invalid|errad|nao confere|nao corresponde|nao coincide)|falha (?:no login|na autenticacao|ao entrar)|(?:login|acesso) (?:falhou|invalido)",
    ),
    PageKind.CODE: _any(
        r"\b(?:enter|type|input|provide|use|submit|confirm)\b[^¦.]{0,40}\b(?:(?:verification|one-time|one time|security|6-digit|six-digit|6 digit|confirmation|authentication|access|single-use|sign-?in|login)[ -]?(?:pass)?(?:code|pin|word)|passcode|otp)\b",
        r"(?:verification|one-time|one time|security|authenticator|authentication|single-use|temporary) (?:pass)?(?:code|pin|password)\b|(?:two|2)[ -](?:step|factor) (?:verification|authentication)|multi-?factor|we(?:'ve| have)? (?:just )?(?:sent|e-?mailed|texted) (?:you )?(?:a|an|your|the)[^¦.]{0,30}code|code (?:was |has been |we )?sent (?:to|by)|enter the code|authenticator app",
        r"codigo (?:de (?:verificacion|seguridad|acceso|un solo uso|confirmacion|autenticacion|6 digitos|seis digitos)|que (?:te|le) (?:hemos enviado|enviamos))|verificacion en dos pasos|(?:introduc|ingres|escrib)[^¦.]{0,20} (?:el|tu|su) codigo|doble factor",
        r"code (?:de (?:verification|securite|confirmation|validation|connexion)|a usage unique|a (?:6|six) chiffres|recu|que nous (?:vous )?avons envoye)|(?:saisi|entr)[^¦.]{0,20} (?:le|votre) code|(?:double authentification|authentification a deux facteurs|verification en deux etapes)",
        r"(?:bestatigungs|sicherheits|verifizierungs|einmal|zugangs|authentifizierungs|prufungs)-?(?:code|passwort|kennwort|pin)|(?:zwei|2)-(?:faktor|stufen|schritt)|code (?:eingeben|ein,|wurde|haben wir)|geben sie (?:den|ihren)[^¦.]{0,30}code",
        r"codigo (?:de (?:verificacao|seguranca|acesso|confirmacao|uso unico|autenticacao)|que enviamos|enviado)|verificacao em (?:duas|dois) (?:etapas|passos|fatores)|(?:digite|insira|introduza|informe)[^¦.]{0,20} codigo",
    ),
    PageKind.CAPTCHA: _any(
        r"(?:verify|confirm|prove|verifying|check|checking)[^¦.]{0,20}(?:that )?you(?:'re| are)?[^¦.]{0,12}(?:human|not a (?:ro)?bot|a person|real person)|are you (?:a )?(?:human|robot)|i'?m not a robot|you are not a robot|human verification|complete the (?:security check|captcha|challenge|puzzle)|security check to access|press (?:and|&) hold|solve the (?:captcha|puzzle)|checking your browser|just a moment|select all (?:images|squares)|enter the (?:characters|text) (?:you see|shown|in the image)|\bcaptcha\b",
        r"(?:verifi|confirm|demuestr|comprueb)[^¦.]{0,20}(?:que )?(?:eres|es|no eres|no es)[^¦.]{0,12}(?:human|robot|persona)|no soy un robot|comprobacion de seguridad|verificacion humana",
        r"(?:verifi|confirm|prouv)[^¦.]{0,24}(?:que )?vous (?:etes|n'etes)[^¦.]{0,15}(?:humain|robot)|je ne suis pas un robot|controle de securite|verification (?:de securite|humaine)",
        r"(?:bestatigen|beweisen|verifizieren|prufen)[^¦.]{0,30}(?:mensch|kein (?:ro)?bot)|ich bin kein roboter|sicherheitsuberprufung|sicherheitsabfrage|sind sie ein mensch",
        r"(?:verifi|confirm|prov|comprov)[^¦.]{0,20}(?:que )?(?:voce )?(?:e|nao e)[^¦.]{0,8}(?:human|um robo|uma pessoa)|nao sou um robo|verificacao (?:de seguranca|humana)",
    ),
    PageKind.SESSION_EXPIRED: _any(
        r"session (?:has |have |is |was )?(?:now |been )?(?:expired|timed out|time out|timeout|ended|invalid|terminated|closed|no longer)|(?:signed|logged) (?:you )?out(?: automatically)?(?: due to| because of| after| for)|you(?:'ve| have)? (?:been|were|are) (?:automatically )?(?:now )?(?:signed|logged|timed) out|session timeout|session expired|due to inactivity|log ?in again to continue|sign in again to continue|no longer (?:signed|logged) in",
        r"sesion (?:ha |se ha )?(?:caducad|expirad|finalizad|cerrad|terminad|vencid|expiro|caduco|vencio)|inactividad",
        r"session (?:a |est |s'est )?(?:expiree?(?! (?:dans|a|le)\b)|terminee|interrompue)|(?:avez ete|etes) deconnecte|inactivite|delai de session",
        r"(?:sitzung|session)[^¦.]{0,20} (?:abgelaufen|beendet|ungultig|unterbrochen)|(?:automatisch )?abgemeldet|inaktivitat|zeituberschreitung",
        r"sessao (?:expirou|expirada|encerrada|terminou|terminada|foi encerrada|esgotada)|inatividade",
    ),
    PageKind.MAINTENANCE: _any(
        r"(?:scheduled|planned|routine|emergency|system|undergoing|under|down for|site|performing|currently in) (?:site |system |scheduled |planned |routine )?maintenance|maintenance (?:mode|in progress|window|break)|temporarily (?:unavailable|offline|down|out of service)|(?:site|service|system|page|portal|application) is (?:currently |temporarily )?(?:unavailable|down|offline|not available)|be(?:ing)? (?:right )?back (?:soon|shortly|later)|we'll be back|service unavailable|(?:503|502|500|504)\b[^¦]{0,30}(?:error|unavailable|gateway|server)|internal server error|bad gateway|gateway time-?out|technical difficulties|something went wrong on our (?:end|side)|experiencing (?:technical|some)",
        r"(?:esta|estamos|sitio|portal|pagina|web|sistema|actualmente) en mantenimiento|por (?:tareas de |labores de )?mantenimiento|(?:tareas|labores) de mantenimiento|mantenimiento (?:programado|del sistema)|temporalmente (?:no disponible|fuera de servicio)|no (?:esta|se encuentra) disponible (?:temporalmente|en este momento)|servicio no disponible|volvemos (?:pronto|enseguida)|volveremos|problemas tecnicos",
        r"(?:est|site|portail|service|page|serveur|actuellement|plateforme) (?:actuellement )?en maintenance|(?:operation|travaux|periode|fenetre) de maintenance|maintenance (?:en cours|programmee|planifiee|du site|technique)|temporairement (?:indisponible|hors service)|(?:site|service|page|portail)[^¦.]{0,30} indisponible|momentanement indisponible|de retour (?:bientot|tres vite)|difficultes techniques|revenons bientot",
        r"wartungsarbeiten|wartungsmodus|(?:wegen|geplante|in) wartung|gewartet|(?:vorubergehend|derzeit|momentan|zurzeit|zur zeit)[^¦.]{0,30}nicht (?:verfugbar|erreichbar)|technische (?:probleme|storung|schwierigkeiten)|(?:gleich|bald|in kurze) wieder (?:da|fur sie|verfugbar|erreichbar)|dienst nicht verfugbar",
        r"(?:esta|estamos|site|sistema|portal|pagina) em manutencao|(?:em|para) manutencao (?:programada|no momento)|manutencao (?:programada|do sistema)|temporariamente (?:indisponivel|fora do ar)|(?:site|sistema|servico|portal)[^¦.]{0,20}(?:indisponivel|fora do ar)|voltamos (?:logo|em breve)|voltaremos|problemas tecnicos|dificuldades tecnicas",
    ),
    PageKind.BLOCKED: _any(
        r"access (?:to this (?:page|site|resource) )?(?:is |has been |was )?(?:denied|blocked|forbidden|restricted)|you(?:'ve| have)? been blocked|(?:403|401|429)\b[^¦]{0,20}(?:forbidden|unauthorized|too many|error)|\bforbidden\b|request (?:was |has been |could not be )?(?:blocked|rejected|denied|satisfied)|unusual (?:traffic|activity)|too many requests|automated (?:access|traffic|requests|queries)|suspicious (?:activity|traffic)|rate limit|ray id|pardon our interruption|not authori[sz]ed to (?:access|view)|don't have permission|do not have permission|blocked by",
        r"acceso (?:denegado|bloqueado|restringido|prohibido)|has sido bloqueado|trafico inusual|demasiadas (?:solicitudes|peticiones)|actividad sospechosa",
        r"acces (?:refuse|bloque|interdit|restreint)|vous avez ete bloque|trafic inhabituel|trop de requetes|activite suspecte",
        r"zugriff (?:verweigert|gesperrt|blockiert|nicht erlaubt)|zugang verweigert|sie wurden (?:blockiert|gesperrt)|ungewohnliche[rn]? (?:datenverkehr|zugriffe|aktivitat)|zu viele anfragen|verdachtige aktivitat",
        r"acesso (?:negado|bloqueado|proibido|restrito)|voce foi bloqueado|trafego incomum|muitas (?:solicitacoes|requisicoes)|demasiados pedidos|atividade suspeita",
    ),
    PageKind.TERMS: _any(
        r"(?:accept|agree to|review|read|consent to|acknowledge)[^¦.]{0,40}(?:terms|privacy (?:policy|statement|notice|agreement)|conditions|data (?:privacy|protection|processing))[^¦.]{0,60}(?:continue|proceed|before|accept|agree|access|required|to use)|(?:updated|changed|new|revised) (?:our |the )?(?:terms|privacy (?:policy|statement|notice))|(?:terms|privacy (?:policy|statement|notice|agreement))[^¦]{0,60}(?:have changed|has changed|been updated|must be accepted|to continue|i accept|i agree)|must (?:accept|agree)|data privacy (?:statement|consent)|privacy agreement",
        r"(?:acept|consient|lee)[^¦.]{0,40}(?:terminos|condiciones|politica de privacidad|aviso de privacidad|proteccion de datos)[^¦]{0,60}|(?:hemos actualizado|nuevos|actualizacion de)[^¦.]{0,30}(?:terminos|condiciones|politica|privacidad)",
        r"(?:accept|consult|approuv|lire|prendre connaissance)[^¦.]{0,40}(?:conditions|politique de confidentialite|charte|protection des donnees|mentions)[^¦]{0,60}|(?:nouvelles|mise a jour (?:de|des)|mis a jour)[^¦.]{0,30}(?:conditions|politique|charte|confidentialite)",
        r"(?:nutzungsbedingungen|datenschutz(?:erklarung|bestimmungen|hinweise|vereinbarung)?|geschaftsbedingungen|agb|bedingungen)[^¦]{0,60}(?:akzeptieren|zustimmen|bestatigen|aktualisiert|geandert|einwilligen)|(?:akzeptieren|zustimmen|stimmen sie)[^¦.]{0,40}(?:bedingungen|datenschutz|agb)|(?:neue|aktualisierte|geanderte) (?:nutzungsbedingungen|datenschutz)",
        r"(?:aceit|concord|leia)[^¦.]{0,40}(?:termos|condicoes|politica de privacidade|aviso de privacidade|protecao de dados)[^¦]{0,60}|(?:atualizamos|novos|atualizacao d)[^¦.]{0,30}(?:termos|politica|privacidade|condicoes)",
    ),
}

BLOCKED = NOTICES[PageKind.BLOCKED]

EMPTY = _any(
    r"you (?:have not|haven't|did not|didn't)(?: yet| currently)? (?:applied|submitted|made|sent|started|completed)\b(?! (?:to|for) (?:this|the|that))(?: yet)?(?: (?:for|to) any| any| an?)?(?: job| position| application)?",
    r"you (?:have|'ve|currently have) (?:no|0|zero)(?: \w+){0,3} (?:applications?|submissions?|job applications)|(?:don't|do not) (?:currently |yet )?have any (?:\w+ ){0,3}(?:applications?|submissions?|applied)",
    r"\bno (?:\w+ ){0,2}(?:applications?|submissions?)(?: (?:found|yet|to (?:show|display)|submitted|on file|available|have been|were|at this time|here|in progress|exist))|\b0 (?:job |active |submitted |total )?(?:applications|submissions)\b|(?:applications|submissions) ?[:(] ?0\b|no applications\b|haven't applied|not applied (?:to|for) any|when you apply[^¦.]{0,40}(?:will (?:appear|show|be listed)|appear here)|applications? you (?:submit|make)[^¦.]{0,20}will (?:appear|show|be)|nothing (?:here|to (?:show|see))",
    r"(?:aun|todavia) no (?:te has|se ha|has|ha|tienes|tiene|hay|cuentas|cuenta)[^¦.]{0,30}(?:postul|inscri|aplicad|solicit|candidatur|enviad)|no (?:tienes|tiene|hay|existen|cuentas con|has enviado|se (?:han )?encontr\w+)[^¦.]{0,25}(?:candidaturas?|solicitud(?:es)?|postulaci\w+|inscripci\w+)|0 (?:candidaturas|solicitudes|postulaciones|inscripciones)|ninguna (?:candidatura|solicitud|postulacion|inscripcion)",
    r"(?:n'avez|n'as)(?: pas| encore| pas encore| aucune?)+[^¦.]{0,30}(?:postule|candidat|envoye|soumis)|aucune (?:candidature|demande)|0 candidature|pas (?:encore )?de candidature",
    r"(?:noch|derzeit|aktuell|bisher|momentan)? ?keine (?:\w+ )?bewerbung|(?:noch|bisher) nicht beworben|0 bewerbungen|es (?:liegen|gibt|wurden|sind)[^¦.]{0,20}keine bewerbung|noch (?:auf )?keine stelle",
    r"(?:ainda )?nao (?:se candidatou|possui|tem|ha|existem|enviou|foram encontradas|encontramos|realizou|fez)[^¦.]{0,25}(?:candidatur|inscric|vaga)|ainda nao se candidatou|nenhuma (?:candidatura|inscricao)|0 (?:candidaturas|inscricoes)|sem candidaturas",
)
"""A positive mark that the person has applied for nothing here; silence is never one."""

SIGN_IN = _any(
    r"\b(?:sign|log) ?-?in\b|\blogin\b|log on|logon|enter your e-?mail|welcome back",
    r"iniciar sesion|inicia sesion|acceder|identificate|ingresar|ingresa a tu cuenta|acceso (?:candidatos|usuarios)",
    r"se connecter|connexion|connectez-vous|identifiez-vous|espace candidat",
    r"anmelden|anmeldung|einloggen|log-in",
    r"\bentrar\b|acessar|fazer login|faca login|iniciar sessao|aceder",
)

JOB_LIST = _any(
    r"(?:search|find|browse|view|explore|see)(?: \w+){0,2} (?:jobs|openings|careers|vacancies|positions|opportunities)|(?:open|current|available|latest|all|featured|new) (?:jobs|positions|openings|vacancies|opportunities|roles)|job (?:search|openings|opportunities|listings|results|board)|jobs? (?:found|match|results)|\d+ (?:open )?(?:jobs|positions|openings|vacancies|results)\b|search results|jobs (?:in|at|near|for) \w|(?:saved|recommended|similar|suggested) (?:jobs|positions)|jobs (?:you may|for you|recommended)|career opportunities|join our team|vacancies",
    r"(?:ofertas|vacantes|puestos|oportunidades)(?: de (?:empleo|trabajo))?(?: \w+){0,2}|empleos (?:en|de|disponibles)|buscar (?:empleo|trabajo|ofertas)|resultados de (?:la )?busqueda|trabaja con nosotros",
    r"offres? d'emploi|nos offres|(?:rechercher|trouver|consulter)[^¦.]{0,20}(?:offres|emploi|poste)|postes (?:ouverts|a pourvoir|disponibles)|resultats de (?:la )?recherche|rejoignez",
    r"stellen(?:angebote|suche|anzeigen|ausschreibungen|markt|borse)|offene (?:stellen|positionen)|jobs (?:finden|suchen|in)|jobsuche|suchergebnisse|aktuelle (?:stellen|jobs)|karriere",
    r"vagas(?: \w+)?|oportunidades(?: de emprego)?|(?:buscar|procurar|pesquisar|encontr)[^¦.]{0,15}(?:vagas|emprego)|ofertas de emprego|resultados da (?:pesquisa|busca)|trabalhe conosco",
)
