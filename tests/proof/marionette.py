"""A Firefox of its own, driven by Marionette, which every Firefox speaks: no driver and no library is needed.

A command is `[0, number, name, parameters]` as JSON behind its length in bytes and a colon; its answer is
`[1, number, error, result]`. With `--remote-allow-system-access` scripts may also run in the browser's own window
("chrome"), which is where toolbar buttons and the popups of extensions live.
"""

from __future__ import annotations

import base64
import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

NAMES = ("firefox-esr", "firefox")
WAIT = 60.0
"""Seconds until Firefox must be up, and until a condition must be true: it starts slowly on a busy machine."""


def find_firefox() -> str | None:
    """The path of an installed Firefox, or None."""
    return next((path for name in NAMES if (path := shutil.which(name))), None)


class Firefox:
    """One running Firefox. Scripts are bodies of functions; they `return` a value that is JSON."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self._number = 0
        self._read()  # its greeting
        self.version: str = self.send("WebDriver:NewSession", acceptInsecureCerts=True)["capabilities"][
            "browserVersion"
        ]

    def _read(self) -> Any:
        head = b""
        while not head.endswith(b":"):
            head += self._exactly(1)
        return json.loads(self._exactly(int(head[:-1])))

    def _exactly(self, size: int) -> bytes:
        parts = b""
        while len(parts) < size:
            got = self._line.recv(size - len(parts))
            if not got:
                raise ConnectionError("Firefox has gone")
            parts += got
        return parts

    def send(self, command: str, /, **parameters: Any) -> Any:
        """One command. Raises RuntimeError with Firefox's words if it fails."""
        self._number += 1
        message = json.dumps([0, self._number, command, parameters]).encode()
        self._line.sendall(b"%d:%b" % (len(message), message))
        _, number, error, result = self._read()
        assert number == self._number
        if error:
            raise RuntimeError(f"{command}: {error['message']}")
        return result

    def page(self, script: str, *arguments: Any) -> Any:
        """Run a script in the page in front."""
        return self._run("content", script, arguments)

    def window(self, script: str, *arguments: Any) -> Any:
        """Run a script in the browser's own window; a promise that it returns is awaited."""
        return self._run("chrome", script, arguments)

    def _run(self, context: str, script: str, arguments: tuple[Any, ...]) -> Any:
        self.send("Marionette:SetContext", value=context)
        return self.send("WebDriver:ExecuteScript", script=script, args=list(arguments))["value"]

    def open(self, url: str) -> None:
        self.send("Marionette:SetContext", value="content")
        self.send("WebDriver:Navigate", url=url)

    def wait(self, script: str, *arguments: Any) -> Any:
        """The value of a script in the page once it is true."""
        return until(lambda: self.page(script, *arguments), script)

    def press(self, css: str, context: str = "content") -> None:
        """Click as the mouse does."""
        self.send("Marionette:SetContext", value=context)
        self.send("WebDriver:ElementClick", id=self._find(css))

    def type(self, css: str, text: str) -> None:
        """Type into a field of the page."""
        self.send("Marionette:SetContext", value="content")
        self.send("WebDriver:ElementSendKeys", id=self._find(css), text=text)

    def _find(self, css: str) -> str:
        found = until(lambda: self._all(css), f"an element {css}")
        return str(next(iter(found[0].values())))

    def _all(self, css: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = self.send("WebDriver:FindElements", using="css selector", value=css)
        return found

    def install(self, file: Path) -> str:
        """Put an extension in for as long as this Firefox runs; its id."""
        return str(self.send("Addon:Install", path=str(file), temporary=True)["value"])


def until(look: Any, what: str) -> Any:
    """What `look` gives once it is true. Raises AssertionError naming `what` if it never is."""
    end = time.monotonic() + WAIT
    while not (value := look()):
        if time.monotonic() > end:
            raise AssertionError(f"never true in Firefox: {what}")
        time.sleep(0.1)
    return value


@contextmanager
def running(path: str, profile: Path, preferences: dict[str, Any]) -> Iterator[Firefox]:
    """Start Firefox without a window, in a new profile with these preferences; it ends with the `with`."""
    profile.mkdir(parents=True)
    wishes = {"marionette.port": 0, "browser.shell.checkDefaultBrowser": False, **preferences}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wishes.items()]
    (profile / "user.js").write_text("".join(lines))
    command = [
        path,
        "--headless",
        "--no-remote",
        "--profile",
        str(profile),
        "--marionette",
        "--remote-allow-system-access",
    ]
    with (profile / "output.txt").open("wb") as output:
        process = subprocess.Popen(command, stdout=output, stderr=subprocess.STDOUT)
    try:
        place = profile / "MarionetteActivePort"
        port = until(lambda: place.read_text().strip() if place.exists() else "", "Firefox is up")
        with socket.create_connection(("127.0.0.1", int(port)), timeout=WAIT) as line:
            yield Firefox(line)
    finally:
        process.terminate()
        process.wait(timeout=20)


def picture(firefox: Firefox, path: Path, browser: str) -> None:
    """Save what a `browser` element of the window shows; `browser` is its CSS selector."""
    data = firefox.window(
        """return (async () => {
            const shown = document.querySelector(arguments[0]);
            const image = await shown.browsingContext.currentWindowGlobal.drawSnapshot(null, 2, "white");
            const canvas = new OffscreenCanvas(image.width, image.height);
            canvas.getContext("2d").drawImage(image, 0, 0);
            const bytes = new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer());
            return btoa([...bytes].map((byte) => String.fromCharCode(byte)).join(""));
        })()""",
        browser,
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(base64.b64decode(data))
