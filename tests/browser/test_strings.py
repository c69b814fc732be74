"""Every text in every language: none missing, none unused, the same blanks to fill, short enough for the stores."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import get_args

import pytest

from scraper.model import Stage
from server.asking.cards import Due, WhenState
from server.asking.halfdays import LABELS
from server.asking.model import AskState, HalfState, Part, Tone

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
SOURCES = [*sorted((EXTENSION / "js").glob("*.js")), EXTENSION / "worker.js"]
LANGUAGES = ("es", "fr", "de")

CHOICES = {
    "stage": {stage.value for stage in Stage},
    "half": {state.value for state in HalfState},
    "part": {part.value for part in Part},
    "when": {state.value for state in WhenState},
    "ask": {state.value for state in AskState} - {"drafted", "undone"},  # these two show no chip
    "tone": {tone.value for tone in Tone},
    "verdict": {"ask", "wait", "dont"},
    "due": set(get_args(Due.model_fields["kind"].annotation)),
    "label": {word.replace(" ", "_") for word in LABELS},
}
"""Texts whose key ends in a word of the server's: each word must have one."""


def texts(language: str) -> dict[str, str]:
    found = json.loads((EXTENSION / "_locales" / language / "messages.json").read_text())
    return {key: entry["message"] for key, entry in found.items()}


def asked_for() -> tuple[set[str], list[re.Pattern[str]]]:
    """The keys that the code names, and patterns for those that it puts together."""
    names: set[str] = set()
    patterns: list[re.Pattern[str]] = []
    for source in SOURCES:
        code = source.read_text()
        for call, key in re.findall(r"\b(tn?)\(\s*\"([a-z_]+)\"", code):
            names |= {f"{key}_one", f"{key}_other"} if call == "tn" else {key}
        # Keys handed on as plain strings: t(condition ? "one" : "other"), tables of keys.
        names |= {key for key in re.findall(r"\"([a-z_]+)\"", code) if key in texts("en")}
        for made in re.findall(r"\bt\(\s*`([^`]*)`", code):
            fixed = [re.escape(piece) for piece in re.split(r"\$\{[^}]*\}", made)]
            patterns.append(re.compile("[a-z_]+".join(fixed)))
    manifest = (EXTENSION / "manifest.json").read_text()
    names |= set(re.findall(r"__MSG_([a-z_]+)__", manifest))
    return names, patterns


def test_none_is_missing() -> None:
    names, _ = asked_for()
    assert names - texts("en").keys() == set()


def test_none_is_unused() -> None:
    names, patterns = asked_for()
    unused = {
        key for key in texts("en") if key not in names and not any(one.fullmatch(key) for one in patterns)
    }
    assert unused == set()


@pytest.mark.parametrize("prefix", sorted(CHOICES))
def test_every_word_of_the_server_has_a_text(prefix: str) -> None:
    missing = {word for word in CHOICES[prefix] if f"{prefix}_{word}" not in texts("en")}
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same(language: str) -> None:
    english, other = texts("en"), texts(language)
    assert other.keys() == english.keys()
    blanks = re.compile(r"\$\d")
    wrong = [
        key for key in english if sorted(blanks.findall(other[key])) != sorted(blanks.findall(english[key]))
    ]
    assert wrong == []
    assert [key for key, text in other.items() if not text.strip()] == []


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_stores_take_the_description(language: str) -> None:
    assert len(texts(language)["app_description"]) <= 132


def test_every_english_text_is_described_for_translators() -> None:
    found = json.loads((EXTENSION / "_locales" / "en" / "messages.json").read_text())
    assert [key for key, entry in found.items() if not entry.get("description")] == []
