"""A true click on the extension's icon, and the popup that it opens.

`chrome.action.openPopup()` does not grant activeTab and its popup is no Playwright page. The DevTools command
`Extensions.triggerAction` on a target of type `tab` is the person's click: activeTab is granted and the popup
opens; its target is reached through `Target.attachToTarget`. The command is experimental, so all of it is in
this file (measured with Chromium 156 and Playwright 1.65).
"""

from __future__ import annotations

import base64
import json
import time
from importlib import resources
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, CDPSession, Page

AXE = resources.files("axe_playwright_python") / "axe.min.js"
EXTENSION_ID = "dohfpjmkenbjffggomjjeaobgjbmkmfd"
POPUP = f"chrome-extension://{EXTENSION_ID}/popup.html"
WAIT = 60.0
"""Seconds until a condition in the popup must be true: an end for what never comes, not a promise of speed."""

KEYS = {
    "Tab": (9, ""),
    "Enter": (13, "\r"),
    "Escape": (27, ""),
    " ": (32, " "),
    "End": (35, ""),
    "Home": (36, ""),
    "ArrowLeft": (37, ""),
    "ArrowUp": (38, ""),
    "ArrowRight": (39, ""),
    "ArrowDown": (40, ""),
}
"""Key -> (virtual key code, the text that it types)."""


