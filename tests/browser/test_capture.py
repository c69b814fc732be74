"""Cleaning a page in the browser: what a portal shows stays, what could open a door does not leave."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from scraper.browser_scripts import capture_script
from scraper.portals import PORTALS
from tests.browser.conftest import Extension
from tests.browser.icon import EXTENSION_ID

pytestmark = pytest.mark.browser

URL = "https://portal.example.org/careers/list?jobId=48213&sid=canary-url-query&lang=en#canary-fragment"
TICKET = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
"""As long and as random as a session's ticket."""

SECRETS = f"""
<head><title>My applications</title>
<meta name="csrf-token" content="canary-meta"><meta name="generator" content="Portal 4">
<link rel="preload" href="/x?canary-link"><base href="https://portal.example.org/careers/">
<script>window.state = {{token: "canary-script"}}</script>
<script type="application/json">{{"token": "canary-json-script"}}</script>
<style>.x::after {{ content: "canary-style" }}</style></head>
<body data-session-token="canary-data-name" data-build="{TICKET}">
<noscript>canary-noscript</noscript><template>canary-template</template><!-- canary-comment -->
<svg role="img" aria-label="Submitted"><text>canary-svg</text><desc>canary-desc</desc></svg>
<form action="/save?canary-action=1"><input type="hidden" name="csrf" value="canary-hidden">
<input name="q" value="canary-value"><input type="password" hidden value="canary-password">
<textarea>canary-textarea</textarea><select><option>canary-option</option></select>
<input type="checkbox" value="canary-checkbox" checked><output>canary-output</output>
<input type="submit" value="View status" aria-valuetext="canary-valuetext"></form>
<div contenteditable>canary-editable</div>
<a href="/job/1?ticket=canary-ticket&jobId=48213#canary-hash">Charge Nurse</a>
<a href="javascript:go('canary-javascript')">Withdraw</a>
<a href="data:text/html,canary-data-link">x</a>
<a href="mailto:a.alvarez@example.org?bcc=canary-bcc">A. Alvarez</a>
<a href="/reset/{TICKET}{TICKET}">reset</a>
<img src="/pixel?canary-pixel" alt="Under review"><iframe src="https://other.example.org/f?canary-frame"></iframe>
<object data="/o?canary-object"></object><video src="/v?canary-video"></video>
<p onclick="canary_handler()" style="--x: 'canary-inline'" nonce="canary-nonce">Referred to hiring manager</p>
<p>{TICKET}</p><div hidden>{{"state": "canary-page-state", "other": "padding padding padding"}}</div>
<canvas>canary-canvas</canvas><audio>canary-audio</audio><math><mi>canary-math</mi></math>
</body>
"""

SHOWN = """
<body><h1>My applications</h1>
<ul data-automation-id="list"><li id="row1" class="row" aria-current="true"><b>Charge Nurse</b>
<time datetime="2026-10-01">Oct 1</time></li></ul>
<div style="display:none" id="gone"><p>hidden tab</p></div>
<div style="display:contents"><i>seen through contents</i></div>
<div style="visibility:hidden">not seen <em style="visibility:visible">seen again</em></div>
<div data-intown-hidden="" id="liar">a page cannot hide its rows</div>
<svg role="img" aria-label="Status: submitted"></svg><svg><title>Referred</title></svg>
<table><tr><th scope="col" colspan="2">Job</th></tr><tr><td headers="a">RN</td><td>48213</td></tr></table>
<div id="host"></div><details><summary>More</summary><p id="folded">folded away</p></details>
</body>
"""


@pytest.fixture
def page(extension: Extension) -> Iterator[Page]:
    tab = extension.context.new_page()
    yield tab
    tab.close()


def capture(page: Page, html: str, script: str = "") -> dict[str, Any]:
    page.route(
        "https://portal.example.org/**",
        lambda route: route.fulfill(body=f"<!doctype html>{html}", content_type="text/html"),
    )
    page.goto(URL)
    if script:
        page.evaluate(script)
    captured: dict[str, Any] = page.evaluate(capture_script())
    return captured


def test_no_secret_leaves(page: Page) -> None:
    captured = capture(page, SECRETS)
    everything = repr(captured)
    planted = set(re.findall(r"canary[\w-]*", SECRETS + URL))
    assert len(planted) >= 35
    assert [canary for canary in sorted(planted) if canary in everything] == []
    assert TICKET not in everything
    for kept in ("Charge Nurse", "Referred to hiring manager", "Under review", "View status", "Portal 4"):
        assert kept in captured["html"]
    assert "https://portal.example.org/job/1?jobId=48213" in captured["html"]
    assert 'href="mailto:a.alvarez@example.org"' in captured["html"]
    assert captured["url"] == "https://portal.example.org/careers/list?jobId=48213&lang=en"


