"""The quick builder makes the tree that BeautifulSoup itself makes, and its index is right."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from scraper.reading.guard import Unparsable
from scraper.reading.soup import parse
from tests.portals.golden import Golden, goldens

FRAGMENTS = [
    "<p>a<b>c</b>d<!-- x --> e<p>f",
    "text only",
    "<script>if(a<b) c()</script><style>p{}</style><table><tr><td>x<td>y",
    '<a rel="next nofollow" class=" x  y " data-x="1  2">q</a>tail<br>z<textarea>ä</textarea>',
    "<td headers='a b' class>x</td>",
    "<ul><li>1<li>2<ul><li>3</ul>4</ul>after",
    "<p>unclosed <i>italic<p>next</i> end",
    "<template><p>in</p></template><noscript>off</noscript>",
]


def own(html: str) -> str:
    return BeautifulSoup(html, "lxml").decode()


@pytest.mark.parametrize("html", FRAGMENTS)
def test_same_tree_as_beautifulsoup(html: str) -> None:
    assert parse(html)[0].decode() == own(html)


@pytest.mark.parametrize("golden", [g for g in goldens() if g.snapshot().html.strip()], ids=lambda g: g.name)
def test_same_tree_for_golden_pages(golden: Golden) -> None:
    html = golden.snapshot().html.replace("<!doctype html>", "")
    soup = BeautifulSoup(html, "lxml")
    for picture in soup.find_all(["svg"]):
        for child in picture.find_all(lambda tag: tag.name != "title"):
            child.decompose()  # the drawing itself is left out on purpose
    ours = parse(html)[0].decode().replace('="disabled"', '=""')  # lxml writes bare attributes out
    assert ours.strip() == soup.decode().strip()


@given(
    st.lists(
        st.sampled_from(
            [
                "<p>",
                "</p>",
                "<b>",
                "</b>",
                "<td>",
                "<tr>",
                "<table>",
                "x",
                " ",
                "<li a=1>",
                "</ul>",
                "<!--c-->",
            ]
        )
    )
)
def test_same_tree_for_broken_markup(parts: list[str]) -> None:
    html = "<div>" + "".join(parts) + "</div>"
    assert parse(html)[0].decode() == own(html)


def test_tree_can_be_walked_in_every_direction() -> None:
    soup, _ = parse("<div id=a><p>one</p><p>two<b>three</b></p></div><i>four</i>")
    second = soup.find_all("p")[1]
    assert second.previous_sibling is soup.p
    assert soup.p is not None
    assert soup.p.next_sibling is second
    assert [str(text) for text in soup.stripped_strings] == ["one", "two", "three", "four"]
    assert second.find_next("i") is soup.i
    assert soup.i is not None
    assert soup.i.find_previous("b") is soup.b
    second.decompose()
    assert soup.get_text() == "onefour"


@pytest.mark.parametrize(
    "html",
    ["", "   ", "\x00", "<!-- only -->", "<", "<?xml version='1.0' encoding='latin-1'?><p>é€", "&#0;&bogus;"],
)
def test_nothing_is_too_odd(html: str) -> None:
    soup, index = parse(html)
    assert len(index.tags) == len(soup.find_all(True))


def test_places_ends_and_visibility() -> None:
    soup, index = parse(
        "<div><ul hidden><li>a</li></ul><p data-intown-hidden=''>b</p><p style='display: none'>c</p>"
        "<p style='color:red'>d</p><svg><title>e</title><path/></svg></div><i>f</i>"
    )
    place = {tag.name: index.places[id(tag)] for tag in soup.find_all(True)}
    assert index.ends[place["ul"]] == place["li"] + 1
    assert index.ends[place["div"]] == place["i"]
    shown = [index.tags[number].get_text() for number in range(len(index.tags)) if index.shown[number]]
    assert "".join(shown[-4:]) == "deef"
    assert not index.shown[place["li"]]
    assert index.any_hidden


def test_what_slips_past_the_guard_stops_in_the_tree() -> None:
    with pytest.raises(Unparsable):
        parse("<a " + " ".join(f"b{n}" for n in range(5_001)) + ">x</a>")


@pytest.mark.parametrize(
    "html",
    [
        "<title>Acme</title><nav>Menu</nav><main><h1>Jobs</h1></main>",
        "<!doctype html><html><title>Acme</title><!-- x --><main><h1>Jobs</h1></main></html>",
        "<html><head><title>Acme</title></head><main><h1>Jobs</h1></main></html>",
        "<title>Acme</title><main><h1>Jobs</h1></main>and<p>more",
    ],
)
def test_a_body_whose_tag_is_left_out_is_seen(html: str) -> None:
    soup, index = parse(html)
    assert soup.h1 is not None
    assert soup.body is not None
    assert soup.h1.find_parent("body") is soup.body
    assert index.shown[index.places[id(soup.h1)]]
    assert soup.title is not None
    assert soup.title.find_parent("body") is None
    assert soup.get_text() == re.sub(r"<!--.*?-->|<[^>]*>", "", html)