class Popup:
    """The open popup, driven by DevTools messages because Playwright knows no popups."""

    def __init__(self, session: CDPSession, target: str, page: Page) -> None:
        self._session = session
        self._target = target
        self._page = page
        self._answers: dict[int, dict[str, Any]] = {}
        self._number = 0
        self.console: list[str] = []
        session.on("Target.receivedMessageFromTarget", self._received)
        attached = session.send("Target.attachToTarget", {"targetId": target, "flatten": False})
        self._id: str = attached["sessionId"]
        for domain in ("Runtime", "Page", "Log"):
            self.send(f"{domain}.enable")

    def _received(self, event: dict[str, Any]) -> None:
        if event["sessionId"] != self._id:
            return
        message = json.loads(event["message"])
        if "id" in message:
            self._answers[message["id"]] = message
        elif message["method"] == "Runtime.exceptionThrown":
            self.console.append(json.dumps(message["params"]["exceptionDetails"]))
        elif message["method"] == "Log.entryAdded" and message["params"]["entry"]["level"] == "error":
            self.console.append(message["params"]["entry"]["text"])

    def send(self, method: str, **parameters: Any) -> dict[str, Any]:
        """One DevTools command in the popup. Raises RuntimeError with Chromium's words if it fails."""
        self._number += 1
        number = self._number
        message = json.dumps({"id": number, "method": method, "params": parameters})
        self._session.send("Target.sendMessageToTarget", {"sessionId": self._id, "message": message})
        end = time.monotonic() + WAIT
        while number not in self._answers:
            if time.monotonic() > end:
                raise TimeoutError(f"no answer to {method}")
            self._page.wait_for_timeout(5)
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"{method}: {answer['error']['message']}")
        result: dict[str, Any] = answer["result"]
        return result

    def evaluate(self, expression: str) -> Any:
        """The value of a JavaScript expression in the popup; promises are awaited."""
        result = self.send(
            "Runtime.evaluate", expression=expression, awaitPromise=True, returnByValue=True, userGesture=True
        )
        if "exceptionDetails" in result:
            raise RuntimeError(result["exceptionDetails"].get("exception", {}).get("description", "failed"))
        return result["result"].get("value")

    def wait(self, expression: str) -> Any:
        """The expression's value once it is true. Raises AssertionError with the popup's text if it never is."""
        end = time.monotonic() + WAIT
        while not (value := self.evaluate(expression)):
            if time.monotonic() > end:
                raise AssertionError(f"never true: {expression}; the popup shows: {self.text()!r}")
            self._page.wait_for_timeout(50)
        return value

    def wait_for(self, css: str) -> None:
        """Wait until something matches."""
        self.wait(f"Boolean(document.querySelector({json.dumps(css)}))")

    def wait_for_text(self, text: str) -> None:
        self.wait(f"Boolean(document.body?.innerText.includes({json.dumps(text)}))")

    def text(self, css: str = "body") -> str:
        value = self.evaluate(f"document.querySelector({json.dumps(css)})?.innerText ?? ''")
        assert isinstance(value, str)
        return value

    def texts(self, css: str) -> list[str]:
        value = self.evaluate(
            f"[...document.querySelectorAll({json.dumps(css)})].map((one) => one.textContent)"
        )
        assert isinstance(value, list)
        return value

    @property
    def state(self) -> str:
        """The name of the state shown, "" where a view stands."""
        value = self.evaluate("document.querySelector('[data-state]')?.dataset.state ?? ''")
        assert isinstance(value, str)
        return value

    def wait_for_state(self, name: str) -> None:
        self.wait_for(f'[data-state="{name}"]')

    def click(self, css: str, text: str = "") -> None:
        """Press the mouse on the first visible match (holding `text`, if given)."""
        self.wait(f"Boolean({_find(css, text)})")
        # The popup may still be growing: press only where the element stays put.
        spot = self.evaluate(
            f"""(async () => {{
                const element = {_find(css, text)};
                element.scrollIntoView({{block: "center"}});
                let last = "";
                for (;;) {{
                    const box = element.getBoundingClientRect();
                    const now = [box.x, box.y, box.width, box.height].join();
                    if (now === last) return [box.x + box.width / 2, box.y + box.height / 2];
                    last = now;
                    await new Promise((resolve) => setTimeout(resolve, 40));
                }}
            }})()"""
        )
        for kind in ("mousePressed", "mouseReleased"):
            self.send(
                "Input.dispatchMouseEvent", type=kind, x=spot[0], y=spot[1], button="left", clickCount=1
            )

    def fill(self, css: str, text: str) -> None:
        """Put `text` into a field as typing would; dates and times ("2027-08-26", "11:00") by value."""
        self.wait_for(css)
        field = f"document.querySelector({json.dumps(css)})"
        kind = self.evaluate(f"(({field}).focus(), ({field}).select?.(), ({field}).type)")
        if kind in ("date", "time"):
            self.evaluate(
                f"(({field}).value = {json.dumps(text)}, ({field}).dispatchEvent(new Event('input', {{bubbles: true}})), "
                f"({field}).dispatchEvent(new Event('change', {{bubbles: true}})))"
            )
        else:
            self.send("Input.insertText", text=text)

    def press(self, key: str, shift: bool = False) -> None:
        """Press one of KEYS, as a keyboard does."""
        code, text = KEYS[key]
        common = {"key": key, "windowsVirtualKeyCode": code, "modifiers": 8 if shift else 0}
        self.send("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **common)
        self.send("Input.dispatchKeyEvent", type="keyUp", **common)

    def type(self, text: str) -> None:
        """Type into whatever has the focus."""
        for letter in text:
            self.send("Input.dispatchKeyEvent", type="char", text=letter)

    def picture(self, path: Path, scheme: str) -> None:
        """Save what the popup shows, in the colours of `scheme` ("light" or "dark")."""
        self.dress(scheme)
        path.parent.mkdir(parents=True, exist_ok=True)
        data = self.send("Page.captureScreenshot", format="png")["data"]
        path.write_bytes(base64.b64decode(data))

    def dress(self, scheme: str) -> None:
        """Put the popup into light or dark, without the fading between them."""
        wishes = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
        self.send(
            "Emulation.setEmulatedMedia",
            features=[{"name": name, "value": value} for name, value in wishes.items()],
        )
        self._settle()

    def _settle(self) -> None:
        """Wait until what was changed is also drawn."""
        self.evaluate(
            "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(1))))"
        )

    def violations(self, scheme: str) -> list[str]:
        """What axe-core finds wrong with the popup as it stands, in the colours of `scheme`."""
        self.dress(scheme)
        if not self.evaluate("Boolean(window.axe)"):
            # DevTools evaluates past the content policy, which keeps every script but ours out.
            self.evaluate(f"{AXE.read_text()}; null")
        look = "axe.run(document, {resultTypes: ['violations']}).then((told) => told.violations)"
        found = self.evaluate(look)
        if found:  # on a busy machine the colours may be half changed; what is wrong is wrong again
            self._page.wait_for_timeout(500)
            self._settle()
            found = self.evaluate(look)
        return [
            f"{one['id']}: {one['help']}: {one['nodes'][0]['html']}: {one['nodes'][0]['failureSummary']}"
            for one in found
        ]

    def close(self) -> None:
        """Close the popup, as a click beside it does."""
        self._session.remove_listener("Target.receivedMessageFromTarget", self._received)
        self._session.send("Target.closeTarget", {"targetId": self._target})
        end = time.monotonic() + WAIT
        while any(one["targetId"] == self._target for one in _targets(self._session)):
            if time.monotonic() > end:
                raise TimeoutError("the popup does not close")
            self._page.wait_for_timeout(20)


def _find(css: str, text: str) -> str:
    """JavaScript for the first visible element that matches."""
    return (
        f"[...document.querySelectorAll({json.dumps(css)})].find((one) => one.checkVisibility()"
        f" && !one.disabled && one.textContent.includes({json.dumps(text)}))"
    )


def _targets(session: CDPSession) -> list[dict[str, Any]]:
    everything: list[dict[str, Any]] = session.send("Target.getTargets", {"filter": [{}]})["targetInfos"]
    return everything


def click_icon(context: BrowserContext, page: Page) -> Popup:
    """Click InTown's icon while `page` is the tab in front; the popup that opens."""
    browser = context.browser
    assert browser is not None
    page.bring_to_front()
    session = browser.new_browser_cdp_session()
    before = {one["targetId"] for one in _targets(session) if one["url"].startswith(POPUP)}
    tab = _tab_of(session, page)
    session.send("Extensions.triggerAction", {"id": EXTENSION_ID, "targetId": tab})
    end = time.monotonic() + WAIT
    while time.monotonic() < end:
        for one in _targets(session):
            if one["url"].startswith(POPUP) and one["type"] == "page" and one["targetId"] not in before:
                return Popup(session, one["targetId"], page)
        page.wait_for_timeout(20)
    raise TimeoutError("the icon was clicked and no popup opened")


def _tab_of(session: CDPSession, page: Page) -> str:
    """The target of type `tab` that holds the page."""
    own = page.context.new_cdp_session(page)
    inner: str = own.send("Target.getTargetInfo")["targetInfo"]["targetId"]
    own.detach()
    for one in _targets(session):
        if one["type"] != "tab":
            continue
        # A tab target holds its page target: attach for a moment and look at its children.
        if one["url"] == page.url:
            return str(one["targetId"])
    raise LookupError(f"no tab target for {inner}")
