"""How fast the server answers and how much memory it takes, at 2,000 and 10,000 applications.

Measured from outside: `intown serve` as its own process, real HTTP over loopback, one client at a time as
the popup is. The rival is the least that any server could do: waitress sending the same bytes ready-made.
"""

from __future__ import annotations

import http.client
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from scraper.model import Application, PageKind, ParsedPage
from scraper.settings import Home
from scraper.stages import stage_of
from scraper.store import Store, record_page
from server import pairing
from server.listen import Server, bind

SIZES = (2_000, 10_000)
REQUESTS = 40
PROMISED_SUGGESTIONS = {2_000: 50, 10_000: 150}  # ms, p95; DESIGN.md section 10
PROMISED_MEMORY = 120  # MB at 10,000 applications

CITIES = (
    "US-OH-Cleveland",
    "Cleveland, OH",
    "Akron, OH",
    "San Diego, CA",
    "Boston, MA",
    "Austin, TX",
    "Hybrid - Austin, TX",
    "Remote",
    "München",
    "2 Locations",
    "New York, NY",
    "Portland, ME",
    "Columbus, OH",
    "Chicago, IL",
    "Toronto, ON",
    "Denver, CO",
)
STATUSES = (
    "Under review",
    "Referred to hiring manager",
    "Application received",
    "Not selected",
    "In progress",
    "No longer under consideration",
    "Interview",
    "Position closed",
    "Shortlisted",
    "Withdrawn",
)


def run() -> list[dict[str, Any]]:
    """Every figure, p95 in milliseconds and memory in MB."""
    return [figure for size in SIZES for figure in _at(size)]


def _at(size: int) -> Iterator[dict[str, Any]]:
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "data", Path(folder) / "cache", Path(folder) / "logs").make()
        token = fill(home, size)
        with served(folder) as (port, pid):
            call = Caller(port, token)
            trip = call("POST", "/api/trips", _trip())["id"]
            anew = call.after_a_change("/api/applications", Store(home.store))
            listed, length = call.p95("/api/applications")
            before = processor_seconds(pid)
            suggested, _ = call.p95(f"/api/trips/{trip}/suggestions")
            work = (processor_seconds(pid) - before) / (3 * REQUESTS + 1) * 1000
            call("POST", "/api/pages", _page())
            memory, reader = resident(pid)
    promised = PROMISED_SUGGESTIONS[size]
    floor = _ready_made(length)
    name = f"{size:,} applications"
    yield {"what": f"{name}: suggestions for a trip, p95", "ours": suggested, "unit": "ms"} | {
        "promise": f"<= {promised} ms"
    }
    yield {"what": f"{name}: processor time of one such answer", "ours": work, "unit": "ms"}
    yield {"what": f"{name}: all of them, p95", "ours": listed, "unit": "ms"} | {
        "rival": f"waitress with the same {length // 1024:,} kB ready-made",
        "theirs": floor,
        "ratio": listed / floor,
    }
    yield {"what": f"{name}: all of them, first time after a change", "ours": anew, "unit": "ms"}
    yield {"what": f"{name}: memory of the server", "ours": memory, "unit": "MB"} | {
        "promise": f"<= {PROMISED_MEMORY} MB" if size == max(SIZES) else None
    }
    yield {"what": f"{name}: memory of its page reader, a process of its own", "ours": reader, "unit": "MB"}


def fill(home: Home, size: int) -> str:
    """A store of `size` applications at 40 employers, a tenth of them changed once; gives a token."""
    store = Store(home.store)
    now = datetime.now(UTC)
    rows = [_row(number) for number in range(size)]
    _record(store, rows, now - timedelta(days=9))
    _record(store, [_later(row) for row in rows[::10]], now - timedelta(hours=6))
    with store.transaction() as tx:
        for number in range(40):
            employer = f"Employer {number}"
            recruiter = {
                "id": f"r{number}",
                "name": f"Robin {number}",
                "email": f"robin{number}@example.org",
                "employer": employer,
                "whole_employer": True,
            }
            tx.put("recruiters", f"r{number}", recruiter)
    return pairing.issue(store, "bench", now).token


