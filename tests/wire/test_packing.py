"""Only plain data of bounded depth goes in or out, whatever the bytes are."""

import math

import msgpack
import pytest
from hypothesis import given
from hypothesis import strategies as st

from wargame.wire.errors import WireError
from wargame.wire.packing import check, pack, unpack

LEAVES = (
    st.none() | st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
PLAIN = st.recursive(LEAVES, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=30)


def loose(data: bytes, *, numbered: bool = False) -> object:
    return unpack(data, limit=100_000, depth=8, numbered=numbered)


def levels(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(levels, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(levels, value), default=0)
    return 0


@given(PLAIN)
def test_what_goes_in_comes_out(value: object) -> None:
    depth = levels(value)
    packed = pack(value, depth=depth)
    assert unpack(packed, limit=len(packed), depth=depth, numbered=True) == value
    if depth:
        with pytest.raises(WireError):
            pack(value, depth=depth - 1)


@given(st.binary(max_size=200))
def test_any_bytes_are_plain_data_or_a_wire_error(data: bytes) -> None:
    try:
        value = loose(data)
    except WireError:
        return
    check(value, 8, numbered=False)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "malformed"),
        (b"\xc1", "malformed"),
        (b"\x92\x01", "malformed"),
        (b"\x01\x02", "malformed"),
        (b"\xa2\xed\xa0", "malformed"),
        (b"\xa1\xff", "malformed"),
        (b"\xc4\x01x", "malformed"),
        (b"\xd4\x05\x01", "malformed"),
        (b"\xd6\xff\x00\x00\x00\x01", "malformed"),
        (b"\xc7\x00\x05", "malformed"),
        (b"\x82\xa1a\x01\xa1a\x02", "malformed"),
        (b"\x81\x01\x02", "malformed"),
        (b"\x81\xc0\x02", "malformed"),
        (b"\x81\x90\x02", "malformed"),
        (b"\xcb\x7f\xf8\x00\x00\x00\x00\x00\x00", "malformed"),
        (b"\xcb\x7f\xf0\x00\x00\x00\x00\x00\x00", "malformed"),
        (b"\xcf" + b"\xff" * 8, "too_long"),
        (b"\x91" * 9 + b"\xc0", "too_deep"),
        (b"\x91" * 5000 + b"\xc0", "too_deep"),
        (b"\xdd\xff\xff\xff\xff", "malformed"),
        (b"\xdb\xff\xff\xff\xff", "malformed"),
    ],
)
def test_what_is_not_plain_data_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(WireError) as caught:
        loose(data)
    assert caught.value.code == code


def test_eight_levels_are_not_too_many() -> None:
    assert loose(b"\x91" * 8 + b"\xc0") == [[[[[[[[None]]]]]]]]


def test_a_frame_beyond_the_limit_is_not_looked_at() -> None:
    with pytest.raises(WireError) as caught:
        unpack(b"\xc1" * 11, limit=10, depth=8, numbered=False)
    assert caught.value.code == "too_long"


def test_numbers_are_keys_only_where_views_are() -> None:
    data = msgpack.packb({3: [2, 7, None]})
    assert loose(data, numbered=True) == {3: [2, 7, None]}
    with pytest.raises(WireError):
        loose(data)
    with pytest.raises(WireError):
        pack({3: 1}, numbered=False)


@pytest.mark.parametrize("value", [b"x", {1, 2}, math.nan, math.inf, {"a": object()}, 2**63, {True: 1}, {None: 1}, "\ud800"])
def test_nothing_else_is_packed(value: object) -> None:
    with pytest.raises(WireError):
        pack(value)
