"""The killable process: same answers, an end to slow pages, and a new start after it."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator

import pytest

from scraper.model import Stage
from scraper.reading.guard import Unparsable
from scraper.reading.page import parse_page
from scraper.reading.page_worker import PageReader
from scraper.stages import Correction, Corrections
from tests.portals.golden import Golden, goldens

GOLDENS = {golden.name: golden for golden in goldens()}
LIST = GOLDENS["workday/applications"]


@pytest.fixture(scope="module")
def reader() -> Iterator[PageReader]:
    with PageReader() as made:
        yield made


@pytest.mark.parametrize("golden", list(GOLDENS.values())[::9], ids=lambda golden: golden.name)
def test_same_as_reading_here(reader: PageReader, golden: Golden) -> None:
    assert reader.parse_page(golden.snapshot()) == parse_page(golden.snapshot())


def test_corrections_go_along(reader: PageReader) -> None:
    corrections = Corrections.of([Correction("workday", "", "Next Level Review", Stage.SCREEN)])
    page = reader.parse_page(LIST.snapshot(), corrections=corrections)
    assert Stage.SCREEN in {application.stage for application in page.applications}


def test_a_page_that_takes_too_long_ends_the_process_and_not_the_caller() -> None:
    with PageReader(seconds=0.000001) as hasty:
        with pytest.raises(Unparsable, match="took longer"):
            hasty.parse_page(LIST.snapshot())
        hasty._seconds = 10
        assert hasty.parse_page(LIST.snapshot()) == parse_page(LIST.snapshot())


def test_a_process_that_died_is_replaced() -> None:
    with PageReader() as reader:
        reader.parse_page(LIST.snapshot())
        assert reader._process is not None
        assert reader._process.pid is not None
        os.kill(reader._process.pid, signal.SIGKILL)
        reader._process.join()
        assert reader.parse_page(LIST.snapshot()) == parse_page(LIST.snapshot())


def test_threads_get_their_own_answers(reader: PageReader) -> None:
    names = ("workday/applications", "taleo/applications", "workday/empty", "taleo/login")
    wrong: list[str] = []

    def ask(name: str) -> None:
        expected = parse_page(GOLDENS[name].snapshot())
        wrong.extend(name for _ in range(5) if reader.parse_page(GOLDENS[name].snapshot()) != expected)

    threads = [threading.Thread(target=ask, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_the_limits_hold_before_the_process_is_asked(reader: PageReader) -> None:
    from dataclasses import replace

    with pytest.raises(Unparsable, match="deeper"):
        reader.parse_page(replace(LIST.snapshot(), html="<div>" * 600))
