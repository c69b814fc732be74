"""What the extension's source must never hold, and what its manifest may ask for."""

from __future__ import annotations

import json
import re
import struct
from pathlib import Path

import pytest

from server.guard import EXTENSION_ID

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
SCRIPTS = sorted(EXTENSION.rglob("*.js"))

FORBIDDEN = {
    "markup from text": r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|setHTMLUnsafe|createContextualFragment",
    "code from text": r"\beval\(|new Function\(",
    "inline style": r"cssText|setAttribute\([\"']style",
    "another computer": r"fetch\(\s*[\"'`]https?://(?!127\.0\.0\.1)|XMLHttpRequest|WebSocket|sendBeacon|importScripts",
}


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_no_script_holds(script: Path, what: str) -> None:
    # capture.js serialises a document it only reads; the word stands in none of its code either.
    assert re.search(FORBIDDEN[what], script.read_text()) is None


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_every_script_is_checked_and_short(script: Path) -> None:
    text = script.read_text()
    assert text.startswith("// @ts-check\n")
    assert len(text.splitlines()) <= 300


def test_only_one_script_speaks_to_the_server() -> None:
    assert [script.name for script in SCRIPTS if "fetch(" in script.read_text()] == ["api.js"]


def test_the_manifest_asks_for_the_least() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text())
    assert manifest["permissions"] == ["activeTab", "scripting", "storage", "alarms", "notifications"]
    for absent in (
        "host_permissions",
        "content_scripts",
        "web_accessible_resources",
        "externally_connectable",
    ):
        assert absent not in manifest
    policy = manifest["content_security_policy"]["extension_pages"]
    assert policy == (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src http://127.0.0.1:*; form-action 'none'; base-uri 'none'"
    )
    assert all(pattern.startswith("https://*.") for pattern in manifest["optional_host_permissions"])


def test_the_key_gives_the_id_that_the_server_lets_in() -> None:
    import base64
    import hashlib

    key = base64.b64decode(json.loads((EXTENSION / "manifest.json").read_text())["key"])
    digest = hashlib.sha256(key).hexdigest()[:32]
    assert digest.translate(str.maketrans("0123456789abcdef", "abcdefghijklmnop")) == EXTENSION_ID


def test_icons_have_their_sizes() -> None:
    manifest = json.loads((EXTENSION / "manifest.json").read_text())
    for size, name in {**manifest["icons"], **manifest["action"]["default_icon"]}.items():
        data = (EXTENSION / name).read_bytes()
        assert struct.unpack(">II", data[16:24]) == (int(size), int(size))


def test_nothing_that_chrome_refuses_to_load() -> None:
    """Names with an underscore in front are Chrome's own, save `_locales`: no Python package here."""
    names = {path.name for path in EXTENSION.iterdir() if path.name.startswith("_")}
    assert names == {"_locales"}


def needed(module: Path, found: set[str]) -> set[str]:
    """The modules that one imports, and those that they import."""
    for name in re.findall(r"from \"\./([\w.]+)\"", module.read_text()):
        if name not in found:
            found.add(name)
            needed(module.parent / name, found)
    return found


def test_the_popup_loads_its_modules_at_once() -> None:
    listed = re.findall(r'rel="modulepreload" href="js/([\w.]+)"', (EXTENSION / "popup.html").read_text())
    assert set(listed) == needed(EXTENSION / "js" / "popup.js", set())
