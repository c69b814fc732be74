"""The packages hold all they need and nothing else, and every command answers from the installed wheel.

The dependencies come from this environment here, to be quick; `run.py release-check` fetches them into an empty one.
"""

from __future__ import annotations

import ast
import importlib.metadata
import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from scraper import __version__
from server.state import version
from tests.release import packages
from tests.test_architecture import imports

ROOT = packages.ROOT
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The wheel and the sdist of this tree."""
    return packages.build(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def installed(built: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what the wheel puts into site-packages."""
    folder = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(built[0]) as archive:
        archive.extractall(folder)
    return folder


def test_they_hold_what_they_should_and_no_more(built: tuple[Path, Path]) -> None:
    assert packages.why_not(*built) == ""


@pytest.mark.parametrize(
    "needed",
    [
        "scraper/py.typed",
        "server/py.typed",
        "scraper/stages.toml",
        "scraper/stage_patterns.toml",
        "server/asking/gazetteer_build.py",
        "server/asking/words/draft_en.toml",
        "extension/manifest.json",
        "extension/_locales/fr/messages.json",
        "extension/icons/icon-128.png",
        "fixtures/demo.py",
        "fixtures/portals/common/site.html",
    ],
)
def test_the_wheel_has_what_each_part_reads(built: tuple[Path, Path], needed: str) -> None:
    assert needed in packages.in_wheel(built[0])


def test_the_wheel_has_no_tests_and_no_leftovers(built: tuple[Path, Path]) -> None:
    inside = packages.in_wheel(built[0])
    kinds = {Path(name).suffix for name in inside}
    assert kinds <= {".py", ".typed", ".toml", ".html", ".json", ".js", ".css", ".png", ".svg"}
    assert not [name for name in inside if re.search(r"(^|/)(tests?|__pycache__|pages)/|test_", name)]
    assert max(Path(ROOT, name).stat().st_size for name in inside if name.endswith(".png")) < 20_000


def test_a_difference_is_told() -> None:
    assert packages.difference({"a", "b"}, {"a", "b"}) == ""
    assert packages.difference({"a"}, {"a", "b"}) == "missing: b"
    assert packages.difference({"a", "c"}, {"a", "b"}) == "missing: b; extra: c"


def test_every_command_answers_from_the_wheel(installed: Path, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", str(ROOT / "tests" / "release" / "smoke.py")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stdout.startswith("{"), done.stderr
    told = json.loads(done.stdout)
    assert told["wrong"] == []
    assert Path(told["at"]) == installed / "scraper"


def test_the_version_is_said_once() -> None:
    manifest = json.loads((ROOT / "extension" / "manifest.json").read_text(encoding="utf-8"))
    assert PROJECT["project"]["dynamic"] == ["version"]
    assert "version" not in PROJECT["project"]
    assert manifest["version"] == __version__ == version()


def test_the_built_version_is_the_one(built: tuple[Path, Path]) -> None:
    assert [path.name for path in built] == [
        f"intown-{__version__}-py3-none-any.whl",
        f"intown-{__version__}.tar.gz",
    ]


def test_what_is_imported_is_asked_for() -> None:
    """An environment that has more than the wheel asks for would hide a missing line."""
    asked = {
        re.split(r"[^A-Za-z0-9_.-]", line)[0].lower().replace("_", "-")
        for line in PROJECT["project"]["dependencies"]
    }
    sources = {path for folder in ("scraper", "server", "fixtures") for path in (ROOT / folder).rglob("*.py")}
    used = {name.split(".")[0] for path in sources for name in imports(path)}
    own = {"scraper", "server", "fixtures"}
    owners = importlib.metadata.packages_distributions()
    missing = {
        name
        for name in used - own - sys.stdlib_module_names
        if not {one.lower().replace("_", "-") for one in owners.get(name, [name])} & asked
    }
    assert missing == set()


def test_run_py_knows_its_own_commands() -> None:
    from server.cli import COMMANDS

    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    tables = {ast.unparse(node.targets[0]): node.value for node in tree.body if isinstance(node, ast.Assign)}
    own_table = tables["OWN_COMMANDS"]
    assert isinstance(own_table, ast.Dict)
    own = {str(key.value) for key in own_table.keys if isinstance(key, ast.Constant)}
    browser = {node.value for node in ast.walk(tables["BROWSER_NEEDED"]) if isinstance(node, ast.Constant)}
    assert not own & set(COMMANDS), "run.py would hide a command"
    assert browser <= own | set(COMMANDS)
    shown = ast.get_docstring(tree) or ""
    assert all(f"python3 run.py {name} " in shown for name in own - {"lint"})
