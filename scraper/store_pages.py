"""Captured pages, kept as evidence of what was read: each a file of its own, private, within a budget of size.

They are not in the store: one page is larger than all applications, and losing one loses nothing else.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

from scraper.store_files import explained, make_private_folder, sweep_abandoned, temporary_name, write_synced
from scraper.store_files import replace as put_in_place

BUDGET = 50 * 1024 * 1024
"""Bytes that all captured pages together may take."""


class CapturedPages:
    """The captured pages in one folder; the oldest go first when the budget is used up."""

    def __init__(self, folder: Path, budget: int = BUDGET) -> None:
        self.folder = folder
        self.budget = budget

    def save(self, name: str, content: bytes, *, at: datetime, suffix: str = ".html") -> Path:
        """Keep one page or picture and return its file. `name` may be any text; what is harmless of it is used.

        Raises ValueError if it is larger than the whole budget, StoreError if the disk refuses.
        """
        if len(content) > self.budget:
            raise ValueError(f"{len(content)} bytes are more than the whole budget of {self.budget}")
        safe = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:80] or "page"
        path = self.folder / f"{at:%Y%m%dT%H%M%S%f}-{safe}{suffix}"
        try:
            make_private_folder(self.folder)
            sweep_abandoned(self.folder)
            self._make_room(len(content))
            temporary = temporary_name(path)
            write_synced(temporary, [content])
            put_in_place(temporary, path)
        except OSError as error:
            raise explained(error, path) from error
        return path

    def files(self) -> list[Path]:
        """The kept files, oldest first (their names begin with the time)."""
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if path.is_file() and path.name[0] != ".")

    def size(self) -> int:
        """Bytes taken now."""
        return sum(path.stat().st_size for path in self.files())

    def clear(self) -> None:
        """Remove every captured page, and what a killed writer left."""
        for path in self.folder.glob("*") if self.folder.is_dir() else ():
            path.unlink(missing_ok=True)

    def _make_room(self, needed: int) -> None:
        files = self.files()
        taken = sum(path.stat().st_size for path in files)
        for path in files:
            if taken + needed <= self.budget:
                return
            taken -= path.stat().st_size
            path.unlink()
