"""Pages as the extension would send them; built on the ids that Taleo's list is known by."""

from __future__ import annotations

from html import escape
from typing import Any

URL = "https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl"

STORY = (
    ("Charge Nurse, Cardiac ICU", "48213", "Referred to hiring manager"),
    ("Nurse Educator", "48220", "Under review"),
    ("Clinic Manager", "47102", "Not selected"),
)


def taleo(*rows: tuple[str, str, str]) -> str:
    """A list of submissions: (title, job number, status) a row."""
    ids = "mySubmissionsInterface.ID110"
    shown = "".join(
        f'<div id="{ids}0.row{n}">'
        f'<h3><a id="{ids}1.row{n}" href="/careersection/2/jobdetail.ftl?job={number}">{escape(title)}</a></h3>'
        f'<span id="{ids}2.row{n}">Job Number: {number}</span>'
        f'<span id="{ids}3.row{n}">Submission Status: {escape(status)}</span>'
        f'<span id="{ids}4.row{n}">Primary Location: US-OH-Cleveland</span></div>'
        for n, (title, number, status) in enumerate(rows, 1)
    )
    return f'<html><body><form id="ftlform" name="ftlform"><div id="mySubmissionsInterface">{shown}</div></form></body></html>'


def captured(*rows: tuple[str, str, str], **changed: Any) -> dict[str, Any]:
    """The body of POST /api/pages for such a list."""
    return {"url": URL, "title": "My Submissions", "html": taleo(*rows), "frames": [], **changed}
