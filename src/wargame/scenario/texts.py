"""The texts for people in a file of a scenario, before it is understood: where each stands, and others put in their place.

The model says which fields are texts; effects are nodes to it, and hold texts under `news` and `label`. A text has a path of
keys. An item of a list goes by its `id`, or by its number from 1; the texts of effects are numbered through, however deep
they stand, so that a path stays short.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from typing import Any, Union, get_args, get_origin

import attrs
from attrs import define, field, frozen

from wargame.scenario import model
from wargame.scenario.bounds import SHORT, keys_of
from wargame.scenario.files import RULEBOOK_FILE
from wargame.scenario.merge import entry_name
from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.scalars import is_empty
from wargame.scenario.text import Text

Path = tuple[str, ...]

# Sections that only designers read, and what a rulebook says of itself.
_FOR_DESIGNERS = frozenset({"tests", "parameters", "allow"})
_ABOUT_RULEBOOK = frozenset({"title", "summary", "credits", "content_note"})
_NOT_EFFECTS = frozenset({"seen_by"})  # nodes that hold no effects
_IN_EFFECTS = frozenset({"news", "label"})
_BINDINGS = "with"  # names and what they stand for: one may be called `label`


@frozen
class Found:
    """A text as it stands in a file: a scalar, or a map of languages. `prose`: the scalar names the file that holds it."""

    path: Path
    node: Node
    prose: bool = False


def texts_of(root: Map, main: str) -> list[Found]:
    """The texts of a file of the document with this main file, in the order written."""
    found: list[Found] = []

    def note(one: Found) -> Node:
        found.append(one)
        return one.node

    replaced(root, main, note)
    return found


def replaced(root: Map, main: str, put: Callable[[Found], Node]) -> Map:
    """The tree of a file with each of its texts replaced by what `put` makes of it. Wrongly shaped parts stay as they are."""
    left_out = _FOR_DESIGNERS | _ABOUT_RULEBOOK if main.rpartition("/")[2] == RULEBOOK_FILE else _FOR_DESIGNERS
    fields = keys_of(model.Scenario)
    walker = _Walker(put)
    entries = tuple(
        (
            key,
            value
            if key.text in left_out or key.text not in fields
            else walker.value(value, fields[key.text][1], (key.text,), key.text),
        )
        for key, value in root
    )
    return Map(entries, root.mark)


@define
class _Walker:
    put: Callable[[Found], Node]
    count: int = field(default=0, init=False)  # of the texts in the effects that are walked

    def value(self, node: Node, hint: Any, path: Path, name: str) -> Node:
        """What stands in the field `name`, whose type is `hint`."""
        origin, args = get_origin(hint), get_args(hint)
        if origin in {Union, types.UnionType}:
            if set(args) >= {Scalar, Seq, Map}:
                return node if name in _NOT_EFFECTS else self.effects(node, path)
            return self.value(node, args[0], path, name)
        if origin is tuple:
            return self.list(node, args[0], path, name)
        if origin is not None and issubclass(origin, Mapping):
            return self.map(node, args[1], path)
        if hint is Text:
            return self.put(Found(path, node)) if _is_text(node) else node
        if isinstance(hint, type) and attrs.has(hint) and issubclass(hint, model.Entry):
            return self.entry(node, hint, path)
        return node

    def entry(self, node: Node, cls: type, path: Path) -> Node:
        fields = keys_of(cls)
        short = SHORT.get(cls)
        if isinstance(node, Scalar) and short is not None and fields[short][1] is Text and not is_empty(node):
            made = self.put(Found(path, node))
            return node if made is node else Map(((Scalar(short, node.mark), made),), node.mark)
        if not isinstance(node, Map):
            return node
        entries = []
        for key, value in node:
            where = (*path, key.text)
            made = value
            if (cls, key.text) == (model.Action, "target"):
                made = self.entry(value, model.Target, where)
            elif (cls, key.text) == (model.Seat, "briefing"):
                made = self.put(Found(where, value, prose=True)) if _is_text(value) else value
            elif key.text in fields:
                made = self.value(value, fields[key.text][1], where, key.text)
            entries.append((key, made))
        return Map(tuple(entries), node.mark)

    def map(self, node: Node, inner: Any, path: Path) -> Node:
        if not isinstance(node, Map):
            return node
        made = []
        for key, value in node:
            name = entry_name(path, key)
            made.append((key, self.value(value, inner, (*path, name), name)))
        return Map(tuple(made), node.mark)

    def list(self, node: Node, inner: Any, path: Path, name: str) -> Node:
        if inner is model.Band:
            return self.map(node, Text, path)
        if inner == Node:
            return self.effects(node, path)
        if not isinstance(node, Seq):
            return self.value(node, inner, (*path, "1"), name)
        items = []
        for number, item in enumerate(node.items, 1):
            id_ = item.get("id") if isinstance(item, Map) else None
            label = id_.text if isinstance(id_, Scalar) else str(number)
            items.append(self.value(item, inner, (*path, label), name))
        return Seq(tuple(items), node.mark)

    def effects(self, node: Node, path: Path) -> Node:
        """Effects (or steps of a phase, which hold effects), their texts numbered from 1."""
        self.count = 0
        return self._within(node, path)

    def _within(self, node: Node, path: Path) -> Node:
        if isinstance(node, Seq):
            return Seq(tuple(self._within(item, path) for item in node.items), node.mark)
        if not isinstance(node, Map):
            return node
        made = []
        for key, value in node:
            if key.text in _IN_EFFECTS and _is_text(value):
                self.count += 1
                made.append((key, self.put(Found((*path, str(self.count)), value))))
            else:
                made.append((key, value if key.text == _BINDINGS else self._within(value, path)))
        return Map(tuple(made), node.mark)


def _is_text(node: Node) -> bool:
    return isinstance(node, Map) or (isinstance(node, Scalar) and not is_empty(node))
