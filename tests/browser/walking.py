"""Every view and state of the popup, one stop each, over the founding story: for pictures, axe, widths and languages.

The popup's page is opened as a page, so that it can be given any width; the server behind it is a real one. What a
page alone cannot be (a portal under the icon, a server of another version) is told by stubs for single questions to
the worker; the same states after a true click on the icon are in test_states.py.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Page

from server import utc_now
from tests.browser.icon import POPUP

Act = Callable[[Page], object]

NOTICE = {
    "id": "1",
    "at": "2026-08-01T08:00:00Z",
    "kind": "restored",
    "text": "InTown’s file was damaged and was restored from the copy of August 1; the damaged one is kept beside it.",
}
"""Its words are the server's."""

STUB = """((told) => {
    const ask = chrome.runtime.sendMessage.bind(chrome.runtime);
    chrome.runtime.sendMessage = async (message) => {
        const name = message.what === "api" ? `${message.method} ${message.path}` : message.what;
        if (!(name in told)) return ask(message);
        return told[name]?.code ? {problem: told[name]} : {value: told[name]};
    };
})"""


@dataclass(frozen=True)
class Stop:
    """One thing to look at. `stubs`: what is asked ("read", "GET /api/trips") -> the value, or a problem by its code."""

    name: str
    view: str
    act: Act
    stubs: dict[str, Any] = field(default_factory=dict)
    paired: bool = True

    def open(self, page: Page) -> None:
        page.add_init_script(f"{STUB}({json.dumps(self.stubs)})")
        page.goto(f"{POPUP}#{self.view}")
        self.act(page)
        page.evaluate("document.activeElement?.blur()")


def see(css: str) -> Act:
    return lambda page: page.locator(css).first.wait_for()


def press(*path: str) -> Act:
    """Click each in turn."""

    def act(page: Page) -> None:
        for css in path:
            page.locator(css).first.click()

    return act


def then(*acts: Act) -> Act:
    def act(page: Page) -> None:
        for one in acts:
            one(page)

    return act


def fill(css: str, text: str) -> Act:
    return lambda page: page.locator(css).first.fill(text)


def here_stops(result: dict[str, Any]) -> list[Stop]:
    """`result`: the server's answer to the story's list, in the language of the walk."""
    reading = {
        "state": "read",
        "url": "",
        "host": "lakeshore.taleo.net",
        "at": utc_now().isoformat(),
        "result": result,
    }

    def read(**changes: Any) -> dict[str, Any]:
        return {"read": {**reading, **changes}}

    def other(state: str, **changes: Any) -> Stop:
        return Stop(f"here-{state}", "here", see(f'[data-state="{state}"]'), read(state=state, **changes))

    notice = {"notices": [NOTICE], "accounts": []}
    partly = {**result, "complete": False, "count_shown": 25}
    row = press(".row .line")
    return [
        Stop("here", "here", then(see(".row"), see("#attention .note")), read()),
        Stop("here-notice", "here", see("[data-notice]"), {**read(), "GET /api/attention": notice}),
        Stop("here-row", "here", row, read()),
        Stop("here-fix", "here", press(".row .line", ".panel .button.quiet"), read()),
        Stop("here-partly", "here", see('[data-state="partly"]'), read(result=partly)),
        *(
            other(state)
            for state in ("unreadable", "unknown_host", "not_signed_in", "empty", "nothing_found")
        ),
        *(other(state) for state in ("password", "page_moved", "too_large")),
        other("frame", origin="https://careers-lakeshore.icims.com"),
    ]


PROBLEMS = ("server_off", "other_program", "not_paired", "wrong_version", "timeout", "worker_lost")


def problem_stops() -> list[Stop]:
    def stop(code: str) -> Stop:
        problem = {"code": code, "details": {"server": "9.0.0"}}
        seen = see('[data-state="failed"]' if code == "worker_lost" else f'[data-state="{code}"]')
        return Stop(f"problem-{code}", "here", seen, {"read": problem, "prove": problem})

    return [stop(code) for code in PROBLEMS]


