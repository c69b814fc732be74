"""What the tests of the doctor's looks share: the moment, and the one finding of a look."""

from __future__ import annotations

from datetime import UTC, datetime

from server.health.findings import Finding, State

NOW = datetime(2027, 8, 13, 15, 0, tzinfo=UTC)
OK, ATTENTION, BROKEN = State.OK, State.ATTENTION, State.BROKEN


def one(findings: list[Finding]) -> Finding:
    (found,) = findings
    return found


def brief(findings: list[Finding]) -> tuple[State, str]:
    found = one(findings)
    return found.state, found.fix
