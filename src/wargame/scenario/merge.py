"""Joining the maps of several files: those of one document, and a scenario over its rulebooks."""

from __future__ import annotations

from attrs import define, field

from wargame.scenario.node import Map, Node, Scalar, Seq
from wargame.scenario.problem import Report, suggest
from wargame.scenario.scalars import as_text, described, shown, width

# How many maps deep a section's entries stand: `tracks` holds entries, `agendas` holds maps of them.
DEPTHS = {"agendas": 2, "scoring": 2}
DEPTH = 1

_CALLED = {("values",), ("effect_groups",)}  # sections whose entries may have parameters

# What a document says about itself; a rulebook's is not the scenario's.
_OWN = "format id title version summary credits content_note rulebooks languages include overrides allow tests"
OWN_KEYS = frozenset(_OWN.split())


def join(first: Map, second: Map, report: Report) -> Map:
    """The top-level maps of two files of one document as one; the same entry in both is a problem `duplicate`."""
    return _join(first, second, report, ())


def _join(first: Map, second: Map, report: Report, path: tuple[str, ...]) -> Map:
    values = {entry_name(path, key): value for key, value in first}
    keys = {entry_name(path, key): key for key, _ in first}
    for key, value in second:
        bare = entry_name(path, key)
        where = (*path, bare)
        standing = values.get(bare)
        if standing is None:
            values[bare], keys[bare] = value, key
        elif isinstance(standing, Map) and isinstance(value, Map) and holds_entries(where):
            values[bare] = _join(standing, value, report, where)
        else:
            message = f"{shown('.'.join(where))} stands in two files."
            report.error(key.mark, "duplicate", message, f"the other is in {keys[bare].mark}", width(key))
    return Map(tuple((keys[name], value) for name, value in values.items()), first.mark)


def entry_name(path: tuple[str, ...], key: Scalar) -> str:
    """The name of an entry: what stands before its parameters, where it can have them."""
    return key.text.partition("(")[0].strip() if path in _CALLED else key.text


def holds_entries(where: tuple[str, ...]) -> bool:
    """Whether the map at a path holds entries, rather than being one."""
    return len(where) <= DEPTHS.get(where[0], DEPTH)


@define
class Overrides:
    """The entries that a document says it replaces, and which of them it did."""

    names: dict[str, Scalar] = field(factory=dict)
    used: set[str] = field(factory=set)

    @classmethod
    def read(cls, root: Map, report: Report) -> Overrides:
        """From the top-level key `overrides`: a list of `section.name`."""
        node = root.get("overrides")
        made = cls()
        if node is None:
            return made
        items = node.items if isinstance(node, Seq) else (node,)
        for item in items:
            name = as_text(item) if isinstance(item, Scalar) else None
            if name is None or not isinstance(item, Scalar):
                message = f"`overrides` needs names like `tracks.escalation`, not {described(item)}."
                report.error(item.mark, "wrong_type", message, "", width(item))
            else:
                made.names[name.partition("(")[0].strip()] = item
        return made

    def report_unused(self, report: Report, rulebooks: bool, known: set[str]) -> None:
        """Reports the names that replaced nothing."""
        for name, item in self.names.items():
            if name not in self.used:
                why = "its rulebooks do not have it, or it is not given here" if rulebooks else "there is no rulebook"
                message = f"{shown(name)} replaces nothing: {why}."
                report.error(item.mark, "override_unused", message, suggest(name, known), width(item))


def overlay(base: Map, over: Map, overrides: Overrides, report: Report) -> Map:
    """A document over what it builds on: entries of the same name are merged key by key, lists and scalars replaced.

    Replacing an entry that `overrides` does not name is a problem `override`.
    """
    kept = Map(tuple((key, value) for key, value in base if key.text not in OWN_KEYS), base.mark)
    return _overlay(kept, over, overrides, report, ())


def _overlay(base: Map, over: Map, overrides: Overrides, report: Report, path: tuple[str, ...]) -> Map:
    values = {entry_name(path, key): value for key, value in base}
    keys = {entry_name(path, key): key for key, _ in base}
    for key, value in over:
        bare = entry_name(path, key)
        where = (*path, bare)
        name = ".".join(where)
        standing = values.get(bare)
        if standing is None:
            values[bare], keys[bare] = value, key
            continue
        if isinstance(standing, Map) and isinstance(value, Map) and holds_entries(where):
            values[bare] = _overlay(standing, value, overrides, report, where)
            continue
        if name in overrides.names:
            overrides.used.add(name)
        elif where[0] != "roles":  # two rulebooks that name one role mean the same one
            message = f"{shown(name)} replaces the entry of a rulebook ({keys[bare].mark})."
            report.error(key.mark, "override", message, f"if that is meant, add `{name}` to `overrides`", width(key))
        values[bare] = _merged(standing, value)
        keys[bare] = key
    return Map(tuple((keys[name], value) for name, value in values.items()), over.mark)


def _merged(base: Node, over: Node) -> Node:
    """Key by key where both are maps, else the second."""
    if not isinstance(base, Map) or not isinstance(over, Map):
        return over
    values = {key.text: (key, value) for key, value in base}
    for key, value in over:
        standing = values.get(key.text)
        values[key.text] = (key, value if standing is None else _merged(standing[1], value))
    return Map(tuple(values.values()), over.mark)
