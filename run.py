#!/usr/bin/env python3
"""Everything a newcomer needs, in one file of the standard library.

    python3 run.py demo     the story, end to end, on fake portals
    python3 run.py test     style, types and every test
    python3 run.py bench    speed, as ratios against named rivals
    python3 run.py coverage every test, and the branches that none took
    python3 run.py proof    the slow proofs (thousands of kills, long fuzzing)
    python3 run.py audit    known weaknesses of the libraries in use
    python3 run.py release-check     everything that must hold before a release
    python3 run.py release-notes     what CHANGELOG.md says of this version
    python3 run.py ...      any other `intown` command

It makes `.venv`, installs into it what the command needs when `pyproject.toml` has changed, and finds a browser.
Each thing it does is one line; nothing is done twice.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / ("python.exe" if os.name == "nt" else "python")
STAMPS = {
    "product": VENV / "installed",
    "tools": VENV / "installed-tools",
    "driver": VENV / "driver-starts",
}
"""Each is there when its part is installed, and holds what the installation depended on."""

BROWSER_NEEDED = {
    *("test", "coverage", "bench", "proof", "release-check", "demo"),
    *("account", "login", "sync", "nightly", "record", "serve"),
}
"""Only these are worth a download: `run.py trip list` shall not fetch a browser first."""


def say(text: str) -> None:
    """One line about what happens now; to stderr, so that `--json` output stays clean."""
    print(f"run.py: {text}", file=sys.stderr, flush=True)


def stop(text: str) -> None:
    """End with one sentence that says what the person can do."""
    say(text)
    raise SystemExit(1)


def run(*command: str | Path, quiet: bool = False) -> int:
    """Run a program to its end and return its exit code."""
    output = subprocess.DEVNULL if quiet else None
    return subprocess.run([str(part) for part in command], cwd=ROOT, stdout=output, check=False).returncode


def apt(*packages: str) -> bool:
    """Install Debian or Ubuntu packages; False where that cannot be done."""
    if not shutil.which("apt-get"):
        return False
    rights: tuple[str, ...] = ()
    if os.geteuid() != 0:
        if not shutil.which("sudo"):
            return False
        rights = ("sudo",)
    say(f"installing {', '.join(packages)} with apt-get")
    run(*rights, "apt-get", "update", "-qq", quiet=True)
    return run(*rights, "apt-get", "install", "-y", "-qq", *packages, quiet=True) == 0


# --- the virtual environment -------------------------------------------------------------------------------


def fingerprint() -> str:
    """What the installation depends on: the project file and the Python that runs it."""
    text = (ROOT / "pyproject.toml").read_bytes() + sys.version.encode()
    return hashlib.sha256(text).hexdigest()


def make_venv() -> None:
    """Make `.venv`. Debian ships Python without the module that does it, so fetch that first there."""
    if importlib.util.find_spec("ensurepip") is None and not apt("python3-venv"):
        stop("this Python cannot make a virtual environment; install its venv module (Debian: python3-venv).")
    say("making .venv")
    if importlib.util.find_spec("ensurepip") is None:  # just installed, not yet seen by this process
        if run(sys.executable, "-m", "venv", VENV) != 0:
            stop("the virtual environment could not be made; see the lines above.")
        return
    venv.create(VENV, with_pip=True, clear=VENV.exists())


def ensure_installed(tools: bool) -> None:
    """Install the project, with the tools of its developers where they are needed, and only when something that
    it depends on has changed: a newcomer's demo does not wait for a type checker."""
    want = fingerprint()
    wanted = ("product", "tools") if tools else ("product",)
    if PYTHON.exists() and all(STAMPS[p].exists() and STAMPS[p].read_text() == want for p in wanted):
        return
    if not PYTHON.exists():
        make_venv()
    say("installing (a minute or two the first time)")
    pip = (PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check")
    if tools and run(*pip, "--upgrade", "pip>=25.1") != 0:  # older ones do not know dependency groups
        stop("pip could not be brought up to date; check the network connection and run this again.")
    if run(*pip, "--editable", ".", *(("--group", "dev") if tools else ())) != 0:
        stop("the installation failed; the lines above say why. Running this again continues it.")
    for part in wanted:
        STAMPS[part].write_text(want)


# --- the browser -------------------------------------------------------------------------------------------


def find_browser() -> str:
    """The path of a browser that the product can use, or "" (the product itself knows where to look)."""
    found = subprocess.run(
        [PYTHON, "-m", "scraper.browsers"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    return found.stdout.strip() if found.returncode == 0 else ""


def ensure_driver() -> None:
    """Playwright drives the browser through a program of its own, which a bare Debian lacks a library for."""
    stamp = STAMPS["driver"]
    if stamp.exists() and stamp.read_text() == fingerprint():
        return
    asked = (PYTHON, "-m", "playwright", "--version")
    if run(*asked, quiet=True) != 0 and not (apt("libatomic1") and run(*asked, quiet=True) == 0):
        stop("Playwright does not start; the line above says what it misses on this machine.")
    stamp.write_text(fingerprint())


def ensure_browser() -> None:
    """Find a browser, or install one: Playwright's own where it can be downloaded, else Debian's."""
    ensure_driver()
    if path := find_browser():
        os.environ["INTOWN_BROWSER"] = path
        return
    say("no Chrome, Chromium or Edge found; asking Playwright for its own")
    if run(PYTHON, "-m", "playwright", "install", "chromium", quiet=True) != 0:
        say("Playwright's own cannot be downloaded here")
        apt("chromium")
    path = find_browser()
    if not path:
        stop("no browser: install Chrome, Chromium or Edge, or set INTOWN_BROWSER to its program file.")
    say(f"browser: {path}")
    os.environ["INTOWN_BROWSER"] = path


# --- our own commands --------------------------------------------------------------------------------------


def lint(_: list[str]) -> int:
    """Style and types."""
    for step in (("ruff", "check", "."), ("ruff", "format", "--check", "."), ("mypy",)):
        say(" ".join(step))
        if code := run(PYTHON, "-m", *step):
            return code
    return 0


def test(arguments: list[str]) -> int:
    """Style, types and tests; with arguments only pytest, with those arguments."""
    if not arguments and (code := lint([])):
        return code
    return run(PYTHON, "-m", "pytest", *arguments)


def coverage(arguments: list[str]) -> int:
    """Every test, and how many branches of scraper/ and server/ were taken."""
    return run(PYTHON, "-m", "tests.release.branches", *arguments)


def proof(arguments: list[str]) -> int:
    """The slow proofs at their full count."""
    os.environ["INTOWN_PROOF"] = "full"
    code = run(
        PYTHON, "-m", "pytest", "-m", "proof", "-v", "-rP", *arguments
    )  # each by name, then its counts
    return run(PYTHON, "-m", "tests.proof.firefox") or code  # says so where no Firefox is installed


def audit(arguments: list[str]) -> int:
    """Ask the public index about known weaknesses. Strict: a library nobody could answer for is a failure,
    because "nothing found" and "nothing looked up" must not look the same."""
    options = ("--local", "--strict", "--skip-editable", "--progress-spinner", "off")
    code = run(PYTHON, "-m", "pip_audit", *options, *arguments)
    say("no known weakness" if code == 0 else "not clean, or the index could not be asked; see above")
    return code


def bench(arguments: list[str]) -> int:
    """Speed against named rivals, measured in this run."""
    return run(PYTHON, "-m", "tests.bench", *arguments)


def release_check(arguments: list[str]) -> int:
    """Everything that must hold before a release, a line each."""
    return run(PYTHON, "-m", "tests.release.check", *arguments)


def release_notes(arguments: list[str]) -> int:
    """The section of CHANGELOG.md for this version."""
    return run(PYTHON, "-m", "tests.release.notes", *arguments)


OWN_COMMANDS = {
    "test": test,
    "coverage": coverage,
    "bench": bench,
    "proof": proof,
    "lint": lint,
    "audit": audit,
    "release-check": release_check,
    "release-notes": release_notes,
}


def main(arguments: list[str]) -> int:
    if sys.version_info < (3, 11):
        stop(f"InTown needs Python 3.11 or newer; this is {sys.version.split()[0]}.")
    if not arguments:
        print((__doc__ or "").strip())
        return 2
    ensure_installed(tools=arguments[0] in OWN_COMMANDS)
    if arguments[0] in BROWSER_NEEDED:
        ensure_browser()
    if command := OWN_COMMANDS.get(arguments[0]):
        return command(arguments[1:])
    return run(PYTHON, "-m", "server.cli", *arguments)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
