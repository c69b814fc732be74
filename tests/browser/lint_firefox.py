"""Mozilla's own linter on the files for the stores: `python -m tests.browser.lint_firefox`. Needs npm and its registry.

Not a test: it installs some 180 packages from the network into a temporary folder, so it is run before a release.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from server.commands.extension import Target, build_zip

LINTER = "addons-linter@9"
"""The newest whose dependencies could all be installed when this was written."""

FIREFOX_ONLY = frozenset(
    {"BACKGROUND_SERVICE_WORKER_NOFALLBACK", "ADDON_ID_REQUIRED", "MISSING_DATA_COLLECTION_PERMISSIONS"}
)
"""What the linter misses in the file for Chrome and Edge, because only Firefox wants it; its own file has it."""


def told(linter: Path, folder: Path, target: Target) -> list[str]:
    """What the linter finds wrong with one file, a line each."""
    made = build_zip(folder, target)
    done = subprocess.run(
        [str(linter), "--output", "json", str(made)], capture_output=True, text=True, check=False
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return [
        f"{target}: {kind[:-1]}: {one['code']}: {one['message']}"
        for kind in ("errors", "warnings", "notices")
        for one in found[kind]
        if target == "firefox" or one["code"] not in FIREFOX_ONLY
    ]


def main() -> int:
    """Print what the linter says; 0 when it finds nothing in any file."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "package.json").write_text('{"private": true}')
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--silent", LINTER], cwd=folder, check=True
        )
        linter = folder / "node_modules" / ".bin" / "addons-linter"
        targets: tuple[Target, ...] = ("firefox", "chrome", "chrome-store")
        lines = [line for target in targets for line in told(linter, folder, target)]
    print("\n".join(lines) or "Nothing found in the files for Firefox, Chrome and Edge.")
    return 1 if lines else 0


if __name__ == "__main__":
    raise SystemExit(main())
