"""Mozilla's own linter on the file for Firefox: `python -m tests.browser.lint_firefox`. Needs npm and its registry.

Not a test: it installs some 180 packages from the network into a temporary folder, so it is run before a release.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from server.commands.extension import build_zip

LINTER = "addons-linter@9"
"""The newest whose dependencies could all be installed when this was written."""


def main() -> int:
    """Print what the linter says; 0 when it finds no error and no warning."""
    npm = shutil.which("npm")
    if npm is None:
        print("npm is not installed.", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = build_zip(folder, "firefox")
        (folder / "package.json").write_text('{"private": true}')
        subprocess.run(
            [npm, "install", "--no-audit", "--no-fund", "--silent", LINTER], cwd=folder, check=True
        )
        linter = folder / "node_modules" / ".bin" / "addons-linter"
        done = subprocess.run(
            [str(linter), "--output", "json", str(made)], capture_output=True, text=True, check=False
        )
        told = json.loads(done.stdout)
    for kind in ("errors", "warnings", "notices"):
        for one in told[kind]:
            print(f"{kind[:-1]}: {one['code']}: {one['message']}")
    print(told["summary"])
    return 1 if told["errors"] or told["warnings"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
