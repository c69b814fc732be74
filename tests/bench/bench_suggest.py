"""How long a trip's suggestions and all verdicts take, through the real server, among many applications."""

from __future__ import annotations

import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

from scraper.settings import Home
from scraper.store import Store
from server import pairing
from server.asking.gazetteer import Gazetteer, ensure_index
from server.listen import serving
from tests.asking.worlds import application, founding_applications, founding_recruiters, founding_trip

NOW = datetime(2027, 8, 13, 15, tzinfo=UTC)
CITIES = [
    "Cleveland, OH",
    "Akron, OH",
    "US-OH-Beachwood",
    "San Diego, CA",
    "Boston, MA",
    "Remote - US",
    "Chicago, IL",
]
STAGES = ["received", "under_review", "referred", "active", "not_selected", "withdrawn", "inactive", "screen"]
TITLES = [
    "Registered Nurse",
    "Nurse Educator",
    "Data Engineer",
    "Lab Technician",
    "Charge Nurse, ICU",
    "Pharmacist",
]


def many(count: int) -> list[dict[str, Any]]:
    """`count` applications at 400 employers and 400 differently written places, a third of them near Cleveland."""
    chance = random.Random(7)
    docs = founding_applications()
    for number in range(count - len(docs)):
        employer = f"Employer {chance.randrange(400)}"
        place = f"{chance.choice(CITIES)} - Campus {chance.randrange(60)}"
        title, stage = chance.choice(TITLES), chance.choice(STAGES)
        docs.append(application(f"n{number}", title, stage, company=employer, location=place))
    return docs


@contextmanager
def server_with(count: int) -> Iterator[Callable[[str], float]]:
    """A real server that holds `count` applications; gives a function that times one GET in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        home = Home(Path(folder) / "data", Path(folder) / "cache", Path(folder) / "logs").make()
        store = Store(home.store)
        with store.transaction() as tx:
            for doc in many(count):
                tx.put("applications", doc["key"], doc)
            for person in founding_recruiters():
                tx.put("recruiters", person.id, person.model_dump(mode="json"))
            trip = founding_trip()
            tx.put("trips", trip.id, trip.model_dump(mode="json"))
        token = pairing.issue(store, "bench", NOW).token
        with serving(home, clock=lambda: NOW) as port:
            yield lambda path: _timed_get(port, path, token)


def _timed_get(port: int, path: str, token: str) -> float:
    start = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Authorization": f"Bearer {token}"})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, body[:200]
    return (time.perf_counter() - start) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def run(rounds: int = 40) -> list[dict[str, Any]]:
    """One row per size and question: p95 and the first answer, in milliseconds, with its limit."""
    rows = []
    for count, limit in ((2_000, 50.0), (10_000, 150.0)):
        with server_with(count) as get:
            first = get("/api/trips/cleveland/suggestions")
            before = time.process_time()
            times = [get("/api/trips/cleveland/suggestions") for _ in range(rounds)]
            work = (time.process_time() - before) / rounds * 1000
        rows.append(
            {
                "what": f"suggestions for a trip, {count} applications, p95 through the server",
                "ours": _p95(times),
                "unit": "ms",
                "promise": f"≤ {limit:.0f} ms",
            }
        )
        rows.append(
            {"what": f"processor time of such an answer, {count} applications", "ours": work, "unit": "ms"}
        )
        rows.append(
            {"what": f"the first answer after a start, {count} applications", "ours": first, "unit": "ms"}
        )
    rows.append(_opening())
    return rows


def _opening() -> dict[str, Any]:
    """How long the places index takes to open, median of 20."""
    folder = Path(os.environ.get("INTOWN_PLACES") or Home.find().make().cache)
    path = ensure_index(folder)
    times = []
    for _ in range(20):
        start = time.perf_counter()
        gazetteer = Gazetteer(path)
        gazetteer.cities("cleveland")
        times.append((time.perf_counter() - start) * 1000)
        gazetteer.close()
    return {
        "what": "open the places index and find a city",
        "ours": statistics.median(times),
        "unit": "ms",
        "promise": "≤ 5 ms",
    }


if __name__ == "__main__":
    print(json.dumps(run(), indent=2))
