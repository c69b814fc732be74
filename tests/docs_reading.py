"""What the documents say, as a reader's program sees it: headings, links, pictures, commands."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from markdown_it import MarkdownIt
from markdown_it.token import Token

ROOT = Path(__file__).parent.parent
DOCUMENTS = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/*.md", "docs/*/*.md")
HISTORY = "CHANGELOG.md"
"""Tells of commands as they were."""

MADE = re.compile(r"<!-- (\w+): made by .*?<!-- /\1 -->", re.DOTALL)
"""What is made from the program needs no check against it."""

PROGRAMS = frozenset(
    ("intown", "python", "python3", "pip", "pipx", "uv", "pytest", "sh", "sed", "kubectl", "podman")
)
"""What begins a command. Another first word in a block of commands fails a test, so that none is overlooked."""

SHELL = ("sh", "bash", "console", "shell")


@dataclass(frozen=True, slots=True)
class Shown:
    """A command as a document shows it; `block` when it stands in a block of its own, ready to be copied."""

    text: str
    where: str
    block: bool

    @property
    def words(self) -> list[str]:
        return shlex.split(self.text)


def documents() -> list[Path]:
    """All documents that strangers read."""
    return sorted(path for pattern in DOCUMENTS for path in ROOT.glob(pattern))


@cache
def tokens(path: Path, *, made: bool = True) -> tuple[Token, ...]:
    """The tokens of a document, inline ones among them, in their order; without the tables that are made on wish."""
    text = path.read_text(encoding="utf-8")

    def flat(some: list[Token]) -> Iterator[Token]:
        for token in some:
            yield token
            yield from flat(token.children or [])

    return tuple(flat(MarkdownIt("commonmark").enable("table").parse(text if made else MADE.sub("", text))))


def anchors(path: Path) -> set[str]:
    """The anchors that the headings of a document get."""
    found = tokens(path)
    return {slug(found[at + 1].content) for at, token in enumerate(found) if token.type == "heading_open"}


def slug(heading: str) -> str:
    """A heading's anchor as code hosts make it: small letters, spaces to hyphens, most signs gone."""
    kept = re.sub(r"[^\w\- ]", "", heading.strip().lower().replace("`", ""))
    return kept.replace(" ", "-")


def links(path: Path) -> Iterator[str]:
    """Where the document points to, pictures not among them."""
    for token in tokens(path):
        if token.type == "link_open":
            yield str(token.attrs["href"])
        elif token.type in ("html_inline", "html_block"):
            yield from re.findall(r'<a\s[^>]*href="([^"]*)"', token.content)


def pictures(path: Path) -> Iterator[tuple[str, str]]:
    """The pictures of a document, each with the words for those who cannot see it."""
    for token in tokens(path):
        if token.type == "image":
            yield str(token.attrs["src"]), token.content
        elif token.type in ("html_inline", "html_block"):
            for tag in re.findall(r"<img\b[^>]*>", token.content):
                source, words = re.search(r'src="([^"]*)"', tag), re.search(r'alt="([^"]*)"', tag)
                yield source[1] if source else "", words[1] if words else ""


def commands(path: Path) -> Iterator[Shown]:
    """Every command that the document shows. A line that ends in a backslash goes on."""
    where = path.relative_to(ROOT).as_posix()
    for token in tokens(path, made=False):
        if token.type == "fence" and token.info in SHELL:
            for line in token.content.replace("\\\n", " ").splitlines():
                if text := re.sub(r"(^|\s)#.*", "", line).strip():
                    yield Shown(" ".join(text.split()), where, block=True)
        elif token.type == "code_inline" and begins(token.content):
            yield Shown(" ".join(token.content.split()), where, block=False)


def unmarked(path: Path) -> Iterator[str]:
    """Lines that look like commands in blocks that are not marked as such, so that nobody checks them."""
    for token in tokens(path):
        if token.type in ("fence", "code_block") and token.info not in SHELL:
            yield from (
                line for line in token.content.splitlines() if begins(line) and not line.startswith(" ")
            )


def begins(text: str) -> bool:
    """Whether a command stands here: a program and something after it."""
    first, _, rest = text.partition(" ")
    return first in PROGRAMS and bool(rest.strip())
