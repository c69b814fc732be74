"""A page that was read wrongly is kept without the person, or not at all."""

from __future__ import annotations

import json

from scraper.settings import Home
from scraper.store import Store
from server import planning
from tests.server.conftest import Caller

PAGE = {
    "url": "https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl?lang=en",
    "html": """<html><body><p>Welcome back, Dana Reyes</p><p>Your recruiter: Quillon Brandt, 216 555 0121</p>
      <table><tr><th>Job</th><th>Status</th></tr>
      <tr><td><a href="/job?session=Zx81kq0PzY7mmc2Vb9aaT3Lw">Charge Nurse 4821377</a></td><td>Under review</td></tr>
      </table><p>dana@example.com</p></body></html>""",
    "frames": [],
}


def test_nothing_personal_is_in_the_copy(caller: Caller, home: Home, store: Store) -> None:
    planning.add_recruiter(store, {"name": "Quillon Brandt", "employer": "Lakeshore"})
    planning.save_settings(store, "me", {"name": "Dana Reyes"})
    made = caller.post("/api/recordings", PAGE)
    assert made.status_code == 201
    folder = home.logs / "recordings"
    (page,) = folder.glob("*.html")
    assert made.get_json() == {"path": str(page)}
    assert folder.stat().st_mode & 0o777 == 0o700
    text = page.read_text()
    assert "Charge Nurse" in text
    assert "Under review" in text
    for gone in ("Quillon", "Brandt", "4821377", "555 0121", "example.com", "Zx81kq0"):
        assert gone not in text
    assert json.loads(page.with_suffix(".json").read_text())["portal"] == "taleo"
    assert caller.post("/api/recordings", PAGE).get_json()["path"] != str(page)
    assert not store.read().all("applications")


def test_what_cannot_be_cleaned_is_not_written(caller: Caller, home: Home, store: Store) -> None:
    # A class keeps its words, so a name in one stays: the check with fresh eyes finds it.
    planning.save_settings(store, "me", {"name": "Zebulon"})
    refused = caller.post("/api/recordings", {**PAGE, "html": '<p class="user-zebulon">Under review</p>'})
    assert refused.status_code == 422
    error = refused.get_json()["error"]
    assert error["code"] == "still_personal"
    assert "a name" in error["message"]
    assert "intown record" in error["fix"]
    assert not list((home.logs / "recordings").iterdir())


def test_a_page_of_the_browser_is_not_recorded(caller: Caller) -> None:
    refused = caller.post("/api/recordings", {**PAGE, "url": "file:///home/x.html"})
    assert refused.get_json()["error"]["code"] == "not_a_web_page"
