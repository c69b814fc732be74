"""`intown extension`: where the extension lies, and the files for the stores."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any, Literal

import click

from scraper.outcomes import InTownError
from server.commands.common import AS_JSON, print_json

FOLDER = Path(__file__).resolve().parents[2] / "extension"
LEFT_OUT = frozenset({"icons/icon.svg"})
"""The drawing that the icons were made from is of no use to a browser."""

SAME_TIME = (2026, 1, 1, 0, 0, 0)
"""Every file gets this time, so that the same source gives the same file."""


@click.group()
def extension() -> None:
    """Where the browser extension lies, and files for the stores."""


@extension.command()
@AS_JSON
def path(as_json: bool) -> None:
    """Print the folder to load into Chrome, Chromium or Edge."""
    folder = str(_folder())
    if as_json:
        print_json({"folder": folder})
        return
    click.echo(folder)
    click.echo(
        "Open chrome://extensions, switch on Developer mode, press “Load unpacked” and choose this folder.",
        err=True,
    )


@extension.command()
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("dist"),
    show_default=True,
    help="Where to put the file.",
)
@click.option("--store", is_flag=True, help="Without the fixed key, which the Chrome Web Store refuses.")
@click.option("--firefox", is_flag=True, help="The file for Firefox.")
@AS_JSON
def build(out: Path, store: bool, firefox: bool, as_json: bool) -> None:
    """Make the zip file for Chrome and Edge, or for Firefox.

    With the key, the extension has the one id that the server lets in; a store gives it another.
    """
    made = build_zip(out, "firefox" if firefox else "chrome-store" if store else "chrome")
    size = made.stat().st_size
    if as_json:
        print_json({"file": str(made), "bytes": size})
    else:
        click.echo(f"{made} ({size / 1000:.0f} kB)")


Target = Literal["chrome", "chrome-store", "firefox"]

GECKO = {
    "id": "{5b0ab1d6-6a52-4c0e-8f0e-8b7a3f1c9d24}",
    "strict_min_version": "142.0",  # the first on every system that knows data_collection_permissions
    "data_collection_permissions": {"required": ["none"]},  # what is read goes to this computer's own server
}


def build_zip(out: Path, target: Target = "chrome") -> Path:
    """Write `intown-VERSION-TARGET.zip` into `out` and return its path.

    Raises InTownError when the extension's files are not there.
    """
    folder = _folder()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    made = out / f"intown-{manifest['version']}-{target}.zip"
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in LEFT_OUT and not name.startswith("."):
                entry = zipfile.ZipInfo(name, SAME_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, _content(file, name, manifest, target))
    return made


def _content(file: Path, name: str, manifest: dict[str, Any], target: Target) -> bytes:
    if name != "manifest.json" or target == "chrome":
        return file.read_bytes()
    kept = {key: value for key, value in manifest.items() if key != "key"}
    if target == "firefox":
        del kept["minimum_chrome_version"]
        # Firefox has no service workers for extensions: the same module runs as an event page.
        kept["background"] = {"scripts": [manifest["background"]["service_worker"]], "type": "module"}
        kept["browser_specific_settings"] = {"gecko": GECKO}
    return json.dumps(kept, indent=2, ensure_ascii=False).encode()


def _folder() -> Path:
    if not (FOLDER / "manifest.json").is_file():
        raise InTownError("The extension's files are not installed; reinstall InTown.")
    return FOLDER
