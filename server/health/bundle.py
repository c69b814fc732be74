"""The file for a bug report: what the doctor found, how past visits ended, the last lines of the logs. Scrubbed.

The findings' texts and fixes stay out, for they hold names and paths; their facts are numbers and words from closed
lists. If anything of the person is found in the finished report, nothing is written.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from typing import Any

import orjson

from scraper import __version__
from scraper.model import Confidence, Stage
from scraper.outcomes import Outcome
from scraper.portals import PORTALS
from scraper.settings import Home
from scraper.store import StoreError, View
from server.health.findings import Finding, Patient, worst
from server.health.scrubbing import leftovers, personal_texts, personal_words, safe_line
from server.recording import StillPersonal

LAST_LINES = 300
RUNS = 30
_HOW = ("warm", "session", "signed in", "")
_NOTE = (
    "Made by `intown doctor --bundle`. Words that are not InTown's own were replaced by an ellipsis. Look through it "
    "before you share it."
)


def make_bundle(patient: Patient, findings: Sequence[Finding]) -> bytes:
    """The zip file. Raises StillPersonal, before anything is written, when something of the person is left."""
    view = _view(patient)
    texts = personal_texts(view, patient.home)
    closed = [*Stage, *Confidence, *Outcome, *(portal.kind for portal in PORTALS)]
    personal = personal_words(texts, closed)
    report = orjson.dumps(_report(findings), option=orjson.OPT_INDENT_2).decode()
    outcomes = orjson.dumps(list(history(view)), option=orjson.OPT_INDENT_2).decode()
    logs = "\n".join(safe_line(line, personal) for line in last_lines(patient.home))
    files = {"report.json": report, "outcomes.json": outcomes, "log.txt": logs, "README.txt": _NOTE}
    fixed = [*_vocabulary(findings), *closed, _NOTE]
    left = {
        what
        for name, text in files.items()
        for what in leftovers(text, texts, personal, () if name == "log.txt" else fixed)
    }
    if left:
        raise StillPersonal(f"The report still holds {', '.join(sorted(left))}; nothing was written.")
    return _zipped(files)


def _view(patient: Patient) -> View:
    """What is stored; nothing where it cannot be read, for the report is needed most then."""
    try:
        return patient.view
    except StoreError:
        return View({})


def _report(findings: Sequence[Finding]) -> dict[str, Any]:
    checks = [
        {"name": finding.name, "state": finding.state.value, "facts": dict(finding.facts)}
        for finding in findings
    ]
    return {"intown": __version__, "state": worst(list(findings)).value, "checks": checks}


def _vocabulary(findings: Sequence[Finding]) -> Iterator[str]:
    """The words that the report's own form is made of."""
    yield from (
        "intown",
        "state",
        "checks",
        "name",
        "facts",
        "began",
        "accounts",
        "account",
        "portal",
        "outcome",
    )
    yield from ("read", "new", "changed", "seconds", "how", "null", "true", "false", *_HOW)
    for finding in findings:
        yield from (finding.name, finding.state.value)
        for name, value in finding.facts.items():
            yield name
            if finding.name in (
                "versions",
                "browser",
                "nights",
                "keychain",
            ):  # of this machine, not of the person
                yield str(value)


def history(view: View) -> Iterator[dict[str, Any]]:
    """The last runs, with numbers in the place of accounts."""
    numbers = {key: number for number, key in enumerate(sorted(view.all("accounts")), start=1)}
    kinds = {key: str(doc.get("portal", "")) for key, doc in view.all("accounts").items()}
    known = {portal.kind for portal in PORTALS}
    for _, run in sorted(view.all("runs").items())[-RUNS:]:
        yield {
            "began": str(run["began"])[:16],
            "accounts": [
                {
                    "account": numbers.get(line["account"], 0),
                    "portal": kind if (kind := kinds.get(line["account"], "")) in known else "",
                    "outcome": line["outcome"] if line["outcome"] in set(Outcome) else "",
                    "how": line["how"] if line["how"] in _HOW else "",
                    **{name: int(line[name]) for name in ("read", "new", "changed")},
                    "seconds": float(line["seconds"]),
                }
                for line in run["accounts"]
            ],
        }


def last_lines(home: Home) -> Iterator[str]:
    """The end of each log, under a heading that numbers it."""
    for path in sorted(home.logs.glob("*.log")) if home.logs.is_dir() else ():
        with path.open("rb") as file:
            file.seek(max(0, path.stat().st_size - 200_000))
            text = file.read().decode("utf-8", "replace")
        yield f"--- {path.stem} log"
        yield from text.splitlines()[-LAST_LINES:]


def _zipped(files: dict[str, str]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), text)
    return packed.getvalue()
