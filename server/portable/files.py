"""Files that the person names: written whole and private, never over another by mistake; read within a limit."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from scraper.outcomes import InTownError
from scraper.store_files import explained, write_durably


@dataclass(frozen=True, slots=True)
class OutFile:
    """Where something is to be written, and whether what is there may be replaced."""

    path: Path
    force: bool = False

    def checked(self) -> OutFile:
        """Itself. Raises InTownError where nothing can or may be written, before the work is done."""
        if self.path.is_dir():
            raise InTownError(f"{self.path} is a folder; name a file.")
        if self.path.exists() and not self.force:
            raise InTownError(f"{self.path} is there already; --force writes over it.")
        if not self.path.parent.is_dir():
            raise InTownError(f"There is no folder {self.path.parent}.")
        return self


def write_private(out: OutFile, data: bytes) -> None:
    """Write the file in one step, readable by this user only. Raises InTownError.

    A link is written through, not replaced: the person pointed it somewhere.
    """
    path = Path(os.path.realpath(out.checked().path))
    try:
        write_durably(path, [data])
    except OSError as error:
        raise InTownError(explained(error, path).sentence.partition(". ")[0] + ".") from error


def read_within(path: Path | None, limit: int) -> bytes:
    """The content of the file, or of the standard input for None. Raises InTownError beyond `limit` bytes.

    A file of any size is refused without being read whole.
    """
    try:
        if path is None:
            data = sys.stdin.buffer.read(limit + 1)
        else:
            with path.open("rb") as file:
                data = file.read(limit + 1)
    except OSError as error:
        raise InTownError(f"{path or 'The standard input'} cannot be read ({error.strerror}).") from error
    if len(data) > limit:
        raise InTownError(f"This is larger than {limit // 1_000_000} MB, the most that InTown imports.")
    return data
