"""Commands of the client: one definition for the key, the footer, the palette and the help page."""

from __future__ import annotations

from collections.abc import Sequence

from attrs import frozen
from textual.binding import Binding, BindingType
from textual.dom import DOMNode

from wargame.client.keyboard import chosen_keys, key_name, keys_of
from wargame.client.speech import phrase


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
        return keys_of(self.id, self.usual)

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


def bindings(commands: Sequence[Command]) -> list[BindingType]:
    """The keys of a widget."""
    return [command.binding() for command in commands]


def rebind(node: DOMNode) -> None:
    """Gives the commands that a screen, page or app listens to the keys in force; to be called once, when it is made."""
    chosen = chosen_keys()
    table = node._bindings.key_to_bindings  # a copy of the node's own
    moved: dict[str, Binding] = {}
    for key, each in list(table.items()):
        moved.update({binding.id: binding for binding in each if binding.id is not None and binding.id in chosen})
        if stay := [binding for binding in each if binding.id not in chosen]:
            table[key] = stay
        else:
            del table[key]
    for command, binding in moved.items():
        for key in chosen[command]:
            table[key] = [binding.with_key(key), *table.get(key, ())]


FOOTER_MOST = 7


def footer_commands(own: Sequence[Command], general: Sequence[Command]) -> list[Command]:
    """What the footer shows: a screen's own commands first, at most seven in all."""
    rest = [command for command in general if command.footer]
    mine = [command for command in own if command.footer]
    keep = mine[: FOOTER_MOST - min(2, len(rest))]
    return keep + rest[: FOOTER_MOST - len(keep)]
