"""Addresses from outside, taken apart without raising and cleaned of what could be secret."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, parse_qsl, quote, urlencode, urlsplit

KEPT_PARAMETERS = frozenset(
    {
        "job", "jobid", "job_id", "jobreqid", "career_job_req_id", "career_job_application_id", "opportunityid",
        "jobopeningid", "postingseq", "requisitionid", "requisition", "req", "reqid", "applicationid",
        "company", "siteid", "site", "partnerid", "jk",
    }
)  # fmt: skip
"""Parameters that name a thing and open no door; the capture keeps these too, so both give the same links."""


def split_url(url: str) -> SplitResult:
    """`urlsplit` for addresses from outside: a broken one ("https://[x") has no parts instead of raising."""
    try:
        return urlsplit(url)
    except ValueError:
        return SplitResult("", "", "", "", "")


def clean_url(url: str) -> str:
    """An address without fragment and without parameters that could be secret; "" unless http(s).

    Routes kept in the fragment ("#/job/12") stay, since there they are the address.
    """
    try:
        parts = urlsplit(url)
        port = f":{parts.port}" if parts.port else ""
    except ValueError:  # "http://[broken"
        return ""
    if parts.scheme not in ("http", "https") or not parts.hostname:
        return ""
    kept = [(name, value) for name, value in parse_qsl(parts.query) if name.lower() in KEPT_PARAMETERS]
    query = f"?{urlencode(kept)}" if kept else ""
    route = re.match(r"!?/[\w/.-]{0,120}", parts.fragment)
    fragment = f"#{route[0]}" if route else ""
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")  # as a browser writes it
    return f"{parts.scheme}://{parts.hostname}{port}{path}{query}{fragment}"
