"""Every golden list again, made differently: what is required survives, or the page is not called complete.

What must never happen is a wrong row: another title, another status, another id than the golden page has.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from bs4 import BeautifulSoup, Tag

from scraper.model import Application, PageKind, PageSnapshot, ParsedPage
from scraper.reading.page import parse_page
from tests.portals.golden import Golden, goldens

Change = Callable[[BeautifulSoup, random.Random], None]

LISTS = [
    golden
    for golden in goldens()
    if (page := parse_page(golden.snapshot())).kind is PageKind.APPLICATIONS
    and golden.snapshot().html.strip()
]
NOT_LISTS = [
    golden
    for golden in goldens()
    if golden.snapshot().html.strip() and not parse_page(golden.snapshot()).applications
]
# Read by class names because the facts know nothing else; the module's docstring says so.
BY_CLASS = {"indeed", "linkedin", "usajobs"}


def tags(soup: BeautifulSoup) -> list[Tag]:
    return [tag for tag in soup.find_all(True) if isinstance(tag, Tag)]


def shuffled_classes(soup: BeautifulSoup, luck: random.Random) -> None:
    for tag in tags(soup):
        tag.attrs.pop("class", None)
        if luck.random() < 0.6:
            tag.attrs["class"] = f"css-{luck.randrange(10**6):06x} sc-{luck.randrange(10**5)}"


def reordered_attributes(soup: BeautifulSoup, luck: random.Random) -> None:
    for tag in tags(soup):
        items = list(tag.attrs.items())
        luck.shuffle(items)
        tag.attrs = type(tag.attrs)(items)


def wrapped(soup: BeautifulSoup, luck: random.Random) -> None:
    """Text gets spans around it, parts of the body get divs."""
    for tag in tags(soup):
        if tag.name in ("td", "th", "div", "p", "h2", "h3") and luck.random() < 0.4:
            inner = soup.new_tag("div" if tag.name in ("td", "th", "div") else "span")
            for child in list(tag.contents):
                inner.append(child.extract())
            tag.append(inner)


def with_distractors(soup: BeautifulSoup, luck: random.Random) -> None:
    """What stands beside lists on real pages: recommended jobs, filters, explanations, a chat button."""
    body = soup.body
    assert body is not None
    extra = """<aside><h2>Jobs you might like</h2><ul><li><a href="/somewhere/9991">Interview Coordinator</a>
    <span>Posted 3 days ago</span></li><li><a href="/somewhere/9992">Offer Manager</a><span>Apply now</span></li></ul></aside>
    <section><h2>What do the statuses mean?</h2><dl><dt>Under review</dt><dd>We are reading your application.</dd>
    <dt>Not selected</dt><dd>We have chosen another person.</dd></dl></section>
    <form><label>Filter by status <select><option>All</option><option>Interview</option></select></label></form>
    <button type="button">Chat with us</button>"""
    parts = BeautifulSoup(extra, "lxml").body
    assert parts is not None
    for part in [child for child in parts.contents if isinstance(child, Tag)]:
        if luck.random() < 0.5:
            body.insert(0, part.extract())
        else:
            body.append(part.extract())


def without_optional_parts(soup: BeautifulSoup, luck: random.Random) -> None:
    """Buttons, menus, pictures, footers and navigation gone."""
    for tag in tags(soup):
        gone = tag.name in ("footer", "nav", "svg") or (tag.name == "button" and "More actions" in str(tag))
        if gone and not tag.decomposed:
            tag.decompose()


def with_other_spaces(soup: BeautifulSoup, luck: random.Random) -> None:
    for string in list(soup.find_all(string=True)):
        if string.strip() and string.parent and string.parent.name not in ("script", "style", "title"):
            string.replace_with(
                luck.choice(("\n   ", " ", "\u00a0")) + str(string).replace(" ", "\u00a0 ") + "\n\t"
            )


CHANGES: tuple[Change, ...] = (
    shuffled_classes,
    reordered_attributes,
    wrapped,
    with_distractors,
    without_optional_parts,
    with_other_spaces,
)


def changed(golden: Golden, changes: tuple[Change, ...], seed: int) -> PageSnapshot:
    luck = random.Random(f"{golden.name}{seed}")

    def made(html: str) -> str:
        soup = BeautifulSoup(html, "lxml")
        for change in changes:
            change(soup, luck)
        return str(soup)

    snapshot = golden.snapshot()
    frames = tuple(replace(frame, html=made(frame.html)) for frame in snapshot.frames)
    return replace(snapshot, html=made(snapshot.html), frames=frames)


def required(application: Application) -> tuple[str, str, str, str]:
    return application.key, application.title, application.status_raw, application.stage


def statuses(text: str) -> set[str]:
    """The words of a status; USAJOBS has one for each grade, and a grade may be lost."""
    return {re.sub(r"^GS\d+:\s*", "", part) for part in text.split("; ") if part}


def rows(page: ParsedPage) -> set[tuple[str, str, str, str]]:
    return {required(application) for application in page.applications}


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
@pytest.mark.parametrize("golden", LISTS, ids=lambda golden: golden.name)
def test_the_same_rows_however_the_page_is_made(golden: Golden, change: Change) -> None:
    before = parse_page(golden.snapshot())
    after = parse_page(changed(golden, (change,), 1))
    if change is shuffled_classes and golden.portal in BY_CLASS:
        said = {row for row in rows(after) if row[2]}
        assert said <= rows(before), "fewer rows or no status are honest answers, others are not"
        return
    assert rows(after) == rows(before)
    assert after.kind is PageKind.APPLICATIONS


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("golden", LISTS, ids=lambda golden: golden.name)
def test_all_changes_at_once(golden: Golden, seed: int) -> None:
    before = parse_page(golden.snapshot())
    changes = tuple(
        change for change in CHANGES if change is not shuffled_classes or golden.portal not in BY_CLASS
    )
    assert rows(parse_page(changed(golden, changes, seed))) == rows(before)


@pytest.mark.parametrize("change", [with_distractors, shuffled_classes], ids=lambda change: change.__name__)
@pytest.mark.parametrize("golden", NOT_LISTS, ids=lambda golden: golden.name)
def test_pages_that_list_nothing_go_on_listing_nothing(golden: Golden, change: Change) -> None:
    assert parse_page(changed(golden, (change,), 2)).applications == ()


@pytest.mark.parametrize("golden", LISTS, ids=lambda golden: golden.name)
def test_a_page_that_lost_something_is_never_read_wrongly(golden: Golden) -> None:
    """A tag removed, one page at a time: every row that is still read is one of the page's."""
    known = {
        application.key: required(application) for application in parse_page(golden.snapshot()).applications
    }
    snapshot = golden.snapshot()
    frame = snapshot.frames[0] if snapshot.frames else None
    html = frame.html if frame else snapshot.html
    count = len(tags(BeautifulSoup(html, "lxml")))
    for place in random.Random(golden.name).sample(range(count), min(count, 25)):
        soup = BeautifulSoup(html, "lxml")
        tag = tags(soup)[place]
        if tag.name in ("html", "body"):
            continue
        tag.decompose()
        lost = (
            replace(snapshot, html=str(soup))
            if not frame
            else replace(snapshot, frames=(replace(frame, html=str(soup)),))
        )
        page = parse_page(lost)
        for application in page.applications:
            before = known.get(application.key)
            assert before is not None, f"a row with an id that is not on the page: {application}"
            assert application.title == before[1], f"without {place}: {application}"
            assert statuses(application.status_raw) <= statuses(before[2]), f"without {place}: {application}"
