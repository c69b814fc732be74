"""The fake Workday as plain HTTP sees it: its JSON, its tokens, its traps."""

from __future__ import annotations

import httpx

from fixtures.portals import FakePortals
from fixtures.portals.story import MERIDIAN
from tests.fakes.visitor import HOME, workday_sign_in


def test_workday_json_answers_401_until_signed_in(workday: httpx.Client) -> None:
    assert workday.get(HOME + "/userprofile").status_code == 401
    assert workday.get(HOME + "/applications").status_code == 401
    answer = workday_sign_in(workday)
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert workday.get(HOME + "/userprofile").json()["email"] == "dana@example.org"
    listed = workday.get(HOME + "/applications", params={"type": "active"}).json()
    assert (len(listed["data"]), listed["counts"]) == (7, {"active": 7, "inactive": 3})
    assert listed["data"][0]["postingTitle"] == "Research Nurse Coordinator"


def test_workday_shows_its_dialog_once(workday: httpx.Client) -> None:
    workday_sign_in(workday)
    assert [workday.get(HOME + "/userprofile").json()["dialog"] for _ in range(2)] == [True, False]


def test_workday_wants_the_token_of_its_cookie(workday: httpx.Client, portals: FakePortals) -> None:
    workday_sign_in(workday)
    weak = "/wday/cxs/meridian/Meridian_Careers/applications"
    token = {"x-calypso-csrf-token": workday.cookies["CALYPSO_CSRF_TOKEN"]}
    assert workday.get(weak).status_code == 403
    assert len(workday.get(weak, headers=token).json()["data"]) == 7
    workday.cookies.clear()
    assert workday.post("/wday/authgwy/meridian/signin", json={}, headers=token).status_code == 403
    assert portals.host(MERIDIAN).hits.login_submits == 1


def test_the_filled_honeypot_is_counted_and_refused(workday: httpx.Client, portals: FakePortals) -> None:
    answer = workday_sign_in(workday, website="https://me.example")
    assert answer.status_code == 403
    hits = portals.host(MERIDIAN).hits
    assert (hits.honeypots, hits.login_submits) == (1, 0)


def test_a_posting_is_found_by_its_requisition(workday: httpx.Client) -> None:
    base = "/wday/cxs/meridian/Meridian_Careers"
    path = workday.get(base + "/jobs").json()["jobPostings"][1]["externalPath"]
    assert path == "/job/Cleveland-OH/Senior-Clinical-Data-Analyst_R-10412"
    assert workday.get(base + path).json()["jobPostingInfo"]["location"] == "Cleveland, OH"
    assert workday.get(base + "/job/Nowhere/Nothing_R-1").status_code == 404
