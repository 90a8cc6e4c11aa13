"""Commands of the client: one definition for the key, the footer, the palette and the help page."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from textual.binding import Binding, BindingType

NAMES = {
    "question_mark": "?",
    "enter": "Enter",
    "escape": "Esc",
    "space": "Space",
    "delete": "Del",
    "slash": "/",
    "plus": "+",
    "minus": "-",
    "ctrl+p": "^p",
    "ctrl+q": "^q",
    "ctrl+c": "^c",
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "tab": "Tab",
    "equals_sign": "=",
}


@frozen
class Command:
    """Something a person can do with a key.

    `keys`: the first is the one shown. `action`: the name of the action on the widget that declares it. `footer`: whether it
    belongs in the footer line, which holds seven.
    """

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    action: str
    footer: bool = True
    priority: bool = False

    @property
    def key(self) -> str:
        """The key as shown to people; all of them where there is no action (cursor keys)."""
        if self.action:
            return key_name(self.keys[0])
        return "arrows" if len(self.keys) > 2 else "".join(key_name(key) for key in self.keys)

    @property
    def key_words(self) -> str:
        """All keys as shown to people."""
        return " ".join(dict.fromkeys(key_name(key) for key in self.keys))

    def binding(self) -> Binding:
        """The key for Textual."""
        return Binding(",".join(self.keys), self.action, self.label, show=self.footer, id=self.id, priority=self.priority)


def key_name(key: str) -> str:
    """A key as shown to people."""
    return NAMES.get(key, key.upper() if key.startswith("f") and key[1:].isdigit() else key)


def bindings(commands: Sequence[Command]) -> list[BindingType]:
    """The keys of a widget."""
    return [command.binding() for command in commands]


FOOTER_MOST = 7


def footer_commands(own: Sequence[Command], general: Sequence[Command]) -> list[Command]:
    """What the footer shows: a screen's own commands first, at most seven in all."""
    rest = [command for command in general if command.footer]
    mine = [command for command in own if command.footer]
    keep = mine[: FOOTER_MOST - min(2, len(rest))]
    return keep + rest[: FOOTER_MOST - len(keep)]
