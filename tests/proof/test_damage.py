"""Every way a file gets damaged: restored or set aside, the damaged one kept, the user told, never silently empty."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import orjson
import pytest

from scraper.store import Store, StoreError
from scraper.store_format import State, encode

pytestmark = pytest.mark.proof

Damage = Callable[[Path, bytes], None]


def new_content(change: Callable[[bytes], bytes]) -> Damage:
    """Put another file with changed content in its place, as an editor or a restored disk does."""

    def damage(path: Path, content: bytes) -> None:
        path.unlink()
        path.write_bytes(change(content))

    return damage


def in_place(change: Callable[[bytes], bytes]) -> Damage:
    """Overwrite the same file, as a broken program does: the newest kept generation is hit as well."""

    def damage(path: Path, content: bytes) -> None:
        path.write_bytes(change(content))

    return damage


def flipped(content: bytes) -> bytes:
    data = bytearray(content)
    data[random.Random(3).randrange(300, len(data))] ^= 0x10
    return bytes(data)


def unreadable_shape(content: bytes) -> bytes:
    """A right checksum over something that is not tables: a program of ours gone wrong."""
    return b"".join(encode(State(5, {"notes": ["a list"]}, "", 1)))  # type: ignore[dict-item]  # that is the damage


SHAPES: dict[str, Damage] = {
    "missing": lambda path, _: path.unlink(),
    "zero bytes": new_content(lambda _: b""),
    "NULs": new_content(lambda content: bytes(len(content))),
    "cut in half": new_content(lambda content: content[: len(content) // 2]),
    "last byte gone": new_content(lambda content: content[:-1]),
    "old tail": new_content(lambda content: content + content[-40:]),
    "byte order mark": new_content(lambda content: b"\xef\xbb\xbf" + content),
    "null": new_content(lambda _: b"null"),
    "a list": new_content(lambda _: b"[]"),
    "an empty object": new_content(lambda _: b"{}"),
    "stock TinyDB": new_content(lambda _: b'{"_default": {"1": {"a": 1}}}'),
    "one bit": new_content(flipped),
    "header only": new_content(lambda content: content.split(b"\n")[0] + b"\n"),
    "twice": new_content(lambda content: content + content),
    "no JSON": new_content(lambda _: b"<html>captive portal</html>"),
    "latin-1": new_content(lambda content: content.replace(b"Lakeshore", "Lakeshöre".encode("latin-1"))),
    "wrong shape": new_content(unreadable_shape),
    "another block": new_content(lambda content: content[:200] + b"\xff" * 64 + content[264:]),
    "emptied in place": in_place(lambda _: b""),
    "overwritten in place": in_place(lambda content: b"x" * len(content)),
}


def store_with_data(path: Path) -> bytes:
    for number in range(4):
        with Store(path).transaction() as tx:
            tx.put("notes", "a", {"n": number, "text": "Lakeshore " * 30})
    return path.read_bytes()


@pytest.mark.parametrize("shape", SHAPES)
def test_with_kept_generations_the_newest_good_one_comes_back(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "intown.json"
    content = store_with_data(path)
    SHAPES[shape](path, content)
    damaged = path.read_bytes() if path.exists() else None
    store = Store(path)
    document = store.read().get("notes", "a")
    assert document is not None, "silently empty"
    assert document["n"] == (2 if "in place" in shape else 3)
    (notice,) = store.notices()
    assert notice["kind"] == "restored"
    assert "restored" in notice["text"]
    if damaged is not None:
        assert Path(notice["damaged_file"]).read_bytes() == damaged
    with store.transaction() as tx:
        tx.put("notes", "b", {})
    again = Store(path)
    assert again.read().all("notes").keys() == {"a", "b"}
    assert again.notices() == [notice]  # told until dismissed, and not twice


@pytest.mark.parametrize(
    "shape", [shape for shape in SHAPES if shape not in ("missing", "zero bytes", "emptied in place")]
)
def test_without_any_it_is_set_aside_and_told(tmp_path: Path, shape: str) -> None:
    path = tmp_path / "intown.json"
    content = store_with_data(path)
    shutil.rmtree(tmp_path / "backups")
    SHAPES[shape](path, content)
    damaged = path.read_bytes()
    store = Store(path)
    assert store.read().all("notes") == {}
    (notice,) = store.notices()
    assert notice["kind"] == "set_aside"
    assert Path(notice["damaged_file"]).read_bytes() == damaged
    assert notice["damaged_file"] in notice["text"]


def test_damage_that_happens_while_running_is_noticed_at_the_next_reading(tmp_path: Path) -> None:
    path = tmp_path / "intown.json"
    store = Store(path)
    store_with_data(path)
    assert store.read().get("notes", "a")
    path.unlink()
    path.write_bytes(b"{}")
    document = store.read().get("notes", "a")
    assert document
    assert document["n"] == 3
    assert len(store.notices()) == 1


def test_readers_at_once_restore_once(tmp_path: Path) -> None:
    path = tmp_path / "intown.json"
    store_with_data(path)
    path.write_bytes(b"{}")
    stores = [Store(path) for _ in range(3)]
    assert [store.read().get("notes", "a") is not None for store in stores] == [True] * 3
    assert len(Store(path).notices()) == 1
    assert len(list((tmp_path / "backups").glob("*damaged*"))) == 1


def test_a_folder_in_its_place_is_an_error_and_stays(tmp_path: Path) -> None:
    path = tmp_path / "intown.json"
    store_with_data(path)
    path.unlink()
    path.mkdir()
    with pytest.raises(StoreError, match="directory"):
        Store(path).read()
    assert path.is_dir()


def test_the_header_can_be_read_by_people_and_programs(tmp_path: Path) -> None:
    content = store_with_data(tmp_path / "intown.json")
    header = orjson.loads(content.split(b"\n")[0])
    assert header.keys() == {"format", "schema_version", "generation", "saved_at", "bytes", "sha256"}
    assert (header["format"], header["schema_version"], header["generation"]) == ("intown-store", 1, 4)
