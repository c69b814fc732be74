"""How the store looks in its file, and how damage is told from data.

Line 1 is a header (JSON): format, schema version, generation, when, length and SHA-256 of line 2. Line 2 is
the payload: `{table: {key: document}}` as JSON. The header comes first and by itself so that a newer schema is
recognised without understanding the rest, and the checksum needs no second serialisation.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Any

import orjson

from scraper.store_files import StoreError

Document = dict[str, Any]
Tables = dict[str, dict[str, Document]]
Step = Callable[[Tables], Tables]

FORMAT = "intown-store"
HEADER_LIMIT = 1024
MAX_INT, MIN_INT = 2**63 - 1, -(2**63)


class Damaged(Exception):
    """The bytes are not what a store wrote; the text says what is wrong with them."""


class StoreNewer(StoreError):
    """The file was written by a newer InTown; it is left untouched."""


@dataclass(frozen=True, slots=True)
class Schema:
    """The version this program writes, and the steps to it: `steps[n]` turns version n into n + 1."""

    version: int = 1
    steps: Mapping[int, Step] = field(default_factory=dict)

    def migrate(self, tables: Tables, version: int) -> Tables:
        """`tables` of an older version in today's form. Raises StoreError where a step is missing or fails."""
        for number in range(version, self.version):
            if number not in self.steps:
                raise StoreError(f"InTown has no way to bring data of version {number} up to date.")
            try:
                tables = self.steps[number](tables)
            except (
                Exception
            ) as error:  # whatever a step stumbles over: the old file stays, and that is what to say
                raise StoreError(
                    f"Your data of version {number} could not be brought up to date; it is untouched. Please report this."
                ) from error
        return tables


@dataclass(frozen=True, slots=True)
class State:
    """Everything stored, at one moment. `tables` is shared between readers: never change it in place."""

    generation: int = 0
    tables: Tables = field(default_factory=dict)
    saved_at: str = ""
    schema_version: int = 0


def encode(state: State) -> list[bytes]:
    """The parts of the file, in order."""
    payload = orjson.dumps(state.tables)
    header = orjson.dumps(
        {
            "format": FORMAT,
            "schema_version": state.schema_version,
            "generation": state.generation,
            "saved_at": state.saved_at,
            "bytes": len(payload),
            "sha256": hashlib.sha256(payload).hexdigest(),
        }
    )
    return [header, b"\n", payload, b"\n"]


def decode(data: bytes, newest: int) -> State:
    """The state in `data`. Raises Damaged, or StoreNewer if its schema is newer than `newest`."""
    if not data:
        raise Damaged("it is empty")
    header, end = _header(data)
    version, generation, length = (header.get(name) for name in ("schema_version", "generation", "bytes"))
    if not isinstance(version, int) or not isinstance(generation, int) or not isinstance(length, int):
        raise Damaged("its first line is incomplete")
    if version > newest:
        raise StoreNewer(
            f"The data was written by a newer InTown (version {version} of its form; this one knows "
            f"{newest}). Update InTown; nothing was changed."
        )
    payload = data[end + 1 : end + 1 + length]
    if len(data) != end + 1 + length + 1:
        raise Damaged("it is cut off" if len(data) < end + 2 + length else "something stands after its end")
    if hashlib.sha256(payload).hexdigest() != header.get("sha256"):
        raise Damaged("its checksum does not fit")
    return State(generation, _tables(payload), str(header.get("saved_at", "")), version)


def header_of(data: bytes) -> dict[str, Any]:
    """The header of a store's file; what follows it is not looked at. Raises Damaged."""
    return _header(data)[0]


def _header(data: bytes) -> tuple[dict[str, Any], int]:
    end = data.find(b"\n", 0, HEADER_LIMIT)
    try:
        header = orjson.loads(data[: max(end, 0)])
    except orjson.JSONDecodeError:
        raise Damaged("its first line is not InTown's") from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise Damaged("its first line is not InTown's")
    return header, end


def _tables(payload: bytes) -> Tables:
    try:
        tables = orjson.loads(payload)
    except orjson.JSONDecodeError:
        raise Damaged("its content is not JSON") from None
    if not isinstance(tables, dict) or not all(isinstance(table, dict) for table in tables.values()):
        raise Damaged("its content is not a set of tables")
    if not all(isinstance(doc, dict) for table in tables.values() for doc in table.values()):
        raise Damaged("its content is not a set of documents")
    return tables


def cleaned(document: Mapping[Any, Any]) -> Document:
    """A deep copy of `document` that is certain to be storable.

    Dates become ISO text, enums their value, tuples lists; NUL is dropped, lone surrogates become U+FFFD, NaN
    and infinities None, integers beyond 64 bits hexadecimal text: a portal's page must never be able to fail a write.
    Raises TypeError for objects that are no data.
    """
    try:
        raw = orjson.dumps(document)
    except TypeError:  # a surrogate, a huge integer, a key that is no text, or an object: look closer
        return _clean_dict(document)
    if b"\\u0000" in raw:
        return _clean_dict(document)
    copy: Document = orjson.loads(raw)
    return copy


def _clean_dict(value: Mapping[Any, Any]) -> Document:
    return {storable(str(_clean(key))): _clean(item) for key, item in value.items()}


def storable(text: str) -> str:
    """`text` as it is stored: without NUL and lone surrogates. The same object where nothing is to do."""
    if text.isascii() and "\0" not in text:
        return text
    # Through UTF-16 a pair of surrogates becomes the character it stands for; a lone one is replaced.
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _clean(value: Any) -> Any:
    if isinstance(value, Enum):
        return _clean(value.value)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, int):
        return value if MIN_INT <= value <= MAX_INT else hex(value)  # str() refuses very long ones
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return _clean_dict(value)
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    raise TypeError(f"not storable: {type(value).__name__}")
