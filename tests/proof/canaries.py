"""Planted secrets, and a search for them in everything that is left behind."""

from __future__ import annotations

import base64
import contextlib
import random
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote


@dataclass
class Canaries:
    """Makes secrets that occur nowhere else, and remembers each with what it was."""

    chance: random.Random = field(default_factory=random.SystemRandom)  # two runs at once share none
    planted: dict[str, str] = field(default_factory=dict)

    def new(self, what: str) -> str:
        """A secret with letters, digits and signs that encodings change."""
        letters = "".join(
            self.chance.choices("abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789", k=14)
        )
        secret = f"Kc!{letters}&é"
        self.planted[secret] = what
        return secret

    def found_in(self, content: bytes) -> list[str]:
        """What of the planted is in `content`: as it is, percent-encoded, escaped, in base64, in UTF-16.

        May be called by the watching thread while more are planted, hence the copy.
        """
        return [
            what
            for secret, what in list(self.planted.items())
            if any(form in content for form in forms(secret))
        ]

    def found_below(self, *folders: Path) -> list[str]:
        """The same for every file and every file name below the folders."""
        hits = []
        for folder in folders:
            for path in folder.rglob("*"):
                content = str(path).encode() + (path.read_bytes() if path.is_file() else b"")
                hits += [f"{what} in {path}" for what in self.found_in(content)]
        return hits


def forms(secret: str) -> set[bytes]:
    """How a secret may look when something else has written it."""
    core = secret[3:-2]  # the part that no encoding of text changes
    return {
        core.encode(),
        core.encode("utf-16-le"),
        quote(secret).encode(),
        *(base64.b64encode(b"x" * shift + secret.encode())[4:-4] for shift in range(3)),
    }


@contextlib.contextmanager
def watched_processes(canaries: Canaries, seen: list[str]) -> Iterator[None]:
    """While the block runs, look at the command line of every process of the machine, again and again.

    The environment is looked at for browsers only: a passphrase that the user gave to `intown` in its own
    environment is theirs, but it has no business in a program that opens web pages.
    """
    stop = threading.Event()

    def watch() -> None:
        while not stop.is_set():
            for process in Path("/proc").glob("[0-9]*"):
                with contextlib.suppress(OSError):  # gone meanwhile, or not ours to see
                    line = (process / "cmdline").read_bytes()
                    if b"chrom" in line:
                        line += (process / "environ").read_bytes()
                    seen.extend(f"{what} in process {line[:60]!r}" for what in canaries.found_in(line))
            time.sleep(0.02)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()
