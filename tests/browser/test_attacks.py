"""Other pages in a real Chromium against the server: nothing read, nothing changed (security.md F8).

Each attacking page has all that could be stolen, the token and the open pairing code, and tries more than
17 ways, with Local Network Access on (as a public page, which the browser itself holds back) and off, when
only the guard stands. The same attacks against a server without its guard show that they are real.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserType, Page, Route

from scraper.model import Application, PageKind, ParsedPage
from scraper.settings import Home
from scraper.store import Store, record_page
from server import create_app, pairing
from server.listen import Server, bind, serving

pytestmark = pytest.mark.browser

SCRIPT = (Path(__file__).parent / "attacks.js").read_text(encoding="utf-8")
CANARY = "Canary Keeper 4711"
EVIL, REBOUND = "evil.example", "rebound.example"


class _Page(BaseHTTPRequestHandler):
    """The attacker's own site: one empty page at every address."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>Win a prize</title><body>")

    def log_message(self, format: str, *args: object) -> None:
        """Tests are quiet."""


@pytest.fixture(scope="module")
def site() -> Iterator[int]:
    """The port of the attacker's site."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Page) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_address[1]
        server.shutdown()
        thread.join()


@dataclass(frozen=True)
class Target:
    """A server with an application to read, a token to revoke, and an open pairing code."""

    port: int
    store: Store

    def stolen(self) -> dict[str, str]:
        now = datetime.now(UTC)
        return {
            "base": f"http://127.0.0.1:{self.port}",
            "token": pairing.issue(self.store, "Chromium", now).token,
            "code": pairing.open_code(self.store, now),
        }


def furnish(home: Home) -> Store:
    store = Store(home.store)
    row = Application(portal="taleo", host="h.taleo.net", external_id="1", title=CANARY)
    page = ParsedPage(
        url="https://h.taleo.net/", host="h.taleo.net", kind=PageKind.APPLICATIONS, applications=(row,)
    )
    record_page(store, None, page, seen_at=datetime.now(UTC), complete=False)
    return store


@pytest.fixture
def target(home: Home) -> Iterator[Target]:
    store = furnish(home)
    with serving(home) as port:
        yield Target(port, store)


@pytest.fixture
def naked(home: Home) -> Iterator[Target]:
    """The same server without its guard."""
    store = furnish(home)
    place = bind(0)
    port = place.getsockname()[1]
    app = create_app(home, port=port)
    app.before_request_funcs.clear()
    app.config["TRUSTED_HOSTS"] = None
    server = Server(app, place)
    thread = threading.Thread(target=server.run)
    thread.start()
    yield Target(port, store)
    server.stop()
    thread.join()


@pytest.fixture(scope="module", params=["on", "off"])
def browser_of_a_victim(
    request: pytest.FixtureRequest,
    site: int,
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
) -> Iterator[Browser]:
    """A Chromium in which the attacker's site counts as public, with Local Network Access on or off."""
    local = {
        "on": [f"--ip-address-space-overrides=127.0.0.1:{site}=public"],
        "off": ["--disable-features=LocalNetworkAccessChecks"],
    }[request.param]
    arguments = {**browser_type_launch_args}
    arguments["args"] = [
        *arguments.get("args", []),
        *local,
        f"--host-resolver-rules=MAP {EVIL} 127.0.0.1,MAP {REBOUND} 127.0.0.1,MAP * ~NOTFOUND,EXCLUDE 127.0.0.1",
    ]
    browser = browser_type.launch(**arguments)
    yield browser
    browser.close()


def attack(page: Page, stolen: dict[str, str], name: str) -> str:
    """Run one attack; what the page could read."""
    tried = page.evaluate(
        f"""async ([stolen, name]) => {{
            const attacks = ({SCRIPT})(stolen);
            const late = new Promise((done) => setTimeout(done, 4000, ""));
            try {{ return await Promise.race([attacks[name](), late]); }} catch (error) {{ return ""; }}
        }}""",
        [stolen, name],
    )
    return str(tried)


def names(page: Page) -> list[str]:
    return list(page.evaluate(f"() => Object.keys(({SCRIPT})({{base: '', token: '', code: ''}}))"))


@pytest.fixture
def evil(browser_of_a_victim: Browser, site: int) -> Iterator[Page]:
    context = browser_of_a_victim.new_context()
    page = context.new_page()
    page.goto(f"http://{EVIL}:{site}/")
    yield page
    context.close()


def test_no_other_page_reads_or_changes_anything(evil: Page, target: Target) -> None:
    tried = names(evil)
    assert len(tried) >= 17
    for name in tried:
        stolen = target.stolen()
        before = target.store.path.read_bytes()
        read = attack(evil, stolen, name)
        assert CANARY not in read, name
        assert stolen["token"] not in read, name
        assert target.store.path.read_bytes() == before, name
    for opened in evil.context.pages:  # windows that the page has opened: what the person would see in them
        assert CANARY not in opened.content()