def test_what_is_shown_stays(page: Page) -> None:
    shadow = """() => {
        const root = document.getElementById("host").attachShadow({mode: "open"});
        const part = document.createElement("b");
        part.textContent = "in the shadow";
        root.append(part);
    }"""
    html = capture(page, SHOWN, shadow)["html"]
    assert 'data-automation-id="list"' in html
    assert '<time datetime="2026-10-01">' in html
    assert 'aria-current="true"' in html
    assert 'colspan="2"' in html
    assert "in the shadow" in html
    assert "Status: submitted" in html
    assert "Referred" in html


def test_only_what_is_not_rendered_is_marked_and_only_once(page: Page) -> None:
    html = capture(page, SHOWN)["html"]
    assert '<div data-intown-hidden="" id="gone"><p>hidden tab</p></div>' in html
    assert "<i>seen through contents</i>" in html
    assert "<em>seen again</em>" in html
    assert '<div id="liar">' in html
    assert '<p data-intown-hidden="" id="folded">' in html


@pytest.mark.parametrize(
    ("html", "seen"),
    [
        ("<input type=password>", True),
        ("<input type=PASSWORD>", True),
        ("<div style='display:none'><input type=password></div>", False),
        ("<p>Password", False),
    ],
)
def test_a_visible_password_field_is_told(page: Page, html: str, seen: bool) -> None:
    assert capture(page, html)["password_visible"] is seen


def test_a_huge_page_is_refused_whole(page: Page) -> None:
    grow = "() => { document.body.textContent = 'word '.repeat(900000); }"
    captured = capture(page, "<body></body>", grow)
    assert captured["too_large"] is True
    assert captured["html"] == ""


def test_endless_nesting_ends(page: Page) -> None:
    nest = """() => {
        let at = document.body;
        for (let depth = 0; depth < 2000; depth += 1) at = at.appendChild(document.createElement("div"));
        at.textContent = "at the bottom";
    }"""
    assert "at the bottom" not in capture(page, "<body></body>", nest)["html"]


def test_a_page_that_spoils_the_tools_is_still_read(extension: Extension) -> None:
    """The click reads in a world of its own, whatever the page did to the language."""
    spoilt = "<body><p>Referred</p><script>Array.prototype.join = () => 'spoilt'; JSON.stringify = () => 'spoilt';</script>"
    tab = extension.page
    tab.route(
        "https://portal.example.org/**", lambda route: route.fulfill(body=spoilt, content_type="text/html")
    )
    tab.goto(URL)
    popup = extension.click_icon(tab)  # grants access to the tab
    popup.wait_for(".first")
    told = extension.evaluate(
        """async () => {
            const [tab] = await chrome.tabs.query({active: true, lastFocusedWindow: true});
            const target = {tabId: tab.id};
            await chrome.scripting.executeScript({target, files: ["capture.js"]});
            await chrome.scripting.executeScript({target, files: ["capture.js"]});  // twice is harmless
            const [{result}] = await chrome.scripting.executeScript({target, func: () => captureDocument()});
            return result.html;
        }"""
    )
    assert "<p>Referred</p>" in told
    popup.close()


def test_every_portal_is_known_to_the_extension(extension: Extension) -> None:
    """The extension must know a portal's host before it reads a page; its list follows `scraper/portals/`."""
    page = extension.context.new_page()
    page.goto(f"chrome-extension://{EXTENSION_ID}/popup.html?view=tab")
    named = [(portal, urlsplit(url).hostname or "") for portal in PORTALS for url in portal.samples]
    # Under an employer's own name only the page tells; those take a second click.
    hosts = sorted({host for portal, host in named if re.fullmatch(portal.hosts, host)})
    unknown = page.evaluate(
        "async (hosts) => { const {isPortalHost} = await import('/js/hosts.js'); return hosts.filter((host) => !isPortalHost(host)); }",
        hosts,
    )
    page.close()
    assert hosts
    assert unknown == []


@pytest.mark.parametrize(
    "host",
    [
        "example.org",
        "taleo.net.evil.example",
        "eviltaleo.net",
        "my.greenhouse.io.example",
        "www.linkedin.evil.com",
    ],
)
def test_a_look_alike_is_no_portal(extension: Extension, host: str) -> None:
    page = extension.context.new_page()
    page.goto(f"chrome-extension://{EXTENSION_ID}/popup.html?view=tab")
    known = page.evaluate("async (host) => (await import('/js/hosts.js')).isPortalHost(host)", host)
    page.close()
    assert known is False
