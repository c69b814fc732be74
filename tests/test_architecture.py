"""The direction of imports, one door per dependency, and other promises about the shape of the house."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import pytest

from scraper.model import PageKind
from scraper.outcomes import PAGE_OUTCOMES, RULES, Outcome

ROOT = Path(__file__).parent.parent
SOURCES = sorted(path for folder in ("scraper", "server") for path in (ROOT / folder).rglob("*.py"))

# Lower layers first; a file may import from its own layer and from those before it.
LAYERS: tuple[tuple[str, ...], ...] = (
    ("scraper.model", "scraper.outcomes", "scraper.settings", "scraper.browsers", "scraper.logs"),
    ("scraper.stage", "scraper.stages", "scraper.store", "scraper.vault", "scraper.reading"),
    ("scraper.portals",),
    ("scraper.reading.page",),
    ("scraper.browser", "scraper.transport", "scraper.login"),
    ("scraper",),
    ("server",),
)

# dependency -> the files that may import it (patterns).
DOORS = {
    "tinydb": ("scraper/store.py",),
    "keyring": ("scraper/vault_keychain.py",),
    "playwright": ("scraper/browser*.py",),
    "pyotp": ("scraper/totp.py",),
}


def imports(path: Path) -> Iterator[str]:
    """The absolute names a file imports at run time; those under TYPE_CHECKING do not count."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped = {
        id(inner)
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        for inner in ast.walk(node)
    }
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield from (imported(node.module, alias.name) for alias in node.names)


def imported(package: str, name: str) -> str:
    """`from package import name` brings a module of that name where there is one, else the package."""
    folder = ROOT.joinpath(*package.split("."))
    return f"{package}.{name}" if (folder / f"{name}.py").exists() or (folder / name).is_dir() else package


def module_name(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def layer(module: str) -> int:
    """The layer of the longest name that the module falls under; "scraper.store" holds "scraper.store_lock"."""
    fitting = [
        (len(name), number)
        for number, names in enumerate(LAYERS)
        for name in names
        if module == name or module.startswith(name + ".") or module.startswith(name + "_")
    ]
    return max(fitting)[1]


def test_imports_point_downwards() -> None:
    wrong = [
        f"{module_name(path)} imports {name}"
        for path in SOURCES
        for name in imports(path)
        if name.split(".")[0] in ("scraper", "server") and layer(name) > layer(module_name(path))
    ]
    assert wrong == []


def test_nothing_imports_fixtures_or_tests() -> None:
    wrong = [
        f"{module_name(path)} imports {name}"
        for path in SOURCES
        for name in imports(path)
        if name.split(".")[0] in ("fixtures", "tests")
    ]
    assert wrong == []


@pytest.mark.parametrize("dependency", DOORS)
def test_each_dependency_has_one_door(dependency: str) -> None:
    users = {
        path.relative_to(ROOT).as_posix()
        for path in SOURCES
        for name in imports(path)
        if name.split(".")[0] == dependency
    }
    assert {user for user in users if not any(fnmatch(user, door) for door in DOORS[dependency])} == set()
    assert users, f"nobody imports {dependency}: the door is in the wrong place"


def test_the_layers_test_can_fail() -> None:
    assert layer("scraper.model") < layer("scraper.portals.taleo") < layer("server.api.pages")
    assert layer("scraper.reading.html") < layer("scraper.portals.base") < layer("scraper.reading.page")


@pytest.mark.parametrize("module", ["scraper.reading.page", "server"])
def test_reading_and_serving_load_no_browser_library(module: str) -> None:
    code = f"import {module}, sys; sys.exit('playwright' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_every_outcome_has_a_rule_and_every_page_kind_an_outcome() -> None:
    assert set(RULES) == set(Outcome)
    assert set(PAGE_OUTCOMES) == set(PageKind)


LONGEST = 300
"""Lines of a file that is read at one go and found by its name."""

LONGER = {
    "server/asking/model.py": "the words of asking in one place, as scraper/model.py has those of reading",
}
"""What may be longer, each with its reason. A file that no longer is goes from this list."""


def test_files_are_small() -> None:
    patterns = (
        *("scraper/**/*.py", "server/**/*.py", "fixtures/*.py", "fixtures/portals/**/*.py", "run.py"),
        *("extension/**/*.js", "extension/**/*.css"),
    )
    files = [path for pattern in patterns for path in ROOT.glob(pattern)]
    assert len(files) > 250, "the patterns find the house"
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in files
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > LONGEST
    }
    assert {name: lines for name, lines in long.items() if name not in LONGER} == {}
