"""`python3 run.py release-check`: everything that must hold before a release, a line each.

A step returns what it found, for its line; it raises `NotReady` with one sentence that says what to do. All steps
are tried, so that one run tells everything. Each has a limit in time.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from scraper import __version__
from scraper.browsers import find_browser
from tests.release import notes, packages

ROOT = packages.ROOT
DIST = ROOT / "dist"
WINDOWS = os.name == "nt"


class NotReady(Exception):
    """Why this must not be released yet, in one sentence."""


@dataclass(slots=True)
class Bench:
    """Where the steps work: a folder outside the repository, and what earlier steps made in it."""

    folder: Path
    wheel: Path | None = None
    sdist: Path | None = None

    @property
    def programs(self) -> Path:
        return self.folder / "empty" / ("Scripts" if WINDOWS else "bin")

    @property
    def environment(self) -> dict[str, str]:
        """A home of its own, the same browser, and nothing of this checkout."""
        own = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV", "DISPLAY")}
        browser = find_browser() or ""
        return own | {"INTOWN_HOME": str(self.folder / "home"), "INTOWN_BROWSER": browser}

    def installed(self) -> Path:
        """The `intown` of the empty environment. Raises NotReady where it could not be installed."""
        program = self.programs / ("intown.exe" if WINDOWS else "intown")
        if not program.exists():
            raise NotReady("not tried, because the wheel could not be installed")
        return program


def run(
    *command: str | Path, limit: float, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """What the command printed. Raises NotReady with its last line where it failed or took more than `limit` s."""
    words = [str(word) for word in command]
    try:
        done = subprocess.run(
            words,
            cwd=cwd or ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=limit,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise NotReady(f"`{' '.join(words[:4])}` was not done after {limit:.0f} s") from None
    if done.returncode:
        said = (done.stdout + done.stderr).strip().splitlines() or ["nothing"]
        raise NotReady(f"`{' '.join(words[:4])}` ended with {done.returncode} and said: {said[-1]}")
    return done.stdout


def clean_tree(_: Bench) -> str:
    changed = run("git", "status", "--porcelain", limit=60).splitlines()
    if changed:
        raise NotReady(
            f"{len(changed)} files are not committed, first {changed[0][3:]}; commit or remove them"
        )
    return run("git", "rev-parse", "--short", "HEAD", limit=60).strip()


def one_version(_: Bench) -> str:
    if wrong := notes.why_not((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), __version__):
        raise NotReady(wrong)
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))["version"]
    if manifest != __version__:
        raise NotReady(f"extension/manifest.json says {manifest}, the program {__version__}")
    return f"{__version__} in the program, the extension and CHANGELOG.md"


def documents(_: Bench) -> str:
    told = run(sys.executable, "-m", "pytest", "-q", *_document_tests(), limit=600)
    return told.strip().splitlines()[-1]


def _document_tests() -> list[str]:
    names = [path.name for path in sorted((ROOT / "tests").glob("test_docs*.py"))]
    if not names:
        raise NotReady("the tests of the documents are gone")  # pytest without names would run everything
    return [f"tests/{name}" for name in names]


def built(bench: Bench) -> str:
    try:
        bench.wheel, bench.sdist = packages.build(bench.folder / "dist", isolated=True)
    except subprocess.CalledProcessError as error:
        raise NotReady(f"the packages could not be built: {error.stderr.strip()[-300:]}") from error
    if wrong := packages.why_not(bench.wheel, bench.sdist):
        raise NotReady(wrong)
    sizes = (f"{made.name} {made.stat().st_size / 1000:.0f} kB" for made in (bench.wheel, bench.sdist))
    return ", ".join(sizes)


def described(bench: Bench) -> str:
    if bench.wheel is None or bench.sdist is None:
        raise NotReady("not tried, because nothing was built")
    run(sys.executable, "-m", "twine", "check", "--strict", bench.wheel, bench.sdist, limit=120)
    return "twine has nothing to say"


def installs(bench: Bench) -> str:
    if bench.wheel is None:
        raise NotReady("not tried, because nothing was built")
    venv.create(bench.folder / "empty", with_pip=True)
    python = bench.programs / "python"
    quiet = ("-qq", "--disable-pip-version-check")
    run(python, "-m", "pip", "install", *quiet, bench.wheel, limit=600, cwd=bench.folder)
    run(python, "-m", "pip", "check", limit=120, cwd=bench.folder)
    said = run(bench.installed(), "--version", limit=60, cwd=bench.folder).strip()
    if said != f"intown, version {__version__}":
        raise NotReady(f"the installed program calls itself “{said}”")
    return f"{said}, in an environment that had nothing"


def answers(bench: Bench) -> str:
    bench.installed()
    script = Path(__file__).with_name("smoke.py")
    environment = {key: value for key, value in bench.environment.items() if key != "INTOWN_PLACES"}
    command = [str(bench.programs / "python"), "-P", str(script)]
    done = subprocess.run(
        command, cwd=bench.folder, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    if not done.stdout.startswith("{"):
        raise NotReady(f"the smoke run broke: {done.stderr.strip()[-300:]}")
    told = json.loads(done.stdout)
    if told["wrong"]:
        raise NotReady("; ".join(told["wrong"][:3]))
    if not Path(told["at"]).is_relative_to(bench.folder):
        raise NotReady(f"the smoke run used {told['at']} and not the installed wheel")
    return f"{told['helped']} helps, {told['run']} runs"


def free_port() -> str:
    """A port that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


