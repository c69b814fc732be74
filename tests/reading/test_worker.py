"""The killable process: same answers, an end to slow pages, and a new start after it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator

import pytest

from scraper.model import Stage
from scraper.outcomes import InTownError
from scraper.reading import page_worker
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


@pytest.fixture
def served_here(monkeypatch: pytest.MonkeyPatch) -> Iterator[PageReader]:
    """A reader whose other end is a thread of the test, which can have it stumble."""
    ours, theirs = multiprocessing.Pipe()
    thread = threading.Thread(target=page_worker._serve, args=(theirs,))
    thread.start()
    assert ours.recv() == "ready"
    reader = PageReader()
    monkeypatch.setattr(reader, "_running", lambda: ours)
    yield reader
    ours.close()
    thread.join(10)
    assert not thread.is_alive(), "it went on after the other end was gone"
    theirs.close()


def test_what_a_reader_stumbles_over_is_a_sentence_without_the_page(
    served_here: PageReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    for stumble, sentence in (
        (ValueError("Dana Reyes"), "The page could not be read (ValueError); nothing was changed."),
        (Unparsable("Too deep."), "Too deep."),
    ):

        def parse(*_: object, stumble: Exception = stumble, **__: object) -> None:
            raise stumble

        with monkeypatch.context() as broken:
            broken.setattr(page_worker, "parse_page", parse)
            with pytest.raises(Unparsable) as told:
                served_here.parse_page(LIST.snapshot())
        assert told.value.sentence == sentence
        assert served_here.parse_page(LIST.snapshot()) == parse_page(LIST.snapshot())


def test_a_process_that_does_not_start_is_said_and_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    with PageReader() as reader:
        with monkeypatch.context() as hasty:
            hasty.setattr(page_worker, "STARTING_SECONDS", 0.0)
            with pytest.raises(InTownError, match="The reader did not start"):
                reader.parse_page(LIST.snapshot())
        assert reader.parse_page(LIST.snapshot()) == parse_page(LIST.snapshot())


@pytest.mark.parametrize("moment", ["before it was ready", "while it read"])
def test_a_server_that_has_ended_meanwhile_leaves_no_trace(
    monkeypatch: pytest.MonkeyPatch, moment: str
) -> None:
    """`intown serve` stopped by Ctrl-C right after its start must not end in a traceback of its reader."""
    ours, theirs = multiprocessing.Pipe()

    def parse(*_: object, **__: object) -> None:
        ours.close()

    monkeypatch.setattr(page_worker, "parse_page", parse)
    if moment == "while it read":
        ours.send((LIST.snapshot(), Corrections.of([])))
    else:
        ours.close()
    with theirs:
        page_worker._serve(theirs)
    assert ours.closed
