"""What a page calls itself and its sections: whose list it is, whose employer, what is over.

A row proves itself by its own words and by these.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from urllib.parse import urlsplit

from bs4 import Tag

from scraper.reading.generic_atom import HEADINGS, heading_level
from scraper.reading.generic_atoms import Atoms
from scraper.reading.generic_looks import Found
from scraper.reading.generic_text import known_status
from scraper.reading.generic_words import (
    ACTION,
    NOT_OWN,
    OWN_LIST,
    OWN_SENTENCE,
    calls_other,
    calls_own,
    field_named,
)
from scraper.reading.html import Page, attr
from scraper.stage_text import plain

MOST_LINES = 40
"""Texts at the top of a page among which its name is looked for."""

_SITE_WORDS = re.compile(
    r"\b(?:careers?|jobs?|candidate|applicant|portal|home|dashboard|recruit(?:ment|ing)|talent|login|sign in|account|profile|welcome|status|karriere|empleo|emplois?|carrieres?|(?:bewerber|bewerbungs|karriere|job|stellen)portal|kandidatenportal|portal do candidato|candidat[oe]?s?|bewerber\w*|postulantes?|vagas|trabaja|espace|center|centre|hub|tracker|overview|ubersicht|übersicht|dashboard|inicio|accueil|startseite|securise|sécurisé|online|employment|opportunities|site|page|my)\b",
    re.IGNORECASE,
)


_HEADER_NAME = re.compile(
    r"(?:^|[-_ ])(?:card-header|card-title|panel-(?:heading|title|header)|(?:section|widget|box|block|group|list)[-_]+(?:title|header|heading))(?:$|[-_ ])"
)


class Part:
    """The page, or one of its frames, with what it calls itself and its sections."""

    def __init__(self, page: Page, top: Page) -> None:
        self.page = page
        self.top = top
        self.lines: list[
            str
        ] = []  # short texts that are no links: some pages have no headings; see note_lines
        self.free_headings: list[int] = []  # places of headings that are no row's title; see note_rows

    @cached_property
    def headings(self) -> list[int]:
        """Places of visible headings, in order."""
        index = self.page.index
        places = {p for name in (*HEADINGS, "summary") for p in index.by_name.get(name, ())}
        places |= {p for p in index.by_attribute.get("role", ()) if attr(index.tags[p], "role") == "heading"}
        places |= {
            index.places[id(tag)]
            for tag in self.page.named(_HEADER_NAME, "class")
            if len(self.page.text_of(tag)) <= 80
        }
        return sorted(p for p in places if index.shown[p])

    @cached_property
    def names(self) -> list[str]:
        """What the whole page calls itself: title, first headings, chosen tab or menu entry, path."""
        page = self.page
        said = [_path_words(self.top.url), _path_words(page.url)]
        return [plain(text) for text in said if text] + self.said

    @cached_property
    def said(self) -> list[str]:
        """The same without the address, whose words name places of a site ("/account/applications")."""
        page = self.page
        said = [self.top.title, page.title]
        said += [
            page.text_of(page.index.tags[place])[:150]
            for place in self.headings
            if page.index.tags[place].name == "h1"
        ]
        said += [
            page.text_of(tag)[:80]
            for tag in page.all(
                "a.on, a.active, a.selected, a.current, [aria-current=page], [role=tab][aria-selected=true], nav .active, nav .current, .breadcrumb .active, li.active, [aria-current=location]"
            )
        ]
        return [plain(text) for text in said if text]

    @cached_property
    def own(self) -> bool:
        """Does the page call itself a list of one's own applications?"""
        return any(
            calls_own(name) and not calls_other(OWN_LIST.sub(" ", name)) for name in self.names
        ) or any(map(_is_list_name, self.lines))

    def note_lines(self, atoms: Atoms) -> None:
        """Remember what stands at the top of the page in bold or large letters instead of in a heading."""
        self.lines = [atom.words for atom in atoms.all[:MOST_LINES] if atom.link is None and not atom.button]

    @cached_property
    def company(self) -> str:
        """The employer, where the page is one employer's: from the title, the site's name, the logo."""
        page = self.page
        candidates = [
            attr(tag, "content")
            for tag in page.all(
                "meta[property='og:site_name'], meta[name=application-name], meta[name=author]", hidden=True
            )
        ]
        candidates += re.split(r"\s+[|–—·:»-]\s+|\s*\|\s*", self.top.title)
        candidates += [
            attr(tag, "alt") for tag in page.all("header img[alt], [class*=logo] img[alt], img[class*=logo]")
        ]
        candidates += [
            page.text_of(tag)
            for tag in page.all(
                "header [class*=brand], [class*=brand], [class*=site-name], header [class*=logo], header a, header strong, header span, header p, header div"
            )[:8]
        ]
        for text in candidates:
            name = _employer_in(text)
            if name:
                return name
        return ""

    def note_rows(self, rows: Sequence[Found]) -> None:
        """Tell the headings of sections from the titles of rows."""
        index = self.page.index
        titles = {index.places[id(row.title_atom.tag)] for row in rows if row.title_atom is not None}
        starts = sorted({row.place for row in rows})
        free = []
        for place in self.headings:
            before = bisect_left(starts, place + 1) - 1
            in_row = before >= 0 and place < index.ends[starts[before]]
            holds_title = any(inner in titles for inner in range(place, min(index.ends[place], place + 8)))
            if not in_row and not holds_title:
                free.append(place)
        self.free_headings = free

    def section(self, row: Found) -> tuple[str, ...]:
        """Names of what a row stands in, nearest first: headings before it from low to high, regions round it."""
        page, index = self.page, self.page.index
        tag = index.tags[row.place]
        names: list[str] = []
        level = 9
        for place in reversed(self.free_headings[: bisect_left(self.free_headings, row.place)]):
            heading = index.tags[place]
            if heading.name == "summary" and not _holds(page, heading.parent, tag):
                continue  # what unfolds below it is over before the row begins
            its = heading_level(heading)
            if its < level and index.ends[place] <= row.place and (text := page.text_of(heading)):
                names.append(text)
                level = its
            if level <= 1:
                break
        node: Tag | None = tag
        while node is not None and node.name not in ("body", "html", "[document]"):
            for name in ("aria-label", "data-section", "summary"):
                if value := attr(node, name):
                    names.append(value)
            if owner := attr(node, "aria-labelledby"):
                names.extend(
                    page.text_of(head)
                    for head in page.all(f'[id="{owner.split()[0]}"]')
                    if not page.contains(tag, head)
                )
            if node.name == "table" and (caption := page.first("caption", node)):
                names.insert(0, page.text_of(caption))
            if re.search(
                r"recommend|similar|saved|suggest|alert|related-jobs|featured|faq|legend|glossary",
                called := f"{attr(node, 'class')} {attr(node, 'id')}",
                re.IGNORECASE,
            ):
                names.insert(0, "recommended")
            elif re.search(r"job-search|search-results", called, re.IGNORECASE):
                names.insert(0, "search results")
            node = node.parent
        # "Show closed" changes what is shown; it says nothing of the rows below it.
        return tuple(name[:200] for name in names if name and not ACTION.match(plain(name)))


