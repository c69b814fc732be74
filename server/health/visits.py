"""Looks at what happens by itself: the nights, the accounts, the server, the paired browsers."""

from __future__ import annotations

import hashlib
import hmac
import http.client
import json
import secrets
from datetime import datetime, timedelta
from typing import Any

from scraper import __version__
from scraper import nightly as nights_
from scraper.accounts import State as Visits
from scraper.accounts import all_accounts
from scraper.model import Account
from scraper.nightly_ways import NightlyError, schedulers
from scraper.outcomes import RULES, Outcome, Turn
from scraper.sync_runs import last_run
from server import pairing
from server.commands.extension import FOLDER
from server.health.findings import Fact, Finding, Patient, State
from server.running import running

OK, ATTENTION, BROKEN = State.OK, State.ATTENTION, State.BROKEN
LOOPBACK = "127.0.0.1"
STALE = timedelta(days=3)
"""With the nights on, an account that was not read well for so long is worth a word."""


def nights(patient: Patient) -> list[Finding]:
    """On, off, or gone; the last one, and whether one was missed."""
    last = last_run(patient.view)
    facts: dict[str, Fact] = {"last_run": last.isoformat(timespec="minutes") if last else None}
    chosen = nights_.nights(patient.home) if patient.home.data.exists() else None
    if chosen is None:
        text = "The nights are off: portals are read only when you say `intown sync`."
        return [Finding("nights", ATTENTION, text, "intown nightly on", {**facts, "on": False})]
    facts |= {"on": True, "scheduler": chosen.scheduler, "at": chosen.at}
    way = next((way for way in schedulers(patient.home) if way.name == chosen.scheduler), None)
    try:
        there = way is not None and way.installed()
    except NightlyError as error:
        return [
            Finding("nights", BROKEN, error.sentence, "intown nightly on", {**facts, "entry_found": None})
        ]
    if not there:
        text = f"The entry of {chosen.scheduler} is gone, so no night is run."
        return [Finding("nights", BROKEN, text, "intown nightly on", {**facts, "entry_found": False})]
    missed = nights_.is_due(chosen, last, patient.now.astimezone()) and _long_due(chosen, patient.now)
    when = f"{last.astimezone():%Y-%m-%d %H:%M}" if last else "never"
    text = f"Every night at {chosen.at}, by {chosen.scheduler}. Last run: {when}."
    facts |= {"entry_found": True, "missed": missed}
    if missed:
        return [Finding("nights", ATTENTION, f"{text} The last night was missed.", "intown sync", facts)]
    return [Finding("nights", OK, text, facts=facts)]


def _long_due(chosen: nights_.Nights, now: datetime) -> bool:
    """A night that was due a moment ago is being run or about to be; catching up may take an hour (cron)."""
    return now.astimezone() - nights_.last_due(chosen, now.astimezone()) > timedelta(hours=2)


def accounts(patient: Patient) -> list[Finding]:
    """A line for each account that waits for somebody, one for all the others."""
    found = all_accounts(patient.view)
    if not found:
        text = "No portal yet: add one with its address, copied from the browser."
        return [Finding("accounts", ATTENTION, text, "intown account add ADDRESS", {"accounts": 0})]
    waiting = [finding for account, state in found if (finding := _waits(patient, account, state))]
    facts = {"accounts": len(found), "waiting": len(waiting)}
    logins = "One login" if len(found) == 1 else f"{len(found)} logins"
    text = (
        f"{logins}, {len(waiting)} waiting for something."
        if waiting
        else f"{logins}, none waiting for anything."
    )
    return [Finding("accounts", OK, text, facts=facts), *waiting]


def _waits(patient: Patient, account: Account, state: Visits) -> Finding | None:
    name = account.id
    facts: dict[str, Fact] = {
        "portal": account.portal,
        "outcome": state.outcome.value if state.outcome else None,
        "last_good": state.last_good.isoformat(timespec="minutes") if state.last_good else None,
        "applications": state.last_count,
    }
    if state.outcome is not None and state.outcome not in (Outcome.OK, Outcome.EMPTY):
        rule = RULES[state.outcome]
        text = f"{name}: {state.sentence or rule.sentence}"
        if rule.turn is Turn.USER:
            return Finding("account", ATTENTION, text, state.fix or f"intown login {name}", facts)
        if rule.turn is Turn.US:
            return Finding("account", ATTENTION, text, state.fix or f"intown account test {name}", facts)
    if state.outcome is None and account.secret == "session":  # noqa: S105 - the kind of place
        text = f"{name}: nobody has signed in there yet, and no password is kept for it."
        return Finding("account", ATTENTION, text, f"intown login {name}", facts)
    nightly_on = patient.home.data.exists() and nights_.nights(patient.home) is not None
    if nightly_on and state.last_good and patient.now - state.last_good > STALE:
        days = (patient.now - state.last_good).days
        return Finding(
            "account", ATTENTION, f"{name}: not read for {days} days.", f"intown sync {name}", facts
        )
    return None


