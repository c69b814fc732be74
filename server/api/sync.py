"""Sync now: start `intown sync` as a process of its own, and say how far it is.

The nightly visit needs a browser and an event loop of its own, so it never runs inside the server. What it
has done is read from the store, where each account's state is written as soon as its visit ends; that also
shows a sync that the timer or a terminal started.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from datetime import datetime
from typing import Any

from apiflask import APIBlueprint
from flask import Response, current_app
from pydantic import BaseModel, Field

from scraper.accounts import AccountError, all_accounts, find
from scraper.logs import printable, redact
from scraper.settings import Home
from server.api.applications import AccountView, account_views
from server.errors import ApiError
from server.language import words
from server.said import Said
from server.state import send, state

blueprint = APIBlueprint("sync", __name__, url_prefix="/api", tag="Sync")

SENTENCES = {0: Said("sync.done"), 3: Said("sync.needs_you")}
FAILED = Said("sync.failed")


class SyncIn(BaseModel):
    """`account`: the id of the one account to visit; all of them when absent."""

    account: str | None = Field(None, max_length=100)


class SyncOut(BaseModel):
    """How far the sync is. `done` of `total` accounts have ended since `started_at`."""

    running: bool
    started_at: str | None
    done: int
    total: int
    exit_code: int | None
    sentence: str
    accounts: list[AccountView]


class Runner:
    """The one sync process that this server started; safe between threads."""

    def __init__(self, home: Home) -> None:
        self._home = home
        self._lock = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self.started_at: datetime | None = None

    def start(self, account: str | None, now: datetime) -> bool:
        """Start a sync; False if the last one is still running."""
        with self._lock:
            if self._process is not None and self._process.poll() is None:
                return False
            command = [sys.executable, "-m", "server.cli", "sync", *(["--", account] if account else [])]
            descriptor = os.open(
                self._home.make().logs / "sync-now.log", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600
            )
            with os.fdopen(descriptor, "wb") as output:
                self._process = subprocess.Popen(
                    command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT
                )
            self.started_at = now
            return True

    def last_words(self) -> str:
        """The last line that the sync printed: where it could not begin, the one sentence that says why."""
        try:
            text = (self._home.logs / "sync-now.log").read_text(encoding="utf-8", errors="replace")
        except FileNotFoundError:
            return ""
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return printable(redact(lines[-1].removeprefix("Error: ")))[:300] if lines else ""

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    @property
    def exit_code(self) -> int | None:
        """How the last sync ended; None while it runs or if none was started."""
        return None if self._process is None else self._process.poll()


def _runner() -> Runner:
    runner = current_app.extensions.setdefault("intown.sync", Runner(state().home))
    assert isinstance(runner, Runner)
    return runner


@blueprint.get("/sync")
@blueprint.output(SyncOut)
def progress() -> Response:
    """Say how far the sync is, and how each account's last visit ended."""
    return send(_progress())


@blueprint.post("/sync")
@blueprint.input(SyncIn)
@blueprint.output(SyncOut, status_code=202)
def start(json_data: SyncIn) -> Response:
    """Start a sync of all accounts, or of one."""
    account = _account(json_data.account) if json_data.account else None
    if not all_accounts(state().store.read()):
        raise ApiError(
            409,
            "no_accounts",
            Said("error.no_accounts"),
            fix=Said("fix.add_account"),
        )
    if not _runner().start(account, state().clock()):
        raise ApiError(409, "already_running", Said("portal.sync_running"))
    return send(_progress(), 202)


def _account(name: str) -> str:
    """The exact id; whatever else was sent never reaches the command line."""
    try:
        return find(state().store.read(), name)[0].id
    except AccountError as error:
        raise ApiError(404, "unknown_account", error.sentence) from error


def _progress() -> dict[str, Any]:
    runner = _runner()
    view = state().store.read()
    began = runner.started_at
    visited = [visits.checked_at for _, visits in all_accounts(view)]
    running, code = runner.running, runner.exit_code
    done = sum(1 for at in visited if began and at and at >= began)
    return {
        "running": running,
        "started_at": began.isoformat() if began else None,
        "done": done,
        "total": len(visited),
        "exit_code": code,
        "sentence": words(Said("sync.running") if running else _sentence(runner, code, done)),
        "accounts": account_views(view),
    }


def _sentence(runner: Runner, code: int | None, done: int) -> Said | str:
    if code is None:
        return ""
    if code in SENTENCES:
        return SENTENCES[code]
    return FAILED if done else runner.last_words() or FAILED