def _holds(page: Page, outer: Tag | None, tag: Tag) -> bool:
    return outer is not None and page.contains(outer, tag)


def _is_list_name(words: str) -> bool:
    """Is a text the name of a list of one's own applications and nothing else, or the sentence over one?"""
    if OWN_SENTENCE.search(words):
        return True
    if len(words) > 60 or not OWN_LIST.search(words) or known_status(words):
        return False
    return not re.search(r"[^\W\d_]", OWN_LIST.sub("", words))


def _employer_in(text: str) -> str:
    """The employer's name in a title or a logo's label, or "" where only the site's own words stand."""
    words = plain(text)
    if not words or len(text) > 60 or OWN_LIST.search(words) or NOT_OWN.search(words):
        return ""
    name = re.sub(r"(?i)\b(?:logo|home ?page)\b", "", text)
    name = _SITE_WORDS.sub("", name).strip(" -–—|:·,&'’") if _SITE_WORDS.search(words) else name.strip()
    name = re.sub(r"\s+", " ", re.sub(r"(?i)^(?:at|of|the|de|bei|chez|em|en)\s+", "", name)).strip()
    if (
        len(re.sub(r"\W", "", name)) < 2
        or name.islower()
        or known_status(name)
        or field_named(name)
        or re.fullmatch(
            r"(?i)(?:at|of|and|the|log ?(?:in|out)|sign ?(?:in|out)|menu|search|help|skip\b.*|jump to.*|zum inhalt.*|saltar a.*|aller au.*|pular para.*|e[ns]|fr|de|pt|\d+|untitled.*|none|null|undefined|product|hello.*|hi\b.*)",
            name,
        )
    ):
        return ""
    return name


def _path_words(url: str) -> str:
    """The words of an address: "/myApplications/list" -> "my Applications list"."""
    parts = urlsplit(url)
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[/_.\-#=&?]+", " ", f"{parts.path} {parts.fragment}")
