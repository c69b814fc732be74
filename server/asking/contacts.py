"""People out of pasted texts: a mail's signature, a .vcf file, a page that names a contact.

What is found is proposed, never stored unasked; a field that is not clearly there stays empty.
"""

from __future__ import annotations

import quopri
import re
from collections.abc import Iterable

from server.asking.links import address, one_line
from server.asking.model import Frozen

LARGEST = 200_000  # characters
MOST_CARDS = 200

_MAIL = re.compile(r"[\w.!#$%&'*+/=?^`{|}~-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")
_PHONE = re.compile(r"(?:\+|\(?\d)[\d\s().\-/]{6,22}\d")
_CLOSING = re.compile(
    r"^(?:best|kind|warm|many|with|thanks|thank you|regards|sincerely|cheers|yours|mit freundlich|viele grü|beste grü|"
    r"freundliche|saludos|atentamente|un saludo|cordial|cordialement|bien à vous|merci|gracias|danke|sent from|--)",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"recruit|talent|human resources|\bhr\b|people (?:partner|operations)|acquisition|sourc|hiring|staffing|"
    r"personal(?:referent|abteilung|leit|wesen)|ressources humaines|recrutement|selección|recursos humanos|reclut|"
    r"manager|director|coordinator|partner|specialist|consultant|nurse|physician",
    re.IGNORECASE,
)
_TITLE = r"(?:Ms|Mrs|Mr|Mx|Dr|Prof|Frau|Herr|Sra|Sr|Mme|M|Madame|Monsieur)\.?"
_NAME = re.compile(rf"^(?P<title>{_TITLE}\s+)?(?P<name>[^\W\d_][\w.'’-]*(?:\s+[^\W\d_][\w.'’-]*){{1,4}})$")
_CONTACT = re.compile(
    r"(?:recruiter|recruiting contact|hiring contact|contact(?: person)?|talent partner|ansprechpartner(?:in)?|"
    r"contacto|reclutador(?:a)?|interlocut(?:eur|rice)|personne à contacter)\s*[:\-–]\s*(?P<rest>[^\n]{3,160})",
    re.IGNORECASE,
)
_FREE_MAIL = frozenset(
    {"gmail", "outlook", "hotmail", "yahoo", "icloud", "gmx", "web", "proton", "protonmail", "aol", "live"}
)


class Contact(Frozen):
    """A person as a text shows them; empty where it does not say."""

    name: str = ""
    email: str = ""
    phone: str = ""
    employer: str = ""
    role: str = ""
    salutation: str = ""


def read(text: str, employers: Iterable[str] = ()) -> tuple[Contact, ...]:
    """The people in a pasted text: every card of a .vcf, else the one of a signature, else those a page names.

    `employers` are names that are known already: one of them in the text, or in a mail's domain, is the employer.
    """
    text = text[:LARGEST]
    known = tuple(employers)
    if re.search(r"^BEGIN:VCARD", text, re.IGNORECASE | re.MULTILINE):
        return tuple(_vcards(text))
    named = tuple(_named(text, known))
    if named:
        return named
    contact = signature(text, known)
    return (contact,) if contact.name or contact.email else ()


# --- signatures


def signature(text: str, employers: Iterable[str] = ()) -> Contact:
    """The person who signed a mail: the last lines of it, read line by line."""
    lines = [one_line(line).strip("|*_·• ") for line in text.splitlines()]
    lines = [line for line in lines if line][-14:]
    closing = max((n for n, line in enumerate(lines) if _CLOSING.match(line)), default=-1)
    lines = [line for line in lines[closing + 1 :] if not _CLOSING.match(line)] or lines
    whole = "\n".join(lines)
    mail = next((found for m in _MAIL.finditer(whole) if (found := address(m.group()))), "")
    name, salutation = _name(lines)
    role, beside = _role([line for line in lines if name not in line or line != name])
    employer = _employer(whole, mail, employers) or beside
    return Contact(
        name=name, email=mail, phone=_phone(whole), employer=employer, role=role, salutation=salutation
    )


