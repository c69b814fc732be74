"""Status texts nobody wrote a pattern for: the stage, and the line between what lives and what is over."""

from __future__ import annotations

import pytest

from scraper import stage_patterns
from scraper.model import ENDED, Confidence, Stage
from scraper.stage_text import statement
from scraper.stages import stage_of
from tests.test_stages import PHRASES, RELIED_ON, phrases

MORE_PHRASES = PHRASES.with_name("status_phrases_more.tsv")


def more_phrases() -> list[tuple[str, set[Stage]]]:
    """Invented status texts nobody had written a pattern for: text, every stage a person could defend."""
    lines = MORE_PHRASES.read_text("utf-8").splitlines()
    return [
        (text, {Stage(stage) for stage in stages.split()}) for text, stages in (x.split("\t") for x in lines)
    ]


def test_phrases_written_before_they_were_read_get_a_stage_a_person_could_defend() -> None:
    wrong = [(t, w, stage_of(t)) for t, w in more_phrases() if stage_of(t).stage not in w]
    assert len(more_phrases()) >= 900
    assert len(wrong) / len(more_phrases()) <= 0.05, wrong


def sides() -> list[tuple[str, bool]]:
    """Every phrase that can only be over (True) or only be live (False), caveats and buttons apart."""
    known = [(text, {want}) for text, portal, want in phrases() if not portal]
    return [
        (text, over.pop())
        for text, want in known + more_phrases()
        if len(over := {stage in ENDED for stage in want if stage is not Stage.UNKNOWN}) == 1
        and Stage.UNKNOWN not in want
        and not text.startswith(("Withdraw ", "Cancel ", "Retirer ", "Retirar ", "Bewerbung zur", "Pre-b"))
        and text not in ("Employee", "Applicant")  # a word that is a status only when alone
    ]


def relied_on_side(text: str) -> bool | None:
    """Over (True), live (False), or nothing that anybody would rely on (None)."""
    reading = stage_of(text)
    if reading.stage is Stage.UNKNOWN or reading.confidence not in RELIED_ON:
        return None
    return reading.ended


AROUND = (
    "{}",
    "Thank you for applying. {}",
    "Dear applicant, {}",
    "{}. Thank you for your interest.",
    "As of 12 Nov 2026: {}",
    "{} - please do not reply",
    "{} (automatic message)",
    "Your application to Harbor Bank: {}",
    "{}. We appreciate the time you took.",
    "{}. If you have questions, contact us.",
    "{}. If you are selected, you may be contacted for an interview.",
    "{}. You may apply again.",
    "{}. You can withdraw your application at any time.",
    "Sehr geehrte Bewerberin, {}",
    "Estimado candidato: {}",
    "Bonjour, {}",
    "Prezado candidato, {}",
)


def test_courtesy_and_capitals_carry_no_phrase_across_the_line() -> None:
    crossed = []
    for number, (text, over) in enumerate(sides()):
        # Every eighth with each: all of them with some courtesy, no phrase with all.
        for around in AROUND[number % 8 :: 8]:
            for said in (around.format(text), around.format(text).upper()):
                if relied_on_side(said) not in (None, over):
                    crossed.append((said, stage_of(said)))
    assert crossed == []


def test_no_pattern_is_left_untried_that_fits() -> None:
    """The words that choose which patterns are tried may choose too many, never too few."""
    grammar = stage_patterns._grammar()
    for text, _over in sides()[::5]:
        said = statement(text)
        tried = set(grammar.candidates(said))
        assert [group.stage for group in grammar.groups if group.span(said) and group not in tried] == []


ENDINGS = ("not selected", "rejected", "position closed", "abgelehnt", "refusé", "rechazado", "reprovado")


def test_a_live_phrase_beside_an_ending_is_never_relied_on_as_live() -> None:
    said = [f"{t} - {e}" for t, over in sides() if not over and len(t.split()) <= 5 for e in ENDINGS]
    assert [(x, stage_of(x)) for x in said if relied_on_side(x) is False] == []


@pytest.mark.parametrize("word", ["xyzzy", "glimmered", "smudged", "verschnupft", "chamuscada", "biscornue"])
@pytest.mark.parametrize("thing", ["Your application {}", "Application {}", "Candidature {}", "Bewerbung {}"])
def test_a_sentence_about_an_application_that_nobody_understands_says_nothing(thing: str, word: str) -> None:
    reading = stage_of(thing.format(word))
    assert reading.confidence is Confidence.GUESS
    assert reading.stage is Stage.UNKNOWN


@pytest.mark.parametrize(
    "text",
    [
        "Under review (Declined Payments Analyst)",
        'Your application for "Cancelled Orders Clerk" is under review',
        "Are you still interested? You were not selected yet",
        "You may be contacted for an interview",
        "Only shortlisted candidates will be interviewed",
        "Wenn Sie ausgewählt werden, laden wir Sie zum Gespräch ein",
        "Si vous êtes retenu, vous serez convoqué à un entretien",
        "Have you been offered the job?",
    ],
)
def test_suppositions_questions_and_titles_are_no_step(text: str) -> None:
    reading = stage_of(text)
    steps = (Stage.INTERVIEW_REQUESTED, Stage.INTERVIEW_SCHEDULED, Stage.SHORTLISTED, Stage.OFFER)
    assert reading.confidence is Confidence.GUESS or (not reading.ended and reading.stage not in steps)


@pytest.mark.parametrize(
    "text",
    [
        "We will keep your resume on file",
        "Your CV will be kept on file for future roles",
        "Guardaremos tu CV para futuras oportunidades",
        "Nous conservons votre candidature",
        "Wir behalten Ihre Unterlagen in Evidenz",
        "Manteremos seu currículo em nosso banco",
    ],
)
def test_kept_on_file_is_a_guess_at_most(text: str) -> None:
    assert relied_on_side(text) is not False


@pytest.mark.parametrize(
    "text",
    [
        "Not selected yet",
        "Nobody has been hired yet",
        "Your application was not withdrawn",
        "No decision to reject has been made",
        "Noch nicht entschieden",
        "Aún no descartado",
        "Pas encore refusé",
        "Ainda não recusada",
        "We've passed your profile on to the team lead",
        "We have passed your application on to the hiring manager",
        "Admitido provisionalmente",
    ],
)
def test_what_has_not_ended_is_not_called_ended(text: str) -> None:
    assert not stage_of(text).ended


@pytest.mark.parametrize(
    "text",
    [
        "Below cut score",
        "Position offered to another",
        "Sifted out",
        "Your application has lapsed",
        "You asked us to stop your application",
        "Unable to progress your application",
        "Your application will not be taken further",
        "We went with somebody else",
        "You were passed over",
        "Passed away from process",
        "Not among the most qualified",
        "Candidature irrecevable",
        "Not on the shortlist",
        "No interview will be offered",
        "Non convoqué à l'entretien",
        "Nicht in die engere Wahl gekommen",
        "Excluido definitivo",
        "Desistiu",
    ],
)
def test_quiet_endings_are_endings(text: str) -> None:
    reading = stage_of(text)
    assert reading.ended
    assert reading.confidence in RELIED_ON
