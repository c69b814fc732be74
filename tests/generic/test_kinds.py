"""Kinds of pages on portals nobody wrote a module for: named by their own words, in five languages."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from scraper.model import PageKind, PageSnapshot
from scraper.reading.page import parse_page

FORM = "<form><label for=u>{0}</label><input id=u type=email name=user><label for=p>{1}</label><input id=p type=password><button>{2}</button></form>"
EN = FORM.format("E-mail", "Password", "Sign in")
LIST = "<h1>My applications</h1><table><tr><th>Job<th>Status<tr><td>Welder<td>Under review<tr><td>Painter<td>Not selected</table>"

PAGES: dict[str, tuple[PageKind, str]] = {
    "login-en": (PageKind.LOGIN, f"<h1>Sign in</h1>{EN}<a href=/f>Forgot your password?</a>"),
    "login-es": (PageKind.LOGIN, f"<h1>Iniciar sesión</h1>{FORM.format('Correo', 'Contraseña', 'Entrar')}<a href=/f>¿Has olvidado tu contraseña?</a>"),
    "login-fr": (PageKind.LOGIN, f"<h1>Connexion</h1>{FORM.format('Courriel', 'Mot de passe', 'Se connecter')}<a href=/f>Mot de passe oublié ?</a>"),
    "login-de": (PageKind.LOGIN, f"<h1>Anmelden</h1>{FORM.format('E-Mail', 'Passwort', 'Anmelden')}<a href=/f>Passwort vergessen?</a>"),
    "login-pt": (PageKind.LOGIN, f"<h1>Entrar</h1>{FORM.format('E-mail', 'Senha', 'Entrar')}<a href=/f>Esqueceu a senha?</a>"),
    "login-email-first": (PageKind.LOGIN, "<h1>Sign in</h1><p>Enter your e-mail to continue</p><form><input type=email name=email><button>Next</button></form>"),
    "login-with-captcha": (PageKind.LOGIN, f'<h1>Log in</h1>{EN}<div class="g-recaptcha" data-size="normal"></div>'),
    "wrong-en": (PageKind.WRONG_PASSWORD, f"<h1>Sign in</h1><div class=error>The username or password you entered is incorrect.</div>{EN}"),
    "wrong-en-2": (PageKind.WRONG_PASSWORD, f"<h1>Sign in</h1><p role=alert>Invalid credentials. Please try again.</p>{EN}"),
    "wrong-en-3": (PageKind.WRONG_PASSWORD, f"<h1>Sign in</h1><p role=alert>We couldn't sign you in. Check your e-mail and password.</p>{EN}"),
    "wrong-es": (PageKind.WRONG_PASSWORD, f"<div class=alert>Usuario o contraseña incorrectos</div>{FORM.format('Correo', 'Contraseña', 'Entrar')}"),
    "wrong-fr": (PageKind.WRONG_PASSWORD, f"<div class=alert>Identifiant ou mot de passe incorrect</div>{FORM.format('Courriel', 'Mot de passe', 'Se connecter')}"),
    "wrong-de": (PageKind.WRONG_PASSWORD, f"<div class=alert>Benutzername oder Passwort ist falsch.</div>{FORM.format('E-Mail', 'Passwort', 'Anmelden')}"),
    "wrong-pt": (PageKind.WRONG_PASSWORD, f"<div class=alert>E-mail ou senha incorretos.</div>{FORM.format('E-mail', 'Senha', 'Entrar')}"),
    "locked-en": (PageKind.LOCKED, f"<div class=error>Your account has been locked after too many failed attempts.</div>{EN}"),
    "locked-es": (PageKind.LOCKED, "<h1>Cuenta bloqueada</h1><p>Su cuenta ha sido bloqueada temporalmente.</p>"),
    "locked-fr": (PageKind.LOCKED, "<p role=alert>Votre compte est verrouillé. Réessayez dans 30 minutes.</p>"),
    "locked-de": (PageKind.LOCKED, "<p role=alert>Ihr Konto wurde gesperrt.</p>"),
    "locked-pt": (PageKind.LOCKED, "<p role=alert>Sua conta foi bloqueada por excesso de tentativas.</p>"),
    "expired-password-en": (PageKind.PASSWORD_EXPIRED, "<h1>Your password has expired</h1><form><input type=password name=new><input type=password name=again><button>Save</button></form>"),
    "expired-password-es": (PageKind.PASSWORD_EXPIRED, "<h1>Tu contraseña ha caducado</h1>"),
    "expired-password-fr": (PageKind.PASSWORD_EXPIRED, "<h1>Votre mot de passe a expiré</h1>"),
    "expired-password-de": (PageKind.PASSWORD_EXPIRED, "<h1>Ihr Passwort ist abgelaufen</h1>"),
    "expired-password-pt": (PageKind.PASSWORD_EXPIRED, "<h1>Sua senha expirou</h1>"),
    "code-en": (PageKind.CODE, "<h1>Check your e-mail</h1><p>Enter the 6-digit code we sent to d…@example.org</p><input name=code inputmode=numeric>"),
    "code-field": (PageKind.CODE, "<h1>One more step</h1><input autocomplete=one-time-code>"),
    "code-es": (PageKind.CODE, "<h1>Código de verificación</h1><p>Introduce el código que te hemos enviado.</p><input name=c>"),
    "code-fr": (PageKind.CODE, "<h1>Vérification en deux étapes</h1><p>Saisissez le code reçu par e-mail.</p><input name=c>"),
    "code-de": (PageKind.CODE, "<h1>Bestätigungscode eingeben</h1><input name=c>"),
    "code-pt": (PageKind.CODE, "<h1>Digite o código de verificação</h1><input name=c>"),
    "captcha-en": (PageKind.CAPTCHA, "<h1>Verify you are human</h1><div class=cf-turnstile></div>"),
    "captcha-widget": (PageKind.CAPTCHA, "<p>One moment</p><div class=h-captcha></div>"),
    "captcha-es": (PageKind.CAPTCHA, "<h1>Verifica que eres humano</h1>"),
    "captcha-fr": (PageKind.CAPTCHA, "<h1>Vérifiez que vous êtes humain</h1>"),
    "captcha-de": (PageKind.CAPTCHA, "<h1>Bestätigen Sie, dass Sie ein Mensch sind</h1>"),
    "captcha-pt": (PageKind.CAPTCHA, "<h1>Confirme que você é humano</h1>"),
    "terms-en": (PageKind.TERMS, "<h1>Updated terms of use</h1><p>Please review and accept the terms to continue.</p><button>I accept</button>"),
    "terms-privacy": (PageKind.TERMS, "<h1>Privacy Agreement</h1><p>You must accept the data privacy statement before you proceed.</p><button>Accept</button>"),
    "terms-es": (PageKind.TERMS, "<h1>Hemos actualizado los términos y condiciones</h1><p>Acepta los términos para continuar.</p><button>Aceptar</button>"),
    "terms-fr": (PageKind.TERMS, "<h1>Nouvelles conditions d'utilisation</h1><p>Vous devez accepter les conditions pour continuer.</p>"),
    "terms-de": (PageKind.TERMS, "<h1>Neue Nutzungsbedingungen</h1><p>Bitte akzeptieren Sie die Bedingungen, um fortzufahren.</p>"),
    "terms-pt": (PageKind.TERMS, "<h1>Novos termos de uso</h1><p>Aceite os termos para continuar.</p>"),
    "session-en": (PageKind.SESSION_EXPIRED, f"<h1>Your session has expired</h1><p>Please sign in again.</p>{EN}"),
    "session-idle": (PageKind.SESSION_EXPIRED, "<h1>Signed out</h1><p>You have been signed out due to inactivity.</p><a href=/login>Sign in</a>"),
    "session-es": (PageKind.SESSION_EXPIRED, "<h1>Su sesión ha caducado</h1>"),
    "session-fr": (PageKind.SESSION_EXPIRED, "<h1>Votre session a expiré</h1>"),
    "session-de": (PageKind.SESSION_EXPIRED, "<h1>Ihre Sitzung ist abgelaufen</h1>"),
    "session-pt": (PageKind.SESSION_EXPIRED, "<h1>Sua sessão expirou</h1>"),
    "maintenance-en": (PageKind.MAINTENANCE, "<h1>We'll be back soon</h1><p>The site is undergoing scheduled maintenance.</p>"),
    "maintenance-503": (PageKind.MAINTENANCE, "<h1>503 Service Unavailable</h1>"),
    "maintenance-es": (PageKind.MAINTENANCE, "<h1>Sitio en mantenimiento</h1>"),
    "maintenance-fr": (PageKind.MAINTENANCE, "<h1>Site en maintenance</h1><p>Le service est momentanément indisponible.</p>"),
    "maintenance-de": (PageKind.MAINTENANCE, "<h1>Wartungsarbeiten</h1><p>Wir sind bald wieder da.</p>"),
    "maintenance-pt": (PageKind.MAINTENANCE, "<h1>Site em manutenção</h1>"),
    "blocked-en": (PageKind.BLOCKED, "<h1>Access denied</h1><p>You don't have permission to access this page.</p>"),
    "blocked-traffic": (PageKind.BLOCKED, "<h1>Sorry</h1><p>We have detected unusual traffic from your network.</p>"),
    "blocked-es": (PageKind.BLOCKED, "<h1>Acceso denegado</h1>"),
    "blocked-fr": (PageKind.BLOCKED, "<h1>Accès refusé</h1>"),
    "blocked-de": (PageKind.BLOCKED, "<h1>Zugriff verweigert</h1>"),
    "blocked-pt": (PageKind.BLOCKED, "<h1>Acesso negado</h1>"),
    "list-under-a-banner": (PageKind.APPLICATIONS, f"<div class=banner role=alert>Scheduled maintenance on Sunday from 2 to 4.</div>{LIST}"),
    "list-with-terms-in-the-footer": (PageKind.APPLICATIONS, f"{LIST}<p>By using this site you accept the terms and the privacy policy to continue.</p>"),
    "list-with-a-captcha-badge": (PageKind.APPLICATIONS, f'{LIST}<div class="g-recaptcha" data-size="invisible"></div>'),
    "detail": (PageKind.DETAIL, "<h1>Senior Welder</h1><h2>Application details</h2><dl><dt>Status</dt><dd>Interview scheduled</dd><dt>Date applied</dt><dd>05/05/2026</dd></dl>"),
    "empty-words": (PageKind.EMPTY, "<h1>My applications</h1><p>No applications found</p>"),
    "empty-count": (PageKind.EMPTY, "<h1>Applications (0)</h1><a href=/jobs>Find a job</a>"),
    "nothing-said": (PageKind.OTHER, "<h1>My applications</h1><div class=spinner></div>"),
    "thanks": (PageKind.OTHER, "<h1>Thank you</h1><p>Your settings were saved.</p>"),
}  # fmt: skip


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_what_it_says(name: str) -> None:
    kind, body = PAGES[name]
    html = f"<html><head><title>Candidate portal</title></head><body><main>{body}</main></body></html>"
    snapshot = PageSnapshot(
        url="https://apply.example.org/x", html=html, captured_at=datetime(2026, 9, 20, tzinfo=UTC)
    )
    assert parse_page(snapshot).kind is kind


def test_silence_is_never_empty() -> None:
    """A page that shows nothing yet, or not everything, must not be taken for "no applications"."""
    for html in (
        "",
        "<html></html>",
        "<h1>My applications</h1>",
        "<h1>My applications</h1><p hidden>No applications</p>",
        "<p>You have not applied to this job yet</p>",
    ):
        snapshot = PageSnapshot(
            url="https://apply.example.org/x", html=html, captured_at=datetime(2026, 9, 20, tzinfo=UTC)
        )
        assert parse_page(snapshot).kind is not PageKind.EMPTY, html
