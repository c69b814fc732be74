"""The selectors of the modules mean what CSS says; soupsieve is the judge."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import soupsieve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from scraper.model import PageSnapshot
from scraper.reading.css import compile_css, split_alternatives
from scraper.reading.html import Page
from tests.portals.golden import goldens

HTML = """<div id="a.b" class="x y" data-kind="list of things"><ul role="list"><li class="x"><a href="/job/1" title="One, two">One</a></li>
<li data-id="7"><span><a href="/job/2">Two</a></span><b aria-label='say "hi"'>!</b></li></ul></div>
<form><input type="text" name="user"><input type="PASSWORD" name="p"><button>Sign   In</button></form>
<p lang="en-US">Account Locked</p><section hidden><a href="/job/3">Three</a></section>"""

SELECTORS = [
    "a",
    "*",
    "#nope",
    "[id='a.b']",
    ".x.y",
    "li.x a",
    "ul > li > a",
    "div li a[href^='/job/']",
    "li > span > a, b",
    "[data-kind~=of]",
    "[data-kind*='of th']",
    "[data-kind$=things]",
    "[lang|=en]",
    "input[type=password i]",
    "input:not([type=text])",
    "li:has(b)",
    "ul li:first-child a",
    "form:has(input[name=user]) button",
    "a[title='One, two']",
    """b[aria-label='say "hi"']""",
    "[href=''], [href^='']",
    "ul[role=list] [data-id='7'] > span a",
]


def page(html: str = HTML) -> Page:
    return Page(PageSnapshot(url="https://x.example/", captured_at=datetime.now(UTC), html=html))


@pytest.mark.parametrize("css", SELECTORS)
def test_same_as_soupsieve(css: str) -> None:
    ours = page()
    assert ours.all(css, hidden=True) == soupsieve.select(css, ours.soup)


@pytest.mark.parametrize("css", SELECTORS)
def test_same_inside_one_tag(css: str) -> None:
    ours = page()
    within = ours.soup.ul
    assert within is not None
    assert ours.all(css, within, hidden=True) == soupsieve.select(css, within)


_NAMES = st.sampled_from(
    ["div", "li", "a", "[data-x]", "[data-x='1']", ".c", "#i", "*", "[data-x]:not([id])"]
)
_TREES = st.recursive(
    st.sampled_from(["<a data-x='1'>t</a>", "<a class='c'>t</a>", "<li id='i'></li>", "t"]),
    lambda inner: st.builds(
        lambda tag, attrs, children: f"<{tag} {attrs}>{''.join(children)}</{tag}>",
        st.sampled_from(["div", "li"]),
        st.sampled_from(["", "data-x='1'", "data-x='2' class='c d'", "id='i'"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(max_examples=300)
@given(
    _TREES,
    st.lists(_NAMES, min_size=1, max_size=3),
    st.lists(st.sampled_from([" ", " > ", " + "]), min_size=2, max_size=2),
)
def test_same_as_soupsieve_on_any_tree(html: str, names: list[str], combinators: list[str]) -> None:
    assume("*" not in names[:-1])  # soupsieve 2.10 takes the document round the root for an element
    css = names[0] + "".join(step + name for step, name in zip(combinators, names[1:], strict=False))
    ours = page(f"<body>{html}</body>")
    root = ours.soup.html
    assert root is not None
    assert [id(tag) for tag in ours.all(css, hidden=True) if tag is not root] == [
        id(tag) for tag in soupsieve.select(css, root)
    ]


def test_has_text_is_without_case_and_with_spaces_collapsed() -> None:
    ours = page()
    assert [tag.name for tag in ours.all('button:has-text("sign in"), p:has-text("LOCKED")')] == [
        "button",
        "p",
    ]
    assert ours.all('p:has-text("unlocked")') == []
    assert ours.first(':has-text("two")') is ours.soup.html


def test_hidden_is_left_out_unless_asked_for() -> None:
    ours = page()
    assert len(ours.all("a")) == 2
    assert len(ours.all("a", hidden=True)) == 3


def test_bad_css_is_an_error_of_ours() -> None:
    with pytest.raises(soupsieve.SelectorSyntaxError):
        compile_css("a[href")


def test_alternatives_are_split_outside_quotes_and_brackets() -> None:
    assert split_alternatives("a[title='x, y'], b:is(c, d), e") == ["a[title='x, y']", "b:is(c, d)", "e"]


def test_golden_pages_have_what_the_tests_here_lean_on() -> None:
    assert len(goldens()) > 90
