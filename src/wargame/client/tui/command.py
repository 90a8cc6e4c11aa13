"""Commands of the client: one definition for the key, the footer, the palette and the help page."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType

from attrs import frozen
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from wargame.client.keymap import SIGNS, Keys
from wargame.client.speech import later, phrase

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


@frozen
class Command:
    """Something a person can do with a key.

    `usual`: its keys unless the person has chosen others; the first is the one shown. `action`: the name of the action on the
    widget that declares it. `footer`: whether it belongs in the footer line, which holds seven.
    """

    id: str
    usual: tuple[str, ...]
    label: str
    help: str
    action: str
    footer: bool = True
    priority: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys in force."""
        return _Kit.keys.get(self.id, self.usual)

    @property
    def name(self) -> str:
        """Its label in the person's language."""
        return phrase(self.label)

    @property
    def words(self) -> str:
        """What it does, in the person's language."""
        return phrase(self.help)

    @property
    def key(self) -> str:
        """The key as shown to people; all of them where there is no action (cursor keys)."""
        if self.action:
            return key_name(self.keys[0])
        return phrase("arrows") if len(self.keys) > 2 else "".join(key_name(key) for key in self.keys)

    @property
    def key_words(self) -> str:
        """All keys as shown to people."""
        return " ".join(dict.fromkeys(key_name(key) for key in self.keys))

    def binding(self) -> Binding:
        """The usual keys for Textual; `rebind` gives the person's own."""
        return Binding(",".join(self.usual), self.action, self.label, show=self.footer, id=self.id, priority=self.priority)


def key_name(key: str) -> str:
    """A key as shown to people."""
    if key in NAMES:
        return phrase(NAMES[key])
    if key.startswith("ctrl+"):
        return f"^{key.removeprefix('ctrl+')}"
    return key.upper() if key.startswith("f") and key[1:].isdigit() else key


def bindings(commands: Sequence[Command]) -> list[BindingType]:
    """The keys of a widget."""
    return [command.binding() for command in commands]


def rebind(node: DOMNode) -> None:
    """Gives the commands that a screen, page or app listens to the keys in force; to be called once, when it is made."""
    table = node._bindings.key_to_bindings  # a copy of the node's own
    moved: dict[str, Binding] = {}
    for key, each in list(table.items()):
        moved.update({binding.id: binding for binding in each if binding.id is not None and binding.id in _Kit.keys})
        if stay := [binding for binding in each if binding.id not in _Kit.keys]:
            table[key] = stay
        else:
            del table[key]
    for command, binding in moved.items():
        for key in _Kit.keys[command]:
            table[key] = [binding.with_key(key), *table.get(key, ())]


FOOTER_MOST = 7


def footer_commands(own: Sequence[Command], general: Sequence[Command]) -> list[Command]:
    """What the footer shows: a screen's own commands first, at most seven in all."""
    rest = [command for command in general if command.footer]
    mine = [command for command in own if command.footer]
    keep = mine[: FOOTER_MOST - min(2, len(rest))]
    return keep + rest[: FOOTER_MOST - len(keep)]
