"""Plain data <-> msgpack, strictly: what goes in comes out, and nothing else goes in."""

from __future__ import annotations

import math
from typing import Any

import msgpack

from wargame.wire.errors import WireError

CLIENT_FRAME = 32_768
SERVER_FRAME = 8 * 1024 * 1024
CLIENT_DEPTH = 8
SERVER_DEPTH = 32

_LEAST_INT = -(2**63)
_MOST_INT = 2**63 - 1
_HARMLESS = frozenset({str, bool, type(None)})


def pack(value: object, *, depth: int = SERVER_DEPTH, numbered: bool = True) -> bytes:
    """The plain data as msgpack (tuples as lists). Raises WireError for anything a decoder would refuse.

    `numbered`: whether a map may have whole numbers for keys, as the slots of a view have.
    """
    check(value, depth, numbered=numbered)
    try:
        packed: bytes = msgpack.packb(value, use_bin_type=True)
    except UnicodeEncodeError as fault:
        raise WireError("malformed", "A text is not UTF-8.") from fault
    return packed


def unpack(data: bytes, *, limit: int, depth: int, numbered: bool) -> Any:
    """The plain data in a frame of at most `limit` bytes. Raises WireError."""
    if len(data) > limit:
        raise WireError("too_long", f"A frame has at most {limit} bytes.")
    try:
        value = msgpack.unpackb(
            data,
            raw=False,
            strict_map_key=not numbered,
            object_pairs_hook=_pairs,
            ext_hook=_no_extension,
            max_ext_len=0,
        )
    except WireError:
        raise
    except UnicodeDecodeError as fault:
        raise WireError("malformed", "A text is not UTF-8.") from fault
    except msgpack.StackError as fault:
        raise WireError("too_deep", f"Data is nested more than {depth} levels deep.") from fault
    except (ValueError, TypeError, OverflowError, RecursionError) as fault:
        raise WireError("malformed", "The frame is not one msgpack value.") from fault
    check(value, depth, numbered=numbered)
    return value


def check(value: object, depth: int, *, numbered: bool) -> None:
    """Raises WireError unless the value is plain data of at most `depth` levels (a text alone has none)."""
    if isinstance(value, dict):
        if depth == 0:
            raise WireError("too_deep", "Data is nested too deep.")
        for key, each in value.items():
            if type(key) is not str:
                if not numbered or type(key) is not int:
                    raise WireError("malformed", "The keys of a map are texts.")
                check(key, 0, numbered=False)
            # Half of all values are leaves: not calling for them halves the time.
            if type(each) not in _HARMLESS:
                check(each, depth - 1, numbered=numbered)
    elif isinstance(value, list | tuple):
        if depth == 0:
            raise WireError("too_deep", "Data is nested too deep.")
        for each in value:
            if type(each) not in _HARMLESS:
                check(each, depth - 1, numbered=numbered)
    elif isinstance(value, float):
        if not math.isfinite(value):
            raise WireError("malformed", "A number is not finite.")
    elif type(value) is int:
        if not _LEAST_INT <= value <= _MOST_INT:
            raise WireError("too_long", "A whole number has at most 64 bits.")
    elif type(value) not in _HARMLESS:
        raise WireError("malformed", "Only maps, lists, texts, numbers, true, false and nil are taken.")


def _pairs(pairs: list[tuple[Any, Any]]) -> dict[Any, Any]:
    mapping = dict(pairs)
    if len(mapping) != len(pairs):
        raise WireError("malformed", "A key stands twice in one map.")
    return mapping


def _no_extension(_code: int, _data: bytes) -> object:
    raise WireError("malformed", "Extension types are not taken.")
