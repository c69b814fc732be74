"""What status texts mean: the vocabulary, phrases nobody wrote a pattern for, and what the user corrected."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from scraper.model import ENDED, Confidence, Stage
from scraper.stages import Correction, Corrections, portal_kind, stage_of

PHRASES = Path(__file__).parent / "data" / "status_phrases.tsv"
RELIED_ON = (Confidence.SURE, Confidence.LIKELY)


def phrases() -> list[tuple[str, str, Stage]]:
    """Invented status texts: text, portal's name or "", the stage a person would give it."""
    with PHRASES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return [(text, portal_kind(portal) if portal else "", Stage(stage)) for text, portal, stage in rows]


def test_most_phrases_get_their_stage() -> None:
    wrong = [(t, w, stage_of(t, p)) for t, p, w in phrases() if stage_of(t, p).stage is not w]
    assert len(phrases()) >= 400
    assert len(wrong) / len(phrases()) <= 0.05, wrong


def test_no_ended_phrase_is_relied_on_as_live_nor_a_live_one_as_ended() -> None:
    confused = [
        (text, want, reading)
        for text, portal, want in phrases()
        if (reading := stage_of(text, portal)).confidence in RELIED_ON
        and reading.stage is not Stage.UNKNOWN
        and reading.ended != (want in ENDED)
    ]
    assert confused == []


@pytest.mark.parametrize(
    ("text", "portal", "stage", "confidence"),
    [
        ("Completed", "taleo", Stage.RECEIVED, Confidence.SURE),
        ("Completed – Not Selected", "taleo", Stage.NOT_SELECTED, Confidence.SURE),
        ("Completed", "", Stage.RECEIVED, Confidence.GUESS),
        ("Under Review", "icims", Stage.UNDER_REVIEW, Confidence.GUESS),
        ("Under Review", "workday", Stage.UNDER_REVIEW, Confidence.SURE),
        ("Forwarded", "successfactors", Stage.ACTIVE, Confidence.GUESS),
        ("Under Consideration", "oracle", Stage.RECEIVED, Confidence.GUESS),
        ("Hold", "peoplesoft", Stage.ON_HOLD, Confidence.GUESS),
        ("Declined", "dayforce", Stage.NOT_SELECTED, Confidence.SURE),
        ("In Progress", "usajobs", Stage.DRAFT, Confidence.SURE),
        ("In Progress", "smartrecruiters", Stage.ACTIVE, Confidence.SURE),
        ("GS12: Referred", "usajobs", Stage.REFERRED, Confidence.LIKELY),
        ("020-Reviewed", "peoplesoft", Stage.UNDER_REVIEW, Confidence.SURE),
        ("Applied / Open", "peoplesoft", Stage.RECEIVED, Confidence.SURE),
        ("Interview / Filled/Closed", "peoplesoft", Stage.CLOSED, Confidence.LIKELY),
        ("Submission Status: Completed", "icims", Stage.RECEIVED, Confidence.SURE),
        ("Interview", "", Stage.INTERVIEW_SCHEDULED, Confidence.LIKELY),
        ("Candidature déposée il y a 23 h", "linkedin", Stage.RECEIVED, Confidence.SURE),
        ("HirerShortlist", "seek", Stage.SHORTLISTED, Confidence.SURE),
        ("Blue", "", Stage.UNKNOWN, Confidence.GUESS),
        ("", "", Stage.UNKNOWN, Confidence.GUESS),
    ],
)
def test_dialects_and_caveats(text: str, portal: str, stage: Stage, confidence: Confidence) -> None:
    reading = stage_of(text, portal)
    assert (reading.stage, reading.confidence) == (stage, confidence)


def test_a_caveat_says_why() -> None:
    assert "iCIMS" in stage_of("Under Review", "icims").why
    assert "hiring manager" in stage_of("Forwarded", "successfactors").why


@pytest.mark.parametrize(
    ("text", "ended", "stage", "confidence"),
    [
        ("Not Selected", False, Stage.NOT_SELECTED, Confidence.SURE),
        ("In Process", True, Stage.INACTIVE, Confidence.LIKELY),
        ("Position Filled", True, Stage.CLOSED, Confidence.SURE),
        ("", True, Stage.INACTIVE, Confidence.LIKELY),
        ("Whatever they call it", False, Stage.ACTIVE, Confidence.LIKELY),
        ("Requisition was closed by somebody", False, Stage.CLOSED, Confidence.GUESS),
    ],
)
def test_the_list_it_stood_in_counts(text: str, ended: bool, stage: Stage, confidence: Confidence) -> None:
    reading = stage_of(text, ended=ended)
    assert (reading.stage, reading.confidence) == (stage, confidence)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Workday", "workday"),
        ("SAP SuccessFactors", "successfactors"),
        ("Oracle Recruiting Cloud", "oracle"),
        ("Oracle Taleo Enterprise", "taleo"),
        ("PeopleSoft (hospital)", "peoplesoft"),
        ("LinkedIn My jobs (FR)", "linkedin"),
        ("icims", "icims"),
        ("Some Other System (beta)", "some other system"),
    ],
)
def test_portals_are_known_by_the_names_people_use(name: str, kind: str) -> None:
    assert portal_kind(name) == kind


def test_a_correction_holds_for_that_employer_only_and_can_be_undone() -> None:
    correction = Correction("workday", "Meridian Labs", "Under Consideration", Stage.INTERVIEWED)
    after = Corrections.of([correction])

    reading = stage_of("under  consideration ", "workday", "MERIDIAN LABS", corrections=after)
    assert (reading.stage, reading.confidence, reading.why) == (
        Stage.INTERVIEWED,
        Confidence.SURE,
        "You corrected this.",
    )
    assert stage_of("Under Consideration", "workday", "Harbor", corrections=after).stage is Stage.UNDER_REVIEW
    assert (
        stage_of("Under Consideration", "taleo", "Meridian Labs", corrections=after).stage is Stage.RECEIVED
    )
    undone = stage_of("Under Consideration", "workday", "Meridian Labs", corrections=Corrections.of([]))
    assert undone.stage is Stage.UNDER_REVIEW


def test_corrections_in_bulk_and_for_every_employer() -> None:
    texts = ("Step A", "Step B", "Step C")
    made = [Correction("ukg", "", text, Stage.SCREEN) for text in texts]
    made.append(Correction("ukg", "Own", "Step A", Stage.OFFER))
    many = Corrections.of(made)
    assert [stage_of(t, "ukg", "Any", corrections=many).stage for t in texts] == [Stage.SCREEN] * 3
    assert stage_of("Step A", "ukg", "Own", corrections=many).stage is Stage.OFFER
    later = Corrections.of([*made, Correction("ukg", "", "step b", Stage.REFERRED)])
    assert stage_of("Step B", "ukg", corrections=later).stage is Stage.REFERRED
    assert stage_of("Step B", "ukg", corrections=many).stage is Stage.SCREEN
