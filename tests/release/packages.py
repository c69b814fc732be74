"""The wheel and the sdist: building them, and what must and must not be inside."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]
PRODUCT = ("scraper/", "server/", "fixtures/", "extension/")
"""What is installed. Fixtures, because the demo tells its story on their portals."""

NOT_INSTALLED = ("fixtures/pages/",)
"""The tests' golden pages."""

NOT_PACKED = (".ci/", ".pre-commit-config.yaml")
"""Of use in a checkout only."""

LARGEST_WHEEL = 1_300_000
LARGEST_SDIST = 2_000_000
"""Bytes. Room to grow, and a sign that pictures or caches slipped in."""


def build(out: Path, *, isolated: bool = False) -> tuple[Path, Path]:
    """Build both into `out` and return (wheel, sdist). Isolated: as a stranger's pip does it, the builder fetched.

    Raises CalledProcessError, with the builder's words in `stderr`.
    """
    tool = ["build", "--outdir"] if isolated else ["hatchling", "build", "--directory"]
    command = [sys.executable, "-m", *tool, str(out)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=300)
    [wheel], [sdist] = out.glob("*.whl"), out.glob("*.tar.gz")
    return wheel, sdist


def in_wheel(wheel: Path) -> set[str]:
    """The files that get installed, without the package's own description."""
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def in_sdist(sdist: Path) -> set[str]:
    """The files, without the folder round them and the description that the builder adds."""
    with tarfile.open(sdist) as archive:
        inside = {member.name.partition("/")[2] for member in archive.getmembers() if member.isfile()}
    return inside - {"PKG-INFO"}


def tracked() -> set[str]:
    """The files of the repository: those git keeps, and new ones that it does not ignore."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True, timeout=60).stdout
    return {name for name in listed.split("\0") if name and (ROOT / name).is_file()}


def wanted_in_wheel(files: set[str]) -> set[str]:
    """Of the repository's files, those to be installed."""
    return {name for name in files if name.startswith(PRODUCT) and not name.startswith(NOT_INSTALLED)}


def wanted_in_sdist(files: set[str]) -> set[str]:
    """Of the repository's files, those a packager needs to build and to test."""
    return {name for name in files if not name.startswith(NOT_PACKED)}


def difference(found: set[str], wanted: set[str]) -> str:
    """What is missing and what should not be there, in a sentence; "" where both are the same."""
    missing, extra = sorted(wanted - found), sorted(found - wanted)
    parts = [
        f"missing: {', '.join(missing[:5])}" if missing else "",
        f"extra: {', '.join(extra[:5])}" if extra else "",
    ]
    return "; ".join(part for part in parts if part)


def why_not(wheel: Path, sdist: Path) -> str:
    """What is wrong with the two, in a sentence; "" where nothing is."""
    files = tracked()
    if wrong := difference(in_wheel(wheel), wanted_in_wheel(files)):
        return f"the wheel is not what it should be; {wrong}"
    if wrong := difference(in_sdist(sdist), wanted_in_sdist(files)):
        return f"the sdist is not what it should be; {wrong}"
    for made, largest in ((wheel, LARGEST_WHEEL), (sdist, LARGEST_SDIST)):
        if (size := made.stat().st_size) > largest:
            return f"{made.name} has {size} bytes, more than {largest}; what slipped in?"
    return ""
