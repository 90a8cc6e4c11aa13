"""A state as bytes: equal states, and only those, give equal bytes, in any process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import attrs

from wargame.engine.state import State


def dump(state: State) -> bytes:
    """The state in a canonical form (mappings and sets in sorted order)."""
    return repr(_plain(state)).encode()


def _plain(value: Any) -> Any:
    if attrs.has(type(value)):
        return tuple(_plain(getattr(value, each.name)) for each in attrs.fields(type(value)))
    if isinstance(value, Mapping):
        return tuple(sorted((_plain(key), _plain(entry)) for key, entry in value.items()))
    if isinstance(value, frozenset):
        return tuple(sorted(value))
    if isinstance(value, list | tuple):
        return tuple(_plain(each) for each in value)
    return value