def server(patient: Patient) -> list[Finding]:
    """Does ours answer, or somebody else's, or nobody?"""
    ours = running(patient.home)
    port = ours.port if ours and ours.port else patient.port
    facts: dict[str, Fact] = {"running": ours is not None, "usual_port": port == patient.port}
    client, wanted, nonce = _challenge(patient)
    answer = ask(port, nonce, client)
    if answer is None:
        if ours is not None:
            text = f"Process {ours.pid} has the server's lock and does not answer on port {port}; end it."
            return [Finding("server", BROKEN, text, f"kill {ours.pid}", facts)]
        return [
            Finding(
                "server", ATTENTION, "It is not running: the popup has nobody to ask.", "intown serve", facts
            )
        ]
    version, body = answer
    if version is None or body.get("app") != "intown":
        text = f"Another program has port {port}, so the popup cannot find InTown there."
        return [
            Finding(
                "server", BROKEN, text, f"intown serve --port {port + 1}", {**facts, "other_program": True}
            )
        ]
    facts |= {"version": version}
    if (client and body.get("proof") != wanted) or (not client and ours is None):
        text = f"An InTown answers on port {port}, but not for this home ({patient.home.data})."
        return [
            Finding("server", BROKEN, text, f"intown serve --port {port + 1}", {**facts, "other_home": True})
        ]
    if version != __version__:
        text = (
            f"It runs InTown {version}, and {__version__} is installed: stop it (Ctrl-C) and start it again."
        )
        return [Finding("server", ATTENTION, text, "intown serve", facts)]
    return [Finding("server", OK, f"It answers at http://{LOOPBACK}:{port} for this home.", facts=facts)]


def _challenge(patient: Patient) -> tuple[str, str | None, str]:
    """A paired browser's id ("" without one), the proof that only our server can give for it, and the nonce."""
    nonce = secrets.token_hex(16)
    for client, document in patient.view.all("tokens").items():
        key = bytes.fromhex(document["hash"])
        return client, hmac.new(key, nonce.encode("ascii"), hashlib.sha256).hexdigest(), nonce
    return "", None, nonce


def ask(port: int, nonce: str, client: str) -> tuple[str | None, dict[str, Any]] | None:
    """Who answers on the port: (InTown's version or None, the answer), or None where nobody does."""
    line = http.client.HTTPConnection(LOOPBACK, port, timeout=3)
    try:
        line.request("GET", f"/api/ping?nonce={nonce}&client={client}" if client else "/api/ping")
        said = line.getresponse()
        try:
            body = json.loads(said.read(10_000))
        except (ValueError, RecursionError):  # somebody else's answer may be anything
            body = None
        return said.getheader("X-InTown-Version"), body if isinstance(body, dict) else {}
    except ConnectionRefusedError:
        return None
    except (OSError, http.client.HTTPException):  # it holds the port and does not speak HTTP
        return None, {}
    finally:
        line.close()


def paired(patient: Patient) -> list[Finding]:
    """Which browsers may ask, and whether the extension's files are of this version."""
    clients = pairing.clients(patient.store)
    try:
        extension = str(json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["version"])
    except (OSError, ValueError, KeyError):
        text = "The extension's files are not where they should be."
        return [
            Finding(
                "pairing",
                BROKEN,
                text,
                "pipx reinstall intown",
                {"browsers": len(clients), "extension": None},
            )
        ]
    facts: dict[str, Fact] = {"browsers": len(clients), "extension": extension}
    if extension != __version__:
        text = f"The extension's files are of version {extension}, InTown is {__version__}."
        return [Finding("pairing", BROKEN, text, "pipx reinstall intown", facts)]
    if not clients:
        return [Finding("pairing", ATTENTION, "No browser is paired yet.", "intown pair", facts)]
    number = f"{len(clients)} browsers are" if len(clients) > 1 else "One browser is"
    return [
        Finding(
            "pairing", OK, f"{number} paired; the extension's files are of version {extension}.", facts=facts
        )
    ]
