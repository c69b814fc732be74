"""The documents are true: links, pictures, the map of the house, the tables, every command in one of them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from scraper import __version__
from tests import docs_reading as docs
from tests.release import notes, packages, tables
from tests.release.smoke import leaves

ROOT = docs.ROOT
ALL = docs.documents()
NAMES = [path.relative_to(ROOT).as_posix() for path in ALL]
CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


def pointed(path: Path) -> Iterator[tuple[str, str]]:
    """The local links of a document and of its pictures: (path, anchor)."""
    for target in (*docs.links(path), *(source for source, _ in docs.pictures(path))):
        parts = urlsplit(target)
        if not parts.scheme:
            yield unquote(parts.path), parts.fragment


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_every_local_link_leads_somewhere(path: Path) -> None:
    for target, anchor in pointed(path):
        there = (path.parent / target).resolve() if target else path
        assert there.exists(), target
        assert there.is_relative_to(ROOT), target
        if anchor:
            assert anchor in docs.anchors(there), f"{target}#{anchor}"


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_links_to_elsewhere_are_well_formed(path: Path) -> None:
    for target in docs.links(path):
        parts = urlsplit(target)
        if parts.scheme:
            assert parts.scheme == "https", target
            assert re.fullmatch(r"([a-z0-9-]+\.)+[a-z]{2,}", parts.netloc), target


def test_every_picture_is_shown_with_words_for_it() -> None:
    shown = {(path.parent / source).resolve(): words for path in ALL for source, words in docs.pictures(path)}
    assert set(shown) == {
        path for path in (ROOT / "docs").rglob("*") if path.suffix in (".png", ".svg", ".gif")
    }
    assert all(len(words) > 20 for words in shown.values())


def test_the_tools_of_this_test_see_what_is_there() -> None:
    readme = ROOT / "README.md"
    assert "SECURITY.md" in set(docs.links(readme))
    assert {source for source, _ in docs.pictures(readme)} >= {"docs/here.png"}
    assert "use-it-for-real" in docs.anchors(readme)
    assert docs.slug("How to add …") == "how-to-add-"
    assert "intown sync" in {one.text for one in docs.commands(readme)}


@pytest.mark.parametrize("path", tables.PLACES)
def test_the_tables_are_as_the_program_is(path: str) -> None:
    name, make = tables.PLACES[path]
    text = (ROOT / path).read_text(encoding="utf-8")
    assert text == tables.placed(text, name, make()), "python -m tests.release.tables --write"


def test_every_setting_in_the_environment_is_written_down() -> None:
    sources = [path for folder in ("scraper", "server", "fixtures") for path in (ROOT / folder).rglob("*.py")]
    used = {name for path in sources for name in re.findall(r"\"(INTOWN_[A-Z_]+)\"", path.read_text("utf-8"))}
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert used == set(re.findall(r"^\| `(INTOWN_[A-Z_]+)`", text, re.MULTILINE))


def test_the_changelog_begins_with_this_version() -> None:
    first, *_ = notes.sections((ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    assert first.version == __version__
    assert re.fullmatch(r"unreleased|\d{4}-\d\d-\d\d", first.day)
    lines = first.text.split("\n")
    assert all(line.startswith("- ") or not line for line in lines), "one line for each change"


def test_every_permission_has_its_reason() -> None:
    manifest = (ROOT / "extension" / "manifest.json").read_text(encoding="utf-8")
    [asked] = re.findall(r'"permissions": \[([^]]*)\]', manifest)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("| The extension asks for |")[2].partition("\n\n")[0]
    assert set(re.findall(r'"(\w+)"', asked)) == set(re.findall(r"`(\w+)`", table))


# --- the map in CONTRIBUTING.md ----------------------------------------------------------------------------


def on_the_map() -> Iterator[tuple[str, str]]:
    """(path, word) for each name of a file or folder on the map, by its indentation; `*` stands for anything.

    A line has names and, two spaces further, words; lines without names go on with the words of the one above, and
    name files of the same folder.
    """
    block = CONTRIBUTING.partition("## The house\n\n```\n")[2].partition("```")[0]
    above: list[tuple[int, str]] = []
    for line in block.splitlines():
        depth = len(line) - len(line.lstrip())
        names, _, words = line.strip().partition("  ")
        if depth > 8:  # goes on
            names, words, folder = "", line.strip(), above[-1][1]
        else:
            above = [one for one in above if one[0] < depth]
            folder = above[-1][1] if above else ""
            first = names.split()[0]
            if first.endswith("/"):
                above.append((depth, folder + first))
        for name in names.split():
            yield folder + name, name
        inner = above[-1][1] if above and (not names or names.split()[0].endswith("/")) else folder
        for word in re.findall(r"(?<![\w/.])[\w*]+(?:/|\.(?:py|toml|js|\*))(?![\w/])", words):
            yield nearest(inner, word), word


def nearest(folder: str, word: str) -> str:
    """The file that a word means: in this folder, else in one further up."""
    for above in (Path(folder), *Path(folder).parents):
        if list(ROOT.glob((above / word).as_posix())):
            return f"{(above / word).as_posix()}{'/' if word.endswith('/') else ''}"
    return folder + word


def test_what_is_on_the_map_is_there() -> None:
    gone = [path for path, _ in on_the_map() if not list(ROOT.glob(path.rstrip("/")))]
    assert gone == []


def test_every_folder_is_on_the_map() -> None:
    """Folders with files of the repository in them, down to the level at which a portal or a language has its own."""
    folders = {parent for name in packages.tracked() for parent in Path(name).parents if parent != Path()}
    single = ("fixtures/pages/", "fixtures/portals/", "extension/_locales/", "tests/asking/", "tests/data/")
    wanted = {f"{path.as_posix()}/" for path in folders if not path.as_posix().startswith(single)}
    assert wanted - {path for path, _ in on_the_map()} == set()


def test_every_module_of_the_first_level_is_on_the_map() -> None:
    shown = [path for path, _ in on_the_map()]
    names = {path.resolve() for pattern in shown for path in ROOT.glob(pattern.rstrip("/"))}
    modules = {path.resolve() for path in (ROOT / "scraper").glob("*.py") if path.name != "__init__.py"}
    assert modules - names == set()


@pytest.mark.parametrize("path", ALL, ids=NAMES)
def test_every_file_named_in_a_document_exists(path: Path) -> None:
    roots = r"(?:scraper|server|fixtures|extension|tests|docs|reading)"
    for token in docs.tokens(path):
        if token.type == "code_inline" and re.fullmatch(rf"{roots}/[\w/.*<>]+", token.content):
            name = re.sub(r"<\w+>", "*", token.content).rstrip("/")
            name = f"scraper/{name}" if name.startswith("reading/") else name
            assert list(ROOT.glob(name)), token.content


def test_every_command_is_documented() -> None:
    from server.cli import intown

    shown = {" ".join(words) for path in ALL for words in names_in(path)}
    assert [name for name, _ in leaves(intown) if f"intown {name}" not in shown] == []


def names_in(path: Path) -> Iterator[list[str]]:
    """The beginnings of all commands in a document: "intown trip add X" gives "intown trip" and "intown trip add"."""
    for token in docs.tokens(path):
        if token.type in ("code_inline", "fence"):
            for found in re.findall(r"intown((?: [a-z-]+)+)", token.content):
                words = ["intown", *found.split()]
                yield from (words[: count + 1] for count in range(1, len(words)))
