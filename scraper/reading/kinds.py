"""What kind of page is this, on a portal nobody wrote a module for? Named by words and forms, in five languages.

A kind other than a list is only believed where the page itself says it: in its title, a heading, an alert or
a short page's text. A banner over a list ("maintenance on Sunday") does not hide the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bs4 import Tag

from scraper.model import PageKind
from scraper.reading.generic import read_generic
from scraper.reading.generic_atoms import left_out
from scraper.reading.generic_topics import COOKIES
from scraper.reading.generic_words import NOT_OWN, OWN_LIST
from scraper.reading.html import Page, attr
from scraper.reading.kind_words import EMPTY, JOB_LIST, NOTICES, SIGN_IN
from scraper.stage_text import plain

SHORT_PAGE = 1_500
"""Characters of visible text up to which the whole text counts as the page's message."""

_ALERTS = "[role=alert], [role=alertdialog], [aria-live=assertive], [role=dialog], [role=status], dialog"
_INVITES = re.compile(
    r"(?:apply now|apply|posted (?:on )?\d|posted|postular|inscribirme|bewerben|jetzt bewerben|postuler|candidatar|saved? \w+ \d)"
)
_JOB_ADDRESS = re.compile(r"job|vacanc|stelle|offre|vaga|empleo")
_NOTICE_CLASS = re.compile(
    r"(?:^|[-_ ])(?:error|alert|notice|warning|danger|message|feedback|toast|banner|invalid)", re.IGNORECASE
)


def generic_kind(page: Page) -> PageKind:
    """The kind of a page by meaning alone. Never raises; what says nothing is OTHER."""
    parts = [page, *page.frames]
    message = " ¦ ".join(text for part in parts for text in _message(part))
    heads = " ¦ ".join(text for part in parts for text in _heads(part))
    form = _password_fields(parts)
    named = _notice(message, parts, form)
    if named in (PageKind.WRONG_PASSWORD, PageKind.LOCKED, PageKind.PASSWORD_EXPIRED, PageKind.CODE):
        return named
    if form:
        return PageKind.SESSION_EXPIRED if named is PageKind.SESSION_EXPIRED else PageKind.LOGIN
    found = read_generic(page)
    if found.applications:
        return PageKind.DETAIL if found.detail else PageKind.APPLICATIONS
    if named is not None:
        return named
    everything = plain_text(page.text for page in parts)
    others = NOT_OWN.search(heads) is not None and OWN_LIST.search(NOT_OWN.sub(" ", heads)) is None
    if not others and EMPTY.search(everything):
        return PageKind.EMPTY
    if not others and _asks_to_sign_in(heads, parts):
        return PageKind.LOGIN
    if _lists_jobs(heads, parts):
        return PageKind.JOB_LIST
    return PageKind.OTHER


def plain_text(texts: Iterable[str]) -> str:
    """Texts of any length in the form the word lists are written in."""
    return " ¦ ".join(plain(text[at : at + 500]) for text in texts for at in range(0, len(text), 500))


def _heads(page: Page) -> list[str]:
    """What the page calls itself: its title and its headings outside of navigation and cookie bars."""
    said = [page.title]
    said += [
        page.text_of(tag)[:400] for tag in page.all("h1, h2, h3, [role=heading]") if not _aside(page, tag)
    ]
    return [plain_text([text]) for text in said if text]


def _aside(page: Page, tag: Tag) -> bool:
    """Does a tag stand in what is on every page: navigation, header, footer, side column, cookie bar?"""
    node: Tag | None = tag
    while node is not None and node.name not in ("body", "html", "[document]"):
        if left_out(node):
            return True
        if attr(node, "role") in ("dialog", "alertdialog") and "cookie" in page.text_of(node).casefold():
            return True
        node = node.parent
    return False


def _message(page: Page) -> list[str]:
    """What the page says of itself: title, headings, alerts; all of it where it says little. No cookie bars."""
    said = [page.title]
    tags = page.all(f"h1, h2, h3, [role=heading], {_ALERTS}")
    tags += page.named(_NOTICE_CLASS, "class")
    said += [page.text_of(tag)[:400] for tag in tags if not _about_cookies(page, tag)]
    if len(page.text) <= SHORT_PAGE:
        text = page.text
        dialogs = [tag for tag in page.all("[role=dialog]") if _about_cookies(page, tag)]
        for bar in (*page.named(COOKIES, "id", "class"), *dialogs):
            text = text.replace(page.text_of(bar), " ")
        said.append(text)
    return [plain_text([text]) for text in said if text]


def _about_cookies(page: Page, tag: Tag) -> bool:
    node: Tag | None = tag
    while node is not None and node.name not in ("body", "html", "[document]"):
        if COOKIES.search(f"{attr(node, 'id')} {attr(node, 'class')}") and node.name not in ("main", "form"):
            return True
        if attr(node, "role") in ("dialog", "alertdialog") and "cookie" in page.text_of(node).casefold():
            return True
        node = node.parent
    return False


def _password_fields(parts: list[Page]) -> int:
    return sum(len(part.all("input[type=password]")) for part in parts)


def _notice(message: str, parts: list[Page], form: int) -> PageKind | None:
    """The first kind whose words the message holds, or whose field the page shows."""
    if any(part.first("input[autocomplete=one-time-code]") is not None for part in parts) and not form:
        return PageKind.CODE
    for kind, words in NOTICES.items():
        if words.search(message):
            return kind
    widgets = ".g-recaptcha, .h-captcha, .cf-turnstile, iframe[title*=captcha i], iframe[src*='challenges.cloudflare.com']"
    if not form and any(part.first(widgets) is not None for part in parts) and _little_text(parts):
        return PageKind.CAPTCHA
    return None


def _little_text(parts: list[Page]) -> bool:
    return sum(len(part.text) for part in parts) < SHORT_PAGE


def _asks_to_sign_in(heads: str, parts: list[Page]) -> bool:
    """A sign-in page that asks for the e-mail only, or that has only buttons of other companies."""
    field = "input[type=email], input[autocomplete=username], input[autocomplete=email], input[name*=user i], input[name*=email i]"
    pressed = any(
        SIGN_IN.search(plain(part.spoken(tag))) and not _aside(part, tag)
        for part in parts
        for tag in part.all("button, [role=button], input[type=submit], a[href]")
        if len(part.spoken(tag)) <= 40
    )
    if not SIGN_IN.search(heads) and not pressed:
        return False
    return any(part.first(field) is not None for part in parts) or _little_text(parts)


def _lists_jobs(heads: str, parts: list[Page]) -> bool:
    """A public list of jobs: its headings say so, or it invites to apply again and again."""
    if JOB_LIST.search(heads):
        return True
    main = [
        tag
        for part in parts
        for tag in part.all("a, button, time, span, p, small, td, li")
        if len(part.text_of(tag)) <= 60 and not _aside(part, tag)
    ]
    said = [plain(part.text_of(tag)) for part in parts for tag in main if id(tag) in part.index.places]
    invitations = sum(bool(_INVITES.match(words)) for words in said)
    links = sum(tag.name == "a" and bool(_JOB_ADDRESS.search(attr(tag, "href").lower())) for tag in main)
    return invitations >= 3 or links >= 8
