"""What ended an application is never hidden by a step it once reached: that would make a person ask in vain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from scraper.model import Confidence, Stage
from scraper.reading.generic_atom import Atom
from scraper.reading.generic_text import says_what_became
from scraper.reading.generic_words import PROSE
from scraper.stages import stage_of

if TYPE_CHECKING:
    from scraper.reading.generic_looks import Found


_SURELY_OVER = (Stage.NOT_SELECTED, Stage.NOT_QUALIFIED, Stage.WITHDRAWN)
"""Said of an application and of nothing else, so that they need no chip round them."""


def take_ending(row: Found, rest: Sequence[Atom]) -> None:
    """ "Completed", and below it "You were not selected": what ended an application is never hidden by a chip."""
    said = stage_of(row.status)
    if row.status and not said.ended and (chip := _ending_chip(row, rest)) is not None:
        row.status, row.status_atom = chip.text, chip
        return
    step = row.status_atom is not None and row.status_atom.step
    if row.status and (
        said.ended or not (step or said.stage in (Stage.RECEIVED, Stage.ACTIVE, Stage.UNKNOWN))
    ):
        return
    for atom in rest:
        if PROSE.search(atom.words) and not atom.action and says_what_became(atom.text):
            reading = stage_of(atom.text)
            if reading.ended and reading.confidence is not Confidence.GUESS:
                row.status, row.status_atom = atom.text, atom
                return


def _ending_chip(row: Found, rest: Sequence[Atom]) -> Atom | None:
    """A mark beside a live step that says it is over: "Step: Interview", and "Not selected" on a chip."""
    for atom in rest:
        if atom is row.status_atom or atom.action or atom.heading or not atom.status:
            continue
        if not atom.named_status and (row.labelled or stage_of(atom.text).stage not in _SURELY_OVER):
            continue
        reading = stage_of(atom.text)
        if not reading.ended or reading.confidence is Confidence.GUESS:
            continue
        # "Closed" may be said of the opening: it counts only beside what is called a mere step.
        if reading.stage not in (Stage.CLOSED, Stage.INACTIVE) or (row.labelled and not row.of_own):
            return atom
    return None
