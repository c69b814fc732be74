"""A page made fit to be shown to others: nothing of the person, nothing that opens a door.

What a page needs to be read stays: its tags, classes and roles, titles of jobs, status words, dates, places.
Names, mails, phones, numbers, ids and tokens are replaced, the same one always by the same stand-in, so that
rows keep telling each other apart. `leftovers` looks at the result with fresh eyes and finds what was missed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

from bs4 import Tag
from bs4.element import Comment, NavigableString

from scraper.model import PageSnapshot
from scraper.reading.addresses import clean_url
from scraper.reading.html import Page, attr

KEPT_ATTRIBUTES = frozenset(
    {
        "id", "class", "role", "name", "type", "headers", "scope", "colspan", "rowspan", "datetime", "title", "alt",
        "lang", "for", "rel", "autocomplete", "hidden", "open", "href", "disabled", "placeholder",
    }
)  # fmt: skip
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "object", "embed", "canvas", "audio", "video", "base", "link", "meta", "svg", "source"}
)  # fmt: skip

_MAIL = re.compile(r"[\w.+%-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\w/-])(?:\+\d{1,3}[\s.-]?)?(?:\(\d{2,4}\)[\s.-]?|\d{2,4}[\s.-])\d{3,4}[\s.-]\d{3,4}(?![\w/-])"
)
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}(?:T[\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?|\d{1,2}[./]\d{1,2}[./]\d{2,4}")
_UUID = re.compile(r"\b[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d{5,}")
_TOKEN = re.compile(r"eyJ[\w-]{8,}(?:\.[\w-]+)*|(?=[\w+/=-]*\d)(?=[\w+/=-]*[A-Za-z])[A-Za-z0-9+/_=-]{24,}")
_LINK = re.compile(r'\bhref="[^"]*"')
_GREETING = re.compile(
    r"\b(?P<hello>(?:hello|hi|hey|welcome(?: back)?|signed in as|logged in as|hola|bienvenid[oa]|bonjour|bienvenue|hallo|willkommen|ola|olá|bem-vind[oa])[,:]?\s+)(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){0,3})",
    re.IGNORECASE,
)
_PERSON_LABEL = re.compile(
    r"^(?:recruiter|recruiting contact|hiring manager|contact(?: person)?|your contact|name|first name|last name|full name|candidate(?: name)?|applicant(?: name)?|user ?name|ansprechpartner(?:in)?|nombre|contacto|reclutador|nom|prenom|recruteur|nachname|vorname|nome|contato|recrutador)\s*[:：]?\s*",
    re.IGNORECASE,
)
PERSON, MAIL, PHONE, TOKEN = "Dana Reyes", "person@example.org", "(555) 010-0142", "removed"


class Scrubber:
    """Replaces what is somebody's. `names` are the words the person wants gone: their own name, a recruiter's."""

    def __init__(self, names: Iterable[str] = ()) -> None:
        given = {name.strip() for name in names if len(name.strip()) > 1}
        parts = {part for name in given for part in name.split() if len(part) > 2}
        self.names = sorted(given | parts, key=len, reverse=True)
        self._numbers: dict[str, str] = {}

    def text(self, text: str) -> str:
        """A text with stand-ins. Dates stay: without them no list can be read."""
        text = _MAIL.sub(MAIL, text)
        for name in self.names:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", PERSON.split()[0], text, flags=re.IGNORECASE)
        text = _GREETING.sub(lambda found: f"{found['hello']}{PERSON}", text)
        pieces, last = [], 0
        for date in _DATE.finditer(text):
            pieces += [self._ids(text[last : date.start()]), date[0]]
            last = date.end()
        return "".join([*pieces, self._ids(text[last:])])

    def address(self, url: str) -> str:
        """An address with stand-ins, part by part: a whole path of words and numbers has the looks of a key."""
        return "/".join(self.text(part) for part in url.split("/"))

    def _ids(self, text: str) -> str:
        text = _PHONE.sub(PHONE, text)
        text = _UUID.sub(lambda found: self._stand_in(found[0], 8), text)
        text = _TOKEN.sub(lambda found: found[0] if _reads_like_words(found[0]) else TOKEN, text)
        return _NUMBER.sub(lambda found: self._stand_in(found[0], len(found[0])), text)

    def _stand_in(self, number: str, length: int) -> str:
        """The same number always becomes the same invented one, of the same length up to eight digits."""
        made = self._numbers.get(number)
        if made is None:
            made = self._numbers[number] = str(10 ** (min(length, 8) - 1) + 101 * (len(self._numbers) + 1))
        return made

    def made(self, number: str) -> bool:
        """Is a number one of the stand-ins?"""
        return number in self._numbers.values()


def _reads_like_words(text: str) -> bool:
    """`job-title--primary-link2` is a name somebody gave; `b3F2...9x` is a key."""
    words = re.findall(r"[a-z]{3,}|[A-Z][a-z]{2,}", text)
    return sum(map(len, words)) >= 0.7 * len(text)


def scrub(snapshot: PageSnapshot, scrubber: Scrubber) -> str:
    """The page's HTML without scripts, form values, secrets and people. The snapshot's own URL is not in it."""
    page = Page(snapshot)
    soup = page.soup
    for node in list(soup.descendants):
        if isinstance(node, Comment):
            node.extract()
        elif isinstance(node, Tag) and node.name in _DROPPED:
            if node.name == "svg" and (
                spoken := attr(node, "aria-label") or (node.title.get_text() if node.title else "")
            ):
                node.replace_with(NavigableString(spoken))
            else:
                node.decompose()
    for tag in list(soup.find_all(True)):
        _scrub_attributes(tag, scrubber)
        if tag.name in ("textarea", "select"):
            tag.clear()
    for string in list(soup.find_all(string=True)):
        if (
            isinstance(string, NavigableString)
            and not string.isspace()
            and string.__class__ is NavigableString
        ):
            string.replace_with(NavigableString(scrubber.text(_without_person(string))))
    return str(soup)


def _without_person(string: NavigableString) -> str:
    """The text, with the person behind a label ("Recruiter: …", or the label in the element before) replaced."""
    text = str(string)
    label = _PERSON_LABEL.match(text.strip())
    if label:
        rest = text.strip()[label.end() :].strip()
        return text.replace(rest, PERSON) if rest and ":" in text else text
    before = string.parent.find_previous_sibling() if string.parent is not None else None
    if isinstance(before, Tag):
        words = before.get_text(" ", strip=True)
        found = _PERSON_LABEL.match(words)
        if found and found.end() == len(words):
            return PERSON
    return text


def _scrub_attributes(tag: Tag, scrubber: Scrubber) -> None:
    for name in list(tag.attrs):
        value = attr(tag, name)
        kept = (
            name in KEPT_ATTRIBUTES
            or name.startswith("aria-")
            or (name.startswith("data-") and len(value) <= 64)
        )
        if not kept or re.search(
            r"token|csrf|nonce|session|secret|user|email|candidate-?id|person", name, re.IGNORECASE
        ):
            del tag.attrs[name]
        elif name == "href":
            address = clean_url(value) if urlsplit(value).scheme else value.split("?")[0] + _kept_query(value)
            tag.attrs[name] = (
                ""
                if value.lower().startswith(("mailto:", "tel:", "javascript:"))
                else scrubber.address(address)
            )
        elif name != "class":
            tag.attrs[name] = scrubber.text(value)


def _kept_query(address: str) -> str:
    cleaned = clean_url(f"https://page.invalid/{address.lstrip('/')}")
    query = urlsplit(cleaned).query
    return f"?{query}" if query else ""


def leftovers(html: str, scrubber: Scrubber, names: Sequence[str] = ()) -> list[str]:
    """What a scrubbed page still holds that it must not, in words that repeat none of it; empty when clean."""
    found = []
    if re.search(r"<(?:script|style|noscript|template)\b|\son\w+\s*=|javascript:", html, re.IGNORECASE):
        found.append("a script")
    if any(mail != MAIL for mail in _MAIL.findall(html)):
        found.append("an e-mail address")
    without_dates = _DATE.sub(" ", html)
    if any(phone != PHONE for phone in _PHONE.findall(without_dates)):
        found.append("a telephone number")
    if any(not scrubber.made(number) for number in _NUMBER.findall(without_dates)):
        found.append("a long number")
    parted = _LINK.sub(lambda link: link[0].replace("/", " "), without_dates)
    if _UUID.search(html) or any(not _reads_like_words(token) for token in _TOKEN.findall(parted)):
        found.append("a token")
    if re.search(r"<input\b[^>]*\bvalue\s*=", html, re.IGNORECASE):
        found.append("what was typed into a form")
    if any(
        re.search(rf"(?<!\w){re.escape(name)}(?!\w)", html, re.IGNORECASE)
        for name in (*scrubber.names, *names)
        if name.casefold() not in PERSON.casefold()  # the stand-in itself, for somebody of that name
    ):
        found.append("a name")
    return found
