"""Every sentence that the program can say is in the catalogues, and none is there without a use."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from scraper import outcomes
from scraper.model import ENDED, PageKind, Stage
from server.asking.ledger import MOVES
from server.asking.model import AskState, Language
from server.catalogue import ANSWERED, catalogue, recognised
from server.errors import CODES
from server.said import Said, told

ROOT = Path(__file__).parents[2]
OTHERS = [Language.ES, Language.FR, Language.DE]


def _calls() -> Iterator[ast.Call]:
    for path in (ROOT / "server").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        yield from (node for node in ast.walk(tree) if isinstance(node, ast.Call))


def _spoken() -> tuple[set[str], set[str]]:
    """The codes written out in the server's sources, and the tables of those put together there."""
    exact, tables = set(), set()
    for call in _calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        if name == "Said" and call.args:
            first = call.args[0]
            if isinstance(first, ast.JoinedStr) and isinstance(first.values[0], ast.Constant):
                tables.add(str(first.values[0].value).partition(".")[0])
            else:  # one code, or one of two by a condition
                exact |= {str(part.value) for part in ast.walk(first) if isinstance(part, ast.Constant)}
        elif name == "PlanError" and len(call.args) == 1:  # its code is its sentence
            exact.add(f"error.{ast.literal_eval(call.args[0])}")
    return exact, tables


def _put_together() -> set[str]:
    """The codes that are made of a table and a word of ours."""
    kinds = set(PageKind) - {PageKind.APPLICATIONS, PageKind.DETAIL}
    found = {f"stage.{stage.value}" for stage in Stage}
    found |= {f"ledger.{state.value}" for state in AskState}
    found |= {f"page.{kind.value}" for kind in kinds}
    found |= {f"page.read_{news}" for news in ("same", "new", "changed", "both")}
    found |= {f"error.{code}" for code in CODES.values()}
    found |= {f"error.{what}_known" for what in ("no_application", "several_applications")}
    found |= {f"near.{where}{sure}" for where in ("in_town", "around") for sure in ("", "_perhaps")}
    found |= {f"verdict.{at}_{who}" for at in ("there", "near") for who in ("handled", "host", "nobody")}
    return found | {f"summary.{part}" for part in ("people", "employers", "asked", "left_out")}


def test_every_code_has_a_sentence_and_every_sentence_a_use() -> None:
    exact, tables = _spoken()
    known = set(catalogue(Language.EN))
    spoken = {code for code in exact if "." in code}
    assert spoken - known == set()
    assert _put_together() - known == set()
    assert tables <= {code.partition(".")[0] for code in _put_together()}
    made_elsewhere = {code for code in known if code.partition(".")[0] in ANSWERED}
    assert known - spoken - _put_together() - made_elsewhere == set()


def test_every_state_of_an_ask_and_every_ended_stage_is_spoken_of() -> None:
    for state in {*MOVES, AskState.UNDONE}:
        assert Said(f"ledger.{state.value}", day=date(2027, 8, 13)).in_words(Language.DE)
    for stage in ENDED:
        assert str(Said("verdict.ended", stage=Said(f"stage.{stage.value}"))).endswith(".")


SAYING = [
    "accounts.py",
    "browser.py",
    "browser_page.py",
    "browser_walk.py",
    "by_hand.py",
    "login.py",
    "login_code.py",
    "login_pins.py",
    "outcomes.py",
    "sync_keep.py",
    "sync_result.py",
    "sync_run.py",
    "sync_secrets.py",
    "sync_sign_ins.py",
    "sync_visit.py",
    "portals/base.py",
    "reading/page.py",
    "reading/generic.py",
    "reading/guard.py",
    "reading/page_worker.py",
    "store_disk.py",
]
FOR_THE_TERMINAL = (
    # `intown account add` and `data restore` are typed, never clicked.
    "A portal's address starts with https:// and holds no user name.",
    "InTown does not know the portal at",
    " is read by a click on the icon only; InTown never signs in there.",
    " is no host name.",
    "That login is there already, as",
    " cannot be restored: ",
    "A document is nested too deeply to be stored; nothing was kept.",
    "The visit to %s failed.",
    # Parts of a sentence that is put together there.
    "There are: 7.",
    "; nothing was sent.",
)


def _sentences(path: Path) -> Iterator[str]:
    """The sentences written out in a source, "7" in every blank."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    inside -= {id(node) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)}
    docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if id(node) in inside | docs:
            continue
        text = ""
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            text = re.sub(r"\{\w*\}", "7", node.value)
        elif isinstance(node, ast.JoinedStr):
            text = "".join(str(v.value) if isinstance(v, ast.Constant) else "7" for v in node.values)
        if re.match(r"[A-Z7“ ]", text) and " " in text and text.endswith((".", ".7")):
            yield text.strip()


def test_what_other_parts_of_the_server_answer_is_known() -> None:
    for call in _calls():
        name = ast.unparse(call.func).rpartition(".")[2]
        if name in ("ApiError", "answer"):
            texts = [*call.args, *(keyword.value for keyword in call.keywords if keyword.arg == "fix")]
            for text in texts:
                if isinstance(text, ast.Constant) and " " in str(text.value):
                    assert recognised(str(text.value)), text.value


@pytest.mark.parametrize("name", SAYING)
def test_what_the_scraper_says_is_known(name: str) -> None:
    for text in _sentences(ROOT / "scraper" / name):
        if not any(part in text for part in FOR_THE_TERMINAL if len(text) > len(part) or part == text):
            assert recognised(text), text


def test_each_outcome_has_its_sentence_in_each_language() -> None:
    for outcome, rule in outcomes.RULES.items():
        assert recognised(rule.sentence) == (f"portal.{outcome.value}", ())
        for language in OTHERS:
            assert told(rule.sentence, language) == Said(f"portal.{outcome.value}").in_words(language)


def test_a_sentence_made_of_two_is_said_whole() -> None:
    gap = "Page 3 of the list did not come. What was kept before is still there."
    assert told(gap, Language.DE) == "Seite 3 der Liste kam nicht. Was vorher da war, ist noch da."
    damaged = (
        "The file with your data was damaged (checksum) and was restored as it was on 2027-08-13 02:00; what was "
        "changed after that may be missing. The damaged file was kept as /data/x.json."
    )
    said = told(damaged, Language.ES)
    assert said.startswith("El archivo con sus datos estaba dañado (checksum)")
    assert said.endswith("cambió después. El archivo dañado se ha guardado como /data/x.json.")


def test_text_of_a_page_stays_as_it_is() -> None:
    for language in Language:
        assert (
            told("Whatever a portal may have written {here}", language)
            == "Whatever a portal may have written {here}"
        )
    odd = "InTown does not know the status “{count} Offer {status}” yet."
    assert "{count} Offer {status}" in told(odd, Language.FR)
    assert Said("due.send", who="{day:short} %s {{x}}").in_words(Language.EN) == (
        "Your message to {day:short} %s {{x}} is written but not sent."
    )
