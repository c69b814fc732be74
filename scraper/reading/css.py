"""CSS over the index: the selectors of the portal modules, answered without walking the page.

Most selectors here name one attribute ("[data-automation-id=applicationStatus]"). The index knows which tags
carry it, so only those are looked at; what is more than tag, id, class and attributes goes to soupsieve,
BeautifulSoup's own CSS engine, again only for those candidates.

One addition to CSS, as Playwright has it and with its meaning, so that one selector serves the live page and
the saved one: an alternative may end in `:has-text("words")` (any letter case, spaces collapsed).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import soupsieve
from bs4 import Tag

from scraper.reading.soup import Index

_HAS_TEXT = re.compile(r""":has-text\((["'])(?P<words>.*?)\1\)$""")
# A combinator outside brackets, parentheses and quotes, as a group so that `split` keeps it.
_COMBINATOR = re.compile(
    r"""(\s*[>+~]\s*|\s+)(?=(?:[^\[\]()"']|"[^"]*"|'[^']*'|\[(?:[^"'\]]|"[^"]*"|'[^']*')*\]|\([^()]*\))*$)"""
)
_NAME = r"[A-Za-z][\w-]*"
_VALUE = r"""(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'\]]+))"""
_ATTRIBUTE = re.compile(
    rf"\[\s*(?P<name>{_NAME})\s*(?:(?P<test>[~^$*|]?=)\s*{_VALUE}\s*(?P<anycase>[iI])?\s*)?\]"
)
_PART = re.compile(
    rf"(?P<tag>^{_NAME}|^\*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|(?P<not>:not\()?{_ATTRIBUTE.pattern}(?(not)\))"
)


@dataclass(frozen=True, slots=True)
class _Test:
    """One attribute test of a compound selector."""

    name: str
    test: str
    value: str
    any_case: bool
    negated: bool = False

    def fits(self, tag: Tag) -> bool:
        return self._holds(tag) is not self.negated

    def _holds(self, tag: Tag) -> bool:
        held = tag.attrs.get(self.name)
        return held is not None and self.accepts(" ".join(held) if isinstance(held, list) else str(held))

    def holders(self, index: Index) -> list[int]:
        """Numbers of the tags that pass; each value is looked at once, however many tags have it."""
        values = index.values(self.name)
        if self.test == "=" and not self.any_case:
            return values.get(self.value, [])
        fitting = [numbers for value, numbers in values.items() if self.accepts(value)]
        return (
            fitting[0] if len(fitting) == 1 else sorted(number for numbers in fitting for number in numbers)
        )

    def accepts(self, text: str) -> bool:
        wanted = self.value
        if self.any_case:
            text, wanted = text.casefold(), wanted.casefold()
        match self.test:
            case "":
                return True
            case "=":
                return text == wanted
            case "^=":
                return bool(wanted) and text.startswith(wanted)
            case "$=":
                return bool(wanted) and text.endswith(wanted)
            case "*=":
                return bool(wanted) and wanted in text
            case "~=":
                return wanted in text.split()
            case _:  # |=
                return text == wanted or text.startswith(wanted + "-")


@dataclass(frozen=True, slots=True)
class _Compound:
    """Tag name and attribute tests that one element must pass."""

    tag: str
    tests: tuple[_Test, ...]

    def may_be_in(self, index: Index) -> bool:
        """Has the page a tag of this name, and tags with these attributes?"""
        return (not self.tag or self.tag in index.by_name) and all(
            test.negated or test.name in index.by_attribute for test in self.tests
        )

    def rarest(self, index: Index) -> Sequence[int]:
        """Numbers of the tags with the rarest of what is asked for."""
        lists: list[Sequence[int]] = [test.holders(index) for test in self.tests if not test.negated]
        if self.tag:
            lists.append(index.by_name.get(self.tag, ()))
        return min(lists, key=len) if lists else range(len(index.tags))

    def fits(self, tag: Tag) -> bool:
        if self.tag and tag.name != self.tag:
            return False
        for test in self.tests:  # noqa: SIM110 - `all` with a generator takes twice the time here
            if not test.fits(tag):
                return False
        return True


@dataclass(frozen=True, slots=True)
class _Alternative:
    """One of the comma-separated parts of a selector: what the element itself must be, and what is around it.

    `around` are the compounds to its left with the combinator before each next one (" " or ">"), nearest
    first. `sieve` is soupsieve's own reading where our small grammar does not reach.
    """

    last: _Compound
    around: tuple[tuple[str, _Compound], ...]
    words: str
    sieve: soupsieve.SoupSieve | None

    @property
    def told_by_candidates(self) -> bool:
        """Is every candidate one that fits? So where one thing only is asked for."""
        asked = len(self.last.tests) + bool(self.last.tag)
        return (
            asked <= 1
            and not self.around
            and self.sieve is None
            and not any(t.negated for t in self.last.tests)
        )

    def candidates(self, index: Index) -> Sequence[int]:
        """Numbers of the tags worth a look: those with the rarest of what is asked for."""
        if not all(compound.may_be_in(index) for _, compound in self.around):
            return ()
        found = self.last.rarest(index)
        if not self.around or not found:
            return found
        outer = self.around[0][1].rarest(index)
        return _inside(index, found, outer) if len(outer) <= FEW else found

    def fits(self, tag: Tag) -> bool:
        if not self.last.fits(tag) or (self.around and not _stands_in(tag, self.around)):
            return False
        # What our grammar understood holds; soupsieve, which takes longer, decides about the rest.
        return self.sieve is None or self.sieve.match(tag)


FEW = 16  # tags in whose insides alone it is worth while to look: most pages have one header, and hundreds of links


def _inside(index: Index, numbers: Sequence[int], outer: Sequence[int]) -> list[int]:
    """Those of the numbers that stand inside one of the tags `outer`, all in document order."""
    found: list[int] = []
    end = 0
    for start in outer:
        if start + 1 < end:
            continue  # inside the one before
        end = index.ends[start]
        found += numbers[bisect_left(numbers, start + 1) : bisect_left(numbers, end)]
    return found


def _stands_in(tag: Tag, around: tuple[tuple[str, _Compound], ...]) -> bool:
    """Do the ancestors of a tag fit, nearest first? Only a descendant step has several to try."""
    combinator, compound = around[0]
    node = tag.parent
    while node is not None and node.name != "[document]":
        if compound.fits(node) and (len(around) == 1 or _stands_in(node, around[1:])):
            return True
        if combinator == ">":
            return False
        node = node.parent
    return False


def find(
    index: Index, css: str, within: Tag | None, text_of: Callable[[Tag], str], all_text: Callable[[], str]
) -> list[int]:
    """Numbers of the tags that `css` selects, in document order, inside `within` (not itself) or in the whole page.

    What a selector finds on the page is found once: each of fifty rows then only looks up its own part.
    `text_of` gives a tag's visible text, for `:has-text`; `all_text` that of the whole page without capitals, so
    that words which are nowhere on the page need not be looked for in each tag. Raises
    soupsieve.SelectorSyntaxError for bad CSS.
    """
    numbers = index.selected.get(css)
    if numbers is None:
        numbers = index.selected[css] = _without_words(index, css)
    first, last = 0, len(index.tags)
    if within is not None:
        first = index.places[id(within)] + 1
        last = index.ends[first - 1]
        numbers = numbers[bisect_left(numbers, first) : bisect_left(numbers, last)]
    if ":has-text" not in css:
        return numbers
    wordy = [one for one in compile_css(css) if one.words and one.words in all_text()]
    found = set(numbers)
    for alternative in wordy:
        found.update(_with_words(index, alternative, first, last, text_of))
    return sorted(found)


def _without_words(index: Index, css: str) -> list[int]:
    """Numbers of all tags that the alternatives without `:has-text` select."""
    lists: list[Sequence[int]] = [
        alternative.candidates(index)
        if alternative.told_by_candidates
        else [number for number in alternative.candidates(index) if alternative.fits(index.tags[number])]
        for alternative in compile_css(css)
        if not alternative.words
    ]
    return list(lists[0]) if len(lists) == 1 else sorted({number for numbers in lists for number in numbers})


def _with_words(
    index: Index, alternative: _Alternative, first: int, last: int, text_of: Callable[[Tag], str]
) -> Iterator[int]:
    candidates = alternative.candidates(index)
    for number in candidates[bisect_left(candidates, first) : bisect_left(candidates, last)]:
        tag = index.tags[number]
        if alternative.fits(tag) and alternative.words in text_of(tag).casefold():
            yield number


@lru_cache(maxsize=2048)
def compile_css(css: str) -> tuple[_Alternative, ...]:
    """The alternatives of a selector, compiled once."""
    return tuple(_alternative(part) for part in split_alternatives(css))


def _alternative(css: str) -> _Alternative:
    words = ""
    found = _HAS_TEXT.search(css)
    if found:
        words = " ".join(found["words"].split()).casefold()
        css = css[: found.start()] or "*"
    parts = [part for part in _COMBINATOR.split(css) if part]
    compounds = [_compound(part) for part in parts[::2]]
    steps = [step.strip() or " " for step in parts[1::2]]
    simple = set(steps) <= {" ", ">"}
    plain = simple and all(whole for _, whole in compounds)
    around = tuple(
        (step, compound) for step, (compound, _) in zip(steps[::-1], compounds[-2::-1], strict=True)
    )
    return _Alternative(
        compounds[-1][0], around if simple else (), words, None if plain else soupsieve.compile(css)
    )


def _compound(css: str) -> tuple[_Compound, bool]:
    """A compound selector as far as our grammar reaches, and whether that is all of it."""
    tag, tests, place = "", [], 0
    while place < len(css):
        part = _PART.match(css, place) if place else _PART.match(css)
        if part is None:
            break
        if part["tag"]:
            tag = "" if part["tag"] == "*" else part["tag"].lower()
        elif part["id"]:
            tests.append(_Test("id", "=", part["id"], False))
        elif part["class"]:
            tests.append(_Test("class", "~=", part["class"], False))
        else:
            value = part["double"] or part["single"] or part["bare"] or ""
            tests.append(
                _Test(
                    part["name"].lower(), part["test"] or "", value, bool(part["anycase"]), bool(part["not"])
                )
            )
        place = part.end()
    # `type` is matched without regard to case in HTML; our pages write it in lower case like everybody.
    return _Compound(tag, tuple(tests)), place == len(css)


def split_alternatives(css: str) -> list[str]:
    """The comma-separated parts of a selector; commas in quotes, brackets and parentheses do not count."""
    parts, depth, quote, start = [], 0, "", 0
    for place, char in enumerate(css):
        if quote:
            quote = "" if char == quote else quote
        elif char in "\"'":
            quote = char
        elif char in "([":
            depth += 1
        elif char in ")]":
            depth -= 1
        elif char == "," and depth == 0:
            parts.append(css[start:place].strip())
            start = place + 1
    parts.append(css[start:].strip())
    return [part for part in parts if part]
