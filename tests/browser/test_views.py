"""Every view and state in each language: light, dark, narrow, as a full tab; axe in each; no English left over.

The pictures are kept under `artefacts/pictures/` for people to look at. What a machine can check is checked: nothing
overflows sideways, no key shows through, nothing fails on the way, and no sentence is the English one.
"""

from __future__ import annotations

import functools
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Error, Page, TimeoutError

from fixtures.portals import FakePortals
from scraper.settings import Home
from scraper.store import Store
from server import pairing, planning, utc_now
from server.listen import serving
from tests.browser.conftest import EXTENSION, PICTURES, Extension, Server
from tests.browser.furnished import furnish
from tests.browser.icon import AXE
from tests.browser.walking import NOTICE, Stop, stops
from tests.proof.scale import FULL

pytestmark = [pytest.mark.browser, pytest.mark.proof]

LANGUAGES = ("en", "es", "fr", "de")

TEXTS = """() => {
    const data = "script, style, textarea, code, .title, .status, .positions, .history, .facts, .people p, .asked > p";
    const texts = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node; (node = walker.nextNode()); ) if (!node.parentElement.closest(data)) texts.push(node.data);
    for (const element of document.body.querySelectorAll("*")) {
        for (const name of ["aria-label", "title", "placeholder"]) if (element.hasAttribute(name)) texts.push(element.getAttribute(name));
    }
    return texts.map((text) => text.trim()).filter(Boolean);
}"""
"""What a person reads or hears, without what a portal or the person wrote (a message sent in English stays English)."""

FEW_WORDS = 3
"""So many words may be the same in two languages: names, dates, "Cath Lab RN"."""


@dataclass
class Walk:
    """What was seen at each stop: its texts, and what is wrong with it."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)


def only_in(language: str, folder: Path) -> Path:
    """A copy of the extension that has no other language: browsers are often installed with English only."""
    copy = folder / language
    shutil.copytree(EXTENSION, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    (copy / "manifest.json").write_text(json.dumps({**manifest, "default_locale": language}))
    for locale in (copy / "_locales").iterdir():
        if locale.name != language:
            shutil.rmtree(locale)
    return copy


@pytest.fixture(scope="module")
def walked(
    chromium: Extension,
    launch_extension: Callable[..., Extension],
    running: FakePortals,
    places_folder: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], Walk]]:
    """The walk in a language, done once."""
    done: dict[str, Walk] = {}
    root = tmp_path_factory.mktemp("walked")
    home = Home(root / "data", root / "cache", root / "logs").make()
    running.reset()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("INTOWN_PLACES", str(places_folder))
        with serving(home) as port:
            server = Server(port, home, Store(home.store))
            story = furnish(chromium, server, running, LANGUAGES)

            def walk_in(language: str) -> Walk:
                if language not in done:
                    extension = launch_extension(only_in(language, root))
                    planning.save_settings(server.store, "rules", {"language": language})
                    way = stops(story.reading(language), story.ideas[language])
                    done[language] = walk(extension, server, language, way)
                    extension.context.close()
                return done[language]

            yield walk_in


def walk(extension: Extension, server: Server, language: str, way: list[Stop]) -> Walk:
    seen = Walk()
    for stop in way:
        issued = pairing.issue(server.store, "Walking", utc_now()) if stop.paired else None
        extension.connect(server.port, issued)
        extension.evaluate("() => chrome.storage.local.remove(['kept:tripform', 'kept:filter', 'kept:trip'])")
        page = extension.context.new_page()
        page.set_viewport_size({"width": 400, "height": 600})
        page.emulate_media(reduced_motion="reduce")
        errors: list[str] = []
        page.on("pageerror", functools.partial(note, errors))
        page.set_default_timeout(5_000)
        try:
            stop.open(page)
            look(page, f"{language}-{stop.name}", seen)
        except TimeoutError as error:
            errors.append(f"cannot be reached: {error}")
        seen.wrong += [f"{language}-{stop.name}: {error}" for error in errors]
        seen.texts[stop.name] = page.evaluate(TEXTS)
        page.close()
    return seen


def note(errors: list[str], error: Error) -> None:
    errors.append(str(error))


def look(page: Page, name: str, seen: Walk) -> None:
    """Checks in each width, axe where the popup has its usual one. The full run keeps every picture."""
    keys = page.evaluate("() => document.body.innerText.match(/\\b[a-z]+(_[a-z]+)+\\b/g)?.join() ?? ''")
    if keys:
        seen.wrong.append(f"{name}: a key instead of a text: {keys}")
    page.evaluate("window.scrollTo(0, 0)")
    for place, width in (("popup", 400), ("narrow", 320), ("tab", 1100)):
        page.set_viewport_size({"width": width, "height": 600})
        page.evaluate("(place) => { document.documentElement.dataset.place = place; }", place)
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            seen.wrong.append(f"{name}: wider than its window of {width}")
        # Colours and markup are the same in every language, and no text is missing in any (test_strings.py): the
        # ordinary run lets axe look at the English ones only, and keeps one picture of the others.
        english = name.startswith("en-")
        for scheme in ("dark", "light") if FULL or (english and place == "popup") else ("light",):
            dressed: Any = scheme
            page.emulate_media(color_scheme=dressed, reduced_motion="reduce")
            if FULL or english or place == "popup":
                page.screenshot(path=PICTURES / "views" / place / f"{name}-{scheme}.png", full_page=True)
            if place == "popup" and (FULL or english):
                seen.wrong += [f"{name} ({scheme}): {told}" for told in violations(page)]


def violations(page: Page) -> list[str]:
    """What axe-core finds wrong with the page as it stands."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(f"{AXE.read_text()}; null")
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations)")
    return [f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}" for one in found]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_view_is_sound(walked: Callable[[str], Walk], language: str) -> None:
    seen = walked(language)
    assert len(seen.texts) > 40
    assert seen.wrong == []


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_no_english_sentence_is_left(walked: Callable[[str], Walk], language: str) -> None:
    english, other = walked("en").texts, walked(language).texts
    assert other.keys() == english.keys()
    left = {
        (text, stop)
        for stop, texts in other.items()
        for text in texts
        if text in english[stop] and len(text.split()) > FEW_WORDS and text != NOTICE["text"]
    }
    assert left == set()
