"""Oddities of single portals that no golden page shows."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from scraper.model import Click, Open, PageSnapshot, ParsedPage
from scraper.reading.page import parse_page

AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
PAGES = Path(__file__).parents[2] / "fixtures" / "pages"


def read(html: str, url: str) -> ParsedPage:
    return parse_page(PageSnapshot(url=url, html=html, captured_at=AT))


@pytest.mark.parametrize("title", ["Offer Manager", "Interview Coordinator", "Position Closed Specialist"])
def test_linkedin_a_title_that_reads_like_a_status(title: str) -> None:
    html = (PAGES / "linkedin" / "applications.html").read_text("utf-8").replace("Data Steward", title)
    parsed = read(html, "https://www.linkedin.com/jobs-tracker/?stage=applied")
    found = next(row for row in parsed.applications if row.external_id == "4012345222")
    assert (found.title, found.status_raw) == (title, "Resume downloaded")


def test_peoplesoft_shows_more_below_a_fluid_list() -> None:
    url = "https://cg.lakeside.example/psc/HRMS/EMPLOYEE/HRMS/c/HRS_HRAM_FL.HRS_CE_ACTVTY_FL.GBL"
    html = (PAGES / "peoplesoft" / "fluid.html").read_text("utf-8")
    step = read(html, url).next_step
    assert isinstance(step, Click)
    assert step.selector == "div.ps_box-more"
    # The link in it has a hook of its own; without both there is no more.
    link = read(html.replace("ps_box-more", "ps_box-group"), url).next_step
    assert link == Click('a[id="HRS_CE_APPL_I$hdown$0"]')
    assert read(html.replace("ps_box-more", "x").replace("$hdown$", "_"), url).next_step is None


@pytest.mark.parametrize(
    ("lang", "words"),
    [("fr", "Suivant"), ("fr", "Page suivante"), ("es", "Siguiente"), ("de", "Nächste Seite"), ("pt", "Próxima"), ("en", "Next page")],
)  # fmt: skip
def test_the_next_page_of_an_unknown_portal(lang: str, words: str) -> None:
    html = (
        f"<html lang={lang}><head><title>My applications</title></head><body><h1>My applications</h1><ul><li><h3>Glazier</h3>"
        f"<b>Rejected</b></li></ul><nav class=pagination><a href='?page=2'>{words}</a></nav></body></html>"
    )
    parsed = read(html, "https://careers.example.org/p")
    assert parsed.next_step == Open("https://careers.example.org/p?page=2")
    assert not parsed.complete
