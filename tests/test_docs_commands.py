"""Every command that the documents show is run as shown, by a reader who follows them."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
import pytest

from fixtures.portals import serve
from server.cli import COMMANDS, intown
from tests import docs_reading as docs
from tests.browser.icon import EXTENSION_ID
from tests.docs_commands import AS_MANY, NOT_RUN, RUN, How
from tests.release.check import free_port

pytestmark = pytest.mark.browser
RUNNER = re.compile(r"^(?:python3 run\.py|INTOWN_HOME=\S+ intown) (?=([\w-]+))")
ALL = [one for path in docs.documents() if path.name != docs.HISTORY for one in docs.commands(path)]


def plain(text: str) -> str:
    """The command without what stands before it: `python3 run.py sync` is `intown sync`."""
    found = RUNNER.match(text)
    return f"intown {text[found.end() :]}" if found and found[1] in COMMANDS and found[1] != "demo" else text


def complete(words: list[str]) -> bool:
    """Whether an `intown` command can be typed as it is; `intown trip import` is only its name, and so is one with a
    word in capitals that stands for something.

    Raises click.UsageError for a command or an option that does not exist.
    """
    command: click.Command = intown
    rest = words[1:]
    while isinstance(command, click.Group) and rest and not rest[0].startswith("-"):
        inner = command.get_command(click.Context(command), rest[0])
        if inner is None:
            raise click.UsageError(f"no such command: {' '.join(words)}")
        command, rest = inner, rest[1:]
    form = any(re.fullmatch(r"[A-Z_]{3,}(\.\w+)?", word) for word in rest)
    try:
        command.make_context(words[0], list(rest))
    except (click.MissingParameter, click.exceptions.NoArgsIsHelpError):
        return False
    except click.BadParameter:  # there is no file of the name FILE
        if not form:
            raise
    return not form


@pytest.mark.parametrize("shown", ALL, ids=[f"{one.where}: {one.text}" for one in ALL])
def test_a_command_is_run_or_it_is_said_why_not(shown: docs.Shown) -> None:
    text = plain(shown.text)
    words = docs.Shown(text, shown.where, shown.block).words
    is_name = not shown.block and words[0] == "intown" and not complete(words)
    assert is_name or text in RUN or text in NOT_RUN


@pytest.mark.parametrize("path", docs.documents(), ids=lambda path: str(path.name))
def test_blocks_of_commands_are_marked_as_such(path: Path) -> None:
    assert list(docs.unmarked(path)) == []
    assert [one.text for one in docs.commands(path) if one.block and one.words[0] not in docs.PROGRAMS] == []


def test_neither_list_has_what_no_document_shows() -> None:
    shown = {plain(one.text) for one in ALL}
    assert set(RUN) - shown == set()
    assert set(NOT_RUN) - shown == set()
    assert set(RUN) & set(NOT_RUN) == set()
    assert len(NOT_RUN) == AS_MANY


def test_a_wrong_command_is_noticed() -> None:
    for wrong in ("intown frobnicate", "intown sync --sideways", "intown data backups too many"):
        with pytest.raises(click.UsageError):
            complete(wrong.split())
    assert not complete(["intown", "trip", "import"])
    assert complete(["intown", "data"])


# --- running them ------------------------------------------------------------------------------------------


def arguments(text: str) -> list[str]:
    """What to start for a command: this Python, and the module behind the program."""
    program, *words = docs.Shown(text, "", block=True).words
    if text.startswith("python3 run.py release-notes"):
        return [sys.executable, "-m", "tests.release.notes"]
    if program == "python":
        return [
            sys.executable,
            *[word for word in words if word != "--write"],
        ]  # a test writes into no document
    if text == "python3 run.py":
        return [sys.executable, str(docs.ROOT / "run.py")]
    assert program == "intown", text
    return [sys.executable, "-m", "server.cli", *words]


def at_a_terminal(command: list[str], how: How, folder: Path) -> tuple[int, str]:
    """Run a command, with what the person types where it asks; its exit code and what it said."""
    if not how.typed:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=180, check=False)
        return done.returncode, done.stdout + done.stderr
    import pty

    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        command, cwd=folder, stdin=theirs, stdout=theirs, stderr=theirs, close_fds=True
    )
    os.close(theirs)
    said, waiting = "", list(how.typed)
    while True:
        try:
            said += os.read(ours, 4096).decode(errors="replace")
        except OSError:  # the other side has closed: the command has ended
            break
        if waiting and re.search(r"[:?\]] ?$", said):
            os.write(ours, f"{waiting.pop(0)}\n".encode())
    os.close(ours)
    return process.wait(60), said


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """`intown serve`, until the block ends; its address."""
    address = f"http://127.0.0.1:{os.environ['INTOWN_PORT']}"
    process = subprocess.Popen(arguments("intown serve"), cwd=folder, stderr=subprocess.DEVNULL)
    try:
        for _ in range(120):
            try:
                urllib.request.urlopen(f"{address}/api/ping", timeout=2).close()  # noqa: S310 - our own
                break
            except OSError:
                time.sleep(0.25)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def pair(address: str, folder: Path) -> tuple[int, str]:
    """`intown pair`, and a popup into which somebody types the code."""
    command = arguments("intown pair")
    process = subprocess.Popen(
        command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    assert process.stdout is not None
    said = ""
    while not (code := re.search(r"^ {4}(\d{4}) (\d{4})$", said, re.MULTILINE)):
        line = process.stdout.readline()
        assert line, said
        said += line
    request = urllib.request.Request(  # noqa: S310 - our own server, on loopback
        f"{address}/api/pair",
        data=json.dumps({"code": code[1] + code[2], "label": "The reader's browser"}).encode(),
        headers={"Content-Type": "application/json", "Origin": f"chrome-extension://{EXTENSION_ID}"},
    )
    urllib.request.urlopen(request, timeout=10).close()  # noqa: S310 - our own server
    rest, _ = process.communicate(timeout=60)
    return process.returncode, said + rest


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory, places_folder: Path) -> dict[str, tuple[int, str]]:
    """Everything in `RUN`, in its order, in one home; how each ended."""
    folder = tmp_path_factory.mktemp("reader")
    results: dict[str, tuple[int, str]] = {}
    with serve() as portals, pytest.MonkeyPatch.context() as patch:
        settings = {
            "INTOWN_HOME": str(folder / "home"),
            "INTOWN_PASSPHRASE": "of somebody who reads",
            "INTOWN_PLACES": str(places_folder),
            "INTOWN_PORT": free_port(),
            "PYTHONPATH": str(docs.ROOT),
            "COLUMNS": "140",
        }
        for name, value in (settings | portals.environment).items():
            patch.setenv(name, value)
        for text, how in RUN.items():
            if text == "intown serve":
                with server(folder) as address:
                    results["intown pair"] = pair(address, folder)
                results[text] = (0, "")
            elif text != "intown pair":
                results[text] = at_a_terminal(arguments(text), how, folder)
    return results


@pytest.mark.parametrize("text", RUN)
def test_a_command_does_what_the_document_says(text: str, told: dict[str, tuple[int, str]]) -> None:
    code, said = told[text]
    assert code in RUN[text].codes, said[-1500:]
    assert RUN[text].says in said, said[-1500:]
    assert "Traceback" not in said
