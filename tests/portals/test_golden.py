"""Every golden page is read exactly as its .json says; UPDATE_GOLDEN=1 writes what is read now, to be reviewed."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from scraper.model import PageKind
from scraper.portals import PORTALS, Portal
from scraper.reading.page import parse_page
from server.recording import golden_of, golden_text
from tests.portals.golden import PAGES, Golden, goldens

GOLDENS = goldens()
NEEDED = {PageKind.APPLICATIONS, PageKind.EMPTY, PageKind.LOGIN}


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_is_read_as_written_down(golden: Golden) -> None:
    read = parse_page(golden.snapshot())
    if os.environ.get("UPDATE_GOLDEN") == "1":
        golden.expected.write_text(golden_text(read), "utf-8")
    assert golden.expected.exists(), f"{golden.expected} is missing; UPDATE_GOLDEN=1 writes it"
    assert golden_of(read) == json.loads(golden.expected.read_text("utf-8"))


def test_no_golden_file_is_left_over() -> None:
    expected = {golden.expected for golden in GOLDENS}
    answers = {golden.path.with_suffix(".answers.json") for golden in GOLDENS}
    found = set(PAGES.glob("*/*.json"))
    assert found - expected - answers == set()


@pytest.mark.parametrize("portal", PORTALS, ids=lambda portal: portal.kind)
def test_each_portal_has_golden_pages_of_the_kinds_it_must_tell_apart(portal: Portal) -> None:
    kind = portal.kind
    kinds = {
        PageKind(json.loads(golden.expected.read_text("utf-8"))["kind"])
        for golden in GOLDENS
        if golden.portal == kind
    }
    assert kinds >= NEEDED


def test_folders_are_portals() -> None:
    assert {Path(golden.path).parent.name for golden in GOLDENS} == {portal.kind for portal in PORTALS}


@pytest.mark.parametrize("golden", GOLDENS, ids=lambda golden: golden.name)
def test_folder_tells_the_portal(golden: Golden) -> None:
    assert parse_page(golden.snapshot()).portal == golden.portal
