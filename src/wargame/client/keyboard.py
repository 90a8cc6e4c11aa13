"""Keys by name, and those that the person has chosen for commands. One client a process has one keyboard."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from types import MappingProxyType
from typing import TypeAlias

from wargame.client.speech import later, phrase

Keys: TypeAlias = Mapping[str, tuple[str, ...]]  # by command

# Signs as the screens' toolkit calls their keys: by their Unicode names, but for these.
_CALLED = {"solidus": "slash", "reverse_solidus": "backslash", "commercial_at": "at", "hyphen_minus": "minus",
           "plus_sign": "plus", "low_line": "underscore"}  # fmt: skip
SIGNS: Mapping[str, str] = {
    sign: _CALLED.get(name, name)
    for sign in map(chr, range(0x21, 0x7F))
    if not sign.isalnum()
    for name in [unicodedata.name(sign).lower().replace("-", "_").replace(" ", "_")]
}
NAMES = {
    **{name: sign for sign, name in SIGNS.items()},
    "enter": "Enter",
    "escape": "Esc",
    "space": later("Space"),
    "delete": later("Del"),
    "insert": "Ins",
    "backspace": "Backspace",
    "home": later("Home"),
    "end": later("End"),
    "pageup": later("PgUp"),
    "pagedown": later("PgDn"),
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
}


class _Kit:
    """The keys that the person has chosen, by command; one client a process has one keyboard."""

    keys: Keys = MappingProxyType({})
    chosen = False  # whether anybody has said which


def use_keys(keys: Keys) -> None:
    """Gives commands other keys, in what is made from now on."""
    _Kit.keys, _Kit.chosen = keys, True


def keys_chosen() -> bool:
    """Whether somebody has said which keys to use."""
    return _Kit.chosen


def chosen_keys() -> Keys:
    """The keys that the person has chosen, by command."""
    return _Kit.keys


def keys_of(command: str, usual: tuple[str, ...]) -> tuple[str, ...]:
    """The keys of a command that are in force."""
    return _Kit.keys.get(command, usual)


def key_name(key: str) -> str:
    """A key as shown to people."""
    if key in NAMES:
        return phrase(NAMES[key])
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key