def first_run_stops() -> list[Stop]:
    def stop(name: str, answer: Any, seen: Act) -> Stop:
        return Stop(f"first-{name}", "here", seen, {"prove": answer}, paired=False)

    wrong = then(fill("#pair-code", "00000000"), see(".wrong:not(:empty)"))
    return [
        stop("server-off", {"code": "server_off"}, see('[data-connection="server_off"]')),
        stop("other-program", {"code": "other_program"}, see('[data-connection="other_program"]')),
        stop("pair", {"code": "not_paired"}, see("#pair-code")),
        stop("demo", {"code": "not_paired"}, press(".demo summary")),
        stop("wrong-code", {"code": "not_paired"}, wrong),
        stop("done", {"version": "0.1.0"}, see('[data-connection="ready"] .button.main')),
    ]


def trip_stops(ideas: Any) -> list[Stop]:
    none: dict[str, Any] = {"GET /api/trips": {"trips": []}}

    def opened(button: str, shown: str) -> Act:
        return then(press(f'.ask-card [data-do="{button}"]'), see(f".ask-card .drawer {shown}"))

    booking = then(press(".meetings summary"), see(".meetings .reasons li"), press(".meetings > .button"))
    change = then(press("#edit-trip"), see("#destination"), press(".view-form > .danger"))
    return [
        Stop("trip-form", "trip", then(see("#destination"), press("form fieldset .button")), none),
        Stop("trip-ideas", "trip", see(".ideas"), {**none, "GET /api/ideas": ideas}),
        Stop("trip", "trip", see(".ask-card")),
        Stop("trip-draft", "trip", opened("mail", "textarea")),
        Stop("trip-call", "trip", opened("call", ".spoken")),
        Stop("trip-said-yes", "trip", opened("yes", ".triple")),
        Stop("trip-more", "trip", opened("more", ".buttons")),
        Stop("trip-follow-up", "trip", opened("follow_up", "textarea")),
        Stop("trip-due", "trip", then(press(".due .button"), see(".due textarea"))),
        Stop("trip-change", "trip", change),
        Stop("trip-booking", "trip", booking),
        Stop("trip-left-out", "trip", then(press(".left-out summary"), see("[data-back]"))),
    ]


def all_stops() -> list[Stop]:
    person = then(press(".people-section summary"), press(".people .button"), press(".people .danger"))
    syncing = {"GET /api/sync": {"running": True, "done": 1, "total": 3}}
    empty = {
        "GET /api/applications": {
            "applications": [],
            "accounts": [],
            "notices": [],
            "new_since_last_night": 0,
        }
    }
    return [
        Stop("all", "all", see(".row")),
        Stop("all-row", "all", press(".row .line")),
        Stop("all-filters", "all", then(press(".searching summary"), fill("#search", "nurse"))),
        Stop("all-people", "all", then(press(".people-section summary"), see(".people li"))),
        Stop("all-person", "all", person),
        Stop("all-syncing", "all", see(".sync:not([hidden])"), syncing),
        Stop("all-empty", "all", see('[data-state="no_applications"]'), empty),
    ]


def settings_stops() -> list[Stop]:
    off, unknown = {"code": "server_off"}, {"code": "not_paired"}
    go = press("#open-settings")
    whole = then(go, see("#radius_km"), press(".section .more summary"))
    return [
        Stop("settings", "trip", whole),
        Stop("settings-forget", "trip", then(whole, press(".section:last-child .danger"))),
        Stop("settings-off", "trip", then(go, see(".command")), {"prove": off, "GET /api/settings": off}),
        Stop(
            "settings-pair",
            "trip",
            then(go, see("#pair-code")),
            {"prove": unknown, "GET /api/settings": unknown},
        ),
    ]


def stops(result: dict[str, Any], ideas: Any) -> list[Stop]:
    """All of them, with the server's answers to a list and to where a trip could pay."""
    return [
        *here_stops(result),
        *problem_stops(),
        *first_run_stops(),
        *trip_stops(ideas),
        *all_stops(),
        *settings_stops(),
    ]