def _name(lines: Iterable[str]) -> tuple[str, str]:
    """The first line that can be a person's name, with the title before it."""
    for line in lines:
        head = re.split(r"\s*[,|•·]\s*|\s[-–—]\s", line)[0]
        found = _NAME.match(head)
        if found and not _ROLE.search(head) and all(word[0].isupper() for word in found["name"].split()[:1]):
            return found["name"], (found["title"] or "").strip()
    return "", ""


def _phone(text: str) -> str:
    for found in _PHONE.finditer(text):
        digits = re.sub(r"\D", "", found.group())
        if 7 <= len(digits) <= 15:
            return " ".join(found.group().split())
    return ""


def _role(lines: Iterable[str]) -> tuple[str, str]:
    """The line that says what the person does, and an employer named in the same line."""
    for line in lines:
        if not _ROLE.search(line) or _MAIL.search(line):
            continue
        parts = re.split(r"\s*[|•·]\s*|\s+(?:at|bei|chez|en)\s+|\s*,\s+|\s[-–—]\s", line)
        index = next((n for n, part in enumerate(parts) if _ROLE.search(part)), 0)
        return parts[index][:80], (parts[index + 1] if index + 1 < len(parts) else "")[:80]
    return "", ""


def _employer(text: str, mail: str, employers: Iterable[str]) -> str:
    folded = text.casefold()
    domain = mail.rpartition("@")[2].casefold()
    host = domain.split(".")[-2] if domain.count(".") else ""
    for name in sorted(employers, key=len, reverse=True):
        squeezed = re.sub(r"[^a-z0-9]", "", name.casefold())
        if name.casefold() in folded or (
            host and host not in _FREE_MAIL and squeezed.startswith(host) and len(host) > 3
        ):
            return name
    return ""


# --- pages


def _named(text: str, employers: tuple[str, ...]) -> Iterable[Contact]:
    """People whom a page names as contact: "Recruiter: Jo Park, jo@x.example"."""
    for found in list(_CONTACT.finditer(text))[:MOST_CARDS]:
        rest = one_line(found["rest"])
        name, salutation = _name([_MAIL.sub("", rest).strip(" ,;()<>")])
        mail = next((a for m in _MAIL.finditer(rest) if (a := address(m.group()))), "")
        if name or mail:
            employer = _employer("", mail, employers)
            yield Contact(name=name, email=mail, phone=_phone(rest), employer=employer, salutation=salutation)


# --- vCards


def _vcards(text: str) -> Iterable[Contact]:
    """The people of a .vcf file, versions 2.1 to 4.0."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    for block in re.findall(r"BEGIN:VCARD(.*?)END:VCARD", unfolded, re.IGNORECASE | re.DOTALL)[:MOST_CARDS]:
        fields: dict[str, str] = {}
        for line in re.sub(r"=\r?\n", "", block).splitlines():
            head, colon, value = line.partition(":")
            name, *options = head.split(";")
            if colon:
                fields.setdefault(name.rpartition(".")[2].upper(), _value(value, options))
        last, first, *_ = [*_split(fields.get("N", "")), "", ""]
        contact = Contact(
            name=fields.get("FN") or f"{first} {last}".strip(),
            email=address(fields.get("EMAIL", "").removeprefix("mailto:")),
            phone=fields.get("TEL", "").removeprefix("tel:")[:40],
            employer=(_split(fields.get("ORG", "")) or [""])[0],
            role=fields.get("TITLE") or fields.get("ROLE", ""),
        )
        if contact.name or contact.email:
            yield contact


def _value(value: str, options: list[str]) -> str:
    if any("QUOTED-PRINTABLE" in option.upper() for option in options):
        value = quopri.decodestring(value.encode()).decode("utf-8", "replace")
    plain = re.sub(r"\\([,;\\])", r"\1", re.sub(r"\\[nN]", " ", value))
    return one_line(plain)[:200]


def _split(value: str) -> list[str]:
    return [part.strip() for part in value.split(";")]
