"""Programs that write and get killed: as the sync, the server and the command line do it, and stock TinyDB.

Each writes numbered states, every number a whole transaction of its own, and can tell from the bytes on the
disk which number they hold. All of a state's parts carry the number, so half a transaction is noticed.
"""

from __future__ import annotations

import contextlib
import http.client
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

import tinydb

from scraper.model import Application, Stage
from scraper.settings import Home
from scraper.store import Store, record_page
from scraper.store_format import Tables, decode
from tests.store.pages import START, job, page

ROWS = 50
Ack = Callable[[int], None]


class Corrupt(Exception):
    """The file cannot be read, or holds half a transaction."""


class Writer(Protocol):
    """One kind of program under test."""

    def seed(self, home: Home, size: int) -> None:
        """Make the data there was before: `size` applications, number 0."""

    def run(self, home: Home, first: int, ack: Ack) -> None:
        """Write the numbers from `first` on, for ever; call `ack` only when a write is said to be safe."""

    def number(self, home: Home) -> int:
        """The number on the disk. Raises Corrupt."""


def tables_of(home: Home) -> Tables:
    """What the store's file holds, read without any of its healing. Raises Corrupt."""
    try:
        return decode(home.store.read_bytes(), 1).tables
    except Exception as error:
        raise Corrupt(repr(error)) from error


def padding(number: int) -> str:
    """Long and short by turns: a file that shrinks is the harder case for a writer in place."""
    return "x" * (3000 if number % 2 else 3)


class Sync:
    """One account's result, 50 rows, as the nightly sync records it; each tenth status changes every time."""

    def seed(self, home: Home, size: int) -> None:
        rows = [job(n, title=f"Nurse {n} of many, in a ward with a long name") for n in range(size)]
        record_page(Store(home.store), "lake", page(*rows), seen_at=START, complete=True)

    def run(self, home: Home, first: int, ack: Ack) -> None:
        store = Store(home.store)
        number = first
        while True:
            rows = [self._row(n, number) for n in range(ROWS)]
            record_page(store, "lake", page(*rows), seen_at=START + timedelta(minutes=number), complete=False)
            ack(number)
            number += 1

    def _row(self, n: int, number: int) -> Application:
        status = f"Step {number}" if n % 10 == 0 else "Under Review"
        return job(n, status, Stage.ACTIVE, title=f"Nurse {n} v{number}", location=padding(number))

    def number(self, home: Home) -> int:
        tables = tables_of(home)
        rows = [tables["applications"][job(n).key] for n in range(ROWS)]
        numbers = {int(row["title"].partition(" v")[2] or 0) for row in rows}
        history = {f"{row['key']}#{row['change_count']}" for row in rows if row["change_count"]}
        if len(numbers) != 1 or not history <= tables.get("changes", {}).keys():
            raise Corrupt(f"half a transaction: {numbers}")
        return numbers.pop()


class Server:
    """The real server on a real port, asked over HTTP to correct an employer's name, as the popup does it."""

    def seed(self, home: Home, size: int) -> None:
        from server import create_app, pairing
        from server.asking.gazetteer import ensure_index

        Sync().seed(home, size)
        os.environ.setdefault("INTOWN_PLACES", str(home.cache))
        ensure_index(home.cache)
        create_app(home)  # loads everything before the fork, so that each writer starts at once
        token = pairing.issue(Store(home.store), "Chromium", datetime.now(UTC)).token
        (home.data / "token").write_text(token)

    def run(self, home: Home, first: int, ack: Ack) -> None:
        from server.guard import ORIGIN
        from server.listen import serving

        token = (home.data / "token").read_text()
        headers = {"Authorization": f"Bearer {token}", "Origin": ORIGIN, "Content-Type": "application/json"}
        with serving(home) as port:
            client = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            number = first
            while True:
                body = {"key": job(1).key, "employer": f"Employer v{number}"}
                client.request("PATCH", "/api/applications", json.dumps(body), headers)
                answer = client.getresponse()
                text = answer.read()
                assert answer.status == 200, text
                ack(number)
                number += 1

    def number(self, home: Home) -> int:
        tables = tables_of(home)
        company = tables["applications"][job(1).key]["company"]
        number = int(company.partition(" v")[2] or 0)
        corrections = tables.get("corrections", {}).values()
        if number and company not in {row["employer"] for row in corrections}:
            raise Corrupt("half a transaction: the correction is not beside the application")
        return number


class CommandLine:
    """`intown account …` called again and again, each a command of its own."""

    def seed(self, home: Home, size: int) -> None:
        Sync().seed(home, size)
        self._call(
            "add",
            "https://lakeshore.taleo.net/careersection/2/mysubmissions.ftl",
            "--username",
            "v0",
            "--no-password",
        )

    def _call(self, *arguments: str) -> None:
        from server.cli import intown

        with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
            intown.main(["account", *arguments], standalone_mode=False)

    def run(self, home: Home, first: int, ack: Ack) -> None:
        name = next(iter(tables_of(home)["accounts"]))
        number = first
        while True:
            self._call("edit", name, "--username", f"v{number}")
            ack(number)
            number += 1

    def number(self, home: Home) -> int:
        (account,) = tables_of(home)["accounts"].values()
        return int(account["username"][1:])


class Stock:
    """TinyDB as it comes: what the checker must catch."""

    def _path(self, home: Home) -> Path:
        return home.data / "stock.json"

    def seed(self, home: Home, size: int) -> None:
        with tinydb.TinyDB(self._path(home)) as db:
            db.insert({"number": 0})
            db.insert_multiple({"title": f"Nurse {n} of many", "status": "Under Review"} for n in range(size))

    def run(self, home: Home, first: int, ack: Ack) -> None:
        with tinydb.TinyDB(self._path(home)) as db:
            number = first
            while True:
                db.update({"number": number, "text": padding(number)}, doc_ids=[1])
                ack(number)
                number += 1

    def number(self, home: Home) -> int:
        try:
            with tinydb.TinyDB(self._path(home)) as db:
                document = db.get(doc_id=1)
                assert not isinstance(document, list)
                return int((document or {})["number"])
        except Exception as error:
            raise Corrupt(repr(error)) from error


WRITERS: dict[str, type[Writer]] = {"sync": Sync, "server": Server, "cli": CommandLine, "stock": Stock}
