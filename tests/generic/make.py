"""Generated pages: a layout, a language, a number of rows and what stands round them, from a seed."""

from __future__ import annotations

import random
from dataclasses import dataclass
from html import escape

from tests.generic.styles import STYLES
from tests.generic.words import HEADS, LABELS, MORE, TITLES, Row, make_rows

LANGUAGES = ("en", "es", "fr", "de", "pt")


@dataclass(frozen=True, slots=True)
class Made:
    """One generated page and what should be read from it."""

    name: str
    url: str
    html: str
    rows: list[Row]


def make_page(style: str, lang: str, seed: int) -> Made:
    """A whole page: head, navigation, filters, the list, and sections that are none of one's own."""
    rng = random.Random(f"{style}/{lang}/{seed}")
    employer = rng.choice(["", "Nordwind Klinik", "Lakeshore Health"])
    rows = make_rows(rng, lang, rng.choice([1, 2, 3, 5, 9]), company=employer)
    if style.startswith("grouped") or style == "merged_cells":
        rows = make_rows(rng, lang, 6)
    rows = _without_twins(rows)
    head = rng.choice(HEADS[lang])
    list_html = STYLES[style](rows, lang, rng)
    title = f"{head} | {employer}" if employer else head
    before = "".join(part for part in (_navigation(lang), _filters(lang, rng)) if rng.random() < 0.7)
    after = _recommended(lang, rng) if rng.random() < 0.5 else ""
    html = (
        f'<!doctype html><html lang="{lang}"><head><title>{escape(title)}</title></head><body>{before}'
        f"<main><h1>{head}</h1>{list_html}{after}</main><footer>© 2026 <a href=/help>?</a></footer></body></html>"
    )
    return Made(f"{style}-{lang}-{seed}", "https://apply.example.org/me", html, rows)


def _without_twins(rows: list[Row]) -> list[Row]:
    """Not every layout shows the number, so two rows of one title would be one to any reader."""
    return list({row.title: row for row in rows}.values())


def _navigation(lang: str) -> str:
    return f'<nav><a href="/jobs">{MORE[lang][0]}</a><a href="/me">{HEADS[lang][0]}</a><a href="/out">Logout</a></nav>'


def _filters(lang: str, rng: random.Random) -> str:
    options = "".join(
        f"<option>{text}</option>" for text in ("All", "Under Review", "Interview", "Not Selected")
    )
    return (
        f"<form><label>{LABELS[lang]['status']} <select>{options}</select></label><button>OK</button></form>"
    )


def _recommended(lang: str, rng: random.Random) -> str:
    head, press = MORE[lang]
    jobs = "".join(
        f'<li class="card"><h3><a href="/job/{n}">{title}</a></h3><p>Springfield, IL</p><a href="/apply/{n}">{press}</a></li>'
        for n, title in enumerate(TITLES[lang][:3])
    )
    return f"<section><h2>{head}</h2><ul>{jobs}</ul></section>"
