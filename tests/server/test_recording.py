"""A recorded page: its frames beside it, and a reading of nothing but what was written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from scraper.model import PageKind
from scraper.reading.page import parse_page
from server.recording import answer_of, write_recording
from tests.portals.golden import PAGES, Golden


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
    assert told["page_kind"] == PageKind.APPLICATIONS.value
    assert [row["title"] for row in told["applications"]] == [found.title for found in whole.applications]
    assert told == answer_of(parse_page(Golden(out).snapshot())), "as a golden page it reads the same"


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
