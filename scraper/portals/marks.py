"""Marks of pages that look alike on many portals: codes, captchas, expiry, maintenance.

A mark is CSS that holds in the live page (Playwright) and in the saved one alike; only visible elements count.
The words are the sites' own. A portal names its own marks first and adds these; its list marks come before
them, because a page that shows the list is a list whatever else it says.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from scraper.model import PageKind

ALERTS = ("[role=alert]", "[aria-live=assertive]")
TEXTS = ("h1", "h2", "h3", "p", "[role=alert]", "[role=dialog]")


def says(places: Sequence[str], *words: str) -> str:
    """CSS for elements at any of the places that hold any of the words (any letter case)."""
    return ", ".join(f'{place}:has-text("{text}")' for place in places for text in words)


CODE = "input[autocomplete=one-time-code], " + says(
    ("label", "h1", "h2"), "verification code", "one-time code", "security code"
)
# The small badge of the invisible kind is on every page and asks nobody anything.
CAPTCHA = (
    ".g-recaptcha:not([data-size=invisible]), .h-captcha:not([data-size=invisible]), "
    "iframe[title*=challenge], iframe[title*=captcha i], iframe[src*='challenges.cloudflare.com']"
)
PASSWORD_EXPIRED = says(TEXTS, "password has expired", "password expired", "must change your password")
LOCKED = says(ALERTS, "account is locked", "account has been locked", "too many failed", "locked out")
TERMS = says(
    ("h1", "h2", "p", "[role=dialog]"),
    "terms and conditions have changed",
    "updated terms",
    "accept the updated terms",
    "accept the terms to continue",
)
SESSION_EXPIRED = says(
    TEXTS, "session has expired", "session expired", "session has timed out", "you have been signed out"
)
MAINTENANCE = says(
    ("h1", "h2", "p"),
    "scheduled maintenance",
    "under maintenance",
    "temporarily unavailable",
    "currently unavailable",
)
BLOCKED = says(("h1", "h2"), "access denied", "you have been blocked", "unusual traffic", "request blocked")

# For portals whose empty page nobody has described: the words such pages use. Rows, where there are any, win.
NO_APPLICATIONS = says(
    ("h1", "h2", "h3", "h4", "p", "td", "[role=status]", "[class*=empty]", "[class*=no-results]"),
    "no applications",
    "no job applications",
    "no submitted applications",
    "not applied",
    "haven't applied",
    "not submitted any",
    "no submissions",
    "keine bewerbungen",
    "noch nicht beworben",
    "aucune candidature",
    "pas encore postulé",
    "ninguna solicitud",
    "ninguna postulación",
    "no tienes solicitudes",
    "no tiene solicitudes",
    "no tienes postulaciones",
    "no tiene postulaciones",
    "nenhuma candidatura",
    "nessuna candidatura",
    "geen sollicitaties",
)

# What the list of one's own applications is called, in the languages that portals speak.
MY_APPLICATIONS = (
    "my applications",
    "your applications",
    "meine bewerbungen",
    "ihre bewerbungen",
    "mes candidatures",
    "vos candidatures",
    "mis postulaciones",
    "mis solicitudes",
    "mis candidaturas",
    "sus solicitudes",
    "tus solicitudes",
    "minhas candidaturas",
    "le mie candidature",
    "mijn sollicitaties",
    "mine ansøgninger",
    "mine søknader",
    "mina ansökningar",
    "moje aplikacje",
)

COMMON: Mapping[PageKind, str] = {
    PageKind.PASSWORD_EXPIRED: PASSWORD_EXPIRED,
    PageKind.LOCKED: LOCKED,
    PageKind.SESSION_EXPIRED: SESSION_EXPIRED,
    PageKind.CODE: CODE,
    PageKind.CAPTCHA: CAPTCHA,
    PageKind.TERMS: TERMS,
    PageKind.BLOCKED: BLOCKED,
    PageKind.MAINTENANCE: MAINTENANCE,
}


def with_common(own: Mapping[PageKind, str], *, list_heading: str = "") -> dict[PageKind, str]:
    """A portal's marks in order: its own, the common ones, the sign-in form, and last the heading of the list.

    Where both have a kind, either mark names it. `list_heading` is for portals whose rows have no mark of their
    own: a heading alone says "applications" only if nothing else on the page says more.

    Raises KeyError for a portal that does not say how its sign-in form is known.
    """
    marks: dict[PageKind, str] = {kind: css for kind, css in own.items() if kind is not PageKind.LOGIN}
    for kind, css in COMMON.items():
        marks[kind] = f"{marks[kind]}, {css}" if kind in marks else css
    marks[PageKind.LOGIN] = own[PageKind.LOGIN]
    if list_heading:
        marks[PageKind.APPLICATIONS] = list_heading
    return marks