def _row(number: int) -> Application:
    employer = number % 40
    status = STATUSES[number * 7 % len(STATUSES)]
    host = f"employer{employer}.taleo.net"
    reading = stage_of(status, "taleo")
    return Application(
        portal="taleo",
        host=host,
        external_id=str(40_000 + number),
        title=f"Registered Nurse, Unit {number % 97}",
        company=f"Employer {employer}",
        status_raw=status,
        stage=reading.stage,
        confidence=reading.confidence,
        location=CITIES[number * 3 % len(CITIES)],
        applied_on=date(2026, 1 + number % 9, 1 + number % 27),
        requisition=str(40_000 + number),
        url=f"https://{host}/careersection/2/jobdetail.ftl?job={40_000 + number}",
    )


def _later(row: Application) -> Application:
    reading = stage_of("Referred to hiring manager", "taleo")
    return replace(row, status_raw="Referred to hiring manager", stage=reading.stage)


def _record(store: Store, rows: list[Application], at: datetime) -> None:
    page = ParsedPage(
        url="https://employer0.taleo.net/",
        host="employer0.taleo.net",
        kind=PageKind.APPLICATIONS,
        applications=tuple(rows),
    )
    record_page(store, None, page, seen_at=at, complete=False)


def _trip() -> dict[str, Any]:
    arrive = date.today() + timedelta(days=12)
    return {
        "destination": "Cleveland, Ohio",
        "arrive": f"{arrive}T11:00",
        "depart": f"{arrive + timedelta(days=2)}T18:00",
    }


def _page() -> dict[str, Any]:
    """A click, so that the reader's process runs when memory is measured."""
    html = "<div id='mySubmissionsInterface.ID1.row1'>Submission Status: Under review</div>"
    return {"url": "https://employer0.taleo.net/careersection/2/mysubmissions.ftl", "html": html}


class Caller:
    """One kept connection, as the extension's worker has."""

    def __init__(self, port: int, token: str) -> None:
        self._line = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def __call__(self, method: str, path: str, body: Any = None) -> Any:
        return json.loads(self._raw(method, path, None if body is None else json.dumps(body)))

    def _raw(self, method: str, path: str, body: str | None = None) -> bytes:
        self._line.request(method, path, body, self._headers)
        answer = self._line.getresponse()
        data = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {data[:300]!r}")
        return data

    def p95(self, path: str) -> tuple[float, int]:
        """The 95th percentile of the times in milliseconds (the median of three rounds, because other programs
        run here too) and the answer's length."""
        rounds = []
        for _ in range(3):
            times = sorted(self._timed(path)[0] for _ in range(REQUESTS))
            rounds.append(times[int(REQUESTS * 0.95) - 1])
        return statistics.median(rounds), len(self._timed(path)[1])

    def after_a_change(self, path: str, store: Store) -> float:
        """The median in milliseconds when another process has just committed to the store."""
        times = []
        for number in range(9):
            with store.transaction() as tx:
                tx.put("notes", "bench", {"number": number})
            times.append(self._timed(path)[0])
        return statistics.median(times)

    def _timed(self, path: str) -> tuple[float, bytes]:
        began = time.perf_counter()
        data = self._raw("GET", path)
        return (time.perf_counter() - began) * 1000, data


@contextmanager
def served(folder: str) -> Iterator[tuple[int, int]]:
    """`intown serve` on a free port with its home in `folder`; gives (port, process id) once it is warm."""
    with bind(0) as place:
        port = place.getsockname()[1]
    shared = os.environ.get("INTOWN_PLACES") or str(Path(tempfile.gettempdir()) / "intown-bench-places")
    environment = {**os.environ, "INTOWN_HOME": folder, "INTOWN_PLACES": shared}
    command = [sys.executable, "-m", "server.cli", "serve", "--port", str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as process:
        try:
            assert process.stdout is not None
            process.stdout.readline()
            yield port, process.pid
        finally:
            process.terminate()


def resident(pid: int) -> tuple[float, float]:
    """The memory of the server's process, and that of its children together (the reader), in MB."""
    children = []
    for file in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = file.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):  # ended between listing and reading
            continue
        if int(fields[1]) == pid:
            children.append(int(file.parent.name))
    return _proportional(pid) / 1024, sum(map(_proportional, children)) / 1024


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor; unlike the clock, it does not count waiting for other programs."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _proportional(pid: int) -> int:
    """Kilobytes, pages shared by several processes divided among them."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1])
    raise RuntimeError("the system does not tell how much memory a process has")


def _ready_made(length: int) -> float:
    """The 95th percentile for waitress with an application that has its answer ready."""
    body = b"x" * length

    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Type", "application/json"), ("Content-Length", str(length))])
        return [body]

    place = bind(0)
    server = Server(application, place)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        return Caller(server.port, "").p95("/")[0]
    finally:
        server.stop()
        thread.join()
