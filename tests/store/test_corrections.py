"""What the user put right, and took back: nothing of theirs is undone that a newer reading has said since."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scraper import corrections
from scraper.model import Stage
from scraper.store import Store, Transaction
from tests.store.pages import START, job
from tests.store.readings import read, stored

Undo = Callable[..., list[str]]


@pytest.fixture
def store(tmp_path: Path) -> Store:
    made = Store(tmp_path / "intown.json")
    read(made, job(1), job(2), job(3, status="Offer made", stage=Stage.OFFER), at=0)
    return made


def in_one(store: Store, do: Callable[[Transaction], list[str]]) -> list[str]:
    with store.transaction() as tx:
        return do(tx)


@pytest.mark.parametrize("everywhere", [True, False], ids=["everywhere", "one"])
@pytest.mark.parametrize(
    "undo", [corrections.undo_stage, corrections.undo_employer], ids=["stage", "employer"]
)
def test_taking_back_what_was_never_said_changes_nothing(store: Store, undo: Undo, everywhere: bool) -> None:
    before = store.read().all("applications")
    assert in_one(store, lambda tx: undo(tx, job(1).key, everywhere=everywhere)) == []
    assert store.read().all("applications") == before


def test_a_name_for_one_application_is_no_rule_for_its_employer(store: Store) -> None:
    one = job(1).key
    in_one(store, lambda tx: corrections.correct_employer(tx, one, "Shore", everywhere=False, at=START))
    assert in_one(store, lambda tx: corrections.undo_employer(tx, one, everywhere=True)) == []
    assert stored(store, 1)["company"] == "Shore"


@pytest.mark.parametrize(
    "undo", [corrections.undo_stage, corrections.undo_employer], ids=["stage", "employer"]
)
def test_of_an_application_that_is_not_there(store: Store, undo: Undo) -> None:
    with pytest.raises(KeyError):
        in_one(store, lambda tx: undo(tx, "taleo|nowhere|9", everywhere=False))


def test_a_stage_taken_back_leaves_what_was_read_since(store: Store) -> None:
    one, two, _ = (job(number).key for number in (1, 2, 3))
    changed = in_one(
        store,
        lambda tx: corrections.correct_stage(tx, one, Stage.SHORTLISTED, everywhere=True, at=START),
    )
    assert changed == [one, two]
    read(store, job(1), job(2, status="Not selected", stage=Stage.NOT_SELECTED), job(3), at=24)
    assert in_one(store, lambda tx: corrections.undo_stage(tx, one, everywhere=True)) == [one]
    assert (stored(store, 1)["stage"], stored(store, 1)["stage_corrected"]) == (Stage.UNDER_REVIEW, None)
    assert stored(store, 2)["stage"] == Stage.NOT_SELECTED


def test_a_stage_taken_back_for_an_application_that_is_gone(store: Store) -> None:
    one, two, _ = (job(number).key for number in (1, 2, 3))

    def correct_and_lose(tx: Transaction) -> list[str]:
        corrections.correct_stage(tx, one, Stage.SHORTLISTED, everywhere=True, at=START)
        tx.remove("applications", two)
        return corrections.undo_stage(tx, one, everywhere=True)

    assert in_one(store, correct_and_lose) == [one]


def test_a_name_for_the_whole_employer_is_found_among_other_corrections(store: Store) -> None:
    """A rule of the same host that speaks of another name is not this one's."""
    read(store, job(1), job(2), job(3), job(4, company="Harbor Clinic"), at=24)
    four = job(4).key

    def correct(tx: Transaction) -> list[str]:
        corrections.correct_stage(tx, four, Stage.SCREEN, everywhere=False, at=START)
        corrections.correct_employer(tx, job(1).key, "Lake", everywhere=True, at=START)
        corrections.correct_employer(tx, job(2).key, "Shore", everywhere=False, at=START)
        return corrections.correct_employer(tx, four, "Harbor", everywhere=True, at=START)

    assert in_one(store, correct) == [four]
    assert in_one(store, lambda tx: corrections.undo_employer(tx, four, everywhere=True)) == [four]
    assert [stored(store, number)["company"] for number in (1, 2, 3, 4)] == [
        "Lake",
        "Shore",
        "Lake",
        "Harbor Clinic",
    ]
    assert in_one(store, lambda tx: corrections.undo_employer(tx, job(2).key, everywhere=False))
    assert stored(store, 2)["company"] == "Lakeshore Health"
