"""A recorded page: its frames beside it, and a reading of nothing but what was written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from scraper.model import PageKind
from scraper.reading.page import parse_page
from scraper.reading.scrub import Scrubber, leftovers
from server.recording import golden_of, write_recording
from tests.portals.golden import PAGES, Golden, goldens


def test_a_list_in_a_frame_is_recorded_with_it(tmp_path: Path) -> None:
    page = Golden(PAGES / "icims" / "applications.html").snapshot()
    (frame,) = page.frames
    page = replace(page, frames=(replace(frame, html=frame.html.replace("Dana Reyes", "Quillon Brandt")),))
    whole = parse_page(page)
    assert whole.applications, "the list is in the frame"
    out = tmp_path / "recorded.html"
    write_recording(page, ["Quillon Brandt"], out, parse_page)
    assert "Quillon" not in (tmp_path / "recorded.frame-1.html").read_text("utf-8")
    told = json.loads(out.with_suffix(".json").read_text("utf-8"))
    assert told["kind"] == PageKind.APPLICATIONS.value
    assert [row["title"] for row in told["applications"]] == [found.title for found in whole.applications]


LISTS = [
    golden
    for golden in goldens()
    if not golden.snapshot().answers
    and (golden.path.stem == "applications" or golden.name == "linkedin/older-dom")
]


@pytest.mark.parametrize("golden", LISTS, ids=lambda golden: golden.name)
def test_what_is_recorded_is_a_golden_page_as_it_stands(golden: Golden, tmp_path: Path) -> None:
    page = replace(golden.snapshot(), source="click")
    out = tmp_path / "recorded.html"
    write_recording(page, [], out, parse_page)
    recorded = Golden(out)
    assert golden_of(parse_page(recorded.snapshot())) == json.loads(recorded.expected.read_text("utf-8"))
    rows, whole = parse_page(recorded.snapshot()).applications, parse_page(page).applications
    assert [(row.title, row.stage, row.applied_on) for row in rows] == [
        (row.title, row.stage, row.applied_on) for row in whole
    ]


def test_a_key_in_an_address_is_no_word() -> None:
    """A path is looked at part by part; the long part of one that nobody can read goes."""
    scrubber = Scrubber()
    assert (
        scrubber.address("/jobs/4711-0/librarian-ii-main-branch") == "/jobs/4711-0/librarian-ii-main-branch"
    )
    key = "a9Zk3Lq8Xw2Vb7Tn5Rm1Pc4Y"
    assert key not in scrubber.address(f"/sessions/{key}/list")
    link = f'<a href="/sessions/{key}/list">on</a>'
    assert leftovers(link, scrubber) == ["a token"]
    assert leftovers(link.replace(key, "mine"), scrubber) == []
    assert leftovers(f"<p>{key[:12]}/{key[12:]}</p>", scrubber) == ["a token"], (
        "elsewhere a / may be part of it"
    )


def test_what_was_not_scrubbed_is_not_read(tmp_path: Path) -> None:
    page = Golden(PAGES / "greenhouse" / "applications.html").snapshot()
    assert page.answers
    assert parse_page(page).applications
    body = json.loads(page.answers[0].body)
    body["active"]["applications"][0]["job_title"] = "Assistant to Quillon Brandt"
    told = replace(page, answers=(replace(page.answers[0], body=json.dumps(body)),))
    assert "Quillon" in parse_page(told).applications[0].title
    out = tmp_path / "recorded.html"
    write_recording(replace(told, title="Jobs of Quillon Brandt"), ["Quillon"], out, parse_page)
    assert all("Quillon" not in path.read_text("utf-8") for path in tmp_path.iterdir())


def test_of_its_address_only_what_says_which_list_stays(tmp_path: Path) -> None:
    page = Golden(PAGES / "linkedin" / "older-dom.html").snapshot()
    out = tmp_path / "recorded.html"
    asked = "?user=quillon&cardType=APPLIED&stage=4821377&page=Q.Brandt&token=a9Zk3Lq8Xw2Vb7Tn5Rm1Pc4Y#me"
    write_recording(
        replace(page, url=f"https://www.linkedin.com/my-items/saved-jobs/{asked}"), [], out, parse_page
    )
    assert Golden(out).snapshot().url == "https://www.linkedin.com/my-items/saved-jobs/?cardType=APPLIED"


@pytest.mark.parametrize(
    ("html", "found"),
    [
        ("<p>Under review</p>", []),
        ("<p>x</p><script>1</script>", ["a script"]),
        ("<p onclick='go()'>x</p>", ["a script"]),
        ("<a href='JavaScript:go()'>x</a>", ["a script"]),
        ("<p>dana@lakeshore.example</p>", ["an e-mail address"]),
        ("<input type=text value='Dana'>", ["what was typed into a form"]),
        ("<p>Dear zofia,</p>", ["a name"]),
    ],
)
def test_the_last_look_names_each_kind_and_repeats_none(html: str, found: list[str]) -> None:
    """Whatever went wrong before it: a page with any of these is not shown as ready to be sent."""
    assert leftovers(html, Scrubber(["Zofia"])) == found
