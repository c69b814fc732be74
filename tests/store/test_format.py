"""The file's form: what is written is what is read, whatever a portal's page put into it; damage is told."""

from __future__ import annotations

import hashlib
import math
from datetime import UTC, date, datetime
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scraper.model import Stage
from scraper.store_format import Damaged, State, StoreNewer, cleaned, decode, encode, header_of

nasty_text = st.text(st.characters(codec=None), max_size=20) | st.sampled_from(
    ["\0", "a\0b", "\ud800", "\udfff\ud800", "\ud83d\ude00", "\\u0000", "\u202e", "\x1b[2J", "\x7f"]
)
nasty = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | nasty_text | st.dates(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(nasty_text, inner, max_size=4),
    max_leaves=12,
)


@settings(deadline=None)
@given(st.dictionaries(nasty_text, nasty, max_size=6))
def test_whatever_a_page_holds_can_be_stored_and_reads_back(document: dict[str, Any]) -> None:
    clean = cleaned(document)
    state = State(7, {"notes": {"key": clean}}, "2026-03-02T02:30:00+00:00", 1)
    assert decode(b"".join(encode(state)), 1) == state
    assert cleaned(clean) == clean
    assert "\0" not in str(clean)


def test_what_becomes_of_each_kind_of_value() -> None:
    given_document = {
        "nul": "a\0b",
        "lone": "a\ud800b",
        "pair": "\ud83d\ude00",
        "nan": math.nan,
        "infinite": [math.inf, -math.inf, 1.5],
        "huge": 2**70,
        "endless": 10**5000,
        "negative": -(2**63),
        "day": date(2026, 3, 2),
        "moment": datetime(2026, 3, 2, 2, 30, tzinfo=UTC),
        "stage": Stage.REFERRED,
        "tuple": (1, (2, None)),
        7: True,
    }
    assert cleaned(given_document) == {
        "nul": "ab",
        "lone": "a\ufffdb",
        "pair": "\U0001f600",
        "nan": None,
        "infinite": [None, None, 1.5],
        "huge": hex(2**70),
        "endless": hex(10**5000),
        "negative": -(2**63),
        "day": "2026-03-02",
        "moment": "2026-03-02T02:30:00+00:00",
        "stage": "referred",
        "tuple": [1, [2, None]],
        "7": True,
    }


def test_ordinary_values_take_the_fast_road_to_the_same_result() -> None:
    ordinary = {"a": 1, "stage": Stage.REFERRED, "t": (1, 2), "day": date(2026, 3, 2), "x": math.nan}
    slow = cleaned({**ordinary, "slow": "\0"})
    assert slow.pop("slow") == ""
    assert cleaned(ordinary) == slow


@pytest.mark.parametrize("value", [{1, 2}, object(), b"bytes", lambda: None])
def test_what_is_no_data_is_refused(value: object) -> None:
    with pytest.raises(TypeError):
        cleaned({"x": value})


GOOD = b"".join(encode(State(3, {"notes": {"a": {"n": 1}}}, "2026-03-02T02:30:00+00:00", 1)))


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1), st.integers(1, 255))
def test_every_changed_byte_is_noticed(place: int, change: int) -> None:
    """Except where it changes nothing that counts: the time in the header is information only."""
    data = bytearray(GOOD)
    data[place] ^= change
    try:
        state = decode(bytes(data), 1)
    except (Damaged, StoreNewer):
        return
    assert state.tables == {"notes": {"a": {"n": 1}}}


@settings(deadline=None)
@given(st.integers(0, len(GOOD) - 1))
def test_every_cut_is_noticed(length: int) -> None:
    with pytest.raises(Damaged):
        decode(GOOD[:length], 1)


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_damage_not_a_crash(data: bytes) -> None:
    with pytest.raises(Damaged):
        decode(data, 1)


def test_a_newer_form_is_told_before_anything_else_is_looked_at() -> None:
    newer = b"".join(encode(State(3, {}, "", 2)))
    with pytest.raises(StoreNewer, match="newer InTown"):
        decode(newer, 1)
    with pytest.raises(StoreNewer):
        decode(newer[:-2] + b"??", 1)


def signed(payload: object) -> bytes:
    """Anything at all as content, in a file whose header fits it."""
    inside = orjson.dumps(payload)
    good = header_of(GOOD) | {"bytes": len(inside), "sha256": hashlib.sha256(inside).hexdigest()}
    return orjson.dumps(good) + b"\n" + inside + b"\n"


@pytest.mark.parametrize("content", [[], {"notes": []}, {"notes": {"a": 1}}, "text", None])
def test_content_in_another_shape_is_damage_though_its_checksum_fits(content: object) -> None:
    assert decode(signed({"notes": {"a": {"n": 1}}}), 1).tables == {"notes": {"a": {"n": 1}}}
    with pytest.raises(Damaged, match="its content is not a set of"):
        decode(signed(content), 1)


@pytest.mark.parametrize("first", [b"[1, 2]", b'"intown"', b'{"format": "somebody else"}'])
def test_another_programs_file_is_no_store(first: bytes) -> None:
    with pytest.raises(Damaged, match="first line is not InTown's"):
        decode(first + b"\n{}\n", 1)
