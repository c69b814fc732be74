"""The `intown` command itself: what it lists, and how an error of ours reaches the person."""

from __future__ import annotations

import sys

import pytest

from server.cli import COMMANDS, main
from tests.commands.conftest import Run


def test_every_command_is_listed_in_the_order_of_the_story(run: Run) -> None:
    shown = run("--help").output.split("Commands:")[1].splitlines()
    assert [line.split()[0] for line in shown if line.startswith("  ") and line[2] != " "] == list(COMMANDS)


def test_a_wrong_name_is_wrong_usage(run: Run) -> None:
    done = run("ask")
    assert done.exit_code == 2
    assert "No such command 'ask'" in done.output


def test_an_error_of_ours_is_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["intown", "data", "restore", "nothing", "--yes"])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 1
    told = capsys.readouterr().err.splitlines()
    assert told == ["There is no kept state 'nothing'; `intown data backups` lists them."]