def test_the_same_attacks_work_on_a_server_without_a_guard(evil: Page, naked: Target) -> None:
    """Otherwise the test above would prove nothing. With Local Network Access on, form posts still get through."""
    changed = set()
    for name in names(evil):
        stolen = naked.stolen()
        before = naked.store.path.read_bytes()
        attack(evil, stolen, name)
        if naked.store.path.read_bytes() != before:
            changed.add(name)
    assert "form as text in a window" in changed
    assert any(CANARY in opened.content() for opened in evil.context.pages)


def test_a_rebound_name_reads_and_changes_nothing(browser_of_a_victim: Browser, target: Target) -> None:
    """DNS rebinding: a page of the attacker's whose name now leads to us is same-origin; only its Host gives it away."""
    stolen = target.stolen()
    before = target.store.path.read_bytes()
    assert CANARY not in rebound(browser_of_a_victim, target.port, stolen)
    assert target.store.path.read_bytes() == before


@pytest.mark.parametrize("browser_of_a_victim", ["off"], indirect=True)
def test_a_rebound_name_gets_everything_without_a_guard(browser_of_a_victim: Browser, naked: Target) -> None:
    stolen = naked.stolen()
    before = naked.store.path.read_bytes()
    assert CANARY in rebound(browser_of_a_victim, naked.port, stolen)
    assert naked.store.path.read_bytes() != before


def rebound(browser: Browser, port: int, stolen: dict[str, str]) -> str:
    """What a page at http://rebound.example:PORT reads from "itself", token and code in hand."""
    context = browser.new_context()
    page = context.new_page()

    def own(route: Route) -> None:
        route.fulfill(
            content_type="text/html", body="<title>a page loaded before the name was rebound</title>"
        )

    page.route("**/before", own)
    page.goto(f"http://{REBOUND}:{port}/before")
    read = page.evaluate(
        """async (stolen) => {
            const head = {"Content-Type": "application/json", Authorization: `Bearer ${stolen.token}`};
            const body = JSON.stringify({code: stolen.code, label: "attacker"});
            try {
                await fetch("/api/pair", {method: "POST", headers: head, body});
                return await (await fetch("/api/applications", {headers: head})).text();
            } catch (error) {
                return "";  // Local Network Access held it back
            }
        }""",
        stolen,
    )
    context.close()
    return str(read)


@pytest.mark.parametrize("permitted", [True, False], ids=["may reach 127.0.0.1", "may not"])
def test_another_extension_reads_and_changes_nothing(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    target: Target,
    tmp_path: Path,
    permitted: bool,
) -> None:
    """With the token and the code stolen, and with or without a host permission for our address."""
    folder = tmp_path / "extension"
    folder.mkdir()
    hosts = ', "host_permissions": ["http://127.0.0.1/*"]' if permitted else ""
    (folder / "manifest.json").write_text(
        '{"manifest_version": 3, "name": "Nice cursor", "version": "1", "background": {"service_worker": "w.js"}'
        + hosts
        + "}"
    )
    (folder / "w.js").write_text("")
    arguments = {**browser_type_launch_args, "headless": False}
    arguments["args"] = [
        *arguments.get("args", []),
        "--headless=new",
        f"--load-extension={folder}",
        f"--disable-extensions-except={folder}",
    ]
    stolen = target.stolen()
    before = target.store.path.read_bytes()
    with browser_type.launch_persistent_context(tmp_path / "profile", **arguments) as context:
        worker = (
            context.service_workers[0] if context.service_workers else context.wait_for_event("serviceworker")
        )
        answers = worker.evaluate(
            """async (stolen) => {
                const head = {"Content-Type": "application/json", Authorization: `Bearer ${stolen.token}`};
                const body = JSON.stringify({code: stolen.code, label: "attacker"});
                const ask = async (path, init) => {
                    try {
                        const answer = await fetch(stolen.base + path, init);
                        return [answer.status, await answer.text()];
                    } catch (error) { return [0, ""]; }
                };
                return [
                    await ask("/api/applications", {headers: head}),
                    await ask("/api/pair", {method: "POST", headers: head, body}),
                    await ask("/api/pair", {method: "DELETE", headers: head}),
                    await ask("/api/ping", {}),
                ];
            }""",
            stolen,
        )
    assert [status for status, _ in answers] == ([403] * 4 if permitted else [0] * 4)
    assert not any(CANARY in text for _, text in answers)
    assert target.store.path.read_bytes() == before
