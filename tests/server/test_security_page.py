"""SECURITY.md promises tests by name: each must exist, and no row of the threat table may be missing."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "SECURITY.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| (\d+) \| ([^|]+) \| ([^|]+) \|$", TEXT, re.MULTILINE)


def test_every_number_of_the_threat_table_is_there_once() -> None:
    assert [int(number) for number, _, _ in ROWS] == list(range(1, 64))


@pytest.mark.parametrize(("number", "threat", "held_by"), ROWS, ids=[row[0] for row in ROWS])
def test_a_row_names_a_test_or_a_limit(number: str, threat: str, held_by: str) -> None:
    assert "`tests/" in held_by or "Limit" in held_by, threat


@pytest.mark.parametrize(
    "named", sorted(set(re.findall(r"`((?:tests|server|scraper|extension)/[^`]+)`", TEXT)))
)
def test_what_is_named_exists(named: str) -> None:
    path, _, function = named.partition("::")
    assert (ROOT / path).exists()
    if function:
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert function in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
