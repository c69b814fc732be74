"""What CHANGELOG.md says of one version: `python3 run.py release-notes [VERSION]`."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from pathlib import Path

from scraper import __version__

ROOT = Path(__file__).parents[2]
HEADING = re.compile(r"^## (?P<version>\S+) \((?P<day>[^)]*)\)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Section:
    """One version in the changelog. `day` is "2026-11-23", or "unreleased"."""

    version: str
    day: str
    text: str


def sections(changelog: str) -> list[Section]:
    """The versions, newest first as they stand there."""
    heads = list(HEADING.finditer(changelog))
    if not heads:
        return []
    ends = [head.start() for head in heads[1:]] + [len(changelog)]
    return [
        Section(head["version"], head["day"], changelog[head.end() : end].strip())
        for head, end in zip(heads, ends, strict=True)
    ]


def why_not(changelog: str, version: str) -> str:
    """Why this changelog does not fit a release of `version`, in a sentence; "" where it does."""
    written = sections(changelog)
    if not written or written[0].version != version:
        found = written[0].version if written else "none"
        return f"the newest version in CHANGELOG.md is {found}, the program's is {version}"
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", written[0].day):
        return f"CHANGELOG.md calls {version} “{written[0].day}”: put the day of the release there"
    if not written[0].text:
        return f"CHANGELOG.md says nothing of {version}"
    return ""


def main(arguments: list[str]) -> int:
    """Print the section of the named version, or of this one; 1 where there is none."""
    wanted = arguments[0] if arguments else __version__
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    found = [section for section in sections(changelog) if section.version == wanted]
    if not found:
        print(f"CHANGELOG.md knows no version {wanted}.", file=sys.stderr)
        return 1
    print(f"InTown {found[0].version} ({found[0].day})\n\n{found[0].text}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
