"""The kept generations of the store: the last 10, and the first of each of the last 7 days.

Kept files are second names (hard links) of files that are already synced, so that keeping costs no writing.
They stand in `backups/` beside the store; a damaged file is set aside there too, and never removed by us.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from scraper.store_files import link_or_copy, make_private_folder, read_whole
from scraper.store_format import Damaged, State, decode, header_of

GENERATIONS = 10
DAYS = 7


@dataclass(frozen=True, slots=True)
class Kept:
    """One kept file: `saved_at` is the ISO time at which its content was committed."""

    path: Path
    generation: int
    saved_at: str


class Backups:
    """The kept generations of the store file `main`."""

    def __init__(self, main: Path) -> None:
        self.main = main
        self.folder = main.parent / "backups"
        self._day = ""  # the day for which the first generation is known to be kept

    def keep(self, source: Path, generation: int, now: datetime | None) -> None:
        """Keep `source` as this generation, and (with `now`) what the day began with; drop the oldest.

        Called before the new file is put in place, so that a failure here leaves the store as it was; the
        caller then takes back what was kept with `drop`.
        """
        make_private_folder(self.folder)
        if now:
            self._keep_day(now)
        link_or_copy(source, self._name(generation))
        for old in (*self._generations()[GENERATIONS:], *self._days()[DAYS:]):
            old.unlink(missing_ok=True)

    def drop(self, generation: int) -> None:
        """Take a generation back that was not committed after all: it must never be restored."""
        self._name(generation).unlink(missing_ok=True)

    def _name(self, generation: int) -> Path:
        return self.folder / f"{self.main.stem}-g{generation:012d}.json"

    def _keep_day(self, now: datetime) -> None:
        day = f"{now:%Y-%m-%d}"
        if day == self._day:
            return
        target = self.folder / f"{self.main.stem}-{day}.json"
        if not target.exists() and self.main.exists():
            link_or_copy(self.main, target)
        self._day = day

    def keep_before_migration(self, version: int, now: datetime) -> Path:
        """Keep the file as it is before it gets schema `version`; never dropped."""
        make_private_folder(self.folder)
        kept = self.folder / f"{self.main.stem}-before-schema-{version}-{now:%Y%m%dT%H%M%S}.json"
        link_or_copy(self.main, kept)
        return kept

    def set_aside(self, now: datetime) -> Path:
        """Keep the damaged main file under a name of its own; never dropped. The main file stays in place."""
        make_private_folder(self.folder)
        aside = self.folder / f"{self.main.stem}-damaged-{now:%Y%m%dT%H%M%S.%f}.json"
        link_or_copy(self.main, aside)
        return aside

    def any(self) -> bool:
        """Whether there ever was a store: then a missing or empty main file is damage, no new beginning."""
        return bool(self._generations() or self._days())

    def newest_good(self, newest_schema: int) -> tuple[State, Path] | None:
        """The newest kept generation that verifies, or None. Raises StoreNewer if a newer InTown wrote it."""
        best: tuple[State, Path] | None = None
        for path, state in self._verified(self._generations(), newest_schema):
            best = (state, path)
            break  # they are ordered by generation, newest first
        for path, state in self._verified(self._days(), newest_schema):
            if best is None or state.generation > best[0].generation:
                best = (state, path)
            break
        return best

    def listed(self) -> list[Kept]:
        """Every kept file that begins as it should, newest content first; those before a migration included."""
        found = []
        before = self._matching(r"before-schema-\d+-\d{8}T\d{6}")
        for path in (*self._generations(), *self._days(), *before):
            with contextlib.suppress(Damaged):
                header = header_of(read_whole(path)[0])
                found.append(Kept(path, int(header.get("generation", 0)), str(header.get("saved_at", ""))))
        return sorted(found, key=lambda kept: kept.generation, reverse=True)

    def highest_generation(self) -> int:
        """The highest generation that a kept file's name claims, 0 if there is none."""
        return max((int(path.stem.rpartition("-g")[2]) for path in self._generations()), default=0)

    def _verified(self, paths: list[Path], newest_schema: int) -> Iterator[tuple[Path, State]]:
        for path in paths:
            with contextlib.suppress(Damaged, FileNotFoundError):  # a damaged copy is no copy: try the next
                yield path, decode(read_whole(path)[0], newest_schema)

    def _generations(self) -> list[Path]:
        """Newest first."""
        return self._matching(r"g\d{12}")

    def _days(self) -> list[Path]:
        """Newest first."""
        return self._matching(r"\d{4}-\d\d-\d\d")

    def _matching(self, ending: str) -> list[Path]:
        pattern = re.compile(rf"{re.escape(self.main.stem)}-{ending}\.json")
        if not self.folder.is_dir():
            return []
        return sorted((path for path in self.folder.iterdir() if pattern.fullmatch(path.name)), reverse=True)
