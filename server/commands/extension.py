"""`intown extension`: where the extension lies, and the files for the stores."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import click

from scraper.outcomes import InTownError

FOLDER = Path(__file__).resolve().parents[2] / "extension"
LEFT_OUT = frozenset({"icons/icon.svg"})
"""The drawing that the icons were made from is of no use to a browser."""

SAME_TIME = (2026, 1, 1, 0, 0, 0)
"""Every file gets this time, so that the same source gives the same file."""


@click.group()
def extension() -> None:
    """Where the browser extension lies, and files for the stores."""


@extension.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def path(as_json: bool) -> None:
    """Print the folder to load into Chrome, Chromium or Edge."""
    folder = str(_folder())
    if as_json:
        click.echo(json.dumps({"folder": folder}))
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
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def build(out: Path, store: bool, as_json: bool) -> None:
    """Make the zip file for Chrome and Edge.

    With the key, the extension has the one id that the server lets in; a store gives it another.
    """
    made = build_zip(out, store=store)
    size = made.stat().st_size
    click.echo(
        json.dumps({"file": str(made), "bytes": size}) if as_json else f"{made} ({size / 1000:.0f} kB)"
    )


def build_zip(out: Path, *, store: bool = False) -> Path:
    """Write `intown-VERSION-chrome[-store].zip` into `out` and return its path.

    Raises InTownError when the extension's files are not there.
    """
    folder = _folder()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    out.mkdir(parents=True, exist_ok=True)
    target = out / f"intown-{manifest['version']}-chrome{'-store' if store else ''}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for file in sorted(folder.rglob("*")):
            name = file.relative_to(folder).as_posix()
            if file.is_file() and name not in LEFT_OUT and not name.startswith("."):
                entry = zipfile.ZipInfo(name, SAME_TIME)
                entry.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(entry, _content(file, name, manifest, store))
    return target


def _content(file: Path, name: str, manifest: dict[str, Any], store: bool) -> bytes:
    if name == "manifest.json" and store:
        kept = {key: value for key, value in manifest.items() if key != "key"}
        return json.dumps(kept, indent=2, ensure_ascii=False).encode()
    return file.read_bytes()


def _folder() -> Path:
    if not (FOLDER / "manifest.json").is_file():
        raise InTownError("The extension's files are not installed; reinstall InTown.")
    return FOLDER
