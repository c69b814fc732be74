"""`intown read`, `stage`, `portals` and `record`, as a script uses them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from server.cli import intown
from server.commands.reading import own_address

LIST = '<title>My applications | Acme</title><h1>My applications</h1><table><tr><th>Job title<th>Status<th>Date applied<tr><td><a href="/j/1">Welder</a><td>Under review<td>05/06/2026</table>'


def run(*arguments: str, given: str = "") -> Result:
    return CliRunner().invoke(intown, list(arguments), input=given)


def test_read_prints_one_object() -> None:
    answer = json.loads(
        run("read", "--json", "--url", "https://apply.example.org/me", "-", given=LIST).stdout
    )
    assert answer == {
        "portal": None,
        "page_kind": "applications",
        "applications": [
            {
                "title": "Welder", "company": "Acme", "status": "Under review", "stage": "under_review", "confidence": "sure",
                "location": "", "applied_on": "2026-05-06", "requisition": "", "url": "https://apply.example.org/j/1",
            }
        ],
    }  # fmt: skip


@pytest.mark.parametrize(
    "head",
    [
        "<!-- saved from url=(0030)https://apply.example.org/me -->",
        "<!-- url: https://apply.example.org/me | known: nothing -->",
        '<link rel="canonical" href="https://apply.example.org/me">',
        '<meta property="og:url" content="https://apply.example.org/me">',
        '<base href="https://apply.example.org/me">',
    ],
)
def test_a_saved_page_tells_its_own_address(head: str) -> None:
    assert own_address(f"{head}<h1>x</h1>") == "https://apply.example.org/me"


def test_stage_answers_line_by_line() -> None:
    given = "Not Selected\tWorkday\nForwarded\tSAP SuccessFactors\nReferred to hiring manager\n\nBlue\t\n"
    lines = [json.loads(line) for line in run("stage", "--json", "-", given=given).stdout.splitlines()]
    assert [(a["text"], a["portal"], a["stage"], a["confidence"]) for a in lines] == [
        ("Not Selected", "Workday", "not_selected", "sure"),
        ("Forwarded", "SAP SuccessFactors", "active", "guess"),
        ("Referred to hiring manager", "", "referred", "sure"),
        ("Blue", "", "unknown", "guess"),
    ]


def test_portals_lists_each_kind_once() -> None:
    rows = json.loads(run("portals", "--json").stdout)
    kinds = [row["kind"] for row in rows]
    assert "taleo" in kinds
    assert len(kinds) == len(set(kinds))
    assert {row["kind"] for row in rows if row["automation"] == "capture_only"} == {"indeed", "linkedin"}


@pytest.mark.parametrize("command", ["stage", "read"])
def test_reading_starts_without_flask_and_playwright(command: str) -> None:
    program = (
        "import sys; from server.cli import intown\n"
        f"intown(['{command}', '--json', '-'], standalone_mode=False)\n"
        "loaded = {'flask', 'apiflask', 'playwright', 'tinydb', 'keyring', 'httpx'} & set(sys.modules)\n"
        "sys.exit(', '.join(sorted(loaded)) or 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        input="Under review\n",
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr


SECRET = (
    "<html><head><script>var token='a'</script></head><body><!-- Maria --><header>Hello, Maria Lopez <a href='mailto:maria@mail.test'>maria@mail.test</a></header>"
    "<h1>My applications</h1><p>Call (216) 444-1234</p><input value='typed' data-user='77'><table><tr><th>Job title<th>Req ID<th>Status<th>Date applied<th>Recruiter"
    "<tr><td><a href='/j/7654321?token=abc&job=7654321'>Welder</a><td>7654321<td>Under review<td>05/06/2026<td>Pat Quill"
    "<tr><td><a href='/j/7654322'>Painter</a><td>7654322<td>Not selected<td>05/07/2026<td>Pat Quill</table>"
    "<i data-key='b3F29xQ7zL0pT5vK2mN8rW4y'></i><p>9b2e4c1a-1111-4222-8333-444455556666</p></body></html>"
)  # fmt: skip


def test_record_writes_a_page_without_the_person(tmp_path: Path) -> None:
    page = tmp_path / "in.html"
    page.write_text(SECRET, encoding="utf-8")
    out = tmp_path / "case.html"
    done = run(
        "record",
        str(page),
        "--url",
        "https://apply.example.org/u/7654321",
        "--name",
        "Maria Lopez",
        "--name",
        "Pat Quill",
        "--out",
        str(out),
    )
    assert done.exit_code == 0, done.output
    written = out.read_text("utf-8")
    for secret in (
        "Maria",
        "Lopez",
        "maria@",
        "444-1234",
        "7654321",
        "7654322",
        "token",
        "typed",
        "Quill",
        "b3F29",
        "9b2e4c1a",
        "<script",
    ):
        assert secret not in written, secret
    answer = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert [(a["title"], a["status"]) for a in answer["applications"]] == [
        ("Welder", "Under review"),
        ("Painter", "Not selected"),
    ]
    assert len({a["requisition"] for a in answer["applications"]}) == 2


def test_record_refuses_what_it_cannot_clean(tmp_path: Path) -> None:
    page = tmp_path / "in.html"
    page.write_text('<h1>My applications</h1><p class="k-1234567890123456789">x</p>', encoding="utf-8")
    out = tmp_path / "case.html"
    done = run("record", str(page), "--out", str(out))
    assert done.exit_code != 0
    assert not out.exists()


def test_record_needs_something_to_record() -> None:
    assert run("record").exit_code == 2