def serves(bench: Bench) -> str:
    """The installed server answers and says its version."""
    program, port = bench.installed(), free_port()
    server = subprocess.Popen(
        [program, "serve", "--port", port],
        cwd=bench.folder,
        env=bench.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(60):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/api/ping", timeout=2) as answer:
                    found = answer.headers["X-InTown-Version"]
                break
            except OSError:
                time.sleep(0.5)
        else:
            raise NotReady("the installed server did not answer within 30 seconds")
    finally:
        server.terminate()
        server.wait(30)
    if found != __version__:
        raise NotReady(f"the installed server says version {found}")
    return f"version {found} on 127.0.0.1"


def looks(bench: Bench) -> str:
    """The installed doctor examines this machine; what it finds is no matter of the release, that it can is."""
    program = bench.installed()
    done = subprocess.run(
        [program, "doctor", "--json"],
        cwd=bench.folder,
        env=bench.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    if done.returncode not in (0, 1, 3) or not done.stdout.startswith(("{", "[")):
        raise NotReady(f"the doctor broke: {done.stderr.strip()[-300:]}")
    return f"looked, and ended with {done.returncode}"


def tells_the_story(bench: Bench) -> str:
    if not bench.environment["INTOWN_BROWSER"]:
        raise NotReady("no browser: install Chrome, Chromium or Edge, or set INTOWN_BROWSER")
    began = time.monotonic()
    told = run(bench.installed(), "demo", limit=600, cwd=bench.folder, environment=bench.environment)
    if "A. Alvarez" not in told:
        raise NotReady("the installed demo ends without naming whom to ask")
    return f"{time.monotonic() - began:.0f} s, from a folder outside the repository"


def zips(bench: Bench) -> str:
    made = []
    for options in ((), ("--store",), ("--firefox",)):
        told = run(
            *(bench.installed(), "extension", "build", "--json", "--out", bench.folder / "zips", *options),
            limit=60,
            cwd=bench.folder,
        )
        made.append(Path(json.loads(told)["file"]).name)
    return ", ".join(made)


def mozilla(_: Bench) -> str:
    if shutil.which("npm") is None:
        return "NOT RUN: there is no npm here, which fetches Mozilla's linter"
    told = run(sys.executable, "-m", "tests.browser.lint_firefox", limit=600)
    return told.strip().splitlines()[-1]


STEPS: Mapping[str, Callable[[Bench], str]] = {
    "nothing uncommitted": clean_tree,
    "one version": one_version,
    "documents": documents,
    "wheel and sdist": built,
    "their description": described,
    "an empty environment": installs,
    "every command": answers,
    "the server": serves,
    "the doctor": looks,
    "the demo": tells_the_story,
    "the extension's files": zips,
    "Mozilla's linter": mozilla,
}


def check(steps: Mapping[str, Callable[[Bench], str]], bench: Bench) -> list[str]:
    """Try all steps, a printed line each; the names of those that failed."""
    failed = []
    for name, step in steps.items():
        try:
            line = f"ok      {name}: {step(bench)}"
        except NotReady as error:
            failed.append(name)
            line = f"FAILED  {name}: {error}"
        print(line, flush=True)
    return failed


def main() -> int:
    """All steps; what is to be released goes to dist/ when nothing failed."""
    with tempfile.TemporaryDirectory(prefix="intown-release-", ignore_cleanup_errors=True) as folder:
        bench = Bench(Path(folder).resolve())
        if failed := check(STEPS, bench):
            print(f"Not ready: {', '.join(failed)}.")
            return 1
        shutil.rmtree(DIST, ignore_errors=True)
        DIST.mkdir()
        for made in (*(bench.folder / "dist").iterdir(), *(bench.folder / "zips").iterdir()):
            shutil.copy2(made, DIST)
        text = notes.sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))[0].text
        (DIST / "release-notes.md").write_text(text + "\n", encoding="utf-8")
    print(f"Ready: everything to release lies in {DIST}.")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
