"""Runs every look side by side. A look that fails, or does not come back, is a finding and stops no other."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping

from scraper.outcomes import InTownError
from server.health import kept, machine, visits
from server.health.findings import Finding, Patient, State

Look = Callable[[Patient], list[Finding]]

LOOKS: Mapping[str, Look] = {
    "browser": machine.browser,
    "keychain": kept.keychain,
    "store": kept.store,
    "server": visits.server,
    "pairing": visits.paired,
    "nights": visits.nights,
    "accounts": visits.accounts,
    "lists": kept.lists,
    "places": kept.places,
    "folders": machine.folders,
    "clock": machine.clock,
    "versions": machine.versions,
}
"""In the order in which they are shown."""

PATIENCE = 45.0
"""Seconds for all looks together. A keychain may wait for a person, a browser on a busy machine takes some seconds."""


def examine(patient: Patient, looks: Mapping[str, Look] = LOOKS, patience: float = PATIENCE) -> list[Finding]:
    """What was found, in the order of `looks`."""
    found: dict[str, list[Finding]] = {}
    # Daemons: a look that hangs must not keep the command from ending.
    threads = [
        threading.Thread(target=_look, args=(name, look, patient, found), daemon=True)
        for name, look in looks.items()
    ]
    for thread in threads:
        thread.start()
    ends = time.monotonic() + patience
    for thread in threads:
        thread.join(max(0.0, ends - time.monotonic()))
    return [finding for name in looks for finding in found.get(name, [_silent(name)])]


def _look(name: str, look: Look, patient: Patient, found: dict[str, list[Finding]]) -> None:
    try:
        found[name] = look(patient)
    except InTownError as error:
        found[name] = [Finding(name, State.BROKEN, error.sentence, facts={"failed": type(error).__name__})]
    except Exception as error:  # the boundary: one look's failure never stops the others
        text = f"This could not be looked at ({type(error).__name__}); please report it."
        fix = "intown doctor --bundle intown-report.zip"
        found[name] = [Finding(name, State.BROKEN, text, fix, {"failed": type(error).__name__})]


def _silent(name: str) -> Finding:
    text = "This did not answer in time."
    return Finding(name, State.BROKEN, text, "intown doctor", {"failed": "timeout"})
