"""How something is done at this client: a key on the screens, a word in the line mode. One client a process has one way."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

KEYS: Mapping[str, str] = MappingProxyType(
    {
        "cards": "press 3",
        "orders": "press 4",
        "deals": "press 6",
        "floor": "press 7, e when done",
        "done": "press e",
        "reopen": "e reopens",
        "result": "press 0",
        "door": "press 1",
        "start": "press a",
        "resume": "press p",
        "codes": "press z",
        "retry": "press r",
        "leave": "press q",
        "tables": "page 2",
        "people": "page 3",
        "timeline": "page 4",
        "shelf": "page 5",
        "write": "page 6",
        "record": "page 0",
        "talk": "page 5",
        "news": "page 8",
        "original": "z",
        "missed": "press M",
        "content": "press C",
        "team": "press 9",
        "rulings": "press R",
        "lessons": "press L",
    }
)
LINES: Mapping[str, str] = MappingProxyType(
    {
        **{name: f"type {name}" for name in KEYS},
        "reopen": "reopen opens it again",
        "leave": "type quit",
        "door": "type desk",
    }
)


class _Kit:
    """The hints in use."""

    hints: Mapping[str, str] = KEYS


def use_lines(on: bool) -> None:
    """Chooses the words of the line mode instead of keys."""
    _Kit.hints = LINES if on else KEYS


def how(what: str) -> str:
    """How something is done here: `press e`, `type done`. Raises KeyError for what has no hint."""
    return _Kit.hints[what]
